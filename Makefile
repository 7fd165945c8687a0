# make demo    install, store a long conversation, ask it forty questions
# make test    everything that must hold before a change is published
# make check   the quick part of it: style, types, and the tests that are not marked slow
# make test-adapters   each framework in an environment of its own, at its oldest and newest version
# make coverage   which branches of memkit/ the tests never take
# make clean   remove what the others made
#
# Only the first installation and `smoke` need a package index. Offline: MEMKIT_OFFLINE=1 make test

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
USER_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
INSTALLED := $(if $(wildcard $(DEV_STAMP)),$(DEV_STAMP),$(USER_STAMP))
SOURCES := $(shell find memkit -type f ! -path '*/__pycache__/*')
PLUGINS := $(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml))
SMOKE := build/smoke
PYTEST_OPTIONS ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check test-adapters coverage install style types tests plugin smoke clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

demo: $(INSTALLED)
	$(BIN)/memkit demo

test: style types tests plugin smoke
	@echo "All passed."

check: style types
	$(BIN)/python -m pytest -q -m "not slow" $(PYTEST_OPTIONS)

# Some of them: make test-adapters ADAPTERS="langgraph mcp --newest"
test-adapters:
	$(PYTHON) tests/adapters/environments.py $(ADAPTERS)

coverage: $(DEV_STAMP)
	$(BIN)/coverage run -m pytest -q $(PYTEST_OPTIONS)
	$(BIN)/coverage report --skip-covered --show-missing

install: $(DEV_STAMP)

style: $(DEV_STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEV_STAMP)
	$(BIN)/mypy

tests: $(DEV_STAMP)
	$(BIN)/python -m pytest $(PYTEST_OPTIONS)

plugin: $(DEV_STAMP)
	@for folder in $(PLUGINS); do \
	  echo "$$folder"; \
	  PYTHONPATH=$$folder $(BIN)/python -m pytest -q $$folder || exit 1; \
	done

# The wheels, with what they declare and nothing else, in an environment of their own.
smoke: $(DEV_STAMP)
ifdef MEMKIT_OFFLINE
	@echo "SKIPPED: the clean installation of the wheels, because MEMKIT_OFFLINE is set."
else
	rm -rf build
	$(BIN)/python -m pip wheel -q --no-deps -w build/wheels . $(addprefix ./,$(PLUGINS))
	$(PYTHON) -m venv $(SMOKE)
	$(SMOKE)/bin/python -m pip install -q build/wheels/*.whl
	$(SMOKE)/bin/memkit plugins
	cd $(SMOKE) && bin/python -I ../../tests/smoke.py
	$(SMOKE)/bin/python -I tests/plugin_steps.py docs/plugins.md
	rm -rf build
endif

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip

$(USER_STAMP): pyproject.toml $(SOURCES) | $(BIN)/python
	$(BIN)/python -m pip install -q .
	@touch $@

$(DEV_STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --editable . --group dev
	@touch $@

clean:
	rm -rf $(VENV) .venv-adapters build dist .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
