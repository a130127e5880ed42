"""Reading pages made once: a build that the server holds in memory, or a plain folder of files.

Only pages made of content alone are built. A page with a reader's answers never is.
"""
