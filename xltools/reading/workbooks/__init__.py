"""Workbooks (.xlsx, .ods, .xls and their relatives) to grids."""
