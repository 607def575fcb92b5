"""The command line of the application: the same analysis without a window. No Qt here."""
