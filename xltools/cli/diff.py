"""``xltools diff``: what differs between two returns or reports."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import TYPE_CHECKING, Annotated

import typer

from xltools import __version__
from xltools.cli import console, engine_options, exit_status, options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.cli.progress import Progress
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.merging.folder_comparison import FolderComparison

_SHORT = Text(
    "比较两份报表或公布的报告，或两个文件夹", "Compare two returns or published reports, or folders of them"
)
_LONG = Text(
    "逐格比较数字、逐部分比较文字：工作簿、公布的报告（.txt、.html、.docx、.pdf）、上年的，任意两份。"
    "用来核对公布的就是审核通过的。空格与 0 算不同；"
    "未能读取的数字不算相同，单独列出，并说明读取时的问题。"
    "\n\n给出两个文件夹时，按单位（编码，其次名称；文件名不作数）和报告期逐个对应："
    "哪些一致，哪些不同、不同在哪里，哪些只在一边有。一个文件和一个文件夹时，只看这个文件的单位。"
    "\n\n数字有不同、有数字未能读取、缺一边或有认不出单位的文件时退出状态为 1；"
    "只有文字不同或全部相同时为 0；有文件读不出时为 2。",
    "Compare figures cell by cell and texts part by part: any two of workbook, published report (.txt, .html,"
    " .docx, .pdf), last year's. It tells whether what was published is what was accepted. A blank is not"
    " the same as 0. A figure that could not be read is the same as no other: it is listed, with what went"
    " wrong in reading.\n\n"
    "Two folders are held against each other unit by unit: by code, else by name, never by the file's name,"
    " and by period. It says which units agree, what differs in which, and who is on one side only. Of a file"
    " and a folder only the file's unit is compared.\n\n"
    "Exit status 1 if a figure differs or could not be read, a unit is missing on a side or a file says no"
    " unit; 0 otherwise (texts may differ); 2 if a file cannot be read.",
)
_EXAMPLES = (
    "xltools diff 教育局.xlsx 教育局年度报告.html",
    "xltools diff 审定/ 公布/",
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
        jobs: Annotated[str, engine_options.jobs(say)] = "",
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        from xltools import workflows  # only once the usage is right

        with engine_options.engine(jobs, "", no_cache=True) as engine:
            if workflows.holds_many(a) or workflows.holds_many(b):
                progress = Progress(0, language)
                folders = workflows.diff_folders(
                    a, b, form=form, open_password=open_password, jobs=engine["jobs"], step=progress.step
                )
                progress.clear()
                _print_folders(folders, language, as_json=as_json)
                raise typer.Exit(_status_of(folders))
        comparison = workflows.diff(a, b, form=form, open_password=open_password)
        if as_json:
            from xltools.reporting.diff_json import diff_json

            console.write_json(diff_json(comparison, language, __version__))
        else:
            from xltools.reporting.diff_text import diff_text

            console.write(diff_text(comparison, language))
        raise typer.Exit(exit_status.CLEAN if comparison.agrees else exit_status.BLOCKED)


def _print_folders(found: "FolderComparison", language: Language, *, as_json: bool) -> None:
    if as_json:
        from xltools.reporting.folder_diff_json import folder_diff_json

        console.write_json(folder_diff_json(found, language, __version__))
    else:
        from xltools.reporting.folder_diff_text import folder_diff_text

        console.write(folder_diff_text(found, language))


def _status_of(found: "FolderComparison") -> int:
    if found.unreadable:
        return exit_status.FAILED
    return exit_status.CLEAN if found.agrees else exit_status.BLOCKED
