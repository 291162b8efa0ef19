"""What is raised: wrong use, broken definitions and files that cannot be read.

Wrong *data* is never raised; it is returned as :class:`~xltools.diagnostics.findings.Finding`.
"""

from __future__ import annotations

from dataclasses import dataclass

from xltools.diagnostics.text import Language, Text


class XltoolsError(Exception):
    """Base of everything xltools raises on purpose; carries a sentence in both languages.

    ``args`` are those of the constructor, so that it can cross from one process to another.
    """

    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text.en

    def in_language(self, language: Language) -> str:
        """The sentence to show to the user."""
        return self.text.in_language(language)


class UsageError(XltoolsError):
    """The call cannot be carried out as asked (exit status 2)."""


class UnreadableFileError(XltoolsError):
    """A file cannot be read as what it should be; ``code`` is its finding code."""

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(text)
        self.code = code

    def of_file(self, name: str) -> UnreadableFileError:
        """The same with the file's name ahead, where the user did not name just this one."""
        return UnreadableFileError(self.code, Text(f"{name}：{self.text.zh}", f"{name}: {self.text.en}"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake of a form definition; ``path`` is its TOML key path (``rule[2].expect``)."""

    path: str
    text: Text


class DefinitionError(XltoolsError):
    """A form definition has mistakes; ``problems`` holds all of them."""

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        self.source = source
        self.problems = problems
        super().__init__(
            Text(
                "\n".join([f"表式定义有误：{source}", *(f"  {p.path}：{p.text.zh}" for p in problems)]),
                "\n".join(
                    [f"mistakes in form definition {source}", *(f"  {p.path}: {p.text.en}" for p in problems)]
                ),
            )
        )
