"""The bundles to choose from: found, checked, added, removed, measured. No Qt."""
