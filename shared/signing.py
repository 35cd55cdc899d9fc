"""Signatures of an installation under what it gives out for good: receipts, and bundles of the record.

Ed25519 over the canonical JSON of RFC 8785, so that whoever has the document and the public key can check it without us.
Integers beyond 2^53 are written exactly, where the RFC would round them.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Signer:
    """Signs with one key; `public` is the 32 bytes that check it, `public_text` the same as a key set writes them."""

    def __init__(self, key: Mapping[str, Any]) -> None:
        self.key_id: str = key["kid"]
        self.public_text: str = key["x"]
        self.public = _bytes(key["x"])
        self._key = Ed25519PrivateKey.from_private_bytes(_bytes(key["d"]))

    def sign(self, content: bytes) -> bytes:
        """Return the signature under `content`, 64 bytes."""
        return self._key.sign(content)

    def signed(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return `document` with `key`, `public` and `signature`, which is under the canonical JSON of all the rest."""
        whole = {**document, "key": self.key_id, "public": self.public_text}
        return whole | {"signature": _text(self.sign(canonical(whole)))}


_plain = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_sorted = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> bytes:
    """Return `value` as the canonical JSON of RFC 8785; raise `ValueError` for what JSON cannot say."""
    return (_sorted(value) if _is_simple(value) else _written(value)).encode()


def _is_simple(value: Any) -> bool:
    """Tell whether Python's own encoder writes it canonically: no fractions, and names that it sorts as UTF-16 does."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            continue
        if isinstance(part, dict):
            if not (all(isinstance(name, str) for name in part) and "".join(part).isascii()):
                return False
            waiting += part.values()
        elif isinstance(part, list | tuple):
            waiting += part
        elif isinstance(part, float):
            return False
    return True


def _written(value: Any) -> str:
    if isinstance(value, dict):
        ordered = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_written(str(name))}:{_written(part)}" for name, part in ordered) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_written, value)) + "]"
    if isinstance(value, float):
        return _number(value)
    return _plain(value)


def _number(value: float) -> str:
    """Return a number as ECMAScript writes it, of the shortest digits that read back as the same."""
    if value == 0:
        return "0"
    if value < 0:
        return f"-{_number(-value)}"
    _, parts, exponent = Decimal(json.dumps(value, allow_nan=False)).normalize().as_tuple()
    digits = "".join(map(str, parts))
    before = len(digits) + int(exponent)
    if 0 < before <= 21:
        whole = digits.ljust(before, "0")
        return whole[:before] + (f".{whole[before:]}" if whole[before:] else "")
    if -6 < before <= 0:
        return f"0.{'0' * -before}{digits}"
    return digits[0] + (f".{digits[1:]}" if digits[1:] else "") + f"e{before - 1:+d}"


def new_signing_key() -> dict[str, Any]:
    """Return a new key that signs."""
    key = Ed25519PrivateKey.generate()
    public, private = key.public_key().public_bytes_raw(), key.private_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "kid": secrets.token_hex(8), "x": _text(public), "d": _text(private)}


def public_half(key: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a key may be known to everybody."""
    return {name: value for name, value in key.items() if name != "d"}


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
