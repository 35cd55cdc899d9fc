"""Names of files as people give them, made harmless: no paths, nothing that is not seen, nothing that a system reads as more."""

import re
import unicodedata

LONGEST = 120
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Control characters, what turns the direction of writing, halves of characters, private use, ends of lines."""

_MEANT_OTHERWISE = re.compile(r'[<>:"|?*\x00-\x1f%;&$`\'#{}^~]')
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")


def cleaned(name: str, otherwise: str = "file") -> str:
    """Return the last part of a file's name with its ending, of letters that are seen; `otherwise` where nothing is left."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in _HIDDEN)
    plain = _MEANT_OTHERWISE.sub("_", seen)
    plain = re.sub(r"\s+", " ", plain).strip().rstrip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    if _DEVICES.match(plain):
        stem = f"_{stem}"
    stem = (stem.strip(" .") or otherwise)[: LONGEST - 12]
    return f"{stem}.{ending[:10].strip()}" if ending.strip() else stem


def ending_of(name: str) -> str:
    """Return what stands behind the last dot, in lower case; nothing where there is none."""
    _, dot, ending = name.rpartition(".")
    return ending.lower() if dot else ""
