"""Text to token ids and back; free of TensorFlow, shared by training and the device."""
