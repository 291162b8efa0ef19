"""Where form definitions lie: those that come with the package, and files of the user's own."""

from __future__ import annotations

import difflib
from pathlib import Path

from xltools.definition.load import load_definition
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.model.form import Form
from xltools.model.period import Period

DEFINITION_FILE = "form.toml"
_PACKAGE = Path(__file__).resolve().parent.parent


def data_folder(name: str) -> Path:
    """The folder ``templates`` or ``examples``: inside an installed wheel, or in the checkout."""
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def built_in_forms() -> dict[str, Path]:
    """Id to definition file of every form that comes with the package, sorted by id."""
    files = sorted(data_folder("templates").glob(f"*/{DEFINITION_FILE}"))
    return {file.parent.name: file for file in files}


def find_definition(name: str) -> Path:
    """The definition file for a form id, a definition file or its folder.

    Raises UsageError, with the nearest name, where there is none.
    """
    forms = built_in_forms()
    if name in forms:
        return forms[name]
    path = Path(name)
    if path.is_dir() and (path / DEFINITION_FILE).is_file():
        return path / DEFINITION_FILE
    if path.suffix == ".toml" and path.is_file():
        return path
    near = difflib.get_close_matches(name, forms, n=1, cutoff=0.4)
    known = "、".join(forms)
    raise UsageError(
        Text(
            f"没有表式“{name}”" + (f"，是否应为 {near[0]}？" if near else "。") + f"现有表式：{known}",
            f'there is no form "{name}"'
            + (f"; did you mean {near[0]}?" if near else ".")
            + f" Known forms: {', '.join(forms)}",
        )
    )


def load_form(name: str) -> Form:
    """The form with this id, or in this definition file; raises UsageError or DefinitionError."""
    return load_definition(find_definition(name))


def require_period(form: Form, period: Period) -> None:
    """Raise UsageError where ``form`` is not the one for ``period``, naming the form that is."""
    if form.covers(period):
        return
    if (period.month is None) != (form.period == "year"):
        raise UsageError(
            Text(
                f"{form.id} 按{'年' if form.period == 'year' else '月'}报送，不能用“{period}”。",
                f'{form.id} is reported by the {form.period}; "{period}" does not fit.',
            )
        )
    last = "" if form.last_year is None else str(form.last_year)
    other = [f.id for f in map(load_definition, built_in_forms().values()) if f.covers(period)]
    raise UsageError(
        Text(
            f"{form.id} 适用于 {form.first_year}—{last or '今'} 年度，不适用于 {period}。"
            + (f"该年度请用 {other[0]}。" if other else ""),
            f"{form.id} is for {form.first_year} to {last or 'today'}, not for {period}."
            + (f" Use {other[0]} for that year." if other else ""),
        )
    )
