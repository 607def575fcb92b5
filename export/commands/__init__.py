"""The verbs of `bert-export`, a file each."""
