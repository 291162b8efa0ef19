"""``[[earlier]]``: what a definition may say of older versions, and every mistake in it at its key."""

from __future__ import annotations

import pytest

from tests.unit.definition.small import SMALL, changed, mistakes
from xltools.definition.load import parse_definition
from xltools.diagnostics.text import Text
from xltools.model.earlier import CellChange, change_of

FOLLOWS = ('period = "year"', 'period = "year"\nfollows = ["before"]')


def earlier(cells: str, head: str = 'version = "0"') -> str:
    """The small definition with one ``[[earlier]]``."""
    return changed(FOLLOWS, more=f"\n[[earlier]]\n{head}\ncells = [{cells}]\n")


def test_what_became_of_a_cell() -> None:
    form = parse_definition(
        earlier(
            '{ from = "t.*.old", to = "t.*.a" }, { from = "t.z.*", why = { zh = "没有了", en = "gone" } },'
            ' { from = "s1.words", to = "s1.text" }'
        )
        + '\n[[earlier]]\nform = "before"\ncells = [{ from = "t.x.c", to = "t.x.b" }]\n',
        "small.toml",
    )
    changes = form.changes_since("small", "0")
    assert change_of("t.x.old", changes) == CellChange("t.x.old", "t.x.a")
    assert change_of("s1.words", changes) == CellChange("s1.words", "s1.text")
    assert change_of("t.z.b", changes) == CellChange("t.z.b", "", Text("没有了", "gone"))
    assert change_of("t.z.old", changes) == CellChange("t.z.old", "", Text("没有了", "gone"))
    assert change_of("t.x.b", changes) is None
    assert change_of("old", changes) is None
    assert form.changes_since("small", "0.5") == ()
    assert form.changes_since("before", "7") == (CellChange("t.x.c", "t.x.b"),)


@pytest.mark.parametrize(
    ("cells", "head", "path", "words"),
    [
        ('{ from = "t.x.c", to = "t.x.a" }', 'form = "other"', "earlier[1].form", "neither this form"),
        ('{ from = "t.x.c", to = "t.x.a" }', "", "earlier[1].version", "an older version"),
        ('{ from = "t.x.c", to = "t.x.a" }', 'version = "1"', "earlier[1].version", "an older version"),
        ('{ from = "t.x.c", to = "t.x.q" }', 'version = "0"', "earlier[1].cells[1].to", "no cell to fill"),
        ('{ from = "t.x.c", to = "t.x.total" }', 'version = "0"', "earlier[1].cells[1].to", "no cell to"),
        ('{ from = "t.*.c", to = "t.x.a" }', 'version = "0"', "earlier[1].cells[1].to", "as many"),
        ('{ from = "t.x.a", to = "t.x.a" }', 'version = "0"', "earlier[1].cells[1].to", "the same"),
        ('{ from = "t.x.c" }', 'version = "0"', "earlier[1].cells[1]", "either to"),
        ('{ from = "t.x.c", to = "t.x.a", why = { zh = "甲", en = "a" } }', 'version = "0"',
         "earlier[1].cells[1]", "either to"),
        ('{ from = "t.x.c", to = "t.x.a" }, { from = "t.x.c", to = "t.x.b" }', 'version = "0"',
         "earlier[1].cells[2].from", "twice"),
        ('{ from = "t.x.c", to = "t.x.a" }, { from = "t.x.d", to = "t.x.a" }', 'version = "0"',
         "earlier[1].cells[2].to", "two cells lead"),
        ('{ form = "t.x.c", to = "t.x.a" }', 'version = "0"', "earlier[1].cells[1].form", "mean from"),
    ],
)  # fmt: skip
def test_mistakes_are_named_at_their_key(cells: str, head: str, path: str, words: str) -> None:
    found = mistakes(earlier(cells, head))
    assert path in found, found
    assert words in found[path]


def test_one_version_stands_once() -> None:
    text = earlier('{ from = "t.x.c", to = "t.x.a" }')
    more = '\n[[earlier]]\nversion = "0"\ncells = [{ from = "t.x.d", to = "t.x.b" }]\n'
    assert "twice" in mistakes(text + more)["earlier[2]"]
    assert parse_definition(SMALL, "small.toml").earlier == ()
