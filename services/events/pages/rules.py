"""What the pages of events refuse."""

from shared.errors import Gone
from shared.text import Text


class Withdrawn(Gone):
    """A session that was public once and was taken out of the programme has no page any more."""

    title = Text("该内容已撤下", "No longer here")
    detail = Text(
        "该场次曾经公布，现已从日程中撤下。", "This session was public once and has been taken out of the programme."
    )
