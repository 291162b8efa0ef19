"""A submission (报送件): one unit, one period, one form, and everything that was read for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from xltools.excel.values import Value
from xltools.model.coverage import Coverage, PastPeriod
from xltools.model.form import Form
from xltools.model.period import Period
from xltools.model.unit import Unit

SubmissionKind = Literal["return", "summary"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A written 说明 beside a rule; ``left`` and ``right`` are the figures it says it is for."""

    text: str
    left: Value = None
    right: Value = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file a submission was read from; ``sha256`` is that of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What a unit reported.

    ``period`` is None where nobody has said it. ``values`` holds the figure of every cell id (None:
    blank), totals included as they were read;
    ``texts`` the narrative and the cover; ``explanations`` the 说明 by rule instance key;
    ``previous`` last period's figures that the workbook carries; ``places`` where each value was
    read (sheet, A1); ``typed_totals`` the ids of totals that hold no formula any more; ``seal`` the
    keyed fingerprint of the workbook (empty: it was issued without a key). ``sums_up`` names the units
    (code, else name) a summary adds up; with ``coverage`` it says how many those are, and in
    ``history`` what earlier periods came to, the latest first.
    """

    form: Form
    period: Period | None
    unit: Unit
    values: Mapping[str, Value]
    texts: Mapping[str, str] = field(default_factory=dict)
    zero_report: bool = False
    explanations: Mapping[str, Explanation] = field(default_factory=dict)
    previous: Mapping[str, Value] = field(default_factory=dict)
    kind: SubmissionKind = "return"
    typed_totals: frozenset[str] = frozenset()
    seal: str = ""
    source: Source | None = None
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sums_up: tuple[str, ...] = ()
    coverage: Coverage | None = None
    history: tuple[PastPeriod, ...] = ()

    @property
    def dated(self) -> str:
        """The day on the cover as it is written there; empty where there is none."""
        field = self.form.date_field
        return self.texts.get(field, "") if field else ""

    @property
    def attributes(self) -> dict[str, str | int | None]:
        """The attributes rules may read (see ``expr.nodes.ATTRIBUTES``)."""
        return {
            "unit.level": self.unit.level or None,
            "period.year": self.period.year if self.period else None,
            "period.month": self.period.month if self.period else None,
        }
