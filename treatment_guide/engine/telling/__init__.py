"""How an outcome is told: the actions that follow from notices, and options in groups that share a
reason. No words, no clock.
"""
