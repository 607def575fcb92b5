"""Projects: an analyst's work in one SQLite file, kept through crashes. No Qt."""
