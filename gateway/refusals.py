"""What the gateway itself refuses, beside the kinds of the house. No status and no HTTP."""

from shared.errors import Forbidden, Malformed, TooLarge, TooMany, Unauthenticated, Unavailable
from shared.text import Text


class UnknownCredential(Unauthenticated):
    """Scripts send `Authorization: Bearer ht_…`; nothing else is taken from outside."""

    title = Text("无法识别的凭证", "Unknown credential")
    detail = Text(
        "请使用以 ht_ 开头的 API 密钥：Authorization: Bearer ht_…。",
        "Use an API key, which begins with ht_: Authorization: Bearer ht_….",
    )


class CrossSite(Forbidden):
    """A browser's changing request did not come from a page of this site."""

    title = Text("跨站请求被拒绝", "Cross-site request refused")
    detail = Text(
        "该操作须从本站页面发起；脚本请使用 API 密钥。",
        "Do this from a page of this site; scripts use an API key.",
    )


class BadAddress(Malformed):
    """The path holds empty or dotted segments, a backslash, control characters or broken UTF-8."""

    title = Text("网址格式有误", "The address cannot be read")
    detail = Text(
        "网址中含有空路径段、“.”或“..”、反斜杠、控制字符或无效编码。",
        "It holds empty or dotted segments, a backslash, control characters or broken UTF-8.",
    )


class BadHeaders(Malformed):
    """A header that must stand once stands twice, or the host cannot be read."""

    title = Text("请求头格式有误", "The headers cannot be read")
    detail = Text("请检查请求头 {header}。", "Check the header {header}.")


class HeadersTooLarge(TooLarge):
    """The request's headers are larger than allowed, all together."""

    title = Text("请求头过大", "The headers are too large")
    detail = Text("请求头合计不得超过 {limit} 字节。", "All headers together may have {limit} bytes.")


class BodyTooSlow(Malformed):
    """The body of the request stopped arriving."""

    title = Text("请求内容传输超时", "The body did not arrive")
    detail = Text("{seconds} 秒内未收到数据。", "Nothing arrived for {seconds} seconds.")


class TooManyFromHere(TooMany):
    """This caller, or this address, asks more often than allowed."""

    detail = Text("请在 {seconds} 秒后重试。", "Try again in {seconds} seconds.")


class ServiceDown(Unavailable):
    """The service behind this address does not answer at the moment."""

    title = Text("服务暂时不可用", "The service does not answer")
    detail = Text(
        "“{service}”服务暂时没有响应，请稍后再试。", "The service “{service}” does not answer; try again later."
    )


class ServiceSlow(ServiceDown):
    """The service behind this address took too long; a change may still have been made, so repeat it with the same key."""

    title = Text("服务响应超时", "The service took too long")
    detail = Text(
        "“{service}”服务响应超时。如需重试修改操作，请使用相同的 Idempotency-Key。",
        "The service “{service}” took too long. Repeat a change with the same Idempotency-Key.",
    )


class ConsoleNotBuilt(Unavailable):
    """The folder of the built console holds none; pages for everybody and the API need none."""

    title = Text("控制台尚未构建", "The console is not built")
    detail = Text(
        "请系统管理员运行 make console 构建控制台；公开页面与 API 不受影响。",
        "Whoever runs this installation builds it with `make console`; public pages and the API work without.",
    )
    retry_after = 60
