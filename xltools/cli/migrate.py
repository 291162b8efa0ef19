"""``xltools migrate``: figures of an older version, or of another form, into the workbook that is due."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import TYPE_CHECKING, Annotated

import typer

from xltools import __version__
from xltools.cli import console, exit_status, options, output_options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.workflows import MigratedFile


_SHORT = Text(
    "把旧版或别的表式的数字移到新表", "Move figures of an older version or form into a new workbook"
)
_LONG = Text(
    "把旧版（或前一种格式）工作簿里填的数字和文字，移到现行版的新工作簿里：含义相同的移过去，移不过去的逐一列出"
    "位置、名称、数值和原因，新表里还空着的也列出。原文件不改动；没有表式标识、按名称认得出的自制表同样可以移。"
    "\n\n有没移过去的或要核对的，退出状态为 1；有文件不能移动的，为 2。",
    "Move what was filled into a workbook of an older version, or of the form before, into a new workbook"
    " of the current one. What means the same is moved; what cannot be is listed with its place, label, value"
    " and the reason, and so is what the new workbook still lacks. The old file is not touched. A home-made"
    " workbook that is known by its labels can be moved as well.\n\n"
    "Exit status 1 if something was not moved or must be looked at, 2 if a file cannot be moved at all.",
)
_EXAMPLES = (
    "xltools migrate 教育局.xlsx -o 教育局_新表.xlsx",
    "xltools migrate returns/ -o moved/ --form zfxxgk-2021 --year 2021",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("migrate", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def migrate(  # noqa: PLR0913 - one parameter an option
        paths: Annotated[list[str], options.paths(say)],
        *,
        output: Annotated[str, output_options.output_one_or_many(say)],
        form: Annotated[str | None, options.target_form(say)] = None,
        year: Annotated[str | None, options.year(say)] = None,
        period: Annotated[str | None, options.period(say)] = None,
        password: Annotated[str, options.password(say)] = "",
        open_password: Annotated[str, options.open_password(say)] = "",
        force: Annotated[bool, output_options.force(say)] = False,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        when = options.named_period(year, period)
        from xltools import workflows  # only once the usage is right

        files = workflows.migrate_files(
            paths,
            output,
            form=form,
            period=when,
            password=password,
            open_password=open_password,
            force=force,
        )
        _print(files, language, as_json=as_json)
        raise typer.Exit(max((_status_of(file) for file in files), default=exit_status.CLEAN))


def _status_of(file: "MigratedFile") -> int:
    """The exit status of one file."""
    statuses = {"moved": exit_status.CLEAN, "current": exit_status.CLEAN, "partly": exit_status.BLOCKED}
    return statuses.get(file.status, exit_status.FAILED)


def _print(files: "tuple[MigratedFile, ...]", language: Language, *, as_json: bool) -> None:
    if as_json:
        from xltools.reporting.migrate_json import migrate_json

        console.write_json(migrate_json(files, language, __version__))
    else:
        from xltools.reporting.migrate_text import migrate_text

        for block in migrate_text(files, language):
            console.write(block)
