"""How a model learns: optimizer, loop, checkpoints, progress, model card."""
