"""The words of the layout and of the macros. `{name}` is filled in; `one|many` in English is chosen by `n`."""

from shared.text import Text

STRINGS: dict[str, Text] = {
    "layout.skip": Text("跳到正文", "Skip to content"),
    "layout.main_navigation": Text("主导航", "Main"),
    "layout.events": Text("活动", "Events"),
    "layout.calendars": Text("日历", "Calendars"),
    "layout.sign_in": Text("登录", "Sign in"),
    "layout.mine": Text("我的订阅", "My feeds"),
    "layout.signed_in_as": Text("当前用户：{name}", "Signed in as {name}"),
    "layout.footer": Text("页脚", "Footer"),
    "layout.promise": Text(
        "订阅一次，日程变动自动更新。",
        "Subscribe once; every change finds its way to your calendar.",
    ),
    "layout.api": Text("开放接口", "API"),
    "layout.address": Text("本页网址：", "This page: "),
    "breadcrumbs.label": Text("当前位置", "You are here"),
    "pagination.label": Text("翻页", "Pages"),
    "pagination.previous": Text("上一页", "Previous"),
    "pagination.next": Text("下一页", "Next"),
    "form.required": Text("必填", "required"),
    "form.summary": Text("有 {n} 处需要修改", "{n} thing needs correcting|{n} things need correcting"),
    "session.count": Text("{n} 场", "{n} session|{n} sessions"),
    "status.tentative": Text("日期待定", "Date to be confirmed"),
    "status.cancelled": Text("已取消", "Cancelled"),
    "status.postponed": Text("延期举办", "Postponed"),
    "status.running": Text("进行中", "On now"),
    "status.ended": Text("已结束", "Ended"),
    "status.new": Text("新增", "New"),
    "status.moved": Text("有调整", "Changed"),
    "status.members": Text("仅限会员", "Members only"),
    "status.invited": Text("仅限受邀嘉宾", "By invitation"),
    "status.online": Text("线上", "Online"),
    "status.hybrid": Text("线上线下同步", "On site and online"),
}
