"""The header of a table in flattened text: a run of its column labels, in whatever order its rows come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from xltools.matching.documents.flow import Piece
from xltools.matching.labels import LabelBook, label_book, label_key
from xltools.matching.tables.align import align
from xltools.matching.tables.axis_nodes import AxisNode, axis_nodes
from xltools.model.form import Leaf, Table

_LEAST_SHARE = 0.6
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class FlatHeader:
    """A header among the pieces of a text: from ``start`` up to ``end``; ``leaves`` are its columns in order.

    ``labels`` holds, for every label found, its piece, its level and the number of its first column;
    ``heading`` the table's own heading above, if it is there.
    """

    start: int
    end: int
    leaves: tuple[Leaf, ...]
    labels: tuple[tuple[Piece, int, int], ...]
    heading: Piece | None

    @property
    def first_line(self) -> int:
        """The line it begins in."""
        pieces = [piece.line for piece, _, _ in self.labels]
        return min([*pieces, self.heading.line] if self.heading is not None else pieces)

    @property
    def last_line(self) -> int:
        """The line it ends in."""
        return max(piece.line for piece, _, _ in self.labels)

    @property
    def extents(self) -> tuple[tuple[float, float], ...]:
        """How far the heading of every column reaches; nothing where that is not known of all."""
        last = {column: piece.extent for piece, _, column in self.labels}  # groups come before what they head
        found = [last.get(number) for number in range(len(self.leaves))]
        known = tuple(extent for extent in found if extent is not None)
        return known if len(known) == len(self.leaves) else ()

    def placed(self, first_column: int) -> Iterator[tuple[Piece, int, int]]:
        """Its labels with row and column on a regular sheet: the heading in the first row, groups below."""
        if self.heading is not None:
            yield self.heading, 0, 0
        for piece, level, column in self.labels:
            yield piece, 1 + level, first_column + column


def find_headers(table: Table, pieces: Sequence[Piece]) -> list[FlatHeader]:
    """Every header of a table in the pieces of a text; empty pieces do not part it."""
    nodes = [node for node in axis_nodes(table.columns) if node.key]
    book = label_book([*(node.label for node in nodes), *filter(None, (table.corner,))])
    found: list[FlatHeader] = []
    run: list[int] = []
    for number, piece in enumerate(pieces):
        if not piece.text:
            continue
        if len(piece.text) <= _LONGEST and book.find(piece.text) is not None:
            run.append(number)
        else:
            found += _header(table, nodes, book, pieces, run)
            run = []
    return found + _header(table, nodes, book, pieces, run)


def _header(
    table: Table, nodes: Sequence[AxisNode], book: LabelBook, pieces: Sequence[Piece], run: Sequence[int]
) -> list[FlatHeader]:
    """The header that a run of labels is, if it is one: nearly all columns, in the order of the form."""
    least = _LEAST_SHARE * len(table.column_leaves)
    if len(run) < least or len(run) > 2 * len(nodes) + 2:
        return []
    best: FlatHeader | None = None
    weight = 0
    for order in _orders(nodes):
        keys = [like.key if (like := book.find(pieces[number].text)) else "" for number in run]
        aligned = align(len(order), run, partial(_same_key, order, keys))
        if aligned.weight <= weight:
            continue
        at = {
            id(node): run[text] for node, text in zip(order, aligned.texts, strict=True) if text is not None
        }
        certain = all(aligned.certain)
        leaves = [node for node in nodes if node.leaf is not None and id(node) in at]
        if certain and len(leaves) >= least and not _are_torn(nodes, at):
            weight = aligned.weight
            best = _made(table, nodes, leaves, at, pieces, run)
    return [best] if best is not None else []


def _are_torn(nodes: Sequence[AxisNode], at: Mapping[int, int]) -> bool:
    """Whether groups and what they head do not go together, so that headings may be those of another group.

    The label of a group is there and none of what it heads; or, where headings are lacking, the label of one
    group is there and that of another is not.
    """
    groups = [number for number, node in enumerate(nodes) if node.leaf is None]
    heads = {number: id(nodes[number]) in at for number in groups}
    filled = {number: any(id(leaf) in at for leaf in _headed(nodes, number)) for number in groups}
    is_whole = all(id(node) in at for node in nodes if node.leaf is not None)
    is_bare = any(heads[number] and not filled[number] for number in groups)
    lacks_label = any(filled[number] and not heads[number] for number in groups)
    return is_bare or (not is_whole and lacks_label and any(heads.values()))


def _headed(nodes: Sequence[AxisNode], group: int) -> list[AxisNode]:
    """The columns that a group heads."""
    further = (n for n in range(group + 1, len(nodes)) if nodes[n].depth <= nodes[group].depth)
    return [node for node in nodes[group + 1 : next(further, len(nodes))] if node.leaf is not None]


def _same_key(order: Sequence[AxisNode], keys: Sequence[str], label: int, text: int) -> int:
    return int(order[label].key == keys[text])


def _orders(nodes: Sequence[AxisNode]) -> list[list[AxisNode]]:
    """The orders in which the labels of a header may come.

    Row by row, with those of columns at the top or at the bottom of the rows they are merged over, or
    group by group.
    """
    deepest = max(node.depth for node in nodes)
    by_top = sorted(nodes, key=lambda node: node.depth)
    by_bottom = sorted(nodes, key=lambda node: deepest if node.leaf is not None else node.depth)
    return [by_top, by_bottom, list(nodes)]


def _made(
    table: Table,
    nodes: Sequence[AxisNode],
    leaves: Sequence[AxisNode],
    at: dict[int, int],
    pieces: Sequence[Piece],
    run: Sequence[int],
) -> FlatHeader:
    columns = {id(node): number for number, node in enumerate(leaves)}
    labels = []
    for number, node in enumerate(nodes):
        if id(node) in at:
            below = next((columns[id(n)] for n in nodes[number:] if id(n) in columns), 0)
            labels.append((pieces[at[id(node)]], node.depth, below))
    before = next((piece for piece in reversed(pieces[: run[0]]) if piece.text), None)
    is_heading = before is not None and label_key(before.text) == label_key(table.heading or "")
    return FlatHeader(
        start=run[0],
        end=run[-1] + 1,
        leaves=tuple(node.leaf for node in leaves if node.leaf is not None),
        labels=tuple(labels),
        heading=before if is_heading and before is not None and before.text else None,
    )
