"""Layer 3: the rule language: one expression, compiled to an Excel formula and to Python."""
