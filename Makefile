# Two commands do everything on a fresh machine: `make run` and `make test`. Both may be run twice.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
PORT ?= 7860

.PHONY: run test lint index eval train models docs clean
.DEFAULT_GOAL := run

run: index ## fetch models, build the index, open the page
	$(BIN)/raadpleeg serve --port $(PORT)

test: models lint ## everything: linting, types, tests with the real models and a real browser
	sh tests/install-browser.sh
	$(BIN)/python -m pytest

lint: $(STAMP) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

index: models ## bring the index up to date with corpus/
	$(BIN)/raadpleeg index

eval: index ## measure on the gold questions; fails on a significant loss against the baseline
	$(BIN)/raadpleeg eval --quotes-only --baseline eval/baseline.json --output eval/results

train: models ## learn ranking and abstaining anew; TRAIN names the data (training/README.md)
	$(BIN)/python -m training.train $(TRAIN)

models: $(STAMP) ## fetch what is missing into ~/.cache/raadpleeg
	$(BIN)/raadpleeg models fetch

docs: $(STAMP) ## write docs/cli.md and docs/settings.md from the code
	$(BIN)/python docs/make_pages.py

clean: ## remove environment, index and results; the models stay
	rm -rf $(VENV) index/CURRENT index/generations index/.lock eval/results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp carries the time of the last installation, so that a changed pyproject.toml is installed anew.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "raadpleeg needs Python 3.11 or newer: make PYTHON=python3.11")'
	@echo "setting up $(VENV): a few minutes the first time, seconds after that"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[llama,openai,dev]'
	@touch $(STAMP)
