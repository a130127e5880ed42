"""The room of page feedback: did a page help? One small table, and nothing about who says so."""
