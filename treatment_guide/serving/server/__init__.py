"""The server: its limits, the bodies of forms, the watch over workers.

Pages and the meaning of addresses never belong here.
"""
