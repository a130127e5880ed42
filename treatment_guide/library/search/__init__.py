"""The search over the pages: words as people type them, their index, spelling.

Nothing that is typed is kept.
"""
