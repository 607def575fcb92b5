"""The parts of the page of files."""
