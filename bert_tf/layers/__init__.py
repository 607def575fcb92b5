"""The parts of the encoder as Keras layers."""
