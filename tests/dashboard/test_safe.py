"""Names and texts of strangers are shown exactly as they are."""

import re

import pytest

from tingfeng.dashboard import safe


def test_markdown_of_strangers_is_shown_literally():
    assert safe.plain("[a](http://x) *b* `c` $d$ :red[e]\n# f") == (
        "\\[a\\]\\(http\\:\u2060//x\\) \\*b\\* \\`c\\` \\$d\\$ \\:red\\[e\\] \\# f"
    )


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        (":material/delete: :material_delete: :streamlit:", ":|material/delete: :|material_delete: :|streamlit:"),
        ("HTTPS://a.example www.a.example", "HTTPS:|//a.example www|.a.example"),
        ("a@b.example by @ann", "a@|b.example by @ann"),
        ("-> <- -- >= <= ~= <->", "-|> <|- -|- >|= <|= ~|= <|->"),
        ("a->b a--b 10:30 e.g. :smile:", "a->b a--b 10:30 e.g. :smile:"),
    ],
)
def test_what_streamlit_makes_links_icons_and_arrows_of_is_kept_apart(text, apart):
    shown = safe.plain(text)
    assert re.sub(r"\\(.)", r"\1", shown) == apart.replace("|", "\u2060")


def test_a_badge_shows_brackets_and_ampersands_as_they_are():
    assert safe.badge("[doge] &lt;", "gray") == r":gray-badge[\[doge\] \&lt;]"
