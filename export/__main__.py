"""`python -m export` is `bert-export`."""

from export.cli import main

main()
