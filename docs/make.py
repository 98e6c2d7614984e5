"""Write the pages of the listeners from the listeners themselves and their fixtures: `python docs/make.py`."""

import json
import sys
from pathlib import Path
from typing import Any

from listeners.apis.contract import Api
from listeners.apis.credentials import FILE, variable
from listeners.apis.registry import apis
from listeners.contract import LINE, Format, Listener
from listeners.formats.suites import SuiteListener
from listeners.layout import LayoutListener
from listeners.reading import sources, tables
from listeners.registry import formats, listeners, nested
from tingfeng.home import CHECKOUT, config

PAGES = CHECKOUT / "docs" / "listeners"
FIXTURES = CHECKOUT / "tests" / "listeners" / "fixtures"


def pages() -> dict[Path, str]:
    """Every generated page and what must stand in it."""
    known = [one for one in listeners() if isinstance(one, LayoutListener | SuiteListener)]
    named = {one.name for one in listeners()} | {"table"}
    without = [one for one in formats() if one.name not in named]
    found = {PAGES / f"{one.name}.md": _page(one) for one in known}
    found |= {PAGES / f"{one.name}.md": f"# {one.name}\n\nRecognised by: {one.how_recognised}.\n" for one in without}
    for api in apis().values():
        page = PAGES / f"{api.name}.md"
        found[page] = found.get(page, f"# {api.name}\n") + _pulling(api)
    return found | {PAGES / "README.md": _index(formats())}


PULLING = """
## Pulling it

`tingfeng pull {name}`: {guide}

Credential: {credential}. {pace:g} seconds at least pass from one request to the next.{cost}
`$TINGFENG_{capitals}_URL` replaces scheme and host of its addresses.
"""


def _pulling(api: Api) -> str:
    place = f"{api.credential}, in `{variable(api.name, 'TOKEN')}` or `{FILE}`"
    optional = " (it works without as well)" if api.credential_optional else ""
    return PULLING.format(
        name=api.name,
        guide=api.guide,
        credential=f"{place}{optional}" if api.credential else "none",
        pace=api.pace,
        cost=f" Pages cost {api.unit}." if api.unit else "",
        capitals=api.name.upper(),
    )


INDEX = """# Listeners

A listener turns one kind of export into mentions. It is recognised by the columns of a file, never by its name.
Encodings (UTF-8, GB18030, UTF-16), CSV, TSV, XLSX, JSON, JSON lines and Parquet, folders and zip files are the same
for all.
`tingfeng formats` prints this list. These pages are generated: `make docs`.

| format | platform | kind |
|---|---|---|
{rows}
"""


def _index(known: list[Format]) -> str:
    rows = [f"| [{one.name}]({one.name}.md) | {_platform(one)} | {one.kind or 'any'} |" for one in known]
    return INDEX.format(rows="\n".join(rows))


def _platform(one: Listener | Format) -> str:
    return str(config("platforms")[one.platform]["en"]) if one.platform else "any"


def _page(one: LayoutListener | SuiteListener) -> str:
    columns = [f"| `{_named(column)}` | {field.replace('_', ' ')} |" for field, column in one.rules["columns"].items()]
    zone = one.rules.get("zone")
    times = [f"Times without a zone are read in {zone}, unless the ids say otherwise."] if zone else []
    return "\n".join(
        [
            f"# {one.name}",
            "",
            f"{_platform(one)}, {one.kind or 'posts of several kinds'}. Recognised by: {one.how_recognised}.",
            *times,
            "",
            *_guide(one.rules.get("guide", {})),
            "| column of the file | becomes |",
            "|---|---|",
            *columns,
            "",
            "Columns that are not named here are not stored.",
            "",
            *_sample(one.name),
        ]
    )


def _named(column: str | list[str]) -> str:
    return column if isinstance(column, str) else "`, else `".join(column)


def _guide(guide: dict[str, Any]) -> list[str]:
    """How to get such files, in both languages, and what the platform's terms say."""
    if not guide:
        return []
    made = (
        "Built from real files."
        if guide["made_from"] == "files"
        else "Constructed from documentation: no real file was at hand."
    )
    english = ["## How to get it", "", guide["get"]["en"], f"Terms: {guide['terms']['en']}"]
    chinese = ["## 如何取得", "", guide["get"]["zh"], f"条款：{guide['terms']['zh']}"]
    return [made, "", *english, "", *chinese, "", "## Columns", ""]


def _sample(name: str) -> list[str]:
    """The first record of a fixture, and the mention that it becomes."""
    expected = max((FIXTURES / name).glob("*.expected.json"))
    record = _first(expected.with_suffix("").with_suffix(""))
    mention = json.loads(expected.read_text(encoding="utf-8"))["mentions"][0]
    return [
        "A record (constructed):",
        "",
        *_block(record),
        "",
        "The mention that it becomes:",
        "",
        *_block(mention),
        "",
    ]


def _first(path: Path) -> dict[str, Any]:
    table = next(tables(next(sources(str(path))), nested()))
    return table.first.records.drop(LINE).row(0, named=True)


def _block(shown: dict[str, Any]) -> list[str]:
    known = {name: value for name, value in shown.items() if value not in (None, "")}
    return ["```json", json.dumps(known, ensure_ascii=False, indent=2), "```"]


def main() -> int:
    """Write the pages."""
    PAGES.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
