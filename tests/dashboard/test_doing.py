"""What a page begins goes on to its end, whatever becomes of the page."""

from threading import Event

import pytest
import streamlit as st

from tingfeng.dashboard.parts import doing
from tingfeng.dashboard.words import words
from tingfeng.errors import TingfengError


class Left(BaseException):
    """What Streamlit raises in a page that is left, wherever it draws."""


class Bar:
    """A progress bar of a page that has been left."""

    def progress(self, _share: float, text: str) -> None:
        raise Left(text)

    def empty(self) -> None:
        raise Left


def test_an_operation_goes_on_when_its_page_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, ended = Event(), Event()

    def run(_op: str, _params: dict[str, object], on_progress: doing.OnProgress) -> None:
        on_progress({"done": 1, "of": 2})
        assert drawn.wait(5)
        on_progress({"done": 2, "of": 2})
        ended.set()

    monkeypatch.setattr(doing, "run", run)
    monkeypatch.setattr(st, "progress", lambda *_, **__: Bar())
    with pytest.raises(Left):
        doing.do(words("en"), "import", {}, "Importing")
    drawn.set()
    assert ended.wait(5)


def test_the_result_comes_back_and_an_error_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(doing, "say_error", lambda _words, error: said.append(error.what))
    monkeypatch.setattr(doing, "run", lambda _op, params, _on_progress: params["a"])
    assert doing.do(words("en"), "import", {"a": 1}, "Importing") == 1

    def fail(*_: object) -> None:
        raise TingfengError("No room")

    monkeypatch.setattr(doing, "run", fail)
    assert doing.do(words("en"), "import", {}, "Importing") is None
    assert said == ["No room"]
