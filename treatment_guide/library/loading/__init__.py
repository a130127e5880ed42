"""From the files of `content/` to one library: each kind of content is read and checked here.

Every fault is collected with file, line and field. Nothing here is needed to answer a request.
"""
