# Two commands: `make serve` and `make test`. Both do all set-up on a fresh machine with Python 3.11 or newer.
# `make test-clients` opens the exports in other programs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data
STORE ?= var
export HOST PORT DATA STORE

.PHONY: help serve test lint types check check-sources browser lock translations screenshots benchmark test-clients clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

serve: $(VENV)/run.stamp ## start the atlas on http://HOST:PORT/
	@exec $(BIN)/python -m webapp

test: $(VENV)/test.stamp lint types browser ## run every check and test, the browser's included
	$(BIN)/python -m pytest -n auto --dist worksteal

test-clients: $(VENV)/test.stamp ## open the exports in QGIS, GDAL and a CAD drawing, as far as they can be had
	@.ci/clients
	$(BIN)/python -m tests.clients

lint: $(VENV)/test.stamp ## style and imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.stamp ## annotations
	$(BIN)/mypy geo webapp

check: $(VENV)/run.stamp ## check the data folder
	@$(BIN)/python -m geo check --data "$$DATA"

SOURCES ?=
check-sources: $(VENV)/test.stamp ## hold data/facts against the source texts: make check-sources SOURCES=<folder>
	$(BIN)/python -m tests.check_sources "$(SOURCES)"

browser: ## a Chromium and a Chinese font for the browser tests: what is there, else Debian's
	@.ci/browser

lock: $(VENV)/run.stamp ## make both lock files anew from requirements*.in
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-find-links --no-emit-index-url requirements.in
	$(BIN)/pip-compile --quiet --strip-extras --no-emit-find-links --no-emit-index-url -o requirements-test.txt requirements-test.in

translations: $(VENV)/run.stamp ## gather the texts of pages and compile the Chinese ones
	$(BIN)/pybabel -q extract --no-location -F webapp/translations/babel.cfg -o webapp/translations/messages.pot webapp
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --no-wrap -i webapp/translations/messages.pot -d webapp/translations
	$(BIN)/pybabel -q compile -d webapp/translations

screenshots: $(VENV)/test.stamp browser ## make the pictures of README from the running app
	$(BIN)/python -m tests.screenshots

benchmark: $(VENV)/test.stamp browser ## measure the membership index beside its peers, and the first visit
	$(BIN)/python -m tests.benchmarks.bench_membership
	$(BIN)/python -m tests.benchmarks.bench_first_paint

clean: ## remove what was installed and made
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "venv failed. On Debian: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the atlas needs (once, about a minute) ..."
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@
