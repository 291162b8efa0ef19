"""Layer 4: forms, units and submissions as frozen dataclasses."""
