"""Layer 9: submissions to findings: an explicit tuple of checks.

``check`` lists them; ``narrative`` are those of the texts. ``storage`` holds results outside of memory.
"""
