"""What people type into the search: synonyms, names of pages, phrases of danger."""
