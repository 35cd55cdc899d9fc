"""People as one cell of a table names them: 张三、李四（清华大学）；Ann Lee (ESA)."""

import re
import unicodedata

_BETWEEN_CHINESE = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_SIGN = {"（": "(", "）": ")", "［": "(", "］": ")", "[": "(", "]": ")", "【": "(", "】": ")"}
_NOBODY = {"", "-", "—", "——", "/", "无", "待定", "tbd", "tba", "n/a", "none"}


def split_people(words: str) -> list[tuple[str, str]]:
    """Return (name, affiliation) of everyone named, in order; separators inside brackets do not separate.

    Raises `ValueError` for a bracket without its other half.
    """
    return [person for part in split_list(words) if (person := _person(part))]


def split_list(words: str) -> list[str]:
    """Split at 、，,；; and new lines outside brackets; white space around the parts is not theirs."""
    parts, depth = [""], 0
    for sign in words:
        plain = _SIGN.get(sign, sign)
        depth += (plain == "(") - (plain == ")")
        if depth < 0:
            raise ValueError(words)
        if depth == 0 and sign in "、，,；;\n\r":
            parts.append("")
        else:
            parts[-1] += sign
    if depth:
        raise ValueError(words)
    return [part.strip() for part in parts if part.strip()]


def _person(words: str) -> tuple[str, str] | None:
    """Split 张三（清华大学） into name and affiliation; the spaces inside 张　三 only align it with longer names."""
    plain = "".join(_SIGN.get(sign, sign) for sign in words)
    opening = plain.find("(")
    name, unit = (words, "") if opening < 0 else (words[:opening], words[opening + 1 : plain.rfind(")")])
    name = _BETWEEN_CHINESE.sub("", name.strip())
    if unicodedata.normalize("NFKC", name).lower() in _NOBODY:
        return None
    return name, unit.strip()
