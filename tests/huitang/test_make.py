"""`make serve` and `make run` as a user has them: on PORT and HUITANG_DATA, ended by Ctrl-C without a trace."""

import os
import signal
import subprocess
from pathlib import Path

import httpx
import psutil
import pytest

from tests.huitang.process import ROOT, environment
from tests.world import wait_until
from tools.built import WEB


@pytest.mark.parametrize(
    ("target", "last"), [("serve", "End it with Ctrl-C."), ("run", "API keys are in {data}/demo.json")]
)
def test_it_runs_where_it_is_told_and_ends_with_ctrl_c(tmp_path: Path, target: str, last: str) -> None:
    data, said = tmp_path / "data", tmp_path / "said"
    installed = ["-o", ".venv/.installed"]  # whatever its age, it is what runs this test
    with said.open("w") as out:
        make = subprocess.Popen(
            ["make", *installed, target, "PORT=0"],
            cwd=ROOT, env=environment(data), stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        wait_until(lambda: last.format(data=data) in said.read_text() or make.poll() is not None, seconds=240)
        url = (data / "url").read_text().strip()
        assert f"Huitang runs at {url}. End it with Ctrl-C." in said.read_text()
        assert httpx.get(f"{url}/health/ready").json()["status"] == "ready"
        built = (WEB / "dist/index.html").exists()  # by `make` now, unless packages cannot be had here
        assert httpx.get(f"{url}/console").status_code == (200 if built else 503)
        below = psutil.Process(make.pid).children(recursive=True)
    finally:
        os.killpg(make.pid, signal.SIGINT)
    assert make.wait(timeout=60) == -signal.SIGINT, "make itself ends as Ctrl-C ends it"
    assert psutil.wait_procs(below, timeout=20)[1] == []
    assert "Traceback" not in said.read_text()
    assert "Error" not in said.read_text(), "what it ran ended well"
    assert not (data / "url").exists()
