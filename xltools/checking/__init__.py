"""Layer 9: submissions to findings: an explicit tuple of checks."""
