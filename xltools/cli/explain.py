"""``xltools explain``: what a finding code means and why it exists."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import Annotated

import typer

from xltools.cli import console, options
from xltools.cli.forms import known_forms
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.diagnostics.text import Language, Text

_SHORT = Text("解释审核编号", "Say what a finding code means")
_LONG = Text(
    "解释审核结果的编号：是什么意思，为什么这样审核，依据哪条，怎么改。",
    "Say what the code of a finding means, why it is checked, the article it rests on, what to do.",
)
_EXAMPLES = ("xltools explain T3-BALANCE", "xltools explain FILE-PASSWORD --lang zh")


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("explain", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def explain(
        code: Annotated[
            str,
            typer.Argument(
                metavar="CODE", help=say("编号，如 T3-BALANCE。", "The code, such as T3-BALANCE.")
            ),
        ],
        *,
        form: Annotated[
            str | None,
            typer.Option(
                "--form",
                metavar="FORM",
                help=say(
                    "只看这个表式（编号或 form.toml）。", "Look in this form only (an id or a form.toml)."
                ),
            ),
        ] = None,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        from xltools.definition.library import load_form  # it takes time to load
        from xltools.reporting.explanation import meanings

        found = meanings(code, known_forms() if form is None else (load_form(form),))
        if as_json:
            from xltools.reporting.explain_json import explain_json

            console.write_json(explain_json(found, language))
        else:
            from xltools.reporting.explain_text import explain_text

            console.write(explain_text(found, language))
