# make site   a virtual environment, then the sample matrix as a site in output/
# make test   the whole test suite
# make check  style and types
# make bench  what it costs, as tables

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: site test check bench clean

site: $(VENV)/installed
	$(BIN)/matrixsite build
	@echo "Open output/index.html"

test: $(VENV)/installed-test
	$(BIN)/python -m pytest

check: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/installed-test
	for name in settings fetch clean nights; do $(BIN)/python benchmarks/$$name.py || exit 1; done

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	touch $@

clean:
	rm -rf $(VENV) output .matrixsite
