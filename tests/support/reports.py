"""Published reports as units make them, in every format and with the ways tables get lost in text.

All of it is made here from a submission by code of its own; nothing of the package's layout is used.
"""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xltools.excel.values import Value, plain
from xltools.model.form import Axis, Form, Leaf, Table, depth
from xltools.model.outcomes import with_totals
from xltools.model.submission import Submission


@dataclass(frozen=True)
class Box:
    """A cell of an official table: its text and over how many columns and rows it reaches."""

    text: str
    columns: int = 1
    rows: int = 1
    head: bool = True


Rows = list[list[Box]]


def shown(value: Value) -> str:
    return "" if value is None else str(plain(value))


def table_rows(submission: Submission, table: Table) -> Rows:
    """The official table with merged headings, the corner over all columns of labels."""
    values = with_totals(submission)
    levels, stub = depth(table.columns), _stub(table)
    rows: Rows = [[] for _ in range(levels)]
    if stub:
        rows[0].append(Box(table.corner, stub, levels))
    for level, _, box in _headings(table.columns, levels, 0, 0):
        rows[level].append(box)
    for labels, leaf in _labels(table.rows, stub):
        line = [Box(text, columns, height) for text, columns, height in labels]
        rows.append(line + [_figure(values, table, leaf, column) for column in table.column_leaves])
    if table.heading:
        width = stub + len(table.column_leaves)
        rows.insert(0, [Box(table.heading, width)])
    return rows


def _figure(values: Mapping[str, Value], table: Table, row: Leaf, column: Leaf) -> Box:
    return Box(shown(values.get(table.cell_id(row, column))), head=False)


def _stub(table: Table) -> int:
    return depth(table.rows) if any(leaf.label for leaf in table.row_leaves) else 0


def _headings(nodes: Sequence[Axis], levels: int, level: int, column: int) -> Iterator[tuple[int, int, Box]]:
    for node in nodes:
        if isinstance(node, Leaf):
            yield level, column, Box(node.label, 1, levels - level)
            column += 1
        else:
            width = sum(1 for _ in _leaves(node.children))
            yield level, column, Box(node.label, width, levels - level - depth(node.children))
            yield from _headings(node.children, levels, levels - depth(node.children), column)
            column += width


def _leaves(nodes: Sequence[Axis]) -> Iterator[Leaf]:
    for node in nodes:
        if isinstance(node, Leaf):
            yield node
        else:
            yield from _leaves(node.children)


def _labels(
    nodes: Sequence[Axis], stub: int, outer: tuple[tuple[str, int, int], ...] = ()
) -> Iterator[tuple[tuple[tuple[str, int, int], ...], Leaf]]:
    """Every row's label cells (text, columns, rows); those of groups stand in their first row only."""
    for number, node in enumerate(nodes):
        before = outer if number == 0 else ()
        if isinstance(node, Leaf):
            own = ((node.label, stub, 1),) if stub else ()
            yield (*before, *own), node
        else:
            height = sum(1 for _ in _leaves(node.children))
            yield from _labels(node.children, stub - 1, (*before, (node.label, 1, height)))


def sections(submission: Submission) -> Iterator[tuple[str, str | Table]]:
    """What stands in a report from top to bottom: headings, texts, tables."""
    numbers = "一二三四五六七八九"
    for section in submission.form.sections:
        yield "h2", section.title
        for number, part in enumerate(section.texts):
            if len(section.texts) > 1:
                yield "h3", f"（{numbers[number]}）{part.label}"
            for line in submission.texts.get(part.id, "").split("\n"):
                if line:
                    yield "p", line
        for table in section.tables:
            yield "table", table


def title(submission: Submission) -> str:
    assert submission.period is not None
    return f"{submission.unit.name}{submission.period.label}{submission.form.title}"


# ------------------------------------------------------------------ flattened text


def grid_of(rows: Rows) -> list[list[str | None]]:
    """Rows with every place of the table: covered ones None."""
    taken: dict[tuple[int, int], str | None] = {}
    for at, row in enumerate(rows):
        column = 0
        for box in row:
            while (at, column) in taken:
                column += 1
            for down in range(box.rows):
                for right in range(box.columns):
                    taken[at + down, column + right] = None
            taken[at, column] = box.text
            column += box.columns
    width = max(column for _, column in taken) + 1
    return [[taken.get((row, column)) for column in range(width)] for row in range(len(rows))]


def tabs(rows: Rows) -> list[str]:
    """Every place of the table between tabs, covered ones empty."""
    return ["\t".join(text or "" for text in row) for row in grid_of(rows)]


