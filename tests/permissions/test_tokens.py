"""Only a token that the directory has signed, for this house and for now, is taken by a service's own application."""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from services.directory.signin.tokens import ensure_keys
from shared.caller import AUDIENCE, ISSUER, TokenVerifier
from tests.permissions.stage import Stage

PATHS = {"directory": ["/me"], "events": ["/venues", "/editions"], "awards": ["/cycles"], "calendar": ["/feeds"]}
"""What is for whoever is signed in, and what everybody may ask: a false token is refused there all the same."""


@pytest.fixture
def key(stage: Stage, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Let a service trust one new key, as the directory makes them; return it whole."""
    file, trusted = tmp_path / "signing.jwks", stage.runtime.verifier
    ensure_keys(file)
    stage.runtime.verifier = TokenVerifier(file)
    yield json.loads(file.read_text())["keys"][0]
    stage.runtime.verifier = trusted


def forge(stage: Stage, key: dict[str, Any], **changed: Any) -> str:
    """Return a token of the administrator, with some claims or headers changed."""
    now = int(time.time())
    headers = {"kid": changed.pop("kid", key["kid"])}
    signing = changed.pop("signing", OKPAlgorithm.from_jwk(key))
    claims = {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 60, **stage.callers["administrator"].claims()}
    claims = {name: value for name, value in (claims | changed).items() if value != "left out"}
    return jwt.encode(claims, signing, "EdDSA", headers=headers)


def unsigned(token: str, algorithm: str, kid: str) -> str:
    """Return a token with its signature left out, and an algorithm that needs none."""
    head = base64.urlsafe_b64encode(json.dumps({"alg": algorithm, "kid": kid}).encode()).decode().rstrip("=")
    return ".".join([head, token.split(".")[1], ""])


def false_tokens(stage: Stage, key: dict[str, Any]) -> dict[str, str]:
    """Return tokens by what is wrong with them."""
    another, now, true = Ed25519PrivateKey.generate(), int(time.time()), forge(stage, key)
    claims = jwt.decode(true, options={"verify_signature": False})
    return {
        "no algorithm": unsigned(true, "none", key["kid"]),
        "no algorithm, spelt otherwise": unsigned(true, "NoNe", key["kid"]),
        "the public key as a password": jwt.encode(claims, key["x"] * 2, "HS256", {"kid": key["kid"]}),
        "expired": forge(stage, key, iat=now - 120, exp=now - 60),
        "not yet": forge(stage, key, iat=now + 600, exp=now + 660),
        "for somebody else": forge(stage, key, aud="elsewhere"),
        "from somebody else": forge(stage, key, iss="elsewhere"),
        "for ever": forge(stage, key, exp="left out"),
        "for nobody in particular": forge(stage, key, aud="left out"),
        "of an unknown key": forge(stage, key, kid="unknown", signing=another),
        "of a key without a name": forge(stage, key, kid=""),
        "of another key under a known name": forge(stage, key, signing=another),
        "with a role that does not exist": forge(stage, key, grants=[["king", None, None]]),
        "with claims of other types": forge(stage, key, name="Ada", member_of=7),
        "cut": true[:-4],
        "of other words": f"{true.split('.')[0]}.{'e30'}.{true.split('.')[2]}",
        "an API key": "ht_0123456789_abcdefghijklmnopqrstuvwxyz",
        "empty": "",
        "no token": "a.b.c",
    }


def asked(stage: Stage, path: str, authorization: str, language: str = "zh") -> httpx.Response:
    """Ask with a header of authorization."""
    headers = {"Authorization": authorization, "Accept-Language": language}
    return stage.answer(httpx.Request("GET", f"http://localhost/api/{stage.name}{path}", headers=headers))


def test_a_true_token_is_taken(stage: Stage, key: dict[str, Any]) -> None:
    for path in PATHS[stage.name]:
        assert asked(stage, path, f"Bearer {forge(stage, key)}").is_success


def test_false_tokens_are_refused_and_not_told_why(stage: Stage, key: dict[str, Any]) -> None:
    headers = {name: f"Bearer {token}" for name, token in false_tokens(stage, key).items()}
    headers |= {"no bearer": f"Basic {forge(stage, key)}", "twice": f"Bearer {forge(stage, key)} {forge(stage, key)}"}
    wrong = []
    for language, words in (
        ("zh", "此处需要有效的登录状态或 API 密钥。"),
        ("en", "This needs a valid session or API key."),
    ):
        for path in PATHS[stage.name]:
            for name, header in headers.items():
                answer = asked(stage, path, header, language)
                told = {k: v for k, v in answer.json().items() if k in ("type", "status", "detail", "errors")}
                if told != {"type": "/problems/unauthenticated", "status": 401, "detail": words}:
                    wrong.append((name, path, answer.status_code, answer.text))
    assert wrong == []
