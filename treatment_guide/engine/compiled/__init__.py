"""The rules of a guide as Python expressions over integers, made once at start.

`engine/conditions.py` defines what a condition means; this package computes it fast.
"""
