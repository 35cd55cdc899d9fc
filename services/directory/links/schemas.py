"""What is said about one-time links, over HTTP and in the forms of their pages."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from shared.schema import Id, In, Out
from shared.text import Text


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

    organisation_zh: str = ""
    organisation_en: str = ""
    name_zh: str = ""
    name_en: str = ""
    email: str = ""
    password: str = ""

    def organisation(self) -> Text:
        """Return the name of the organisation."""
        return Text(self.organisation_zh.strip(), self.organisation_en.strip())

    def name(self) -> Text:
        """Return the name of the person."""
        return Text(self.name_zh.strip(), self.name_en.strip())
