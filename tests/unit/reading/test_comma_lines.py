"""Lines parted by commas: those of tables are taken apart, prose is not."""

from __future__ import annotations

import pytest

from xltools.reading.documents.comma_lines import comma_lines

TABLE = ["信息内容,本年制发件数,现行有效件数", '规章,"1,234",', "规范性文件,5,0"]


def test_a_block_of_lines_with_figures_is_a_table() -> None:
    assert comma_lines(["二、标题", *TABLE, ""]) == {
        1: ["信息内容", "本年制发件数", "现行有效件数"],
        2: ["规章", "1,234", ""],
        3: ["规范性文件", "5", "0"],
    }


def test_a_text_of_a_file_of_cells_is_one_cell() -> None:
    assert comma_lines(["一、总体情况,,,", '"2020年,公开5件。",,,']) == {
        0: ["一、总体情况"],
        1: ["2020年,公开5件。"],
    }


@pytest.mark.parametrize(
    "lines",
    [
        ["2020年,公开5件。", "其中,政策3件。", "另有,2"],
        ["公开工作,进展顺利", "机制健全,运行良好", "平台建设,成效明显"],
        TABLE[:2],
        ["a,1", '"b,2', "c,3"],  # a quotation mark without an end parts the block
        ["a\tb,1", "a\tb,2", "a\tb,3"],
    ],
)
def test_prose_and_other_lines_stay_whole(lines: list[str]) -> None:
    assert not comma_lines(lines)
