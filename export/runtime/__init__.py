"""Bundles on the device: read, run, supervise. Never imports TensorFlow or Keras."""
