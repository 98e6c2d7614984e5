"""Standard output that ends early, or takes nothing: with real processes."""

import subprocess
import sys
from pathlib import Path

import pytest

TINGFENG = (sys.executable, "-m", "tingfeng.cli")
LINES = "this is great\n" * 20_000


def test_whoever_has_enough_is_no_failure(folder: Path) -> None:
    (folder / "texts.txt").write_text(LINES, encoding="utf-8")
    command = (*TINGFENG, "sentiment", "texts.txt", "--lines", "--engine", "vader")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b'{"label": "positive"')
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_a_table_that_nobody_reads_is_no_failure(home: Path) -> None:
    assert home.is_dir()
    with subprocess.Popen((*TINGFENG, "formats"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("command", [("formats", "--json"), ("formats",), ("sentiment", "posts.csv", "--lines")])
@pytest.mark.usefixtures("folder", "home")
def test_an_output_that_takes_nothing_is_one_sentence(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run((*TINGFENG, *command), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "The disk is full: what could not be written changed nothing; make room, then try again.\n"
    )
