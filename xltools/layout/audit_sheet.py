"""The live audit (审核): one line a rule and row or column, with its state in words."""

from __future__ import annotations

from dataclasses import dataclass

from xltools.diagnostics.findings import Severity
from xltools.excel.a1 import absolute, absolute_range, range_name
from xltools.excel.values import COMPARE_DECIMALS, Number, Value, difference, is_number, round_half_away
from xltools.layout.formulas import (
    GUARD_BLANK,
    GUARD_NOT_APPLICABLE,
    GUARD_READY,
    completeness_formulas,
    difference_formula,
    guard_formula,
    is_open_formula,
    open_points_formula,
    side_formulas,
    state_formula,
    zero_report_formulas,
)
from xltools.layout.places import (
    AUDIT_COUNT,
    AUDIT_DIFFERENCE,
    AUDIT_GUARD,
    AUDIT_HEADER_ROW,
    AUDIT_LEFT,
    AUDIT_RIGHT,
    AUDIT_TEXT,
    AUDIT_TEXT_LEFT,
    AUDIT_TEXT_RIGHT,
    ZERO_LINE,
    Place,
    Places,
    completeness_key,
)
from xltools.layout.plan import Highlight, PlannedCell, PrintSetup, SheetPlan, Validation
from xltools.layout.styles import Style
from xltools.layout.text_size import needed_height
from xltools.model.form import ZERO_REPORT, Form, RuleInstance, Table, in_words
from xltools.model.outcomes import OPEN_STATES, State, outcomes
from xltools.model.sheet_names import AUDIT_SHEET, COVER_SHEET
from xltools.model.submission import Submission

_HEADERS = (
    "状态",
    "编号",
    "位置",
    "审核要求",
    "左边数",
    "右边数",
    "差额",
    "转到",
    "说明（待说明的填写）",
    "说明所据左边数",
    "说明所据右边数",
    "",
    "",
)
_WIDTHS = (9.0, 17.0, 26.0, 40.0, 11.0, 11.0, 10.0, 8.0, 34.0, 10.0, 10.0, 4.0, 4.0)
_LEGEND = (
    "通过：已相符　不符：须改正　待说明：核实后改正，或在说明栏写明原因　已说明：说明有效　"
    "未填：还有格没填　不适用：缺上年数或级别，不必处理。"
    "说明栏右边两格照抄左边数、右边数后，数字再变时说明自动作废。"
)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """The cached content of one line of 审核."""

    key: str
    state: State
    left: Number | None
    right: Number | None


def audit_lines(submission: Submission) -> tuple[AuditLine, ...]:
    """Every line of 审核 for a submission whose totals are computed."""
    form = submission.form
    lines = [_completeness(submission, table) for table in form.tables]
    nonzero = sum(is_number(v) and v != 0 for v in submission.values.values())
    zero_state = State.NOT_APPLICABLE
    if submission.zero_report:
        zero_state = State.FAIL if nonzero else State.PASS
    lines.append(AuditLine(ZERO_LINE, zero_state, nonzero, 0))
    lines += [AuditLine(o.instance.key, o.state, o.left, o.right) for o in outcomes(submission)]
    return tuple(lines)


def _completeness(submission: Submission, table: Table) -> AuditLine:
    ids = [cell.id for cell in submission.form.inputs if cell.table == table.id]
    values = [submission.values.get(id_) for id_ in ids]
    filled = sum(is_number(v) or (submission.zero_report and v is None) for v in values)
    state = State.PASS if filled == len(ids) else State.BLANK
    return AuditLine(completeness_key(table.id), state, filled, len(ids))


def open_points(lines: tuple[AuditLine, ...]) -> int:
    """How many lines still ask for something."""
    return sum(line.state in OPEN_STATES for line in lines)


def audit_sheet(submission: Submission, places: Places, lines: tuple[AuditLine, ...]) -> SheetPlan:
    """The plan of 审核, with the cached results of ``lines``."""
    builder = _AuditSheet(submission, places, lines)
    return builder.plan()


