"""The key sets of an installation by which it seals and signs: one file each in the data folder, the newest key first.

A file is replaced whole, and read again by whoever has read it before. Every process of an installation has the same.
"""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from shared.files import private_lock, replace_private
from shared.sealing import Sealer, new_secret_key
from shared.signing import Signer, new_signing_key, public_half

Key = dict[str, Any]

SECRETS = "secrets.key"
"""The file of keys that seal identity numbers. Every key ever in it is kept: what it sealed stays readable."""

RECORDS = "records.jwks"
"""The file of keys that sign receipts and bundles of the record. What no longer signs is kept as its public half."""


class KeyFile:
    """One key set; `make` makes a key for it, `retire` what is left of one that another takes over from."""

    def __init__(self, path: Path, make: Callable[[], Key], retire: Callable[[Key], Key]) -> None:
        self.path = path
        self._make = make
        self._retire = retire
        self._stamp = 0
        self._keys: list[Key] = []
        self._lock = threading.Lock()

    def ensure(self) -> None:
        """Make the set with one key, unless there is one."""
        with private_lock(self.path):
            if not self.path.exists():
                self._write([self._make()])

    def rotate(self) -> str:
        """Put a new key first, and return its id."""
        with private_lock(self.path):
            new = self._make()
            self._write([new, *map(self._retire, self.read())])
        return str(new["kid"])

    def read(self) -> list[Key]:
        """Return the keys as the file has them by now; raise `FileNotFoundError` where there is none."""
        with self._lock:
            stamp = self.path.stat().st_mtime_ns
            if stamp != self._stamp:
                self._keys, self._stamp = json.loads(self.path.read_text())["keys"], stamp
            return self._keys

    def _write(self, keys: list[Key]) -> None:
        replace_private(self.path, json.dumps({"keys": keys}, indent=1))


class Keys:
    """What an installation seals and signs with."""

    def __init__(self, folder: Path) -> None:
        self.secrets = KeyFile(folder / SECRETS, new_secret_key, lambda key: key)
        self.records = KeyFile(folder / RECORDS, new_signing_key, public_half)
        self._sealer: tuple[list[Key], Sealer] | None = None
        self._signer: tuple[list[Key], Signer] | None = None

    def ensure(self) -> None:
        """Make what is missing."""
        self.secrets.ensure()
        self.records.ensure()

    @property
    def sealer(self) -> Sealer:
        """Return what seals with the newest key, and opens with any."""
        keys, made = self.secrets.read(), self._sealer
        if made is None or made[0] is not keys:
            made = self._sealer = keys, Sealer(keys)
        return made[1]

    @property
    def signer(self) -> Signer:
        """Return what signs with the newest key."""
        keys, made = self.records.read(), self._signer
        if made is None or made[0] is not keys:
            made = self._signer = keys, Signer(keys[0])
        return made[1]


def sealer_of(tx: Session) -> Sealer:
    """Return what this installation seals identity numbers with."""
    keys: Keys = tx.info["keys"]
    return keys.sealer


def signer_of(tx: Session) -> Signer:
    """Return what this installation signs records with, the same key as long as it is held."""
    keys: Keys = tx.info["keys"]
    return keys.signer


def public_keys_of(tx: Session) -> list[Key]:
    """Return the public halves of all keys that ever signed here, the newest first."""
    keys: Keys = tx.info["keys"]
    return [public_half(key) for key in keys.records.read()]
