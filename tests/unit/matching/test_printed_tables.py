"""Tables as pages print them: figures in few cells, in two lines, or under headings that are not whole."""

from __future__ import annotations

import pytest

from tests.support.reports import as_html, as_text
from tests.support.workbooks import FORM_2021, submission_of
from tests.unit.matching.test_documents import imported
from xltools.model.outcomes import with_totals

CASES = [cell.id for cell in FORM_2021.inputs if cell.id.startswith("t4.")]
BLANK = dict.fromkeys(CASES)


def test_figures_in_two_lines_move_no_other_into_their_place() -> None:
    """Few cells of table four hold anything, and two of them no figure: the others stay where they are."""
    due = submission_of(FORM_2021, {**BLANK, CASES[3]: 4837, CASES[4]: 86})
    read = imported(as_html(due).decode().replace(">4837<", ">48<br>37<"), ".html")
    assert read.submission is not None
    found, values = read.submission.values, with_totals(due)
    moved = {id_: found.get(id_) for id_ in CASES if found.get(id_) not in (None, "48\n37", values[id_])}
    assert not moved
    assert found[CASES[4]] == 86


def test_a_table_that_lacks_headings_is_not_read_by_counting_its_figures() -> None:
    """As many figures as headings were found, but under others: no row has as many cells as its header."""
    figures = {"natural": 1, "research": 2, "welfare": 3, "legal": 4}
    values = {f"t3.granted.{column}": number for column, number in figures.items()}
    due = submission_of(FORM_2021, dict.fromkeys(c.id for c in FORM_2021.inputs) | values)
    page = as_html(due).decode()
    for heading, cut in (("自然人", "自"), ("总计", "总</td><td>")):
        page = page.replace(f">{heading}<", f">{cut}<")
    read = imported(page, ".html")
    assert any(finding.blocks for finding in read.findings)
    values = with_totals(due)
    found = read.submission.values if read.submission is not None else {}
    assert not {id_: value for id_, value in found.items() if value and value != values[id_]}


def test_a_row_named_as_a_heading_above_a_repeated_header_is_a_row() -> None:
    """「3.其他」 stands right above the header that the next page repeats, where 其他 is a heading."""
    due = submission_of(FORM_2021, {"t3.other_rest.natural": 7, "t3.carried_out.natural": 9})
    page = as_html(due).decode()
    start = page.index("<table", page.index("三、收到和处理"))
    end = page.index("</table>", start) + len("</table>")
    table = page[start:end]
    rows = ["<tr" + row for row in table.split("<tr")[1:]]
    rows[-1] = rows[-1].replace("</table>", "")
    header = "".join(rows[:3])
    last = next(number for number, row in enumerate(rows) if "3.其他" in row)
    split = ["<table>" + "".join(rows[:last]) + "</table>"]
    rows[last] = rows[last].replace(">", "><td></td><td></td>", 1)
    rows[last + 1] = rows[last + 1].replace(">", "><td></td>", 1)
    split += [f"<table>{header}{rows[last]}</table>", f"<table>{header}{''.join(rows[last + 1 :])}</table>"]
    read = imported(page[:start] + "".join(split) + page[end:], ".html")
    assert read.submission is not None
    assert read.submission.values["t3.other_rest.natural"] == 7
    assert read.submission.values["t3.carried_out.natural"] == 9


@pytest.mark.parametrize(
    "broken", ["结果维持 结果纠正 其他结果 尚未审结", "结果纠\n结果维持 其他结果 尚未审结\n正"]
)
def test_headings_of_one_group_are_not_taken_for_those_of_the_next(broken: str) -> None:
    """A table that is wider than its page: the text of what is beyond its edge is not there."""
    due = submission_of(FORM_2021, {id_: number for number, id_ in enumerate(CASES, 11)})
    text = as_text(due)
    leaves = "结果维持 结果纠正 其他结果 尚未审结"
    shown = f"行政复议\n未经复议直接起诉\n{leaves} 总计\n{broken}\n11 12 13 14 50 15 16 17 18"
    start = text.index("行政复议\t", text.index("四、政府信息公开行政复议"))
    read = imported(text[:start] + shown + text[text.index("\n五、", start) :], ".txt")
    assert read.submission is not None
    found, values = read.submission.values, with_totals(due)
    assert not {id_: found.get(id_) for id_ in CASES if found.get(id_) not in (None, values[id_])}
    assert any(finding.blocks for finding in read.findings)
