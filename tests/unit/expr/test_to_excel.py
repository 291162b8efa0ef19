"""Every kind of node as an Excel formula."""

from __future__ import annotations

import pytest

from xltools.expr.nodes import Attribute, Figure
from xltools.expr.parser import parse
from xltools.expr.resolve import resolve
from xltools.expr.to_excel import to_excel


def locate(node: Figure | Attribute) -> str:
    if isinstance(node, Attribute):
        return node.name.split(".")[1].upper()
    return f"P!{node.id}" if node.previous else node.id


def formula(source: str) -> str:
    def lookup(name: str) -> tuple[str, ...]:
        return ("A1", "B1") if name == "group" else (name,)

    return to_excel(resolve(parse(source), lookup), locate)


@pytest.mark.parametrize(
    ("source", "excel"),
    [
        ("A == B", "ROUND(A-B,6)=0"),
        ("A != B", "ROUND(A-B,6)<>0"),
        ("A < B", "ROUND(A-B,6)<0"),
        ("A <= B", "ROUND(A-B,6)<=0"),
        ("A > B", "ROUND(A-B,6)>0"),
        ("A >= B", "ROUND(A-B,6)>=0"),
        ("A == B - C", "ROUND(A-(B-C),6)=0"),
        ("A + B == C", "ROUND(A+B-C,6)=0"),
        ("A - (B - C) == 1", "ROUND(A-(B-C)-1,6)=0"),
        ("A * (B + C) == 2", "ROUND(A*(B+C)-2,6)=0"),
        ("-A == 1", "ROUND(0-A-1,6)=0"),
        ("A == B within 0.5", "ROUND(ABS(A-B)-0.5,6)<=0"),
        ("A <= B within 2", "ROUND(A-B-2,6)<=0"),
        ("A >= B within 2", "ROUND(A-B+2,6)>=0"),
        ("A == previous(B)", "ROUND(A-P!B,6)=0"),
        ("A == sum(group, C)", "ROUND(A-SUM(A1,B1,C),6)=0"),
        ("abs(A) == round(B, 2)", "ROUND(ABS(A)-ROUND(B,2),6)=0"),
        ('unit.level == "县级"', 'LEVEL="县级"'),
        ('"县级" != unit.level', '"县级"<>LEVEL'),
        ("period.month > 1", "ROUND(MONTH-1,6)>0"),
        ("A == 1 and B == 1", "AND(ROUND(A-1,6)=0,ROUND(B-1,6)=0)"),
        ("A == 1 or B == 1", "OR(ROUND(A-1,6)=0,ROUND(B-1,6)=0)"),
        ("A == 1 implies B == 1", "OR(NOT(ROUND(A-1,6)=0),ROUND(B-1,6)=0)"),
        ("not A == 1", "NOT(ROUND(A-1,6)=0)"),
        ("1.50 == A", "ROUND(1.5-A,6)=0"),
    ],
)
def test_each_node_has_its_formula(source: str, excel: str) -> None:
    assert formula(source) == excel


def test_what_was_not_resolved_cannot_be_compiled() -> None:
    with pytest.raises(TypeError, match="not resolved"):
        to_excel(parse("a == 1"), locate)
