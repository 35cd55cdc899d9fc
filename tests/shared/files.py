"""Files as people have them, and as those who mean harm make them."""

import io
import zipfile
import zlib
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + b"\x00" * 64 + b"\xff\xd9"
TIF = b"II*\x00" + b"\x00" * 64
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 50
EXE = b"MZ" + b"\x00" * 58 + b"\x80\x00\x00\x00" + b"\x00" * 64 + b"PE\x00\x00"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504


def png() -> bytes:
    """Make a picture of one point."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"")
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Make an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


_OFFICE = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}


def office(kind: str, **more: bytes) -> bytes:
    """Make a document of an office suite; `more` are further parts of it."""
    part, name = _OFFICE[kind]
    kinds = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{name}.main+xml"/></Types>'
    return zipped({"[Content_Types].xml": kinds, part: "<document/>"} | more)


def compound(*streams: str) -> bytes:
    """Make what an office suite of old made, with streams of these names."""
    return _COMPOUND + b"\x00\x00".join(name.encode("utf-16-le") for name in streams)


GOOD: Mapping[str, bytes] = {
    "pdf": PDF, "jpg": JPG, "png": png(), "tif": TIF, "mp4": MP4, "docx": office("docx"), "xlsx": office("xlsx"),
    "pptx": office("pptx"), "ofd": zipped({"OFD.xml": "<ofd/>"}), "zip": zipped({"说明.txt": "你好"}),
    "doc": compound("WordDocument"), "xls": compound("Workbook"), "ppt": compound("PowerPoint Document"),
}  # fmt: skip

BAD: Mapping[str, bytes] = {
    "a document with macros": office("docx", **{"word/vbaProject.bin": b"x"}),
    "a document of the macro kind": zipped(
        {"[Content_Types].xml": "<x ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"}
    ),
    "an old document with macros": compound("WordDocument", "_VBA_PROJECT"),
    "a locked document": compound("EncryptedPackage"),
    "a PDF that runs a script": PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"),
    "a PDF that starts a program": PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S /Launch/F(cmd.exe)>>"),
    "a PDF that is an archive too": PDF + zipped({"a.txt": "x"}) + b"%%EOF",
    "half a PDF": PDF[:40],
    "half a picture": png()[:-9],
    "half an archive": GOOD["zip"][:-9],
    "a bomb": zipped({"a.txt": b"\x00" * (17 << 20)}),
    "a path out of the archive": zipped({"../../etc/cron.d/x": "x"}),
    "an absolute path": zipped({"/etc/passwd": "x"}),
    "a path of Windows": zipped({"..\\x.txt": "x"}),
    "a program in an archive": zipped({"x.exe": "x"}),
    "a program by another name": zipped({"照片.jpg": EXE}),
}


def bomb_that_lies() -> bytes:
    """Make an archive that says that it unpacks to a few bytes, and unpacks to many."""
    honest = zipped({"a.txt": b"\x00" * (17 << 20)})
    return honest.replace((17 << 20).to_bytes(4, "little"), (5).to_bytes(4, "little"))
