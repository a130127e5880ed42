"""What the environment of a process sets: read in one place, checked together."""
