"""``xltools check``: what is wrong with returned workbooks."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltools import __version__
from xltools.cli import console, engine_options, exit_status, options, output_options
from xltools.cli.formats import Formats, chosen_format, require_report, say_written
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.cli.progress import Progress
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.checking.result import CheckedFile


_SHORT = Text("审核报送的工作簿", "Say what is wrong with returned workbooks")
_LONG = Text(
    "审核报送的工作簿：表式和年度由工作簿自己说明；逐处指出单位、位置、现在是多少、应为多少、怎么改。"
    "加 --slip 为每个有问题的文件写一份退回表，填报人改好后原样报回。"
    "\n\n有必须改正或待说明的问题时退出状态为 1，有文件读不出时为 2。",
    "Check returned workbooks. Form and year are taken from the workbook itself. Every finding says where it"
    " is in the words of the form, what is, what should be, and what to do. --slip writes a return slip for"
    " every file with findings, which the clerk corrects and sends back.\n\n"
    "Exit status 1 if something must be corrected or explained, 2 if a file cannot be read.",
)
_EXAMPLES = (
    "xltools check returns/ --previous last-year/",
    "xltools check 科技局.xlsx --lang zh",
    "xltools check returns/ --slip slips/ --format xlsx -o findings.xlsx",
    "xltools check returns/ --json > findings.json",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("check", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def check(  # noqa: PLR0913 - one parameter an option
        paths: Annotated[list[str], options.paths(say)],
        *,
        previous: Annotated[str | None, options.previous(say)] = None,
        open_password: Annotated[str, options.password_to_open(say)] = "",
        key_file: Annotated[str | None, options.key_file(say)] = None,
        form: Annotated[list[str] | None, options.form_files(say)] = None,
        format_: Annotated[str, output_options.check_format(say)] = "",
        output: Annotated[str | None, output_options.report_file(say)] = None,
        slip: Annotated[str | None, output_options.slip_folder(say)] = None,
        slip_password: Annotated[str, output_options.slip_password(say)] = "",
        force: Annotated[bool, output_options.force(say)] = False,
        as_json: Annotated[bool, options.as_json(say)] = False,
        jobs: Annotated[str, engine_options.jobs(say)] = "",
        scheduler: Annotated[str, engine_options.scheduler(say)] = "",
        no_cache: Annotated[bool, engine_options.no_cache(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        kind = chosen_format(format_, output, _FORMATS, as_json=as_json)
        report = Path(output) if output is not None else None
        require_report(report, kind, force=force)
        from xltools import workflows  # so that --help and --version start at once

        if report is not None and kind == "xlsx":
            workflows.require_outside(paths, report)
        with engine_options.engine(jobs, scheduler, no_cache=no_cache) as engine:
            total, results = workflows.iter_check(
                paths,
                forms=form or (),
                previous=previous,
                open_password=open_password,
                key_file=key_file,
                **engine,
            )
            progress = Progress(total, language)
            seen = _Worst()
            files: Iterable[CheckedFile] = seen.watch(progress.over(results))
            if slip is not None or report is not None:
                files = tuple(files)
                progress.clear()
                workflows.require_no_input(
                    (file.file for file in files), [report] if report is not None else []
                )
            if slip is not None:
                _write_slips(tuple(files), Path(slip), language, password=slip_password, force=force)
            if report is not None:
                _write_report(tuple(files), kind, report, language, force=force)
            else:
                _PRINTERS[kind](files, language, progress)
        raise typer.Exit(seen.status)


def _write_slips(
    files: "Sequence[CheckedFile]", folder: Path, language: Language, *, password: str, force: bool
) -> None:
    from xltools import workflows
    from xltools.reporting.slip_text import slip_text

    written = workflows.write_slips(files, folder, force=force, password=password)
    console.message(slip_text(written, files, folder, language))


def _write_report(
    files: "Sequence[CheckedFile]", kind: str, path: Path, language: Language, *, force: bool
) -> None:
    from xltools.writing.files import write_whole

    if kind == "html":
        from xltools.reporting.check_html import check_html

        data = check_html(files, language, __version__).encode()
    else:
        from xltools.reporting.check_list import check_list
        from xltools.writing.workbook import render_workbook

        data = render_workbook(check_list(files, language))
    write_whole(path, data, force=force)
    say_written(path, language)


class _Worst:
    """The exit status over all files that have come by."""

    def __init__(self) -> None:
        self.status = exit_status.CLEAN

    def watch(self, files: "Iterable[CheckedFile]") -> "Iterator[CheckedFile]":
        for checked in files:
            self.status = max(self.status, exit_status.OF_FILE[checked.status])
            yield checked


def _print_json(files: "Iterable[CheckedFile]", language: Language, progress: Progress) -> None:
    from xltools.reporting.check_json import check_json

    answer = check_json(files, language, __version__)
    progress.clear()
    console.write_json(answer)


def _print_text(files: "Iterable[CheckedFile]", language: Language, progress: Progress) -> None:
    from xltools.reporting.check_text import check_text

    for block in check_text(files, language):
        progress.clear()
        console.write(block)


def _print_html(files: "Iterable[CheckedFile]", language: Language, progress: Progress) -> None:
    from xltools.reporting.check_html import check_html

    page = check_html(files, language, __version__)
    progress.clear()
    console.write_utf8(page)


_PRINTERS = {"text": _print_text, "json": _print_json, "html": _print_html}
_FORMATS = Formats((*_PRINTERS, "xlsx"), to_file=("html", "xlsx"), only_to_file=("xlsx",))
