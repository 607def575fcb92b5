"""The verbs of `bert-edge`. What is heavy is imported inside them."""
