"""What all rooms that answer requests share: error pages, methods, codings, template tags.

It may use the library, but no page. Code that only one room needs never belongs here.
"""
