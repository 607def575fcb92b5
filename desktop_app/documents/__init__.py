"""Whole files as rows of text; nothing here imports Qt."""
