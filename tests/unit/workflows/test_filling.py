"""Filled workbooks from data: the round trip keeps every figure, and every row that fits nowhere is named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import xltools
from tests.support.workbooks import (
    FORM_2019,
    FORM_2021,
    FORMS,
    MONTHLY,
    MONTHLY_FILE,
    save,
    submission_of,
    zeros,
)
from xltools.checking.result import CheckedFile
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.findings import Finding
from xltools.excel.values import Value
from xltools.model.form import Form
from xltools.model.submission import Explanation, Submission
from xltools.model.unit import Unit
from xltools.workflows import fill, write_data

SUFFIXES = (".csv", ".json", ".sqlite", ".duckdb", ".parquet")
A = Unit("甲局", "990131001", "县级部门")
B = Unit("乙局", "990131002", "县级部门")


def facts(checked: CheckedFile) -> dict[str, object]:
    submission = checked.submission
    assert submission is not None
    names = ("values", "texts", "zero_report", "explanations", "previous", "unit", "period")
    return {name: getattr(submission, name) for name in names} | {
        "status": checked.status,
        "findings": [(found.code, found.place, found.actual) for found in checked.findings],
    }


def table(path: Path, *rows: Sequence[object]) -> Path:
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), "utf-8")
    return path


def filled(folder: Path, data: Path, form: Form = FORM_2021, **options: object) -> tuple[Finding, ...]:
    """The findings of a fill that blocks: nothing may have been written."""
    result = fill(form, data, folder / "out", **options)  # type: ignore[arg-type]
    assert result.files == ()
    assert not (folder / "out").exists()
    return result.findings


def said(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(found.code, found.message.en.split(":")[0]) for found in findings]


FIGURES = st.one_of(st.integers(0, 10**15 - 1), st.integers(0, 9), st.none())
DECIMALS = st.one_of(st.decimals(0, 10**9, places=4).map(float), st.sampled_from([0.1 + 0.2, 1e-7, -0.5]))
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=40).map(str.strip)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # to shrink hundreds of fields takes minutes
)
@given(data=st.data())
def test_returns_to_data_and_back(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("往返")
    form = data.draw(st.sampled_from(FORMS))
    suffix = data.draw(st.sampled_from(SUFFIXES))
    for number in range(2):
        submission = drawn(data, form, Unit(f"第{number}局", f"00{number}", "县级部门"))
        save(submission, folder / "报送" / f"{number}.xlsx")
    before = xltools.check([folder / "报送"], forms=form_files(form))
    write_data(before, folder / f"数据{suffix}")
    result = fill(form, folder / f"数据{suffix}", folder / "填好")
    assert [found.code for found in result.findings if found.blocks] == []
    after = xltools.check([folder / "填好"], forms=form_files(form))
    assert [facts(checked) for checked in after] == [facts(checked) for checked in before]


def drawn(data: st.DataObject, form: Form, unit: Unit) -> Submission:
    """Whole figures and decimals where they are due, some of them missing; texts, reasons, last period."""
    values: dict[str, Value] = {
        cell.id: data.draw(DECIMALS if cell.type == "decimal" else FIGURES) for cell in form.inputs
    }
    explained = [i for i in form.instances if str(i.rule.severity) == "explain"][:2]
    previous = {id_: data.draw(st.integers(0, 99)) for i in form.instances for id_ in i.previous}
    return submission_of(
        form,
        values,
        unit=unit,
        texts={c.id: data.draw(TEXTS) for c in form.cells.values() if c.id.startswith(("s1", "s5"))},
        explanations={instance.key: Explanation("已核实。") for instance in explained},
        previous=previous if data.draw(st.booleans()) else {},
        zero_report=data.draw(st.booleans()),
    )


def form_files(form: Form) -> list[Path]:
    return [MONTHLY_FILE] if form is MONTHLY else []


def test_filled_workbooks_are_those_that_were_written(tmp_path: Path) -> None:
    submission = submission_of(FORM_2021, {"t3.new.natural": 3, "t3.carried_out.natural": 3}, unit=A)
    path = save(submission, tmp_path / "报送" / "甲.xlsx")
    write_data(xltools.check([path]), tmp_path / "a.csv")
    (item,) = fill("zfxxgk-2021", tmp_path / "a.csv", tmp_path / "填好").files
    assert item.path.name == "990131001_甲局_2025.xlsx"
    assert item.path.read_bytes() == path.read_bytes()


def wide(path: Path, cells: Mapping[str, object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["编码", "名称", "级别", "上级", *cells])
    sheet.append(["990131001", "甲局", "县级部门", "", *cells.values()])
    book.save(path)
    return path


def test_a_table_of_ones_own_with_a_row_a_unit(tmp_path: Path) -> None:
    data = wide(tmp_path / "a.xlsx", zeros(FORM_2021) | {"t3.new.natural": 4, "t3.carried_out.natural": 4})
    result = fill(FORM_2021, data, tmp_path / "out", period=2025)
    assert result.findings == ()
    (checked,) = xltools.check([tmp_path / "out"])
    assert checked.submission is not None
    assert checked.status == "ok"
    assert checked.submission.values["t3.new.natural"] == 4
    assert checked.submission.unit == A


def test_a_table_with_a_row_a_cell_in_gbk_with_chinese_headings(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        "年度,单位名称,单元格编号,数值,备注\n2025,甲局,t3.new.natural,12,看\n".encode("gb18030")
    )
    result = fill(FORM_2021, tmp_path / "a.csv", tmp_path / "out")
    assert [found.code for found in result.findings] == ["DATA-COLUMNS-UNUSED"]
    assert "备注" in result.findings[0].message.zh
    assert xltools.read(result.files[0].path).values["t3.new.natural"] == 12


def test_units_are_the_rosters(tmp_path: Path) -> None:
    roster = table(tmp_path / "名录.csv", ("code", "name", "level"), ("1", "甲局", "县级部门"), ("2", "乙局", "县级政府"))  # fmt: skip  # noqa: E501
    head = ("period", "unit_code", "unit_name", "cell", "value")
    good = table(tmp_path / "a.csv", head, (2025, "", "甲局", "t3.new.natural", 1), (2025, 2, "", "t3.new.natural", 2))  # fmt: skip  # noqa: E501
    result = fill(FORM_2021, good, tmp_path / "good", roster=roster)
    assert [(i.unit.code, i.unit.name, i.unit.level) for i in result.files] == [
        ("1", "甲局", "县级部门"),
        ("2", "乙局", "县级政府"),
    ]
    bad = table(tmp_path / "b.csv", head, (2025, "3", "甲局", "t3.new.natural", 1), (2025, "", "甲局局", "t3.new.natural", 2))  # fmt: skip  # noqa: E501
    findings = filled(tmp_path, bad, roster=roster)
    assert said(findings) == [("DATA-UNKNOWN-UNIT", "row 2"), ("DATA-UNKNOWN-UNIT", "row 3")]


def test_every_row_that_does_not_fit_is_named_at_once(tmp_path: Path) -> None:
    data = table(
        tmp_path / "a.csv",
        ("period", "unit_code", "unit_name", "cell", "value", "text"),
        (2025, 1, "甲局", "t3.new.natural", 1, ""),
        (2025, 1, "甲局", "t3.nwe.natural", 1, ""),
        (2025, 1, "甲局", "t3.new.business", "五", ""),
        (2025, 1, "甲局", "t3.new.research", "", "若干"),
        (2025, 1, "甲局", "t3.new.natural", 2, ""),
        (2025, 1, "甲局", "t3.new.natural", 1, ""),
        (2025, "", "", "t3.new.natural", 1, ""),
        (2025, 1, "丙局", "t3.new.welfare", 1, ""),
        (2026, 1, "甲局", "t3.new.legal", 1, ""),
        ("去年", 1, "甲局", "t3.new.legal", 1, ""),
        (2025, 1, "甲局", "t3.new.total", 9, ""),
        (2025, 1, "甲局", "cover.unit", "", "甲局"),
        (2025, 1, "甲局", "s1.disclosure", "", "长" * 40_000),
        (2025, 1, "甲局", "previous.t3.carried_out.natural", "无", ""),
        ("", 1, "甲局", "t3.new.legal", 0, ""),
    )
    assert said(filled(tmp_path, data)) == [
        ("DATA-UNKNOWN-CELL", "row 3"),
        ("DATA-NOT-NUMBER", "row 4"),
        ("DATA-NOT-NUMBER", "row 5"),
        ("DATA-TWICE", "row 6"),
        ("DATA-NO-UNIT", "row 8"),
        ("DATA-UNIT-DIFFERS", "row 9"),
        ("DATA-NO-PERIOD", "row 10"),
        ("DATA-NO-PERIOD", "row 11"),
        ("DATA-UNKNOWN-CELL", "row 13"),
        ("DATA-TEXT-UNUSABLE", "row 14"),
        ("DATA-NOT-NUMBER", "row 15"),
        ("DATA-TOTAL-DIFFERS", "row 12"),
    ]


def test_rows_of_other_forms_and_periods_and_of_summaries_are_passed_over_with_a_note(tmp_path: Path) -> None:
    data = table(
        tmp_path / "a.csv",
        ("form", "period", "unit_name", "cell", "value", "source"),
        (FORM_2021.id, 2025, "甲局", "t3.new.natural", 1, "return"),
        (FORM_2021.id, 2024, "甲局", "t3.new.natural", 7, "return"),
        (FORM_2019.id, 2020, "甲局", "t3.new.natural", 8, ""),
        (FORM_2021.id, 2025, "云山县", "t3.new.natural", 9, "summary"),
    )
    result = fill(FORM_2021, data, tmp_path / "out", period="2025")
    assert [found.code for found in result.findings] == ["DATA-SKIPPED"]
    assert result.findings[0].message.en.startswith("3 rows")
    assert [xltools.read(item.path).values["t3.new.natural"] for item in result.files] == [1]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "holds no data"),
        ("a.csv", b"unit_name,t3\nx,1\n", "neither a column cell"),
        ("a.csv", b"\xff\xff\xff\x00", "encoding"),
        ("a.json", b'[{"cell": NaN}]', "damaged"),
        ("a.json", b"[[1, 2]]", "damaged"),
        ("a.json", b"[" * 100_000, "damaged"),
        ("a.json", b'{"cell": "t3.new.natural"', "damaged"),
        ("a.sqlite", b"SQLite format 3\0" + b"\0" * 100, "damaged"),
        ("a.parquet", b"PAR1" + b"\0" * 100, "damaged"),
        ("a.duckdb", b"\0" * 8 + b"DUCK" + b"\0" * 100, "damaged"),
        ("a.xlsx", b"PK\x03\x04", "cannot be read"),
    ],
)
def test_what_is_no_data_is_said_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=reason):
        fill(FORM_2021, tmp_path / name, tmp_path / "out", period=2025)
    assert not (tmp_path / "out").exists()


def test_a_view_in_a_database_is_not_run(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.sqlite") as database:
        endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS cell FROM n"
        database.execute(f"CREATE VIEW data AS {endless}")
    with pytest.raises(UsageError, match="no table data"):
        fill(FORM_2021, tmp_path / "a.sqlite", tmp_path / "out", period=2025)


def test_figures_no_workbook_holds_are_named(tmp_path: Path) -> None:
    cells = ["t3.new.natural", "t3.new.business", "t3.new.research"]
    rows = [{"unit_name": "甲局", "cell": c, "value": v} for c, v in zip(cells, (10**400, True, [1]), strict=True)]  # fmt: skip  # noqa: E501
    rows.append({"unit_name": "\ud800", "cell": cells[0], "value": 1})
    text = json.dumps(rows).replace('"value": 1}', '"value": 1e999}')
    (tmp_path / "a.json").write_text(text, "utf-8")
    findings = filled(tmp_path, tmp_path / "a.json", period=2025)
    assert said(findings) == [*(("DATA-NOT-NUMBER", f"row {row}") for row in (1, 2, 3)), ("DATA-TEXT-UNUSABLE", "row 4")]  # fmt: skip  # noqa: E501


def test_the_round_and_last_period_are_those_asked_for(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_bytes(b"0123456789abcdef")
    last = submission_of(FORM_2021, {"t3.carried_out.natural": 2}, unit=A, period=replace(submission_of(FORM_2021).period, year=2024))  # type: ignore[type-var]  # fmt: skip  # noqa: E501
    save(last, tmp_path / "last" / "a.xlsx")
    data = wide(
        tmp_path / "a.xlsx", zeros(FORM_2021) | {"t3.carried_in.natural": 2, "t3.carried_out.natural": 2}
    )
    result = fill(FORM_2021, data, tmp_path / "out", period=2025, previous=tmp_path / "last", key_file=key)
    (checked,) = xltools.check([result.files[0].path], key_file=key)
    assert checked.submission is not None
    assert checked.submission.previous["t3.carried_out.natural"] == 2
    assert "NOT-ISSUED" not in [found.code for found in checked.findings]
    with pytest.raises(UsageError, match="--force"):
        fill(FORM_2021, data, tmp_path / "out", period=2025)
