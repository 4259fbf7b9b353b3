# Everything that a person or CI runs here, one word each. The first use on a machine sets it up under state/ (scripts/setup).

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo serve build verify test test-long lint bench clean

# One thread per process: two processes share the work of the cores, and grading is reproducible.
export OMP_NUM_THREADS := 1
export MKL_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
# nbgrader and the hub start programs that are installed beside them.
export PATH := $(CURDIR)/state/env/bin:$(PATH)

# For a part of it: make test ARGS=tests/policy, make bench ARGS=floor
ARGS ?=
PYTEST := python -m pytest $(ARGS)

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo:  ## a small course from release to course grade, on a throw-away state
	@scripts/setup run
	@autograder demo

serve:  ## the hub for the course in course.toml
	@scripts/setup run
	@autograder serve

build:  ## author text -> source/ and release/
	@scripts/setup run
	@autograder build

verify:  ## try the tests of every assignment on right and wrong solutions
	@scripts/setup run
	@autograder verify --seeds 5 $(ARGS)

test:  ## the tests (a few minutes)
	@scripts/setup test
	$(PYTEST) -m "not long" -n 2 --dist loadfile

test-long:  ## the tests that take long or need PostgreSQL
	@scripts/setup long
	$(PYTEST) -m long -n 2 --dist loadfile

lint:  ## ruff and mypy
	@scripts/setup test
	ruff check .
	mypy

bench:  ## how long grading takes here -> benchmarks/results.json
	@scripts/setup run
	python -m benchmarks $(ARGS)

clean:  ## remove what can be made again: environment, caches (never the ledger, the gradebook or the secret)
	rm -rf state/env state/node state/cache state/setup.log state/setup.lock
