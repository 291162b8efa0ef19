"""The workbooks that are measured: filled returns, and the same as LibreOffice saves them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import xltools
from tests.support.office import convert
from xltools.demo.county import county_returns
from xltools.model.period import Period
from xltools.model.unit import Unit

_FORM, _YEAR, _SEED = "zfxxgk-2021", 2025, 2025
_UNITS = 20
_TEXT = "本年度，本机关认真贯彻落实《中华人民共和国政府信息公开条例》，主动公开政府信息，依法办理申请。" * 6


def write_returns(folder: Path) -> list[Path]:
    """Correct returns of several units, every figure and every text filled in."""
    form = xltools.load_form(_FORM)
    units = [Unit(f"云山县第{number}局", f"9901310{number:02}", "县级部门") for number in range(_UNITS)]
    texts = {cell.id: _TEXT for cell in form.cells.values() if cell.kind == "text"}
    returns = county_returns(form, Period(_YEAR), units, _SEED)
    folder.mkdir()
    return [
        xltools.write(
            replace(submission, texts={**texts, **submission.texts}), folder / f"{submission.unit.code}.xlsx"
        )
        for submission in returns
    ]


def resave(files: list[Path], folder: Path) -> list[Path]:
    """The same workbooks saved by LibreOffice; none where it is not installed."""
    return convert(files, folder) if shutil.which("soffice") else []


def copies(files: list[Path], count: int, folder: Path) -> list[Path]:
    """``count`` files in ``folder``: the workbooks in turn, again and again."""
    folder.mkdir()
    targets = [folder / f"{number:04}.xlsx" for number in range(count)]
    for number, target in enumerate(targets):
        shutil.copyfile(files[number % len(files)], target)
    return targets
