"""Files that are shipped with the window: sample texts and translations."""
