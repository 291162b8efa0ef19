"""The layers of the package, and that the guard of their order can fail."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cases import ROOT

PACKAGE = ROOT / "xltools"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 400
LONG_FILES: tuple[str, ...] = ()
OWN_PROCESSES = ("xltools/reading/documents/pdf_child.py",)
"""Programs of their own, started by the package: they must say how they ended."""
FORBIDDEN = {  # layer with one import that its place in the order does not allow
    "diagnostics": "xltools.excel.a1",
    "excel": "xltools.expr.nodes",
    "expr": "xltools.model.form",
    "model": "xltools.definition.load",
    "definition": "xltools.layout.plan",
    "layout": "xltools.writing.workbook",
    "writing": "xltools.reading.grid",
    "reading": "xltools.writing.files",
    "matching": "xltools.checking.check",
    "checking": "xltools.merging.merge",
    "merging": "xltools.reporting.words",
    "reporting": "xltools.workflows.form_registry",
    "workflows": "xltools.demo.run",
}


def name_of(path: Path) -> str:
    return (path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(path.name)).as_posix()


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter on the package that lies in ``folder``, with its cache kept out of the tree."""
    program = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; c()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, "--config", str(ROOT / "pyproject.toml"), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def copy_of(folder: Path) -> Path:
    """A copy of the package to break, without its data."""
    shutil.copytree(PACKAGE, folder / "xltools", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    return folder / "xltools"


def imports(path: Path) -> Iterator[str]:
    """Full names of the modules a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(*modules: str) -> set[str]:
    """Parts of the package (first level) that import one of these modules or something in them."""
    return {
        path.relative_to(PACKAGE).parts[0]
        for path in MODULES
        if any(name == m or name.startswith(f"{m}.") for name in imports(path) for m in modules)
    }


def test_every_layer_imports_only_from_those_below() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "KEPT" in done.stdout


def test_the_guard_of_the_layers_can_fail(tmp_path: Path) -> None:
    package = copy_of(tmp_path)
    for layer, forbidden in FORBIDDEN.items():
        assert (PACKAGE / f"{forbidden.replace('.', '/')[8:]}.py").is_file(), forbidden
        init = package / layer / "__init__.py"
        init.write_text(f"{init.read_text('utf-8')}\nimport {forbidden}\n", "utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    for layer, forbidden in FORBIDDEN.items():
        assert f"xltools.{layer} -> {forbidden}" in " ".join(done.stdout.split()), layer


def test_every_layer_has_its_place_in_the_order() -> None:
    parts = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert parts == {*FORBIDDEN, "cli", "demo"}


@pytest.mark.parametrize(
    ("modules", "owners"),
    [
        (("xlsxwriter",), {"writing"}),
        (("typer", "click", "rich"), {"cli"}),
        (("docx",), {"writing"}),
        (("zlib",), {"reading", "writing", "checking"}),
        (("zipfile",), {"reading", "writing"}),
        (("xml", "lxml", "pyexpat", "html.parser"), {"reading"}),
        (("duckdb", "sqlite3"), {"reading", "writing"}),
        (("openpyxl", "python_calamine", "pandas", "polars", "numpy", "html5lib"), set()),
        (("tomllib",), {"definition", "demo"}),
    ],
    ids=[
        "writer",
        "command line",
        "Word",
        "deflate",
        "archives",
        "parsers",
        "databases",
        "test libraries",
        "toml",
    ],
)
def test_each_outside_library_has_its_one_home(modules: tuple[str, ...], owners: set[str]) -> None:
    assert importers(*modules) <= owners
    if owners:
        assert importers(*modules), "the test looks for something that is not there"


def public_without_docstring(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    if not ast.get_docstring(tree):
        yield f"{name_of(path)}: the module"
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in tree.body:
        if not isinstance(node, kinds) or node.name.startswith("_"):
            continue
        members = [n for n in node.body if isinstance(n, kinds)] if isinstance(node, ast.ClassDef) else []
        for part in (node, *(member for member in members if not member.name.startswith("_"))):
            if not ast.get_docstring(part):
                yield f"{name_of(path)}:{part.lineno} {part.name}"


def test_everything_public_is_documented() -> None:
    assert [found for path in MODULES for found in public_without_docstring(path)] == []


def test_the_guard_of_docstrings_can_fail(tmp_path: Path) -> None:
    bare = tmp_path / "bare.py"
    bare.write_text("def f(): ...\nclass A:\n    'Said.'\n    def m(self): ...\n    def _p(self): ...\n")
    assert list(public_without_docstring(bare)) == ["bare.py: the module", "bare.py:1 f", "bare.py:4 m"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_stay_short_enough_to_read(path: Path) -> None:
    if name_of(path) not in LONG_FILES:
        assert len(path.read_text("utf-8").splitlines()) < MAX_LINES


def test_nothing_below_the_command_line_prints_or_exits() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] not in ("cli", "demo") and name_of(path) not in OWN_PROCESSES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "sys.exit", "exit", "input", "os._exit")
    ]
    assert found == []
