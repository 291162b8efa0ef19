"""How many files are gone through: in this process, in several or elsewhere, with results kept."""
