"""Qt item models: rows of results, ready for a view."""
