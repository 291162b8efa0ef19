"""Layer 11: results to text, JSON, HTML: one renderer a file, all pure."""
