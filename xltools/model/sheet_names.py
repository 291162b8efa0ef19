"""Names of the sheets that every workbook has beside those of its form's sections."""

COVER_SHEET = "封面"
PROBLEMS_SHEET = "问题清单"
INSTRUCTIONS_SHEET = "填报说明"
AUDIT_SHEET = "审核"
LEDGER_SHEET = "分单位明细"
RECEIPTS_SHEET = "报送情况"
RESULTS_SHEET = "审核结果"
NODES_SHEET = "节点检查"
COMPARISON_SHEETS = {"year": "同比", "month": "环比"}
"""By the kind of period a form has: the comparison with the period before."""
CHARTS_SHEET = "图表"
IDENTITY_SHEET = "_xltools"

LISTING_SHEETS = (RECEIPTS_SHEET, RESULTS_SHEET, NODES_SHEET)
"""Sheets of a summary for people to look at: no figure or fact is ever read back from them."""

RESERVED_SHEETS = (
    COVER_SHEET,
    PROBLEMS_SHEET,
    INSTRUCTIONS_SHEET,
    AUDIT_SHEET,
    LEDGER_SHEET,
    RECEIPTS_SHEET,
    RESULTS_SHEET,
    NODES_SHEET,
    *COMPARISON_SHEETS.values(),
    CHARTS_SHEET,
    IDENTITY_SHEET,
)
"""No section of a form may take one of these names."""
