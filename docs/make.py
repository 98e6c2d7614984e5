"""Write the pages of the listeners from the listeners themselves and their fixtures: `python docs/make.py`."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from listeners import links
from listeners.apis.contract import Api
from listeners.apis.credentials import FILE, variable
from listeners.apis.registry import apis
from listeners.contract import LINE, Format, Listener
from listeners.formats.suites import SuiteListener
from listeners.layout import LayoutListener
from listeners.reading import sources, tables
from listeners.registry import formats, listeners, nested
from listeners.rules import listed
from tingfeng.dashboard.words import catalogue
from tingfeng.home import CHECKOUT, config

PAGES = CHECKOUT / "docs" / "listeners"
#: The same samples for the dashboard.
SAMPLES = CHECKOUT / "config" / "listeners" / "samples.json"
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
    samples = {one.name: _example(one.name) for one in known}
    return found | {
        PAGES / "README.md": _index(formats()),
        SAMPLES: json.dumps(samples, ensure_ascii=False, indent=1) + "\n",
    }


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
Encodings (UTF-8, GB18030, UTF-16), CSV, TSV, XLSX, JSON, JSON lines, XML feeds and Parquet, folders and zip files are
the same for all. `tingfeng formats` prints this list, and the page *Sources* of the dashboard searches it, column names
included. What can be pulled from an API says so. These pages are generated: `make docs`.
{groups}"""

MADE = {"files": "real files", "documentation": "documentation"}


def _index(known: list[Format]) -> str:
    several = [one for one in known if one.platform is None]
    groups = [(name, [one for one in known if one.platform == name]) for name in config("platforms")]
    shown = [_group(_heading(name), some) for name, some in groups if some]
    return INDEX.format(groups="\n".join(["", *shown, _group("Several platforms", several)]))


def _heading(platform: str) -> str:
    names = config("platforms")[platform]
    return " ".join(dict.fromkeys([names["en"], names["zh"]]))


def _group(heading: str, known: list[Format]) -> str:
    rows = "\n".join(_row(one) for one in known)
    return f"## {heading}\n\n| format | name | kind | built from | API |\n|---|---|---|---|---|\n{rows}\n"


def _row(one: Format) -> str:
    name = catalogue("en").get(f"formats.{one.name}", one.name)
    made = MADE[one.guide["made_from"]] if one.guide else ""
    pulled = f"`tingfeng pull {one.name}`" if one.name in apis() else ""
    return f"| [{name}]({one.name}.md) | `{one.name}` | {one.kind or 'any'} | {made} | {pulled} |"


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
    return "`, else `".join(listed(column))


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
    example = _example(name)
    return [
        "A record (constructed):",
        "",
        *_block(example["record"]),
        "",
        "The mention that it becomes:",
        "",
        *_block(example["mention"]),
        "",
    ]


@cache
def _example(name: str) -> dict[str, Any]:
    """The first record of a fixture, the mention that it becomes, and the platforms to which the links of all lead."""
    fixtures = sorted((FIXTURES / name).glob("*.expected.json"))
    mentions = {path: json.loads(path.read_text(encoding="utf-8"))["mentions"] for path in fixtures}
    record = _first(fixtures[-1].with_suffix("").with_suffix(""))
    urls = pl.Series([mention.get("url") for some in mentions.values() for mention in some], dtype=pl.String)
    return {
        "record": _told(record),
        "mention": _told(mentions[fixtures[-1]][0]),
        "platforms": sorted(set(links.platforms(urls).drop_nulls())),
    }


def _first(path: Path) -> dict[str, Any]:
    table = next(tables(next(sources(str(path))), nested()))
    return table.first.records.drop(LINE).row(0, named=True)


def _told(shown: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shown.items() if value not in (None, "")}


def _block(shown: dict[str, Any]) -> list[str]:
    return ["```json", json.dumps(shown, ensure_ascii=False, indent=2), "```"]


def main() -> int:
    """Write the pages."""
    PAGES.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
