"""Layer 8: grid + form to submission, with findings about the workbook's structure."""
