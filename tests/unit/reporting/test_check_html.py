"""The page of a check: complete, readable without colour, and deaf to what files would inject."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.support.workbooks import FORM_2019, FORM_2021, UNIT, submission_of
from xltools.checking.check import check_submission
from xltools.checking.result import CheckedFile
from xltools.diagnostics.catalog import finding
from xltools.diagnostics.findings import CellRef
from xltools.diagnostics.text import Language
from xltools.model.submission import Submission
from xltools.model.unit import Unit
from xltools.reporting.check_html import check_html
from xltools.reporting.check_text import summary_line

HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "=cmd|' /C calc'!A0",
    "</td></table><img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "<!-- ",
    "javascript:alert(1)",
)
KNOWN_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "main",
    "section",
    "h1",
    "h2",
    "p",
} | {*("table", "thead", "tbody", "tr", "th", "td", "a", "b", "br", "span")}
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Elements, attributes and text; the tags must nest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def attributes(self, tag: str, name: str) -> list[str]:
        return [value for found, given in self.elements if found == tag and (value := given.get(name))]


def checked(submission: Submission, file: str = "单位.xlsx") -> CheckedFile:
    whole, found = check_submission(submission)
    return CheckedFile(file, "0", whole, found)


def bad(file: str = "单位.xlsx", unit: Unit = UNIT) -> CheckedFile:
    return checked(
        submission_of(FORM_2021, {"t3.new.natural": 12, "t3.granted.natural": "约9"}, unit=unit), file
    )


UNREADABLE = CheckedFile("坏的.xlsx", None, None, (finding("FILE-PASSWORD"),))


def page(*files: CheckedFile, language: Language = "zh") -> Page:
    return Page(check_html(files, language, "1.0"))


def test_what_is_on_it() -> None:
    found = page(bad())
    text = " ".join(found.texts)
    for words in (
        "云山县某局（990131001）",
        "✗ 有错误",
        "三!D5",
        "左边 12",
        "TEXT-IN-NUMBER",
        "请改成数字",
        "错误性",
    ):
        assert words in text
    assert found.attributes("html", "lang") == ["zh-CN"]


def test_in_english() -> None:
    found = page(bad(), UNREADABLE, language="en")
    text = " ".join(found.texts)
    for words in ("Check results", "What to do", "has errors", "left side 12", "cannot be read", "error"):
        assert words in text
    assert found.attributes("html", "lang") == ["en"]


def test_an_overview_with_links_to_every_unit() -> None:
    other = Unit("另一局", "990131002", "县级部门")
    files = (
        bad("a.xlsx"),
        UNREADABLE,
        checked(submission_of(FORM_2021, unit=other), "b.xlsx"),
        bad("c.xlsx"),
    )
    found = page(*files)
    anchors = found.attributes("section", "id")
    assert anchors == ["top", "u1", "u2", "u3"]
    assert [a for a in found.attributes("a", "href") if a != "#top"] == ["#u1", "#u1", "#u2", "#u3"]
    text = " ".join(found.texts)
    assert text.count("■") == 0
    assert "✓ 通过" in text
    assert "没有问题。" in text


def test_headers_have_a_scope() -> None:
    found = page(bad(), UNREADABLE)
    scopes = [given.get("scope") for tag, given in found.elements if tag == "th"]
    assert set(scopes) == {"col", "row"}


def test_nothing_is_fetched_and_nothing_runs() -> None:
    source = check_html((bad(), UNREADABLE), "zh", "1.0")
    found = Page(source)
    assert {tag for tag, _ in found.elements} <= KNOWN_TAGS
    assert all(link.startswith("#") for link in found.attributes("a", "href"))
    for word in ("http://", "https://", "url(", "@import", "<script", "src="):
        assert word not in source
    assert "default-src 'none'" in "".join(found.attributes("meta", "content"))
    assert "size: A4" in source


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_markup_stays_text(text: str, language: Language) -> None:
    plain = check_html((bad(),), language, "1.0")
    file = bad(text, Unit(text, text, text))
    place = CellRef(text, text, text, text)
    extra = replace(finding("TEXT-IN-NUMBER", place, actual=text, expected=text, text=text), code=text)
    explained = replace(extra, explanation=text, fix=extra.message)
    found = page(replace(file, findings=(*file.findings, extra, explained)), language=language)
    assert {tag for tag, _ in found.elements} <= KNOWN_TAGS
    known = {name for _, given in Page(plain).elements for name in given}
    assert {name for _, given in found.elements for name in given} <= known
    assert text in "".join(found.texts)


def test_an_explanation_takes_the_place_of_what_to_do() -> None:
    file = bad()
    explained = replace(file, findings=tuple(replace(f, explanation="已核实") for f in file.findings))
    assert "说明：已核实" in page(explained).texts


def test_errors_first() -> None:
    file = checked(submission_of(FORM_2019, {FORM_2019.inputs[0].id: "约9"}, texts={}))
    found = page(replace(file, findings=tuple(reversed(file.findings))))
    codes = [text for text in found.texts if text.isupper() and "-" in text]
    assert codes.index("TEXT-IN-NUMBER") < codes.index("TEXT-BLANK")


def test_no_files() -> None:
    assert "没有文件。" in page().texts


def test_the_counts_are_those_of_the_text() -> None:
    files = (bad(), UNREADABLE)
    assert summary_line(Counter(f.status for f in files), "zh") in page(*files).texts


def test_the_same_page_twice() -> None:
    assert check_html((bad(),), "zh", "1.0") == check_html(iter((bad(),)), "zh", "1.0")
