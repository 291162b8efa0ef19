"""The command line: parse, call, render, exit. Everything else is in the workflows."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from xltools import __version__
from xltools.cli import (
    blank,
    check,
    console,
    data,
    demo,
    diff,
    exit_status,
    explain,
    fill,
    forms,
    importing,
    merge,
    migrate,
    options,
    publish,
    status,
    trace,
)
from xltools.cli.help import HelpGroup, context_settings, examples
from xltools.cli.language import chosen_language, default_language, speaker
from xltools.cli.wrong_usage import WrongUsage, wrong_usage_text
from xltools.diagnostics.exceptions import XltoolsError
from xltools.diagnostics.text import Language, Text

_COMMANDS = (
    blank,
    check,
    status,
    merge,
    trace,
    data,
    fill,
    migrate,
    publish,
    importing,
    diff,
    forms,
    explain,
    demo,
)
_DEBUG = "XLTOOLS_DEBUG"


def build_app(language: Language) -> typer.Typer:
    """The application with all its help in ``language``."""
    say = speaker(language)
    app = typer.Typer(
        name="xltools",
        cls=HelpGroup,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=context_settings(language),
        invoke_without_command=True,
        help=say(
            "统计报表工作簿：生成空白表，审核报送的文件，汇总。离线运行，只处理文件。",
            "Official statistical returns as Excel workbooks: issue blanks, check what comes back, add it up."
            " Works offline, on files.",
        ),
        epilog=examples(
            say,
            "xltools blank zfxxgk-2021 --year 2025 --roster roster.csv -o blanks/",
            "xltools check returns/",
            "xltools merge returns/ --roster roster.csv -o 汇总.xlsx",
        ),
    )

    @app.callback()
    def root(
        context: typer.Context,
        *,
        version: Annotated[
            bool,
            typer.Option(
                "--version",
                is_eager=True,
                callback=_show_version,
                help=say("显示版本后退出。", "Show the version and exit."),
            ),
        ] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        if context.invoked_subcommand is None and not version:
            console.write(context.get_help() + "\n")

    for command in _COMMANDS:
        command.register(app, language)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``xltools`` with ``arguments`` (default: those of the process); returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    console.prepare_streams()
    language = default_language(os.environ)
    try:
        language = chosen_language(given)
        status = _run(given, language)
    except XltoolsError as error:
        status = _failed(error.text, language)
    except WrongUsage as error:
        status = _failed(wrong_usage_text(error), language)
    except (KeyboardInterrupt, typer.Abort):
        status = exit_status.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: one sentence instead of a traceback
        status = _failed(_bug(error), language)
    if status == exit_status.INTERRUPTED:
        console.message(Text("已中断。", "interrupted.").in_language(language))
    return status if console.finish() else exit_status.OUTPUT_CLOSED


def _run(arguments: list[str], language: Language) -> int:
    command = typer.main.get_command(build_app(language))
    status = command.main(args=arguments, prog_name="xltools", standalone_mode=False)
    return status if isinstance(status, int) else exit_status.CLEAN


def _failed(text: Text, language: Language) -> int:
    console.message(text.in_language(language))
    return exit_status.FAILED


def _bug(error: Exception) -> Text:
    if os.environ.get(_DEBUG):
        console.message("".join(traceback.format_exception(error)))
    kind = type(error).__name__
    return Text(
        f"这是 xltools 自身的错误，请反馈（{kind}：{error}）。设置 {_DEBUG}=1 后重试可看到详情。",
        f"this is a bug in xltools, please report it ({kind}: {error}). Set {_DEBUG}=1 to see where.",
    )


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer calls it so
    if value:
        console.write(f"xltools {__version__}\n")
        raise typer.Exit


if __name__ == "__main__":
    sys.exit(main())
