# Everything a person runs on Huitang. `make help` lists it; nothing but Python 3.11 or newer and make is needed.

PORT ?= 8000
HUITANG_DATA ?= .data
run serve up down: export HUITANG_DATA := $(HUITANG_DATA)

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run serve up down install test check format bench lock clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/.installed ## Start Huitang with a sample world, on PORT (8000), its data in HUITANG_DATA (.data).
	@exec $(PY) -m huitang demo --port $(PORT)

serve: $(VENV)/.installed ## Start Huitang without the sample world, on PORT, its data in HUITANG_DATA.
	@exec $(PY) -m huitang serve --port $(PORT)

up: $(VENV)/.installed ## Start Kafka, PostgreSQL, every service and the gateway as processes of this machine.
	@$(PY) -m huitang up --detach --port $(PORT)

down: $(VENV)/.installed ## End what `make up` started.
	@$(PY) -m huitang down

install: $(VENV)/.installed ## Make .venv from requirements.lock, with the command .venv/bin/huitang.
	@echo "Ready: $(VENV)/bin/huitang --help"

test: $(VENV)/.installed-dev ## Run every test, and say which suites were skipped and why. ARGS goes to pytest.
	@$(PY) -m pytest --numprocesses=logical --maxprocesses=4 --dist=worksteal $(ARGS)

check: $(VENV)/.installed-dev ## Check format, lint, types and who imports whom; warnings are errors.
	@$(PY) -m ruff format --check --quiet . || { echo "Some files are not formatted: run make format."; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(PY) -W error -m mypy --no-error-summary
	@$(PY) -W error $(VENV)/bin/lint-imports --no-logo
	@$(PY) -m tools.house
	@echo "All checks passed."

format: $(VENV)/.installed-dev ## Format the code and put imports in order.
	@$(PY) -m ruff format --quiet .
	@$(PY) -m ruff check --quiet --fix .

bench: $(VENV)/.installed-dev ## Measure against peers and limits: a table, and JSON with BENCH_JSON=file.
	@$(PY) -m benchmarks

lock: ## Resolve pyproject.toml into the two lock files, for every Python from 3.11 on (needs uv).
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH."; exit 1; }
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove .venv and every cache; HUITANG_DATA stays.
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: requirements.lock tools/venv.sh
	@sh tools/venv.sh $(VENV)
	@echo "Installing requirements.lock …"
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing requirements-dev.lock …"
	@$(PIP) -r requirements-dev.lock
	@touch $@
