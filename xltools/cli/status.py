"""``xltools status``: who has handed in, and who has not."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltools import __version__
from xltools.cli import console, engine_options, exit_status, options, output_options, round_options
from xltools.cli.formats import Formats, chosen_format, require_report, say_written
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.cli.progress import watching
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.workflows import StatusResult


_SHORT = Text(
    "报送进度：谁报了，谁没报，谁要改", "Say who has handed in, who has not, and who has to correct"
)
_LONG = Text(
    "对照名录说明每个单位的情况：已报送、零报告、有错误、待说明、未报送、逾期，同一单位的几个文件以哪个为准、"
    "前后有什么不同，哪些文件认不出单位。单位按工作簿里的编码认定，其次按名称；文件名不作数。"
    "加 --reminders 为每个要催的单位写一段可直接发送的文字。"
    "\n\n还有单位未报、要改或有文件认不出时退出状态为 1，有文件读不出时为 2。",
    "Hold what came in against the roster: who has reported, has nothing to report, must correct or explain,"
    " is missing or late; which of several files counts and what the others have differently; which files"
    " are nobody's. A unit is known by the code in its workbook, else by its name, never by the file's name."
    " --reminders writes a text ready to send for every unit that owes something.\n\n"
    "Exit status 1 if anything is open, 2 if a file cannot be read.",
)
_EXAMPLES = (
    "xltools status returns/ --roster roster.csv --deadline 2026-01-31",
    "xltools status returns/ --roster roster.csv --reminders 催报/ --lang zh",
    "xltools status returns/ --roster roster.csv --format xlsx -o 报送情况.xlsx",
)
_FORMATS = Formats(("text", "json", "xlsx"), to_file=("xlsx",), only_to_file=("xlsx",))


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("status", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def status(  # noqa: PLR0913 - one parameter an option
        paths: Annotated[list[str], options.paths(say)],
        *,
        roster: Annotated[str, options.roster(say)],
        deadline: Annotated[str | None, round_options.deadline(say)] = None,
        period: Annotated[str | None, round_options.round_period(say)] = None,
        on_duplicate: Annotated[str, round_options.on_duplicate(say)] = "newest",
        exclude: Annotated[list[str] | None, round_options.exclude(say)] = None,
        previous: Annotated[str | None, options.previous(say)] = None,
        open_password: Annotated[str, options.password_to_open(say)] = "",
        key_file: Annotated[str | None, options.key_file(say)] = None,
        form: Annotated[list[str] | None, options.form_files(say)] = None,
        format_: Annotated[str, output_options.status_format(say)] = "",
        output: Annotated[str | None, output_options.list_file(say)] = None,
        reminders: Annotated[str | None, output_options.reminder_folder(say)] = None,
        force: Annotated[bool, output_options.force(say)] = False,
        as_json: Annotated[bool, options.as_json(say)] = False,
        jobs: Annotated[str, engine_options.jobs(say)] = "",
        scheduler: Annotated[str, engine_options.scheduler(say)] = "",
        no_cache: Annotated[bool, engine_options.no_cache(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        kind = chosen_format(format_, output, _FORMATS, as_json=as_json)
        report = Path(output) if output is not None else None
        from xltools import workflows  # only once the usage is right

        _require_outputs(report, kind, reminders, force=force)
        if report is not None:
            workflows.require_outside(paths, report)
        with engine_options.engine(jobs, scheduler, no_cache=no_cache) as engine:
            result = workflows.status(
                paths,
                roster,
                period=period,
                deadline=deadline,
                on_duplicate=on_duplicate,
                exclude=exclude or (),
                forms=form or (),
                previous=previous,
                open_password=open_password,
                key_file=key_file,
                watch=watching(language),
                **engine,
            )
        files = (entry.file for entry in result.checked.entries)
        workflows.require_no_input(files, [report] if report is not None else [])
        if reminders is not None:
            written = workflows.write_reminders(result, reminders, language, force=force)
            told = Text(
                f"催报文字 {len(written)} 份，在 {reminders}", f"{len(written)} reminders in {reminders}"
            )
            console.message(told.in_language(language))
        _print(result, kind, report, language, force=force)
        raise typer.Exit(status_of(result))


def status_of(result: "StatusResult") -> int:
    """The exit status of a look at a round."""
    if any(one.status is Status.UNREADABLE for one in result.checked.entries):
        return exit_status.FAILED
    return exit_status.CLEAN if result.round.is_complete else exit_status.BLOCKED


def _require_outputs(report: Path | None, kind: str, reminders: str | None, *, force: bool) -> None:
    """Before the work starts: whether its result can be written."""
    require_report(report, kind, force=force)
    if reminders is not None:
        from xltools.workflows.round import require_reminder_folder

        require_reminder_folder(Path(reminders), force=force)


def _print(
    result: "StatusResult", kind: str, report: Path | None, language: Language, *, force: bool
) -> None:
    if kind == "json":
        from xltools.reporting.status_json import status_json

        console.write_json(status_json(result.round, language, __version__))
    elif report is not None:
        from xltools.reporting.status_list import status_list
        from xltools.writing.files import write_whole
        from xltools.writing.workbook import render_workbook

        write_whole(report, render_workbook(status_list(result.round, language)), force=force)
        say_written(report, language)
    else:
        from xltools.reporting.status_text import status_text

        console.write(status_text(result.round, language))
