# The two commands of a newcomer are `make site` and `make test`; `make help` lists all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements.lock
export NO_MKDOCS_2_WARNING = 1
# Tests start the program hundreds of times: each start would compile it again.
test quick: export PYTHONDONTWRITEBYTECODE =

.PHONY: help install site editions serve check test quick browser editor schema screenshots lock audit bench clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

$(VENV)/installed: $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	-@$(BIN)/changebook schema
	@touch $@

install: $(VENV)/installed ## install what is needed into .venv

site: $(VENV)/installed ## build the site into site/
	-@$(BIN)/changebook schema
	$(BIN)/changebook build
	@echo "Look at it with: $(BIN)/python -m http.server --directory site 8000, then http://127.0.0.1:8000/"

editions: site ## build the desk's site, that of staff, and one for each partner
	$(BIN)/changebook build --edition staff
	$(BIN)/changebook build --edition partners

serve: $(VENV)/installed ## preview the site; it reloads when a file is saved
	$(BIN)/mkdocs serve

check: $(VENV)/installed ## print every problem of every record, also of searches that must find their page
	-@$(BIN)/changebook schema
	$(BIN)/changebook check --search

test: $(VENV)/installed browser editor ## run every test, the browser's too
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadgroup

quick: $(VENV)/installed ## run the tests that take no browser, no other process, no big book and no third of a second
	$(BIN)/ruff check
	$(BIN)/pytest -n auto --dist loadgroup -m "not browser and not node and not slow"

browser:
	@command -v chromium-headless-shell >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	  && apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null; } || command -v chromium >/dev/null \
	  || { echo "The tests need Chromium: sudo apt-get install chromium-headless-shell, or chromium"; exit 1; }

# What YAML in editors runs on, pinned; tests speak to it.
editor: $(VENV)/editor/installed

$(VENV)/editor/installed: tests/editor/package-lock.json $(VENV)/installed
	@command -v npm >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; \
	  else echo "The tests need Node.js: sudo apt-get install nodejs npm"; exit 1; fi; }
	@mkdir -p $(@D) && cp tests/editor/package.json tests/editor/package-lock.json $(@D)
	npm ci --prefix $(@D) --silent --ignore-scripts --no-audit --no-fund
	@touch $@

schema: $(VENV)/installed ## write the schemas that editors complete and check records with
	$(BIN)/changebook schema

lock: $(VENV)/installed ## resolve the dependencies again, with hashes
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	  --group test --group build pyproject.toml -o $(LOCK)
	rm -rf .venv-lock

# Who knows of vulnerabilities: pypi; osv where the index is a mirror without PyPI's JSON; a file where there is no network.
AUDIT ?= pypi
audit: ## ask PyPI, with AUDIT=osv osv.dev, with AUDIT=all.zip a file, for known vulnerabilities of what is pinned
ifeq ($(suffix $(AUDIT)),.zip)
	$(BIN)/python tests/bench/audit.py $(AUDIT)
else
	$(PYTHON) -m venv .venv-audit && .venv-audit/bin/pip install --quiet pip-audit
	.venv-audit/bin/pip-audit -s $(AUDIT) --strict --require-hashes --disable-pip -r $(LOCK); code=$$?; rm -rf .venv-audit; exit $$code
endif

screenshots: site browser ## take the pictures of the README again
	$(BIN)/python tests/screenshots.py 2>/dev/null

bench: $(VENV)/installed browser ## measure a build of a thousand changes, and search
	$(BIN)/python tests/bench/build.py 1000
	$(BIN)/python tests/bench/keys.py 1000
	$(BIN)/python tests/bench/search.py
	$(BIN)/python tests/bench/search.py --size 2000

clean: ## remove what the commands made
	rm -rf site site-staff site-partners .site*.new .site*.old .site*.last $(VENV) .pytest_cache .mypy_cache .ruff_cache
