"""The proof that the rules keep their promises, over all answers there are.

It asks the functions that readers are served by, and holds none of its own rules.
"""
