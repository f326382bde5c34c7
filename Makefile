# Everything runs in .venv, which is made when it is first needed and again when pyproject.toml changes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
CORES := $(shell getconf _NPROCESSORS_ONLN)
PEERS := .venv-peers

.PHONY: run test lint types imports pytest conformance explanations journeys format bench bench-peers goldens clean help

help:  ## Show what there is.
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: $(READY)  ## Print the advice for the example person.
	@$(BIN)/wellfounded advise docs/examples/person.yaml --lang en

test: lint types imports pytest  ## Run lint, types, import contracts and all tests.

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy --num-workers $(CORES)

imports: $(READY)
	$(BIN)/lint-imports

# The second line has tests with very many people, mutations and pages, and whole files that try nothing that others
# do not; measuring coverage would only slow them. Single tests for which that holds are in the first, marked `no_cover`.
APART := tests/properties tests/fuzz tests/browser tests/goldens tests/javascript tests/packaging tests/performance \
  tests/planted tests/conformance/test_compare.py tests/crossref/test_answer.py \
  tests/difference/test_properties.py tests/difference/test_repositories.py \
  tests/editing/test_names.py tests/editing/test_typing.py tests/interfaces/test_progress.py \
  tests/record/test_durable.py tests/scenarios/test_coverage.py tests/scenarios/test_mutation.py \
  tests/scenarios/test_pytest_plugin.py \
  $(patsubst %,tests/unit/test_%.py,acceptance chain_pictures deep_knowledge_bases drafts \
  durable_rules_limits policy retold scenarios second_knowledge_base sight stored threads) \
  $(patsubst %,tests/verify/test_%.py,equivalence everyone generated guarantees reading)

# One more than there are cores: some tests wait for a browser or a server.
WORKERS ?= $(shell expr $(CORES) + 1)

pytest: $(READY)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(addprefix --ignore ,$(APART)) --cov --cov-report=term-missing:skip-covered --cov-fail-under=95
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(APART)

PEOPLE ?= 100000
KNOWLEDGE_BASES ?= 100
SEED ?= 1

conformance: $(READY)  ## Compare all reasoners on PEOPLE=100000 random people and KNOWLEDGE_BASES=100 generated ones.
	WELLFOUNDED_PEOPLE=$(PEOPLE) $(BIN)/pytest -n auto tests/properties/test_article.py
	$(BIN)/python -m tests.conformance.compare --people $(PEOPLE) --seed $(SEED)
	$(BIN)/python -m tests.conformance.compare --javascript $(PEOPLE) --seed $(SEED)
	$(BIN)/python -m tests.conformance.compare --knowledge-bases $(KNOWLEDGE_BASES) --seed $(SEED)

explanations: $(READY)  ## Check explanations and suggestions of PEOPLE=100000 random people and KNOWLEDGE_BASES=100 generated ones.
	$(BIN)/python -m tests.conformance.explanations --people $(PEOPLE) --seed $(SEED)
	$(BIN)/python -m tests.conformance.explanations --knowledge-bases $(KNOWLEDGE_BASES) --seed $(SEED)

journeys: $(READY)  ## Make every journey in the studio in both languages, each on a telephone and at a desk.
	BROWSER_SETTINGS=every $(BIN)/pytest -n $(WORKERS) --dist worksteal tests/browser/studio

format: $(READY)  ## Lay out the code.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

goldens: $(READY)  ## Write the golden files anew; read the difference before you commit it.
	$(BIN)/pytest tests/goldens tests/docs tests/unit/test_diagnostics.py --update-goldens

bench: $(READY)  ## Run the benchmarks and print tables.
	$(BIN)/python -m tests.performance.bench
	$(BIN)/python -m tests.performance.sessions
	$(BIN)/python -m tests.performance.audits
	$(BIN)/python -m tests.performance.typing
	$(BIN)/python -m tests.performance.serving
	$(BIN)/python -m tests.performance.javascript
	$(BIN)/python -m tests.performance.studio

bench-peers: $(PEERS)/ready  ## Measure beside other rule engines; WRITE=1 writes the figures into docs/benchmarks.md.
	$(PEERS)/bin/python -m tests.performance.peers.run $(if $(WRITE),--write)

clean:  ## Remove everything that was made.
	rm -rf $(VENV) $(PEERS) dist build .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis

# What the studio runs in a browser is bundled when the package is installed.
$(READY): pyproject.toml $(wildcard engine/build_studio.py engine/wellfounded/interfaces/studio/browser/*)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) -V). Say which: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) (once)…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,test]' || { \
	  echo "Some extras could not be installed (durable-rules needs a C compiler); their tests will be skipped and say so."; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'; }
	@touch $@

$(PEERS)/ready: pyproject.toml $(wildcard tests/performance/peers/requirements.txt tests/performance/peers/node/package*.json)
	@echo "Setting up $(PEERS) (once)…"
	@$(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[tables]' --requirement tests/performance/peers/requirements.txt
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[durable]' || \
	  echo "durable-rules could not be installed (it needs a C compiler); it will be left out."
	@mkdir -p $(PEERS)/node && cp tests/performance/peers/node/package*.json $(PEERS)/node
	@npm ci --silent --no-audit --no-fund --prefix $(PEERS)/node || \
	  echo "json-rules-engine could not be installed (it needs Node and npm); it will be left out."
	@touch $@
