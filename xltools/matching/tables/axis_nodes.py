"""The labels of a table's rows or columns, groups before what they head."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xltools.matching.labels import label_key
from xltools.model.form import Axis, Leaf


@dataclass(frozen=True, slots=True)
class AxisNode:
    """A label of one axis: of a leaf, or of a group over several; ``depth`` counts the groups around it."""

    label: str
    key: str
    leaf: Leaf | None
    depth: int


def axis_nodes(axis: Sequence[Axis], depth: int = 0) -> Iterator[AxisNode]:
    """Every label in the order of the table."""
    for node in axis:
        yield AxisNode(node.label, label_key(node.label), node if isinstance(node, Leaf) else None, depth)
        if not isinstance(node, Leaf):
            yield from axis_nodes(node.children, depth + 1)
