"""The languages: how each is written, what a translation is made from, and parity."""
