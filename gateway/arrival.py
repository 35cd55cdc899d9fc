"""A request as it arrives: what the gateway reads of it, once, and what is said of it afterwards. No decision."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import count
from os import urandom
from time import perf_counter
from typing import Literal

from starlette.types import Scope

from gateway.refusals import BadHeaders
from shared.text import Language

_SINGLE = {b"host", b"authorization", b"content-length", b"content-type", b"origin", b"sec-fetch-site"}
"""Headers whose repetition is an attempt to be read in two ways."""

_READING = {"GET", "HEAD"}

_process, _numbers = urandom(6).hex(), count(1)


@dataclass(frozen=True, slots=True)
class Credential:
    """What a request was sent with; `digest` is its SHA-256 in hexadecimal."""

    kind: Literal["session", "key"]
    value: str
    digest: str


@dataclass(frozen=True, slots=True)
class Held:
    """A token, whom it speaks for, and until when it is used."""

    authorization: bytes
    account_id: str
    language: Language
    until: datetime


class Arrival:
    """One request. `headers` has lower-case names, and repeated headers joined.

    `credential` is what it came with, `held` the token that this was exchanged for; `upstream`, `status` and `cached`
    (hit, miss or nothing) are what is logged of its answer.
    """

    __slots__ = (
        "address", "began", "cached", "credential", "headers", "held", "host", "id", "method", "path", "query", "reads",
        "scheme", "scope", "status", "upstream",
    )  # fmt: skip

    def __init__(self, scope: Scope) -> None:
        self.began = perf_counter()
        self.id = f"{_process}{next(_numbers):08x}"
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query: bytes = scope["query_string"]
        self.scheme: str = scope["scheme"]
        self.address: str = scope["client"][0] if scope["client"] else ""
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.host = self.headers.get(b"host", b"")
        self.reads = self.method in _READING
        self.credential: Credential | None = None
        self.held: Held | None = None
        self.upstream, self.cached = "gateway", ""
        self.status = 0

    def header(self, name: bytes) -> str | None:
        """Return a header as text."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    def join_repeated(self) -> None:
        """Join headers that stand more than once; raise `BadHeaders` for those that must not."""
        joined: dict[bytes, bytes] = {}
        for name, value in self.scope["headers"]:
            if name not in joined:
                joined[name] = value
            elif name in _SINGLE:
                raise BadHeaders(header=name.decode("latin-1"))
            else:
                joined[name] += (b"; " if name == b"cookie" else b", ") + value
        self.headers = joined


class TrustedProxies:
    """The proxies in front whose word is taken for where a request came from."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._networks = [ipaddress.ip_network(address, strict=False) for address in addresses]
        self.any = bool(self._networks)

    def settle(self, arrival: Arrival) -> None:
        """Set address, scheme and host to what a trusted proxy says of them, read from the nearest proxy outwards."""
        if not self._trusts(arrival.address):
            return
        hops = [hop.strip() for hop in (arrival.header(b"x-forwarded-for") or "").split(",")]
        for hop in reversed([hop for hop in hops if hop]):
            if not _is_address(hop):
                break
            arrival.address = hop
            if not self._trusts(hop):
                break
        scheme = (arrival.header(b"x-forwarded-proto") or "").split(",")[-1].strip().lower()
        if scheme in {"http", "https"}:
            arrival.scheme = scheme
        arrival.host = arrival.headers.get(b"x-forwarded-host", arrival.host).split(b",")[-1].strip()

    def _trusts(self, address: str) -> bool:
        if not _is_address(address):
            return False
        return any(ipaddress.ip_address(address) in network for network in self._networks)


def _is_address(words: str) -> bool:
    try:
        ipaddress.ip_address(words)
    except ValueError:
        return False
    return True


@lru_cache(4096)
def neighbourhood(address: str) -> str:
    """Return what is limited as one address: an IPv4 address, or the /64 that an IPv6 household or server holds."""
    if ":" not in address or not _is_address(address):
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False))
