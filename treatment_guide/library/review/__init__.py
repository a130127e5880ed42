"""What a clinician can sign: the subjects, what each covers, its hash, and what stands signed."""
