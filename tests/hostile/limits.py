"""What any one file may cost (issue 3): processor time of its check, and memory above an idle check."""

from __future__ import annotations

import re
import time

CPU_SECONDS = 2.0
"""On an ordinary machine; seconds measured on another are divided by its :func:`slowness`."""
MEGABYTES = 200

_TEXT = "".join(f'<c r="A{number}" s="5"><v>{number}</v></c>' for number in range(100_000))
_ORDINARY = 0.04
"""Processor seconds an ordinary machine takes to part this text and keep its pieces."""


def slowness() -> float:
    """How many times longer than an ordinary machine this one takes just now; at least 1.

    Neighbours can halve a processor's speed from one second to the next. What the limits are for, work
    that grows faster than the file, takes many times as long on any machine.
    """
    begin = time.process_time()
    pieces = re.split(r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"><v>', _TEXT)
    dict(zip(pieces[1::3], pieces[3::3], strict=True))
    return max(1.0, (time.process_time() - begin) / _ORDINARY)
