"""Options that say what is written, and where."""

from __future__ import annotations

from typing import Any

import typer

from xltools.cli.language import Say

_DATA_FILE = "The data file: .csv, .json, .sqlite, .parquet or .duckdb."


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


def with_pictures(say: Say) -> Any:
    """``--with-pictures``."""
    return typer.Option(
        "--with-pictures",
        help=say(
            "报告中表格之后附柱形图（Word 里是可编辑的图表）。",
            "Bar charts in the report, below their tables (in Word charts that can be edited).",
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
            "催报：为每个未报、要改的单位写一段可发送的文字，写到这个新文件夹；"
            "加 --force 换掉其中以前的催报文字。",
            "Write a text ready to send for every unit that owes something into this new folder; --force"
            " replaces the earlier ones in it.",
        ),
    )
