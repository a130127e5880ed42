"""The environment variables of a process: read in one place, checked together."""
