"""What is worth an alert: rules from YAML, matched against incidents."""
