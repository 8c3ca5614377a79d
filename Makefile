# Two commands: `make run` shows the portal with a demo city, `make test` tests all of it.

.DEFAULT_GOAL := help
.PHONY: help run dev demo test quick mutants check format lint types directions pages screenshots figures clean

PORT ?= 3000
CHILDREN ?= 2
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(shell $(name) -c 'import sys; print("$(name)" if sys.version_info >= (3, 11) else "")' 2>/dev/null)))
IN := .venv/bin/python
PORTAL := $(IN) -m mobile_selfservice
ADDRESS = PORT=$(PORT) PUBLIC_URL=$(or $(PUBLIC_URL),http://localhost:$(PORT))

help: ## List the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

run: .venv/installed ## Start the portal with its demo city (PORT=3000)
	@$(ADDRESS) $(PORTAL) start

demo: .venv/installed ## Only build the demo city, in an empty database
	@$(PORTAL) migrate
	@$(ADDRESS) $(PORTAL) demo

dev: .venv/installed-dev ## The same, rebuilding when a source changes
	@$(PORTAL) migrate
	@$(ADDRESS) REFLEX_USE_NPM=1 REFLEX_TELEMETRY_ENABLED=false REFLEX_CHECK_LATEST_VERSION=false \
		PATH="$(CURDIR)/.venv/bin:$$PATH" $(IN) -m reflex run --env preview

test: .venv/installed-dev ## Every test, in a real browser and on both databases too
	@. .ci/find-browser && $(IN) -m scripts.all_tests

quick: .venv/installed-dev ## The tests that take seconds, without a browser
	@$(IN) -m pytest -q -m "not browser and not slow"

mutants: .venv/installed-dev ## Change the rules place by place: does a test notice? (an hour)
	@.venv/bin/mutmut run --max-children $(CHILDREN) && .venv/bin/mutmut results

check: format lint types directions ## What must hold before a change is merged, besides tests

format: .venv/installed-dev ## Is every file laid out the one way?
	@$(IN) -m ruff format --check .

lint: .venv/installed-dev ## Is the style kept?
	@$(IN) -m ruff check .

types: .venv/installed-dev ## Do the types agree?
	@$(IN) -m mypy

directions: .venv/installed-dev ## Does each floor use only the floors below it?
	@.venv/bin/lint-imports

pages: .venv/installed-dev ## Write the pages of docs/policy anew from the policy's data
	@$(IN) -m scripts.policy_pages

screenshots: .venv/installed-dev ## Draw docs/screenshots anew, while make run serves
	@. .ci/find-browser && $(ADDRESS) PYTHONPATH=. $(IN) scripts/screenshots.py

figures: .venv/installed-dev ## Measure, and write the table of docs/performance.md
	@. .ci/find-browser && $(IN) -m scripts.measure

clean: ## Remove what was built and installed; data in var/ stays
	rm -rf .venv .web .states .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache mutants

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found."; \
		echo "Install it, or name it: make run PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python could not make its folder .venv; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing what the portal needs into .venv (once) ..."
	@$(IN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@echo "Installing what tests and checks need into .venv (once) ..."
	@$(IN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
