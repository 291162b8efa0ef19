"""Tables that became plain text, put back into rows and columns."""
