"""Whole networks: the encoder, and the encoder with a task head."""
