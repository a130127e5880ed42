"""A clinic's own folder (LOCAL_DIR): its clinics, logo, colors and words, read and checked.

It adds to what readers see and changes nothing of it: no rule, fact, question, danger sign or page.
"""
