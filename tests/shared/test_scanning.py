"""What looks for malware: a clamd that listens or a command; where it is set and silent, nothing is taken."""

import socket
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shared.scanning import MalwareFound, ScannerAway, scan

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd(answer: bytes = b"") -> Iterator[str]:
    """Listen as clamd does: finds one signature, or says what it is told to say."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                read = line.makefile("rb")
                assert read.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!L", read.read(4))[0]:
                    content += read.read(size)
                found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
                line.sendall(answer or found)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Make a file with nothing bad in it."""
    made = tmp_path / "file"
    made.write_bytes(b"x" * 200_000)
    return made


def test_nothing_looks_unless_it_is_set(file: Path) -> None:
    scan("", file)


def test_clamd_tells_clean_from_bad(file: Path) -> None:
    with clamd() as address:
        scan(address, file)
    file.write_bytes(b"x" * 70_000 + EICAR)
    with clamd() as address, pytest.raises(MalwareFound, match="Eicar-Test-Signature"):
        scan(address, file)


@pytest.mark.parametrize("answer", [b"stream: size limit exceeded. ERROR\0", b"\0", b"UNKNOWN COMMAND\0"])
def test_an_answer_that_says_neither_is_none(file: Path, answer: bytes) -> None:
    with clamd(answer) as address, pytest.raises(ScannerAway):
        scan(address, file)


@pytest.mark.parametrize(
    "scanner",
    ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl", "http://x", "tcp://", "/no/such/scanner", "'unclosed"],
)
def test_where_it_does_not_answer_nothing_is_taken(file: Path, scanner: str) -> None:
    with pytest.raises(ScannerAway):
        scan(scanner, file)


@pytest.mark.parametrize(
    ("ends", "refusal"), [("0", None), ("1", MalwareFound), ("2", ScannerAway), ("-9", ScannerAway)]
)
def test_a_command_says_it_by_how_it_ends(
    file: Path, tmp_path: Path, ends: str, refusal: type[Exception] | None
) -> None:
    script = tmp_path / "look.py"
    script.write_text(
        "import os, sys\nprint(sys.argv[1] + ': Something FOUND')\n"
        f"os.kill(os.getpid(), 9) if {ends} < 0 else sys.exit({ends})\n"
    )
    command = f"{sys.executable} {script}"
    if refusal is None:
        scan(command, file)
    else:
        with pytest.raises(refusal):
            scan(command, file)
