"""Looking for malware in what was uploaded: by a clamd that listens somewhere, or by a command. Off unless set.

Where a scanner is set and does not answer, nothing is taken: a file that nobody looked at is refused.
"""

import shlex
import socket
import struct
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from shared.errors import Invalid, Unavailable
from shared.text import Text

PATIENCE = 60.0
"""Seconds until a scanner has answered."""

PIECE = 1 << 16


class MalwareFound(Invalid):
    """Nothing is taken in which a scanner has found malware."""

    title = Text("文件未通过安全检查", "The file did not pass the malware scan")
    detail = Text(
        "安全检查发现：{found}。请在安全的计算机上重新制作该文件。",
        "The scan found {found}. Make the file again on a computer that is safe.",
    )


class ScannerAway(Unavailable):
    """Where files are looked at before they are taken, none is taken while nobody can look."""

    title = Text("安全检查暂不可用", "The malware scan does not answer")
    detail = Text(
        "文件暂时无法检查，未被接收，请稍后再传。", "The file could not be looked at and was not taken; send it again."
    )
    retry_after = 30


def scan(scanner: str, file: Path) -> None:
    """Raise `MalwareFound`, or `ScannerAway` where the scanner that is set gives no clear answer."""
    if not scanner:
        return
    try:
        found = _ask_clamd(scanner, file) if "://" in scanner else _run(scanner, file)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise ScannerAway() from error
    if found:
        raise MalwareFound(found=found)


def _ask_clamd(address: str, file: Path) -> str:
    """Send the file as clamd's INSTREAM takes it; return what was found. Raises `ValueError` for any other answer."""
    with _connected(address) as line, file.open("rb") as content:
        line.sendall(b"zINSTREAM\0")
        while piece := content.read(PIECE):
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (piece := line.recv(PIECE)):
            answer += piece
    said = answer.decode("utf-8", "replace").strip("\0\n ").removeprefix("stream: ")
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")[:200]
    raise ValueError(said)


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    if parts.scheme != "tcp" or not parts.hostname:
        raise ValueError(address)
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=PATIENCE)


def _run(command: str, file: Path) -> str:
    asked = [*shlex.split(command), str(file)]
    done = subprocess.run(asked, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False)
    if done.returncode == 0:
        return ""
    if done.returncode == 1:
        lines = [line.replace(str(file), "").strip(": ") for line in done.stdout.splitlines() if line.strip()]
        return (lines[0] if lines else "?")[:200]
    raise ValueError(f"the scanner ended with {done.returncode}")
