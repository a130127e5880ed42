"""Pages about the guide itself: the scorecard, the proof, the safety matrix."""
