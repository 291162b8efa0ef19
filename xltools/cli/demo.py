"""``xltools demo``: the whole round before the user's eyes."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from pathlib import Path
from typing import Annotated

import typer

from xltools.cli import console, options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.diagnostics.text import Language, Text

DEFAULT_FOLDER = "xltools-demo"


_SHORT = Text("演示全过程", "Show the whole round on real figures")
_LONG = Text(
    "用真实的年度报告演示全过程：空白表、审核、县级汇总、市级汇总，文件留在一个文件夹里。",
    "Show the whole round on a real report: blank workbooks, check, the summaries of a county and a city."
    " The files stay in a folder.",
)
_EXAMPLES = ("xltools demo", "xltools demo my-demo --lang zh")


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("demo", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def demo(
        folder: Annotated[
            str, typer.Argument(metavar="FOLDER", help=say("放文件的文件夹。", "Folder for the files."))
        ] = DEFAULT_FOLDER,
        *,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        from xltools.demo.run import run_demo  # it brings everything else with it

        run_demo(Path(folder), lambda text: console.write(text.in_language(language) + "\n"))
