"""``xltools forms``: which forms there are, what is in one, and whether a definition is sound."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from typing import TYPE_CHECKING, Annotated

import typer

from xltools.cli import console, exit_status, options
from xltools.cli.help import HelpGroup, context_settings, examples, help_page
from xltools.cli.language import Say, speaker
from xltools.diagnostics.exceptions import DefinitionError, Problem
from xltools.diagnostics.text import Language, Text

if TYPE_CHECKING:
    from xltools.model.form import Form


def register(app: typer.Typer, language: Language) -> None:
    """Add the group to ``app``, its help in ``language``."""
    say = speaker(language)
    group = typer.Typer(
        name="forms",
        cls=HelpGroup,
        rich_markup_mode=None,
        context_settings=context_settings(language),
        short_help=say("表式：列出、查看、检查定义", "List forms, show one, check a definition"),
        help=say("表式：不带命令时列出全部表式。", "Forms; without a command, all of them are listed."),
        epilog=examples(
            say, "xltools forms", "xltools forms show zfxxgk-2021", "xltools forms lint my/form.toml"
        ),
        invoke_without_command=True,
    )

    @group.callback()
    def forms(
        context: typer.Context,
        *,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        if context.invoked_subcommand is None:
            _print_list(language, as_json=as_json)

    _add_list(group, language, say)
    _add_show(group, language, say)
    _add_lint(group, language, say)
    app.add_typer(group)


def _add_list(group: typer.Typer, language: Language, say: Say) -> None:
    short = Text("列出全部表式", "List the forms that come with xltools")
    long = Text(
        "列出全部表式：编号、适用年度、名称、文件。",
        "List the forms that come with xltools: id, years, title, document.",
    )

    @group.command("list", **help_page(say, short, long, ("xltools forms list --json",)))
    def list_forms(
        *,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        _print_list(language, as_json=as_json)


def _add_show(group: typer.Typer, language: Language, say: Say) -> None:
    short = Text("查看一个表式", "Show the tables and rules of a form")
    long = Text(
        "查看一个表式的表格和审核关系；--json 列出每个单元格及其位置。",
        "Show the tables and rules of a form; with --json every cell and where it stands.",
    )

    @group.command(
        "show",
        **help_page(
            say,
            short,
            long,
            (
                "xltools forms show zfxxgk-2021",
                "xltools forms show zfxxgk-2021 --json > form.json",
            ),
        ),
    )
    def show(
        form: Annotated[str, options.form(say)],
        *,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        from xltools.definition.library import load_form  # only where it is needed

        loaded = load_form(form)
        if as_json:
            from xltools.reporting.forms_json import form_json

            console.write_json(form_json(loaded, language))
        else:
            from xltools.reporting.forms_text import form_text

            console.write(form_text(loaded, language))


def _add_lint(group: typer.Typer, language: Language, say: Say) -> None:
    short = Text("检查表式定义", "Check form definitions")
    long = Text(
        "检查表式定义，一次列出全部错误及其位置。有错误时退出状态为 2。",
        "Check form definitions and name all mistakes with their key path. Exit status 2 if any.",
    )

    @group.command("lint", **help_page(say, short, long, ("xltools forms lint templates/*/form.toml",)))
    def lint(
        files: Annotated[
            list[str],
            typer.Argument(
                metavar="FILE", help=say("form.toml 或所在文件夹。", "A form.toml, or its folder.")
            ),
        ],
        *,
        as_json: Annotated[bool, options.as_json(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        results = [(file, _problems(file)) for file in files]
        if as_json:
            from xltools.reporting.forms_json import lint_json  # only where it is needed

            console.write_json(lint_json(results, language))
        else:
            from xltools.reporting.lint_text import lint_text

            console.write(lint_text(results, language))
        raise typer.Exit(exit_status.FAILED if any(found for _, found in results) else exit_status.CLEAN)


def _print_list(language: Language, *, as_json: bool) -> None:
    forms = known_forms()
    if as_json:
        from xltools.reporting.forms_json import forms_json  # only where it is needed

        console.write_json(forms_json(forms))
    else:
        from xltools.reporting.forms_text import forms_text

        console.write(forms_text(forms, language))


def known_forms() -> "tuple[Form, ...]":
    """Every form that comes with xltools."""
    from xltools.definition.library import built_in_forms, load_form  # it takes time to load

    return tuple(load_form(id_) for id_ in built_in_forms())


def _problems(file: str) -> tuple[Problem, ...]:
    from xltools.definition.library import load_form  # only where it is needed

    try:
        load_form(file)
    except DefinitionError as error:
        return error.problems
    return ()
