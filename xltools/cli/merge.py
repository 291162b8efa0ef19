"""``xltools merge``: many returns to one summary workbook."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import TYPE_CHECKING, Annotated

import typer

from xltools import __version__
from xltools.cli import console, engine_options, exit_status, options, output_options, round_options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.cli.progress import watching
from xltools.diagnostics.findings import Status
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.workflows import MergeResult


_SHORT = Text("汇总报送的工作簿", "Add returned workbooks up into a summary")
_LONG = Text(
    "把审核通过的工作簿汇总成一个工作簿，列出汇入的、没有汇入的及原因。汇总表本身可以再审核、再汇总。"
    "同一单位有几个文件时用最新的有效文件；上级自己报的数与下级合计核对，不重复计入。"
    "加 --by-parent 逐级汇总：每个上级一份，下一级的汇总表是上一级的成员。"
    "\n\n有文件没有汇入、单位未报或重复时退出状态为 1，有文件读不出或什么也没有汇总时为 2。",
    "Add up the returns that pass the check into one workbook, with the list of what went in and what did"
    " not, and why. The summary can be checked and merged again one level up. Of several files of one unit"
    " the newest valid one counts; a parent's own figures are compared with the sum below, never added to"
    " it. --by-parent writes one summary a parent, each level made of the one below.\n\n"
    "Exit status 1 if something was left out, is missing or came twice, 2 if a file cannot be read or"
    " nothing could be merged.",
)
_EXAMPLES = (
    "xltools merge returns/ --roster roster.csv -o 汇总.xlsx",
    "xltools merge returns/ -o 汇总.xlsx --data 汇总.csv",
    "xltools merge returns/ --roster roster.csv --by-parent 各级汇总/",
    "xltools merge returns/ --unit 云山县 --code 990131000 --level 县级政府 -o 汇总.xlsx",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("merge", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def merge(  # noqa: PLR0913 - one parameter an option
        paths: Annotated[list[str], options.paths(say)],
        *,
        output: Annotated[str | None, output_options.output_file(say)] = None,
        roster: Annotated[str | None, options.roster(say)] = None,
        unit: Annotated[str | None, options.unit_name(say)] = None,
        code: Annotated[str, options.unit_code(say)] = "",
        level: Annotated[str, options.unit_level(say)] = "",
        data: Annotated[str | None, output_options.data_beside(say)] = None,
        by_parent: Annotated[str | None, output_options.by_parent(say)] = None,
        period: Annotated[str | None, round_options.round_period(say)] = None,
        on_duplicate: Annotated[str, round_options.on_duplicate(say)] = "newest",
        exclude: Annotated[list[str] | None, round_options.exclude(say)] = None,
        include_invalid: Annotated[bool, round_options.include_invalid(say)] = False,
        form: Annotated[list[str] | None, options.form_files(say)] = None,
        previous: Annotated[str | None, options.previous(say)] = None,
        password: Annotated[str, options.password(say)] = "",
        open_password: Annotated[str, options.open_password(say)] = "",
        key_file: Annotated[str | None, options.key_file(say)] = None,
        force: Annotated[bool, output_options.force(say)] = False,
        as_json: Annotated[bool, options.as_json(say)] = False,
        jobs: Annotated[str, engine_options.jobs(say)] = "",
        scheduler: Annotated[str, engine_options.scheduler(say)] = "",
        no_cache: Annotated[bool, engine_options.no_cache(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        summary_unit = options.named_unit(unit, code, level)
        from xltools import workflows  # only once the usage is right

        with engine_options.engine(jobs, scheduler, no_cache=no_cache) as engine:
            result = workflows.merge(
                paths,
                output,
                roster=roster,
                unit=summary_unit,
                data=data,
                by_parent=by_parent,
                period=period,
                on_duplicate=on_duplicate,
                exclude=exclude or (),
                include_invalid=include_invalid,
                forms=form or (),
                previous=previous,
                password=password,
                open_password=open_password,
                key_file=key_file,
                force=force,
                watch=watching(language),
                **engine,
            )
        _print(result, language, as_json=as_json)
        raise typer.Exit(status_of(result))


def status_of(result: "MergeResult") -> int:
    """The exit status of a merge."""
    summary = result.summary
    if summary is None or any(one.status is Status.UNREADABLE for one in result.checked.entries):
        return exit_status.FAILED
    return exit_status.CLEAN if result.intake.is_complete else exit_status.BLOCKED


def _print(result: "MergeResult", language: Language, *, as_json: bool) -> None:
    if as_json:
        from xltools.reporting.merge_json import levels_json, merge_json

        answer = merge_json(result.intake, result.summary, result.output, language, __version__)
        console.write_json(answer | {"summaries": levels_json(result.levels)})
    else:
        from xltools.reporting.merge_text import levels_text, merge_text

        console.write(merge_text(result.intake, result.summary, result.output, language))
        console.write(levels_text(result.levels, language))
