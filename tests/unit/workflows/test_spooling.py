"""A spool holds what a check gives."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import xltools
from tests.support.workbooks import FORM_2021, UNIT, save, submission_of
from xltools.checking.storage.spool import Spool
from xltools.diagnostics.exceptions import UsageError
from xltools.workflows import merging, spool_check
from xltools.workflows import round as round_module
from xltools.workflows.spooling import Result


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    for number in range(4):
        save(submission_of(FORM_2021, {"t3.new.natural": number}), folder / f"{number}.xlsx")
    shutil.copyfile(folder / "1.xlsx", folder / "9.xlsx")
    (folder / "坏.xlsx").write_bytes(b"")
    return folder


def test_a_spool_holds_what_a_check_gives(inbox: Path) -> None:
    checked = xltools.check([inbox])
    seen: list[object] = []
    totals: set[int] = set()

    def watch(total: int, results: Iterator[Result], /) -> Iterator[Result]:
        totals.add(total)
        for result in results:
            seen.append(result)
            yield result

    with spool_check([inbox], watch=watch) as spool:
        assert tuple(spool) == checked
        assert seen == spool.entries
        assert totals == {len(checked)}
        assert [entry.unit for entry in spool.entries[:5]] == [UNIT] * 5
        assert [entry.status for entry in spool.entries] == [file.status for file in checked]
        contents = [entry.content for entry in spool.entries]
        assert contents[1] == contents[4]
        assert len(set(contents)) == 5
    assert checked[4].findings[0].code == "SAME-FILE"


def test_nothing_to_check_is_refused_as_in_a_check(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        spool_check([tmp_path / "missing.xlsx"])


def test_a_merge_that_fails_gives_the_disk_back_and_one_that_does_not_keeps_it(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spools: list[Spool] = []

    def noting(*given: Any, **more: Any) -> Spool:
        spools.append(spool_check(*given, **more))
        return spools[-1]

    monkeypatch.setattr(merging, "spool_check", noting)
    monkeypatch.setattr(round_module, "spool_check", noting)
    roster = tmp_path / "名录.csv"
    roster.write_text(f"编码,名称,级别,上级\n{UNIT.code},{UNIT.name},{UNIT.level},\n", "utf-8")
    for fails in (
        lambda: xltools.merge([inbox], tmp_path / "汇总.xlsx", exclude=["没有.xlsx"]),
        lambda: xltools.status([inbox], roster, exclude=["没有.xlsx"]),
    ):
        with pytest.raises(UsageError):
            fails()
        with pytest.raises(ValueError, match="closed"):
            spools[-1][0]
    result = xltools.merge([inbox / "0.xlsx"], tmp_path / "汇总.xlsx", include_invalid=True)
    assert result.summary is not None
    assert [member.unit for member in result.summary.members] == [UNIT]
    assert [file.submission for file in result.checked] == list(result.summary.members)
