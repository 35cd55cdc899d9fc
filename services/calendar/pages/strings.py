"""The words of the calendar's pages. `{name}` is filled in; `one|many` in English is chosen by `n`."""

from shared.text import Text

STRINGS: dict[str, Text] = {
    # Home.
    "home.title": Text("科技界的每一场盛会，尽在一份日历", "Every gathering of science, in one calendar"),
    "home.lead": Text(
        "订阅一次，会议、征集与截止日期自动进入您常用的日历，变动随时更新。",
        "Subscribe once. Conferences, calls and deadlines appear in the calendar you already use, and follow every change.",
    ),
    "home.subscribe": Text("订阅日历", "Subscribe"),
    "home.events": Text("浏览全部活动", "Browse events"),
    "home.today": Text("今天", "Today"),
    "home.sessions": Text("今日 {n} 场", "{n} session today|{n} sessions today"),
    "home.editions": Text("即将举办", "Coming up"),
    "home.dates": Text("近期日期", "Coming dates"),
    "home.all_dates": Text("查看全部日程", "All dates, month by month"),
    "home.none": Text("还没有公布任何日期", "No dates announced yet"),
    "home.none_why": Text(
        "现在订阅，日期一经公布就会出现在您的日历中。",
        "Subscribe now, and dates will appear in your calendar as they are announced.",
    ),
    # Dates, wherever they are listed.
    "dates.to_be_set": Text("具体日期待定", "day to be set"),
    # The agenda.
    "agenda.title": Text("{month}日程", "Agenda for {month}"),
    "agenda.of": Text("{feed}：{month}日程", "{feed}: {month}"),
    "agenda.lead": Text(
        "本月共 {n} 项，可直接打印。",
        "{n} date this month; it prints as it stands.|{n} dates this month; it prints as it stands.",
    ),
    "agenda.months": Text("按月浏览", "Months"),
    "agenda.today": Text("回到本月", "This month"),
    "agenda.none": Text("本月没有日期", "Nothing in this month"),
    "agenda.none_why": Text(
        "可以查看前后月份，或订阅后等待更新。", "Look at the months around it, or subscribe and wait."
    ),
    "agenda.more": Text("此处列出前 {n} 项。", "The first {n} are shown."),
    # All feeds.
    "feeds.title": Text("日历订阅", "Calendars to subscribe to"),
    "feeds.lead": Text(
        "选一份日历，添加到手机或电脑。日期有变动时，日历会自动更新。",
        "Choose a calendar and add it to your phone or computer. When a date changes, your calendar follows.",
    ),
    "feeds.subscribe_all": Text("添加全部日期到日历", "Add all dates to my calendar"),
    "feeds.here": Text("更多日历", "More calendars"),
    "feeds.everything": Text("全部日期", "Everything"),
    "feeds.service": Text("按业务", "By field"),
    "feeds.series": Text("品牌系列", "Series"),
    "feeds.series_why": Text(
        "一次订阅，往后每一届自动跟进。", "Subscribe once, and the next editions follow by themselves."
    ),
    "feeds.editions": Text("各届活动", "Editions"),
    "feeds.editions_why": Text("含全部会议日程，适合参会者。", "The whole programme, for those who attend."),
    "feeds.programmes": Text("评选项目", "Programmes that select"),
    "feeds.programmes_why": Text(
        "征集、截止、公示等时间，延期随之更新。", "Calls, deadlines and notices; an extension moves them."
    ),
    "feeds.organisations": Text("主办单位", "Organisations"),
    "feeds.count": Text("{n} 项即将到来", "{n} coming date|{n} coming dates"),
    "feeds.quiet": Text(
        "尚未公布日期（{n}），可先行订阅",
        "{n} without dates yet; subscribe ahead|{n} without dates yet; subscribe ahead",
    ),
    "feeds.next": Text("最近：{day}", "next on {day}"),
    "feeds.agenda": Text("按月查看日程", "Agenda by month"),
    "feeds.personal": Text("只想看与您有关的？", "Only what concerns you?"),
    "feeds.personal_why": Text(
        "登录后可以自选主题、会议日程和个人事项，生成专属日历。",
        "Sign in to choose topics, sessions and your own duties, and get a calendar of your own.",
    ),
    "feeds.mine": Text("我的订阅", "My feeds"),
    # One feed, before subscribing.
    "feed.lead": Text(
        "订阅后，这 {n} 项日期会出现在您的日历中。",
        "{n} coming date will stand in your calendar.|{n} coming dates will stand in your calendar.",
    ),
    "feed.lead_none": Text(
        "目前没有即将到来的日期；公布后会自动出现在您的日历中。",
        "Nothing is announced at present; what is announced will appear in your calendar.",
    ),
    "feed.title": Text("{name}日历", "{name}: calendar"),
    "feed.subscribe": Text("添加到日历", "Add to my calendar"),
    "feed.hint": Text(
        "适用于 iPhone、iPad、Mac 与多数桌面日历。", "For iPhone, iPad, Mac and most calendars on computers."
    ),
    "feed.wechat": Text("请在浏览器中打开", "Open this page in your browser"),
    "feed.wechat_how": Text(
        "微信内无法直接订阅日历。请点右上角“···”，选择“在浏览器打开”；也可以复制下面的网址，粘贴到日历应用中。",
        "WeChat cannot add a calendar. Tap “···” at the top right and choose “Open in Browser”, or copy the address below into your calendar app.",
    ),
    "feed.address": Text("订阅网址", "Address of this calendar"),
    "feed.address_how": Text(
        "复制后，在日历应用中选择“添加订阅日历”并粘贴。",
        "Copy it, and paste it where your calendar app adds a subscription.",
    ),
    "feed.copy": Text("复制", "Copy"),
    "feed.copied": Text("已复制", "Copied"),
    "feed.qr": Text("用手机扫码", "Scan with a phone"),
    "feed.qr_of": Text("订阅网址的二维码", "QR code of the calendar’s address"),
    "feed.download": Text("下载 .ics 文件", "Download the .ics file"),
    "feed.download_why": Text("下载的文件不会自动更新。", "A file that was downloaded is not updated."),
    "feed.ways": Text("其他订阅方式", "Other ways to subscribe"),
    "feed.google": Text("添加到 Google 日历", "Add to Google Calendar"),
    "feed.outlook": Text("添加到 Outlook 网页版", "Add to Outlook on the web"),
    "feed.contains": Text("您将看到", "What you will see"),
    "feed.next_of": Text("最近的 {n} 项", "The next date|The next {n} dates"),
    "feed.more": Text("查看全部日程", "See all dates"),
    "feed.kind_count": Text("{kind} {n} 项", "{kind}: {n}"),
    "feed.past": Text(
        "另含过去 90 天的日期；取消的日期会保留 90 天并注明。",
        "Dates of the past 90 days stay in it; what is cancelled says so for 90 days.",
    ),
    "feed.whole": Text(
        "含本届的全部日期，结束后仍可查阅。", "It holds all dates of this edition, also after it has ended."
    ),
    "feed.options": Text("订阅选项", "Options"),
    "feed.language": Text("语言", "Language"),
    "feed.both": Text("中英双语", "Chinese and English"),
    "feed.zh": Text("中文", "Chinese"),
    "feed.en": Text("英文", "English"),
    "feed.reminder": Text("提醒", "Reminder"),
    "feed.no_reminder": Text("不提醒", "None"),
    "feed.reminder_15m": Text("提前 15 分钟", "15 minutes before"),
    "feed.reminder_1h": Text("提前 1 小时", "1 hour before"),
    "feed.reminder_1d": Text("提前 1 天", "1 day before"),
    "feed.bar": Text("同时显示会期（全天）", "Also show the conference over its days"),
    "feed.apply": Text("更新网址", "Update the address"),
    "feed.refresh": Text("多久更新一次？", "How often does it refresh?"),
    "feed.refresh_why": Text(
        "变动会立即写入订阅，何时显示取决于您的日历应用：",
        "We publish a change at once. When you see it depends on your calendar app:",
    ),
    "feed.app": Text("日历应用", "App"),
    "feed.every": Text("更新间隔", "Refreshes"),
    "feed.ios": Text("iPhone、iPad", "iPhone, iPad"),
    "feed.ios_every": Text(
        "15 分钟至 1 小时，在“设置 › 日历 › 账户 › 获取新数据”中选择",
        "every 15 minutes to 1 hour, as chosen under Settings › Calendar › Accounts › Fetch New Data",
    ),
    "feed.mac": Text("Mac 日历", "Calendar on Mac"),
    "feed.mac_every": Text("5 分钟至 1 周，订阅时选择", "every 5 minutes to 1 week, as chosen when subscribing"),
    "feed.thunderbird": Text("Thunderbird", "Thunderbird"),
    "feed.thunderbird_every": Text("默认 30 分钟", "every 30 minutes unless set otherwise"),
    "feed.android": Text("安卓手机", "Android"),
    "feed.android_every": Text(
        "经 ICSx⁵ 等订阅应用，15 分钟至 1 天，可设置",
        "with a subscription app such as ICSx⁵, every 15 minutes to 1 day, as set",
    ),
    "feed.outlook_name": Text("Outlook", "Outlook"),
    "feed.outlook_every": Text(
        "约 3 小时，有时更久，不可设置", "about every 3 hours, sometimes later; it cannot be set"
    ),
    "feed.google_name": Text("Google 日历", "Google Calendar"),
    "feed.google_every": Text("约 12 至 24 小时，不可设置", "about every 12 to 24 hours; it cannot be set"),
    "feed.follow": Text("加入我的专属日历", "Put into a calendar of my own"),
    # Feeds of one's own.
    "mine.title": Text("我的订阅", "My feeds"),
    "mine.lead": Text(
        "每份日历有自己的保密网址，可以分别停用；其中只显示您当前有权查看的日期。",
        "Each feed has a secret address of its own and can be ended alone. It shows what you may see at the time.",
    ),
    "mine.new": Text("新建日历", "New feed"),
    "mine.none": Text("您还没有专属日历", "You have no feed yet"),
    "mine.none_why": Text(
        "选择关注的系列、活动或单项日程，生成一份只属于您的日历。",
        "Choose series, events or single dates, and get a calendar that is yours alone.",
    ),
    "mine.topics": Text("关注：{names}", "Follows {names}"),
    "mine.kinds": Text("仅限：{names}", "Only {names}"),
    "mine.entries": Text("单独选择的日程：{n} 项", "{n} chosen date|{n} chosen dates"),
    "mine.duties": Text("与我个人有关的日期", "Dates addressed to me"),
    "mine.fetched": Text("{client}最近读取于 {at}", "Last read by {client} on {at}"),
    "mine.never": Text("尚未被任何日历读取", "Not read by any calendar yet"),
    "mine.change": Text("修改内容", "Change"),
    "mine.reset": Text("重置网址", "Reset the address"),
    "mine.reset_why": Text(
        "网址若被他人得知，请重置。旧网址立即失效，需要用新网址重新订阅。",
        "If others have come to know the address, reset it. The old one ends at once, and you subscribe again with the new one.",
    ),
    "mine.revoke": Text("停用", "Revoke"),
    "mine.revoke_why": Text(
        "停用后无法恢复，订阅它的日历将不再更新。其他日历不受影响。",
        "It cannot be taken back, and calendars that read this feed get nothing more. Your other feeds stay.",
    ),
    "mine.confirm_reset": Text("确认重置“{name}”", "Reset “{name}”"),
    "mine.confirm_revoke": Text("确认停用“{name}”", "Revoke “{name}”"),
    "compose.new": Text("新建专属日历", "New feed of your own"),
    "compose.change": Text("修改日历内容", "Change your feed"),
    "compose.lead": Text(
        "选择要在日历中看到的内容，随时可以修改，网址不变。",
        "Choose what you want to see. You can change it at any time; the address stays.",
    ),
    "compose.own": Text("我的日历", "My calendar"),
    "compose.name": Text("名称", "Name"),
    "compose.name_help": Text(
        "显示在您的日历应用中，例如“我的会议”。", "Your calendar shows it by this name, such as “My conferences”."
    ),
    "compose.language": Text("语言", "Language"),
    "compose.series": Text("品牌系列", "Series"),
    "compose.edition": Text("各届活动", "Editions"),
    "compose.programme": Text("评选项目", "Programmes that select"),
    "compose.organisation": Text("主办单位（含下属机构）", "Organisations, with all below them"),
    "compose.other": Text("其他主题", "Other topics"),
    "compose.entries": Text("单独选择的日程", "Chosen dates"),
    "compose.kinds": Text("只看这些类型（不选则为全部）", "Only these kinds (none chosen: all)"),
    "compose.more": Text("更多设置", "More"),
    "compose.duties": Text("与我个人有关的日期，如评审任务", "Dates addressed to me, such as reviews"),
    "compose.bar": Text("同时显示会期（全天）", "Also show conferences over their days"),
    "compose.reminders": Text("提醒", "Reminder"),
    "compose.make": Text("生成日历", "Make the feed"),
    "compose.save": Text("保存", "Save"),
    "compose.into": Text("加入已有日历", "Put into a feed you have"),
    "compose.into_one": Text("加入“{name}”", "Put into “{name}”"),
    "compose.or_new": Text("或新建日历", "Or make a new feed"),
    "made.title": Text("您的日历已就绪", "Your feed is ready"),
    "made.lead": Text(
        "网址只显示这一次，请现在就添加到日历。", "Its address is shown this once. Add it to your calendar now."
    ),
    "made.secret": Text("请勿转发此网址", "Keep this address to yourself"),
    "made.secret_why": Text(
        "知道网址的人都能看到这份日历。若已泄露，请在“我的订阅”中重置。",
        "Whoever knows it can read the feed. If it became known, reset it under My feeds.",
    ),
    "made.done": Text("返回我的订阅", "Back to my feeds"),
}
