# The words of the project. Each is a thin call of a tool; `make help` prints them.
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.setup-done

.PHONY: help setup up chat test check eval conformance screenshots fuzz bench engine up-dapr test-dapr bench soak-dapr

help:  ## print these words
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 16

setup: $(STAMP)  ## make .venv and install what uv.lock pins

$(STAMP): pyproject.toml uv.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet "$$(grep -o 'uv==[0-9.]*' pyproject.toml)"
	UV_PROJECT_ENVIRONMENT=.venv $(BIN)/uv sync --frozen --quiet --compile-bytecode --all-extras
	touch $@

up: setup  ## start Taskora and talk to it
	@$(BIN)/taskora up --detach
	$(BIN)/taskora chat

chat: setup  ## talk to the running host (started if there is none)
	@$(BIN)/taskora chat

test: setup  ## run the tests
	@$(BIN)/pytest

check: setup  ## style, types, direction of imports, size
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/architecture -q

eval: setup  ## prove that what people type is understood
	@$(BIN)/python -m evals gate

conformance: setup  ## hold the MCP server to the official suite and a linter (Node comes with setup)
	@$(BIN)/python -m tests.conformance

fuzz: setup  ## look for lines that break the reader, a long time
	@$(BIN)/pytest tests/nlu/test_reading_properties.py -q -p no:cacheprovider --timeout=0 --hypothesis-profile=fuzz

bench: setup  ## measure every figure and write docs/benchmarks.md
	@$(BIN)/python -m benchmarks

screenshots: setup  ## draw the pictures of the terminal anew
	@$(BIN)/python -m tests.local.screenshots

soak: setup  ## kill the host at random moments while people work (SEED=, KILLS=1000 or MINUTES=)
	@$(BIN)/python -m tests.faults.soak $(if $(SEED),--seed $(SEED)) $(if $(KILLS),--kills $(KILLS)) $(if $(MINUTES),--minutes $(MINUTES))

engine:  ## build the sidecar and its scheduler into a cache (once, five minutes)
	@tools/dapr/engine.sh

test-dapr: setup  ## run the tests with real sidecars, scheduler and Redis
	@$(BIN)/pytest tests/dapr

bench-dapr: setup  ## measure the way of events on both hosts, side by side
	@$(BIN)/python -m benchmarks dapr

up-dapr: setup engine  ## start the whole system on Dapr on this machine, until Ctrl-C
	@$(BIN)/python -m services.server.up
