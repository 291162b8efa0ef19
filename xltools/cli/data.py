"""``xltools data``: what returned workbooks hold, as data."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import TYPE_CHECKING, Annotated

import typer

from xltools import __version__
from xltools.cli import console, exit_status, options, output_options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.cli.progress import Progress
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.workflows import DataResult


_SHORT = Text("把报送的工作簿写成数据文件", "Write what returned workbooks hold as data")
_LONG = Text(
    "把工作簿里的每一格写成一行数据：单位、报告期、单元格编号和名称、数字、计量单位、来源文件。"
    "读得出的都写，并标明审核结果；附数据字典。格式由文件名决定：.csv、.json、.sqlite，"
    "装有 DuckDB 时还有 .parquet 和 .duckdb。"
    "\n\n有必须改正或待说明的问题时退出状态为 1，有文件读不出时为 2；数据都已写出。",
    "Write a row for every cell of every workbook: unit, period, id and labels of the cell, figure, unit of"
    " measure, file. Whatever can be read goes in, with the status of its check; a dictionary goes with it."
    " The format follows from the name: .csv, .json, .sqlite, and with DuckDB installed .parquet and"
    " .duckdb.\n\n"
    "Exit status 1 if something must be corrected or explained, 2 if a file cannot be read; the data is"
    " written all the same.",
)
_EXAMPLES = (
    "xltools data returns/ -o 报送.csv",
    "xltools data returns/ -o returns.parquet",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("data", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def data(
        paths: Annotated[list[str], options.paths(say)],
        *,
        output: Annotated[str, output_options.data_output(say)],
        previous: Annotated[str | None, options.previous(say)] = None,
        open_password: Annotated[str, options.password_to_open(say)] = "",
        key_file: Annotated[str | None, options.key_file(say)] = None,
        form: Annotated[list[str] | None, options.form_files(say)] = None,
        force: Annotated[bool, output_options.force(say)] = False,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        from xltools import workflows  # so that --help and --version start at once

        total, checked = workflows.iter_check(
            paths, forms=form or (), previous=previous, open_password=open_password, key_file=key_file
        )
        progress = Progress(total, language)
        result = workflows.write_data(progress.over(checked), output, force=force)
        progress.clear()
        _print(result, language, as_json=as_json)
        raise typer.Exit(max((exit_status.OF_FILE[s] for s in result.files), default=exit_status.CLEAN))


def _print(result: "DataResult", language: Language, *, as_json: bool) -> None:
    from xltools.reporting.data_words import data_json, data_text

    if as_json:
        console.write_json(data_json(result, language, __version__))
    else:
        console.write(data_text(result, language))
