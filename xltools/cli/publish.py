"""``xltools publish``: a return that passed, as the report to publish."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import TYPE_CHECKING, Annotated

import typer

from xltools import __version__
from xltools.cli import console, exit_status, options, output_options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.workflows import PublishResult


_SHORT = Text("把通过审核的报表写成年度报告", "Write a return that passed as the report to publish")
_LONG = Text(
    "把填好的工作簿（或汇总表）写成官方格式的完整报告：标题、单位、日期、各部分标题、文字和表格。"
    ".docx 按党政机关公文格式（GB/T 9704）排版，.html 是可直接发布、可打印的网页，不联网。"
    "先按 xltools check 审核，没有通过的不写；文字部分没有填写的只提示。"
    "\n\n没有通过审核时退出状态为 1，文件读不出时为 2。",
    "Write a filled workbook (or a summary) as the whole report in the official layout: title, unit, date,"
    " headings, texts and tables. A .docx is set like an official document (GB/T 9704), an .html is one page"
    " to put on a site or print, which loads nothing. The file is checked first as by xltools check, and not"
    " written if it does not pass; texts left empty are only noted.\n\n"
    "Exit status 1 if the file did not pass the check, 2 if it cannot be read.",
)
_EXAMPLES = (
    "xltools publish 科技局.xlsx -o 年度报告.docx -o 年度报告.html",
    "xltools publish 科技局.xlsx --previous last-year/ --date 2026-01-28 -o report.docx",
    "xltools publish 科技局.xlsx -o 年度报告.docx --with-pictures",
    "xltools publish 汇总.xlsx -o 年度报告.html --pictures 图",
    "xltools publish 汇总.xlsx --draft -o 样稿.html",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("publish", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def publish(  # noqa: PLR0913 - one parameter an option
        file: Annotated[str, options.returned_file(say)],
        *,
        output: Annotated[list[str], output_options.published_files(say)],
        date: Annotated[str, output_options.report_date(say)] = "",
        previous: Annotated[str | None, options.previous(say)] = None,
        form: Annotated[list[str] | None, options.form_files(say)] = None,
        open_password: Annotated[str, options.password_to_open(say)] = "",
        with_pictures: Annotated[bool, output_options.with_pictures(say)] = False,
        pictures: Annotated[str | None, output_options.pictures(say)] = None,
        draft: Annotated[bool, output_options.draft(say)] = False,
        force: Annotated[bool, output_options.force(say)] = False,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        from xltools import workflows  # only once the usage is right

        result = workflows.publish(
            file,
            output,
            date=date,
            forms=form or (),
            previous=previous,
            open_password=open_password,
            pictures=pictures,
            with_pictures=with_pictures,
            draft=draft,
            force=force,
        )
        _print(result, language, as_json=as_json)
        raise typer.Exit(exit_status.OF_FILE[result.checked.status])


def _print(result: "PublishResult", language: Language, *, as_json: bool) -> None:
    checked, outputs, draft = result.checked, result.outputs, result.draft
    if as_json:
        from xltools.reporting.publish_json import publish_json

        console.write_json(publish_json(checked, outputs, language, __version__, draft=draft))
    else:
        from xltools.reporting.publish_text import publish_text

        console.write(publish_text(checked, outputs, language, draft=draft))
