"""How the guide is served: the server, its limits, the bodies of forms, the watch over workers.

What a page says never belongs here, nor what an address means.
"""
