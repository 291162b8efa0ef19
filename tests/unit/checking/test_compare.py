"""Two submissions held against each other."""

from __future__ import annotations

from dataclasses import replace

from tests.support.workbooks import FORM_2019, FORM_2021, submission_of
from xltools.checking.compare import TextDifference, compare
from xltools.model.submission import Submission

TEXT = "s1.disclosure"


def text_of(one: str, other: str) -> TextDifference | None:
    left, right = (submission_of(FORM_2021, texts={TEXT: text}) for text in (one, other))
    found = compare(left, right)
    assert not found.figures
    return found.texts[0] if found.texts else None


def changed(**values: float | None) -> Submission:
    return submission_of(FORM_2021, {key.replace("__", "."): value for key, value in values.items()})


def test_the_same_is_the_same() -> None:
    found = compare(submission_of(FORM_2021), submission_of(FORM_2021))
    assert (found.figures, found.texts, found.only_left, found.only_right) == ((), (), (), ())
    assert found.compared == len(FORM_2021.figures)


def test_figures_that_differ_and_the_totals_with_them() -> None:
    found = compare(changed(t3__new__natural=5), changed(t3__new__natural=6))
    assert [(f.id, f.left, f.right) for f in found.figures] == [
        ("t3.new.natural", 5, 6),
        ("t3.new.total", 5, 6),
    ]


def test_a_blank_is_not_zero_but_in_a_zero_report() -> None:
    blank = submission_of(FORM_2021, dict.fromkeys(cell.id for cell in FORM_2021.inputs))
    assert len(compare(blank, submission_of(FORM_2021)).figures) == len(FORM_2021.figures)
    assert compare(replace(blank, zero_report=True), submission_of(FORM_2021)).figures == ()


def test_a_total_that_was_typed_counts_as_typed() -> None:
    typed = submission_of(FORM_2021, {"t3.new.total": 7}, typed_totals=frozenset({"t3.new.total"}))
    assert [f.id for f in compare(submission_of(FORM_2021), typed).figures] == ["t3.new.total"]


def test_amounts_are_equal_as_far_as_they_are_compared_elsewhere() -> None:
    found = compare(changed(t2_8__fees__amount=0.3), changed(t2_8__fees__amount=0.1 + 0.2))
    assert found.figures == ()


def test_other_forms_are_compared_where_ids_are_the_same() -> None:
    found = compare(submission_of(FORM_2019), submission_of(FORM_2021))
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
