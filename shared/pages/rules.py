"""What public pages refuse, whosever they are."""

from shared.errors import NotFound
from shared.text import Text


class NoSuchPage(NotFound):
    """A page is there for what is public."""

    title = Text("未找到该页面", "Page not found")
    detail = Text("网址可能有误，或者该内容尚未公布。", "The address may be wrong, or this is not public yet.")
