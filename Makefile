# Everything runs in .venv, made on first use from hashed requirement files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help setup up demo check links format test test-corpora test-every-text soak schemas train \
	bench-day bench-latency bench-link bench-link-kafka bench-memory bench-poll bench-read requirements clean FORCE

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

$(VENV)/.run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("wirewatch needs Python 3.11 to 3.13, this is %d.%d: make PYTHON=python3.12 ..." % sys.version_info[:2] if not (3, 11) <= sys.version_info < (3, 14) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.dev ## Make the virtual environment

up: $(VENV)/.run ## Watch the feeds of config/feeds.yaml, with a Kafka of our own
	$(BIN)/wirewatch up

demo: $(VENV)/.run ## Watch a day of sample feeds: alerts within a minute, then it ends
	$(BIN)/wirewatch demo

links:
	@mkdir -p .links/wirewatch && find .links -type l -delete
	@ln -s $(CURDIR)/wirewatch/* .links/wirewatch/
	@ln -s $(CURDIR)/streams $(CURDIR)/agents $(CURDIR)/config .links/wirewatch/

check: $(VENV)/.dev links ## Format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --no-error-summary .links/wirewatch
	cd .links && ../$(BIN)/lint-imports --no-cache --no-logo ../pyproject.toml
	$(PYTEST) -q tests/unit/test_packages.py

test: check .venv-wheel ## check, then every test that needs nothing outside the repository, on the built wheel
	@$(ON_WHEEL) tests/contract > build/contract-tests.txt 2>&1 & contract=$$!; failed=0; \
	$(ON_WHEEL) tests/unit || failed=1; \
	wait $$contract || failed=1; \
	echo "The contract tests:"; cat build/contract-tests.txt; exit $$failed

# Safe-path keeps the working folder, and with it the sources, out of the path, in child processes
# too. The contract tests wait most of the time, so they run beside the others.
ON_WHEEL = PYTHONSAFEPATH=1 PYTHONPATH=$(CURDIR)/build/beside .venv-wheel/bin/python -m pytest

# The wheel stands in a virtual environment of its own, which borrows the other packages.
.venv-wheel: $(VENV)/.dev FORCE
	@rm -rf build $@
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir build/wheel .
	$(PYTHON) -m venv --without-pip $@
	$(BIN)/python -m pip --python $@/bin/python install --quiet --disable-pip-version-check --no-deps build/wheel/*.whl
	@$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > $$($@/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/borrowed.pth
	@PYTHONSAFEPATH=1 $@/bin/python -c 'import wirewatch; assert ".venv-wheel" in wirewatch.__file__, wirewatch.__file__'
	@mkdir -p build/beside && ln -sfn $(CURDIR)/tests $(CURDIR)/training build/beside # for the processes that tests start

FORCE:

schemas: $(VENV)/.run ## Write docs/schemas and docs/asyncapi.yaml anew
	$(BIN)/python -m wirewatch.streams.schemas docs/schemas
	$(BIN)/python -m wirewatch.streams.asyncapi docs/asyncapi.yaml

test-corpora: $(VENV)/.dev ## The tests over ../shared/data
	$(PYTEST) tests/corpora

test-every-text: $(VENV)/.dev ## Read whatever stands in ../shared/data: six minutes
	WIREWATCH_EVERY_TEXT=1 $(PYTEST) --timeout 7200 tests/corpora/test_every_text.py

soak: $(VENV)/.dev ## kill -9 of the link or alert worker in 20 days of the demo: the same tolls and alerts
	KILLS=20 $(PYTEST) -q -s tests/contract/test_kills.py

format: $(VENV)/.dev ## Format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench-day: $(VENV)/.run ## The demo's day through the library: alerts missing, false, and open at once
	$(BIN)/wirewatch evaluate --day demo --processes 1

bench-latency: $(VENV)/.run ## From an article fetched to its alert, on an idle system: p95 below 1 s
	$(BIN)/python benchmarks/bench_latency.py

bench-link: $(VENV)/.run ## Events a second a core through linking and alerts, 50,000 incidents open
	$(BIN)/python benchmarks/bench_link.py

bench-link-kafka: $(VENV)/.run ## The same through a real worker on a real Kafka, and nothing lost: five minutes
	$(BIN)/python benchmarks/bench_link_kafka.py

bench-poll: $(VENV)/.run ## Feeds a second a core, unchanged and changed, against a local server
	$(BIN)/python benchmarks/bench_poll.py

bench-read: $(VENV)/.run ## Words a second a core through the reader, and milliseconds an article
	$(BIN)/python benchmarks/bench_read.py

bench-memory: $(VENV)/.run ## Memory of a process over 100,000 short articles: half an hour
	$(BIN)/python benchmarks/bench_read.py --memory 100000 --words 50

.venv-train/.done: requirements/run.txt requirements/train.txt
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/train.txt
	@touch $@

train: .venv-train/.done ## Train the shipped model again from ../shared/data (under two hours on 2 cores)
	PYTHONPATH=$(CURDIR) .venv-train/bin/python -m training.build

PIN := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

requirements: ## Pin all requirement files again, with hashes
	$(PIN) pyproject.toml -o requirements/run.txt
	for name in dev build train; do $(PIN) requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## Remove what make made
	rm -rf $(VENV) .venv-train .venv-wheel .links build dist *.egg-info
