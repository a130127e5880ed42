"""A package, because one of our dependencies installs a `tests` of its own."""
