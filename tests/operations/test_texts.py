from pathlib import Path

import pytest

from listeners.reading.sources import single
from tingfeng.errors import TingfengError
from tingfeng.operations import texts


def read(path: Path, column: str | None = None, target: str | None = None) -> list[texts.Row]:
    return list(texts.table(single(str(path)), column, target))


def test_a_blank_line_is_a_text_and_the_last_line_needs_no_end(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("好\n\nfine\r\none\rline\n再见".encode())
    assert [line for line, _ in texts.lines(single(str(file)))] == ["好", "", "fine", "one\rline", "再见"]


def test_every_row_of_a_table_is_a_text(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('id,text\n1,a\n\n,\n2\nid,text\n3,"open\n4,b,c\n', encoding="utf-8")
    assert [text for text, _ in read(file)] == ["a", "", "", "", "text", "open", "b"]


def test_a_table_of_empty_cells_has_no_texts(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('""\n,\n', encoding="utf-8")
    assert read(file) == []


def test_a_table_of_one_quoted_column_is_no_ndjson(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('"said"\n"a, ""b"""\n\nhello, world\n', encoding="utf-8")
    assert [text for text, _ in read(file)] == ['a, "b"', "", "hello, world"]


def test_the_whole_file_tells_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"text\n" + b"plain words\n" * 100_000 + "很好用\n".encode("gb18030"))
    assert read(file)[-1] == ("很好用", "")
    assert list(texts.lines(single(str(file))))[-1] == ("很好用", "")


def test_csv_finds_its_text_column_and_keeps_line_breaks(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes('\ufeffid,内容\n1,"一\n二"\n2,\n'.encode())
    assert read(file) == [("一\n二", ""), ("", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("text,about\n很好用,露茉\n".encode(encoding))
    assert read(file, target="about") == [("很好用", "露茉")]


def test_ndjson_rows_may_lack_the_column(tmp_path: Path) -> None:
    file = tmp_path / "a.ndjson"
    file.write_text('{"id": 1}\n{"id": 2, "said": "ok"}\n"bare"\n', encoding="utf-8")
    assert [text for text, _ in read(file, column="said")] == ["", "ok", ""]
    assert [text for text, _ in read(file, column="text")] == ["", "", "bare"]


@pytest.mark.parametrize(
    ("content", "column", "sentence"),
    [
        ("", None, "The file is empty"),
        ("a,b\n1,2\n", None, "It is not clear which column holds the text"),
        ("a,b\n1,2\n", "c", "There is no column 'c'"),
        ('{"a": 1}\n{oops\n', "a", "This line is no JSON"),
        ('[{"a": 1}]', "a", "The file is neither CSV nor NDJSON"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, content: str, column: str | None, sentence: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(TingfengError, match=sentence):
        read(file, column)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(TingfengError, match="The file cannot be read"):
            read(path)
