"""Settings, and the YAML a user edits."""
