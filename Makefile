# What a person does with Warta from a shell. Needs GNU make 3.81 or later, a POSIX shell and Python 3.11 or later.

VENV := .venv
PY := $(VENV)/bin/python
CATALOGUES := $(wildcard cms/locale/*/LC_MESSAGES/*.po cms/locale_wagtail/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
LOCK := $(PY) -m uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --only-binary :all:

.NOTPARALLEL:
.PHONY: help run setup test soak check bench messages lock

help: ## these lines
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

run: setup ## set everything up and serve the site on 127.0.0.1:$PORT (8000); Ctrl-C stops it
	@exec $(PY) manage.py serve --prepare --demo --follow-parent

setup: $(VENV)/.locked $(COMPILED) ## make the environment and compile the messages, nothing more

# Where Python is told not to keep what it has compiled, every process of the suite would compile all of Warta.
test: $(VENV)/.locked-dev $(COMPILED) ## the whole suite, on SQLite or on $DATABASE_URL
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -q -n 2 --dist worksteal -m "not browser$(if $(findstring postgres,$(DATABASE_URL)), and not own_site and not proof)"

soak: $(VENV)/.locked-dev $(COMPILED) ## random editorial histories, published and compared, until one fails or $MINUTES have passed
	@MINUTES="$(MINUTES)" LOG_LEVEL=ERROR $(PY) -m pytest -q --capture=no tests/soak.py

check: $(VENV)/.locked-dev $(COMPILED) ## style, types, imports, templates, migrations, messages, deployment
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m ty check
	@$(VENV)/bin/lint-imports --no-cache
	@find templates cms home news search -name '*.html' -exec $(VENV)/bin/djhtml --check --tabwidth 2 {} +
	@$(PY) manage.py makemigrations --check --dry-run --verbosity 0
	@$(PY) -m cms.messages check
	@SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" ALLOWED_HOSTS=cms.example \
		BASE_URL=https://cms.example $(PY) manage.py check --deploy --fail-level WARNING

bench: setup ## measure every part that has a figure to keep; writes var/bench/
	@$(PY) manage.py bench

messages: $(VENV)/.locked-dev ## read the interface's words from the source into cms/locale
	@$(PY) -m cms.messages update

lock: $(VENV)/.locked-dev ## pin every dependency anew, with hashes
	@$(LOCK) --upgrade pyproject.toml -o requirements.txt
	@$(LOCK) --upgrade --extra dev pyproject.toml -o requirements-dev.txt

$(VENV)/.locked: requirements.txt | $(PY)
	@$(PY) -I cms/bootstrap.py install requirements.txt $@

# The development lock holds every line of the other one, so it makes that one's stamp too.
$(VENV)/.locked-dev: requirements-dev.txt | $(PY)
	@$(PY) -I cms/bootstrap.py install requirements-dev.txt $@
	@touch $(VENV)/.locked

# The oldest suitable Python is taken, so that what works here works with all newer ones.
$(PY):
	@for each in $${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3 python}; do \
		if $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			exec $$each -I cms/bootstrap.py create $(VENV); \
		fi; \
	done; \
	echo "Warta memerlukan Python 3.11 atau lebih baru, tetapi $${PYTHON:-python3} di komputer ini adalah" \
		"$$($${PYTHON:-python3} --version 2>&1 || true). Pasang Python 3.11, atau sebutkan letaknya:" \
		"make run PYTHON=/usr/local/bin/python3.11" >&2; \
	exit 1

%.mo: %.po | $(PY)
	@$(PY) -m cms.messages compile $<
