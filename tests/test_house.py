"""The house itself: the arrows between rooms, pinned requirements, packages, and what must never be in a file."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

HOUSE = Path(__file__).resolve().parents[1]


def tracked_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    return [HOUSE / name for name in listing.split("\0") if name and (HOUSE / name).is_file()]


def test_the_rooms_import_only_what_lies_before_them():
    assert lint_imports(config_filename=str(HOUSE / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_every_package_is_listed_for_installation():
    listed = set(tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    found = {
        ".".join(folder.parent.relative_to(HOUSE).parts)
        for room in ("listeners", "sentiment", "tingfeng")
        for folder in (HOUSE / room).rglob("__init__.py")
    }
    assert found == listed


@pytest.mark.parametrize("name", ["run", "dev"])
def test_requirements_are_pinned_and_hashed_and_name_no_index(name):
    text = (HOUSE / "requirements" / f"{name}.txt").read_text()
    pins = re.findall(r"^([\w.-]+)==\S+ \\\n {4}--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^\w", text, re.MULTILINE)) > 20
    assert not re.search(r"https?:|--index|--find-links|--trusted", text)


def test_no_file_names_a_machine_or_an_index():
    forbidden = re.compile(r"/(?:work|root|home/\w+|Users/\w+)/|py[p]i\.org|pythonhoste[d]|registry\.np[m]js")
    hits = [
        str(path.relative_to(HOUSE))
        for path in tracked_files()
        if path.suffix not in {".png", ".parquet", ".xlsx"} and forbidden.search(path.read_text(errors="replace"))
    ]
    assert hits == []


def test_the_command_line_starts_without_the_heavy_libraries():
    code = "import sys, tingfeng.cli; print(*sorted({'streamlit', 'snownlp', 'pandas', 'altair'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert loaded == ""
