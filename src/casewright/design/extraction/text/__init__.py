"""Text as the extractor walks and compares it: passages, tables, names, numbers."""
