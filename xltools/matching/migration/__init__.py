"""Figures of an older workbook moved to the form that is due."""
