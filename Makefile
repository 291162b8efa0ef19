# Two commands matter: `make demo` and `make test`. Both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check-code bench docs defects blanks clean

demo: $(READY)
	rm -rf xltools-demo
	$(BIN)/xltools demo xltools-demo

test: $(READY) check-code
	$(BIN)/python -m pytest -n auto --dist worksteal

check-code: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p xltools

bench: $(READY)
	$(BIN)/python -m tests.benchmarks

# What is generated and committed: ready blanks, golden workbooks, reference pages.
blanks: $(READY)
	$(BIN)/python -m tests.ready_blanks
	$(BIN)/python -m tests.golden.refresh

docs: $(READY)
	$(BIN)/python -m xltools.cli.docs

# What each defect gives; LibreOffice does some of them.
defects: $(READY)
	$(BIN)/python -m tests.hostile.defects

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) xltools-demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
