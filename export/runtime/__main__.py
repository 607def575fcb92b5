"""`python -m export.runtime` is `bert-edge`."""

from export.runtime.cli import main

if __name__ == "__main__":
    main()
