"""Which faults are told: what lies in the folder, what only follows from another, what was meant."""
