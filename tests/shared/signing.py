"""Signs tokens as the directory does, for tests of a service's own application."""

import json
import time
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from shared.caller import AUDIENCE, ISSUER, Caller


class Signer:
    """A key set in `folder/signing.jwks` with one key, and tokens signed with it."""

    def __init__(self, folder: Path, kid: str = "k1") -> None:
        self.kid = kid
        self.key = Ed25519PrivateKey.generate()
        public = json.loads(OKPAlgorithm.to_jwk(self.key.public_key())) | {"kid": kid, "alg": "EdDSA"}
        (folder / "signing.jwks").write_text(json.dumps({"keys": [public]}))

    def token(self, caller: Caller, *, algorithm: str = "EdDSA", **changed: Any) -> str:
        """Sign a token for `caller`, with some claims changed (left out where None)."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 60, **caller.claims(), **changed}
        claims = {name: value for name, value in claims.items() if value is not None or name == "org"}
        key = None if algorithm == "none" else self.key
        return jwt.encode(claims, key, algorithm, headers={"kid": self.kid})  # type: ignore[arg-type]
