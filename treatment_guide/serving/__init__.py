"""How the guide is served: the server, the built pages, middleware, health, logs, counts.

This room stands around the others and knows their addresses. What a page says never belongs here.
"""
