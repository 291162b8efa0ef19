"""Thousands of mutated workbooks: whatever is in them, checking gives a result and no exception."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

import xltools
from tests.hostile.base import unpacked
from tests.hostile.mutate import mutated_bytes, mutated_markup
from tests.hostile.specimens import specimen
from xltools.checking.result import CheckedFile

SPECIMENS = (
    "small",
    "blank",
    "filled",
    "summary",
    "retyped",
    "libreoffice.xlsx",
    "libreoffice.ods",
    "libreoffice.xls",
)
SEEDS = range(5)
INPUTS_A_SEED = 50


def result_of(path: Path, data: bytes) -> CheckedFile:
    path.write_bytes(data)
    (result,) = xltools.check([path])
    assert isinstance(result, CheckedFile)
    assert result.findings or result.submission is not None
    for found in result.findings:
        assert "{" not in found.message.zh.replace("{}", "") or "{" in str(found.actual)
    return result


def survived(path: Path, inputs: list[bytes], name: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number, data in enumerate(inputs):
        try:
            counts[result_of(path, data).status.value] += 1
        except Exception as error:
            kept = path.with_name(f"culprit-{number}{path.suffix}")
            kept.write_bytes(data)
            raise AssertionError(f"{name} input {number} ({kept}): {error!r}") from error
    print(name, dict(counts))
    return counts


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SPECIMENS)
def test_no_mutation_of_the_file_raises(name: str, seed: int, tmp_path: Path) -> None:
    dice = random.Random(f"bytes {name} {seed}")
    data, other = specimen(name), specimen("small")
    inputs = [mutated_bytes(data, other, dice) for _ in range(INPUTS_A_SEED)]
    assert survived(tmp_path / "a.xlsx", inputs, f"{name} bytes {seed}").total() == INPUTS_A_SEED


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", [name for name in SPECIMENS if not name.endswith(".xls")])
def test_no_mutation_of_the_markup_raises(name: str, seed: int, tmp_path: Path) -> None:
    dice = random.Random(f"markup {name} {seed}")
    members = unpacked(specimen(name))
    inputs = [mutated_markup(members, dice) for _ in range(INPUTS_A_SEED)]
    counts = survived(tmp_path / "a.xlsx", inputs, f"{name} markup {seed}")
    assert counts.total() == INPUTS_A_SEED
