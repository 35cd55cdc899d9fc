"""Reading the files of words beside this module."""

import tomllib
from importlib.resources import files
from typing import Any


def read_toml(name: str) -> dict[str, Any]:
    """Read the file `<name>.toml`."""
    return tomllib.loads(files("huitang.sample").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def text(pair: list[str]) -> dict[str, str]:
    """Return a pair (Chinese, English) as a bilingual text."""
    return {"zh": pair[0], "en": pair[1]}
