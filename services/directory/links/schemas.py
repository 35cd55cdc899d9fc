"""What is said about one-time links, over HTTP and in the forms of their pages."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.directory.signin.schemas import Secret
from shared.schema import Id, In, Out
from shared.text import Text

Line = Annotated[str, Field(max_length=300)]


class LinkIn(In):
    """Whom a recovery link is for."""

    account_id: Id


class LinkOut(Out):
    """A link, shown once."""

    url: str
    expires_at: datetime


class LinkForm(BaseModel):
    """What a link's page sends: whatever is missing is empty, whatever else is there is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    organisation_zh: Line = ""
    organisation_en: Line = ""
    name_zh: Line = ""
    name_en: Line = ""
    email: Line = ""
    password: Secret = ""

    def organisation(self) -> Text:
        """Return the name of the organisation."""
        return Text(_plain(self.organisation_zh), _plain(self.organisation_en))

    def name(self) -> Text:
        """Return the name of the person."""
        return Text(_plain(self.name_zh), _plain(self.name_en))


def _plain(words: str) -> str:
    return "".join(sign for sign in words if sign.isprintable()).strip()
