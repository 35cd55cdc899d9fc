"""Routes as the house writes them: a plain `def`, marked `reads` or `writes`.

    @router.post("/editions", status_code=201)
    @writes
    def open_edition(tx: Session, caller: CallerDep, now: Now, body: EditionIn) -> EditionOut: ...

A marked route is given `tx`, and `answer: Answer` if it asks for one. Body and rendering run in one call on one thread,
under the database's own limiter, and the answer leaves after the commit (`together.py`). What has a `version` is answered
with an `ETag`; a POST with an `Idempotency-Key` that was answered before is answered the same again.
"""

import hashlib
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Annotated, Any, TypeVar, cast, get_type_hints

from fastapi import Depends, Header, Request, Response
from pydantic import TypeAdapter
from sqlalchemy import JSON, Integer, LargeBinary, String, bindparam, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.caller import Caller
from shared.db import Database, SharedBase, UtcDateTime, in_turn
from shared.errors import Conflict, Forbidden, Malformed, PreconditionRequired, TooLarge, Unauthenticated
from shared.paging import Page, export
from shared.text import Text
from shared.together import Calls

RECEIVED_AT = "huitang-received-at"
Route = TypeVar("Route", bound=Callable[..., Any])


class BadPrecondition(Malformed):
    """If-Match names one version, as the ETag of the last answer gave it."""

    title = Text("If-Match 格式有误", "If-Match cannot be read")
    detail = Text('应为读取时得到的 ETag，例如 "v7"。', 'It is the ETag that was read, such as "v7".')


class ReadOnlyKey(Forbidden):
    """An API key made for reading changes nothing."""

    title = Text("该密钥只读", "The key only reads")
    detail = Text("请使用允许写入的 API 密钥。", "Use an API key that may write.")


class KeyReused(Conflict):
    """An idempotency key stands for one request; another request needs another key."""

    title = Text("幂等键已用于其他请求", "The idempotency key was used for another request")
    detail = Text(
        "一个 Idempotency-Key 只对应一次请求，其他请求请另用一个。",
        "An Idempotency-Key stands for one request; use another for another request.",
    )


class ShownOnce(Conflict):
    """What is shown once, such as codes and addresses, is kept nowhere, and so not shown again to a repeated request."""

    title = Text("该请求已经办理，结果只显示一次", "It was done, and its answer was shown once")
    detail = Text(
        "该请求已办理，返回的内容只显示一次、不予留存。如未收到，请撤销后以新的幂等键重新办理。",
        "The request was carried out; its answer is shown once and kept nowhere. If it never arrived, withdraw what was made "
        "and ask again with another key.",
    )


class BadIdempotencyKey(Malformed):
    """An idempotency key has 1 to 200 printable characters."""

    title = Text("幂等键格式有误", "The idempotency key cannot be read")
    detail = Text("Idempotency-Key 应为 1 至 200 个可见字符。", "An Idempotency-Key has 1 to 200 printable characters.")


class IdempotencyRow(SharedBase):
    """The first answer to a request that carried a key."""

    __tablename__ = "idempotency"

    caller: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    headers: Mapped[dict[str, str]] = mapped_column(JSON)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


_KEYS = SharedBase.metadata.tables["idempotency"]
_ANSWERED = select(_KEYS).where(_KEYS.c.caller == bindparam("by"), _KEYS.c.key == bindparam("under"))
_KEEP = insert(_KEYS)


@dataclass
class Answer:
    """What a route may say about its answer beside the body."""

    headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None


async def current_caller(request: Request) -> Caller:
    """Return who asks; raise `Unauthenticated` where nobody is signed in."""
    caller = await anybody(request)
    if caller is None:
        raise Unauthenticated()
    return caller


