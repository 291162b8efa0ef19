"""``xltools forms`` and ``xltools explain``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.support.workbooks import MONTHLY_FILE
from xltools.definition.library import built_in_forms, load_form
from xltools.layout.places import places

Run = Callable[..., Ran]


@pytest.mark.parametrize("command", [("forms",), ("forms", "list")])
def test_the_list(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command)
    assert ran.status == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == list(built_in_forms())
    listed = run(*command, "--json").json["forms"]
    assert [form["form"] for form in listed] == list(built_in_forms())
    assert {"form", "version", "title", "years", "document"} <= set(listed[0])


@pytest.mark.parametrize("name", ["zfxxgk-2019", "zfxxgk-2021", str(MONTHLY_FILE)])
def test_show_json_has_every_cell(run: Run, name: str) -> None:
    form = load_form(name)
    answer = run("forms", "show", name, "--json").json
    assert {"form", "version", "years", "document", "cells", "rules"} <= set(answer)
    assert [cell["id"] for cell in answer["cells"]] == list(form.cells)
    keys = ["id", "sheet", "cell", "label", "table", "row", "column", "kind", "type"]
    assert all(list(cell) == keys for cell in answer["cells"])
    where = places(form).cells
    assert all(cell["cell"] == where[cell["id"]].a1 for cell in answer["cells"])
    assert {cell["kind"] for cell in answer["cells"]} <= {"input", "total", "text", "identity"}
    assert {cell["type"] for cell in answer["cells"]} <= {"integer", "decimal", "text"}
    assert [rule["id"] for rule in answer["rules"]] == [rule.id for rule in form.rules]
    assert all({"severity", "expression", "message", "source"} <= set(rule) for rule in answer["rules"])


def test_show_text(run: Run) -> None:
    ran = run("forms", "show", "zfxxgk-2021", "--lang", "zh")
    assert ran.status == 0
    assert "表" in ran.out
    for rule in load_form("zfxxgk-2021").rules:
        assert all(part in ran.out for part in (rule.id, rule.expression, rule.message.zh, rule.source))


def test_an_unknown_form(run: Run) -> None:
    ran = run("forms", "show", "zfxxgk2021", "--json")
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean zfxxgk-2021?" in ran.err


def test_lint(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "form.toml"
    broken.write_text('id = "x"\nversion = 3\n', "utf-8")
    assert run("forms", "lint", MONTHLY_FILE).status == 0
    ran = run("forms", "lint", MONTHLY_FILE, broken)
    assert ran.status == 2
    assert f"no mistakes: {MONTHLY_FILE}" in ran.out
    assert "title" in ran.out
    first, second = run("forms", "lint", MONTHLY_FILE, broken, "--json").json["files"]
    assert (first["problems"], second["file"]) == ([], str(broken))
    assert all(set(problem) == {"path", "message"} for problem in second["problems"])
    assert len(second["problems"]) > 2


@pytest.mark.parametrize("code", ["T3-BALANCE", "t3-balance", "T3-BALANCE[natural]"])
def test_explain_a_rule(run: Run, code: str) -> None:
    ran = run("explain", code, "--lang", "zh")
    assert ran.status == 0
    rule = next(rule for rule in load_form("zfxxgk-2021").rules if rule.id == "T3-BALANCE")
    for part in (rule.message.zh, rule.why.zh, rule.fix.zh, rule.source, rule.expression, "错误性"):
        assert part in ran.out


def test_explain_in_one_form(run: Run) -> None:
    out = run("explain", "T3-BALANCE", "--form", "zfxxgk-2019").out
    assert "[zfxxgk-2019]" in out
    assert "[zfxxgk-2021]" not in out


def test_explain_a_code_of_the_tool(run: Run) -> None:
    ran = run("explain", "FILE-UNSAFE")
    assert ran.status == 0
    assert "{" not in ran.out
    (meaning,) = run("explain", "FILE-UNSAFE", "--json").json["meanings"]
    assert (meaning["code"], meaning["expression"], meaning["sources"]) == ("FILE-UNSAFE", None, [])


def test_explain_an_unknown_code(run: Run) -> None:
    ran = run("explain", "T3-BALLANCE")
    assert (ran.status, ran.out) == (2, "")
    assert "T3-BALANCE" in ran.err
