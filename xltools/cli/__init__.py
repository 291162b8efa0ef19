"""Layer 13: the command line: parse, call a workflow, render, exit."""
