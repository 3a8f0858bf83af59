# Everything a newcomer needs is `make run` and `make test`. `make help` lists the rest.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test sure lint crash bench lock messages clean

help: ## what each word does
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Consult needs Python 3.11 or later; PYTHON=/path/to/python3.11 make run"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/ready-test: requirements-test.lock $(VENV)/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

run: $(VENV)/ready ## start Consult with the example group: pages, worker and mail listener together
	@$(BIN)/consult up --demo

test: $(VENV)/ready-test ## run every test that this machine can run, and name what is left out
	@test -n "$$CONSULT_TEST_DATABASE" || echo "Left out: the same tests on PostgreSQL (CONSULT_TEST_DATABASE=postgresql+psycopg://user:password@host/database make test)"
	@$(BIN)/python -m pytest -rs

lint: $(VENV)/ready-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

sure: lint test crash ## what CI runs: lint, every test, the short crash tests

crash: $(VENV)/ready-test ## kill workers on purpose and count what is lost (nothing); CONSULT_CRASH=long for the long form
	@$(BIN)/python -m pytest tests/crash -m crash

bench: $(VENV)/ready-test ## measure, as ratios against floors measured in the same run
	@$(BIN)/python -m bench

lock: ## lock all dependencies again, with hashes
	@uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group build -o requirements.lock
	@uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group build --group test -c requirements.lock -o requirements-test.lock

messages: $(VENV)/ready-test ## gather the sentences to translate, compile the catalogues, name what French lacks
	@$(BIN)/python -m translations.catalogues

clean: ## remove the virtual environment (your data in var/ stay)
	rm -rf $(VENV)
