"""Separated text read as columns and record by record: the same cells, lines and rejects."""

import csv
import io
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listeners.contract import LINE, Reject
from listeners.reading import tables
from listeners.reading.medium import shape
from listeners.reading.plain import plain
from tests.listeners.conftest import source

HEADER = ("id", "text", "n")
CELLS = st.text('ab1"\n\r,; \u3000\x1c\ufeff\0好😀é', max_size=5)
#: Text that is more or less separated: lines of pieces that mean something to one reader or the other.
PIECES = st.sampled_from(
    ["a", "id", "text", "好", "\udcff", " ", '"', '""', ",", ",", ",", "\n", "\n", "\r\n", "\r", "\x1c", "\ufeff"]
)


def content(path) -> tuple[list[dict[str, object]], list[Reject]]:
    chunks = list(next(iter(tables(source(path)))).chunks())
    return [row for chunk in chunks for row in chunk.records.to_dicts()], [
        reject for chunk in chunks for reject in chunk.rejects
    ]


def both(path, size: int):
    """What is found as usual, in pieces of so many characters, and what the csv module alone finds.

    A few control characters in a short text make it binary, which nobody reads.
    """
    if shape(source(path)) != "separated":
        return [], []
    with mock.patch("listeners.reading.separated._PIECE", size):
        usual = content(path)
        with mock.patch("listeners.reading.separated.plain", return_value=None):
            return usual, content(path)


@given(st.lists(PIECES, max_size=60), st.integers(1, 30))
def test_any_text_is_read_alike(tmp_path_factory, pieces, size):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(("id,text,n\n1,2,3\n" + "".join(pieces)).encode(errors="surrogateescape"))
    usual, one_by_one = both(path, size)
    assert usual == one_by_one


@given(
    st.lists(
        st.lists(CELLS, min_size=3, max_size=3) | st.just(list(HEADER)) | st.lists(CELLS, max_size=5), max_size=12
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.integers(1, 30),
)
def test_what_was_written_as_csv_is_read_alike(tmp_path_factory, rows, end, quoting, size):
    path = tmp_path_factory.mktemp("written") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator=end, quoting=quoting).writerows([HEADER, *rows])
    usual, one_by_one = both(path, size)
    assert usual == one_by_one


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whole_cells_in_quotes_are_plain(separator, end):
    rows = [["1", 'she said "a"', ""], ["2", f"x{separator}y\nz\r\n", "3"], ["", "", '"'], ["4", "好😀", "5"]]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator=end).writerows(rows)
    found = plain(file.getvalue().rstrip().encode(), separator, HEADER)
    assert found is not None
    cells, before, lines = found
    assert [[cell or "" for cell in row] for row in cells.rows()] == rows
    assert before.tolist() == [0, 1, 4, 5]
    assert lines == 6


@pytest.mark.parametrize(
    "text",
    [
        "1,2\n",
        "1,2,3,4\n",
        "1,2,3\n\n4,5,6\n",
        '1,a"b,3\n',
        '1,"a"b,3\n',
        '1,"a,3\n',
        "1,a\rb,3\n",
        "\ufeff1,2,3\n",
        "1,\0,3\n",
    ],
)
def test_what_is_odd_is_not_plain(text):
    assert plain(text.encode(), ",", HEADER) is None


def test_lines_are_counted_on_where_plain_and_odd_pieces_meet(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,text,n\n1,"a\nb",3\n2,b,3\n3,b\n4,"c\r\n\nd",3\nid,text,n\n5,e,3\n,,\n6,f,3')
    for size in (1, 5, 10, 20, 100):
        usual, one_by_one = both(path, size)
        rows, rejects = usual
        assert [(row["id"], row[LINE]) for row in rows] == [("1", 2), ("2", 4), ("4", 6), ("5", 10), ("6", 12)]
        assert [reject.line for reject in rejects] == [5, 9, 11]
        assert usual == one_by_one
