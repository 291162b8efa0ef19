"""The form definitions of one call: those that are built in and those of the user's own files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from xltools.definition.library import built_in_forms, load_form
from xltools.definition.load import load_definition, parse_definition
from xltools.model.form import Form
from xltools.workflows.path_like import PathLike


class FormRegistry:
    """Form definitions by id, each read when a workbook first asks for it."""

    def __init__(self, files: Mapping[str, Path], loaded: dict[str, Form]) -> None:
        self._files = files
        self._loaded = loaded

    @classmethod
    def of(cls, definitions: Sequence[PathLike]) -> FormRegistry:
        """The built-in forms and those of the user's own files, which come first."""
        own = [load_form(str(name)) for name in definitions]
        return cls(built_in_forms(), {form.id: form for form in own})

    @classmethod
    def of_texts(cls, definitions: Sequence[tuple[str, str]]) -> FormRegistry:
        """The same from (text, source) of the user's own definitions."""
        own = [parse_definition(text, source) for text, source in definitions]
        return cls(built_in_forms(), {form.id: form for form in own})

    def holding(self, form: Form) -> FormRegistry:
        """The same with one more form."""
        return FormRegistry(self._files, {**self._loaded, form.id: form})

    def find(self, form_id: str) -> Form | None:
        """The form with this id, None where there is none; raises DefinitionError if it is broken."""
        if form_id not in self._loaded:
            if form_id not in self._files:
                return None
            self._loaded[form_id] = load_definition(self._files[form_id])
        return self._loaded[form_id]

    def digests(self) -> dict[str, str]:
        """The digest of every definition that counts, by form id; none is loaded for it."""
        loaded = {id_: form.digest for id_, form in self._loaded.items()}
        others = {id_: path for id_, path in self._files.items() if id_ not in loaded}
        found = {id_: sha256(path.read_text("utf-8").encode()).hexdigest() for id_, path in others.items()}
        return dict(sorted({**loaded, **found}.items()))

    def all(self) -> tuple[Form, ...]:
        """Every form there is, the user's own first; raises DefinitionError if one is broken."""
        ids = dict.fromkeys((*self._loaded, *self._files))
        return tuple(form for form in map(self.find, ids) if form is not None)
