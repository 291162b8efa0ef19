"""The other end: what a worker process runs, on this machine or another."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from xltools.reading.inputs import InputFile
from xltools.workflows.check_setup import Setup
from xltools.workflows.execution.check_to_record import check_to_record
from xltools.workflows.execution.setup_data import SetupData, from_data

Batch = Sequence[tuple[str, bytes]]
"""Files as (name, content)."""
Work = Callable[[InputFile, Setup], bytes]
"""What makes a record of a file; a function that other processes find by its name."""

_AT_MOST = 4
_held: dict[str, Setup] = {}
"""The setups this process was given last, by their key: a batch comes without, so as not to carry last
period's figures of a whole province with every sixteen files."""
_lock = threading.Lock()


def check_batch(
    batch: Batch, key: str, data: SetupData | None = None, work: Work = check_to_record
) -> list[bytes] | None:
    """The records of the files in order; None where the setup of this ``key`` has to come along."""
    with _lock:  # an engine may run several batches in the threads of one process
        setup = _held.get(key)
        if setup is None:
            if data is None:
                return None
            while len(_held) >= _AT_MOST:
                del _held[next(iter(_held))]
            setup = _held[key] = from_data(data)
    return [work(InputFile(name, Path(name), content=content), setup) for name, content in batch]


def hold_to_parent(reader: Connection, writer: Connection) -> None:
    """Make this process end with its parent, however that ends, and leave Ctrl-C to it.

    The parent holds the only other ``writer`` and never writes: the pipe breaks when it closes it or dies.
    """
    writer.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(reader,), daemon=True).start()


def _end_with(reader: Connection) -> None:
    try:
        reader.recv_bytes()
    except (EOFError, OSError):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
