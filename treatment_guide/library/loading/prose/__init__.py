"""Words: pages, and the words outside pages."""
