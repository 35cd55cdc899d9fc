#!/bin/sh
# Make the virtual environment $1 with the first Python from 3.11 on that can, and give it the command `huitang`.
# Does nothing to one that already works. PYTHON names another interpreter to try first.
set -eu
venv=$1

works() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if ! works "$venv/bin/python"; then
    found=
    for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if works "$python"; then
            found=$python
            break
        fi
    done
    if [ -z "$found" ]; then
        echo "Huitang needs Python 3.11 or newer with its venv module, and found none on the PATH." >&2
        echo "Install one (Debian and Ubuntu: apt-get install python3 python3-venv) or name one: make PYTHON=/path/to/python3" >&2
        exit 1
    fi
    echo "Making $venv with $("$found" --version) …"
    "$found" -m venv --clear "$venv"
fi

# What an editable install would write, without a build: this folder on the path, and the command.
"$venv/bin/python" - <<'PYTHON'
import pathlib
import sys
import sysconfig

pathlib.Path(sysconfig.get_path("purelib"), "huitang.pth").write_text(f"{pathlib.Path.cwd()}\n", encoding="utf-8")
command = pathlib.Path(sys.prefix, "bin", "huitang")
command.write_text(f"#!{sys.executable}\nimport sys\n\nfrom huitang.main import main\n\nsys.exit(main())\n", encoding="utf-8")
command.chmod(0o755)
PYTHON
