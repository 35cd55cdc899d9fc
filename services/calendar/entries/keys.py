"""The keys under which entries stand together, and the cache tags of answers made from them."""

from collections.abc import Iterable
from urllib.parse import quote

from shared.messages.dates import DateEntry

ALL = "all"
TREE = "tree"
"""The organisation tree itself: it decides what stands under an organisation's feed."""

PAGES_TAG = "calendar:pages"


def service_key(service: str) -> str:
    """Return the key of everything that a service tells."""
    return f"service:{service}"


def organisation_key(organisation: str) -> str:
    """Return the key of an organisation."""
    return f"organisation:{organisation}"


def keys_of(entry: DateEntry, service: str) -> set[str]:
    """Return every key that the entry stands under."""
    return {ALL, service_key(service), *(topic.key for topic in entry.topics)}


def tag_of(key: str) -> str:
    """Return the cache tag of what stands under `key`; without spaces and commas, which separate tags."""
    return f"calendar:{quote(key, safe=':')}"


def tags_of(keys: Iterable[str]) -> str:
    """Return the `Cache-Tag` of an answer made from what stands under `keys`."""
    return " ".join(sorted(map(tag_of, keys)))
