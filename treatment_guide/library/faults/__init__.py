"""Which faults are reported: stray files, faults that only follow from another, nearest words."""
