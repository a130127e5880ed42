"""The rules of a guide as Python expressions over integers, made once at start.

What a condition means stands in `engine/conditions.py`; here is only how it is computed fast.
"""
