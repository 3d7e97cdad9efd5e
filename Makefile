# Two commands matter: `make demo` shows the feeds, `make test` checks everything.
# Both set themselves up on a machine that has Python 3.11+, venv and make.

PYTHON ?= python3
CORPUS ?= ../shared/corpus
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: help demo docs screenshots test lint format-check unit soak fuzz coverage bench bench-run bench-cluster simulate bench-detect bench-articles bench-heal bench-teach bench-import bench-browser mutate-detection format lock upgrade release clean

help:
	@echo "make demo          build the sample newsroom's feeds into output/"
	@echo "make demo SERVE=1  ... and keep newsroom, scheduler and a local server running"
	@echo "make test          linters, types, import contracts, all tests"
	@echo "make lint | unit   the two halves of make test"
	@echo "make docs          the documentation as a site, in site/; every link is checked"
	@echo "make screenshots   the pictures in docs/images, made anew from the demonstration"
	@echo "make soak          hundreds of kills of build, run and workers (SOAK=10: ten times as many as make test has)"
	@echo "make fuzz          hostile texts at every entrance, longer ones and more of them than make test has (FUZZ=50)"
	@echo "make coverage      the tests, measured: which lines and branches none of them reaches"
	@echo "make bench         what all of it costs, against floors of the same run; writes docs/performance.md (ONLY='bench_poll.py', RSS_BRIDGE=folder)"
	@echo "make bench-run     how much of a core \`run\` takes, and how late readings begin (OPTIONS='--sources 1000 --every 1')"
	@echo "make bench-cluster what the queue of several processes costs, and how much a second worker helps"
	@echo "make simulate      when a million sources are due by the real schedule, and how long they wait (OPTIONS='--sources 100000')"
	@echo "make bench-detect  how well lists are found, scored on a corpus of real pages (CORPUS=folder)"
	@echo "make mutate-detection  changes each number of detection in turn, and names those that no test notices (ONLY=name)"
	@echo "make bench-articles  how well article pages are read, scored on real ones (ARTICLES=folder)"
	@echo "make bench-heal    how well lists are found again after redesigns, real ones and made ones (REDESIGNS=folder)"
	@echo "make bench-teach   how well lists and fields are learnt from one example, scored on real pages (CORPUS=folder)"
	@echo "make bench-import DIR=folder  how many configurations of html2rss, of a checkout, become sources"
	@echo "make bench-browser  what a reading through the browser takes, against a bare script (OPTIONS='--soak 500': its memory)"
	@echo "make format        let ruff format and mend what it can"
	@echo "make lock          add to requirements.lock what pyproject.toml asks for; make upgrade: the newest of everything"
	@echo "make release VERSION=x.y.z  changelog, version, wheel, sdist, commit and tag; DRY=1 only says so"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "feedbuilder needs Python 3.11 or newer; say which with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY)
	$(BIN)/feedbuilder demo $(if $(SERVE),--serve)

test: lint unit

lint: format-check
	$(BIN)/mypy
	$(BIN)/lint-imports

format-check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Twice as many workers as cores: many tests wait for processes, and for pauses between requests, more than they compute.
WORKERS ?= $$((2 * $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)))

# Some machines let no Python keep what it compiled: each process that a test starts would compile the program anew.
unit: export PYTHONDONTWRITEBYTECODE :=
unit: $(READY)
	$(BIN)/pytest --dist worksteal -n $(WORKERS)

docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

screenshots: $(READY)
	$(BIN)/python scripts/screenshots.py

# Some 500 kills, and 30 disturbances of two schedulers and four workers: an hour or less. Nothing of a reading may be
# lost, doubled or changed, and no process may be left.
soak: $(READY)
	FEEDBUILDER_SOAK=$(or $(SOAK),10) $(BIN)/pytest -s --timeout 36000 tests/acceptance/test_kills.py tests/cluster/test_disturbed.py

fuzz: $(READY)
	FEEDBUILDER_FUZZ=$(or $(FUZZ),50) $(BIN)/pytest --timeout 36000 --dist worksteal -n $(WORKERS) tests/hostile

coverage: $(READY)
	$(BIN)/pytest --dist worksteal -n $(WORKERS) --cov --cov-report=term

bench: $(READY)
	$(BIN)/python benchmarks/report.py $(ONLY)

bench-run: $(READY)
	$(BIN)/python benchmarks/bench_run.py $(OPTIONS)

bench-cluster: $(READY)
	$(BIN)/python benchmarks/bench_cluster.py $(OPTIONS)

simulate: $(READY)
	$(BIN)/python benchmarks/simulate_schedule.py $(OPTIONS)

bench-detect: $(READY)
	$(BIN)/python benchmarks/bench_detect.py $(CORPUS)

mutate-detection: $(READY)
	$(BIN)/python benchmarks/mutate_detection.py $(if $(ONLY),--only $(ONLY))

bench-articles: $(READY)
	$(BIN)/python benchmarks/bench_articles.py $(ARTICLES)

bench-heal: $(READY)
	$(BIN)/python benchmarks/bench_heal.py $(REDESIGNS)

bench-teach: $(READY)
	$(BIN)/python benchmarks/bench_teach.py $(CORPUS)

bench-import: $(READY)
	$(BIN)/python benchmarks/bench_import.py $(DIR)

bench-browser: $(READY)
	$(BIN)/python benchmarks/bench_browser.py $(OPTIONS)

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Names no package index: whoever installs from it uses their own.
RESOLVE = $(BIN)/uv pip compile -q pyproject.toml --group dev --group docs --all-extras --universal --python-version 3.11 \
	    --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -o requirements.lock

lock: $(READY)
	$(RESOLVE)

upgrade: $(READY)
	$(RESOLVE) --upgrade

release: $(READY)
	@test -n "$(VERSION)" || { echo "say which: make release VERSION=x.y.z" >&2; exit 2; }
	$(BIN)/python scripts/release.py "$(VERSION)" $(if $(DRY),--dry-run)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* htmlcov var build dist site
