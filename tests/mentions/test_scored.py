import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tingfeng.mentions.scored import scored_texts
from tingfeng.mentions.text import scored_text

TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCHEMA = {"title": pl.String, "text": pl.String, "own_chars": pl.Int64}


@given(st.lists(st.tuples(TEXTS, TEXTS, st.none() | st.integers(0, 14))))
def test_many_texts_read_like_each_of_them(rows: list[tuple[str | None, str | None, int | None]]) -> None:
    assert scored_texts(pl.DataFrame(rows, SCHEMA, orient="row")) == [scored_text(*row) for row in rows]


def test_the_words_of_others_are_left_out() -> None:
    rows = [("标题", "很好//@某人:不好", 2), (None, "fine", None), ("only a title", None, None), (None, None, None)]
    assert scored_texts(pl.DataFrame(rows, SCHEMA, orient="row")) == ["标题\n很好", "fine", "only a title", ""]
