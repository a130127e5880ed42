"""Content files as text: lines, Markdown, links to the word list, and the rules of style.

`loading` gives a file its meaning; that never belongs here.
"""
