"""Layer 8: grid + form to submission, with findings about the workbook's structure.

``match`` reads a workbook that says what it is, ``recognise`` one that does not, and documents. ``tables``
finds the form's tables by their labels, ``documents`` and ``flattened`` what a report holds of them,
``migration`` moves figures of an older workbook; ``filling`` takes them from rows of data.
"""
