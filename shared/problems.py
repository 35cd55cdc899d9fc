"""How refusals travel: `application/problem+json` (RFC 9457), in the caller's language. Status numbers live here alone."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from starlette.exceptions import HTTPException

from shared.db import lost_connection
from shared.errors import (
    Conflict,
    FieldError,
    Forbidden,
    Gone,
    Invalid,
    Malformed,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Refusal,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from shared.field_rules import rule_in_words
from shared.message import request_id
from shared.text import Language, Text

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[Refusal], int] = {
    Malformed: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Gone: 410,
    PreconditionFailed: 412,
    TooLarge: 413,
    Invalid: 422,
    PreconditionRequired: 428,
    TooMany: 429,
    Unavailable: 503,
}


class AlreadyTaken(Conflict):
    """Another change took the same name or place at the same moment, or something else still rests on this."""

    title = Text("与已有内容冲突", "In conflict with what is there")
    detail = Text(
        "同名内容已存在，或仍有其他内容依赖于此。", "The same is there already, or something else rests on this."
    )


class MethodNotAllowed(Refusal):
    """This address does not take that method."""

    title = Text("不支持该方法", "Method not allowed")
    detail = Text("该地址不接受此 HTTP 方法。", "This address does not take that HTTP method.")


class InternalError(Refusal):
    """A fault of ours: nothing was changed, and the request id helps to find it in the logs."""

    title = Text("系统内部错误", "Internal error")
    detail = Text("系统出现故障，未作任何更改。", "Something went wrong on our side; nothing was changed.")


STATUS |= {MethodNotAllowed: 405, InternalError: 500}


class UnreadableBody(Malformed):
    """The body is not what its type says, such as broken JSON."""

    title = Text("请求内容无法解析", "The body cannot be read")
    detail = Text("应为 UTF-8 编码的 JSON，且嵌套不过深。", "It is JSON in UTF-8, and not nested too deep.")


class InvalidInput(Invalid):
    """Fields of the request break rules; each is named by its JSON pointer."""

    title = Text("提交的内容有误", "Some fields are not right")
    detail = Text("共有 {count} 处不符合规则。", "{count} fields break a rule.")


class Unstorable(Invalid):
    """A value that no database here can keep: the character NUL, or a text or number beyond its column."""

    title = Text("含有无法保存的内容", "A value cannot be kept")
    detail = Text(
        "请求中含有空字符（NUL），或有过长的文本、过大的数值。",
        "The request holds the character NUL, or a text or number that is too large.",
    )


def status_of(refusal: type[Refusal]) -> int:
    """Return the status of the kind that `refusal` belongs to."""
    return next(STATUS[kind] for kind in refusal.__mro__ if kind in STATUS)


def accepted_language(headers: Mapping[str, str], otherwise: Language = "zh") -> Language:
    """Choose between Chinese and English by `Accept-Language`; `otherwise` where it names neither."""
    best: tuple[float, Language] | None = None
    for part in headers.get("accept-language", "").split(","):
        tag, _, weight = part.strip().partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            quality = 0.0
        if tag[:2].lower() in {"zh", "en"} and quality > (best[0] if best else 0.0):
            best = (quality, "zh" if tag[:2].lower() == "zh" else "en")
    return best[1] if best else otherwise


def problem(refusal: Refusal, language: Language) -> Response:
    """Make the answer that carries `refusal`."""
    kind = type(refusal)
    status = status_of(kind)
    body: dict[str, Any] = {
        "type": f"/problems/{kind.slug()}",
        "title": kind.title.in_(language),
        "status": status,
        "detail": refusal.words().in_(language),
        "request_id": request_id.get(),
    }
    body |= {name: value for name, value in refusal.facts.items() if name not in body}
    if refusal.errors:
        body["errors"] = [
            {"pointer": error.pointer, "code": error.code, "message": error.message.in_(language)}
            for error in refusal.errors
        ]
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    if kind.retry_after is not None:
        headers["Retry-After"] = str(kind.retry_after)
    content = _ANY.dump_json(body, fallback=str)
    return Response(content, status, headers=headers, media_type=MEDIA_TYPE)


_ANY: TypeAdapter[Any] = TypeAdapter(Any)


def install(app: FastAPI) -> None:
    """Make `app` answer every refusal, and every fault, as a problem."""

    def language(request: Request) -> Language:
        caller = getattr(request.state, "caller", None)
        return accepted_language(request.headers, caller.language if caller else "zh")

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return problem(error, language(request))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return problem(input_refusal(error.errors(), error.body), language(request))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        kinds: dict[int, Refusal] = {
            404: NotFound(),
            405: MethodNotAllowed(),
            400: UnreadableBody(),
            413: TooLarge(limit=""),
        }
        answer = problem(kinds.get(error.status_code, UnreadableBody()), language(request))
        answer.headers.update(error.headers or {})
        return answer

    async def fault(request: Request, error: Exception) -> Response:
        if isinstance(error, IntegrityError):
            return problem(AlreadyTaken(), language(request))
        if isinstance(error, DataError):
            return problem(Unstorable(), language(request))
        if lost_connection(error):
            log.warning("database_away", path=request.url.path, error=repr(error))
            return problem(Unavailable(), language(request))
        log.error("fault", path=request.url.path, error=repr(error), exc_info=error)
        return problem(InternalError(), language(request))

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(SQLAlchemyError, fault)  # told and logged here; any other is raised again to the server
    app.add_exception_handler(Exception, fault)


def input_refusal(errors: Sequence[Mapping[str, Any]], body: Any = None) -> Refusal:
    """Turn what validation found in a request with this `body` into one refusal, each field by its pointer, in words."""
    found = [_field_error(error, body) for error in errors]
    if any(error.code == "json_invalid" for error in found):
        return UnreadableBody(errors=found)
    return InvalidInput(errors=found, count=len(found))


def _field_error(error: Mapping[str, Any], body: Any) -> FieldError:
    code = str(error["type"])
    place = _place(error.get("loc", ()), body, missing=code == "missing")
    return FieldError(_pointer(place), code, Text(*rule_in_words(error)))


def _place(location: Sequence[object], body: Any, *, missing: bool) -> Iterator[object]:
    """Yield the steps to a field of the body as it was sent: the kind that was chosen among several is none of them."""
    yield from location[:1]
    inside = location[:1] == ("body",)
    for number, step in enumerate(location[1:], 2):
        if inside and isinstance(body, Mapping) and step not in body and not (missing and number == len(location)):
            continue
        yield step
        if isinstance(body, Mapping):
            body = body.get(step)
        elif isinstance(body, list) and isinstance(step, int) and step < len(body):
            body = body[step]
        else:
            inside = False


def _pointer(location: Iterable[object]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)


def problem_schema() -> dict[str, Any]:
    """Return the JSON Schema of a problem, for the API's description."""
    field = {"pointer": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}}
    return json.loads(  # type: ignore[no-any-return]
        json.dumps(
            {
                "type": "object",
                "required": ["type", "title", "status"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "request_id": {"type": "string"},
                    "errors": {"type": "array", "items": {"type": "object", "properties": field}},
                },
            }
        )
    )


def reason(status: int) -> str:
    """Return the standard phrase of a status number."""
    return HTTPStatus(status).phrase
