"""Layer 10: many submissions to one summary, every total traceable to its files."""
