"""What is asked and answered about previews."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shared.schema import In, Out


class PreviewIn(In):
    """For how long a draft may be looked at by whoever has the link."""

    hours: Annotated[int, Field(ge=1, le=24 * 60)] = 72


class PreviewOut(Out):
    """A link that shows the draft until it expires."""

    id: str
    made_by: str
    made_at: datetime
    expires_at: datetime


class PreviewMadeOut(PreviewOut):
    """A new link; its token and path (behind `/zh` or `/en`) are shown this once."""

    token: str
    path: str
