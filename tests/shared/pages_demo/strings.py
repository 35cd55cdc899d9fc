"""The words of the demonstration pages."""

from shared.text import Text

STRINGS = {
    "demo.subscribe": Text("订阅日历", "Subscribe"),
    "demo.browse": Text("浏览全部活动", "Browse events"),
    "demo.download": Text("下载 .ics 文件", "Download .ics"),
    "demo.flagship": Text("品牌活动", "Flagship events"),
    "demo.when": Text("时间", "When"),
    "demo.where": Text("地点", "Where"),
    "demo.zone": Text("时区", "Time zone"),
    "demo.days": Text("日期", "Days"),
    "demo.views": Text("浏览方式", "Views"),
    "demo.by_time": Text("按时间", "By time"),
    "demo.by_room": Text("按会议室", "By room"),
    "demo.by_person": Text("按人员", "By person"),
    "demo.changed": Text(
        "日程于11月20日有更新，3 场调整，1 场取消。", "Updated on 20 November: 3 sessions moved, 1 cancelled."
    ),
    "demo.states": Text("状态", "States"),
    "demo.abstract": Text("内容简介", "Abstract"),
    "demo.email": Text("电子邮箱", "Email"),
    "demo.password": Text("密码", "Password"),
    "demo.password_help": Text("至少 12 个字符。", "At least 12 characters."),
    "demo.language": Text("界面语言", "Language"),
    "demo.note": Text("备注", "Note"),
    "demo.stay": Text("在本机保持登录", "Keep me signed in on this device"),
    "demo.empty": Text("暂无活动", "No events yet"),
    "demo.empty_why": Text(
        "近期没有符合条件的活动，可调整筛选条件后再试。", "Nothing matches. Change the filters, or browse everything."
    ),
}
