"""A guide to what comes after a steroid injection that did not help enough."""
