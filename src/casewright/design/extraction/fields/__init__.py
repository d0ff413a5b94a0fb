"""What a document says of one field: its type, bounds, choices, pattern, default."""
