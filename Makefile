# Two commands do everything on a fresh machine with git, make and Python 3.11 to 3.14:
#   make briefing   set up what runs, then the main job on seeds/
#   make test       add what tests, then every check that CI runs
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help
help:  ## Show this list.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */\1\t/' | expand -t 12

# The folder that .venv was made in. Its scripts name it, so a checkout that has moved needs another.
ifneq ($(shell cat .venv/ready 2>/dev/null),$(CURDIR))
.PHONY: .venv/ready
endif

.venv/ready: requirements.lock pyproject.toml
	@echo "Setting up .venv from requirements.lock (once; less than a minute)"
	@$(PYTHON) deploy/set_up.py
	@mkdir -p build && echo "$(CURDIR)" > $@

.venv/tools: .venv/ready requirements-dev.lock
	@echo "Adding what tests and builds from requirements-dev.lock"
	@$(PYTHON) deploy/set_up.py --tools
	@touch $@

.PHONY: setup
setup: .venv/ready  ## Make .venv from the lock of what runs.

.PHONY: tools
tools: .venv/tools  ## Add to .venv what tests and builds.

.PHONY: briefing
briefing: setup  ## The main job: read seeds/, draft, render, write the letters into var/outbox.
	@$(BIN)/briefing run --repeat

# Hundreds of processes of the tests import the program: what one has compiled is kept for the others,
# also where the shell forbids it (as images of containers like to).
test quick coverage: export PYTHONDONTWRITEBYTECODE =

