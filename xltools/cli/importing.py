"""``xltools import``: a published report to a workbook."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import Annotated

import typer

from xltools import __version__
from xltools.cli import console, exit_status, options, output_options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.diagnostics.text import Language, Text

_SHORT = Text("把公布的年度报告读成工作簿", "Read a published report into a workbook")
_LONG = Text(
    "读取公布的年度报告（.txt、.html、.docx、带文字的 .pdf）或任何工作簿，写成填好的工作簿并审核。"
    "数字按表格的行列名称读取，文字按标题归到各部分，单位和年度取自标题；哪里有几种读法就说哪里，不猜。"
    "\n\n有必须改正或待说明的问题时退出状态为 1，报告读不出时为 2。",
    "Read a published report (.txt, .html, .docx, .pdf with text) or any workbook, write it as a filled"
    " workbook and check that. Figures are read by the labels of the tables, texts by their headings, unit"
    " and year from the title; where something can be read in several ways it is said and not guessed.\n\n"
    "Exit status 1 if something must be corrected or explained, 2 if the report cannot be read.",
)
_EXAMPLES = (
    "xltools import 年度报告.html -o 年度报告.xlsx",
    "xltools import 年度报告.docx -o 年度报告.xlsx --year 2023 --unit 云山县教育局 --code 990131002",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("import", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def import_(  # noqa: PLR0913 - one parameter an option
        file: Annotated[str, options.report(say)],
        *,
        output: Annotated[str, output_options.output_file(say)],
        form: Annotated[str | None, options.only_form(say)] = None,
        year: Annotated[str | None, options.year(say)] = None,
        period: Annotated[str | None, options.period(say)] = None,
        unit: Annotated[str | None, options.unit_name(say)] = None,
        code: Annotated[str, options.unit_code(say)] = "",
        level: Annotated[str, options.unit_level(say)] = "",
        password: Annotated[str, options.password(say)] = "",
        open_password: Annotated[str, options.open_password(say)] = "",
        force: Annotated[bool, output_options.force(say)] = False,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        when = options.named_period(year, period)
        from xltools import workflows  # only once the usage is right
        from xltools.model.unit import Unit

        imported = workflows.import_report(
            file,
            output,
            form=form,
            period=when,
            unit=Unit(unit or "", code, level),
            open_password=open_password,
            password=password,
            force=force,
        )
        source, written = imported.source, imported.written
        if as_json:
            from xltools.reporting.import_json import import_json

            console.write_json(import_json(source, written, language, __version__))
        else:
            from xltools.reporting.import_text import import_text

            console.write(import_text(source, written, language))
        statuses = [checked.status for checked in (source, written) if checked is not None]
        raise typer.Exit(max(exit_status.OF_FILE[status] for status in statuses))
