"""What signing in takes and answers."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.directory.signin.rules import CredentialKind
from shared.schema import In, Out
from shared.text import Language

Secret = Annotated[str, Field(max_length=1000)]


class SignInIn(In):
    """An account, by its email address or phone number, and its password."""

    account: Annotated[str, Field(min_length=1, max_length=254)]
    password: Secret


class SignInForm(BaseModel):
    """What the page's form sends: whatever is missing is empty, whatever else is there is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    account: Annotated[str, Field(max_length=1000)] = ""
    password: Secret = ""
    way_on: Annotated[str, Field(max_length=2000)] = ""


class SignedInOut(Out):
    """Who is signed in, until when; the session itself travels as a cookie."""

    account_id: str
    language: Language
    expires_at: datetime


class ExchangeIn(In):
    """A credential as the gateway received it."""

    credential: Annotated[str, Field(min_length=1, max_length=400)]
    kind: CredentialKind


class ExchangeOut(Out):
    """The token that stands for a credential; `credential_hash` is the credential's SHA-256 in hexadecimal."""

    token: str
    account_id: str
    expires_in: int
    language: Language
    credential_hash: str
