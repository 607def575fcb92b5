"""Texts and what is known about them; nothing here imports Qt."""
