# make site   a virtual environment, then the sample matrix as a site in output/
# make test   the whole test suite
# make check  style and types
# make fuzz   a minute of the fuzzer over parse and clean; FUZZ_SECONDS=600 for ten
# make bench  what it costs, as tables

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FUZZ_SECONDS ?= 60

.PHONY: site test check fuzz bench clean

site: $(VENV)/installed
	$(BIN)/matrixsite build
	@echo "Open output/index.html"

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fuzz: $(VENV)/installed-test
	if $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[fuzz]"; \
	then $(BIN)/python -m tests.fuzz.parse_and_clean -max_total_time=$(FUZZ_SECONDS) -verbosity=0; \
	else echo "SKIPPED: atheris can't be installed here"; fi

bench: $(VENV)/installed-test
	for name in settings fetch cold clean parse nights reposts; do $(BIN)/python benchmarks/$$name.py || exit 1; done

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	touch $@

clean:
	rm -rf $(VENV) output .matrixsite
