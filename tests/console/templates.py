"""The addresses that the API has, so that one that was asked is called by the template of its description."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PARAMETER = re.compile(r"\{\w*\}")


@dataclass(frozen=True)
class Templates:
    """Changes of the API, as `METHOD /path/{}`."""

    changes: tuple[str, ...]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Templates":
        """Read them out of the API's description; those with fewer parameters come first."""
        paths = document["paths"].items()
        all_ = {f"{method.upper()} {bare(path)}" for path, methods in paths for method in methods if method != "get"}
        return cls(tuple(sorted(all_, key=lambda each: (each.count("{}"), each))))

    def named(self, method: str, url: str) -> str:
        """Return what a request is called; one that is not described stays what it is."""
        asked = f"{method} /{url.split('/', 3)[3].partition('?')[0]}"
        return next((each for each in self.changes if matches(each, asked)), asked)


def bare(path: str) -> str:
    """Return a path without the names of its parameters."""
    return _PARAMETER.sub("{}", path)


def matches(template: str, asked: str) -> bool:
    """Tell whether something asked for is what a template describes."""
    return re.fullmatch(re.escape(template).replace(r"\{\}", "[^/]+"), asked) is not None
