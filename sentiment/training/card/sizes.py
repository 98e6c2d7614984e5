"""Blocks on size and speed."""

import json
from pathlib import Path
from typing import Any, Final

from sentiment.model.weights import MODEL
from sentiment.target.weights import MODEL as TARGET
from sentiment.training.card.page import table
from tingfeng.home import CHECKOUT

#: What `python -m bench.sentiment` measured; a measurement belongs to a machine, so the file is not in the repository.
MEASURED: Final = CHECKOUT / "out" / "bench-sentiment.json"


def sizes() -> str:
    """The files that ship."""
    known = {"whole texts": MODEL, "toward a subject, English": TARGET}
    rows = [
        [f"`{path.relative_to(CHECKOUT)}`", what, f"{path.stat().st_size / 1e6:.2f} MB"] for what, path in known.items()
    ]
    return table(["file", "model", "size"], rows)


def speeds(path: Path = MEASURED) -> dict[str, str]:
    """The block on speed; none where nothing was measured."""
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    plain, one, two = (found[name] for name in ("plain_rate", "analyze_rate", "scorer_rate"))
    rows = [
        ["VADER or SnowNLP, a call a text, one process", f"{plain:,.0f}", "1"],
        ["`analyze`, one process", f"{one:,.0f}", f"{one / plain:.0f} x"],
        ["`Scorer`, two processes", f"{two:,.0f}", f"{two / plain:.0f} x"],
    ]
    said = f"{found['texts']:,} {found['source']}, {found['characters']:.0f} characters each on average:"
    return {"speed": f"{said}\n\n{table(['what', 'texts a second', 'against the packages'], rows)}"}
