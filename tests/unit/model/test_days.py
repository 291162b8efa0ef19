"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from xltools.model.days import parse_day


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05",
        "2026-1-5",
        "2026/1/5",
        "2026.1.5",
        "2026年1月5日",
        "２０２６年１月５日",
        " 2026 年 1 月 5 日 ",
        "20260105",
        "46027",
        "46027.75",
        "2026-01-05 14:30",
    ],
)
def test_days(text: str) -> None:
    assert parse_day(text) == date(2026, 1, 5)


@pytest.mark.parametrize("text", ["", "一月底", "2026-13-01", "2026-02-30", "2026", "2026年1月", "5"])
def test_no_days(text: str) -> None:
    assert parse_day(text) is None
