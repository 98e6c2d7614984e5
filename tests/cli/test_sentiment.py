import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command


def objects(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_lines_in_order_and_a_blank_one_is_a_text(tingfeng: Command) -> None:
    done = tingfeng(
        "sentiment", "-", "--lines", "--engine", "router", "--json", stdin="I love it\n\n太难用了\n".encode()
    )
    rows = objects(done.out)
    assert [row["label"] for row in rows] == ["positive", None, "negative"]
    assert rows[1] == {"label": None, "score": None, "confidence": None, "language": None, "spans": []}
    assert [row["language"] for row in rows] == ["en", None, "zh"]
    summary = json.loads(done.err)
    assert (summary["rows"], summary["engine"]) == (3, "router")
    assert summary["labels"] == {"positive": 1, "unknown": 1, "negative": 1}


def test_csv_and_ndjson_say_the_same(tingfeng: Command, tmp_path: Path) -> None:
    texts = ["I love it", "", "what a terrible, awful day"]
    table, lines = tmp_path / "a.csv", tmp_path / "a.ndjson"
    table.write_text("id,content\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate(texts)), encoding="utf-8-sig")
    lines.write_text("".join(json.dumps({"said": text}) + "\n" for text in texts), encoding="utf-8")
    from_table = tingfeng("sentiment", str(table), "--engine", "vader").out
    assert from_table == tingfeng("sentiment", str(lines), "--column", "said", "--engine", "vader").out
    assert [row["label"] for row in objects(from_table)] == ["positive", None, "negative"]


def test_toward_a_target(tingfeng: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    said = '"Velune is wonderful, but Lumora is terrible"'
    file.write_text(f"text,about\n{said},Velune\n{said},Lumora\n", encoding="utf-8")
    done = tingfeng("sentiment", str(file), "--target-column", "about", "--engine", "vader")
    assert [row["label"] for row in objects(done.out)] == ["positive", "negative"]


def test_spans_are_places_in_the_text(tingfeng: Command) -> None:
    text = "well, I love this cream"
    done = tingfeng("sentiment", "-", "--lines", "--spans", "--engine", "vader", stdin=text.encode())
    spans = objects(done.out)[0]["spans"]
    assert isinstance(spans, list)
    assert "love" in {text[start:end] for start, end, _ in spans}


def test_weights_and_rest_are_printed_with_spans_only(tingfeng: Command) -> None:
    said = ["sentiment", "-", "--lines"]
    text = "the coffee is amazing, 但是避雷这家店".encode()
    plain, explained = (objects(tingfeng(*said, *more, stdin=text).out)[0] for more in ([], ["--spans"]))
    assert list(plain) == ["label", "score", "confidence", "language", "spans"]
    assert list(explained) == [*plain, "rest"]
    assert isinstance(explained["rest"], float)
    assert objects(tingfeng(*said, "--spans", "--engine", "vader", stdin=text).out)[0]["rest"] is None


@pytest.mark.parametrize("count", [0, 1, 10_001])
def test_one_object_a_row_whatever_the_number(tingfeng: Command, count: int) -> None:
    done = tingfeng("sentiment", "-", "--lines", "--engine", "vader", stdin=b"fine\n" * count)
    assert done.code == 0
    assert len(done.out.splitlines()) == count
