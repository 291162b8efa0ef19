"""The really published report, and the round it is part of, end to end on the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import xltools
from tests.support.cases import ROOT
from tests.support.processes import run
from xltools.definition.library import load_form
from xltools.demo.county import MISTAKES
from xltools.demo.real_return import published_return
from xltools.model.form import Form

FORM = load_form("zfxxgk-2019")
COUNTY_SUMMARIES = ("云山县/云山县人民政府汇总_2020.xlsx", "临水县/临水县人民政府汇总_2020.xlsx")


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("真实报表")
    run([sys.executable, ROOT / "examples/real_return.py", folder])
    return folder


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("演示") / "一轮"
    run([sys.executable, "-m", "xltools.cli.app", "demo", folder, "--lang", "zh"])
    return folder


def _json(*arguments: str | Path, status: int = 0) -> dict[str, object]:
    script = f"import sys; from xltools.cli.app import main; sys.exit(0 if main() == {status} else 9)"
    return json.loads(run([sys.executable, "-c", script, *arguments, "--json"]))  # type: ignore[no-any-return]


def test_check_names_what_is_wrong_with_the_published_report(returns: Path) -> None:
    answer = _json("check", returns / "汶上县科学技术局_2020_as-published.xlsx", status=1)
    (file,) = answer["files"]  # type: ignore[misc]
    errors = [f for f in file["findings"] if f["severity"] == "error"]
    found = {(f["code"], f["sheet"], f["cell"]): set(f["cells"]) for f in errors}
    applicants = ("natural", "business", "research", "welfare", "legal", "other_org")
    assert found == {
        ("BLANK", "三", "D7"): {f"t3.granted.{c}" for c in applicants},
        ("BLANK", "三", "D8"): {f"t3.partly.{c}" for c in applicants},
        ("BLANK", "三", "D25"): {f"t3.other.{c}" for c in applicants},
        ("TOTAL-BLANK", "三", "D27"): {f"t3.handled.{c}" for c in (*applicants, "total")},
        ("BLANK", "四", "A5"): {cell.id for cell in FORM.inputs if cell.table == "t4"},
    }


def test_the_corrected_copy_passes(returns: Path) -> None:
    answer = _json("check", returns / "汶上县科学技术局_2020_corrected.xlsx")
    assert answer["counts"]["ok"] == 1  # type: ignore[index]


def test_the_published_figures_are_those_of_the_sample() -> None:
    """Held against the published text where it lies beside the checkout; its words stay out of here."""
    sample = ROOT.parent / "shared/samples/wenshang-kejiju-2020.txt"
    if not sample.exists():
        pytest.skip("the published text is not beside this checkout")
    rows = [line.split("\t") for line in sample.read_text("utf-8").splitlines() if "\t" in line]
    figures = sum(part.strip().isdecimal() for row in rows for part in row)
    published = published_return()
    inputs = sum(value is not None for value in published.values.values())
    totals_shown = len(("new", "carried_in", "carried_out"))  # the rows whose 总计 the text shows
    assert figures == inputs + totals_shown


def _leaves(folder: Path, form: Form) -> dict[str, float]:
    """Every figure added up over the returns of both counties, by another way than merging."""
    answers = [_json("check", folder / county / "03-更正后")["files"] for county in ("云山县", "临水县")]
    assert all(file["status"] == "ok" for files in answers for file in files)  # type: ignore[attr-defined]
    totals = dict.fromkeys((cell.id for cell in form.inputs), 0.0)
    for files in answers:
        for file in files:  # type: ignore[attr-defined]
            for id_, value in xltools.read(file["file"]).values.items():
                if id_ in totals:
                    totals[id_] += value  # type: ignore[operator]
    return totals


def test_the_city_is_the_sum_of_every_return(demo: Path) -> None:
    counties = [demo / name for name in COUNTY_SUMMARIES]
    totals = _json("merge", *counties, "-o", demo / "again.xlsx", "--unit", "市")["totals"]
    for id_, expected in _leaves(demo, FORM).items():
        assert totals[id_] == pytest.approx(expected), id_  # type: ignore[index]


def test_every_mistake_made_on_purpose_is_found_and_kept_out(demo: Path) -> None:
    folder = demo / "云山县"
    checked = _json("check", folder / "02-收回的报表", status=1)
    wrong = {file["unit"]["code"] for file in checked["files"] if file["status"] != "ok"}  # type: ignore[attr-defined]
    assert len(wrong) == len(MISTAKES) - 1  # the last one is explained
    merged = _json(
        "merge",
        folder / "02-收回的报表",
        "--roster",
        folder / "单位名录.csv",
        "-o",
        demo / "part.xlsx",
        status=1,
    )
    assert {entry["code"] for entry in merged["excluded"]} == wrong  # type: ignore[attr-defined]
    assert {entry["code"] for entry in merged["included"]}.isdisjoint(wrong)  # type: ignore[attr-defined]
    assert merged["missing"] == []


@pytest.mark.parametrize("name", ["示例市汇总_2020.xlsx", *COUNTY_SUMMARIES])
def test_summaries_pass_their_own_check(demo: Path, name: str) -> None:
    assert _json("check", demo / name)["counts"]["ok"] == 1  # type: ignore[index]


def test_the_demo_does_not_touch_a_folder_in_use(demo: Path) -> None:
    script = "import sys; from xltools.cli.app import main; sys.exit(0 if main() == 2 else 9)"
    before = sorted(demo.rglob("*"))
    run([sys.executable, "-c", script, "demo", demo])
    assert sorted(demo.rglob("*")) == before
