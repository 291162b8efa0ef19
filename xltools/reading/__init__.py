"""Layer 7b: untrusted files to grids. The only package that parses files that came back.

``package`` is the guard every zip goes through, ``grid`` what all readers give; ``workbooks`` reads .xlsx,
.ods and .xls, ``documents`` published reports; rosters, data files and keys are read by modules of their own.
"""
