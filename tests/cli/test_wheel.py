"""The wheel alone, in an empty environment away from the checkout, plays the whole demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.support.cases import ROOT
from tests.support.processes import run


def test_wheel_in_an_empty_environment_runs_the_demo(tmp_path: Path) -> None:
    run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "-q",
            "-w",
            tmp_path,
            ROOT,
        ]
    )
    (wheel,) = tmp_path.glob("xltools-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("_data/templates/zfxxgk-2021/form.toml") for name in names)
    assert not any(name.startswith("tests/") for name in names)

    environment = tmp_path / "空环境"
    run([sys.executable, "-m", "venv", environment])
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    run([scripts / "python", "-m", "pip", "install", "-q", wheel])
    away = tmp_path / "别处"
    away.mkdir()
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [scripts / "xltools", "demo", "演示", "--lang", "zh"],
        cwd=away,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "全部汇总" in done.stdout
    assert (away / "演示" / "示例市汇总_2020.xlsx").is_file()
