"""What is wrong with form definitions, for the people who write them."""

from __future__ import annotations

from collections.abc import Iterable

from xltools.diagnostics.exceptions import DefinitionError, Problem
from xltools.diagnostics.text import Language, Text


def lint_text(results: Iterable[tuple[str, tuple[Problem, ...]]], language: Language) -> str:
    """Every mistake of every file with its key path, or that there is none."""
    lines = []
    for file, problems in results:
        if problems:
            lines.append(DefinitionError(file, problems).in_language(language))
        else:
            lines.append(Text(f"没有错误：{file}", f"no mistakes: {file}").in_language(language))
    return "\n".join(lines) + "\n"
