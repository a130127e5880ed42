"""What clinics, hospitals and reviewers write: the shapes of their files."""
