"""What the page of a question shows: its choices, the picture of the body, the list so far."""
