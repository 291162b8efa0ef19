"""The setup of a check as plain data, for other processes and other machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xltools import __version__
from xltools.definition.library import find_definition
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.excel.values import Value
from xltools.model.period import Period
from xltools.model.unit import Unit
from xltools.workflows.check_setup import Setup
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.last_period import LastReturn
from xltools.workflows.path_like import PathLike

PlainReturn = tuple[tuple[str, Period], str, tuple[Period, Unit, str, tuple[Value, ...], bool]]
"""A unit's figures of last period: their key, the form's id, and the facts of a ``LastReturn`` after it."""


@dataclass(frozen=True, slots=True)
class SetupData:
    """A setup without forms: definitions as (text, source), last period's figures with their form's id.

    ``version`` is that of xltools where it was made; another one elsewhere would check otherwise.
    """

    forms: tuple[tuple[str, str], ...]
    previous: tuple[PlainReturn, ...]
    open_password: str
    key: bytes
    version: str = __version__


def to_data(setup: Setup, forms: Sequence[PathLike]) -> SetupData:
    """The setup as plain data; ``forms`` are the definition files that it was read with."""
    files = [find_definition(str(name)) for name in forms]
    return SetupData(
        forms=tuple((file.read_text("utf-8"), str(file)) for file in files),
        previous=tuple(_without_form(key, last) for key, last in setup.last.items()),
        open_password=setup.open_password,
        key=setup.key,
    )


def from_data(data: SetupData) -> Setup:
    """The setup again, elsewhere; raises UsageError where xltools is of another version here."""
    if data.version != __version__:
        raise UsageError(
            Text(
                f"各处的 xltools 版本不同（{data.version} 和 {__version__}），请先统一版本。",
                f"xltools {data.version} here, {__version__} there: install the same version everywhere.",
            )
        )
    registry = FormRegistry.of_texts(data.forms)
    last = dict(_with_form(registry, plain) for plain in data.previous)
    return Setup(registry, last, data.open_password, data.key)


def _without_form(key: tuple[str, Period], last: LastReturn) -> PlainReturn:
    return key, last.form.id, (last.period, last.unit, last.file, last.figures, last.at_second_hand)


def _with_form(registry: FormRegistry, plain: PlainReturn) -> tuple[tuple[str, Period], LastReturn]:
    key, form_id, facts = plain
    form = registry.find(form_id)
    if form is None:
        raise UsageError(Text(f"没有表式“{form_id}”。", f'there is no form "{form_id}".'))
    return key, LastReturn(form, *facts)
