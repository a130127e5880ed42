"""Tables of the ids and keys that code and templates look up in content, and their check."""
