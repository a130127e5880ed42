"""How the guide is served: the server, built pages, middleware, health, logs, metrics.

This room may import all other rooms and knows their addresses. The content of pages never belongs
here.
"""
