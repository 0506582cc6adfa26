"""Who says so, and whether it is confirmed."""
