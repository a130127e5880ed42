"""Pages made of content alone: options, steps, situations, topics, comparison, search, about pages.

Each page depends only on the library and its address. Pages that depend on answers belong to
`questionnaire`.
"""
