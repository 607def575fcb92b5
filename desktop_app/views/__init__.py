"""Windows, pages and painted controls; they show and ask, and hold no rules."""
