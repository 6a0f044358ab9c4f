# Every target sets up what it needs: a virtual environment of its own in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check audit bench data

run: $(VENV)/run.done
	$(BIN)/python -m streamlit run app.py

# The whole suite: a real browser, office program, database and proxy included. What a browser
# did not show in time is tried once more, and the last line counts it (`rerun`).
test: $(VENV)/dev.done
	sh tests/e2e/chromium.sh
	sh tests/exports/office.sh
	sh tests/store/postgres.sh
	sh tests/bulk/spark.sh
	sh tests/deploy/nginx.sh
	$(BIN)/python -m pytest -n 2 --dist loadgroup --reruns 1 --only-rerun TimeoutError

# Format, lint, types, and the tests that need neither.
check: $(VENV)/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 -m "not browser and not office and not postgres and not spark and not deploy"

# Known faults of the pinned libraries; without a network it says so and passes.
audit: $(VENV)/dev.done
	$(BIN)/python -m tests.security.audit

# One table of ratios, in about half an hour; the machine should have nothing else to do.
bench: $(VENV)/dev.done
	sh tests/e2e/chromium.sh
	$(BIN)/python -m benchmarks

# Write datapackage.json anew after a change to a table.
data: $(VENV)/run.done
	$(BIN)/python data/describe.py

$(VENV)/python.done:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Parley needs Python 3.11 or later: name one with 'make PYTHON=python3.12 ...'."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ $(PYTHON) -c 'import sys; print("This Python cannot make a virtual environment: install what it lacks " \
		"(on Debian and Ubuntu, as root: apt-get install python%d.%d-venv)." % sys.version_info[:2])'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run.done: $(VENV)/python.done requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt || \
		{ echo "The packages could not be fetched: the first start needs the internet; try again with it."; exit 1; }
	touch $@

$(VENV)/dev.done: $(VENV)/run.done requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
