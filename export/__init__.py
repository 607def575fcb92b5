"""From a trained model folder to a quantized, verified, self-describing `.tflite` bundle."""
