"""What other processes and earlier runs hand back about dangerous files is what one process says of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import xltools
from tests.hostile.corpus import GROUPS, file_name
from xltools.workflows.execution import resources


@pytest.mark.parametrize("group", ["numbers", "identity", "injections", "packages", "no workbooks"])
def test_records_say_the_same(group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "FILES_A_WORKER", 1)
    for name, build in GROUPS[group].items():
        (tmp_path / file_name(name)).write_bytes(build())
    expected = xltools.check([tmp_path])
    assert len(expected) > 3
    for _ in range(2):
        assert xltools.check([tmp_path], jobs=2, cache=True) == expected
