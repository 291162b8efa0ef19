"""How much of what is due a summary covers, and what earlier periods came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xltools.excel.values import Value
from xltools.model.period import Period


@dataclass(frozen=True, slots=True)
class Coverage:
    """``units`` went in, of the ``due`` that owe a return (None: nobody has said how many)."""

    units: int
    due: int | None = None

    @property
    def is_partial(self) -> bool:
        """Whether units are known to be missing."""
        return self.due is not None and self.units < self.due

    @property
    def share(self) -> str:
        """``28/31``, or ``28`` where nobody has said how many are due."""
        return str(self.units) if self.due is None else f"{self.units}/{self.due}"

    @property
    def words(self) -> str:
        """``含 28/31 单位``: what stands beside totals."""
        return f"含 {self.share} {'个' if self.due is None else ''}单位"


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """The figures of an earlier period by cell id, and how many units they cover (None: not known).

    ``counts`` says it for single figures, where not all of them cover the same units.
    """

    period: Period
    values: Mapping[str, Value]
    coverage: Coverage | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
