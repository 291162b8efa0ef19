"""Typed access to a TOML table that collects every mistake with its key path."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from xltools.diagnostics.exceptions import Problem
from xltools.diagnostics.text import Text

_Choice = TypeVar("_Choice", bound=str)

_KINDS: dict[type, Text] = {
    str: Text("文字", "a text"),
    int: Text("整数", "an integer"),
    bool: Text("true 或 false", "true or false"),
    dict: Text("表", "a table"),
    list: Text("数组", "an array"),
}


class TomlReader:
    """One table of a definition; reading notes mistakes in ``problems`` and goes on with defaults."""

    def __init__(self, data: Mapping[str, Any], path: str, problems: list[Problem]) -> None:
        self._data = data
        self._path = path
        self._problems = problems
        self._known: set[str] = set()

    def path(self, key: str = "") -> str:
        """The full key path of ``key`` in this table."""
        return f"{self._path}.{key}" if self._path and key else self._path or key

    def report(self, key: str, zh: str, en: str) -> None:
        """Note a mistake at ``key``."""
        self._problems.append(Problem(self.path(key), Text(zh, en)))

    def has(self, key: str) -> bool:
        """Whether the table has ``key``."""
        self._known.add(key)
        return key in self._data

    def names(self) -> tuple[str, ...]:
        """All keys of the table."""
        return tuple(self._data)

    def is_text(self, key: str) -> bool:
        """Whether ``key`` holds one text."""
        return isinstance(self._data.get(key), str)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required where there is no default."""
        return str(self._get(key, str, default, ""))

    def integer(self, key: str) -> int:
        """A required integer."""
        return int(self._get(key, int, default=None, fallback=0))

    def flag(self, key: str) -> bool:
        """True or false; false where it is missing."""
        return bool(self._get(key, bool, default=False, fallback=False))

    def choice(self, key: str, choices: Sequence[_Choice], default: _Choice | None = None) -> _Choice:
        """One of ``choices``; the first one stands in for a wrong one."""
        value = self.text(key, default)
        for choice in choices:
            if value == choice:
                return choice
        if key in self._data:
            allowed = ", ".join(choices)
            self.report(key, f"“{value}”不在可选值之内：{allowed}", f'"{value}" is not one of: {allowed}')
        return choices[0]

    def bilingual(self, key: str) -> Text:
        """A required table ``{ zh = "…", en = "…" }``."""
        inner = self.table(key)
        text = Text(inner.text("zh"), inner.text("en"))
        inner.done()
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """An array of texts, or one text; empty where it is missing."""
        self._known.add(key)
        value = self._data.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.report(key, "应为文字或文字数组", "must be a text or an array of texts")
            return ()
        return tuple(items)

    def table(self, key: str, *, optional: bool = False) -> TomlReader:
        """The table at ``key``."""
        value = self._get(key, dict, {} if optional else None, {})
        return TomlReader(value, self.path(key), self._problems)

    def tables(self, key: str, *, optional: bool = False) -> list[TomlReader]:
        """The array of tables at ``key``."""
        value = self._get(key, list, [] if optional else None, [])
        readers = []
        for number, item in enumerate(value):
            path = f"{self.path(key)}[{number + 1}]"
            if isinstance(item, dict):
                readers.append(TomlReader(item, path, self._problems))
            else:
                self._problems.append(Problem(path, Text("应为表", "must be a table")))
        return readers

    def done(self) -> None:
        """Refuse every key that nobody asked for."""
        for key in self._data:
            if key not in self._known:
                near = difflib.get_close_matches(key, self._known, n=1)
                hint_zh = f"，是否应为 {near[0]}？" if near else ""
                hint_en = f"; did you mean {near[0]}?" if near else ""
                self.report(key, f"不认识的键{hint_zh}", f"unknown key{hint_en}")

    def _get(self, key: str, kind: type, default: Any, fallback: Any) -> Any:
        self._known.add(key)
        if key not in self._data:
            if default is None:
                self.report(key, "缺少必填的键", "required key is missing")
                return fallback
            return default
        value = self._data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.report(key, f"应为{_KINDS[kind].zh}", f"must be {_KINDS[kind].en}")
            return fallback if default is None else default
        if isinstance(value, str) and not value.strip() and default is None:
            self.report(key, "不能为空", "must not be empty")
        return value
