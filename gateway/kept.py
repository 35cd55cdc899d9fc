"""Answering from the cache: which key, which coding, whole or 304."""

import anyio.to_thread
from starlette.types import Send

from gateway.arrival import Arrival
from gateway.cache import Cache, Entry, Key, Variant, takes_gzip, zipped_variant
from shared.conditional import compressed
from shared.problems import accepted_language


def key_of(arrival: Arrival) -> Key:
    """Return what the answer to a request is kept under; pages and feeds have their language in the address."""
    path = arrival.path
    if not path.startswith("/api/"):
        return Key(path, arrival.query)
    return Key(path, arrival.query, accepted_language({"accept-language": arrival.header(b"accept-language") or ""}))


async def send_kept(cache: Cache, key: Key, entry: Entry, arrival: Arrival, send: Send) -> None:
    """Answer with a kept answer, or with 304 where the client holds it."""
    headers, variant = arrival.headers, entry.plain
    zipped = entry.zippable and takes_gzip(headers.get(b"accept-encoding"))
    etag = entry.zipped_etag if zipped else variant.etag
    if entry.held(etag, headers.get(b"if-none-match"), headers.get(b"if-modified-since")):
        arrival.status, head, body = 304, entry.zipped_304 if zipped else variant.head_304, b""
    else:
        if zipped:
            variant = await _zipped(cache, key, entry)
        arrival.status, head, body = 200, variant.head, variant.body
    head = [*head, (b"x-request-id", arrival.id.encode())]
    await send({"type": "http.response.start", "status": arrival.status, "headers": head})
    await send({"type": "http.response.body", "body": body})


async def _zipped(cache: Cache, key: Key, entry: Entry) -> Variant:
    """Return the gzip variant, made by the first who asks for it; meanwhile others get the plain one."""
    if entry.zipped is None and not entry.zipping:
        entry.zipping = True
        body = await anyio.to_thread.run_sync(compressed, entry.plain.body)
        entry.zipped = zipped_variant(entry, body)
        cache.grown(key, entry, len(body))
    return entry.zipped or entry.plain
