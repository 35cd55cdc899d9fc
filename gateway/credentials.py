"""Who is calling: a session cookie or an API key, exchanged at the directory for a token that services accept.

A token is kept, under the hash of its credential, until shortly before it ends, and dropped as soon as the directory says
that the credential or its account has ended. Services never see the credential; from outside no token is taken.
"""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal

from starlette.types import ASGIApp

from gateway.arrival import Arrival, Credential, Held
from gateway.ask import ask
from gateway.refusals import CrossSite, ServiceDown, UnknownCredential
from shared.db import Clock
from shared.errors import Unauthenticated

COOKIE = b"huitang_session"
KEY_PREFIX = "ht_"

EARLY = timedelta(seconds=10)
"""A token is exchanged again so long before it ends, so that it outlives the request it goes with."""

_LONGEST = 200
_MOST_HELD = 20_000
_TRIES = 3
_SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(eq=False, slots=True)
class _Exchange:
    """An exchange under way, and what ended meanwhile: accounts and digests."""

    task: "asyncio.Task[Held] | None" = None
    ended: set[str] = field(default_factory=set)


def credential_of(arrival: Arrival) -> Credential | None:
    """Return what the request was sent with; raise `UnknownCredential` for any other kind of authorization."""
    authorization = arrival.headers.get(b"authorization")
    if authorization is not None:
        scheme, _, value = authorization.decode("latin-1").partition(" ")
        value = value.strip()
        if scheme.lower() != "bearer" or not value.startswith(KEY_PREFIX) or len(value) > _LONGEST:
            raise UnknownCredential()
        return _credential("key", value)
    cookie = arrival.headers.get(b"cookie")
    if cookie is None or COOKIE not in cookie:
        return None
    for pair in cookie.split(b";"):
        name, _, content = pair.strip().partition(b"=")
        if name == COOKIE and 0 < len(content) <= _LONGEST:
            return _credential("session", content.decode("latin-1"))
    return None


def _credential(kind: Literal["session", "key"], value: str) -> Credential:
    return Credential(kind, value, sha256(value.encode()).hexdigest())


def check_same_origin(arrival: Arrival, own_address: str) -> None:
    """Raise `CrossSite` for a changing request that a browser may have been tricked into.

    A session's request proves that it comes from a page of this site; without any credential (signing in) it is enough
    that nothing says the contrary. An API key is sent by nobody unasked.
    """
    credential = arrival.credential
    if arrival.method in _SAFE or (credential and credential.kind == "key"):
        return
    site, origin = arrival.header(b"sec-fetch-site"), arrival.header(b"origin")
    if site is not None:
        same = site in {"same-origin", "none"}
    elif origin is not None:
        same = origin in {own_address, f"{arrival.scheme}://{arrival.host.decode('latin-1')}"}
    else:
        same = credential is None
    if not same:
        raise CrossSite()


class Credentials:
    """The tokens held, and the exchange at the directory; one exchange at a time for one credential.

    Tokens are held while `open`: while the end of a credential would be heard.
    """

    def __init__(self, directory: ASGIApp | None, secret: Path, clock: Clock) -> None:
        self._directory = directory
        self._secret_file = secret
        self._clock = clock
        self.open = True
        self._held: dict[str, Held] = {}
        self._exchanges: dict[str, _Exchange] = {}

    def known(self, credential: Credential) -> Held | None:
        """Return the token held for a credential, without asking anybody."""
        held = self._held.get(credential.digest)
        return held if held is not None and held.until > self._clock() else None

    async def exchange(self, credential: Credential) -> Held:
        """Return the token of a credential; raise `Unauthenticated` where it does not hold, `ServiceDown`."""
        if held := self.known(credential):
            return held
        under_way = self._exchanges.get(credential.digest)
        if under_way is None:
            under_way = self._exchanges[credential.digest] = _Exchange()
            under_way.task = asyncio.create_task(self._exchange(credential, under_way))
            under_way.task.add_done_callback(lambda _: self._exchanges.pop(credential.digest, None))
        assert under_way.task is not None
        return await asyncio.shield(under_way.task)

    def drop(self, account_id: str, digest: str = "") -> None:
        """Forget the token of one credential of an account, or of all of them; also of exchanges under way."""
        for each, held in list(self._held.items()):
            if held.account_id == account_id and digest in ("", each):
                del self._held[each]
        for exchange in self._exchanges.values():
            exchange.ended.add(digest or account_id)

    def clear(self, *, open: bool) -> None:
        """Forget every token, because what ended may not have been heard; then be open or closed."""
        self.open = open
        self._held.clear()
        for digest, exchange in self._exchanges.items():
            exchange.ended.add(digest)

    async def _exchange(self, credential: Credential, under_way: _Exchange) -> Held:
        """Exchange until nothing ended in between; the last try counts for this request alone."""
        for _ in range(_TRIES):
            under_way.ended.clear()
            held = await self._ask(credential)
            if not under_way.ended & {held.account_id, credential.digest}:
                self._keep(credential.digest, held)
                return held
        raise Unauthenticated()

    async def _ask(self, credential: Credential) -> Held:
        if self._directory is None:
            raise ServiceDown(service="directory")
        body = json.dumps({"credential": credential.value, "kind": credential.kind}).encode()
        headers = [(b"content-type", b"application/json"), (b"huitang-gateway", self._secret())]
        began = self._clock()
        try:
            answer = await ask(self._directory, "POST", "/internal/token", headers=headers, body=body)
        except Exception as error:
            raise ServiceDown(service="directory") from error
        if answer.status in (401, 410, 422):
            raise Unauthenticated()
        if answer.status != 200:
            raise ServiceDown(service="directory")
        told = answer.json()
        until = began + timedelta(seconds=told["expires_in"]) - EARLY
        return Held(f"Bearer {told['token']}".encode(), told["account_id"], told["language"], until)

    def _keep(self, digest: str, held: Held) -> None:
        if not self.open:
            return
        if len(self._held) >= _MOST_HELD:
            now = self._clock()
            self._held = {key: each for key, each in self._held.items() if each.until > now}
        if len(self._held) < _MOST_HELD:
            self._held[digest] = held

    def _secret(self) -> bytes:
        return self._secret_file.read_text().strip().encode()
