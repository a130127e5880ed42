"""What a reader takes to the appointment: two printed sheets, a portal message, a calendar file.

Everything here is made from the answers of one visit. Pages for the screen never belong here, and
hand-outs of a clinic belong to `clinics`.
"""
