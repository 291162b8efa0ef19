"""Every dangerous file by group and name; built when it is asked for."""

from __future__ import annotations

from tests.hostile.base import Builder
from tests.hostile.corpus_cells import CELLS, FORMULAS, LABELS
from tests.hostile.corpus_ledgers import LEDGERS
from tests.hostile.corpus_other import ODS, PLAIN, XLS, truncations
from tests.hostile.corpus_returns import IDENTITY, INJECTIONS, NUMBERS
from tests.hostile.corpus_xml import ENCODINGS, ENTITIES, MASSES, PACKAGES
from tests.hostile.corpus_zip import ARCHIVES, BOMBS, DIRECTORIES

GROUPS: dict[str, dict[str, Builder]] = {
    "bombs": BOMBS,
    "zip directories": DIRECTORIES,
    "archives": ARCHIVES,
    "entities": ENTITIES,
    "encodings": ENCODINGS,
    "masses of markup": MASSES,
    "packages": PACKAGES,
    "cells": CELLS,
    "numbers": NUMBERS,
    "formulas": FORMULAS,
    "identity": IDENTITY,
    "ledgers": LEDGERS,
    "labels": LABELS,
    "injections": INJECTIONS,
    "ods": ODS,
    "xls": XLS,
    "truncations": truncations(),
    "no workbooks": PLAIN,
}


def file_name(name: str) -> str:
    """The name of the file: .xlsx unless it says otherwise."""
    bare = name.replace("/", " ").strip()
    return bare if bare.endswith((".zip", ".ods", ".xls")) else f"{bare}.xlsx"
