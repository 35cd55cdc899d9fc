"""A PostgreSQL of one's own: for tests, and for who runs Huitang on several processes without containers.

It listens on loopback alone, on a port of its own, and asks everybody for a password. Nothing of an installed server is
touched but its programs.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL

from shared.files import replace_private
from shared.postgres import make_database

INSTALLED = Path("/usr/lib/postgresql")
"""Where Debian puts the programs of each major version, off the PATH."""

ROLE = "huitang"
HOST = "127.0.0.1"

FAST: dict[str, str] = {"fsync": "off", "full_page_writes": "off"}
"""For tests: what was committed survives the end of the server, and need not survive that of the machine."""


class NoPostgres(Exception):
    """No PostgreSQL is installed here, or it does not start; the message says what was missing or logged."""


def find_programs() -> Path | None:
    """Return the folder of the newest `initdb` and `postgres`, or nothing where there is none."""
    on_path = shutil.which("initdb")
    found = [path for path in INSTALLED.glob("*/bin") if (path / "initdb").exists()]
    newest = max(found, key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0, default=None)
    return newest or (Path(on_path).resolve().parent if on_path else None)


class LocalPostgres:
    """One server on a folder of its own. `start` makes what is missing; the same folder again is the same server.

    It ends with the thread that started it, however that ends. Where root runs it, the server itself runs as the account `postgres`, for it refuses to run as root.
    """

    def __init__(self, folder: Path, *, port: int = 0, options: dict[str, str] | None = None) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.options = options or {}
        self._port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """The port it listens on, kept in the folder so that it is the same after a restart."""
        return int((self.folder / "port").read_text())

    @property
    def pid(self) -> int:
        """The process id of the server; raise `NoPostgres` where it does not run."""
        if self._process is None or self._process.poll() is not None:
            raise NoPostgres(f"{self.folder}: not running")
        return self._process.pid

    @property
    def password(self) -> str:
        """The password of the role, which only the owner of the folder can read."""
        return (self.folder / "password").read_text().strip()

    def url(self, database: str) -> URL:
        """Return the address of a database, with the role and its password."""
        return URL.create("postgresql+psycopg", ROLE, self.password, HOST, self.port, database)

    def address(self, pattern: str = "huitang_{service}") -> str:
        """Return what HUITANG_DATABASE takes: one database for each service."""
        return f"{self.url('').render_as_string(hide_password=False)}{pattern}"

    def start(self, *databases: str) -> None:
        """Start the server, make `databases` that are missing, and return once it answers; raise `NoPostgres`."""
        programs = find_programs()
        if programs is None:
            raise NoPostgres("no initdb under /usr/lib/postgresql or on the PATH (Debian: apt-get install postgresql)")
        if not (self.data / "PG_VERSION").exists():
            self._make(programs)
        settings = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "logging_collector": "off",
        } | self.options
        said = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as output:
            self._process = subprocess.Popen(
                [*_ending_with_us(), programs / "postgres", "-D", self.data, *said],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, **_as_owner(),
            )  # fmt: skip
        self._await()
        self.make_databases(*databases)

    def stop(self) -> None:
        """End the server, and every connection to it."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End every process of the server at once; it recovers at the next start."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        """Let every process of the server stand still; connections stay open, and nobody answers."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal_all(signal.SIGCONT)

    def make_databases(self, *names: str, template: str = "template0") -> None:
        """Make the databases that are missing, as `make_database` makes them."""
        for name in names:
            make_database(self.url(name), template)

    def drop_databases(self, *names: str) -> None:
        """Drop databases, whoever is still connected."""
        with closing(self.connect()) as connection:
            for name in names:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """Open a connection that commits each statement, for who looks after the server."""
        return psycopg.connect(
            host=HOST, port=self.port, user=ROLE, password=self.password, dbname=database,
            autocommit=True, connect_timeout=5,
        )  # fmt: skip

    def _make(self, programs: Path) -> None:
        self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        replace_private(self.folder / "password", secrets.token_urlsafe(24))
        (self.folder / "port").write_text(str(self._port or free_port()))
        self.data.mkdir(mode=0o700, exist_ok=True)
        account = _account()
        given, taken = os.pipe()  # so that the server's account need not read the owner's file
        if account:
            os.chown(self.data, *account)
            os.chown(given, *account)
        os.write(taken, self.password.encode())
        os.close(taken)
        made = subprocess.run(
            [
                programs / "initdb", "-D", self.data, "-U", ROLE, f"--pwfile=/dev/fd/{given}", "--auth=scram-sha-256",
                "--encoding=UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8", "--no-sync",
            ],
            pass_fds=(given,), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **_as_owner(),
        )  # fmt: skip
        os.close(given)
        if made.returncode:
            raise NoPostgres(made.stdout.decode(errors="replace"))

    def _await(self) -> None:
        """Wait until it answers: no longer than it lives."""
        process = self._process
        while process is not None and process.poll() is None:
            with suppress(psycopg.OperationalError):
                if self._is_ours():
                    return
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.02)
        raise NoPostgres((self.folder / "log").read_text(errors="replace")[-2000:])

    def _is_ours(self) -> bool:
        """Tell whether what answers has our folder: that which a folder was copied from has the same port and password."""
        with closing(self.connect()) as connection:
            told = connection.execute("SHOW data_directory").fetchone()
        return told is not None and Path(told[0]).resolve() == self.data.resolve()

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            if how is signal.SIGKILL:
                self._signal_all(how)
            else:
                self._process.send_signal(how)
            self._process.wait()
        self._process = None

    def _signal_all(self, what: signal.Signals) -> None:
        """Signal the server and then the processes it has made."""
        pids = [self.pid]
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        os.kill(self.pid, signal.SIGSTOP)  # it makes no more of them meanwhile
        if children.exists():
            pids += [int(pid) for pid in children.read_text().split()]
        for pid in reversed(pids):
            with suppress(ProcessLookupError):
                os.kill(pid, what)


def _account() -> tuple[int, int] | None:
    """Return the account that the server runs as where root starts it."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("postgres")
    return entry.pw_uid, entry.pw_gid


def _as_owner() -> dict[str, Any]:
    account = _account()
    return {"user": account[0], "group": account[1], "extra_groups": []} if account else {}


def _ending_with_us() -> list[str]:
    """Return what starts a program so that it is told to end when the thread that started it does, where that is known."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT", "--"] if setpriv else []


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with closing(socket.socket()) as taken:
        taken.bind((HOST, 0))
        port: int = taken.getsockname()[1]
        return port
