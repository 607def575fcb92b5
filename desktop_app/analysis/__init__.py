"""The analysis of whole files: documents into a project, texts judged, results out. No Qt."""
