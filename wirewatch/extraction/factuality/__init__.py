"""News or history, and the status of what is told."""
