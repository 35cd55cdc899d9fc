"""The events service alone."""

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.events.service import service
from shared.caller import Caller, Grant, Role
from tests.alone import OTHER, SOCIETY, Alone, Turning, account, make_runtime


class Events(Alone):
    """The running service; nothing works in its background, `settle` does at once what waits."""

    def series(self, slug: str = "forum", role: str = "organizer", **values: Any) -> Any:
        """Open a series."""
        body = {"slug": slug, "name": {"zh": "世界科技论坛", "en": "World Forum"}, "kind": "forum", "owner_id": SOCIETY}
        return self.do("POST", "series", body | values, role)

    def edition(self, series: Any, slug: str = "forum-2027", role: str = "organizer", **values: Any) -> Any:
        """Open an edition of a series."""
        body = {
            "slug": slug,
            "series_id": series["id"],
            "name": {"zh": "2027世界科技论坛", "en": "World Forum 2027"},
            "starts_on": "2027-05-10",
            "ends_on": "2027-05-12",
            "zone": "Asia/Shanghai",
            "city": {"zh": "北京", "en": "Beijing"},
        }
        return self.do("POST", "editions", body | values, role)

    def step(self, edition: Any, verb: str, role: str = "organizer", **body: Any) -> Any:
        """Do a deed to an edition as it now stands."""
        now = self.get(f"editions/{edition['id']}", role)
        standing = verb in ("postpone", "cancel", "resume")
        path = f"editions/{edition['id']}/{verb}"
        return self.do("POST", path, body if standing else None, role, version=now["version"])

    def published(self, slug: str = "forum-2027", **values: Any) -> Any:
        """Open and publish an edition of a series of its own."""
        return self.step(self.edition(self.series(f"s-{slug}"), slug, **values), "publish")

    def grant(self, name: str, role: Role, edition: Any) -> str:
        """Make a caller whose only grant is on one edition; return the name to ask by."""
        scope = f"edition:{edition['id']}"
        self.extra[name] = Caller(account(9), organisation=OTHER, grants=(Grant(role, None, scope),))
        return name


def make_events(template: Path, key: Ed25519PrivateKey, folder: Path) -> Events:
    """Make the service on a copy of `template`."""
    clock = Turning()
    return Events(make_runtime(service, template, folder, clock), clock, key)
