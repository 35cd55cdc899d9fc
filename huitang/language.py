"""In which language the command line speaks: that of the terminal it stands in."""

import locale
import os
from collections.abc import Mapping
from typing import Literal


def terminal_language(environ: Mapping[str, str] = os.environ) -> Literal["zh", "en"]:
    """Return the language of the words on this terminal, by its locale: Chinese for zh, else English."""
    name = next((environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(v)), "") or locale.getlocale()[0]
    return "zh" if (name or "").startswith("zh") else "en"


def said(zh: str, en: str) -> str:
    """Return the words in the language of this terminal."""
    return zh if terminal_language() == "zh" else en
