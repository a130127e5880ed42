"""What clinics and record systems use: the link kit, printed sheets, Infobutton, FHIR."""
