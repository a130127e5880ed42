"""Page feedback: did this page help? One small table, with nothing about the sender."""
