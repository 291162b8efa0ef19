"""What every test starts from."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile of the test's own: nothing is kept in that of whoever runs the tests."""
    folder = str(tmp_path_factory.mktemp("state"))
    monkeypatch.setenv("XDG_STATE_HOME", folder)
    monkeypatch.setenv("LOCALAPPDATA", folder)
