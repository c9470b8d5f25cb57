# One small target per developer act; CI calls the same ones.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
NODE   := scripts/node.sh
SEED   ?= 1
SAMPLE ?= 500
COUNT  ?= 1000000
KILLS  ?= 200
TIMES  ?= 40
export PATH := $(CURDIR)/$(VENV)/bin:$(CURDIR)/frontend/node_modules/.bin:$(PATH)
export APE_DATA_FOLDER := $(CURDIR)/build/ape
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NO_PROXY := 127.0.0.1,localhost

# Contract lint rules that this project does not follow, and why: argument names are part of the ABI (11); what ERC-721
# names and declares stays so even where it only reverts (2, 5, 10); views may use memory (1); `_` is a name for a
# return value that is not needed (8); a call of another contract is an act, so its caller is no view (4).
LINT_OFF := NTX1 NTX2 NTX4 NTX5 NTX8 NTX10 NTX11

PAGE_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) \
	frontend/index.html frontend/vite.config.ts frontend/tsconfig.json \
	$(wildcard backend/greenledger/footprint/data/gal-factors-*.json)

.PHONY: help integrations run demo rehearsal chaos audit pictures test test-contracts test-backend several test-page test-e2e properties gas bench million coverage mutants check format setup browser postgres nginx lock generate clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

run: setup frontend/dist/index.html ## install, deploy, start everything, print one URL; Ctrl-C stops it
	@$(PY) -m scripts.dev.run

demo: setup frontend/dist/index.html ## run the main job by script and write build/demo.json
	@$(PY) -m scripts.dev.demo

test: test-contracts test-backend rehearsal several test-page test-e2e ## every suite

test-contracts: setup ## contracts, through ape
	ape test tests/contracts -q

test-backend: setup integrations postgres ## backend and scripts, through pytest
	$(PY) -m pytest -p no:ape_test -q tests/backend

several: setup postgres nginx ## two gateways behind nginx on one PostgreSQL, and a rolling restart under load
	$(PY) -m pytest -p no:ape_test -q tests/several

test-page: setup ## page units, through vitest
	cd frontend && $(CURDIR)/$(NODE) npm test

test-e2e: setup browser frontend/dist/index.html ## the built page in a real browser, the demo and a restart
	$(PY) -m pytest -p no:ape_test -q tests/e2e

properties: setup ## the long run of the state machines (SEED=1, TIMES=40 the examples of home)
	GREENLEDGER_PROPERTIES=long GREENLEDGER_PROPERTIES_TIMES=$(TIMES) ape test tests/contracts/properties -q --hypothesis-seed=$(SEED)

rehearsal: setup postgres ## the short kill test: 20 kills on each database
	$(PY) -m pytest -p no:ape_test -q tests/chaos

chaos: setup ## kill workers at every step of paid orders (SEED=1, KILLS=200), write build/chaos.json
	@$(PY) -m scripts.chaos --seed $(SEED) --kills $(KILLS)

audit: setup browser frontend/dist/index.html scripts/audit/node_modules/.stamp ## Lighthouse, axe, script size, contract reads of every page, write build/audit.json
	@$(PY) -m scripts.audit

pictures: setup browser frontend/dist/index.html ## take the pictures of every page under docs/img
	@$(PY) -m scripts.audit.pictures

gas: setup ## measure gas beside EAS in the same run, write build/gas.json
	@$(PY) -m scripts.bench.gas

bench: setup postgres ## the model beside EcoLogits and CodeCarbon, and stating work beside a raw COPY; build/bench.json, build/ingest.json
	@$(PY) -m scripts.bench.model
	@$(PY) -m scripts.bench.ingest

million: setup postgres ## a million workloads in one batch, recorded and proved (COUNT=1000000), write build/million.json
	@$(PY) -m scripts.bench.million --count $(COUNT)

coverage: setup ## lines and branches of the contracts that their tests reach, write build/contract-coverage.json
	@$(PY) -m scripts.coverage

mutants: setup ## change the contracts one place at a time and see the tests fail (SAMPLE=all), write build/mutants.json
	@$(PY) -m scripts.mutants --sample $(SAMPLE)

