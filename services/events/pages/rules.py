"""What public pages refuse."""

from shared.errors import Gone, NotFound
from shared.text import Text


class NoSuchPage(NotFound):
    """A page is there for what is public."""

    title = Text("未找到该页面", "Page not found")
    detail = Text("网址可能有误，或者该内容尚未公布。", "The address may be wrong, or this is not public yet.")


class Withdrawn(Gone):
    """A session that was public once and was taken out of the programme has no page any more."""

    title = Text("该内容已撤下", "No longer here")
    detail = Text(
        "该场次曾经公布，现已从日程中撤下。", "This session was public once and has been taken out of the programme."
    )
