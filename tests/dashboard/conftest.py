"""The dashboard without a browser: pages by Streamlit's AppTest over a store in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.tiny_store import add, mention, watchlist
from tingfeng import operations
from tingfeng.home import CHECKOUT
from tingfeng.store import Store

PAGES = ("overview", "mentions", "sources", "watchlists", "settings")
Opened = Callable[..., AppTest]

MENTIONS = [
    mention(1, "2025-01-13T02:00", text="kova is lovely", author_name="Ann", likes=3, label="positive", language="en",
            about={"Kova": "positive"}, url="https://example.org/1"),
    mention(2, "2025-01-13T05:00", text="kova 又涨价，避雷", author_name="<b>小满</b>", likes=9000, comments=1,
            label="negative", language="zh", about={"Kova": "negative"}, url="javascript:alert(1)"),
    mention(3, "2025-01-14T05:00", text="bluepine [link](http://evil.example) $x$", author_name="晚风",
            label="neutral", language="mixed", about={"Bluepine": "neutral"}),
    mention(4, "2025-01-14T09:00", text="kova and bluepine", platform="x", label="positive", language="en",
            about={"Kova": "positive", "Bluepine": "negative"}),
    mention(5, None, text="kova, some day", platform="x", label=None, language="en", about={"Kova": None}),
]  # fmt: skip


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """An empty store that this process owns, as `tingfeng serve` does."""
    st.cache_data.clear()
    yield operations.own().store
    operations.disown()


@pytest.fixture
def filled(store: Store) -> Store:
    """The same with five mentions of two subjects, one of them undated."""
    store.save_watchlist(watchlist("Kova", "Bluepine", zone="Asia/Shanghai", name="Coffee"))
    add(store, "Coffee", MENTIONS)
    return store


@pytest.fixture
def page() -> Opened:
    """A function that opens a page, its address's parameters by keyword."""

    def opened(name: str = "overview", **params: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=60)
        # AppTest finds pages by their file only; these are functions, which Streamlit knows by the hash of their path.
        app._page_hash = calc_hash("" if name == "overview" else name)
        for key, value in params.items():
            app.query_params[key] = value
        return app.run()

    return opened


def asked(app: AppTest, name: str) -> list[str]:
    """The values of a parameter of the address."""
    value = app.query_params.get(name, [])
    return [value] if isinstance(value, str) else list(value)


def words_on(app: AppTest) -> str:
    """Everything that a page says."""
    said = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.error, *app.warning, *app.info, *app.success]
    said += [*app.get("html")]
    return "\n".join(str(getattr(each, "value", None) or each.proto.body) for each in said)
