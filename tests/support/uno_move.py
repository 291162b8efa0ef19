"""Cuts and pastes cells in LibreOffice. Runs under the system's Python, which has ``uno``; no other module.

Reads from standard input ``{"office", "profile", "books": [{"source", "target", "moves", "sets"}]}``: a move
is ``[sheet, range, upper left cell of the target]``, a set ``[sheet, cell, value]``. After the moves the sets
are typed in, everything is recalculated and saved: as xlsx or by the "filter" named, with any "password".
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

_START_WITHIN = 60.0


def _property(name: str, *, value: object) -> Any:
    prop = PropertyValue()
    prop.Name, prop.Value = name, value
    return prop


def _connect(process: subprocess.Popen[bytes], pipe: str) -> Any:
    """The office's component context, once it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + _START_WITHIN
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
        try:
            sys.exit(f"soffice ended with status {process.wait(timeout=0.1)} before it listened")
        except subprocess.TimeoutExpired:
            continue


def _cell(sheet: Any, name: str) -> Any:
    return sheet.getCellRangeByName(name)


def _treat(desktop: Any, book: dict[str, Any]) -> None:
    url = Path(book["source"]).as_uri()
    document = desktop.loadComponentFromURL(url, "_blank", 0, (_property("Hidden", value=True),))
    try:
        sheets = document.Sheets
        for sheet, source, target in book.get("moves", ()):
            place = sheets.getByName(sheet)
            place.unprotect("")
            place.moveRange(_cell(place, target).CellAddress, _cell(place, source).RangeAddress)
        for sheet, name, value in book.get("sets", ()):
            place = sheets.getByName(sheet)
            place.unprotect("")
            if isinstance(value, str):
                _cell(place, name).String = value
            else:
                _cell(place, name).Value = value
        document.calculateAll()
        how = [_property("FilterName", value=book.get("filter", "Calc MS Excel 2007 XML"))]
        if "password" in book:
            how.append(_property("Password", value=book["password"]))
        document.storeToURL(Path(book["target"]).as_uri(), tuple(how))
    finally:
        document.close(True)  # noqa: FBT003 - the call is LibreOffice's


def main() -> None:
    """Carry out the job on standard input."""
    job = json.load(sys.stdin)
    pipe = f"xltools{os.getpid()}"
    process = subprocess.Popen(
        [
            job["office"],
            "--headless",
            "--norestore",
            "--nologo",
            f"-env:UserInstallation={Path(job['profile']).as_uri()}",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    try:
        context = _connect(process, pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        for book in job["books"]:
            _treat(desktop, book)
        desktop.terminate()
        process.wait(timeout=30)
    finally:
        if process.poll() is None:
            process.kill()


if __name__ == "__main__":
    main()
