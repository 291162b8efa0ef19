"""What every file of one call is checked with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xltools.reading.key_file import read_key
from xltools.workflows.form_registry import FormRegistry
from xltools.workflows.last_period import LastPeriods, read_previous
from xltools.workflows.path_like import PathLike, as_path


@dataclass(frozen=True, slots=True)
class Setup:
    """Forms, last period's figures by unit, the password that opens workbooks and the round's key."""

    registry: FormRegistry
    last: LastPeriods
    open_password: str
    key: bytes


def read_setup(
    forms: Sequence[PathLike],
    previous: PathLike | LastPeriods | None,
    open_password: str,
    key_file: PathLike | None,
) -> Setup:
    """Everything read once, but for last period where that has been; raises UsageError or DefinitionError."""
    registry = FormRegistry.of(forms)
    return Setup(
        registry=registry,
        last=previous if isinstance(previous, Mapping) else read_previous(previous, registry, open_password),
        open_password=open_password,
        key=read_key(as_path(key_file)),
    )
