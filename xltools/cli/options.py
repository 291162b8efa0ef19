"""Options that several commands share, each described once."""

from __future__ import annotations

from typing import Any

import typer

from xltools.cli.language import OPTION, Say
from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text
from xltools.model.unit import Unit

_DATA_FILE = "The data file: .csv, .json, .sqlite, .parquet or .duckdb."


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


def data_output(say: Say) -> Any:
    """``-o`` where data is written."""
    return typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=say("数据文件：.csv、.json、.sqlite、.parquet 或 .duckdb。", _DATA_FILE),
    )


def data_beside(say: Say) -> Any:
    """``--data`` of a merge."""
    return typer.Option(
        "--data",
        metavar="FILE",
        help=say(
            "另把汇入的各单位的数写成数据文件：.csv、.json、.sqlite、.parquet 或 .duckdb。",
            f"Also write the figures of the units that went in. {_DATA_FILE}",
        ),
    )


def output_one_or_many(say: Say) -> Any:
    """``-o`` where each input gives a workbook."""
    return typer.Option(
        "-o",
        "--output",
        metavar="FILE|DIR",
        help=say(
            "新工作簿：一个文件写 .xlsx 文件名，多个写文件夹。",
            "The new workbook (a name ending in .xlsx), or a folder for one each.",
        ),
    )


def data_input(say: Say) -> Any:
    """``--data`` of ``fill``."""
    return typer.Option(
        "--data",
        metavar="FILE",
        help=say("数据文件：一格一行，或一个单位一行。", "The data: a row a cell, or a row a unit."),
    )


def fill_folder(say: Say) -> Any:
    """``-o`` of ``fill``."""
    return typer.Option(
        "-o",
        "--output",
        metavar="DIR",
        show_default=False,
        help=say(
            "写入的文件夹（默认与数据文件同名）。", "The folder to write to (default: named after the data)."
        ),
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


def returned_file(say: Say) -> Any:
    """The one file to publish."""
    return typer.Argument(
        metavar="FILE", help=say("填好的工作簿或汇总表。", "A workbook that was filled in, or a summary.")
    )


def published_files(say: Say) -> Any:
    """``-o`` where the report is written."""
    return typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=say("写到 .docx 或 .html；可重复。", "The .docx or .html to write; repeatable."),
    )


def report_date(say: Say) -> Any:
    """``--date``."""
    return typer.Option(
        "--date",
        metavar="DAY",
        show_default=False,
        help=say(
            "报告标题下的日期，如 2026-01-15（默认用封面的日期）。",
            "The day below the title, 2026-01-15 (default: the one on the cover).",
        ),
    )


def pictures(say: Say) -> Any:
    """``--pictures``."""
    return typer.Option(
        "--pictures",
        metavar="DIR",
        help=say(
            "另把表中数字画成柱形图（SVG）写到这个文件夹。",
            "Also draw figures of the tables as bar charts (SVG) into this folder.",
        ),
    )


def draft(say: Say) -> Any:
    """``--draft``."""
    return typer.Option(
        "--draft",
        help=say(
            "没有通过审核的也写，标题下注明是草稿。",
            "Write it even if it does not pass the check; it then says below the title that it is a draft.",
        ),
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


def on_duplicate(say: Say) -> Any:
    """``--on-duplicate``."""
    return typer.Option(
        "--on-duplicate",
        metavar="newest|error",
        show_default=False,
        help=say(
            "同一单位有几个不同的文件时：用最新的有效文件（默认），或都不用。",
            "Several different files of a unit: the newest valid one counts (default), or none.",
        ),
    )


def exclude(say: Say) -> Any:
    """``--exclude``."""
    return typer.Option(
        "--exclude",
        metavar="FILE",
        help=say("不用的文件；可重复。", "A file that does not count; repeatable."),
    )


def include_invalid(say: Say) -> Any:
    """``--include-invalid``."""
    return typer.Option(
        "--include-invalid",
        help=say("没有通过审核的也汇入，并作标记。", "Add up what does not pass the check as well, marked."),
    )


def by_parent(say: Say) -> Any:
    """``--by-parent``."""
    return typer.Option(
        "--by-parent",
        metavar="DIR",
        help=say(
            "按名录逐级汇总：每个上级一份，写到此文件夹。",
            "A summary for every parent of the roster, level by level, into this folder.",
        ),
    )


def deadline(say: Say) -> Any:
    """``--deadline``."""
    return typer.Option(
        "--deadline",
        metavar="DATE",
        help=say(
            "报送期限，如 2026-01-31；名录中另有期限的单位按名录。",
            "Last day, such as 2026-01-31; a unit's own in the roster comes before it.",
        ),
    )


def round_period(say: Say) -> Any:
    """``--period`` of a round."""
    return typer.Option(
        "--period",
        metavar="Y[-M]",
        help=say("本轮的年度或月份（默认看文件）。", "Period of the round (default: by the files)."),
    )


def status_format(say: Say) -> Any:
    """``--format`` of a round's status."""
    return typer.Option(
        "--format",
        metavar="text|json|xlsx",
        show_default=False,
        help=say(
            "结果的格式：文字（默认）、JSON、工作簿。",
            "Form of the answer: text (default), JSON, workbook.",
        ),
    )


def list_file(say: Say) -> Any:
    """``-o`` where a list may be written to a workbook."""
    return typer.Option(
        "-o", "--output", metavar="FILE", help=say("xlsx 写到的文件。", "The file for --format xlsx.")
    )


def reminder_folder(say: Say) -> Any:
    """``--reminders``."""
    return typer.Option(
        "--reminders",
        metavar="DIR",
        help=say(
            "催报：为每个未报、要改的单位写一段可发送的文字，写到这个新文件夹。",
            "Write a text ready to send for every unit that owes something into this new folder.",
        ),
    )
