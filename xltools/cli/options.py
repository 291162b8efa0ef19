"""Options that several commands share, each described once."""

from __future__ import annotations

from typing import Any

import typer

from xltools.cli.language import OPTION, Say
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.model.unit import Unit


def language(say: Say) -> Any:
    """``--lang``: read before the command line is parsed, see ``cli.language``."""
    return typer.Option(
        OPTION,
        metavar="zh|en",
        show_default=False,
        help=say(
            "帮助和信息的语言（默认随系统）。", "Language of help and messages (default: the locale's)."
        ),
    )


def paths(say: Say) -> Any:
    """The files to work on."""
    return typer.Argument(
        metavar="PATHS",
        help=say("文件、文件夹、zip 压缩包或通配符。", "Files, folders, zip archives or globs."),
    )


def form(say: Say) -> Any:
    """The form to work with."""
    return typer.Argument(
        metavar="FORM",
        help=say(
            "表式编号（见 xltools forms）或 form.toml。", "Id of a form (see xltools forms), or a form.toml."
        ),
    )


def report(say: Say) -> Any:
    """One report to read."""
    return typer.Argument(
        metavar="FILE",
        help=say(
            "年度报告：.txt、.html、.docx、.pdf 或工作簿。",
            "The report: .txt, .html, .docx, .pdf or a workbook.",
        ),
    )


def compared(say: Say) -> Any:
    """One of two files or folders to compare."""
    return typer.Argument(
        metavar="FILE|DIR",
        help=say(
            "工作簿或公布的报告，或装着它们的文件夹、zip。",
            "A workbook or a published report, or a folder or zip of them.",
        ),
    )


def only_form(say: Say) -> Any:
    """``--form`` where one form is meant, not one more to know."""
    return typer.Option(
        "--form",
        metavar="FORM",
        help=say(
            "表式编号或 form.toml（默认由表格认定）。",
            "Id of the form, or a form.toml (default: by its tables).",
        ),
    )


def data_input(say: Say) -> Any:
    """``--data`` of ``fill``."""
    return typer.Option(
        "--data",
        metavar="FILE",
        help=say("数据文件：一格一行，或一个单位一行。", "The data: a row a cell, or a row a unit."),
    )


def target_form(say: Say) -> Any:
    """``--form``: the form to move to."""
    return typer.Option(
        "--form",
        metavar="FORM",
        show_default=False,
        help=say(
            "移到哪一张表：编号或 form.toml（默认原表式的现行版）。",
            "The form to move to: its id, or a form.toml (default: the workbook's own, as it is now).",
        ),
    )


def year(say: Say) -> Any:
    """``--year``."""
    return typer.Option("--year", metavar="Y", help=say("报告年度。", "Report year."))


def period(say: Say) -> Any:
    """``--period``."""
    return typer.Option(
        "--period", metavar="Y-M", help=say("报告月份，如 2018-03。", "Report month: 2018-03.")
    )


def roster(say: Say) -> Any:
    """``--roster``."""
    return typer.Option(
        "--roster",
        metavar="FILE",
        help=say("单位名录：编码,名称,级别,上级。", "Roster, CSV or XLSX: code,name,level,parent."),
    )


def as_json(say: Say) -> Any:
    """``--json``."""
    return typer.Option("--json", help=say("输出 JSON，供程序读取。", "Print JSON for machines."))


def previous(say: Say) -> Any:
    """``--previous``."""
    return typer.Option(
        "--previous",
        metavar="FILE|DIR",
        help=say("上期报送的文件，或所在文件夹。", "Last period's return, or the folder of all of them."),
    )


def form_files(say: Say) -> Any:
    """``--form``: further definitions."""
    return typer.Option(
        "--form",
        metavar="FILE",
        help=say(
            "另加的表式定义（form.toml）；可重复。", "A further form definition (form.toml); repeatable."
        ),
    )


def password(say: Say) -> Any:
    """``--password``."""
    return typer.Option(
        "--password",
        metavar="TEXT",
        show_default=False,
        help=say("工作表保护密码（默认不设）。", "Password of the sheet protection (default: none)."),
    )


def open_password(say: Say) -> Any:
    """``--open-password``: that of the files which are read."""
    return typer.Option(
        "--open-password",
        metavar="TEXT",
        show_default=False,
        help=say("打开加密工作簿的密码。", "Password that opens encrypted workbooks."),
    )


def password_to_open(say: Say) -> Any:
    """The same where nothing is written that a password could lock: ``--password`` means it as well."""
    return typer.Option(
        "--open-password",
        "--password",
        metavar="TEXT",
        show_default=False,
        help=say("打开加密工作簿的密码。", "Password that opens encrypted workbooks."),
    )


def key_file(say: Say) -> Any:
    """``--key-file``."""
    return typer.Option(
        "--key-file",
        metavar="FILE",
        help=say(
            "本轮的密钥文件：认出不是用它发出的工作簿。",
            "The round's key file: tells workbooks apart that were not issued with it.",
        ),
    )


def returned_file(say: Say) -> Any:
    """The one file to publish."""
    return typer.Argument(
        metavar="FILE", help=say("填好的工作簿或汇总表。", "A workbook that was filled in, or a summary.")
    )


def unit_name(say: Say) -> Any:
    """``--unit``."""
    return typer.Option("--unit", metavar="NAME", help=say("单位名称。", "Name of the unit."))


def unit_code(say: Say) -> Any:
    """``--code``."""
    return typer.Option("--code", metavar="CODE", show_default=False, help=say("单位编码。", "Its code."))


def unit_level(say: Say) -> Any:
    """``--level``."""
    return typer.Option(
        "--level",
        metavar="LEVEL",
        show_default=False,
        help=say("级别，如 县级部门。", "Its level, as the form or its English alias has it."),
    )


def named_period(year: str | None, period: str | None) -> str | None:
    """The year or the month that was given, if one was; raises UsageError where both were."""
    if year is not None and period is not None:
        raise UsageError(Text("--year 和 --period 只能用一个。", "--year and --period exclude each other."))
    return year if year is not None else period


def named_unit(name: str | None, code: str, level: str) -> Unit | None:
    """The unit that the three options name, if they name one; raises UsageError without a name."""
    if name is None and (code or level):
        raise UsageError(Text("--code 和 --level 要与 --unit 一起用。", "--code and --level go with --unit."))
    return None if name is None else Unit(name, code, level)
