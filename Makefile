# Casewright: `make help` lists what can be done.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 0

.PHONY: help setup run test lint format lock bench clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(BIN)/uv: requirements-bootstrap.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; say which with: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	@touch $@

$(VENV)/.ready: $(BIN)/uv requirements.lock pyproject.toml
	@$(BIN)/uv pip sync -q --system-certs --python $(BIN)/python --require-hashes requirements.lock requirements-bootstrap.lock
	@$(BIN)/uv pip install -q --system-certs --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.ready: package-lock.json .npmrc
	@npm ci --silent
	@touch $@

setup: $(VENV)/.ready ## everything that the product needs, in .venv

run: setup ## generate test cases from examples/ and leave the exports in out/
	@$(BIN)/python scripts/run_examples.py

test: setup ## all tests
	@$(BIN)/python -m pytest -n 2

lint: setup node_modules/.ready ## format, lint, types and the map of imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@node node_modules/pyright/index.js --pythonpath $(BIN)/python
	@$(BIN)/lint-imports

bench: setup ## how reading and generating grow with the length of a document; how few rows cover all pairs
	@$(BIN)/python bench/long_documents.py
	@$(BIN)/python bench/combining.py

format: setup ## let ruff put the code in form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: $(BIN)/uv ## work out the locks anew from pyproject.toml
	@$(BIN)/uv pip compile --system-certs --universal --generate-hashes -q --group dev -o requirements.lock pyproject.toml

clean: ## remove what make has made
	@rm -rf $(VENV) node_modules out
