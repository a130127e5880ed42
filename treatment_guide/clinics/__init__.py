"""What clinics and record systems use: the link kit, printed sheets, Infobutton, FHIR.

Everything here is made from a clinic's own choices or from a request of a record system. It never
sees the answers of a reader, and never imports the questionnaire or the pages to read.
"""