check: setup ## formatters, linters, types, house rules, drift of generated files
	ruff check . && ruff format --check .
	mypy backend scripts
	$(PY) -m scripts.check.contract_lint lint contracts -d $(LINT_OFF)
	$(PY) -m scripts.check.house_rules
	$(PY) -m scripts.check.generated
	$(PY) -m scripts.check.validation
	$(PY) -m scripts.check.model_vectors
	cd frontend && $(CURDIR)/$(NODE) npm run check

format: setup ## rewrite what the formatters would change
	ruff check --fix . && ruff format .
	cd frontend && $(CURDIR)/$(NODE) npx biome check --write .

generate: setup ## write what is made from the sources: ABI files, docs/VALIDATION.md, the page's model vectors
	$(PY) -m scripts.check.generated --write
	$(PY) -m scripts.check.validation --write
	$(PY) -m scripts.check.model_vectors --write

setup: $(VENV)/.stamp frontend/node_modules/.stamp contracts/npm/node_modules/.stamp scripts/deployment/node_modules/.stamp ## install everything from the lock files

$(VENV)/.stamp: requirements.lock scripts/node.lock pyproject.toml
	@echo "Installing Python packages from requirements.lock (about a minute)"
	@$(PYTHON) scripts/dev/python_version.py
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@# The lock file is the whole resolution. With --no-deps pip does not resolve it again: it would take the newest
	@# release for a requirement with an extra (coverage[toml]) and then refuse it for its hash (pypa/pip#9644).
	@$(PY) -m pip install -q --no-deps --require-hashes -r requirements.lock
	@$(NODE) node --version >/dev/null 2>&1 || $(PY) -m pip install -q --require-hashes -r scripts/node.lock
	@$(PY) -m pip install -q --no-deps --no-build-isolation --no-index -e .
	@touch $@

integrations: $(VENV)/.integrations

$(VENV)/.integrations: tests/integrations.lock $(VENV)/.stamp
	@echo "Installing the libraries that tests meet from tests/integrations.lock"
	@$(PY) -m pip install -q --no-deps --require-hashes -r tests/integrations.lock
	@touch $@

frontend/node_modules/.stamp: frontend/package-lock.json $(VENV)/.stamp
	@echo "Installing page packages from frontend/package-lock.json"
	@# Not `npm ci`: npm 11.16 and later refuse a lock file without the optional binaries of other platforms
	@# (npm/cli#9846). What the lock file holds is installed by its hash all the same.
	@cd frontend && $(CURDIR)/$(NODE) npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

contracts/npm/node_modules/.stamp: contracts/npm/package-lock.json $(VENV)/.stamp
	@echo "Installing the Solidity compiler from contracts/npm/package-lock.json"
	@cd contracts/npm && $(CURDIR)/$(NODE) npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

scripts/deployment/node_modules/.stamp: scripts/deployment/package-lock.json $(VENV)/.stamp
	@echo "Installing Sourcify's library from scripts/deployment/package-lock.json"
	@cd scripts/deployment && $(CURDIR)/$(NODE) npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

scripts/audit/node_modules/.stamp: scripts/audit/package-lock.json $(VENV)/.stamp
	@echo "Installing Lighthouse from scripts/audit/package-lock.json"
	@cd scripts/audit && $(CURDIR)/$(NODE) npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/index.html: $(PAGE_SOURCES) frontend/node_modules/.stamp
	@echo "Building the page"
	@cd frontend && $(CURDIR)/$(NODE) npm run build --silent -- --logLevel warn
	@touch $@

browser: ## find a Chromium, or install one
	@scripts/dev/browser.sh

postgres: ## find a PostgreSQL server, or install one
	@scripts/dev/postgres.sh

nginx: ## find nginx, or install it
	@scripts/dev/nginx.sh

lock: ## resolve requirements.lock and the lock file of the bench's peers anew (needs uv)
	uv pip compile pyproject.toml --extra columns --extra mcp --group chain --group dev --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra columns --extra mcp --group chain --group dev --group integrations --universal \
		--python-version 3.11 -c requirements.lock --generate-hashes --no-annotate --no-header -q -o tests/integrations.lock
	uv pip compile scripts/bench/peers.in --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header -q -o scripts/bench/peers.lock

clean: ## forget build outputs and the local chain with its database
	rm -rf build .build frontend/dist deployments/31337.json deployments/31337.verified.json
