# Two commands on a fresh machine with a Swift toolchain: `make london` and `make test`.

BINARY := .build/release/mismatch
SOURCES := Package.swift $(shell find Sources -type f)
# A static standard library starts faster, and the binary runs where no Swift is installed.
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)

.PHONY: london examples test sanitize sanitize-address fuzz lint format docs docs-library bench spark wheel wheel-test install package package-test report-test pictures setup clean

london: $(BINARY)
	@$(BINARY) run Datasets/london/job.yaml

examples: $(BINARY)
	@for job in Datasets/*/job.yaml; do $(BINARY) run $$job || exit 1; echo; done

test: .build/setup
	swift build --build-tests
	swift test --skip-build

# The tests of the code that touches memory by hand.
BY_HAND := DenseTests|OutputFolderTests|CSVTextTests|SideBlocksTests|RecordBlocksTests|ScannerPropertyTests|TextPattern|GzipTests|ArrowTests|WorkbookArchiveTests|NomisTests

# Both sanitizers over them. Leaks are not looked for: the test runner and Foundation's Process leak at start-up.
sanitize: sanitize-address
	swift test --scratch-path .build-thread --sanitize thread --filter '$(BY_HAND)'

sanitize-address: .build/setup
	ASAN_OPTIONS=detect_leaks=0 swift test --scratch-path .build-address --sanitize address --filter '$(BY_HAND)'

# libFuzzer with AddressSanitizer, FUZZ_SECONDS (60) for each target or FUZZ_RUNS; see Fuzz/README.md.
fuzz: .build/setup
	MISMATCH_FUZZ=1 swift build -c release --sanitize fuzzer --sanitize address --disable-dead-strip \
	  --product Fuzz --scratch-path .build-fuzz
	Fuzz/run.sh $(FUZZ_TARGETS)

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Fuzz/Sources Benchmarks/Package.swift Benchmarks/WholeRun Benchmarks/Space Benchmarks/Transport

format:
	swift format --in-place --recursive Package.swift Sources Tests

# A site that can be searched from the disk: .build/docs/site/index.html. Broken links fail.
docs:
	Documentation/site/build.sh .build/docs

# The library's own pages, which need a server: python3 -m http.server -d .build/docs-library, /documentation/mismatch.
docs-library: .build/setup
	MISMATCH_DOCS=1 swift package --scratch-path .build-docs --allow-writing-to-directory .build/docs-library generate-documentation \
	  --target Mismatch --symbol-graph-minimum-access-level internal \
	  --transform-for-static-hosting --output-path .build/docs-library

bench: $(BINARY)
	Benchmarks/run.sh

# Tallies by Spark and SQL, with what they need installed under .build/spark; some five minutes on two cores.
spark: $(BINARY)
	Clients/spark/acceptance/run.sh

# The executable for Python: .build/wheel/dist.
wheel: $(BINARY)
	Clients/python/build.sh $(BINARY) .build/wheel

# In a fresh virtual environment.
wheel-test: wheel
	Clients/python/test.sh .build/wheel/dist/*.whl

# Reports in a real browser, with what that needs installed under .build.
report-test: $(BINARY)
	Tests/Report/test.sh $(BINARY)

# The pictures of the README and the tutorial, from London's report.
pictures: report-test
	$(BINARY) run Datasets/london/job.yaml --quiet
	.build/report-environment/bin/python Tests/Report/pictures.py $(CURDIR)/Datasets/london/out/report.html Documentation/images

# The command, its manual page and completions.
PREFIX ?= /usr/local
install: $(BINARY)
	Packaging/install.sh $(BINARY) $(DESTDIR)$(PREFIX)

# A Debian package, and an archive with libraries: .build/package.
package: $(BINARY)
	Packaging/package.sh $(BINARY) .build/package

# In a clean root, as root.
package-test: package
	Packaging/test.sh .build/package $(BINARY)

setup: .build/setup

$(BINARY): $(SOURCES) .build/setup
	swift build -c release $(STATIC) --product mismatch
	@touch $(BINARY)

.build/setup: setup.sh
	sh setup.sh
	@mkdir -p .build && touch .build/setup

clean:
	rm -rf .build .build-* Datasets/*/out
