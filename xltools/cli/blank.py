"""``xltools blank``: blank workbooks for one unit or for a roster."""

# No postponed annotations here: typer reads them, and their help is in a language chosen at run time.
from pathlib import Path
from typing import Annotated

import typer

from xltools.cli import console, options, output_options
from xltools.cli.help import help_page
from xltools.cli.language import speaker
from xltools.cli.progress import Progress
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Language, Text
from xltools.model.unit import Unit

_SHORT = Text("生成空白表", "Write blank workbooks")
_LONG = Text(
    "为一个单位（--unit）或名录中的每个单位（--roster）生成空白表。给出上年的文件（--previous），"
    "上年结转即预先填好。",
    "Write the blank workbook of a form for one unit (--unit) or for every unit of a roster (--roster)."
    " With last year's returns (--previous) what was carried over is filled in.",
)
_EXAMPLES = (
    "xltools blank zfxxgk-2021 --year 2025 --unit 汶上县科学技术局 -o 科技局.xlsx",
    "xltools blank zfxxgk-2021 --year 2025 --roster roster.csv -o blanks/",
)


def register(app: typer.Typer, language: Language) -> None:
    """Add the command to ``app``, its help in ``language``."""
    say = speaker(language)

    @app.command("blank", **help_page(say, _SHORT, _LONG, _EXAMPLES))
    def blank(  # noqa: PLR0913 - one parameter an option
        form: Annotated[str, options.form(say)],
        *,
        output: Annotated[str, output_options.output_file_or_folder(say)],
        year: Annotated[str | None, options.year(say)] = None,
        period: Annotated[str | None, options.period(say)] = None,
        unit: Annotated[str | None, options.unit_name(say)] = None,
        code: Annotated[str, options.unit_code(say)] = "",
        level: Annotated[str, options.unit_level(say)] = "",
        roster: Annotated[str | None, options.roster(say)] = None,
        previous: Annotated[str | None, options.previous(say)] = None,
        password: Annotated[str, options.password(say)] = "",
        key_file: Annotated[str | None, options.key_file(say)] = None,
        force: Annotated[bool, output_options.force(say)] = False,
        _lang: Annotated[str, options.language(say)] = "",
    ) -> None:
        when = _period(year, period)
        units = _units(options.named_unit(unit, code, level), roster)
        from xltools import workflows  # only once the usage is right
        from xltools.reporting.blank_text import blank_text

        progress = Progress(0, language)
        issued = workflows.issue(
            form,
            when,
            units,
            output,
            previous=previous,
            password=password,
            key_file=key_file,
            force=force,
            step=progress.step,
        )
        progress.clear()
        unknown = [item.unit for item in issued if previous is not None and not item.knows_previous]
        console.write(blank_text([(item.unit, item.path) for item in issued], language, unknown))


def _period(year: str | None, period: str | None) -> str:
    if (year is None) == (period is None):
        raise UsageError(
            Text(
                "请用 --year 给出年度，或用 --period 给出月份。",
                "give the year with --year, or the month with --period.",
            )
        )
    return year or period or ""


def _units(unit: Unit | None, roster: str | None) -> Unit | tuple[Unit, ...]:
    if (unit is None) == (roster is None):
        raise UsageError(
            Text(
                "请用 --unit 给出一个单位，或用 --roster 给出名录。",
                "give one unit with --unit, or a roster with --roster.",
            )
        )
    if unit is not None:
        return unit
    assert roster is not None
    from xltools.reading.roster import read_roster  # only where there is one

    return read_roster(Path(roster)).units
