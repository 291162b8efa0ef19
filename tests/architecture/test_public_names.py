"""What the package offers to callers is there, though it is imported only when it is asked for."""

from __future__ import annotations

from types import ModuleType

import pytest

import xltools
from xltools import workflows


@pytest.mark.parametrize("module", [xltools, workflows], ids=lambda module: module.__name__)
def test_every_public_name_is_where_it_is_said_to_be(module: ModuleType) -> None:
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(xltools, "nothing")
    assert not hasattr(workflows, "nothing")
