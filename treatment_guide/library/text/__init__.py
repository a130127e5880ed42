"""Content files as text: lines, Markdown, links to the word list, and the rules of style.

What a file means never belongs here: that is `loading`.
"""
