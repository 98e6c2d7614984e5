# Two commands set up everything: `make run` (the dashboard) and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# Where the dashboard listens: `make run PORT=8600` when 8501 is taken.
PORT = 8501

.PHONY: run test check install bench lock docs screenshots

run: .venv/installed
	$(BIN)/tingfeng serve --demo --port $(PORT)

test: .venv/developing .venv/browser
	$(BIN)/python -m pytest $(PYTEST)

check: .venv/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

install: .venv/installed

bench: .venv/installed
	$(BIN)/python -m bench

# The pages of the listeners, from the listeners and their fixtures.
docs: .venv/installed
	$(BIN)/python docs/make.py

screenshots: .venv/developing .venv/browser
	$(BIN)/python -m pytest tests/browser --screenshots docs/images

# Requirement files are the only place where versions are chosen.
lock: .venv/developing
	$(BIN)/python requirements/lock.py

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: requirements/run.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/developing: requirements/dev.txt .venv/installed
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@

.venv/browser: .venv/developing
	$(BIN)/python tests/browser/get_chromium.py
	touch $@
