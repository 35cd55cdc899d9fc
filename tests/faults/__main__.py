"""`python -m tests.faults`: break an installation of its own for as long as is wanted, and write a report.

With `--minutes 5` (the least) each of six targets is killed three times and frozen three times. It ends with an error
where anything does not hold that must.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from huitang.local_kafka import jars_folder
from tests.faults.plan import long_size
from tests.faults.probes import lay_probes
from tests.faults.rig import Installation
from tests.faults.run import run_faults
from tests.huitang.process import ROOT


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=7, help="decides the faults and the changes (7)")
    parser.add_argument("--minutes", type=float, default=5.0, help="so long the load lasts at least (5)")
    parser.add_argument("--report", type=Path, required=True, help="folder for fault-run.json and the log of all parts")
    asked = parser.parse_args()
    asked.report.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="huitang-faults-"))
    installation = Installation(folder, jars_folder(ROOT / ".data"))
    try:
        installation.start()
        lay_probes(installation)
        report = run_faults(installation, asked.seed, long_size(asked.minutes), _say)
    finally:
        installation.end()
        shutil.copy(installation.log, asked.report / "log")
        shutil.rmtree(folder)
    (asked.report / "fault-run.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    _say(
        json.dumps({name: report[name] for name in ("changes", "longest_outage_seconds", "checks", "failed")}, indent=1)
    )
    sys.exit(1 if report["failed"] else 0)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
