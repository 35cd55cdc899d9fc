"""The words of the gateway's own pages."""

from shared.text import Text

STRINGS: dict[str, Text] = {
    "problems.title": Text("问题类型", "Problem types"),
    "problems.lead": Text(
        "接口每次拒绝请求时，都以 application/problem+json（RFC 9457）说明原因；其中 type 字段的地址即为下列页面。",
        "Whenever the API refuses something it says why, as application/problem+json (RFC 9457). The address in its field "
        "“type” is one of these pages.",
    ),
    "problem.status": Text("状态码", "Status"),
    "problem.type": Text("类型", "Type"),
    "problem.detail": Text("说明", "What it says"),
    "problem.rule": Text("规则（英文）", "The rule"),
    "problem.retry": Text("重试", "Trying again"),
    "problem.retry_after": Text("可在 {n} 秒后重试", "after {n} second|after {n} seconds"),
    "problem.all": Text("全部问题类型", "All problem types"),
    "refused.home": Text("返回首页", "To the home page"),
    "refused.sign_in": Text("登录", "Sign in"),
    "refused.request": Text("请求编号", "Request"),
    "docs.title": Text("开放接口", "The API"),
    "docs.lead": Text(
        "会堂的全部功能均可通过接口调用。脚本使用 API 密钥：Authorization: Bearer ht_…",
        "Everything that Huitang does can be done by a script, with an API key: Authorization: Bearer ht_…",
    ),
    "docs.file": Text("下载接口描述（OpenAPI）", "Download the description (OpenAPI)"),
    "docs.services": Text("各项服务", "Services"),
    "docs.asks": Text("查询参数：{names}", "Query: {names}"),
    "docs.takes": Text("请求体：{name}", "Body: {name}"),
    "reader.title": Text("在线调试", "Try operations"),
    "reader.lead": Text(
        "填写参数、发送请求并查看应答。以您登录的账号执行，修改即时生效。",
        "Fill in an operation, send it and see the answer. It is done as you, and what it changes is changed.",
    ),
    "reader.without_script": Text(
        "在线调试需要启用 JavaScript；接口列表和接口描述文件不受影响。",
        "Trying operations needs JavaScript; the list of operations and the description do not.",
    ),
}
