"""Content files in; checked, immutable objects out. The only room that reads `content/`."""
