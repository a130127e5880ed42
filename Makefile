# The guide's commands. Each one installs what it needs into .venv and runs on.
# Once everything is installed, none of them needs a network (but `lock`).
#
#   make serve HOST=0.0.0.0 PORT=80      another address
#   make serve PYTHON=python3.13         another Python, before .venv exists

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 1
BUILD ?= .build
SITE ?= .site

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check install
UV_VERSION := 0.13.9
UV := $(PY) -m uv --quiet pip compile --universal --python-version 3.11 \
      --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.PHONY: help serve site dev test check rooms fix audit bench balanced container faults fuzz quality lengths screenshots lock release sbom audit-deps clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# --- what is installed -------------------------------------------------------
# A stamp is older than its lock when the lock has changed since; then pip runs again.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 | tail -1)."; \
	  echo "If you have a newer one, name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python could not make a virtual environment (on Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	@touch $@

$(VENV)/.runtime: requirements.txt $(VENV)/.made
	@echo "Installing what the site needs (requirements.txt) ..."
	@$(PIP) --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.made
	@echo "Installing what the tests need (requirements-dev.txt) ..."
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

# --- running -----------------------------------------------------------------

serve: $(VENV)/.runtime ## install, make the pages, then serve on http://127.0.0.1:8000/
	@echo "Making the pages (the first time takes a minute) ..."
	@HOST=$(HOST) PORT=$(PORT) $(PY) manage.py build $(BUILD)  # without PUBLIC_ORIGIN pages name these
	@$(PY) manage.py migrate --skip-checks --verbosity 0  # the table of page feedback
	@BUILD_DIR=$(BUILD) HOST=$(HOST) PORT=$(PORT) WORKERS=$(WORKERS) $(PY) manage.py serve

site: $(VENV)/.runtime ## make the folder for any web server; LIVE=https://… for the questionnaire, BASE=/path/
	@$(PY) manage.py site $(SITE) $(if $(LIVE),--live $(LIVE)) $(if $(BASE),--base $(BASE))

dev: $(VENV)/.dev ## serve for writing and coding: reloads when a file changes
	@DEBUG=1 $(PY) manage.py runserver $(HOST):$(PORT)

# --- checking ----------------------------------------------------------------
# `step NAME COMMAND...` runs one step; a step that fails is counted and the next one runs.

define STEPS
failed=; \
step() { name=$$1; shift; printf '\n== %s\n' "$$name"; "$$@" || failed="$$failed, $$name"; }; \
finish() { if [ -n "$$failed" ]; then printf '\n%s: FAILED: %s\n' "$$1" "$${failed#, }"; exit 1; fi; \
           printf '\n%s: all passed\n' "$$1"; }; \
step 'lint' $(PY) -m ruff check; \
step 'format' $(PY) -m ruff format --check; \
step 'types' $(PY) -m mypy; \
step 'imports' $(VENV)/bin/lint-imports --no-logo; \
step 'content' $(PY) manage.py check
endef

test: $(VENV)/.dev ## install, then run every check and test, the browser's too
	@$(STEPS); \
	bring() { CHROMIUM=$$($(PY) tools/browser.py) && export CHROMIUM && echo "$$CHROMIUM"; }; \
	step 'browser' bring; \
	step 'tests' $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations=20; \
	step 'audit' $(PY) manage.py audit; \
	step 'record' $(PY) manage.py release --check; \
	finish 'make test'

check: $(VENV)/.dev ## the quick loop: the engine, the library and the content; no browser, no audit
	@$(STEPS); \
	step 'tests' $(PY) -m pytest -q tests/engine tests/library tests/content/test_real_content.py \
	  tests/content/standards/test_decision.py tests/content/standards/test_numbers.py \
	  tests/content/standards/test_words.py tests/content/standards/test_scorecard.py \
	  tests/content/test_places.py tests/content/test_typed_numbers.py \
	  tests/content/test_pictures.py tests/content/test_search.py; \
	finish 'make check'

rooms: $(VENV)/.dev ## draw the rooms of the code and their imports; ROOM=library/review lists the modules of one
	@$(PY) tools/rooms.py $(ROOM)

fix: $(VENV)/.dev ## put right what the linter and the formatter can
	@$(PY) -m ruff check --fix; $(PY) -m ruff format

audit: $(VENV)/.runtime ## prove the promises over every possible set of answers
	@$(PY) manage.py audit

bench: $(VENV)/.runtime ## measure speed; needs a quiet machine
	@$(PY) tools/bench/run.py $(BENCH)

quality: $(VENV)/.runtime $(VENV)/.dev ## measure the served site: Lighthouse, HTML, links, HTTP, two engines for barriers
	@$(PY) tools/quality/run.py $(KINDS)

lengths: $(VENV)/.runtime $(VENV)/.dev ## measure how long the pages are, and that none is short by hiding
	@$(PY) tools/lengths/run.py $(LENGTHS)

balanced: $(VENV)/.runtime ## two servers behind nginx: nothing depends on which one answers
	@$(PY) tools/bench/balanced.py

container: $(VENV)/.runtime ## build the container with docker or podman, run it without rights, check it
	@$(PY) tools/container.py

faults: $(VENV)/.runtime ## break a running guide in many ways; PLANTED=1 sees that each harm is caught
	@$(PY) tools/faults $(if $(PLANTED),--planted)

fuzz: $(VENV)/.dev ## a hundred thousand made-up requests, and what came of them; half an hour
	@FUZZ=$(or $(FUZZ),100000) $(PY) -m pytest -q -s tests/serving/test_fuzz.py tests/clinics/test_openapi.py tests/serving/server/test_fuzz_raw.py

screenshots: $(VENV)/.dev ## take the pictures of the pages again
	@CHROMIUM=$$($(PY) tools/browser.py) && export CHROMIUM && $(PY) tools/screenshots.py

# --- keeping -----------------------------------------------------------------

# Keeps the versions it finds; `make lock UPGRADE=1` takes the newest that pyproject.toml allows.
lock: $(VENV)/.made ## write the lock files again, after a change to pyproject.toml or tools/
	@$(PIP) uv==$(UV_VERSION)
	@$(UV) $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements.txt >/dev/null
	@$(UV) $(if $(UPGRADE),--upgrade) --extra postgres -c requirements.txt pyproject.toml -o requirements-postgres.txt >/dev/null
	@$(UV) $(if $(UPGRADE),--upgrade) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt >/dev/null
	@for it in node java; do \
	  $(UV) $(if $(UPGRADE),--upgrade) tools/requirements-$$it.in -o tools/requirements-$$it.txt >/dev/null || exit 1; done
	@if command -v npm >/dev/null; then for it in tools tools/quality; do \
	   (cd $$it && npm install --package-lock-only --ignore-scripts --no-audit --no-fund) || exit 1; done; \
	 else echo "No npm here: the files package-lock.json were left as they are."; fi

release: $(VENV)/.dev ## make the release VERSION=2026.3: version, record, changelog, commit and tag, or nothing
	@$(PY) -m tools.release $(VERSION)

sbom: $(VENV)/.dev ## write docs/sbom.cdx.json: every locked package with its hashes, as CycloneDX
	@$(PY) tools/sbom.py

audit-deps: $(VENV)/.dev ## ask whether a locked package has a known fault; needs a network
	@for lock in requirements.txt requirements-postgres.txt requirements-dev.txt; do \
	  echo "$$lock"; $(PY) -m pip_audit --requirement $$lock --disable-pip --strict || exit 1; done

clean: ## remove everything that the other commands made
	rm -rf $(VENV) .build .site .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache \
	  tools/node_modules tools/quality/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
