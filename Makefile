# Two environments: .venv runs (no TensorFlow), .venv-dev learns, converts and tests.
PYTHON ?= python3
BUILD ?= build
DEVICE := .venv/bin/python
DEV := .venv-dev/bin/python
export TF_CPP_MIN_LOG_LEVEL ?= 3

.DEFAULT_GOAL := help
.PHONY: help run test soak demo models bench lint clean

help:  ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

.venv/ready: setup.cfg pyproject.toml constraints/device.txt
	$(PYTHON) -m venv .venv
	$(DEVICE) -m pip install --quiet --upgrade pip
	$(DEVICE) -m pip install --quiet --constraint constraints/device.txt --editable '.[desktop]'
	@touch $@

.venv-dev/ready: setup.cfg pyproject.toml constraints/dev.txt
	$(PYTHON) -m venv .venv-dev
	$(DEV) -m pip install --quiet --upgrade pip
	$(DEV) -m pip install --quiet --constraint constraints/dev.txt --editable '.[dev]'
	@touch $@

run: .venv/ready  ## open the desktop application on the shipped bundles
	@$(DEVICE) -m desktop_app

test: .venv/ready .venv-dev/ready  ## all tests
	$(DEV) -m pytest -m 'not soak'

soak: .venv/ready .venv-dev/ready  ## the longer proofs
	$(DEV) -m pytest -m soak

demo: .venv-dev/ready  ## a small fine-tuning, export, verification and verdict, end to end
	$(DEV) -m benchmarks.demo $(BUILD)/demo

lint: .venv-dev/ready  ## style and types
	$(DEV) -m ruff check .
	$(DEV) -m ruff format --check .
	$(DEV) -m mypy bert_tf export desktop_app

clean:  ## remove what was built; the environments stay
	rm -rf $(BUILD) dist *.egg-info
