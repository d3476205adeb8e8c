# weir: everything that is done with this repository. `make help` lists it.

SWIFT ?= swift
PREFIX ?= /usr/local

# The program, stripped and with Swift's libraries inside. A copy beside SwiftPM's own, so that
# the next build doesn't find its output changed and link again.
WEIR := .build/weir
SOURCES := Sources Tests Package.swift

# The clients of brokers (package traits Kafka, Redis, NATS, MQTT, Postgres) are in the program; a
# bare `swift build` leaves them out.
TRAITS := --enable-all-traits
RELEASE := -c release --static-swift-stdlib --product weir $(TRAITS)

.DEFAULT_GOAL := build
.PHONY: help demo test build bench pictures soak fuzz differential tsan lint format install clean
.PHONY: swift build-packages test-packages bench-packages
# One package installation and one build at a time; each uses all cores by itself.
.NOTPARALLEL:

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo: build ## Build weir, and show a simulated plant live.
	@if [ -t 0 ] && [ -t 1 ] && [ -n "$$TERM" ] && [ "$$TERM" != dumb ]; then \
	    exec $(WEIR) demo; \
	else \
	    echo "No terminal here, so the dashboard isn't shown. In one: make demo, or $(WEIR) demo"; \
	    echo "Without one, windows can be printed: $(WEIR) demo --headless --duration 5s"; \
	fi

build: build-packages swift ## Build weir for use, into .build/weir.
	@$(SWIFT) build $(RELEASE)
	@strip -o $(WEIR) .build/release/weir
	@ls -l $(WEIR) | awk '{ printf "%s: %.1f MB\n", $$NF, $$5 / 1e6 }'

# The journeys run the program as it is shipped, and instructions are counted in it.
test: test-packages build ## Run all tests.
	WEIR_BINARY=$(CURDIR)/$(WEIR) $(SWIFT) test --disable-xctest $(TRAITS)

soak: SEED := $(shell od -An -N4 -tu4 /dev/urandom | tr -d ' ')
soak: test-packages build ## Run the tests with their full counts. SEED=n repeats a run.
	@echo "soak: seed $(SEED) (again: make soak SEED=$(SEED))"
	@WEIR_SOAK=1 WEIR_SEED=$(SEED) WEIR_BINARY=$(CURDIR)/$(WEIR) \
	    $(SWIFT) test --disable-xctest $(TRAITS) || { echo "soak: failed with seed $(SEED)"; exit 1; }
	@$(MAKE) differential COUNT=2000 SEED=$(SEED)
	@$(MAKE) fuzz tsan
	@echo "soak: passed with seed $(SEED)"

# Gold can't link what is sanitized.
SANITIZED := -Xswiftc -use-ld=lld

fuzz: FUZZ_SECONDS := 120
fuzz: build-packages swift ## Feed decoders and parsers garbage. FUZZ_SECONDS=n for each of them.
	@WEIR_FUZZ=1 $(SWIFT) build --scratch-path .build-fuzz -c release --product weir-fuzz \
	    --sanitize=address $(SANITIZED) -Xswiftc -sanitize=fuzzer -Xcxx -fsanitize=fuzzer-no-link
	@Tests/Fuzz/run $(FUZZ_SECONDS)

differential: COUNT := 200
differential: SEED := 1
differential: bench-packages build ## Ask weir and DuckDB the same. COUNT=n queries, SEED=n.
	@WEIR_BINARY=$(CURDIR)/$(WEIR) Tests/Differential/run --count $(COUNT) --seed $(SEED)

# Sources, queue and pipeline, and the whole program on pipes and on a terminal. The sanitizer takes
# a crash for its own; the demos' stories and the pages have no threads.
TSAN := --scratch-path .build-tsan --sanitize=thread $(SANITIZED) $(TRAITS)
tsan: test-packages ## Run the tests of threads under the thread sanitizer.
	@$(SWIFT) build --build-tests $(TSAN)
	@rm -f .build-tsan/race.*
	@WEIR_BINARY=$(CURDIR)/.build-tsan/debug/weir \
	    TSAN_OPTIONS=report_thread_leaks=0:log_path=$(CURDIR)/.build-tsan/race \
	    $(SWIFT) test --skip-build $(TSAN) --disable-xctest \
	    --filter 'ConnectorsTests|DecodeAheadTests|InputQueueTests|PipelineTests|JourneyTests' \
	    --skip 'Story|DemoAlert|CommandPage|aCrash'; \
	status=$$?; cat .build-tsan/race.* 2>/dev/null && status=1; exit $$status

bench: EVENTS := 5000000
bench: ROUNDS := 5
bench: bench-packages build ## Measure weir against C++ and other systems. EVENTS=n ROUNDS=n
	Benchmarks/run --events $(EVENTS) --rounds $(ROUNDS)
	@echo
	Benchmarks/screen/run
	@echo
	Benchmarks/rules

pictures: test-packages ## Draw the pictures of the documentation anew, from the demos.
	WEIR_PICTURES=1 $(SWIFT) test --disable-xctest $(TRAITS) --filter GoldenFrameTests

lint: build-packages swift ## Check the format of the source files.
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: build-packages swift ## Format the source files.
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

install: build ## Install weir and what belongs to it under PREFIX (/usr/local).
	install -D -m 755 $(WEIR) $(DESTDIR)$(PREFIX)/bin/weir
	install -D -m 644 docs/weir.1 $(DESTDIR)$(PREFIX)/share/man/man1/weir.1
	install -d $(DESTDIR)$(PREFIX)/share/weir
	cp -R themes Examples $(DESTDIR)$(PREFIX)/share/weir/
	install -m 644 docs/dashboard.schema.json $(DESTDIR)$(PREFIX)/share/weir/
	$(WEIR) --generate-completion-script bash >.build/weir.bash
	$(WEIR) --generate-completion-script zsh >.build/_weir
	$(WEIR) --generate-completion-script fish >.build/weir.fish
	install -D -m 644 .build/weir.bash \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions/weir
	install -D -m 644 .build/_weir $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_weir
	install -D -m 644 .build/weir.fish \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/weir.fish

clean: ## Remove everything that was built.
	rm -rf .build .build-fuzz .build-tsan .build-differential Benchmarks/venv Benchmarks/data

build-packages:
	@.ci/packages build

test-packages:
	@.ci/packages test

bench-packages:
	@.ci/packages bench

# After the packages, because the toolchain itself doesn't start without some of them.
swift: build-packages
	@command -v $(SWIFT) >/dev/null || { \
	    echo "weir is built with Swift 6.1 or newer, and there is no \`$(SWIFT)\` here."; \
	    echo "Get it at https://www.swift.org/install, or say where: make SWIFT=/path/to/swift"; \
	    exit 1; }
