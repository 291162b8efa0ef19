"""``xltools diff``: what differs between two returns or reports."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import Annotated

import typer

from xltools import __version__
from xltools.cli import console, exit_status, options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.diagnostics.text import Language, Text

_SHORT = Text("比较两份报表或公布的报告", "Compare two returns or published reports")
_LONG = Text(
    "逐格比较数字、逐部分比较文字：工作簿、公布的报告（.txt、.html、.docx、.pdf）、上年的，任意两份。"
    "用来核对公布的就是审核通过的。空格与 0 算不同。"
    "\n\n数字有不同时退出状态为 1；只有文字不同或全部相同时为 0；有一份读不出时为 2。",
    "Compare figures cell by cell and texts part by part: any two of workbook, published report (.txt, .html,"
    " .docx, .pdf), last year's. It tells whether what was published is what was accepted. A blank is not"
    " the same as 0.\n\n"
    "Exit status 1 if a figure differs, 0 if none does (texts may differ), 2 if one cannot be read.",
)
_EXAMPLES = (
    "xltools diff 教育局.xlsx 教育局年度报告.html",
    "xltools diff 2023.xlsx 2024.xlsx --json",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("diff", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def diff(
        a: Annotated[str, options.compared(say)],
        b: Annotated[str, options.compared(say)],
        *,
        form: Annotated[str | None, options.only_form(say)] = None,
        open_password: Annotated[str, options.open_password(say)] = "",
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        from xltools import workflows  # only once the usage is right

        comparison = workflows.diff(a, b, form=form, open_password=open_password)
        if as_json:
            from xltools.reporting.diff_json import diff_json

            console.write_json(diff_json(comparison, language, __version__))
        else:
            from xltools.reporting.diff_text import diff_text

            console.write(diff_text(comparison, language))
        raise typer.Exit(exit_status.BLOCKED if comparison.figures else exit_status.CLEAN)
