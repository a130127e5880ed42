"""What a reader takes along: two printed sheets, the text for a portal, the calendar file.

Everything here is made for one visit of the questionnaire. Pages to read on a screen never belong
here, nor do a clinic's own hand-outs, which are the clinics' room.
"""
