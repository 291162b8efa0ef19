"""``xltools trace``: the files and cells behind a figure of a summary."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import Annotated

import typer

from xltools.cli import console, exit_status, options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.diagnostics.text import Language, Text

_SHORT = Text("追溯汇总数的来源", "Say which files and cells a summary's figure adds up")
_LONG = Text(
    "列出汇总表里一个数由哪些单位、哪些文件的哪个格加起来。汇总表由下级汇总表汇成的，逐级追到各单位的报表。"
    "\n\n文件按汇总时记下的位置（相对于汇总表）去找，并核对 SHA-256；找不到的可用 --files 按内容查找。"
    "没有改动的文件，再读一遍其中的数，与汇总表记的核对。"
    "\n\n有文件找不到、改动过，有数与文件中的不同，或者加不起来时退出状态为 1。",
    "List the units, files and cells that a figure of a summary adds up. Where a summary was merged from"
    " summaries, it is followed through all levels down to the units' returns.\n\n"
    "Files are looked for where they were recorded, relative to the summary, and held against their SHA-256;"
    " --files searches by content for those that are not there. In every file that is unchanged the figure is"
    " read again and held against what the summary recorded.\n\n"
    "Exit status 1 if a file is missing or has changed, if a figure is not the one in its file, or if the"
    " figures do not add up.",
)
_EXAMPLES = (
    "xltools trace 汇总.xlsx 三!J5",
    "xltools trace 汇总.xlsx 三!J5 --files returns/ --json",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("trace", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def trace(
        summary: Annotated[str, typer.Argument(metavar="SUMMARY", help=say("汇总表。", "The summary."))],
        place: Annotated[
            str,
            typer.Argument(
                metavar="PLACE", help=say("数字的位置，如 三!J5。", "Where the figure stands: 三!J5.")
            ),
        ],
        *,
        files: Annotated[
            str | None,
            typer.Option(
                "--files",
                metavar="DIR",
                help=say(
                    "在这里按内容查找不在原处的文件。",
                    "Search here, by content, for files that are not where they were.",
                ),
            ),
        ] = None,
        form: Annotated[list[str] | None, options.form_files(say)] = None,
        open_password: Annotated[str, options.password_to_open(say)] = "",
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        from xltools import workflows  # only once the usage is right

        found = workflows.trace(summary, place, files=files, forms=form or (), open_password=open_password)
        if as_json:
            from xltools.reporting.trace_json import trace_json

            console.write_json(trace_json(found))
        else:
            from xltools.reporting.trace_text import trace_text

            console.write(trace_text(found, language))
        if not found.is_right:
            raise typer.Exit(exit_status.BLOCKED)
