"""What clinics and record systems use: the link kit, printed sheets, Infobutton, FHIR.

Everything here is made from the choices of a clinic or a request of a record system. It never uses
the answers of a reader, and never imports `questionnaire` or `reading`.
"""