async def anybody(request: Request) -> Caller | None:
    """Return who asks, or nobody; a credential that does not hold is refused all the same."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        return None
    if scheme.lower() != "bearer":
        raise Unauthenticated()
    caller: Caller = request.app.state.runtime.verifier.verify(token)
    request.state.caller = caller
    if caller.read_only and request.method not in {"GET", "HEAD"}:
        raise ReadOnlyKey()
    return caller


async def received_at(request: Request) -> datetime:
    """Return when the whole request had arrived at the gateway, the time that deadlines are judged by."""
    clock: Callable[[], datetime] = request.app.state.runtime.db.clock
    stamp = request.headers.get(RECEIVED_AT)
    if stamp:
        try:
            return datetime.fromisoformat(stamp)
        except ValueError:
            return clock()
    return clock()


_ETAG = re.compile(r'(?:W/)?"v(\d{1,9})"')


async def if_match(
    if_match: Annotated[
        str, Header(alias="If-Match", description='The ETag that was read, such as `"v7"`. Absent: 428.')
    ] = "",
) -> int:
    """Return the version that the caller has read; raise `PreconditionRequired` or `BadPrecondition`."""
    if not if_match:
        raise PreconditionRequired()
    match = _ETAG.fullmatch(if_match.strip())
    if match is None:
        raise BadPrecondition()
    return int(match[1])


async def upload(request: Request) -> bytes:
    """Return the raw body of an upload; raise `TooLarge`."""
    limit: int = request.app.state.runtime.settings.upload_limit
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit=limit)
        chunks.append(chunk)
    body = b"".join(chunks)
    took_in(request, body)
    return body


def took_in(request: Request, came: bytes) -> None:
    """Say what has come with a request whose body was read piece by piece, or its hash: a key is held against it."""
    request.state.came = came


CallerDep = Annotated[Caller, Depends(current_caller)]
AnybodyDep = Annotated[Caller | None, Depends(anybody)]
Now = Annotated[datetime, Depends(received_at)]
IfMatch = Annotated[int, Depends(if_match)]
Upload = Annotated[bytes, Depends(upload)]


def reads(route: Route) -> Route:
    """Mark a route that changes nothing: it runs in a reading session, and never waits for writers."""
    return _bind(route, writing=False)


def writes(route: Route) -> Route:
    """Mark a route that changes things: it runs in one transaction, committed before the answer leaves."""
    return _bind(route, writing=True)


def _bind(route: Route, *, writing: bool) -> Route:
    hints = get_type_hints(route, include_extras=True)
    returned = hints.pop("return", type(None))
    adapter: TypeAdapter[Any] | None = None if returned in (type(None), Response) else TypeAdapter(returned)
    wants_answer = "answer" in hints
    kept = [p.replace(annotation=hints[p.name]) for p in inspect.signature(route).parameters.values()]
    kept = [p for p in kept if p.name not in {"tx", "answer"}]
    own = next((name for name, hint in hints.items() if hint is Request), None)
    if own is None:
        kept.append(inspect.Parameter("request_", inspect.Parameter.KEYWORD_ONLY, annotation=Request))

    @wraps(route)
    async def bound(**given: Any) -> Response:
        request_: Request = given[own] if own else given.pop("request_")
        runtime = request_.app.state.runtime
        db: Database = runtime.db
        calls: Calls = runtime.calls
        key = await _idempotency(request_) if writing and request_.method == "POST" else None

        def call(tx: Session) -> Response:
            return _run(tx, route, request_, given, adapter, wants_answer, key)

        return await (calls.run(call) if writing else db.read(call, route))

    shown = None if adapter is None and returned is type(None) else returned
    bound.__signature__ = inspect.Signature(kept, return_annotation=shown)  # type: ignore[attr-defined]
    bound.changes_something = writing  # type: ignore[attr-defined]
    bound.__annotations__ = {p.name: p.annotation for p in kept} | {"return": shown}
    return cast(Route, bound)


def _run(
    tx: Session,
    route: Callable[..., Any],
    request: Request,
    given: Mapping[str, Any],
    adapter: TypeAdapter[Any] | None,
    wants_answer: bool,
    key: tuple[str, str, str] | None,
) -> Response:
    answer = Answer()
    extra = {"answer": answer} if wants_answer else {}
    if key:
        in_turn(tx, f"idempotency {key[0]} {key[1]}")  # the same request may be in hand, and not yet committed
        if earlier := _answered_before(tx, key):
            return earlier
    response = render(route(tx=tx, **given, **extra), request, adapter, answer)
    if key:
        _remember(tx, key, response)
    return response


def render(result: Any, request: Request, adapter: TypeAdapter[Any] | None, answer: Answer) -> Response:
    """Make the answer of what a route returned: JSON, a list as a file where asked, nothing as 204."""
    if isinstance(result, Response):
        result.headers.update(answer.headers)
        return result
    declared: int | None = getattr(request.scope.get("route"), "status_code", None)
    status = answer.status or declared or (204 if adapter is None else 200)
    if adapter is None:
        return Response(status_code=204 if status == 200 else status, headers=answer.headers)
    form = request.query_params.get("format", "json")
    if isinstance(result, Page) and form in ("csv", "xlsx"):
        content, media_type = export(result.items, "csv" if form == "csv" else "xlsx")
        name = request.url.path.rsplit("/", 1)[-1]
        headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
        return Response(content, status, headers=answer.headers | headers, media_type=media_type)
    headers = dict(answer.headers)
    if isinstance(version := getattr(result, "version", None), int):
        headers.setdefault("ETag", f'"v{version}"')
    return Response(adapter.dump_json(result, by_alias=True), status, headers=headers, media_type="application/json")


async def _idempotency(request: Request) -> tuple[str, str, str] | None:
    """Return (caller, key, fingerprint of the request) where the request carries a key."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not (0 < len(key) <= 200 and key.isprintable()):
        raise BadIdempotencyKey()
    caller: Caller | None = getattr(request.state, "caller", None)
    target = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    came: bytes | None = getattr(request.state, "came", None)
    fingerprint = hashlib.sha256(target + (await request.body() if came is None else came)).hexdigest()
    return (caller.account_id if caller else "", key, fingerprint)


def _answered_before(tx: Session, key: tuple[str, str, str]) -> Response | None:
    row = tx.execute(_ANSWERED, {"by": key[0], "under": key[1]}).first()
    if row is None:
        return None
    if row.fingerprint != key[2]:
        raise KeyReused()
    if "no-store" in row.headers.get("cache-control", ""):
        raise ShownOnce()
    return Response(row.body, row.status, headers={**row.headers, "Idempotency-Replayed": "true"})


def _remember(tx: Session, key: tuple[str, str, str], response: Response) -> None:
    """Keep an answer; of one that is not to be stored, only that it was given."""
    kept = {k: v for k, v in response.headers.items() if k.lower() != "content-length"}
    secret = response.headers.get("cache-control") == "no-store"
    tx.execute(
        _KEEP,
        {
            "caller": key[0],
            "key": key[1],
            "fingerprint": key[2],
            "status": response.status_code,
            "headers": kept,
            "body": b"" if secret else bytes(response.body),
            "created_at": tx.info["clock"](),
        },
    )
