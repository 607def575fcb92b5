"""Sentences of the rooms without Qt, in the reader's language."""
