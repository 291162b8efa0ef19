"""Made-up returns of a city's size that agree in every rule, with last year's figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from random import Random

from xltools.excel.values import Number, Value
from xltools.model.form import Form
from xltools.model.outcomes import with_totals
from xltools.model.period import Period
from xltools.model.submission import Submission
from xltools.model.unit import Unit

LARGEST = {"natural": 3000, "business": 1200}
OTHERS = 300
ZEROS = 0.3
YEARLY, NEW_COURSE = 0.4, 0.15
"""How far figures move within a year (standard deviation of the logarithm), and how many start anew."""
_COLUMNS = ("natural", "business", "research", "welfare", "legal", "other_org")


def city_return(form: Form, random: Random, *, typed: bool) -> Submission:
    """One return; with ``typed`` every total is a constant, as in reports read from a web page."""
    last = _figures(form, random, {})
    values = with_totals(_submission(form, last, {}))
    submission = _submission(form, _figures(form, random, values), values)
    submission = replace(submission, values=with_totals(submission))
    totals = frozenset(cell.id for cell in form.totals) if typed else frozenset[str]()
    return replace(submission, typed_totals=totals)


def _submission(form: Form, values: Mapping[str, Value], previous: Mapping[str, Value]) -> Submission:
    unit = Unit("云山市", "990100000", form.level_of(Unit("", "", "市级政府")))
    return Submission(form, Period(form.first_year + 1), unit, values, previous=previous)


def _figures(form: Form, random: Random, last: Mapping[str, Value]) -> dict[str, Value]:
    """Every input; near last year's, if there are any."""
    values: dict[str, Value] = {}
    for cell in form.inputs:
        values[cell.id] = _figure(random, last.get(cell.id), LARGEST.get(cell.column or "", OTHERS))
    _balance_requests(form, values, last)
    _agree_in_table_two(values, last)
    return values


def _figure(random: Random, last: Value, largest: int) -> int:
    if isinstance(last, int) and random.random() > NEW_COURSE:
        return round(last * math.exp(random.gauss(0, YEARLY)))
    return 0 if random.random() < ZEROS else round(math.exp(random.uniform(0, math.log(largest))))


def _balance_requests(form: Form, values: dict[str, Value], last: Mapping[str, Value]) -> None:
    """Table 三: what came in and what was carried over is handled or carried on."""
    tables = {table.id: table for table in form.tables}
    balanced = ("new", "carried_in", "handled", "carried_out")
    results = [leaf.id for leaf in tables["t3"].row_leaves if leaf.id not in balanced]
    for column in _COLUMNS:
        if last:
            values[f"t3.carried_in.{column}"] = last[f"t3.carried_out.{column}"]
        carried_in = _number(values, f"t3.carried_in.{column}")
        left = sum(_number(values, f"t3.{row}.{column}") for row in results) - carried_in
        carried_out = f"t3.carried_out.{column}"
        values[carried_out] = max(_number(values, carried_out), -left)
        values[f"t3.new.{column}"] = left + _number(values, carried_out)


def _agree_in_table_two(values: dict[str, Value], last: Mapping[str, Value]) -> None:
    """The rules of table 二 of either format."""
    for row in ("regulations", "normative"):
        issued, repealed, in_force = (f"t2_1.{row}.{column}" for column in ("issued", "repealed", "in_force"))
        if issued in values:
            before = _number(last, in_force)
            values[repealed] = min(_number(values, repealed), int(before))
            values[in_force] = before + _number(values, issued) - _number(values, repealed)
        else:
            published = f"t2_1.{row}.published"
            values[f"t2_1.{row}.public_total"] = _number(values, published) * 3


def _number(values: Mapping[str, Value], cell_id: str) -> Number:
    value = values.get(cell_id, 0)
    return value if isinstance(value, (int, float)) else 0
