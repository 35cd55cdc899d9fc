"""What sign-in takes and answers."""

from typing import Annotated

from pydantic import Field

from services.directory.signin.rules import CredentialKind
from shared.schema import In, Out
from shared.text import Language


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
