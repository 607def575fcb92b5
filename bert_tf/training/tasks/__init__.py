"""What can be learned: one file a task, each with its reader, loss and measure."""
