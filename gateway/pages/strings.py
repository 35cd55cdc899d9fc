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
        "以下为全部接口。脚本请使用 API 密钥（Authorization: Bearer ht_…）；已登录的浏览器可直接试用。",
        "Every operation of the API. Scripts use an API key (Authorization: Bearer ht_…); a browser that is signed in may "
        "try operations here.",
    ),
    "docs.file": Text("下载接口描述（OpenAPI）", "Download the description (OpenAPI)"),
    "docs.without_script": Text(
        "交互式浏览需要启用 JavaScript；接口描述文件不受影响。",
        "Reading it here needs JavaScript; the description itself does not.",
    ),
}
