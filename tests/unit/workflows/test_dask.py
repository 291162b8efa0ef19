"""A cluster of two local workers gives what one process gives."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import Client, LocalCluster, WorkerPlugin

import xltools
from tests.support.workbooks import FORM_2021, MONTHLY, MONTHLY_FILE, save, submission_of
from xltools.cli.app import main
from xltools.diagnostics.exceptions import UsageError
from xltools.model.period import Period
from xltools.model.unit import Unit
from xltools.workflows.execution import dask_cluster as dask_engine
from xltools.workflows.execution.dask_cluster import cluster

DEADLY = """
import multiprocessing, os, signal
from xltools.workflows import check_file
match = check_file.match
def deadly(grid, *more):
    if grid.file.endswith("03.xlsx") and multiprocessing.parent_process():  # never the tests themselves
        os.kill(os.getpid(), signal.SIGKILL)
    return match(grid, *more)
check_file.match = deadly
"""


class Deadly(WorkerPlugin):  # type: ignore[misc]
    """Makes every worker, replaced ones too, die of one file."""

    def setup(self, worker: object) -> None:  # noqa: ARG002 - dask calls it so
        exec(DEADLY, {})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    no_second_chance = {"distributed.scheduler.allowed-failures": 0}
    with (
        dask.config.set(no_second_chance),
        LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as workers,
    ):
        yield workers.scheduler_address


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    for number in range(5):
        unit = Unit(f"云山县第{number}局", f"9901310{number:02}", "县级部门")
        figures = {"t3.new.natural": number, "t3.granted.natural": number % 7}
        save(submission_of(FORM_2021, figures, unit=unit), folder / f"{number:02}.xlsx")
    save(submission_of(MONTHLY), folder / "月报.xlsx")
    (folder / "坏.xlsx").write_bytes(b"no workbook")
    return folder


def test_a_cluster_gives_what_one_process_gives(inbox: Path, tmp_path: Path, address: str) -> None:
    (tmp_path / "key").write_bytes(b"sixteen bytes or more")
    last = save(
        submission_of(FORM_2021, {"t3.carried_out.natural": 2}, period=Period(2024)), tmp_path / "24.xlsx"
    )
    options: dict[str, Any] = {"forms": [MONTHLY_FILE], "previous": last, "key_file": tmp_path / "key"}
    with cluster(address) as executor:
        assert xltools.check([inbox], executor=executor, **options) == xltools.check([inbox], **options)
        cached = xltools.check([inbox], executor=executor, cache=True)
        assert cached == xltools.check([inbox], cache=True) == xltools.check([inbox])


def test_the_command_line_reaches_it(inbox: Path, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers = []
    for more in (["--scheduler", address], []):
        assert main(["check", str(inbox), "--json", "--no-cache", *more]) == 2
        answers.append(json.loads(capsys.readouterr().out))
    assert answers[0] == answers[1]


def test_a_file_that_kills_workers_is_a_finding(inbox: Path, address: str) -> None:
    expected = xltools.check([inbox])
    with Client(address, set_as_default=False) as client:
        client.register_plugin(Deadly())
        with cluster(address) as executor:
            results = xltools.check([inbox], executor=executor)
    for result, alone in zip(results, expected, strict=True):
        if result.file.endswith("03.xlsx"):
            assert [found.code for found in result.findings] == ["CHECK-ABORTED"]
        else:
            assert result == alone


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://"])
def test_a_cluster_that_does_not_answer_is_one_sentence(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_engine, "_SECONDS_TO_CONNECT", 0.2)
    with pytest.raises(UsageError, match="cannot reach the cluster"), cluster(address):
        pass


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"xltools\[dask\]"), cluster("tcp://127.0.0.1:8786"):
        pass
