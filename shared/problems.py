"""How refusals travel: `application/problem+json` (RFC 9457), in the caller's language. Status numbers live here alone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError
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
    detail = Text("此地址不接受这种请求方法。", "This address does not take that method.")


class InternalError(Refusal):
    """A fault of ours: nothing was changed, and the request id helps to find it in the logs."""

    title = Text("系统内部错误", "Internal error")
    detail = Text("系统出现故障，未作任何更改。", "Something went wrong on our side; nothing was changed.")


STATUS |= {MethodNotAllowed: 405, InternalError: 500}

_FIELD_RULES: dict[str, Text] = {
    "missing": Text("必填", "is required"),
    "extra_forbidden": Text("未知字段", "is not a known field"),
    "string_type": Text("应为文本", "must be text"),
    "string_too_long": Text("最多 {max_length} 个字符", "must have at most {max_length} characters"),
    "string_too_short": Text("至少 {min_length} 个字符", "must have at least {min_length} characters"),
    "string_pattern_mismatch": Text("格式应符合 {pattern}", "must match {pattern}"),
    "string_unicode": Text("不是有效的 Unicode 文本", "is not valid Unicode"),
    "int_type": Text("应为整数", "must be an integer"),
    "int_parsing": Text("应为整数", "must be an integer"),
    "int_from_float": Text("应为整数", "must be an integer"),
    "bool_type": Text("应为 true 或 false", "must be true or false"),
    "bool_parsing": Text("应为 true 或 false", "must be true or false"),
    "greater_than_equal": Text("不得小于 {ge}", "must be at least {ge}"),
    "greater_than": Text("必须大于 {gt}", "must be greater than {gt}"),
    "less_than_equal": Text("不得大于 {le}", "must be at most {le}"),
    "less_than": Text("必须小于 {lt}", "must be less than {lt}"),
    "enum": Text("应为以下之一：{expected}", "must be one of {expected}"),
    "literal_error": Text("应为以下之一：{expected}", "must be one of {expected}"),
    "list_type": Text("应为列表", "must be a list"),
    "tuple_type": Text("应为列表", "must be a list"),
    "too_long": Text("最多 {max_length} 项", "must have at most {max_length} items"),
    "too_short": Text("至少 {min_length} 项", "must have at least {min_length} items"),
    "model_type": Text("应为对象", "must be an object"),
    "model_attributes_type": Text("应为对象", "must be an object"),
    "dict_type": Text("应为对象", "must be an object"),
    "dataclass_type": Text("应为对象", "must be an object"),
    "unexpected_keyword_argument": Text("未知字段", "is not a known field"),
    "date_from_datetime_parsing": Text("应为日期，例如 2026-11-23", "must be a date such as 2026-11-23"),
    "date_parsing": Text("应为日期，例如 2026-11-23", "must be a date such as 2026-11-23"),
    "datetime_parsing": Text("应为时间，例如 2026-11-23T09:00", "must be a time such as 2026-11-23T09:00"),
    "datetime_from_date_parsing": Text("应为时间，例如 2026-11-23T09:00", "must be a time such as 2026-11-23T09:00"),
    "time_parsing": Text("应为时刻，例如 09:00", "must be a time of day such as 09:00"),
    "email": Text("应为邮箱地址", "must be an email address"),
    "phone": Text("应为带国家代码的电话号码", "must be a phone number with its country code"),
    "zone": Text("应为 IANA 时区名称，例如 Asia/Shanghai", "must be an IANA time zone such as Asia/Shanghai"),
    "unknown_identifier": Text("格式或校验位不正确", "has a wrong form or wrong check digits"),
    "control_characters": Text("含有控制字符", "holds control characters"),
    "json_invalid": Text("不是有效的 JSON", "is not valid JSON"),
    "finite_number": Text("应为有限数值", "must be a finite number"),
}


class UnreadableBody(Malformed):
    """The body is not what its type says, such as broken JSON."""

    title = Text("请求内容无法解析", "The body cannot be read")
    detail = Text("应为 UTF-8 编码的 JSON，且嵌套不过深。", "It is JSON in UTF-8, and not nested too deep.")


class InvalidInput(Invalid):
    """Fields of the request break rules; each is named by its JSON pointer."""

    title = Text("提交的内容有误", "Some fields are not right")
    detail = Text("共有 {count} 处不符合规则。", "{count} fields break a rule.")


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
        return problem(input_refusal(error.errors()), language(request))

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
        if lost_connection(error):
            return problem(Unavailable(), language(request))
        log.error("fault", path=request.url.path, error=repr(error), exc_info=error)
        return problem(InternalError(), language(request))

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(IntegrityError, fault)
    app.add_exception_handler(Exception, fault)


def input_refusal(errors: Sequence[Mapping[str, Any]]) -> Refusal:
    """Turn what validation found into one refusal, each field by its pointer and in both languages."""
    found = [_field_error(error) for error in errors]
    if any(error.code == "json_invalid" for error in found):
        return UnreadableBody(errors=found)
    return InvalidInput(errors=found, count=len(found))


def _field_error(error: Mapping[str, Any]) -> FieldError:
    code = str(error["type"])
    words = _FIELD_RULES.get(code)
    if words is None:
        message = Text("不符合规则（{rule}）", "{rule}").format(rule=str(error.get("msg", code)))
    else:
        message = words.format(**{key: str(value) for key, value in (error.get("ctx") or {}).items()})
    return FieldError(_pointer(error.get("loc", ())), code, message)


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
