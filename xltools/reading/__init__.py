"""Layer 7b: untrusted files to grids. The only package that parses files that came back."""
