"""Reads the reviews by clinicians: roles, signatures, objections."""
