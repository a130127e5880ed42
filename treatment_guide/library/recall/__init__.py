"""What is withdrawn at once: its files read, and a library without it."""
