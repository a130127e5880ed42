"""What every room that answers requests shares: errors, methods, address, codings, template tags.

It knows the library and no page. What only one room needs never belongs here.
"""
