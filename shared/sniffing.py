"""What a file is by its content, whatever its name says; and what in it makes it no file to be taken.

The formats that are taken are few and each is known by its structure, which tells a workbook from any other archive and a
document from one with macros. Whatever is none of them is not taken.
"""

import re
import zipfile
from collections.abc import Mapping
from copy import copy
from mmap import ACCESS_READ, mmap
from pathlib import Path

from shared.errors import Invalid
from shared.measuring import UNREADABLE
from shared.text import Text

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "jpg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "mp4": "video/mp4",
    "zip": "application/zip",
}
"""The formats that are taken."""

SAME = {"jpeg": "jpg", "jpe": "jpg", "tiff": "tif", "m4v": "mp4"}
"""Other endings of theirs."""

MOST_PARTS, MOST_UNPACKED, MOST_TIMES = 5_000, 512 << 20, 200
"""What is unpacked of an archive at most: parts, bytes, and times its own size (beyond 16 MB)."""

_PIECE = 1 << 20


class FileUnsafe(Invalid):
    """No file is taken that runs something, hides something, or unpacks to more than anybody needs."""

    title = Text("文件含有不接收的内容", "The file holds what is not taken")
    detail = Text("{reason}。请另存为不含该内容的文件后再传。", "{reason}. Save it without that, and send it again.")


_MACROS = Text("文件含有宏", "It has macros")
_ACTIVE = Text("PDF 含有脚本或启动动作", "The PDF runs scripts or programs")
_HIDDEN = Text("文件中藏有另一个压缩包", "Another archive is hidden in it")
_LOCKED = Text("文件设有密码，审查人员无法打开", "It is locked with a password, and nobody who checks it could open it")
_PROGRAM = Text("压缩包内含有可执行文件“{name}”", "The archive holds a program, “{name}”")
_PATHS = Text("压缩包内的路径“{name}”指向包外", "A path in the archive leads out of it: “{name}”")
_BOMB = Text("压缩包解开后过大", "It unpacks to too much")
_BROKEN = Text("文件不完整或已损坏", "It is damaged, or not whole")

_PROGRAMS = re.compile(
    r"(?i)\.(?:exe|dll|com|scr|msi|bat|cmd|ps1|vbs?|vbe|jse?|wsf|hta|jar|apk|sh|py|lnk|reg|cpl|chm|html?|svg|docm|xlsm|pptm)$"
)
_OTHERS = (
    (b"MZ", "exe"), (b"\x7fELF", "elf"), (b"#!", "sh"), (b"Rar!", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"GIF8", "gif"),
    (b"\x1f\x8b", "gz"), (b"BM", "bmp"), (b"\xca\xfe\xba\xbe", "class"), (b"RIFF", "riff"), (b"{\\rtf", "rtf"),
)  # fmt: skip
_IN_ARCHIVES = (
    ("docx", "word/document.xml", b"wordprocessingml.document.main+xml"),
    ("xlsx", "xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    ("pptx", "ppt/presentation.xml", b"presentationml.presentation.main+xml"),
)
_IN_COMPOUNDS = (("doc", "WordDocument"), ("xls", "Workbook"), ("xls", "Book"), ("ppt", "PowerPoint Document"))
_ACTIONS = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")


def format_of(ending: str) -> str:
    """Return the format that an ending stands for."""
    return SAME.get(ending.lower(), ending.lower())


def sniff(file: Path) -> str:
    """Return the format of a file; of what is not taken, a word for it, or nothing. Raises `FileUnsafe`."""
    if file.stat().st_size == 0:
        return ""
    with file.open("rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as content:
        if content[:4] == b"PK\x03\x04":
            return _in_archive(file)
        if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            return _in_compound(content)
        found = _plain(content)
        if found == "pdf" and _ACTIONS.search(content):
            raise FileUnsafe(reason=_ACTIVE)
    if found in MEDIA_TYPES and zipfile.is_zipfile(file):
        raise FileUnsafe(reason=_HIDDEN)
    return found


def _plain(content: mmap) -> str:
    head, tail = content[:64], content[-4096:]
    if head.startswith(b"%PDF-"):
        return _whole("pdf", b"%%EOF" in tail)
    if head.startswith(b"\xff\xd8\xff"):
        return _whole("jpg", b"\xff\xd9" in tail)
    if head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"):
        return _whole("png", tail.endswith(b"IEND\xaeB`\x82"))
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return "tif"
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")):
        return "html"
    return next((name for mark, name in _OTHERS if head.startswith(mark)), "")


def _whole(name: str, ends: bool) -> str:
    if not ends:
        raise FileUnsafe(reason=_BROKEN)
    return name


def _in_compound(content: mmap) -> str:
    if content.find("_VBA_PROJECT".encode("utf-16-le")) >= 0:
        raise FileUnsafe(reason=_MACROS)
    if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
        raise FileUnsafe(reason=_LOCKED)
    return next((name for name, stream in _IN_COMPOUNDS if content.find(stream.encode("utf-16-le")) >= 0), "ole")


def _in_archive(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [part.filename for part in archive.infolist()]
            _check_parts(archive, file.stat().st_size)
            kinds = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except UNREADABLE as error:
        raise FileUnsafe(reason=_BROKEN) from error
    except RuntimeError as error:  # what zipfile raises for a part with a password
        raise FileUnsafe(reason=_LOCKED) from error
    if b"macroEnabled" in kinds or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileUnsafe(reason=_MACROS)
    found = next((name for name, part, kind in _IN_ARCHIVES if part in names and kind in kinds), None)
    if found is None:
        found = "ofd" if "OFD.xml" in names else "zip"
    if found == "zip" and (program := next(filter(_PROGRAMS.search, names), None)):
        raise FileUnsafe(reason=_PROGRAM.format(name=program[-60:]))
    return found


def _check_parts(archive: zipfile.ZipFile, size: int) -> None:
    """Unpack everything, piece by piece and into nothing: what an archive says of its sizes is not believed."""
    parts = archive.infolist()
    most = min(MOST_UNPACKED, max(size * MOST_TIMES, 16 << 20))
    if len(parts) > MOST_PARTS:
        raise FileUnsafe(reason=_BOMB)
    unpacked = 0
    for part in parts:
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
            raise FileUnsafe(reason=_PATHS.format(name=name[-60:]))
        whole = copy(part)
        whole.file_size = 1 << 40
        with archive.open(whole) as opened:
            first = True
            while piece := opened.read(_PIECE):
                unpacked += len(piece)
                if unpacked > most:
                    raise FileUnsafe(reason=_BOMB)
                if first and piece.startswith((b"MZ", b"\x7fELF")):
                    raise FileUnsafe(reason=_PROGRAM.format(name=name[-60:]))
                first = False
