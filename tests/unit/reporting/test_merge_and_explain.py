"""Merges without a summary, and meanings of codes."""

from __future__ import annotations

import pytest

from xltools.definition.library import load_form
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.model.round import Fate
from xltools.model.summary import Intake, Receipt
from xltools.reporting.explanation import meanings
from xltools.reporting.merge_json import merge_json
from xltools.reporting.merge_text import merge_text

FORMS = (load_form("zfxxgk-2019"), load_form("zfxxgk-2021"))
REASON = Text("无法读取：坏了", "unreadable: broken")
INTAKE = Intake(
    (
        Receipt("坏.xlsx", "", "", REASON, Fate.UNREADABLE),
        Receipt("甲.xlsx", "01", "甲局", REASON, Fate.UNREADABLE),
    )
)


def test_nothing_merged() -> None:
    answer = merge_json(INTAKE, None, None, "zh", "1")
    assert answer["included"] == []
    common = {"reason": "无法读取：坏了", "fate": "unreadable", "instead": None, "changes": []}
    assert answer["excluded"] == [
        {"file": "坏.xlsx", "code": "", "name": "", **common},
        {"file": "甲.xlsx", "code": "01", "name": "甲局", **common},
    ]
    assert (answer["form"], answer["year"], answer["unit"], answer["output"]) == (None, None, None, None)


def test_nothing_merged_in_words() -> None:
    lines = merge_text(INTAKE, None, None, "en").splitlines()
    assert lines[0] == "nothing could be merged; no summary was written"
    assert "    坏.xlsx" in lines
    assert "    甲局 (01)  甲.xlsx" in lines


def test_a_rule_of_several_forms_is_told_once() -> None:
    (meaning,) = meanings("T3-BALANCE", FORMS)
    assert [source.form for source in meaning.sources] == ["zfxxgk-2019", "zfxxgk-2021"]
    assert meaning.expression


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="T3-BALANCE"):
        meanings("T3-BALENCE", FORMS)
