"""The audit: proves properties of the rules over all possible sets of answers.

It calls the same functions as the server, and has no second copy of the rules.
"""
