"""What a sealed page is for, and what printing needs."""

import re

from shared.errors import Conflict, Unavailable
from shared.text import Text


class SealedForOtherContent(Conflict):
    """The page that comes back sealed carries the check code of what the nomination says now."""

    title = Text("盖章页与现有内容不符", "The sealed page is for other content")
    detail = Text(
        "盖章页的校验码是 {given}，现有内容的校验码是 {current}；内容在打印后有改动，请重新打印盖章页。",
        "The page carries the check code {given}; that of the content now is {current}. It was changed after printing: "
        "print the page again, and have it sealed.",
    )


class FontsMissing(Unavailable):
    """Pages in Chinese are set in a font that has its characters."""

    title = Text("服务器缺少中文字体", "The server has no Chinese font")
    detail = Text(
        "服务器未安装中文字体，无法生成 PDF，请联系管理员（HUITANG_FONTS）。",
        "No font with Chinese characters is installed, and no PDF is made; tell whoever runs the server (HUITANG_FONTS).",
    )
    retry_after = 3600


def plain_code(code: str) -> str:
    """Return a check code as it is compared: however people write it, with O and I, spaces or none."""
    signs = re.sub(r"[\s\-－—]", "", code).upper().translate(str.maketrans("OIL", "011"))
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def check_sealed(given: str, current: str) -> None:
    """Raise `SealedForOtherContent` unless a page carries the code of the content."""
    if plain_code(given) != current:
        raise SealedForOtherContent(given=plain_code(given)[:40], current=current)
