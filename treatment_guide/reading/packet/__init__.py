"""The paper form of what a clinician signs: a packet in parts that each take at most 20 minutes."""
