"""The generated blocks of docs/sentiment.md: each between two comments that Markdown does not show."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tingfeng.home import CHECKOUT

PAGE: Final = CHECKOUT / "docs" / "sentiment.md"
IMAGES: Final = CHECKOUT / "docs" / "images"

_BLOCK: Final = re.compile(
    r"(?P<begin><!-- made by (?P<maker>[\w.]+): (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)


def names(text: str) -> list[str]:
    """The names of the blocks of a page, in order."""
    return [found["name"] for found in _BLOCK.finditer(text)]


def filled(text: str, blocks: Mapping[str, str]) -> str:
    """The page with new `blocks`, by name; the others stay. Raises KeyError for a block that the page lacks."""
    missing = set(blocks) - set(names(text))
    if missing:
        raise KeyError(f"the page has no block {', '.join(sorted(missing))}")
    return _BLOCK.sub(
        lambda found: (
            f"{found['begin']}\n{blocks[found['name']].strip()}\n\n{found['end']}"
            if found["name"] in blocks
            else found[0]
        ),
        text,
    )


def write(blocks: Mapping[str, str], page: Path = PAGE) -> None:
    """Put `blocks` into the page."""
    page.write_text(filled(page.read_text(encoding="utf-8"), blocks), encoding="utf-8")


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))
