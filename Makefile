# lianjian: everything from nothing but Python >= 3.11 and make.
PYTHON ?= python3
PORT ?= 8000
COUNT ?= 10000
CASES ?= 5000
CLIENTS ?= 200
KILLS ?= 100
SEED ?= 1
WORKBOOKS ?= 3000
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# What is compiled is kept, whatever the machine says: the tests start many processes, each of which would compile it all.
unexport PYTHONDONTWRITEBYTECODE

.DELETE_ON_ERROR:
.PHONY: help demo wheel test test-long lint check docs words properties every-byte attack schemathesis bench screenshots tutorials browser lock

help:  ## what one can make
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/' | expand -t 14

# Stamps inside the environment say what is installed; each is remade when what it was made from is newer.
$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "lianjian needs Python 3.11 or later; there is no $(PYTHON) here. Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "lianjian needs Python 3.11 or later; $(PYTHON) is %d.%d. Try: make PYTHON=python3.12" % (v[0], v[1]))'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments with pip: install your system's venv package (Debian, Ubuntu: apt-get install python3-venv), then make again"; exit 1; }
	@echo "creating the environment $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.lock pyproject.toml
	@echo "installing lianjian and its locked dependencies"
	@$(INSTALL) --require-hashes -r requirements/run.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@echo "installing the locked test dependencies"
	@$(INSTALL) --require-hashes -r requirements/dev.lock
	@touch $@

demo: $(VENV)/.run  ## a county's year on http://127.0.0.1:8000 (PORT=...), with its accounts
	@$(BIN)/lianjian demo --port $(PORT)

wheel: $(VENV)/.run  ## the package as dist/lianjian-*.whl: the same files give the same bytes
	@$(BIN)/python -m tests.kit.wheel dist

# One process a core; the tests of a file stay together, since they share its county. In the order of their folders the
# long files come first, so that no core waits for another at the end.
PYTEST = $(BIN)/python -m pytest --numprocesses=auto --maxprocesses=8 --dist=loadfile --no-loadscope-reorder

# What is long, and what need not be seen on both databases every time, is left to test-long.
test: $(VENV)/.dev browser  ## the tests, with the same examples every time
	@$(PYTEST) -m "not long and (both_databases or not postgresql)"

test-long: $(VENV)/.dev browser  ## the tests that make test leaves out: whole walks, and PostgreSQL for everything
	@$(PYTEST) -m "long or (postgresql and not both_databases)"

lint: $(VENV)/.dev  ## formatter, linter, types, import contracts, generated pages of docs/
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.kit.docs --check

docs: $(VENV)/.dev  ## write the pages of docs/ that are made from the code: events, clauses, verbs, questions, access
	@$(BIN)/python -m tests.kit.docs

check: lint test  ## both: run it before you commit

words: $(VENV)/.dev  ## find the texts of the pages anew; then word those without English in interface/locales/en.po
	@$(BIN)/python -m tests.kit.wording

properties: $(VENV)/.dev  ## the long form of the properties: fresh examples, twenty times as many
	@LIANJIAN_FRESH_EXAMPLES=1 $(PYTEST) tests/properties tests/unit

every-byte: $(VENV)/.dev  ## the long form: an evidence package changed at every single byte
	@LIANJIAN_EVERY_BYTE=1 $(BIN)/python -m pytest tests/integration/test_package.py -k byte

attack: $(VENV)/.dev  ## the long forms of the attacks (COUNT=10000 requests, CLIENTS=200, WORKBOOKS=3000, KILLS=100, SEED=1)
	@$(BIN)/python -m tests.attack.http --count $(COUNT) --seed $(SEED)
	@$(BIN)/python -m tests.attack.crowd --clients $(CLIENTS)
	@$(BIN)/python -m tests.attack.workbooks --count $(WORKBOOKS) --seed $(SEED)
	@$(BIN)/python -m tests.attack.kills --count $(KILLS) --seed $(SEED)
	@$(BIN)/python -m tests.attack.kills --count $(KILLS) --seed $(SEED) --database postgresql
	@$(BIN)/python -m tests.attack.writers --seed $(SEED)
	@$(BIN)/python -m tests.attack.writers --seed $(SEED) --database postgresql

schemathesis: $(VENV)/.dev  ## what the API's description allows and what it does not, by every role (CASES=5000, SEED=1; long: CASES=20000)
	@$(BIN)/python -m tests.attack.api --count $(CASES) --seed $(SEED)

bench: $(VENV)/.dev  ## what is measured, side by side
	@$(BIN)/python -m benchmarks

screenshots: $(VENV)/.dev browser  ## every page in both languages, as PNG files in build/screenshots
	@$(BIN)/python -m tests.kit.screenshots

tutorials: $(VENV)/.dev browser  ## play the tutorials of the help and take their pictures anew
	@$(BIN)/python -m tests.kit.tutorials

browser:  ## Chromium and a Chinese font for the browser tests, where that is possible
	@sh tests/kit/install_browser.sh

# One resolution for every Python from 3.11 on and every system; no address of a registry goes into the files.
RESOLVE = $(BIN)/python -m uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml requirements/build.in

lock: $(VENV)/.python  ## resolve the locks anew
	@$(INSTALL) 'uv>=0.9,<1'
	@$(RESOLVE) -o requirements/run.lock
	@$(RESOLVE) --extra dev -c requirements/run.lock -o requirements/dev.lock
