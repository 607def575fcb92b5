"""Worker processes that own a network; for whoever asks them, with a window or without."""
