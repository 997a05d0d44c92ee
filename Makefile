# The doors of the project. `make` alone lists them.

export SWIFT ?= swift
ARGS ?=
# Libraries in C as their authors release them, without checks of their own invariants: BoringSSL
# has some in the arithmetic of every signature that it makes.
RELEASE := --configuration release -Xcc -DNDEBUG
QUICK ?=
MINUTES ?= 60
SECONDS ?= 20

.DEFAULT_GOAL := help
.PHONY: help run test build lint lint-format bench fuzz sanitize soak torture mutants setup \
    clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build, then run the demonstration community until Ctrl-C (ARGS="--once" ends it)
	.build/release/commonway demo $(ARGS)

test: ## run every test, in debug, with the built program (FILTER=RoutingTests for a part)
	@scripts/setup build test
	$(SWIFT) build --product commonway
	$(SWIFT) build --build-tests
	@FILTER='$(FILTER)' scripts/test

build: ## build the release program, .build/release/commonway
	@scripts/setup build
	$(SWIFT) build $(RELEASE) --product commonway

lint: lint-format ## check the formatting, then the house's laws (builds the tests)
	@scripts/setup build
	@echo "The laws of the house are tests: building and running TidyTests."
	$(SWIFT) test --disable-xctest --filter TidyTests

lint-format: ## check the formatting alone (builds nothing)
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

bench: ## measure beside nginx, HAProxy and Caddy, and logs, in 20 minutes (QUICK=1: in 4)
	@scripts/setup build bench
	$(SWIFT) build $(RELEASE) --product commonway
	$(SWIFT) build $(RELEASE) --product Bench
	.build/release/Bench $(if $(QUICK),--quick) $(ARGS)

sanitize: ## run the system tests with the program under AddressSanitizer, then ThreadSanitizer
	@scripts/setup build test
	@scripts/sanitize

soak: ## mixed load on the release program for a long time (MINUTES=60): memory, descriptors
	@scripts/setup build test
	$(SWIFT) build $(RELEASE) --product commonway
	$(SWIFT) build --build-tests
	COMMONWAY_SOAK_MINUTES=$(MINUTES) COMMONWAY_PROGRAM=$(CURDIR)/.build/release/commonway \
	    $(SWIFT) test --skip-build --disable-xctest --filter SoakTests

torture: ## kill the council at every step and fail its disk at every call, in 15 minutes
	@scripts/setup build test
	$(SWIFT) build $(RELEASE) --product commonway
	$(SWIFT) build --build-tests
	COMMONWAY_TORTURE=1 COMMONWAY_PROGRAM=$(CURDIR)/.build/release/commonway \
	    $(SWIFT) test --skip-build --disable-xctest --no-parallel --filter TortureTests

fuzz: ## search with libFuzzer, each target for SECONDS=20 (TARGET=request-head for one)
	@TARGET='$(TARGET)' SECONDS_EACH='$(SECONDS)' scripts/fuzz

mutants: ## change one line of matcher, planner or reducer at a time: a test must notice
	@scripts/setup build test
	scripts/mutants

setup: ## install the Debian packages that are missing, for building and for tests
	@scripts/setup build test

clean: ## remove what was built; downloaded dependencies stay
	$(SWIFT) package clean
	rm -rf .build-fuzz/build .build-mutants
