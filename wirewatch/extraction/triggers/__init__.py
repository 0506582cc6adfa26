"""The words that tell an event, and its type."""
