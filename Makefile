# `make run` and `make test` set up whatever is missing; a second run of either starts at once.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --no-deps --no-compile --require-hashes
# A file that cannot be compiled, such as a template of another language, is not in the way.
COMPILE := $(PY) -m compileall -qq -j 0 -x '/tests?/' $(VENV)/lib || true
SUPPLY := .venv-supply
SUPPLY_READY := $(SUPPLY)/.ready
AIOGRAM := .venv-aiogram
AIOGRAM_READY := $(AIOGRAM)/.ready
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test

# Each of many processes would compile the bot anew where this is set.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run chat test tests lint types mutants bench bench-guard bench-record bench-reminders chaos soak kills sim simulate draw media screenshots guard-train guard-words asked-for red-flags export-schema install traces sbom licences audit clean

help:
	@echo "make run      run the bot: in your browser, or on Telegram if TELEGRAM_TOKEN is set"
	@echo "make chat     talk to the bot in the terminal, whatever is set"
	@echo "make test     run all tests, the linter and the type checker"
	@echo "make setup    only set up"
	@echo "make install  only set up what running needs"
	@echo "make traces   add what TRACES_URL needs"
	@echo "make mutants  drop every row and guard of the table in turn; a test must fail each time"
	@echo "make bench    measure against the same conversation written plainly (some minutes)"
	@echo "make bench-reminders  what sleeping and ringing reminders cost (some minutes)"
	@echo "make chaos    two replicas, one PostgreSQL, 500 people, and things that break (five minutes)"
	@echo "make soak     30 minutes of people and faults: does it grow? (MINUTES=...)"
	@echo "make kills    kill -9 with reminders in flight, twenty times over (some minutes)"
	@echo "make sim      120 days of a bot in a world of its own, where anything may break (a quarter of an hour)"
	@echo "make bench-guard  how long the guard takes to read a message"
	@echo "make bench-record  measure what charts and sheets cost, and whom they keep waiting"
	@echo "make simulate ninety days of a thousand people with reminders (some minutes)"
	@echo "make draw     draw docs/table.md anew"
	@echo "make screenshots  take the pictures in docs/screenshots anew (needs Chromium)"
	@echo "make media    draw, film and record what has changed (speech: apt install espeak-ng)"
	@echo "make guard-train  learn again from the corpus (half a minute)"
	@echo "make guard-words  write the list of common words anew"
	@echo "make asked-for  write the list of what the program asks texts.toml for anew"
	@echo "make export-schema  draw docs/export.schema.json anew"
	@echo "make sbom     list all that runs, as CycloneDX, in sbom.json"
	@echo "make audit    look whether an advisory is known for what is pinned (asks an outside service)"
	@echo "make licences  write docs/dependencies.md anew"
	@echo "make red-flags  write docs/red-flags.md anew"

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@# Half of it must not stay: it would look whole to the next run.
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# The locks name all that is needed, so nothing is left to resolve.  Python's own compiling is most of
# an installation, and pip would do it on one core, and that of the packages' own tests, too.
$(RUN_READY): requirements.lock | $(PY)
	$(INSTALL) -r requirements.lock
	@$(COMPILE)
	@touch $@

$(TEST_READY): requirements-dev.lock | $(PY)
	$(INSTALL) -r requirements-dev.lock
	@$(COMPILE)
	@touch $@ $(RUN_READY)

setup: $(TEST_READY)

install: $(RUN_READY)

traces: $(RUN_READY)
	$(INSTALL) -r requirements-traces.lock

run: $(RUN_READY)
	@$(PY) -m bot run

chat: $(RUN_READY)
	@$(PY) -m bot chat

# Types take a core for a minute, so the tests begin beside them; what fails in either fails it all.
test: $(TEST_READY)
	@$(MAKE) --no-print-directory --jobs=2 lint types tests

tests: $(TEST_READY)
	$(PY) -m pytest

lint: $(TEST_READY)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(VENV)/bin/lint-imports --no-logo

types: $(TEST_READY)
	$(PY) -m mypy

mutants: $(TEST_READY)
	$(PY) -m tests.mutants

# aiogram stands beside where its environment can be made; where not, the bench says so.
bench: $(TEST_READY)
	-@$(MAKE) --no-print-directory $(AIOGRAM_READY)
	$(PY) -m bench.run

$(AIOGRAM_READY): requirements-aiogram.lock
	rm -rf $(AIOGRAM)
	$(PYTHON) -m venv $(AIOGRAM)
	$(AIOGRAM)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $< \
		|| { rm -rf $(AIOGRAM); exit 1; }
	@touch $@

bench-reminders: $(TEST_READY)
	$(PY) -m bench.reminders

chaos: $(TEST_READY)
	$(PY) -m bench.chaos

soak: $(TEST_READY)
	$(PY) -m bench.soak $(or $(MINUTES),30)

# make sim: many days.  make sim SEED=7: that one again, line by line.
sim: $(TEST_READY)
	PYTHONHASHSEED=0 $(PY) -m tests.sim $(if $(SEED),--seed $(SEED) --trace,--days $(or $(DAYS),120))

kills: $(TEST_READY)
	KILLS=20 $(PY) -m pytest -n 0 -s tests/shell/test_kill_reminders.py

bench-guard: $(TEST_READY)
	$(PY) -m bench.guard

bench-record: $(TEST_READY)
	$(PY) -m bench.record

media: $(TEST_READY)
	$(PY) -m studio

simulate: $(TEST_READY)
	$(PY) -m bench.simulate

draw: $(TEST_READY)
	$(PY) -m flows.drawing > docs/table.md

screenshots: $(TEST_READY)
	$(PY) -m tests.page.screenshots

guard-train: $(TEST_READY)
	$(PY) -m training

asked-for: $(TEST_READY)
	$(PY) -m data.asked_for

guard-words: $(TEST_READY)
	$(PY) -m training.words

red-flags: $(TEST_READY)
	$(PY) -m training.sheet > docs/red-flags.md

export-schema: $(TEST_READY)
	$(PY) -m bot.schema > docs/export.schema.json

$(SUPPLY_READY): requirements-supply.lock
	$(PYTHON) -m venv $(SUPPLY)
	$(SUPPLY)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@touch $@

sbom: $(SUPPLY_READY)
	$(SUPPLY)/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --of JSON -o sbom.json requirements.lock

audit: $(SUPPLY_READY)
	@$(SUPPLY)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock -r requirements-dev.lock \
		|| { echo "make audit: an advisory is known, or not every package could be looked up: see above" >&2; exit 1; }

licences: $(TEST_READY)
	$(PY) -m tests.licences > docs/dependencies.md

clean:
	rm -rf $(VENV) $(SUPPLY) $(AIOGRAM) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
