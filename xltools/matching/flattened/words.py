"""The cells of flattened lines as labels and figures: split at spaces, joined where lines broke them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xltools.matching.documents.flow import FlowLine, Piece
from xltools.matching.labels import LabelBook, label_book
from xltools.matching.numbers import looks_like_figure
from xltools.matching.tables.axis_nodes import axis_nodes
from xltools.model.form import Form

_MOST_WORDS = 40
_MOST_IN_LABEL = 6
_MOST_JOINED = 4
_LONGEST = 150


def form_book(form: Form) -> LabelBook:
    """Every label of the form's tables: of rows, columns, corners and headings."""
    labels = [
        node.label
        for table in form.tables
        for axis in (table.rows, table.columns)
        for node in axis_nodes(axis)
    ]
    titles = [text for table in form.tables for text in (table.corner, table.heading)]
    return label_book(label for label in (*labels, *titles) if label)


def spread(lines: Sequence[FlowLine], book: LabelBook) -> list[list[Piece]]:
    """The pieces of every line, as the labels and figures that they are."""
    return _joined([_split_line(line, book) for line in lines], book)


def is_label(text: str, book: LabelBook) -> bool:
    """Whether a text is a label of the form."""
    return len(text) <= _LONGEST and book.find(text) is not None


def _split_line(line: FlowLine, book: LabelBook) -> list[Piece]:
    """The pieces of a line; those of several words with only a space between are taken apart."""
    found: list[Piece] = []
    for piece in line.pieces:
        words = piece.text.split() if line.is_text else []
        parts = (
            _words(words, book)
            if 1 < len(words) <= _MOST_WORDS
            and not is_label(piece.text, book)
            and not _is_grouped(piece.text)
            else None
        )
        found += [piece] if parts is None else [replace(piece, text=part, extent=None) for part in parts]
    return found


def _is_grouped(text: str) -> bool:
    """Whether spaces group the digits of one number (``1 234``)."""
    return looks_like_figure(text)


def _words(words: Sequence[str], book: LabelBook) -> list[str] | None:
    """Words put together to labels, the longest first; None where some are neither labels nor figures."""
    found: list[str] = []
    at = 0
    while at < len(words):
        if looks_like_figure(words[at]):
            found.append(words[at])
            at += 1
            continue
        for end in range(min(len(words), at + _MOST_IN_LABEL), at, -1):
            text = " ".join(words[at:end])
            if is_label(text, book):
                found.append(text)
                at = end
                break
        else:
            return None
    return found


def _joined(lines: list[list[Piece]], book: LabelBook) -> list[list[Piece]]:
    """The lines with labels put together that were broken over several of them."""
    for number, pieces in enumerate(lines):
        if len(pieces) != 1 or not _is_broken(pieces[0].text, book):
            continue
        for end in range(number + 2, min(number + 1 + _MOST_JOINED, len(lines) + 1)):
            below = lines[number + 1 : end]
            if any(not part or not part[0].text for part in below) or any(
                len(part) > 1 for part in below[:-1]
            ):
                break
            text = pieces[0].text + "".join(part[0].text for part in below)
            if is_label(text, book):
                lines[end - 1] = [replace(pieces[0], text=text), *below[-1][1:]]
                for empty in range(number, end - 1):
                    lines[empty] = []
                break
    return lines


def _is_broken(text: str, book: LabelBook) -> bool:
    return 0 < len(text) <= _LONGEST and not looks_like_figure(text) and not is_label(text, book)
