"""Where the figures of a flattened row stand: one way only is certain, or proven by its totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.support.reports import FLATTENINGS, Rows, as_html, as_text, tabs, tabs_without_covered
from tests.support.workbooks import FORM_2019, FORM_2021, form_id, submission_of
from tests.unit.matching.test_documents import imported
from xltools.excel.values import Value
from xltools.matching.documents.flow import Piece
from xltools.matching.flattened.rows import Fits, FlatRow, Flattened, ReadRow, read_rows
from xltools.model.form import Form, Leaf
from xltools.model.outcomes import with_totals

TABLE = Flattened(columns=3, kept=False, leads=False, first=0, width=0)
LABEL = Piece("规章", ("文本", "A1"), 0)


def row(*texts: str) -> FlatRow:
    cells = tuple(Piece(text, ("文本", f"B{number}"), 0) for number, text in enumerate(texts, 1))
    return FlatRow((LABEL,), Leaf("rules", "规章"), cells, width=len(texts) + 1)


def read(figures: FlatRow, fits: Fits, table: Flattened = TABLE) -> ReadRow:
    (found,) = read_rows([figures], table, fits)
    return found


def texts(found: ReadRow) -> dict[int, str]:
    return {column: piece.text for column, piece in found.pieces.items()}


def test_the_only_reading_that_is_not_broken_is_chosen_if_it_is_proven() -> None:
    """As where a total is a difference: 7 = 9 - 2 stands in one order only."""

    def in_the_last_two(_: Leaf, reading: Sequence[Piece | None]) -> bool:
        return reading[0] is None

    found = read(row("9", "2"), in_the_last_two)
    assert (found.chosen, found.doubtful) == (True, False)
    assert texts(found) == {1: "9", 2: "2"}


def test_the_only_reading_that_is_not_broken_is_not_chosen_if_nothing_checked_it() -> None:
    def unless_the_total_is_blank(_: Leaf, reading: Sequence[Piece | None]) -> bool | None:
        return None if reading[2] is None else False

    found = read(row("9", "2"), unless_the_total_is_blank)
    assert (found.chosen, found.doubtful) == (False, True)
    assert not texts(found)


# ------------------------------------------------ text whose empty cells at the ends of lines were cut


def trimmed(rows: Rows) -> list[str]:
    return [line.rstrip() for line in tabs(rows)]


def trimmed_without_covered(rows: Rows) -> list[str]:
    return [line.rstrip() for line in tabs_without_covered(rows)]


COLUMNS = ("natural", "business", "research", "welfare", "legal", "other_org", "total")
BLANKS: dict[str, tuple[str, ...]] = {
    "one total": ("t3.partly.total",),
    "total of a row whose label covers three": ("t3.new.total",),
    "first and total": ("t3.partly.natural", "t3.partly.total"),
    "middle and total": ("t3.partly.research", "t3.partly.total"),
    "last two": ("t3.new.other_org", "t3.new.total"),
    "all totals": tuple(cell.id for cell in FORM_2021.totals if cell.id.startswith("t3.")),
    "all but one row": tuple(
        cell.id
        for cell in FORM_2021.totals
        if cell.id.startswith("t3.") and not cell.id.startswith("t3.new.")
    ),
    "last of table 四": ("t4.cases.after_total",),
    "first of table 四": ("t4.cases.review_upheld",),
}


def given(form: Form, blank: Sequence[str]) -> dict[str, Value]:
    """Every figure another one, totals included, but for those left blank."""
    return {c.id: None if c.id in blank else n for n, c in enumerate(form.figures, 11)}


@pytest.mark.parametrize("form", [FORM_2019, FORM_2021], ids=form_id)
@pytest.mark.parametrize("blank", BLANKS)
def test_a_line_cut_short_is_read_from_where_the_others_begin(blank: str, form: Form) -> None:
    values = given(form, BLANKS[blank])
    due = submission_of(form, values, typed_totals=frozenset(cell.id for cell in form.totals))
    found = imported(as_text(due, trimmed), ".txt").submission
    assert found is not None
    assert dict(found.values) == with_totals(due)


@pytest.mark.parametrize("way", ["stripped", "stripped without covered"])
@pytest.mark.parametrize("blank", BLANKS)
def test_a_line_cut_at_both_ends_gives_no_wrong_figure(blank: str, way: str) -> None:
    flatten = trimmed if way == "stripped" else trimmed_without_covered
    due = submission_of(
        FORM_2021,
        given(FORM_2021, BLANKS[blank]),
        typed_totals=frozenset(cell.id for cell in FORM_2021.totals),
    )
    read_in = imported(as_text(due, lambda rows: [line.strip() for line in flatten(rows)]), ".txt")
    assert read_in.submission is not None
    values = with_totals(due)
    for id_, value in read_in.submission.values.items():
        assert value in (None, values[id_]), id_
    lost = {id_ for id_, value in values.items() if value != read_in.submission.values.get(id_)}
    assert lost <= {id_ for finding in read_in.findings if finding.blocks for id_ in finding.cells}


def test_a_table_without_labels_keeps_its_first_blank_cell() -> None:
    due = submission_of(FORM_2021, {c.id: 3 for c in FORM_2021.inputs if c.id != "t4.cases.review_upheld"})
    for way in ("tabs", "pipes"):
        found = imported(as_text(due, FLATTENINGS[way]), ".txt").submission
        assert found is not None
        assert dict(found.values) == with_totals(due)


def test_a_row_of_a_page_that_lacks_its_last_cell_is_read_as_it_is_shown() -> None:
    due = submission_of(
        FORM_2021, given(FORM_2021, ()), typed_totals=frozenset(c.id for c in FORM_2021.totals)
    )
    page = as_html(due).decode()
    start = page.index("<td", page.index(f">{due.values['t3.new.other_org']}<"))
    found = imported(page[:start] + page[page.index("</tr>", start) :], ".html")
    assert found.submission is not None
    assert "ROWS-CUT" in {finding.code for finding in found.findings}
    assert dict(found.submission.values) | {"t3.new.total": due.values["t3.new.total"]} == dict(due.values)


# ------------------------------------------------ layouts that hide which cells were empty


def figures_below(rows: Rows) -> list[str]:
    """The labels of a row in one line, its figures in the next."""
    lines: list[str] = []
    for row_ in rows:
        for head in (True, False):
            lines.append("\t".join(box.text for box in row_ if box.head is head))
    return lines


def figures_below_stripped(rows: Rows) -> list[str]:
    return [line.strip() for line in figures_below(rows)]


def cut_here_and_there(rows: Rows) -> list[str]:
    """Lines of which every other one was cut at its end."""
    return [line.rstrip() if number % 2 else line for number, line in enumerate(tabs(rows))]


def set_in(rows: Rows) -> list[str]:
    """Every line begins with a tab and is cut at its end."""
    return [f"\t{line}".rstrip() for line in tabs(rows)]


def wide_gaps(rows: Rows) -> list[str]:
    """Two wide spaces between cells, so that nothing stands under its heading but by chance."""
    return ["　　".join(box.text for box in row_).rstrip() for row_ in rows]


def mixed(rows: Rows) -> list[str]:
    """Small tables with their empty cells, the large one without."""
    return FLATTENINGS["tabs" if len(rows) < 9 else "dropped"](rows)


def mixed_lines(rows: Rows) -> list[str]:
    return FLATTENINGS["tabs" if len(rows) < 9 else "one a line"](rows)


LAYOUTS = {
    "figures below": figures_below,
    "figures below, stripped": figures_below_stripped,
    "cut here and there": cut_here_and_there,
    "set in and cut": set_in,
    "wide gaps": wide_gaps,
    "mixed": mixed,
    "mixed with lines": mixed_lines,
}
SCATTERED: dict[str, Callable[[int], bool]] = {
    "one in three": lambda number: number % 3 == 0,
    "one in seven": lambda number: number % 7 == 0,
    "two in three": lambda number: number % 3 != 0,
    "first columns": lambda number: number % 7 in (0, 6),
}


@pytest.mark.parametrize("way", LAYOUTS)
@pytest.mark.parametrize("blank", SCATTERED)
def test_no_layout_gives_a_wrong_figure(way: str, blank: str) -> None:
    form = FORM_2019 if len(way) % 2 else FORM_2021
    values: dict[str, Value] = {
        cell.id: None if SCATTERED[blank](number) else number + 11 for number, cell in enumerate(form.figures)
    }
    due = submission_of(form, values, typed_totals=frozenset(cell.id for cell in form.totals))
    text = as_text(due, LAYOUTS[way])
    found = imported(text, ".txt")
    assert found.submission is not None
    chosen = {id_ for finding in found.findings if finding.code == "READING-CHOSEN" for id_ in finding.cells}
    wrong = {
        id_: (values[id_], value)
        for id_, value in found.submission.values.items()
        if value is not None and value != values[id_] and id_ not in chosen
    }
    assert not wrong
