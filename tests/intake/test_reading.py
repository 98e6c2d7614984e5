"""Files are read ahead: the next piece while the one before it is being stored."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest

import listeners
from listeners import Batch, Options, Reading, Source
from tingfeng.intake.importing import Intake
from tingfeng.intake.reading import Given, read

LINE = "{0},2025-01-13 10:00:00,fine weather" + " today" * 40 + " {0}\n"
PATIENCE = 10  # seconds
MORE_THAN_A_BATCH = 40_000


class Takes:
    """Counts what it is given, and first does what a test wants done."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int]] = []

    def begin(self, paths: Sequence[str]) -> None: ...

    def take(self, batch: Batch, file: str) -> dict[str, int]:
        self.taken.append((file, batch.mentions.height))
        return {"new": batch.mentions.height, "updated": 0, "unchanged": 0}

    def remember(self, layout: str, mapping: str) -> None: ...


def given(tmp_path: Path, **rows: int) -> list[Given]:
    for name, count in rows.items():
        lines = "".join(LINE.format(number) for number in range(count))
        (tmp_path / name).write_text("id,published_at,text\n" + lines, encoding="utf-8")
    return [Given(name, str(tmp_path / name)) for name in rows]


def intake(takes: Takes, paths: Sequence[Given]) -> Intake:
    return Intake(takes, Options(platform="weibo"), paths)


def test_the_next_file_is_opened_while_one_is_being_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, open_ = Event(), listeners.open

    def opening(source: Source, options: Options) -> Reading:
        if source.name.endswith("second"):
            opened.set()
        return open_(source, options)

    class Waits(Takes):
        def take(self, batch: Batch, file: str) -> dict[str, int]:
            assert opened.wait(PATIENCE)
            return super().take(batch, file)

    monkeypatch.setattr(listeners, "open", opening)
    takes = Waits()
    intake(takes, given(tmp_path, first=1, second=2)).run()
    assert takes.taken == [("first", 1), ("second", 2)]


def test_a_file_that_is_given_twice_is_judged_twice(tmp_path: Path) -> None:
    twice = intake(Takes(), given(tmp_path, a=2) * 2)
    twice.run()
    assert [(judged["file"], judged["read"]) for judged in twice.verdicts] == [("a", 2), ("a", 2)]


def test_no_more_is_read_of_a_file_that_is_dropped(tmp_path: Path) -> None:
    paths = given(tmp_path, long=MORE_THAN_A_BATCH, short=3)
    assert [piece.file.name for piece in read(paths, Options(platform="weibo"))] == ["long", "long", "short"]
    pieces = read(paths, Options(platform="weibo"))
    next(pieces).file.dropped = True
    assert [piece.file.name for piece in pieces] == ["short"]


def test_a_file_that_cannot_be_stored_is_dropped(tmp_path: Path) -> None:
    class Fails(Takes):
        def take(self, batch: Batch, file: str) -> dict[str, int]:
            if file == "long":
                raise ValueError
            return super().take(batch, file)

    takes = Fails()
    stopped = intake(takes, given(tmp_path, long=MORE_THAN_A_BATCH, short=3))
    stopped.run()
    assert takes.taken == [("short", 3)]
    assert [judged["new"] for judged in stopped.verdicts] == [0, 3]
    assert not stopped.whole
