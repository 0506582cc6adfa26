"""Claims: which figures count people hurt, taken or moved, and how."""