def commas(rows: Rows) -> list[str]:
    """As a spreadsheet saves a sheet: every place between commas, texts with a comma in quotation marks."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(grid_of(rows))
    return made.getvalue().splitlines()


def tabs_without_covered(rows: Rows) -> list[str]:
    """As a page copied into an editor: one field a cell, merged ones count once."""
    return ["\t".join(box.text for box in row) for row in rows]


def pipes(rows: Rows) -> list[str]:
    lines = ["| " + " | ".join(text or "" for text in row) + " |" for row in grid_of(rows)]
    return [lines[0], "|" + "---|" * len(grid_of(rows)[0]), *lines[1:]]


def one_a_line(rows: Rows) -> list[str]:
    """One cell a line, empty ones dropped."""
    return [box.text for row in rows for box in row if box.text]


def dropped(rows: Rows) -> list[str]:
    """Tabs between the cells that hold something."""
    return ["\t".join(box.text for box in row if box.text) for row in rows]


def spaces(rows: Rows) -> list[str]:
    """One space between the cells that hold something."""
    return [" ".join(box.text for box in row if box.text) for row in rows]


def aligned(rows: Rows) -> list[str]:
    """Columns lined up with spaces, a wide character taking two places."""
    grid = [[text or "" for text in row] for row in grid_of(rows)]
    widths = [max(len(row[column].encode("gb18030")) for row in grid) + 3 for column in range(len(grid[0]))]
    return [
        "".join(
            text + " " * (width - len(text.encode("gb18030")))
            for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in grid
    ]


FLATTENINGS: Mapping[str, Callable[[Rows], list[str]]] = {
    "tabs": tabs,
    "tabs without covered cells": tabs_without_covered,
    "commas": commas,
    "pipes": pipes,
    "one a line": one_a_line,
    "dropped": dropped,
    "spaces": spaces,
    "aligned": aligned,
}


def as_text(submission: Submission, flatten: Callable[[Rows], list[str]] = tabs) -> str:
    lines = [title(submission), ""]
    for kind, content in sections(submission):
        if isinstance(content, Table):
            lines += ["", *flatten(table_rows(submission, content)), ""]
        else:
            lines += [content, ""] if kind != "p" else [f"　　{content}"]
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------ HTML


def html_table(rows: Rows, *, style: str = "") -> str:
    def cell(box: Box) -> str:
        spans = (f' colspan="{box.columns}"' if box.columns > 1 else "") + (
            f" rowspan={box.rows}" if box.rows > 1 else ""
        )
        inner = f"<p{style}><span{style}>{html.escape(box.text) or '&nbsp;'}</span></p>"
        return f"<td{spans}{style}>{inner}</td>"

    lines = "".join(f"<tr>{''.join(map(cell, row))}</tr>\n" for row in rows)
    return f'<table border="1"{style}><tbody>\n{lines}</tbody></table>'


def html_body(submission: Submission, *, style: str = "", split: int = 0) -> str:
    """Title, headings, texts and tables; ``split`` cuts table rows off into a second table after so many."""
    parts = [f"<h1{style}>{title(submission)}</h1>"]
    for kind, content in sections(submission):
        if isinstance(content, Table):
            rows = table_rows(submission, content)
            cut = [rows[:split], rows[split:]] if 0 < split < len(rows) - 1 else [rows]
            parts += [html_table(part, style=style) for part in cut if part]
        else:
            parts.append(f"<{kind}{style}>{html.escape(content)}</{kind}>")
    return "\n".join(parts)


def as_html(
    submission: Submission, *, style: str = "", charset: str = "utf-8", layout: bool = False
) -> bytes:
    """A page as government sites make them; with ``layout`` in tables around everything."""
    body = html_body(submission, style=style)
    if layout:
        body = (
            '<table width="100%"><tr><td><a href="/">首页</a> &gt; <a href="#">政府信息公开年报</a></td></tr>'
            "<tr><td><table><tr><td width=200><ul><li><a>2018年政府信息公开工作年度报告</a></li>"
            f"<li><a>机构概况</a></li></ul></td><td><div>{body}</div></td></tr></table></td></tr>"
            "<tr><td>主办单位：某县人民政府　网站标识码：0000000001　<a>网站地图</a></td></tr></table>"
        )
    return (
        f'<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
        f"<title>{title(submission)}</title><style>td {{ border: 1px }}</style>"
        f"<script>var a = '<td>7</td>';</script></head><body><!-- <td>8</td> -->{body}</body></html>"
    ).encode("gb18030" if charset.startswith("gb") else charset)


# ------------------------------------------------------------------ docx

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _paragraph(text: str) -> str:
    half = len(text) // 2  # Word tears a text apart wherever it was edited
    runs = "".join(
        f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{html.escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
        if part
    )
    return f"<w:p><w:pPr><w:jc w:val='center'/></w:pPr>{runs}</w:p>"


def docx_table(rows: Rows) -> str:
    """Merged cells as Word writes them: gridSpan, and a continuing cell in every row below."""
    grid: dict[tuple[int, int], tuple[Box, bool]] = {}
    for at, row in enumerate(rows):
        column = 0
        for box in row:
            while (at, column) in grid:
                column += grid[at, column][0].columns
            for down in range(box.rows):
                grid[at + down, column] = (box, down == 0)
            column += box.columns
    made = []
    for at in range(len(rows)):
        cells = []
        for (_, _), (box, first) in sorted((k, v) for k, v in grid.items() if k[0] == at):
            merge = "" if box.rows == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
            span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
            text = box.text if first else ""
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_paragraph(text)}</w:tc>")
        made.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(made)}</w:tbl>"


def docx_of(body: str) -> bytes:
    """A document with this body, as a zip."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}">'
        f"<w:body>{body}</w:body></w:document>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def as_docx(submission: Submission, *, split: int = 0) -> bytes:
    parts = [_paragraph(title(submission))]
    for _, content in sections(submission):
        if isinstance(content, Table):
            rows = table_rows(submission, content)
            cut = [rows[:split], rows[split:]] if 0 < split < len(rows) - 1 else [rows]
            parts += [docx_table(part) + _paragraph("") for part in cut if part]
        else:
            parts.append(_paragraph(content))
    return docx_of("".join(parts))


def numbered(form: Form) -> dict[str, Value]:
    """A different figure in every input, so that no exchange goes unseen."""
    return {cell.id: number for number, cell in enumerate(form.inputs, 1)}


def without_row(page: bytes, label: str) -> bytes:
    """A page in which the row of a table that bears this label has been lost."""
    text = page.decode()
    at = text.index(label)
    start, end = text.rindex("<tr", 0, at), text.index("</tr>", at) + len("</tr>")
    return (text[:start] + text[end:]).encode()
