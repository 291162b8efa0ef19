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
    """One of two files to compare."""
    return typer.Argument(
        metavar="FILE", help=say("工作簿或公布的报告。", "A workbook or a published report.")
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


def output_file(say: Say) -> Any:
    """``-o`` where one workbook is written."""
    return typer.Option(
        "-o", "--output", metavar="FILE", help=say("输出的文件名。", "The workbook to write.")
    )


def output_file_or_folder(say: Say) -> Any:
    """``-o`` where one or many workbooks are written."""
    return typer.Option(
        "-o",
        "--output",
        metavar="FILE|DIR",
        help=say("输出：单位写文件名，名录写文件夹。", "Where to: a file for --unit, a folder for --roster."),
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


def force(say: Say) -> Any:
    """``--force``."""
    return typer.Option("--force", help=say("覆盖已有的文件。", "Replace files that exist."))


def check_format(say: Say) -> Any:
    """``--format`` of a check."""
    return typer.Option(
        "--format",
        metavar="text|json|html|xlsx",
        show_default=False,
        help=say(
            "结果的格式：文字（默认）、JSON、可打印的网页、问题清单工作簿。",
            "Form of the answer: text (default), JSON, a page to print, or a workbook with the list.",
        ),
    )


def report_file(say: Say) -> Any:
    """``-o`` where a report may be written to a file."""
    return typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=say("html、xlsx 写到的文件。", "The file to write with --format html or xlsx."),
    )


def slip_folder(say: Say) -> Any:
    """``--slip``."""
    return typer.Option(
        "--slip",
        metavar="DIR",
        help=say(
            "为每个有问题的文件写一份退回表：原表、原数，问题标在格上并列成清单。",
            "Write a return slip for every file with findings, each marked at its cell.",
        ),
    )


def slip_password(say: Say) -> Any:
    """``--slip-password``."""
    return typer.Option(
        "--slip-password",
        metavar="TEXT",
        show_default=False,
        help=say(
            "退回表的工作表保护密码（默认不设）。", "Password of the slips' sheet protection (default: none)."
        ),
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


def named_unit(name: str | None, code: str, level: str) -> Unit | None:
    """The unit that the three options name, if they name one; raises UsageError without a name."""
    if name is None and (code or level):
        raise UsageError(Text("--code 和 --level 要与 --unit 一起用。", "--code and --level go with --unit."))
    return None if name is None else Unit(name, code, level)
