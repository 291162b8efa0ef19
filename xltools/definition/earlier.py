"""``[[earlier]]`` of a definition: what became of the cells of older versions and of forms it follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xltools.definition.toml_reader import TomlReader
from xltools.diagnostics.exceptions import Problem
from xltools.diagnostics.text import Text
from xltools.model.earlier import ANY, CellChange, Earlier, fits
from xltools.model.form import Form


def read_earlier(reader: TomlReader, form_id: str) -> Earlier:
    """One ``[[earlier]]``; without ``form`` it is an older version of this one."""
    changes = []
    for item in reader.tables("cells"):
        why = item.bilingual("why") if item.has("why") else None
        changes.append(CellChange(item.text("from"), item.text("to", ""), why))
        item.done()
    earlier = Earlier(reader.text("form", form_id), reader.text("version", ""), tuple(changes))
    reader.done()
    return earlier


def lint_earlier(form: Form) -> Iterator[Problem]:
    """What ``[[earlier]]`` gets wrong: forms and versions that cannot be meant, cells that are not there."""
    entries = Counter((earlier.form, earlier.version) for earlier in form.earlier)
    for number, earlier in enumerate(form.earlier, 1):
        path = f"earlier[{number}]"
        if earlier.form not in (form.id, *form.follows):
            yield _problem(
                f"{path}.form",
                f"{earlier.form} 既不是本表式，也不在 follows 之内",
                f"{earlier.form} is neither this form nor one of those it follows",
            )
        elif earlier.form == form.id and earlier.version in ("", form.version):
            yield _problem(
                f"{path}.version",
                "应写明本表式的一个旧版本",
                "must be an older version of this form",
            )
        if entries[earlier.form, earlier.version] > 1:
            yield _problem(path, "同一版本写了两次", "the same version stands twice")
        yield from _cells(form, earlier, path)


def _cells(form: Form, earlier: Earlier, path: str) -> Iterator[Problem]:
    sources = Counter(change.source for change in earlier.cells)
    targets = Counter(change.target for change in earlier.cells if change.target)
    for number, change in enumerate(earlier.cells, 1):
        here = f"{path}.cells[{number}]"
        if bool(change.target) == (change.why is not None):
            yield _problem(
                here,
                "to（移到哪一格）和 why（为什么没有这一格了）应写且只写一个",
                "needs either to (where it is now) or why (why it is no more)",
            )
        if sources[change.source] > 1:
            yield _problem(f"{here}.from", f"{change.source} 写了两次", f"{change.source} stands twice")
        if not change.target:
            continue
        if targets[change.target] > 1:
            yield _problem(
                f"{here}.to",
                f"有两处都移到 {change.target}",
                f"two cells lead to {change.target}",
            )
        if change.source == change.target:
            yield _problem(f"{here}.to", "编号没有改变，不必写", "the id is the same: leave it out")
        if _wildcards(change.source) != _wildcards(change.target):
            yield _problem(f"{here}.to", f"与 from 的 {ANY} 个数不同", f"has not as many {ANY} as from")
        elif not any(
            cell.kind != "total" and fits(change.target, cell.id) is not None for cell in form.cells.values()
        ):
            yield _problem(
                f"{here}.to",
                f"没有 {change.target} 这样的填写格",
                f"there is no cell to fill called {change.target}",
            )


def _wildcards(pattern: str) -> int:
    return pattern.split(".").count(ANY)


def _problem(path: str, zh: str, en: str) -> Problem:
    return Problem(path, Text(zh, en))
