"""How pages become HTML: what templates are given, words, tags, style, drawings, prepared parts.

No request and no answer is made here; rooms render their templates with it.
"""
