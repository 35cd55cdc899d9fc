"""Shapes of the record."""

from pydantic import BaseModel

from shared.schema import Out


class RecordKeyOut(Out):
    """One public key, as RFC 8037 writes it."""

    kid: str
    kty: str
    crv: str
    x: str


class RecordKeysOut(BaseModel):
    """Every key by which this installation ever signed, the one that signs now first."""

    keys: list[RecordKeyOut]
