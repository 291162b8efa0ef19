"""What a slip that is issued again mends by itself."""

from __future__ import annotations

from xltools.checking.reissue import _ABOUT_THE_FILE, _HINTS
from xltools.diagnostics.catalog import CATALOG


def test_codes_that_are_treated_apart_exist() -> None:
    assert CATALOG.keys() >= _ABOUT_THE_FILE | _HINTS
