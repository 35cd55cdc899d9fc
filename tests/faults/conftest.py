"""One installation for all tests here: they leave it whole, and share nothing else.

HUITANG_FAULTS_REPORT names a folder for the report of the fault run and for the log of all parts.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from huitang.local_kafka import jars_folder
from tests.faults.probes import lay_probes
from tests.faults.rig import Installation
from tests.huitang.process import ROOT


@pytest.fixture(scope="session")
def report_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where reports go."""
    folder = Path(os.environ.get("HUITANG_FAULTS_REPORT") or tmp_path_factory.mktemp("faults")).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="package")
def installation(report_folder: Path) -> Iterator[Installation]:
    """Run an installation, with probes laid; where root runs this, the database server's own account finds the folder."""
    folder = Path(tempfile.mkdtemp(prefix="huitang-faults-"))
    made = Installation(folder, jars_folder(ROOT / ".data"))
    try:
        made.start()
        lay_probes(made)
        yield made
    finally:
        made.end()
        shutil.copy(made.log, report_folder / "log")
        shutil.rmtree(folder)
