# Tweetmill. `make` alone says what there is; `make demo` and `make test` do everything on a fresh machine.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PREFIX ?= /usr/local
SECONDS := 60
RELEASE := swift build -c release --static-swift-stdlib
BIN := .build/release
TOOLS := ingest tokenize index-build query pipeline trend-compute fanout
PACKAGES := bzip2 libarchive-dev libarchive-tools libbz2-dev libcld2-dev libicu-dev liblz4-dev liblzma-dev libsimdjson-dev \
  libstemmer-dev libxxhash-dev libyaml-dev libzstd-dev lz4 pkg-config redis-server xz-utils zlib1g-dev zstd

help: ## Show this text
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

deps: ## Install the Debian packages that are missing
	@missing=$$(for p in $(PACKAGES); do dpkg-query -W -f='$${db:Status-Status}\n' $$p 2>/dev/null | grep -q '^installed$$' || echo $$p; done); \
	if [ -z "$$missing" ]; then echo "deps: all $(words $(PACKAGES)) packages are installed"; else \
	  echo "deps: installing" $$missing; sudo=$$( [ $$(id -u) = 0 ] || echo sudo ); \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi

build: deps ## Build the tools for release, with a static standard library
	$(RELEASE)

demo: build ## Build, run pipelines/demo.yaml on samples/ and show answers
	@scripts=Tests/Scripts; bash $$scripts/demo.sh $(BIN)

test: deps ## Run all tests
	swift build -c release --static-swift-stdlib
	TWEETMILL_BIN=$(CURDIR)/$(BIN) swift test --disable-xctest

sweep: deps ## Damage every byte of a segment, not one in eight (minutes)
	TWEETMILL_SWEEP=full swift test --disable-xctest --filter SegmentCompatibilityTests

sanitize: deps ## Run all tests under ASan and LSan, TSan, and UBSan for C (half an hour); fails on any report
	@bash Tests/Scripts/sanitize.sh

fuzz: deps ## Fuzz what reads untrusted bytes, SECONDS=60 a target, corpus in .build/fuzz; fails on any find
	@bash Tests/Scripts/fuzz.sh $(SECONDS) $(TARGETS)

lint: ## Check format, house rules and module arrows
	swift format lint --strict -r Sources Tests Package.swift
	@bash Tests/Scripts/lint.sh

check: lint build test ## Everything before a push

format: ## Format all Swift files in place
	swift format -i -r Sources Tests Package.swift

bench: build ## Measure, beside the peers where they are installed
	@bash Tests/Scripts/bench.sh $(BIN)

samples: deps ## Write samples/ again from its seed
	$(RELEASE) --product bench
	$(BIN)/bench world --out samples

install: build ## Copy the tools to PREFIX/bin (default /usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin
	for t in $(TOOLS); do install -s -m 0755 $(BIN)/$$t $(DESTDIR)$(PREFIX)/bin/$$t; done

clean: ## Remove what was built
	rm -rf .build build

.PHONY: help deps build demo test sweep sanitize fuzz lint check format bench samples install clean
