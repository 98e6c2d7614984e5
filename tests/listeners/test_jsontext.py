"""JSON in blocks and whole: the same values, numbers and rejects as line by line and item by item."""

import json
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listeners.contract import Reject
from listeners.reading.jsontext import DECODER, items, lines
from tests.listeners.conftest import source

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, width=32)
    | st.text('aé好😀"\\\x7f', max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=3),
    max_leaves=6,
)
RECORDS = st.dictionaries(st.text("abc", max_size=2), VALUES, max_size=4)
ODD = st.sampled_from(
    ["", " ", "{", '{"a": NaN}', '{"a": "\t"}', '{"a": "\\ud800"}', "[1]", "7", "\ufeff{}", '{"a": 1e5}']
)
LINES = st.lists(RECORDS.map(lambda one: json.dumps(one, ensure_ascii=False)) | ODD, max_size=12)


def reference(written: list[str]) -> list[tuple[int, object]]:
    """What each line is by itself: an object, or nothing."""
    found: list[tuple[int, object]] = []
    for number, line in enumerate(written, 1):
        plain = line.strip("\ufeff \t")
        if not plain:
            continue
        try:
            value = DECODER.decode(plain)
        except (ValueError, RecursionError):
            value = None
        found.append((number, value if isinstance(value, dict) else None))
    return found


def told(found: object) -> list[tuple[int | None, object]]:
    return [(one.line, None) if isinstance(one, Reject) else one for one in found]  # type: ignore[attr-defined]


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.integers(1, 60))
def test_lines_in_blocks_are_what_they_are_alone(tmp_path_factory, written, end, size):
    path = tmp_path_factory.mktemp("lines") / "a.ndjson"
    path.write_bytes(end.join(written).encode("utf-8", "surrogatepass"))
    with mock.patch("listeners.reading.jsontext._PIECE", size):
        found = told(lines(source(path)))
    assert found == reference(written)


@given(st.lists(RECORDS, max_size=8), st.integers(1, 60))
def test_an_array_as_a_whole_is_what_it_is_item_by_item(tmp_path_factory, records, size):
    path = tmp_path_factory.mktemp("array") / "a.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    whole = told(items(source(path)))
    with mock.patch("listeners.reading.jsontext._SMALL", 0), mock.patch("listeners.reading.jsontext._PIECE", size):
        assert told(items(source(path))) == whole
    assert [number for number, _ in whole] == list(range(1, len(records) + 1))


@pytest.mark.parametrize("number", ["12345678901234567890123", "1.10", "1467590643.0", "-0.5e3"])
def test_numbers_keep_their_digits(tmp_path, number):
    path = tmp_path / "a.ndjson"
    path.write_text(f'{{"a": {number}}}\n')
    value = next(iter(lines(source(path))))[1]["a"]  # type: ignore[index]
    assert str(value) == number
