"""``xltools fill``: filled workbooks from data."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xltools import __version__
from xltools.cli import console, exit_status, options, output_options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.cli.progress import Progress
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.workflows import FillResult


_SHORT = Text("用数据生成填好的工作簿", "Write filled workbooks from data")
_LONG = Text(
    "按数据文件为每个单位写一个填好的工作簿。数据可以是 xltools data 或 merge --data 写出的，也可以是自己的表"
    "（.csv、.json、.xlsx、.sqlite、.parquet、.duckdb）：一格一行（unit_code、cell、value），"
    "或一个单位一行、以单元格编号作列名。数据有对不上的，逐行指出，一个工作簿也不写。"
    "\n\n数据须改正时退出状态为 1，读不出时为 2。",
    "Write a filled workbook for every unit in a data file: one that xltools data or merge --data wrote, or"
    " a table of your own (.csv, .json, .xlsx, .sqlite, .parquet, .duckdb) with a row a cell (unit_code,"
    " cell, value) or a row a unit and a column a cell id. What does not fit is named row by row, and then"
    " no workbook is written.\n\n"
    "Exit status 1 if the data must be corrected, 2 if it cannot be read.",
)
_EXAMPLES = (
    "xltools fill zfxxgk-2021 --data 汇总.csv -o filled/",
    "xltools fill zfxxgk-2021 --data returns.xlsx --year 2025 --roster roster.csv -o filled/",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("fill", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def fill(  # noqa: PLR0913 - one parameter an option
        form: Annotated[str, options.form(say)],
        *,
        data: Annotated[str, options.data_input(say)],
        output: Annotated[str | None, output_options.fill_folder(say)] = None,
        year: Annotated[str | None, options.year(say)] = None,
        period: Annotated[str | None, options.period(say)] = None,
        roster: Annotated[str | None, options.roster(say)] = None,
        previous: Annotated[str | None, options.previous(say)] = None,
        password: Annotated[str, options.password(say)] = "",
        key_file: Annotated[str | None, options.key_file(say)] = None,
        force: Annotated[bool, output_options.force(say)] = False,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        when = options.named_period(year, period)
        from xltools import workflows  # only once the usage is right

        progress = Progress(0, language)
        result = workflows.fill(
            form,
            data,
            output if output is not None else Path(data).stem,
            roster=roster,
            period=when,
            previous=previous,
            password=password,
            key_file=key_file,
            force=force,
            step=progress.step,
        )
        progress.clear()
        _print(form, result, language, as_json=as_json)
        blocked = any(found.blocks for found in result.findings)
        raise typer.Exit(exit_status.BLOCKED if blocked else exit_status.CLEAN)


def _print(form: str, result: "FillResult", language: Language, *, as_json: bool) -> None:
    from xltools.reporting.fill_words import fill_json, fill_text

    written = [(item.unit, item.path) for item in result.files]
    if as_json:
        console.write_json(fill_json(form, written, result.findings, language, __version__))
    else:
        console.write(fill_text(written, result.findings, language))
