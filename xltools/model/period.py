"""The period a submission is for: a year or a month."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text

_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar year, or one month of it (``month`` 1 to 12)."""

    year: int
    month: int | None = None

    @classmethod
    def parse(cls, text: str) -> Period:
        """``2020`` or ``2018-03``; raises UsageError for anything else."""
        match = _PERIOD.fullmatch(text.strip())
        month = int(match[2]) if match and match[2] else None
        if match is None or (month is not None and not 1 <= month <= 12):
            raise UsageError(
                Text(
                    f"“{text}”不是年度（如 2020）或月份（如 2018-03）。",
                    f'"{text}" is neither a year (2020) nor a month (2018-03).',
                )
            )
        return cls(int(match[1]), month)

    @classmethod
    def of(cls, given: Period | str | int) -> Period:
        """A period however it was given; raises UsageError for what is none."""
        return given if isinstance(given, Period) else cls.parse(str(given))

    def previous(self) -> Period:
        """Last year, or last month."""
        if self.month is None:
            return Period(self.year - 1)
        return Period(self.year - 1, 12) if self.month == 1 else Period(self.year, self.month - 1)

    def __str__(self) -> str:
        return str(self.year) if self.month is None else f"{self.year}-{self.month:02}"

    @property
    def label(self) -> str:
        """As it stands in a title: ``2020年`` or ``2018年3月``."""
        return f"{self.year}年" if self.month is None else f"{self.year}年{self.month}月"
