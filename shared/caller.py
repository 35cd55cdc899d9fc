"""Who asks: the caller, the grants they hold, and the short-lived token that carries both behind the gateway."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import time
from typing import Any

import jwt

from shared.errors import Unauthenticated
from shared.text import Language, Text

ISSUER = "huitang"
AUDIENCE = "huitang"
TOKEN_SECONDS = 60
NAMELESS = Text()


class Role(StrEnum):
    """What a grant allows its holder to do."""

    ADMINISTRATOR = "administrator"
    ORGANIZER = "organizer"
    SCHEDULER = "scheduler"
    AWARD_OFFICER = "award_officer"
    SUPERVISOR = "supervisor"
    NOMINATOR = "nominator"
    REVIEWER = "reviewer"
    COMMITTEE_MEMBER = "committee_member"
    TALENT_OFFICER = "talent_officer"
    EXCHANGE_OFFICER = "exchange_officer"
    PLANNER = "planner"
    MAIL_EDITOR = "mail_editor"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at an organisation and everything below it, or on one thing (`scope`, such as `edition:<id>`)."""

    role: Role
    organisation: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody signed in. `memberships` are the societies they belong to today; `read_only` where an API key only reads."""

    account_id: str
    name: Text = NAMELESS
    organisation: str | None = None
    grants: tuple[Grant, ...] = ()
    memberships: frozenset[str] = frozenset()
    language: Language = "zh"
    read_only: bool = False

    def has(self, role: Role, path: Sequence[str], scope: str | None = None) -> bool:
        """Tell whether a grant gives `role` on something of the organisation whose ancestors and self are `path`.

        An administrator has every role at and below their organisation.
        """
        return any(
            grant.role in (role, Role.ADMINISTRATOR)
            and (grant.organisation in path if grant.organisation else scope is not None and grant.scope == scope)
            for grant in self.grants
        )

    def organisations_with(self, *roles: Role) -> frozenset[str]:
        """Return the organisations at which a grant gives one of `roles` (or administrator)."""
        wanted = {*roles, Role.ADMINISTRATOR}
        return frozenset(g.organisation for g in self.grants if g.organisation and g.role in wanted)

    def scopes_with(self, *roles: Role) -> frozenset[str]:
        """Return the scopes on which a grant gives one of `roles` (or administrator)."""
        wanted = {*roles, Role.ADMINISTRATOR}
        return frozenset(g.scope for g in self.grants if g.scope and g.role in wanted)

    def claims(self) -> dict[str, Any]:
        """Return the caller as claims of a token."""
        return {
            "sub": self.account_id,
            "name": {"zh": self.name.zh, "en": self.name.en},
            "org": self.organisation,
            "grants": [[g.role, g.organisation, g.scope] for g in self.grants],
            "member_of": sorted(self.memberships),
            "lang": self.language,
            "read_only": self.read_only,
        }

    @classmethod
    def from_claims(cls, claims: dict[str, Any]) -> "Caller":
        """Read the caller from the claims of a verified token."""
        return cls(
            account_id=claims["sub"],
            name=Text(**claims["name"]),
            organisation=claims["org"],
            grants=tuple(Grant(Role(role), organisation, scope) for role, organisation, scope in claims["grants"]),
            memberships=frozenset(claims["member_of"]),
            language=claims["lang"],
            read_only=claims.get("read_only", False),
        )


LEEWAY_SECONDS = 5
MOST_KNOWN = 1_000


class TokenVerifier:
    """Verifies tokens against the key set in a file, read again when a token names a key not seen yet.

    A token that held is known until it ends, or until the keys are read again: its caller asks many times with it.
    """

    def __init__(self, keys: Path) -> None:
        self._file = keys
        self._keys: dict[str, jwt.PyJWK] = {}
        self._stamp = 0
        self._known: dict[str, tuple[Caller, float]] = {}
        self._lock = threading.Lock()

    def verify(self, token: str) -> Caller:
        """Return whom the token speaks for; raise `Unauthenticated` for any other issuer, audience, key, time or algorithm."""
        known = self._known.get(token)
        if known and time() < known[1]:
            return known[0]
        try:
            header = jwt.get_unverified_header(token)
            key = self._key(str(header.get("kid", "")))
            if key is None:
                raise Unauthenticated()
            claims = jwt.decode(
                token,
                key.key,
                algorithms=["EdDSA"],
                audience=AUDIENCE,
                issuer=ISSUER,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "sub", "aud", "iss"]},
            )
            caller = Caller.from_claims(claims)
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise Unauthenticated() from error
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[token] = caller, claims["exp"] + LEEWAY_SECONDS
        return caller

    def _key(self, kid: str) -> jwt.PyJWK | None:
        if kid not in self._keys:
            with self._lock:
                self._read_again()
        return self._keys.get(kid)

    def _read_again(self) -> None:
        try:
            stamp = self._file.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if stamp != self._stamp:
            key_set = jwt.PyJWKSet.from_json(self._file.read_text())
            self._keys = {str(key.key_id): _public(key) for key in key_set.keys}
            self._stamp = stamp
            self._known.clear()


def _public(key: jwt.PyJWK) -> jwt.PyJWK:
    """Keep only the public half of a key, which is all that verifying needs."""
    data = {name: value for name, value in key._jwk_data.items() if name != "d"}
    return jwt.PyJWK(data, algorithm="EdDSA")
