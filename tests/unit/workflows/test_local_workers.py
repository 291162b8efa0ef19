"""Processes that are stopped are gone, whatever they were at."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.cases import ROOT

HALF_SENT = """
import os, pathlib, sys, time
from multiprocessing.connection import Connection
from xltools.workflows.execution.local_workers import LocalWorkers

parent, reached = os.getpid(), pathlib.Path(sys.argv[1])
send = Connection._send

def by_half(self, data, *more):
    if os.getpid() == parent or len(data) < 50_000:
        return send(self, data, *more)
    os.write(self.fileno(), data[:1000])
    reached.touch()
    time.sleep(600)

Connection._send = by_half
workers = LocalWorkers(2)
workers.submit(bytes, 100_000)
while not reached.exists():
    time.sleep(0.01)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the workers must be copies of the process")
@pytest.mark.parametrize(
    "then", ["workers.stop()", "workers.restart(); assert workers.submit(abs, -1).result() == 1"]
)
def test_a_result_sent_by_half_holds_nothing_up(then: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    reached = tmp_path_factory.mktemp("half") / "reached"
    program = [sys.executable, "-c", HALF_SENT + then, str(reached)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert reached.exists()
