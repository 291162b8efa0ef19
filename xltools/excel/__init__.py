"""Layer 2: Excel's references, limits and value semantics."""