.PHONY: lint
lint: tools
	@echo "== ruff";         $(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .

.PHONY: static
static: lint
	@echo "== mypy";         $(BIN)/mypy
	@echo "== import-linter"; $(BIN)/lint-imports --no-cache > build/imports.txt 2>&1 || { cat build/imports.txt; exit 1; }
	@echo "== deptry";       $(BIN)/deptry src > build/deptry.txt 2>&1 || { cat build/deptry.txt; exit 1; }

# One process compiles all tests and what they import: each worker of xdist would do it for itself.
.PHONY: compiled
compiled: lint
	@$(BIN)/pytest --collect-only -q > build/collected.txt || { tail -n 40 build/collected.txt; exit 1; }

# Four on two cores: some tests wait, for a lease to end or a feed that hangs. They are forked from a process that has
# collected the tests; a macOS may not be forked, and lines are counted with xdist only.
XDIST := $(COVERED)$(filter Darwin,$(shell uname))
# With COVERED=1, as in CI, the tests also fail under the floor of coverage; that takes them longer by two fifths.
.PHONY: tested
tested: $(if $(XDIST),compiled,lint)
	@echo "== pytest";       $(BIN)/pytest $(if $(XDIST),-n 4 --dist worksteal,--forks 4) $(if $(COVERED),--cov --cov-report=term:skip-covered)

.PHONY: test
test: tools  ## Every check that CI runs.
	@# Types and imports are looked at while tests run: on its own, that leaves a processor idle.
	@$(MAKE) --no-print-directory -j 2 static tested

.PHONY: quick
quick: tools  ## Lint, types, the tests of the rooms that changed since main, and the main job; under a minute.
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports > build/imports.txt 2>&1 || { cat build/imports.txt; exit 1; }
	@$(BIN)/python -m tests.quick
	@$(BIN)/briefing run --repeat > build/run.txt || { cat build/run.txt; exit 1; }

.PHONY: coverage
coverage: tools  ## Which lines and branches no test runs, each by its number; fails under the floor of pyproject.toml.
	@$(BIN)/pytest -n 4 --dist worksteal --cov --cov-report=term-missing:skip-covered

.PHONY: check
check: setup  ## Is config.toml in order?
	@$(BIN)/briefing check

.PHONY: regold
regold: tools  ## Rewrite the snapshots in tests/golden (emails, split pages, tables, help); read the difference before you commit.
	@$(BIN)/pytest -q tests --regold

.PHONY: words
words: setup  ## Which row of the vocabulary fires on which page of seeds/ and the tests, and which never does.
	@$(BIN)/python -m docs.words

.PHONY: shots
shots: tools  ## Pictures of the newest rendered edition and of the desk in build/shots (needs Chromium).
	@$(BIN)/python docs/shots.py
	@$(BIN)/python docs/desk_shots.py

.PHONY: figures
figures: setup  ## Sizes, branches, imports, folders and floors of the source.
	@$(BIN)/python -m docs.figures

.PHONY: architecture
architecture: setup  ## Draw docs/architecture.svg from the imports.
	@$(BIN)/python -m docs.architecture

.PHONY: proof
proof: setup  ## What others say of every design: npm's MJML 4 and 5, Emailens, caniemail, the Nu Html Checker, filters of spam (needs npm; installs into build/proof).
	@$(BIN)/python -m benchmarks.proof

.PHONY: bench
bench: tools  ## Measure: each benchmark prints ratios against a peer in the same run.
	@for name in start digest intake desk import commit send; do echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

EARLIER ?= ../base
# Parts of the page, such as "--letters 0 --readers 200000 --rounds 2".
PARTS ?=
.PHONY: bench-page
bench-page: tools  ## One page of ratios to an earlier commit: a checkout with its own .venv, EARLIER=../base.
	@$(BIN)/python -m benchmarks.page $(EARLIER) $(PARTS)

.PHONY: million
million: tools  ## A million readers over both databases, step by step (half an hour and more).
	@$(BIN)/python -m benchmarks.million

.PHONY: growth
growth: tools  ## Draw letters a second and memory against readers, up to a million (ten minutes; needs the group bench).
	@$(BIN)/python -m benchmarks.growth

.PHONY: chaos
chaos: tools  ## Kill senders and workers 200 times with a bad relay; 200 sequences of leaving and restoring; 2,000 connections at the hour.
	@$(BIN)/python -m tests.faults.chaos
	@SEQUENCES=200 $(BIN)/pytest -q --no-cov -p no:cacheprovider tests/faults/test_whoever_left.py
	@CONNECTIONS=2000 FILES=1024 $(BIN)/pytest -q -s --no-cov -p no:cacheprovider tests/faults/test_hour.py
	@READERS=30000 KILLS=200 $(BIN)/pytest -q -s --no-cov -p no:cacheprovider tests/store/deliveries/test_workers.py

.PHONY: hosts
hosts: tools  ## PostgreSQL, a relay and two workers on hosts of their own: cut off, slow, a clock ahead (root, Linux).
	@HOSTS=1 $(BIN)/pytest -q -s --no-cov -p no:cacheprovider tests/faults/test_hosts.py

.PHONY: reports
reports: tools  ## Have Exim, Postfix, OpenSMTPD and sendmail write their reports of refused letters again (root, Debian, a network).
	@$(BIN)/python -m tests.faults.reports

.PHONY: fuzz
fuzz: tools  ## Throw bytes at the readers of text, HTML and feeds, a minute each (Linux on x86-64).
	@for reader in text html feed; do echo "== $$reader"; $(BIN)/python -m tests.faults.fuzz $$reader || exit 1; done

.PHONY: laws
laws: tools  ## What hypothesis asks, with 2,500 examples where make test takes 40.
	@$(BIN)/pytest -q -n 2 --hypothesis-profile=long -m hypothesis

.PHONY: daemons
daemons: tools  ## Start two daemons at once 50 times, and edit config.toml 200 times under one.
	@STARTS=50 EDITS=200 $(BIN)/pytest -q -s --no-cov -p no:cacheprovider tests/cli/daemon/test_daemons.py

PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --no-annotate
RUNS := --extra postgres --group install pyproject.toml
TESTS := --group test --group browser --group fuzz --group dev

.PHONY: lock
lock: tools  ## Pin the newest allowed version of everything, with hashes, and note which wheel is for what.
	@$(PIN) --upgrade --generate-hashes $(RUNS) -o requirements.lock
	@$(PIN) --upgrade --generate-hashes $(TESTS) -c requirements.lock -o requirements-dev.lock
	@$(PIN) $(RUNS) $(TESTS) -c requirements.lock -c requirements-dev.lock --format pylock.toml -o build/pylock.toml
	@$(BIN)/python -m deploy.wheels build/pylock.toml > build/wheels.txt && mv build/wheels.txt deploy/wheels.txt

.PHONY: dist
dist: tools  ## Build wheel and sdist, build both again from that sdist, and compare byte for byte.
	@rm -rf dist build/again && mkdir -p build/again/source
	@$(BIN)/python -m hatchling build -d dist > /dev/null
	@tar -xzf dist/*.tar.gz -C build/again/source --strip-components 1
	@cd build/again/source && "$(CURDIR)/$(BIN)/python" -m hatchling build -d ../dist > /dev/null
	@diff -r dist build/again/dist && ls -l dist
