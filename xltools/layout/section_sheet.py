"""The sheet of one section: its texts and its tables in the official layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xltools.excel.a1 import cell_name, column_letters, range_name
from xltools.excel.limits import MAX_CELL_TEXT, MAX_EXACT_NUMBER, MAX_INPUT_MESSAGE
from xltools.excel.values import Value, is_number
from xltools.layout.formulas import (
    column_mark_formula,
    lines_of,
    row_mark_formula,
    total_formula,
    unfilled_formula,
)
from xltools.layout.places import Places, TablePlace, grid_columns, stub_columns
from xltools.layout.plan import Highlight, PlannedCell, PrintSetup, SheetPlan, Validation
from xltools.layout.styles import Style
from xltools.layout.table_labels import column_headings, columns_taken, row_labels
from xltools.layout.text_size import needed_height, text_width
from xltools.model.form import LABEL_SEPARATOR, Cell, Form, Leaf, Section, depth
from xltools.model.outcomes import OPEN_STATES, State
from xltools.model.submission import Submission

_TEXT_COLUMN_WIDTH = 80.0
_TEXT_BOX_HEIGHT = 180.0
_MARK_WIDTH = 9.0
_SEPARATOR_HEIGHT = 2.5
_TITLE_HEIGHT = 30.0
_ROW_HEIGHT = 20.0
_MIN_FIGURE_WIDTH = 9.0
_STUB_WIDTHS = {0: (), 1: (40.0,), 2: (14.0, 40.0), 3: (6.5, 14.0, 40.0)}
_TAB_COLOUR = "#0B5394"


def section_sheet(
    section: Section,
    submission: Submission,
    places: Places,
    states: Mapping[str, State],
    input_formulas: Mapping[str, str],
    line: str | None = None,
) -> SheetPlan:
    """The plan of a section's sheet.

    ``states`` holds the state of every line of 审核 (for the cached marks); ``input_formulas`` the
    formulas of inputs that are computed, as in a summary; ``line`` stands below the title of tables.
    """
    builder = _SectionSheet(section, submission, places, states, input_formulas)
    return builder.plan(line if section.tables else None)


class _SectionSheet:
    """Collects the cells of one section while walking its parts from top to bottom."""

    def __init__(
        self,
        section: Section,
        submission: Submission,
        places: Places,
        states: Mapping[str, State],
        input_formulas: Mapping[str, str],
    ) -> None:
        self.section = section
        self.submission = submission
        self.form = submission.form
        self.places = places
        self.states = states
        self.input_formulas = input_formulas
        self.columns = grid_columns(section)
        self.widths = column_widths(section)
        self.heights: dict[int, float] = {0: _TITLE_HEIGHT}
        self.cells: list[PlannedCell] = []
        self.validations: list[Validation] = []
        self.highlights: list[Highlight] = []
        self.hidden_columns: tuple[int, ...] = ()

    def plan(self, line: str | None) -> SheetPlan:
        """The finished sheet."""
        section = self.section
        style = Style.TITLE if line is None else Style.TITLE_LINED
        self.cells.append(PlannedCell(0, 0, style, section.title, columns=self.columns, subtitle=line))
        if line is not None:
            self.heights[0] = _TITLE_HEIGHT + needed_height(line, sum(self.widths.values()))
        for part in section.texts:
            self._text(part.id)
        tables = [self.places.tables[table.id] for table in section.tables]
        for table in tables:
            self._table(table)
        freeze = None
        repeat = None
        if tables:
            first = tables[0]
            self.widths |= {first.mark_column: _MARK_WIDTH, first.count_column: _MARK_WIDTH}
            self.hidden_columns = (first.count_column,)
            single = len(tables) == 1
            freeze = (first.first_row, first.first_column) if single else (1, first.first_column)
            repeat = (0, first.first_row - 1) if single else (0, 0)
        return SheetPlan(
            name=section.sheet,
            cells=tuple(self.cells),
            print_setup=PrintSetup(self._print_area(tables), section.orientation, repeat),
            widths=self.widths,
            hidden_columns=self.hidden_columns,
            heights=self.heights,
            freeze=freeze,
            validations=tuple(self.validations),
            highlights=tuple(self.highlights),
            tab_colour=_TAB_COLOUR if tables else None,
            first_cell=self._first_input(),
        )

    def _print_area(self, tables: list[TablePlace]) -> tuple[int, int, int, int]:
        _, _, bottom, right = self.places.areas[self.section.sheet]
        footers = [table.footer for table in tables if table.footer is not None]
        return (0, 0, bottom - 1 if bottom in footers else bottom, right)

    def _first_input(self) -> tuple[int, int]:
        sheet = self.section.sheet
        spots = [
            (p.row, p.column)
            for id_, p in self.places.cells.items()
            if p.sheet == sheet and self._is_open(id_)
        ]
        return min(spots, default=(0, 0))

    def _is_open(self, cell_id: str) -> bool:
        cell = self.form.cells[cell_id]
        if cell.kind == "total" or cell_id in self.input_formulas:
            return False
        return not _is_prefilled(self.submission, cell)

    def _put(
        self,
        row: int,
        column: int,
        style: Style,
        value: Value = None,
        *,
        formula: str | None = None,
        rows: int = 1,
        columns: int = 1,
    ) -> None:
        self.cells.append(PlannedCell(row, column, style, value, formula, rows, columns))

    def _text(self, cell_id: str) -> None:
        cell, place = self.form.cells[cell_id], self.places.cells[cell_id]
        self._put(place.row - 1, 0, Style.HEAD, cell.label, columns=self.columns)
        text = self.submission.texts.get(cell_id)
        self._put(place.row, 0, Style.INPUT_TEXT, text, columns=self.columns)
        self.heights[place.row] = max(
            _TEXT_BOX_HEIGHT, min(400.0, needed_height(text or "", _TEXT_COLUMN_WIDTH))
        )
        prompt = cell.hint or "请在此填写文字。"
        self.validations.append(
            Validation(
                place.a1, "length", cell.label, prompt, maximum=MAX_CELL_TEXT, error="文字过长，请分段精简。"
            )
        )

    def _table(self, place: TablePlace) -> None:
        table = place.table
        if place.heading is not None:
            self._put(place.heading, 0, Style.BLOCK, table.heading, columns=self.columns)
            self.heights[place.heading] = _ROW_HEIGHT
        self._headers(place)
        self._labels(place)
        for row, at in zip(table.row_leaves, place.rows, strict=True):
            self._figures(place, row, at)
            self._row_mark(place, row, at)
        for at in place.separators:
            self._separator(place, at)
        if place.footer is not None:
            self._footer(place, place.footer)
        self._highlight(place)

    def _headers(self, place: TablePlace) -> None:
        rows = place.header_rows
        for offset in range(rows):
            self.heights.setdefault(place.header + offset, 34.0 if rows > 1 and offset == rows - 1 else 22.0)
        for head in column_headings(place.table, self.columns):
            row = place.header + head.row
            self._put(row, head.column, Style.HEAD, head.text, rows=head.rows, columns=head.columns)

    def _labels(self, place: TablePlace) -> None:
        for label in row_labels(place.table):
            top, bottom = place.rows[label.row], place.rows[label.row + label.rows - 1]
            style = Style.LABEL if label.kind == "leaf" else Style.CENTERED
            rows = bottom - top + 1
            self._put(top, label.column, style, label.text, rows=rows, columns=label.columns)
            if label.kind == "leaf":
                width = sum(self.widths[c] for c in range(label.column, place.stub))
                self.heights[top] = max(_ROW_HEIGHT, needed_height(label.text, width))

    def _figures(self, place: TablePlace, row: Leaf, at: int) -> None:
        self.heights.setdefault(at, 26.0)
        open_cells: list[tuple[int, Cell]] = []
        for number, column in enumerate(place.table.column_leaves, place.first_column):
            cell = self.form.cells[place.table.cell_id(row, column)]
            value = self.submission.values.get(cell.id)
            span = columns_taken(place.table, number, 1, self.columns)
            if cell.kind == "total" and cell.id not in self.submission.typed_totals:
                formula = total_formula(self.places, self.form.computing[cell.id])
                self._put(
                    at, number, Style.TOTAL, "" if value is None else value, formula=formula, columns=span
                )
            elif cell.kind == "total":
                self._put(at, number, Style.TOTAL, value, columns=span)
            elif cell.id in self.input_formulas:
                self._put(at, number, Style.FIXED, value, formula=self.input_formulas[cell.id], columns=span)
            elif _is_prefilled(self.submission, cell):
                self._put(at, number, Style.FIXED, value, columns=span)
            else:
                style = Style.INPUT_DECIMAL if cell.type == "decimal" else Style.INPUT
                self._put(at, number, style, value, columns=span)
                open_cells.append((number, cell))
        self._number_validations(at, open_cells)

    def _number_validations(self, at: int, open_cells: list[tuple[int, Cell]]) -> None:
        """One validation for each run of neighbouring cells of the same kind."""
        run: list[tuple[int, Cell]] = []
        for number, cell in [*open_cells, (-1, None)]:
            same = run and cell is not None and number == run[-1][0] + 1 and _alike(cell, run[0][1])
            if run and not same:
                self.validations.append(_number_validation(at, run))
                run = []
            if cell is not None:
                run.append((number, cell))

    def _row_mark(self, place: TablePlace, row: Leaf, at: int) -> None:
        ids = tuple(
            cell_id
            for column in place.table.column_leaves
            if self.form.cells[cell_id := place.table.cell_id(row, column)].kind == "input"
        )
        lines = lines_of(self.form, place.table.id, "row", row.id)
        missing = sum(not self._is_filled(id_) for id_ in ids)
        if ids:
            self._put(
                at, place.count_column, Style.HIDDEN, missing, formula=unfilled_formula(self.places, ids)
            )
            formula = row_mark_formula(self.places, place, at, lines)
        else:
            formula = column_mark_formula(self.places, lines)
        cached = f"缺{missing}格" if missing else self._worst(lines)
        self._put(at, place.mark_column, Style.MARK, cached, formula=formula)

    def _is_filled(self, cell_id: str) -> bool:
        value = self.submission.values.get(cell_id)
        return is_number(value) or (self.submission.zero_report and value is None)

    def _worst(self, lines: tuple[str, ...]) -> str:
        for state in OPEN_STATES:
            if any(self.states[key] is state for key in lines):
                return str(state)
        return "√"

    def _separator(self, place: TablePlace, at: int) -> None:
        self.heights[at] = _SEPARATOR_HEIGHT
        width = self.columns - place.first_column
        for column in range(place.first_column, place.first_column + width):
            self._put(at, column, Style.TOTAL)

    def _footer(self, place: TablePlace, at: int) -> None:
        for number, column in enumerate(place.table.column_leaves, place.first_column):
            lines = lines_of(self.form, place.table.id, "column", column.id)
            self._put(
                at, number, Style.MARK, self._worst(lines), formula=column_mark_formula(self.places, lines)
            )
        if place.stub:
            self._put(at, place.stub - 1, Style.MARK, "审核")

    def _highlight(self, place: TablePlace) -> None:
        """Failing cells by rule of their row or column, and by what is typed into them."""
        top, left, bottom, right = place.first_row, place.first_column, place.last_row, self.columns - 1
        body = range_name(top, left, bottom, right)
        here = cell_name(top, left)
        row_mark = f"${column_letters(place.mark_column)}{top + 1}"
        for state, style in ((State.FAIL, Style.FAIL), (State.TO_EXPLAIN, Style.WARN)):
            self.highlights.append(Highlight(body, f'{row_mark}="{state}"', style))
            if place.footer is not None:
                mark = f'{column_letters(left)}${place.footer + 1}="{state}"'
                rows = _rows_to_mark(self.form, place)
                self.highlights += [Highlight(range_name(at, left, at, right), mark, style) for at in rows]
        self.highlights.append(Highlight(body, f'AND(ISTEXT({here}),{here}<>"")', Style.FAIL))
        marks = range_name(top, place.mark_column, bottom, place.mark_column)
        self.highlights += list(_mark_highlights(marks))
        if place.footer is not None:
            self.highlights += list(_mark_highlights(range_name(place.footer, left, place.footer, right)))


def _is_prefilled(submission: Submission, cell: Cell) -> bool:
    """Whether an input was filled from last period by the tool and is therefore locked."""
    instance = submission.form.prefilling.get(cell.id)
    return instance is not None and all(is_number(submission.previous.get(id_)) for id_ in instance.previous)


def _rows_to_mark(form: Form, place: TablePlace) -> list[int]:
    """Rows that rules down a column compare; a rule that adds up the whole column marks its total."""
    axes = (leaf for table in form.tables for leaf in (*table.row_leaves, *table.column_leaves))
    adding_up = {leaf.total for leaf in axes}
    ids: set[str] = set()
    for instance in form.instances:
        if instance.line == (place.table.id, "column"):
            ids.update((instance.anchor,) if instance.rule.id in adding_up else instance.cells)
    return sorted({place.row_of(row) for id_ in ids if (row := form.cells[id_].row) is not None})


def _mark_highlights(cells: str) -> Iterator[Highlight]:
    first = cells.split(":", maxsplit=1)[0]
    yield Highlight(cells, f'{first}="{State.FAIL}"', Style.FAIL)
    yield Highlight(cells, f'{first}="{State.TO_EXPLAIN}"', Style.WARN)


def _alike(one: Cell, other: Cell) -> bool:
    return (one.type, one.signed, one.unit) == (other.type, other.signed, other.unit)


def _number_validation(row: int, run: list[tuple[int, Cell]]) -> Validation:
    cell = run[0][1]
    whole = cell.type == "integer"
    kind_words = "整数" if whole else "数字，可带小数"
    sign_words = "，减少用负数" if cell.signed else ""
    unit_words = f"（单位：{cell.unit}）" if cell.unit else ""
    title = f"请填{kind_words}"
    place = cell.label if len(run) == 1 else cell.label.rsplit(LABEL_SEPARATOR, 2)[0]
    prompt = f"{place}{unit_words}\n没有发生的填 0{sign_words}。"[:MAX_INPUT_MESSAGE]
    return Validation(
        range_name(row, run[0][0], row, run[-1][0]),
        "integer" if whole else "decimal",
        title,
        prompt,
        minimum=-MAX_EXACT_NUMBER + 1 if cell.signed else 0,
        maximum=MAX_EXACT_NUMBER - 1,
        error=f"这里只能填{'' if cell.signed else '不小于 0 的'}{kind_words}{sign_words}。",
    )


def column_widths(section: Section) -> dict[int, float]:
    """How wide the columns of a section's grid are, in half-width characters."""
    if not section.tables:
        return {0: _TEXT_COLUMN_WIDTH}
    widths: dict[int, float] = {}
    columns = grid_columns(section)
    for table in section.tables:
        label_columns = stub_columns(table)
        for number, width in enumerate(_STUB_WIDTHS.get(label_columns, (14.0,) * label_columns)):
            widths[number] = max(widths.get(number, 0.0), width)
        for number, attribute in enumerate(table.attributes, label_columns):
            widths[number] = max(widths.get(number, 0.0), text_width(attribute.label) + 3.0)
        first = label_columns + len(table.attributes)
        for number, leaf in enumerate(table.column_leaves, first):
            wanted = (
                _MIN_FIGURE_WIDTH if depth(table.columns) > 1 else min(24.0, text_width(leaf.label) + 3.0)
            )
            if number < columns - 1 or number == first + len(table.column_leaves) - 1:
                widths[number] = max(widths.get(number, 0.0), wanted)
    return {number: widths.get(number, _MIN_FIGURE_WIDTH) for number in range(columns)}
