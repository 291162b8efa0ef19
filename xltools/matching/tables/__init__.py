"""Tables of a form found on a sheet by their labels."""
