"""The wheel alone, in an empty environment away from the checkout, plays the whole demonstration, rightly."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import xltools
from tests.support.cases import ROOT
from tests.support.processes import json_of, run
from xltools.definition.library import load_form
from xltools.demo.county import MISTAKES
from xltools.model.form import Form

FORM = load_form("zfxxgk-2019")
COUNTY_SUMMARIES = ("云山县/云山县人民政府汇总_2020.xlsx", "临水县/临水县人民政府汇总_2020.xlsx")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("轮")
    how = ("--no-deps", "--no-build-isolation", "-q")
    run([sys.executable, "-m", "pip", "wheel", *how, "-w", folder, ROOT])
    (wheel,) = folder.glob("xltools-*.whl")
    return wheel


@pytest.fixture(scope="module")
def demo(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demonstration made, played by nothing but the wheel."""
    folder = tmp_path_factory.mktemp("演示")
    environment = folder / "空环境"
    run([sys.executable, "-m", "venv", environment])
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    run([scripts / "python", "-m", "pip", "install", "-q", wheel])
    away = folder / "别处"
    away.mkdir()
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [scripts / "xltools", "demo", "一轮", "--lang", "zh"],
        cwd=away,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "全部汇总" in done.stdout
    return away / "一轮"


def test_the_wheel_carries_the_definitions_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("_data/templates/zfxxgk-2021/form.toml") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def _leaves(folder: Path, form: Form) -> dict[str, float]:
    """Every figure added up over the returns of both counties, by another way than merging."""
    answers = [json_of("check", folder / county / "03-更正后")["files"] for county in ("云山县", "临水县")]
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
    totals = json_of("merge", *counties, "-o", demo / "again.xlsx", "--unit", "市")["totals"]
    for id_, expected in _leaves(demo, FORM).items():
        assert totals[id_] == pytest.approx(expected), id_  # type: ignore[index]


def test_every_mistake_made_on_purpose_is_found_and_kept_out(demo: Path) -> None:
    folder = demo / "云山县"
    checked = json_of("check", folder / "02-收回的报表", status=1)
    wrong = {file["unit"]["code"] for file in checked["files"] if file["status"] != "ok"}  # type: ignore[attr-defined]
    assert len(wrong) == len(MISTAKES) - 1  # the last one is explained
    merged = json_of(
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
    assert json_of("check", demo / name)["counts"]["ok"] == 1  # type: ignore[index]


def test_the_demo_does_not_touch_a_folder_in_use(demo: Path) -> None:
    script = "import sys; from xltools.cli.app import main; sys.exit(0 if main() == 2 else 9)"
    before = sorted(demo.rglob("*"))
    run([sys.executable, "-c", script, "demo", demo])
    assert sorted(demo.rglob("*")) == before
