"""How long a preview is shown."""

from shared.errors import Gone
from shared.text import Text


class PreviewEnded(Gone):
    """A preview is shown until it expires, or is withdrawn."""

    title = Text("预览链接已失效", "The preview has ended")
    detail = Text("请向主办方索取新的链接。", "Ask the organizer for a new link.")
