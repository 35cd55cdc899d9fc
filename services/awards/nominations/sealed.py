"""Identity numbers in what is filled in: sealed where it is kept, masked where it is answered, opened to be checked.

The form tells where they stand, at any depth; what is kept shows it by its seals. A number that comes back masked, or as
it stood before, keeps its seal.
"""

from collections.abc import Callable, Mapping
from typing import Any

from shared.sealing import Sealer, is_sealed, masked

Place = tuple[str | int, ...]


def sealed_in(
    schema: Mapping[str, Any],
    content: Mapping[str, Any],
    base: Mapping[str, Any],
    current: Mapping[str, Any],
    sealer: Sealer,
) -> dict[str, Any]:
    """Return `content` as it is kept: a number that its writer has read in `base`, or that is there, keeps its seal."""
    by_place, others = (
        {place: (seal, sealer.open(seal)) for place, seal in seals_in(known).items()} for known in (base, current)
    )
    by_mask = {masked(plain): seal for seal, plain in (*others.values(), *by_place.values())}
    by_plain = {plain: seal for seal, plain in (*by_place.values(), *others.values())}

    def seal(place: Place, value: str) -> str:
        seal_here, plain_here = by_place.get(place, ("", ""))
        if not value or value in (masked(plain_here), plain_here):
            return seal_here if value else ""
        return by_plain.get(value) or by_mask.get(value) or sealer.seal(value)

    def walk(field: Mapping[str, Any], value: Any, place: Place) -> Any:
        if isinstance(value, str):
            return seal(place, value) if field.get("format") == "identity-number" else value
        if isinstance(value, list):
            return [walk(field.get("items", {}), item, (*place, number)) for number, item in enumerate(value)]
        if isinstance(value, Mapping):
            inside = field.get("properties", {})
            return {name: walk(inside.get(name, {}), item, (*place, name)) for name, item in value.items()}
        return value

    kept: dict[str, Any] = walk(schema, content, ())
    return kept


def masked_in(content: Any, sealer: Sealer) -> Any:
    """Return what is kept as it is answered."""
    return _each(content, lambda seal: masked(sealer.open(seal)))


def opened_in(content: Mapping[str, Any], sealer: Sealer) -> dict[str, Any]:
    """Return what is kept in the clear, to be checked and nothing else."""
    plain: dict[str, Any] = _each(content, sealer.open)
    return plain


def told_in(content: Any, sealer: Sealer) -> Any:
    """Return what is kept as a document tells it: each number masked, with its fingerprint."""

    def told(seal: str) -> str:
        plain = sealer.open(seal)
        return f"{masked(plain)} {print_of(plain, sealer)}"

    return _each(content, told)


def print_of(plain: str, sealer: Sealer) -> str:
    """Return the fingerprint of a number, however its last sign is written."""
    return sealer.fingerprint(plain.strip().upper())


def seals_in(content: Mapping[str, Any] | list[Any] | None) -> dict[Place, str]:
    """Return every seal in what is kept, by its place."""
    found: dict[Place, str] = {}
    waiting: list[tuple[Place, Any]] = [((), content)] if content else []
    for place, part in waiting:
        for step, inside in enumerate(part) if isinstance(part, list) else part.items():
            if isinstance(inside, str):
                if is_sealed(inside):
                    found[*place, step] = inside
            elif isinstance(inside, dict | list):
                waiting.append(((*place, step), inside))
    return found


def prints_in(content: Mapping[str, Any], told: Any) -> dict[Place, str]:
    """Return the fingerprint of every number in what is kept, by its place, as a document has `told` it."""
    prints = {}
    for place in seals_in(content):
        words = told
        for step in place:
            words = words[step]
        prints[place] = words.rpartition(" ")[2]
    return prints


def _each(content: Any, change: Callable[[str], str]) -> Any:
    """Return `content` with every seal changed; what holds none is the same object."""
    if isinstance(content, str):
        return change(content) if is_sealed(content) else content
    for place, seal in seals_in(content).items() if isinstance(content, dict | list) else ():
        content = _with(content, place, change(seal))
    return content


def _with(content: Any, place: Place, value: str) -> Any:
    step, *further = place
    changed = content.copy()
    changed[step] = _with(content[step], tuple(further), value) if further else value
    return changed
