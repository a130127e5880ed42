"""The outcome page: what to do next, what to take care of, the options in their groups, questions to
ask. Its HTML is made at start, and joined for each reader.
"""
