"""Published reports (text, web page, Word, PDF) to grids."""
