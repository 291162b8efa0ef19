"""What a definition says of its texts: which words speak of which figures."""

from __future__ import annotations

from collections.abc import Mapping

from xltools.definition.figure_expressions import figure_expression
from xltools.definition.tables import read_id
from xltools.definition.toml_reader import TomlReader
from xltools.expr.nodes import ExpressionError, Node
from xltools.model.form import Cell, Table
from xltools.model.mention import Mention, Topic

_OR = "|"
"""Between words of which any will do: ``words = ["收到|接到", "申请"]``."""


def read_mention(reader: TomlReader, tables: tuple[Table, ...], cells: Mapping[str, Cell]) -> Mention:
    """One ``[[mention]]``."""
    mention = Mention(
        id=read_id(reader),
        label=reader.text("label"),
        words=tuple(_any_of(group) for group in reader.texts("words")),
        without=_any_of(reader.text("without", "")),
        context=_any_of(reader.text("context", "")),
        figures=_figures(reader, "figures", tables, cells),
        share_of=_figures(reader, "share_of", tables, cells),
    )
    if not all(mention.words):
        reader.report("words", "“|”之间不能为空", 'nothing stands between two "|"')
    for key, given in (("words", mention.words), ("figures", mention.figures)):
        if not given:
            reader.report(key, "至少要有一个", "must have at least one")
    reader.done()
    return mention


def read_topic(reader: TomlReader, cells: Mapping[str, Cell]) -> Topic:
    """One ``[[topic]]``."""
    topic = Topic(
        text=reader.text("text"),
        label=reader.text("label"),
        words=_any_of(reader.text("words")),
        figures=reader.texts("figures"),
    )
    text = cells.get(topic.text)
    if text is None or text.kind != "text":
        reader.report("text", f"没有文字部分 {topic.text}", f"there is no text {topic.text}")
    for id_ in topic.figures:
        if id_ not in cells or cells[id_].table is None:
            reader.report("figures", f"没有数字格 {id_}", f"there is no figure {id_}")
    reader.done()
    return topic


def _any_of(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split(_OR) if word)


def _figures(
    reader: TomlReader, key: str, tables: tuple[Table, ...], cells: Mapping[str, Cell]
) -> tuple[Node, ...]:
    """The figures a number may be."""
    found = []
    for source in reader.texts(key):
        try:
            found.append(figure_expression(source, tables, cells))
        except ExpressionError as error:
            reader.report(key, error.text.zh, error.text.en)
    return tuple(found)
