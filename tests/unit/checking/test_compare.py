"""Two submissions held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.support.workbooks import FORM_2019, FORM_2021, submission_of
from xltools.checking.compare import TextDifference, compare
from xltools.excel.values import Value
from xltools.model.form import Form
from xltools.model.outcomes import with_totals
from xltools.model.submission import Submission

TEXT = "s1.disclosure"


def as_read(form: Form, values: Mapping[str, Value] | None = None, **facts: Any) -> Submission:
    """A return with the totals that its file has."""
    made = submission_of(form, values or {}, **facts)
    return replace(made, values=with_totals(made))


def text_of(one: str, other: str) -> TextDifference | None:
    left, right = (as_read(FORM_2021, texts={TEXT: text}) for text in (one, other))
    found = compare(left, right)
    assert not found.figures
    return found.texts[0] if found.texts else None


def changed(**values: float | None) -> Submission:
    return as_read(FORM_2021, {key.replace("__", "."): value for key, value in values.items()})


def test_the_same_is_the_same() -> None:
    found = compare(as_read(FORM_2021), as_read(FORM_2021))
    assert (found.figures, found.texts, found.only_left, found.only_right) == ((), (), (), ())
    assert found.compared == len(FORM_2021.figures)


def test_figures_that_differ_and_the_totals_with_them() -> None:
    found = compare(changed(t3__new__natural=5), changed(t3__new__natural=6))
    assert [(f.id, f.left, f.right) for f in found.figures] == [
        ("t3.new.natural", 5, 6),
        ("t3.new.total", 5, 6),
    ]


def test_a_blank_is_not_zero_but_in_a_zero_report() -> None:
    blank = as_read(FORM_2021, dict.fromkeys(cell.id for cell in FORM_2021.inputs))
    assert len(compare(blank, as_read(FORM_2021)).figures) == len(FORM_2021.figures)
    assert compare(replace(blank, zero_report=True), as_read(FORM_2021)).figures == ()


def test_a_total_that_was_typed_counts_as_typed() -> None:
    typed = as_read(FORM_2021, {"t3.new.total": 7}, typed_totals=frozenset({"t3.new.total"}))
    assert [f.id for f in compare(as_read(FORM_2021), typed).figures] == ["t3.new.total"]


def test_what_was_not_read_is_kept_apart() -> None:
    read = as_read(FORM_2021)
    row = {id_: value for id_, value in read.values.items() if not id_.startswith("t3.partly.")}
    found = compare(read, replace(read, values=row | {"t2_5.licensing.decisions": "约3"}))
    assert found.figures == ()
    assert not found.agrees
    assert {f.id.rpartition(".")[0] for f in found.unread} == {"t3.partly", "t2_5.licensing"}
    assert {(f.left_read, f.right_read) for f in found.unread} == {(True, False)}
    assert [f.right for f in found.unread if f.right is not None] == ["约3"]
    assert found.compared == len(FORM_2021.figures) - len(found.unread)


def test_a_total_of_what_was_not_read_is_not_known_either() -> None:
    read = as_read(FORM_2021)
    blank = {**read.values, "t3.new.natural": "约3", "t3.new.total": None}
    assert {f.id for f in compare(read, replace(read, values=blank)).unread} == {
        "t3.new.natural",
        "t3.new.total",
    }


def test_amounts_are_equal_as_far_as_they_are_compared_elsewhere() -> None:
    found = compare(changed(t2_8__fees__amount=0.3), changed(t2_8__fees__amount=0.1 + 0.2))
    assert found.figures == ()


def test_other_forms_are_compared_where_ids_are_the_same() -> None:
    found = compare(as_read(FORM_2019), as_read(FORM_2021))
    assert found.figures == ()
    assert "t2_9.procurement.amount" in found.only_left
    assert found.only_right
    assert not set(found.only_right) & FORM_2019.cells.keys()
    assert found.compared + len(found.only_left) == len(FORM_2019.figures)


def test_blanks_and_bullets_do_not_make_a_text_different() -> None:
    assert text_of("一、公开了 125 条。\n二、好。", "　一、公开了125条。\n\n- 二、好。") is None


def test_sentences_that_differ_are_shown_beside_each_other() -> None:
    found = text_of("公开了125条。一切良好。", "公开了126条。一切良好。")
    assert found is not None
    assert found.changes == (("公开了125条。", "公开了126条。"),)
    assert 0.9 < found.similarity < 1


def test_a_text_that_is_missing() -> None:
    found = text_of("公开了。", "")
    assert found is not None
    assert (found.similarity, found.changes) == (0, (("公开了。", ""),))
