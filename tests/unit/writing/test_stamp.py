"""A stamped workbook is the rendered one, byte for byte, whatever the units are called and hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.workbooks import FORM_2021, FORMS, LAST_PERIOD, MONTHLY, form_id, parts_of, submission_of
from xltools.excel.values import Value
from xltools.layout.identity_sheet import fingerprint
from xltools.layout.plan import WorkbookPlan
from xltools.layout.workbook import plan_workbook
from xltools.model.form import Form
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.writing import master_parts, stamp
from xltools.writing.members import join_archive, split_archive
from xltools.writing.stamp import Press
from xltools.writing.strict import WritingError
from xltools.writing.workbook import render_workbook

AWKWARD = (
    "教育局",
    "A & B <局>",
    "\"引号\"和'单引号'",
    "😀局",
    "长" * 400,
    "  前面有空格",
    "末尾有全角空格　",
    "<r>不是格式</r>",
    "_x0041_局",
    "响铃\x07局",
    "制表\t换行\n局",
    "封面",
    "=1+1",
    "007",
)
LEVELS = ("县级部门", "乡镇街道", "不在列表中的级别", "")


def blank(form: Form, unit: Unit, previous: dict[str, Value] | None = None, seal: str = "") -> Submission:
    return Submission(form, LAST_PERIOD[form.id], unit, {}, previous=previous or {}, seal=seal)


def assert_as_rendered(plans: Iterable[WorkbookPlan], press: Press, password: str = "") -> None:
    for plan in plans:
        stamped, rendered = press.render(plan), render_workbook(plan, password)
        assert parts_of(stamped) == parts_of(rendered), plan.title
        assert stamped == rendered, plan.title


def rendered_in_full(monkeypatch: pytest.MonkeyPatch) -> list[WorkbookPlan]:
    """The plans that stamping leaves to XlsxWriter from now on."""
    seen: list[WorkbookPlan] = []

    def watch(plan: WorkbookPlan, password: str = "") -> bytes:
        seen.append(plan)
        return render_workbook(plan, password)

    monkeypatch.setattr(stamp, "render_workbook", watch)
    return seen


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_units_with_awkward_names(form: Form) -> None:
    units = [Unit(name, f"99{number:04}", "县级部门") for number, name in enumerate(AWKWARD)]
    assert_as_rendered((plan_workbook(blank(form, unit)) for unit in units), Press())


def test_codes_and_names_that_coincide_with_each_other_or_with_the_form() -> None:
    """Equal texts share an entry of the table of texts, so a stamp must not touch or make such pairs."""
    names = ("甲局", "乙局", "2", "", "丙局", "县级部门", "丁局")
    codes = ("1", "乙局", "3", "4", "", "5", "6")
    units = [Unit(name, code, "县级部门") for name, code in zip(names, codes, strict=True)]
    press = Press()
    assert_as_rendered((plan_workbook(blank(FORM_2021, unit)) for unit in (*units, *reversed(units))), press)


@pytest.mark.parametrize("form", FORMS, ids=form_id)
def test_levels_with_other_rules_and_last_periods_figures(form: Form) -> None:
    ids = [id_ for instance in form.instances for id_ in instance.previous]
    patterns: Sequence[dict[str, Value]] = (
        {},
        dict.fromkeys(ids, 0),
        {id_: number for number, id_ in enumerate(ids, 1)},
        dict.fromkeys(ids[::2], 2.5),
        dict.fromkeys(ids, "无"),
    )
    submissions = [
        blank(form, Unit(f"第{number}局", f"{number}{level}", level), previous)
        for number, previous in enumerate(patterns)
        for level in LEVELS
    ]
    assert_as_rendered((plan_workbook(submission) for submission in submissions), Press())


def test_seals_and_a_password() -> None:
    units = [Unit(f"第{number}局", f"99{number}", "县级部门") for number in range(3)]
    period = LAST_PERIOD[FORM_2021.id]
    seals = [fingerprint(FORM_2021, "return", period, unit, b"key") for unit in units]
    plans = [plan_workbook(blank(FORM_2021, u, seal=s)) for u, s in zip(units, seals, strict=True)]
    assert_as_rendered(plans, Press("密码"), "密码")
    stamped = [press_all(plans, "密码")[number] for number in range(3)]
    assert all(
        seal.encode() in parts_of(data)["xl/sharedStrings.xml"]
        for seal, data in zip(seals, stamped, strict=True)
    )


def press_all(plans: Sequence[WorkbookPlan], password: str = "") -> list[bytes]:
    press = Press(password)
    return [press.render(plan) for plan in plans]


FIGURES = st.one_of(
    st.none(),
    st.integers(0, 50),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9),
    st.sampled_from([-0.0, 0.1 + 0.2, 1e-7, True, "文字"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_filled_workbooks(data: st.DataObject) -> None:
    """Figures, blanks, texts in number cells: of each form one press for all examples."""
    form = data.draw(st.sampled_from((FORM_2021, MONTHLY)))
    figures = data.draw(st.lists(FIGURES, min_size=len(form.inputs), max_size=len(form.inputs)))
    name = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    values = dict(zip((cell.id for cell in form.inputs), figures, strict=True))
    plan = plan_workbook(submission_of(form, values, unit=Unit(name, "1", "县级部门")))
    press = PRESSES.setdefault(form.id, Press())
    assert press.render(plan) == render_workbook(plan)


PRESSES: dict[str, Press] = {}


def test_what_is_alike_is_stamped_and_not_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = rendered_in_full(monkeypatch)
    plans = [plan_workbook(blank(FORM_2021, Unit(f"第{n}局", f"99{n}", LEVELS[n % 2]))) for n in range(20)]
    assert press_all(plans) == [render_workbook(plan) for plan in plans]
    # The master, and the proof of the second, which has another name and another level.
    assert len(seen) == 2


def test_what_a_master_cannot_take_is_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = rendered_in_full(monkeypatch)
    plan = plan_workbook(blank(FORM_2021, Unit("甲局", "9901", "县级部门")))
    cover = plan.sheets[0]
    noted = replace(cover.cells[0], comment="看")
    covers = (
        replace(cover, widths={0: 99.0}),
        replace(cover, cells=cover.cells[1:]),
        replace(cover, cells=(noted, *cover.cells[1:])),
    )
    others = (
        replace(plan, names={}),
        replace(plan, subject="另一张表"),
        replace(plan, sheets=plan.sheets[:-1]),
        *(replace(plan, sheets=(other, *plan.sheets[1:])) for other in covers),
    )
    press = Press()
    press.render(plan)
    for number, other in enumerate(others, 2):
        assert press.render(other) == render_workbook(other)
        assert len(seen) == number


def test_limits_of_the_format_are_raised_as_ever() -> None:
    press = Press()
    press.render(plan_workbook(blank(FORM_2021, Unit("甲局", "9901", "县级部门"))))
    with pytest.raises(WritingError):
        press.render(plan_workbook(blank(FORM_2021, Unit("长" * 32_768, "1", "县级部门"))))


def test_a_wrong_stamp_is_raised_and_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(master_parts, "_text_xml", lambda text: f"<si><t>{text}。</t></si>")
    press = Press()
    press.render(plan_workbook(blank(FORM_2021, Unit("甲局", "9901", "县级部门"))))
    with pytest.raises(WritingError, match="differs from the rendered one"):
        press.render(plan_workbook(blank(FORM_2021, Unit("乙局", "9902", "县级部门"))))


def test_an_archive_is_taken_apart_and_put_together_again() -> None:
    data = render_workbook(plan_workbook(blank(FORM_2021, Unit("甲局", "1"))))
    members = split_archive(data)
    assert join_archive(members) == data
    assert {member.name: member.content() for member in members} == parts_of(data)
    changed = [member.holding(b"") if member.name == "docProps/core.xml" else member for member in members]
    assert parts_of(join_archive(changed)) == parts_of(data) | {"docProps/core.xml": b""}


def test_a_text_that_looks_like_rich_text_stays_a_text() -> None:
    data = render_workbook(plan_workbook(blank(FORM_2021, Unit("<r><t>x</t></r>", "1"))))
    assert (
        b"<si><t>&lt;r&gt;&lt;t&gt;x&lt;/t&gt;&lt;/r&gt;</t></si>" in parts_of(data)["xl/sharedStrings.xml"]
    )
