"""Named styles as XlsxWriter formats, each made when a workbook first uses it."""

from __future__ import annotations

from typing import Any

from xltools.layout.styles import EMPHASIS, STYLES, Emphasis, Style


class Formats:
    """The formats of one workbook."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Style, Emphasis | None], Any] = {}

    def of(self, style: Style, emphasis: Emphasis | None = None) -> Any:
        """The format of a style, with what ``emphasis`` adds to it."""
        key = (style, emphasis)
        if key not in self._made:
            added = EMPHASIS[emphasis] if emphasis is not None else {}
            self._made[key] = self._workbook.add_format({**STYLES[style], **added})
        return self._made[key]
