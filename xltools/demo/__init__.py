"""Layer 12: the demonstration: a whole round on a real return and two made-up counties."""