class _AuditSheet:
    """Collects the lines of one audit sheet."""

    def __init__(self, submission: Submission, places: Places, lines: tuple[AuditLine, ...]) -> None:
        self.submission = submission
        self.form = submission.form
        self.places = places
        self.lines = lines
        self.cells: list[PlannedCell] = []
        self.validations: list[Validation] = []
        self.heights: dict[int, float] = {0: 30.0, 1: 26.0, 2: 34.0, AUDIT_HEADER_ROW: 34.0}

    def plan(self) -> SheetPlan:
        """The finished sheet."""
        self.cells.append(PlannedCell(0, 0, Style.TITLE, "审核", columns=AUDIT_TEXT_RIGHT + 1))
        self._summary()
        self.cells.append(PlannedCell(2, 0, Style.NOTE, _LEGEND, columns=AUDIT_TEXT_RIGHT + 1))
        for column, header in enumerate(_HEADERS[: AUDIT_TEXT_RIGHT + 1]):
            self.cells.append(PlannedCell(AUDIT_HEADER_ROW, column, Style.HEAD, header))
        self.cells.append(PlannedCell(AUDIT_HEADER_ROW, AUDIT_COUNT, Style.HIDDEN, 0))
        for table in self.form.tables:
            self._completeness_line(table)
        self._zero_line()
        for instance in self.form.instances:
            self._rule_line(instance)
        self._counts()
        last = max(self.places.audit.values())
        return SheetPlan(
            name=AUDIT_SHEET,
            cells=tuple(self.cells),
            print_setup=PrintSetup(
                (0, 0, last, AUDIT_TEXT_RIGHT), "landscape", (AUDIT_HEADER_ROW, AUDIT_HEADER_ROW)
            ),
            widths=dict(enumerate(_WIDTHS)),
            hidden_columns=(AUDIT_GUARD, AUDIT_COUNT),
            heights=self.heights,
            freeze=(AUDIT_HEADER_ROW + 1, 1),
            validations=tuple(self.validations),
            highlights=_highlights(last),
            tab_colour="#595959",
            first_cell=(AUDIT_HEADER_ROW + 1, 0),
        )

    def _line(self, key: str) -> AuditLine:
        return self.lines[self.places.audit[key] - AUDIT_HEADER_ROW - 1]

    def _summary(self) -> None:
        """How many points are open, and a jump to the first: the first line counted 1."""
        count = open_points(self.lines)
        rows = self.places.audit.values()
        counts = absolute_range(min(rows), AUDIT_COUNT, max(rows), AUDIT_COUNT)
        number = open_points_formula(self.places)
        self.cells += [
            PlannedCell(1, 0, Style.ALERT, "待处理"),
            PlannedCell(1, 1, Style.ALERT, count, number),
            PlannedCell(
                1,
                2,
                Style.LINK,
                "转到第一处" if count else "全部处理完毕",
                f'IF({absolute(1, 1)}=0,"全部处理完毕",'
                f'HYPERLINK("#\'{AUDIT_SHEET}\'!A"&({min(rows) + 1}+COUNTIF({counts},0)),"转到第一处"))',
            ),
        ]

    def _completeness_line(self, table: Table) -> None:
        key = completeness_key(table.id)
        row = self.places.audit[key]
        place = self.places.tables[table.id]
        line = self._line(key)
        left, state = completeness_formulas(place, row)
        where = self.form.title_of(table)
        target = Place(place.sheet, place.first_row, place.first_column)
        self._describe(
            row, "BLANK", where, "每一格都要填写，没有发生的填 0（左边为已填格数，右边为应填格数）", target
        )
        self._results(row, line, (left, None, difference_formula(row), state))

    def _zero_line(self) -> None:
        row = self.places.audit[ZERO_LINE]
        left, state = zero_report_formulas(self.form, self.places, row)
        target = self.places.cells[ZERO_REPORT]
        self._describe(
            row,
            ZERO_LINE,
            in_words(COVER_SHEET, self.form.cells[ZERO_REPORT].label),
            "选“是”时，各表不能有不为 0 的数字（左边为不为 0 的格数）",
            target,
        )
        self._results(row, self._line(ZERO_LINE), (left, None, difference_formula(row), state))

    def _rule_line(self, instance: RuleInstance) -> None:
        row = self.places.audit[instance.key]
        line = self._line(instance.key)
        code, where = audit_place(self.form, instance)
        self._describe(row, code, where, instance.rule.message.zh, self.places.cells[instance.anchor])
        left, right, difference = side_formulas(self.places, instance, row)
        self._results(row, line, (left, right, difference, state_formula(self.places, instance, row)))
        guard = {State.NOT_APPLICABLE: GUARD_NOT_APPLICABLE, State.BLANK: GUARD_BLANK}.get(
            line.state, GUARD_READY
        )
        self.cells.append(
            PlannedCell(row, AUDIT_GUARD, Style.HIDDEN, guard, guard_formula(self.places, instance))
        )
        if instance.rule.severity is Severity.EXPLAIN:
            self._explanation(instance, row)
        else:
            self._no_explanation(row)

    def _describe(self, row: int, code: str, where: str, demand: str, target: Place) -> None:
        self.cells += [
            PlannedCell(row, 1, Style.CODE, code),
            PlannedCell(row, 2, Style.LABEL, where),
            PlannedCell(row, 3, Style.LABEL, demand),
            PlannedCell(row, 7, Style.LINK, target.a1, link=target.link),
        ]
        self.heights[row] = max(needed_height(where, _WIDTHS[2]), needed_height(demand, _WIDTHS[3]))

    def _results(self, row: int, line: AuditLine, formulas: tuple[str, str | None, str, str]) -> None:
        left, right, difference, state = formulas
        both = line.left is not None and line.right is not None
        gap = _shown_difference(line) if both else ""
        self.cells += [
            PlannedCell(row, 0, Style.STATE, str(line.state), state),
            PlannedCell(row, AUDIT_LEFT, Style.FIGURE, _shown(line.left), left),
            PlannedCell(row, AUDIT_RIGHT, Style.FIGURE, _shown(line.right), right),
            PlannedCell(row, AUDIT_DIFFERENCE, Style.FIGURE, gap, difference),
        ]

    def _no_explanation(self, row: int) -> None:
        columns = (AUDIT_TEXT, AUDIT_TEXT_LEFT, AUDIT_TEXT_RIGHT)
        self.cells += [PlannedCell(row, column, Style.UNUSED) for column in columns]

    def _explanation(self, instance: RuleInstance, row: int) -> None:
        given = self.submission.explanations.get(instance.key)
        self.cells += [
            PlannedCell(row, AUDIT_TEXT, Style.INPUT_TEXT, given.text if given else None),
            PlannedCell(row, AUDIT_TEXT_LEFT, Style.INPUT_DECIMAL, given.left if given else None),
            PlannedCell(row, AUDIT_TEXT_RIGHT, Style.INPUT_DECIMAL, given.right if given else None),
        ]
        self.validations += [
            Validation(
                range_name(row, AUDIT_TEXT, row, AUDIT_TEXT),
                "any",
                "说明",
                "状态为“待说明”且数字无误时，在此写明原因。",
            ),
            Validation(
                range_name(row, AUDIT_TEXT_LEFT, row, AUDIT_TEXT_RIGHT),
                "any",
                "说明所据的数",
                "照抄本行的左边数和右边数：以后数字有变，这条说明即自动作废，须重新核实。",
            ),
        ]

    def _counts(self) -> None:
        """Open lines counted from the top, so that the first one can be found by COUNTIF."""
        above = 0
        for line in self.lines:
            row = self.places.audit[line.key]
            above += line.state in OPEN_STATES
            formula = f"{absolute(row - 1, AUDIT_COUNT)}+{is_open_formula(row)}"
            self.cells.append(PlannedCell(row, AUDIT_COUNT, Style.HIDDEN, above, formula))


def audit_place(form: Form, instance: RuleInstance) -> tuple[str, str]:
    """What 编号 and 位置 say of a rule's line: the rule, and where it holds."""
    section = form.section_of[form.cells[instance.anchor].table or ""]
    return instance.rule.id, in_words(section.sheet, instance.label) if instance.label else section.title


def _shown(figure: Number | None) -> Value:
    return "" if figure is None else figure


def _shown_difference(line: AuditLine) -> Value:
    return round_half_away(difference(line.left or 0, line.right or 0), COMPARE_DECIMALS)


def _highlights(last: int) -> tuple[Highlight, ...]:
    states = range_name(AUDIT_HEADER_ROW + 1, 0, last, 0)
    first = states.split(":")[0]
    texts = range_name(AUDIT_HEADER_ROW + 1, AUDIT_TEXT, last, AUDIT_TEXT)
    return (
        Highlight(states, f'{first}="{State.FAIL}"', Style.FAIL),
        Highlight(states, f'{first}="{State.TO_EXPLAIN}"', Style.WARN),
        Highlight(texts, f'${first}="{State.TO_EXPLAIN}"', Style.WARN),
    )
