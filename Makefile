# Everything a person runs on Huitang. `make help` lists it; nothing but Python 3.11 or newer and make is needed.

PORT ?= 8000
HUITANG_DATA ?= .data
run serve up down: export HUITANG_DATA := $(HUITANG_DATA)

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run serve up down install console console-if-possible test check format bench bench-web dist lock clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/.installed console-if-possible ## Start Huitang with a sample world, on PORT (8000), its data in HUITANG_DATA (.data).
	@exec $(PY) -m huitang demo --port $(PORT)

serve: $(VENV)/.installed console-if-possible ## Start Huitang without the sample world, on PORT, its data in HUITANG_DATA.
	@exec $(PY) -m huitang serve --port $(PORT)

up: $(VENV)/.installed console-if-possible ## Start Kafka, PostgreSQL, every service and the gateway as processes of this machine.
	@$(PY) -m huitang up --detach --port $(PORT)

down: $(VENV)/.installed ## End what `make up` started.
	@$(PY) -m huitang down

install: $(VENV)/.installed ## Make .venv from requirements.lock, with the command .venv/bin/huitang.
	@echo "Ready: $(VENV)/bin/huitang --help"

console: $(VENV)/.installed-web ## Build the console into web/dist; asks npm's registry the first time.
	@$(PY) -m tools.console build

# What starts Huitang builds the console where it can, and goes on where it cannot. A console that is built needs no Node.
console-if-possible: $(VENV)/.installed
	@$(PY) -m tools.built || { $(MAKE) --silent --no-print-directory --old-file=$< $(VENV)/.installed-web; $(PY) -m tools.console build --if-possible; }

test: $(VENV)/.installed-dev ## Run every test, and say which suites were skipped and why. ARGS goes to pytest.
	@$(PY) -m pytest --numprocesses=logical --maxprocesses=4 --dist=worksteal $(ARGS)

check: $(VENV)/.installed-dev ## Check format, lint, types, who imports whom, and the console; warnings are errors.
	@$(PY) -m ruff format --check --quiet . || { echo "Some files are not formatted: run make format."; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(PY) -W error -m mypy --no-error-summary
	@$(PY) -W error $(VENV)/bin/lint-imports --no-logo
	@$(PY) -m tools.house
	@$(PY) -m tools.console check
	@echo "All checks passed."

format: $(VENV)/.installed-dev ## Format the code, the console too, and put imports in order.
	@$(PY) -m ruff format --quiet .
	@$(PY) -m ruff check --quiet --fix .
	@$(PY) -m tools.console format

bench: $(VENV)/.installed-dev ## Measure against peers and limits: a table, and JSON with BENCH_JSON=file.
	@$(PY) -m benchmarks

bench-web: $(VENV)/.installed-dev console ## Measure the console in a browser: the schedule editor with 1,000 sessions, and sizes.
	@$(PY) -m benchmarks web

dist: console ## Write dist/huitang-<version>.tar.gz: what git tracks, and the built console.
	@$(PY) -m tools.archive

lock: ## Resolve pyproject.toml into the three lock files, for every Python from 3.11 on (needs uv).
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH."; exit 1; }
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --group web -c requirements-dev.lock -o requirements-web.lock

clean: ## Remove .venv, every cache and what was built; HUITANG_DATA stays.
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info web/dist web/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: requirements.lock tools/venv.sh
	@sh tools/venv.sh $(VENV)
	@echo "Installing requirements.lock …"
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.installed-web: requirements-web.lock $(VENV)/.installed
	@echo "Installing requirements-web.lock …"
	@$(PIP) -r requirements-web.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing requirements-dev.lock …"
	@$(PIP) -r requirements-dev.lock
	@touch $@
