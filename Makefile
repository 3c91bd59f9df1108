# `make run` builds copydesk and turns seeds/ into output/; `make test` is what CI runs.

CARGO ?= cargo
PYTHON ?= python3
TARGET := $(or $(CARGO_TARGET_DIR),target)
VENV := .venv/bin/python
# Data for the scorers; what uses it skips with a message where it is absent.
export COPYDESK_SHARED ?= $(abspath ../shared)

.PHONY: run test format lint unit readers test-slow bench score clean

run:
	$(CARGO) run --release --locked -p copydesk -- run seeds -o output

test: format lint unit readers

format:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(CARGO) run --locked -q -p xtask -- edges

unit:
	$(CARGO) test --workspace --locked

readers: .venv/installed
	$(CARGO) build --locked -p copydesk
	rm -rf $(TARGET)/readers
	$(TARGET)/debug/copydesk run seeds -o $(TARGET)/readers
	COPYDESK_OUTPUT=$(TARGET)/readers COPYDESK_BIN=$(TARGET)/debug/copydesk $(VENV) -m unittest discover -s tests -t .

# The same behaviours as in `make test`, in full size: takes long and much disk.
test-slow: .venv/installed
	$(CARGO) test --workspace --locked --release -- --include-ignored
	$(CARGO) build --release --locked -p copydesk
	COPYDESK_KILLS=200 COPYDESK_FAULT_STEP=1 COPYDESK_MOMENT=1 COPYDESK_PAGES=1000000 \
		COPYDESK_BIG_PAGES=500000 COPYDESK_BIG_PART=16M COPYDESK_BIN=$(TARGET)/release/copydesk \
		$(VENV) -m unittest discover -s tests/runs -t .
	COPYDESK_LIMITED_MB=5120 COPYDESK_TEXT_MB=2200 COPYDESK_BIN=$(TARGET)/release/copydesk \
		$(VENV) -m unittest tests.robustness.test_limits

bench:
	$(CARGO) bench --workspace --locked

score: .venv/installed
	$(CARGO) build --release --locked -p copydesk
	COPYDESK_BIN=$(TARGET)/release/copydesk $(VENV) -m tests.score

.venv/installed: tests/requirements.txt
	$(PYTHON) -m venv .venv
	$(VENV) -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

clean:
	$(CARGO) clean
	rm -rf .venv
