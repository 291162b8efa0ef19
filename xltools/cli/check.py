"""``xltools check``: what is wrong with returned workbooks."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from xltools import __version__
from xltools.cli import console, exit_status, options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.checking.result import CheckedFile


_SHORT = Text("审核报送的工作簿", "Say what is wrong with returned workbooks")
_LONG = Text(
    "审核报送的工作簿：表式和年度由工作簿自己说明；逐处指出单位、位置、现在是多少、应为多少、怎么改。"
    "\n\n有必须改正或待说明的问题时退出状态为 1，有文件读不出时为 2。",
    "Check returned workbooks. Form and year are taken from the workbook itself. Every finding says where it"
    " is in the words of the form, what is, what should be, and what to do.\n\n"
    "Exit status 1 if something must be corrected or explained, 2 if a file cannot be read.",
)
_EXAMPLES = (
    "xltools check returns/ --previous last-year/",
    "xltools check 科技局.xlsx --lang zh",
    "xltools check returns/ --json > findings.json",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("check", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def check(
        paths: Annotated[list[str], options.paths(say)],
        *,
        previous: Annotated[str | None, options.previous(say)] = None,
        form: Annotated[list[str] | None, options.form_files(say)] = None,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        from xltools import workflows  # so that --help and --version start at once

        total, results = workflows.iter_check(paths, forms=form or (), previous=previous)
        progress = console.Progress(total)
        seen = _Worst()
        files = seen.watch(_stepping(results, progress))
        if as_json:
            _print_json(files, language, progress)
        else:
            _print_text(files, language, progress)
        raise typer.Exit(seen.status)


class _Worst:
    """The exit status over all files that have come by."""

    def __init__(self) -> None:
        self.status = exit_status.CLEAN

    def watch(self, files: "Iterable[CheckedFile]") -> "Iterator[CheckedFile]":
        for checked in files:
            self.status = max(self.status, exit_status.OF_FILE[checked.status])
            yield checked


def _stepping(files: "Iterable[CheckedFile]", progress: console.Progress) -> "Iterator[CheckedFile]":
    for checked in files:
        progress.step()
        yield checked


def _print_json(files: "Iterable[CheckedFile]", language: Language, progress: console.Progress) -> None:
    from xltools.reporting.check_json import check_json

    answer = check_json(files, language, __version__)
    progress.clear()
    console.write_json(answer)


def _print_text(files: "Iterable[CheckedFile]", language: Language, progress: console.Progress) -> None:
    from xltools.reporting.check_text import check_text

    for block in check_text(files, language):
        progress.clear()
        console.write(block)
