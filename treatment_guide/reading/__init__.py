"""Pages made of content alone: options, steps, situations, topics, comparison, search, about pages.

Each page is made from the library and its address, and nothing else. Whatever depends on what a
reader answered never belongs here: that is the questionnaire's.
"""
