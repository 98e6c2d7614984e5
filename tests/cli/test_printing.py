import pytest

from tests.cli.conftest import Command
from tingfeng.cli.printing import cell, say


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07 kova \x1b[31mred", "�]0;title� kova �[31mred"),
        ("\u202ekova\u2069 \x9b2J", "�kova� �2J"),
        ("two\nlines, a\ttab, 可瓦 😂", "two\nlines, a\ttab, 可瓦 😂"),
    ],
)
def test_a_text_from_the_web_steers_no_terminal(text: str, shown: str) -> None:
    assert cell(text) == shown


def test_a_message_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("There is no file '\x1b[2J'\nhere")
    assert capsys.readouterr().err == "There is no file '�[2J' here\n"


def test_the_examples_of_a_query_steer_no_terminal(tingfeng: Command) -> None:
    rows = "id,author,published_at,text\na1,Ann,2025-01-13 10:00:00,kova \x1b]0;title\x07 it\n"
    assert tingfeng("import", "-", "--platform", "weibo", stdin=rows.encode()).code == 0
    assert "kova �]0;title� it" in tingfeng("watchlist", "test", "kova").out
