"""Every recipe for one model, measured side by side, and the one to take."""
