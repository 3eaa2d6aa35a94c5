# Two commands do everything on a fresh machine with git, make and Python 3.11+:
#   make briefing   set up, then the main job on seeds/
#   make test       set up, then every check that CI runs
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help
help:  ## Show this list.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */\1\t/' | expand -t 12

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "briefing needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	@echo "Setting up .venv from requirements.lock (once; about a minute)"
	@$(PYTHON) -m venv .venv
	@# The lock is whole, so nothing is resolved: older pips look at releases newer than a pin and stumble over their hashes.
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip check --disable-pip-version-check > /dev/null || { $(BIN)/python -m pip check --disable-pip-version-check; exit 1; }
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p build && touch $@

.PHONY: setup
setup: .venv/ready  ## Make .venv from the lock.

.PHONY: briefing
briefing: setup  ## The main job: read seeds/, draft, render, write the letters into var/outbox.
	@$(BIN)/briefing run --repeat

.PHONY: test
test: setup  ## Every check that CI runs.
	@echo "== ruff";         $(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .
	@echo "== mypy";         $(BIN)/mypy
	@echo "== import-linter"; $(BIN)/lint-imports --no-cache > build/imports.txt 2>&1 || { cat build/imports.txt; exit 1; }
	@echo "== deptry";       $(BIN)/deptry src > build/deptry.txt 2>&1 || { cat build/deptry.txt; exit 1; }
	@# Four on two cores: some tests wait, for a lease to end or a feed that hangs.
	@echo "== pytest";       $(BIN)/pytest -n 4

.PHONY: coverage
coverage: setup  ## Which lines no test runs. Takes twice the time of the tests.
	@$(BIN)/pytest -n 2 --cov --cov-report=term-missing:skip-covered

.PHONY: check
check: setup  ## Is config.toml in order?
	@$(BIN)/briefing check

.PHONY: regold
regold: setup  ## Rewrite the golden emails after a change of look; read the difference before you commit.
	@$(BIN)/pytest -q tests --regold

.PHONY: shots
shots: setup  ## Pictures of the newest rendered edition and of the desk in build/shots (needs Chromium).
	@$(BIN)/python docs/shots.py
	@$(BIN)/python docs/desk_shots.py

.PHONY: bench
bench: setup  ## Measure: each benchmark prints ratios against a peer in the same run.
	@for name in digest intake desk import commit send; do echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

.PHONY: million
million: setup  ## A million readers over both databases, step by step (half an hour and more).
	@$(BIN)/python -m benchmarks.million

.PHONY: chaos
chaos: setup  ## Kill the sender, then three workers, 200 times each, with a bad relay, for both policies.
	@$(BIN)/python -m tests.faults.chaos
	@READERS=30000 KILLS=200 $(BIN)/pytest -q -s --no-cov -p no:cacheprovider tests/store/test_workers.py

.PHONY: fuzz
fuzz: setup  ## Throw bytes at the readers of text, HTML and feeds, a minute each (Linux, Python below 3.13).
	@for reader in text html feed; do echo "== $$reader"; $(BIN)/python -m tests.faults.fuzz $$reader || exit 1; done

.PHONY: daemons
daemons: setup  ## Start two daemons at once 50 times, and edit config.toml 200 times under one.
	@STARTS=50 EDITS=200 $(BIN)/pytest -q -s --no-cov -p no:cacheprovider tests/cli/test_daemons.py

.PHONY: lock
lock: setup  ## Pin the newest allowed version of everything, with hashes.
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate --group dev pyproject.toml -o requirements.lock --upgrade
