"""Layer 6: what stands in which cell of a workbook, as plain data (no file is touched here)."""
