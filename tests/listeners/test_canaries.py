"""Canaries in every fixture of every format: what leads to a person, or into a session, is stored nowhere."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from listeners.formats.tingfeng_export import HEADER
from tests.listeners.conftest import FIXTURES, golden, hear
from tingfeng.operations import run
from tingfeng.store import Store

FILES = golden() + sorted((FIXTURES / "table").glob("*.csv"))
#: What a person's record may carry besides what is asked for, each with a canary in it.
EXTRA: Final[dict[str, Any]] = {
    "联系方式": "wx_canary1",
    "contact_info": {"line": "canary2"},
    "email": "canary3@mail.example",
    "avatar": "https://face.example/canary4.jpg",
    "profile_image_url": "https://face.example/canary5.jpg",
    "user_signature": "canary6 on WeChat",
    "access_token": "canary7",
    "reactions": [{"name": "Canary Eight", "job": "canary8"}],
    "likers": [{"username": "canary9"}],
    "client_ip": "10.77.7.1",
}
SECRETS: Final = (b"canary", b"Canary", b"1371111", b"137 1111", b"10.77.7")
#: Where names of people stand.
NAMES: Final = re.compile(
    r"(?i)^(user_?)?(nick_?name|user_?name|author(display)?_?name|reviewernickname|用户昵称|作者)$"
)
LINK: Final = re.compile(r"^https?://\S+$")


def tokened(value: str) -> str:
    """A link with somebody's session in it."""
    head, hash_sign, tail = value.partition("#")
    return f"{head}{'&' if '?' in head else '?'}xsec_token=canary10&access_token=canary11{hash_sign}{tail}"


def changed(name: str, value: str) -> str:
    if NAMES.match(name) and value:
        return f"{value} 137 1111 0001"
    return tokened(value) if LINK.match(value) else value


def injected(value: Any, name: str = "") -> Any:
    """JSON with canaries in each object that is a record or a part of one."""
    if isinstance(value, dict):
        return {key: injected(inner, key) for key, inner in value.items()} | EXTRA
    if isinstance(value, list):
        return [injected(inner, name) for inner in value]
    return changed(name, value) if isinstance(value, str) else value


def of_table(text: str) -> str:
    """A table with further columns, and a row too short to be one; what stands before its header is left out."""
    rows = list(csv.reader(io.StringIO(text), delimiter="\t" if text.count("\t") > text.count(",") else ","))
    start = next(place for place, row in enumerate(rows) if len(row) == max(map(len, rows)))
    header = rows[start]
    extra = [value if isinstance(value, str) else json.dumps(value) for value in EXTRA.values()]
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows[start:]:
        if row[:1] == header[:1]:
            writer.writerow([*row, *EXTRA])
        else:
            cells = [changed(name, cell) for name, cell in zip(header, row, strict=False)]
            writer.writerow([*cells, *[""] * (len(header) - len(row)), *extra])
    writer.writerow(["canary12@mail.example", "+86 137 1111 0002"])
    return out.getvalue()


def of_feed(text: str) -> str:
    extra = "<contact>canary2</contact><email>canary3@mail.example</email><icon>https://a.example/canary4.jpg</icon>"
    named = re.sub(r"(<author><name>[^<]*)", r"\1 137 1111 0001", text)
    return re.sub(r"(?=</(entry|item)>)", extra, named)


def damaged(text: str) -> str:
    """The last record broken off, so that it is put aside as text."""
    return text.rstrip()[:-25]


def of_workbook(path: Path) -> str:
    """The widest sheet as a table."""
    widest = max(openpyxl.load_workbook(path), key=lambda sheet: sheet.max_column)
    rows = [["" if cell is None else cell for cell in row] for row in widest.iter_rows(values_only=True)]
    header = next(place for place, row in enumerate(rows) if all(row))
    out = io.StringIO()
    csv.writer(out).writerows(rows[header:])
    return of_table(out.getvalue())


def of_line(line: str) -> str:
    """A line of JSON with canaries, or what it is where it is none."""
    try:
        return json.dumps(injected(json.loads(line)), ensure_ascii=False)
    except json.JSONDecodeError:
        return line


def with_canaries(path: Path) -> str:
    if path.suffix == ".xlsx":
        return of_workbook(path)
    content = path.read_bytes()
    text = content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-8-sig")
    start = text.lstrip()[:1]
    if start == "<":
        return of_feed(text)
    if start not in "[{":
        return of_table(text)
    try:
        return json.dumps(injected(json.loads(text)), ensure_ascii=False)
    except json.JSONDecodeError:
        lines = [of_line(line) for line in text.splitlines() if line]
        if path.suffix == ".json":
            return text
        return "\n".join([*lines, damaged(lines[-1])])


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}-{path.name}" for path in FILES])
def test_no_canary_is_stored(path, home, tmp_path, monkeypatch):
    monkeypatch.setenv("TINGFENG_ENGINE", "vader")
    copy = tmp_path / path.parent.name / path.name
    copy.parent.mkdir()
    copy.write_text(with_canaries(path), encoding="utf-8")
    plain = hear(path)
    done = run("import", {"paths": [{"given": path.name, "path": str(copy)}]})["files"][0]
    assert done["format"] == plain.reading.format
    assert done["new"] > 0 or plain.mentions.is_empty()
    stored = b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())
    with Store.open(home / "tingfeng.duckdb") as store:
        for table in ("mentions", "quarantine"):
            stored += store.frame(f"SELECT * FROM {table}").write_json().encode()
    assert [secret for secret in SECRETS if secret in stored] == []


def test_the_fields_of_an_own_export_are_none_of_these():
    assert not set(HEADER) & set(EXTRA)
