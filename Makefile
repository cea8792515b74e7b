# make site   a virtual environment, then the sample matrix as a site in output/
# make test   the whole test suite
# make check  style and types
# make docs   the manual, built by matrixsite itself, in docs/manual/output/
# make lighthouse  what Lighthouse says of the sample site
# make package  sdist and wheel, and a new environment that builds the matrix of `init` with them
# make fuzz   a minute of the fuzzer over parse and clean; FUZZ_SECONDS=600 for ten
# make bench  what it costs, as tables
# make bench-year  what a site of 600,000 entries costs (an hour, 40 GB), and a chart of cost by size

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FUZZ_SECONDS ?= 60

.PHONY: site test check docs lighthouse package fuzz bench bench-year clean

site: $(VENV)/installed
	$(BIN)/matrixsite build
	@echo "Open output/index.html"

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/installed
	$(BIN)/python -m docs.manual
	@echo "Open docs/manual/output/en/index.html, or zh-CN/"

lighthouse: $(VENV)/installed-test site
	$(BIN)/python -m tests.browser.lighthouse

package: $(VENV)/installed
	$(BIN)/python -m tests.packaging.empty_environment

fuzz: $(VENV)/installed-test
	if $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[fuzz]"; \
	then $(BIN)/python -m tests.fuzz.parse_and_clean -max_total_time=$(FUZZ_SECONDS) -verbosity=0; \
	else echo "SKIPPED: atheris can't be installed here"; fi

bench: $(VENV)/installed-test
	for name in settings registry fetch cold clean parse nights reposts site search publishing; do $(BIN)/python benchmarks/$$name.py || exit 1; done

bench-year: $(VENV)/installed-test
	$(BIN)/python benchmarks/site.py --rows S4
	$(BIN)/python benchmarks/site.py --sizes 5000,26000,100000,600000 --chart docs/images/cost-by-size.svg

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	touch $@

clean:
	rm -rf $(VENV) output .matrixsite
