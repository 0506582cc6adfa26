"""One thin Faust agent a file."""
