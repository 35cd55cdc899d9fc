"""The words of the directory's pages. `{name}` is filled in."""

from shared.text import Text

STRINGS: dict[str, Text] = {
    # Signing in.
    "sign_in.title": Text("登录", "Sign in"),
    "sign_in.account_title": Text("我的账号", "Your account"),
    "sign_in.lead": Text("使用您的邮箱或手机号登录。", "Use your email address or phone number."),
    "sign_in.account": Text("邮箱或手机号", "Email or phone number"),
    "sign_in.password": Text("密码", "Password"),
    "sign_in.submit": Text("登录", "Sign in"),
    "sign_in.lost": Text("忘记密码？", "Lost your password?"),
    "sign_in.lost_how": Text(
        "请联系所属机构的管理员，获取一次性重置链接。",
        "Ask your organisation’s administrator for a one-time link to choose a new one.",
    ),
    "sign_in.already": Text("您已登录：{name}", "You are signed in as {name}"),
    "sign_in.on": Text("返回首页", "Go to the home page"),
    "sign_in.out": Text("退出登录", "Sign out"),
    "sign_in.gone": Text("您已退出登录。", "You are signed out."),
    # One-time links.
    "link.sign_in": Text("一次性登录", "Sign in once"),
    "link.sign_in_lead": Text(
        "点击下方按钮即可登录。该链接只能使用一次。", "Press the button to sign in. The link works once."
    ),
    "link.as": Text("账号：{name}", "Account: {name}"),
    "link.recovery": Text("设置新密码", "Choose a new password"),
    "link.recovery_lead": Text(
        "设置后将退出所有其他登录，并在此登录。", "You are then signed in here, and signed out everywhere else."
    ),
    "link.password": Text("新密码", "New password"),
    "link.password_help": Text(
        "至少 10 个字符，不要使用常见密码。", "At least 10 characters, and not a common password."
    ),
    "link.save": Text("保存并登录", "Save and sign in"),
    "link.home": Text("返回首页", "Go to the home page"),
    # The first run.
    "first.title": Text("欢迎使用会堂", "Welcome to Huitang"),
    "first.lead": Text(
        "请填写机构名称，并创建第一位管理员。此链接只能使用一次。",
        "Name your organisation and make its first administrator. This link works once.",
    ),
    "first.organisation_zh": Text("机构中文名称", "Organisation’s name in Chinese"),
    "first.organisation_en": Text("机构英文名称", "Organisation’s name in English"),
    "first.name_zh": Text("您的中文姓名", "Your name in Chinese"),
    "first.name_en": Text("您的英文姓名", "Your name in English"),
    "first.either": Text("中英文至少填写一项。", "One of the two languages is enough."),
    "first.email": Text("您的邮箱", "Your email address"),
    "first.submit": Text("创建并登录", "Create and sign in"),
    "first.name_missing": Text("请填写您的姓名。", "Give your name."),
    "first.organisation_missing": Text("请填写机构名称。", "Give the organisation’s name."),
    "first.email_wrong": Text("请填写完整的邮箱地址。", "Give a whole email address."),
}
