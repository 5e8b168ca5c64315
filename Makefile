# Everything happens in a virtual environment in .venv; `make clean` removes it.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	-c requirements.lock

RUN := numpy tqdm
DOCS := $(RUN) pycco Markdown Pygments latex2mathml pygraphviz matplotlib
TEST := $(DOCS) pytest pytest-xdist
ALL := $(TEST) ruff playwright fonttools brotli
PEERS := autograd jax tensorflow-cpu tensorboard torch

.DEFAULT_GOAL := run
.PHONY: run course exercise test test-all lint format docs read picture bench jax \
	peers help clean

# A file of tests stays in one process, since its tests share what is slow to make. More
# processes than four have nothing to do.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

run: .venv/run  ## train XOR and show the program that did it (the default)
	$(BIN)/python main.py

course: .venv/docs  ## run the chapters of the course, and draw their pictures anew
	@for chapter in course/part*.py; do \
		name=$$(basename $$chapter .py); echo "== $$name"; \
		$(BIN)/python -m course.$$name || exit 1; done

exercise: .venv/run  ## check exercise N, as in make exercise N=3; all, without N
	$(BIN)/python -m exercises $(N)

test: .venv/test  ## test the framework, and the examples of the pages
	$(PYTEST) tests/heart tests/rooms \
		$(patsubst %,tests/pages/test_%.py,prose readme derivations exercises)

test-all: .venv/all .venv/axe.min.js  ## test the pages and the peers as well
	$(PYTEST)

lint: .venv/all  ## check the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv/all  ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/docs  ## make the pages in docs/ and the notebooks anew
	$(BIN)/python -m weave

read:  ## open the book in a browser
	@echo "opening docs/index.html; without a browser here, open it yourself"
	@$(PYTHON) -m webbrowser "file://$(CURDIR)/docs/index.html"

picture: docs .venv/all  ## take the pictures of pages for the README anew
	$(BIN)/python -m weave.photograph

bench: .venv/run  ## measure speed and memory; compares with the peers installed
	$(BIN)/python benchmarks/bench.py

jax: .venv/run  ## install JAX, for xla.py
	$(PIP) jax

peers: .venv/run  ## install what tests and `make bench` compare with (about 2 GB)
	$(PIP) $(PEERS)
	$(PIP) --no-deps tf-keras

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

clean:  ## remove the virtual environment and what tools left behind
	rm -rf .venv .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# An empty file in .venv says that a group of packages is installed; it is out of date
# when the lock file is newer.

.venv/bin/python:
	$(PYTHON) -m venv .venv || { rm -rf .venv; false; }

.venv/run: requirements.lock | .venv/bin/python
	$(PIP) $(RUN)
	@touch $@

.venv/docs: requirements.lock | .venv/bin/python
	$(PIP) $(DOCS)
	@touch $@

# What looks for faults that keep people from reading a page.  Without npm, its tests are
# skipped.
AXE := axe-core-4.14.1

.venv/axe.min.js: | .venv/bin/python
	-cd .venv && npm pack --silent $(subst core-,core@,$(AXE)) && \
		tar -xzf $(AXE).tgz --strip-components=1 package/axe.min.js

.venv/test: requirements.lock | .venv/bin/python
	$(PIP) $(TEST)
	@touch $@

.venv/all: requirements.lock | .venv/bin/python
	$(PIP) $(ALL)
	@touch $@
