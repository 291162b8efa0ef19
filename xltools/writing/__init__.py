"""Layer 7a: plans to .xlsx files. The only package that knows XlsxWriter."""
