"""What comes in: data sets, readers, batches."""
