"""What leaves the program: tables, summaries, charts and reports. No Qt here."""
