"""The desktop window: text in, verdicts and similar sentences out, all on this computer."""
