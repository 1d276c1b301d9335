# Faceprint's tasks; `make help` lists them. Each one first installs what it needs.

SWIFT_SOURCES := Sources Tests $(wildcard Benchmarks) Package.swift

# Swift's libraries become part of the program: it starts sooner, and runs where there is no Swift. The other linker
# passes over a warning of theirs.
STATIC := --static-swift-stdlib -Xswiftc -use-ld=lld

# An OpenVINO outside the system's folders has to be shown to the build and to what it builds.
ifdef OPENVINO_PREFIX
export OPENVINO_PREFIX
export PKG_CONFIG_PATH := $(OPENVINO_PREFIX)/lib/pkgconfig$(addprefix :,$(PKG_CONFIG_PATH))
export LD_LIBRARY_PATH := $(OPENVINO_PREFIX)/lib/openvino/lib$(addprefix :,$(LD_LIBRARY_PATH))
endif

.PHONY: build help setup test stress fuzz demo format lint bench rebench benchmarks clean

build: setup ## build the command (the default)
	swift build -c release $(STATIC) --product faceprint

help: ## list the tasks
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

setup: ## install what a build needs and the machine has not
	@Scripts/setup

test: export FACEPRINT_TEST_PYTHON := $(CURDIR)/.tools/test/bin/python
test: export FACEPRINT_TENSORFLOW_PYTHON := $(CURDIR)/.tools/tensorflow/bin/python
test: export FACEPRINT_COMPREFACE_PYTHON := $(CURDIR)/.tools/compreface/bin/python
test: export FACEPRINT_SCHEMATHESIS_PYTHON := $(CURDIR)/.tools/schemathesis/bin/python
test: export FACEPRINT_BROWSER_PYTHON := $(CURDIR)/.tools/browser/bin/python
test: setup ## run all tests
	@Scripts/install-packages test || echo "tests that need what is missing are skipped"
	@Scripts/python-env test
	@Scripts/python-env tensorflow
	@Scripts/python-env compreface
	@Scripts/python-env schemathesis
	@Scripts/python-env browser
	swift build --build-tests
	.build/debug/faceprint model fetch
	swift test --skip-build

stress: export FACEPRINT_STRESS_SECONDS ?= 60
stress: export FACEPRINT_KILLS ?= 500
stress: export FACEPRINT_TEST_PYTHON := $(CURDIR)/.tools/test/bin/python
stress: setup ## use a gallery by 100 threads for a minute, and kill its writer 500 times, on each store
	@Scripts/python-env test
	swift build --build-tests
	swift test --skip-build --filter 'StressTests|KillTests'

# The optimised build, without which a million requests take most of an hour. Leaks are not looked for: the Swift
# runtime keeps what it makes once. What the server keeps is measured by the test.
fuzz: export FACEPRINT_FUZZ_REQUESTS ?= 1000000
fuzz: export ASAN_OPTIONS := detect_leaks=0:quarantine_size_mb=16
# OpenVINO's thread library loads a part of itself in a way that the sanitizer doesn't allow; this forbids it that.
fuzz: export TBB_ENABLE_SANITIZERS := 1
fuzz: setup ## send a million generated requests to the server, under the address sanitizer
	swift build --build-tests -c release -Xswiftc -enable-testing --sanitize=address --scratch-path .build/asan
	swift test --skip-build -c release -Xswiftc -enable-testing --sanitize=address --scratch-path .build/asan \
		--filter RequestFuzzTests

demo: build ## recognise five celebrities on photos
	.build/release/faceprint model fetch
	@Scripts/demo

format: ## format the Swift code
	@Scripts/check-swift
	swift format -i -p -r $(SWIFT_SOURCES)

lint: ## check the Swift code's format
	@Scripts/check-swift
	swift format lint -s -p -r $(SWIFT_SOURCES)

bench: benchmarks ## measure speed beside other implementations, and write docs/BENCHMARKS.md
	Benchmarks/run

rebench: benchmarks ## measure again, and say whether it is as docs/BENCHMARKS.md says
	Benchmarks/run --check

# What both need.
benchmarks: build
	@Scripts/install-packages bench
	@Scripts/python-env bench
	@Scripts/python-env bench-recognition
	@Scripts/python-env tensorflow
	@Scripts/python-env bench-training || echo "PyTorch is left out"
	swift build -c release $(STATIC) --product FaceprintBenchmark
	.build/release/faceprint model fetch

clean: ## remove .build and .tools; what setup installed and the models stay
	rm -rf .build .tools
