"""What people see: events, incidents and alerts for terminals and HTML."""
