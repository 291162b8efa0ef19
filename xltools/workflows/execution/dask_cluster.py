"""A cluster of machines as the executor of a check, by dask.distributed (an optional extra).

The cluster is the user's own: it must run the same xltools, and everything sent to it (the files,
last period's figures, passwords and keys) can be read there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

from xltools.diagnostics.exceptions import UsageError
from xltools.diagnostics.text import Text

_SECONDS_TO_CONNECT = 10


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The executor of the cluster whose scheduler listens at ``address`` (``tcp://10.0.0.5:8786``).

    Raises UsageError where dask is not installed or nothing answers there.
    """
    try:
        import distributed  # noqa: PLC0415 - an optional extra, and slow to load

        connect: Any = distributed.Client
    except ImportError as error:
        raise UsageError(
            Text(
                "使用集群要先安装 dask：pip install 'xltools[dask]'。",
                "a cluster needs dask: pip install 'xltools[dask]'.",
            )
        ) from error
    try:
        client = connect(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            Text(f"连接不上集群“{address}”：{error}。", f'cannot reach the cluster at "{address}": {error}.')
        ) from error
    with client:
        # pure: dask would take two batches with the same content for one
        yield client.get_executor(pure=False)
