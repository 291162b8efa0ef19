"""Limits of the file format and of the suites (Microsoft, "Excel specifications and limits")."""

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_SHEET_NAME = 31
MAX_CELL_TEXT = 32_767
MAX_FORMULA = 8_192
MAX_FUNCTION_ARGUMENTS = 255
MAX_INPUT_TITLE = 32
MAX_INPUT_MESSAGE = 255
MAX_LIST_SOURCE = 255
MAX_EXACT_NUMBER = 10**15
"""Excel keeps 15 significant digits; a figure from here on cannot be trusted to its last digit."""
MAX_COMPUTABLE = 1e300
"""Sums of figures from here on may go beyond what a cell can hold (about 1.8e308) and give ``#NUM!``."""
FORBIDDEN_IN_SHEET_NAME = "[]:*?/\\'"
