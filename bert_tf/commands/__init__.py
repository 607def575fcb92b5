"""The verbs of `bert-tf`, one file a group."""
