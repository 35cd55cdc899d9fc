"""How long a credential that was ended is still taken, at the gateway that ended it and at another, each a process."""

import time
from statistics import median

import httpx

from benchmarks.__main__ import Row
from benchmarks.installed import Installation, installation
from benchmarks.stack import lacking, not_here, row

ENDINGS, LIMIT_MS = 40, 1_000
KEYS, ME = "/api/directory/me/keys", "/api/directory/me"


def endings(made: Installation, gateways: list[str]) -> list[float]:
    """Return, in milliseconds, how long after its end each key was last taken; the first gateway ends it."""
    found = []
    with httpx.Client(timeout=30) as client:
        for _ in range(ENDINGS):
            key = client.post(gateways[0] + KEYS, json={"name": "ended"}, headers=made.key()).raise_for_status().json()
            with_it = {"Authorization": f"Bearer {key['key']}"}
            for gateway in gateways:  # both know it from now on
                client.get(gateway + ME, headers=with_it).raise_for_status()
            client.delete(f"{gateways[0]}{KEYS}/{key['id']}", headers=made.key()).raise_for_status()
            began = time.perf_counter()
            for gateway in gateways:
                while client.get(gateway + ME, headers=with_it).status_code != 401:
                    time.sleep(0.005)
            found.append((time.perf_counter() - began) * 1_000)
    return found


def measure() -> list[Row]:
    """Return the row, or what is missing."""
    if missing := lacking():
        return not_here("ended", missing)
    with installation() as made, made.another_gateway() as other:
        taken = endings(made, [made.url, other])
    name = f"ended: a credential is refused at both of two gateways, the longest of {ENDINGS}"
    return [row(name, max(taken), "ms", f"≤ {LIMIT_MS}", max(taken) <= LIMIT_MS, f"median {median(taken):.0f} ms")]
