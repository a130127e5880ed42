"""What code and templates look up in content by a string: tables, and the check that it is there."""
