"""The style of one language: its guards, its formula of readability, syllables of Spanish."""
