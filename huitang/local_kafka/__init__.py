"""One Apache Kafka broker of one's own, for tests and for machines without containers.

It lives in the command line's package, because `huitang` starts it where people have no broker, and tests use the same
code. It needs Java 17 and, the first time, Maven, which fetches the broker into a folder that is kept.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from base64 import urlsafe_b64encode
from contextlib import ExitStack, suppress
from pathlib import Path

from filelock import FileLock

_HERE = Path(__file__).parent
_JAVA_VERSION = 17
_JAVA = ("java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""A broker of one machine has little to do: what is compiled quickly is fast enough."""

_START_SECONDS = 60
_ARCHIVE_SECONDS = 120


class NoBroker(Exception):
    """Kafka cannot run here, or did not start."""


def lacking(folder: Path) -> str:
    """Say what this machine lacks to run a broker, with jars in `folder`; an empty string where it lacks nothing."""
    java = shutil.which("java")
    if java is None or _java_version(java) < _JAVA_VERSION:
        return f"needs Java {_JAVA_VERSION} (Debian: apt-get install openjdk-17-jre-headless)"
    if not _is_fetched(folder) and not shutil.which("mvn"):
        return "needs Maven (Debian: apt-get install maven)"
    return ""


def jars_folder(data: Path) -> Path:
    """Return where the broker's jars are kept: HUITANG_JARS, else inside the data folder."""
    return Path(os.environ.get("HUITANG_JARS") or data / "jars").absolute()


def fetch_jars(folder: Path) -> Path:
    """Fetch the broker's jars into `folder`, once for each version of `pom.xml`; return where they stand.

    Raises `NoBroker` where Maven cannot fetch them; what Maven says is in the message.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "fetching.lock"):
        if not _is_fetched(folder):
            shutil.rmtree(folder / "libs", ignore_errors=True)
            for old in folder.glob("classes-*.jsa"):
                old.unlink()
            goal = ("dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder / 'libs'}")
            command = [shutil.which("mvn") or "mvn", "-q", "-B", "-f", str(_HERE / "pom.xml"), *goal]
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode:
                raise NoBroker(done.stdout[-2000:])
            shutil.copy(_HERE / "pom.xml", folder / "pom.xml")
        if not _archive_of(folder / "libs").exists():
            _archive_classes(folder / "libs")
    return folder / "libs"


class LocalKafka:
    """A broker on loopback that keeps its data in `folder`; started again there, it is the same broker.

    `properties` is a file that holds for all that must not be its own here: addresses, ports and folders. `option` is one
    for Java, in the place of that which takes loaded classes from their archive.
    """

    def __init__(
        self, folder: Path, libs: Path, port: int = 0, properties: Path | None = None, option: str = ""
    ) -> None:
        self.folder = folder.absolute()
        self._base = properties.read_text(encoding="utf-8") if properties else ""
        self.port, self._controller = _ports(port)
        self._java = (*_JAVA, option or f"-XX:SharedArchiveFile={_archive_of(libs)}", "-cp", f"{libs.resolve()}/*")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def brokers(self) -> tuple[str, ...]:
        """Return the addresses that clients connect to."""
        return (f"127.0.0.1:{self.port}",)

    @property
    def pid(self) -> int | None:
        """Return the id of the broker's process while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> None:
        """Start the broker and wait until it takes connections; raise `NoBroker` where it ends or takes too long."""
        self.folder.mkdir(parents=True, exist_ok=True)
        properties = self.folder / "server.properties"
        logs = self.folder / "logs"
        template = (_HERE / "server.properties").read_text(encoding="utf-8")
        own = template.format(port=self.port, controller=self._controller, logs=logs)
        properties.write_text(f"{self._base}\n{own}", encoding="utf-8")  # of two lines for one name the last holds
        with (self.folder / "broker.log").open("ab") as said:
            if not (logs / "meta.properties").exists():
                cluster = urlsafe_b64encode(b"huitang." + os.urandom(8)).decode().rstrip("=")  # may not begin with -
                formatting = ("kafka.tools.StorageTool", "format", "-t", cluster, "-c", str(properties))
                subprocess.run([*self._java, *formatting], stdout=said, stderr=said, check=True)
            command = [*self._java, "kafka.Kafka", str(properties)]
            self._process = subprocess.Popen(command, stdout=said, stderr=said, start_new_session=True)
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if self.pid is None or time.monotonic() > deadline:
                self.kill()
                raise NoBroker(f"see {self.folder / 'broker.log'}")
            time.sleep(0.1)

    def stop(self, seconds: float = 10) -> None:
        """End the broker in good order, by force after so many seconds."""
        self._signal(signal.SIGTERM)
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=seconds)
        self.kill()

    def kill(self) -> None:
        """End the broker at once, as a crash does."""
        self._signal(signal.SIGKILL)
        if self._process:
            self._process.wait()
        self._process = None

    def freeze(self) -> None:
        """Let the broker stand still: it keeps its connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen broker go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process and self.pid is not None:
            self._process.send_signal(number)

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False


def _is_fetched(folder: Path) -> bool:
    kept = folder / "pom.xml"
    return kept.exists() and kept.read_bytes() == (_HERE / "pom.xml").read_bytes()


def _archive_of(libs: Path) -> Path:
    """Return where the loaded classes are kept for this Java; one that does not fit them leaves them alone."""
    java = Path(shutil.which("java") or "java").resolve()
    return libs.resolve().parent / f"classes-{int(java.stat().st_mtime) if java.exists() else 0}.jsa"


def _archive_classes(libs: Path) -> None:
    """Let a broker run once and keep the classes that it has loaded, so that all others start in half the time."""
    with tempfile.TemporaryDirectory(dir=libs.resolve().parent) as place:
        made = Path(place) / "classes.jsa"
        broker = LocalKafka(Path(place) / "broker", libs, option=f"-XX:ArchiveClassesAtExit={made}")
        broker.start()
        broker.stop(_ARCHIVE_SECONDS)
        if made.exists():
            made.rename(_archive_of(libs))


def _java_version(java: str) -> int:
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(found[1]) if found else 0


def _ports(port: int) -> tuple[int, int]:
    """Return two ports that are free: `port` unless it is 0, and another."""
    with ExitStack() as stack:
        taken = []
        for wanted in (port, 0):
            taken.append(stack.enter_context(socket.socket()))
            taken[-1].bind(("127.0.0.1", wanted))
        return taken[0].getsockname()[1], taken[1].getsockname()[1]
