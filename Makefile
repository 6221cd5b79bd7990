# Amarre. `make run` and `make test` are enough on a fresh machine; the rest is for those who work on it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
export PORT ?= 8000
export AMARRE_DATA ?= var
unexport PYTHONDONTWRITEBYTECODE
TESTS ?=
WORKERS ?= 2

BIN := .venv/bin
PYTEST = AMARRE_ENV=test AMARRE_CHROMIUM="$$(sh scripts/browser)" $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q

.PHONY: help install run demo-reset test test-full check format bench lock clean

help: ## Say what can be done
	@sed -n 's/^\([a-z-]*\):.*## /make \1 — /p' Makefile

install: ## Build .venv and node_modules from the lock files
	@sh scripts/install

run: install ## Start Amarre on http://localhost:$PORT, with its own database in $AMARRE_DATA
	@exec $(BIN)/python -m amarre.config.cli run --die-with-parent

demo-reset: install ## Throw the demonstration away and load it afresh at the next `make run`
	@$(BIN)/python -m amarre.config.cli demo reset

test: install ## Run the tests, against a real PostgreSQL and a real browser
	@$(PYTEST) -m "not slow" $(TESTS)

test-full: install ## Run every test, every state and width, and the slow campaigns
	@AMARRE_FULL=1 $(PYTEST) $(TESTS)

check: install ## Lint, types, floors and doors: seconds
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m djlint amarre --lint --quiet
	AMARRE_ENV=test $(BIN)/python -m mypy amarre
	$(BIN)/lint-imports
	AMARRE_ENV=test $(BIN)/python -m pytest -q tests/architecture

format: install ## Put the code in order
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

bench: install ## Measure; one JSON line per measure (ONLY=name for one of them)
	@$(BIN)/python -m bench $(ONLY)

lock: install ## Pin the dependencies again (UPGRADE=1 to take the newest)
	$(BIN)/python -m uv pip compile -q --generate-hashes --no-header --no-emit-index-url --universal \
		--python-version 3.11 $(if $(UPGRADE),--upgrade) requirements.in -o requirements.lock
	npm install --package-lock-only --ignore-scripts

clean: ## Remove what `make install` and the tools built, never the data
	rm -rf .venv node_modules build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
