# lianjian: everything from nothing but Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: help demo test check bench lock browser screenshots

help:  ## what one can make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "lianjian needs Python 3.11 or later; %s is %d.%d. Try: make PYTHON=python3.12" % (sys.executable, v[0], v[1]))'
	@echo "creating the environment $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed: install the venv package of your system (e.g. python3-venv)"; exit 1; }
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.lock pyproject.toml
	@echo "installing lianjian and its locked dependencies"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@echo "installing the locked test dependencies"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

demo: $(VENV)/.run  ## a county's year on http://127.0.0.1:8000, with its accounts
	@$(BIN)/lianjian demo --port $(PORT)

browser:  ## Chromium and a Chinese font for the browser tests, where that is possible
	@sh tests/kit/install_browser.sh

test: $(VENV)/.dev browser  ## all tests
	@$(BIN)/python -m pytest

check: $(VENV)/.dev browser  ## formatter, linter, types, import contracts, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest

bench: $(VENV)/.dev  ## what is measured, side by side
	@$(BIN)/python -m benchmarks

screenshots: $(VENV)/.dev browser  ## every page in both languages, as PNG files in build/screenshots
	@$(BIN)/python -m tests.kit.screenshots

lock: $(VENV)/.dev  ## resolve the locks anew
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate pyproject.toml -o requirements/run.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate --extra dev pyproject.toml -o requirements/dev.lock
