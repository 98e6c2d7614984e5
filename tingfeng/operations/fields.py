"""The fields that each operation takes: another process may send anything, so they are looked at before the work."""

import reprlib
from collections.abc import Mapping
from typing import Annotated, Any, Final, NamedTuple, TypedDict

import msgspec

from tingfeng.errors import UsageError
from tingfeng.operations.given import refuse_broken_texts


class _Path(TypedDict):
    given: str
    path: str


class _Mended(TypedDict):
    number: int
    raw: str


class Kind(NamedTuple):
    """What a field holds, in words and as a type."""

    said: str
    type: Any


class Fields(NamedTuple):
    """Those that an operation cannot do without, and those that may be missing or null."""

    needed: Mapping[str, Kind] = {}
    optional: Mapping[str, Kind] = {}


_TEXT: Final = Kind("a text", str)
_TEXTS: Final = Kind("a list of texts", list[str])
_NUMBER: Final = Kind("a number", float)
_WHOLE: Final = Kind("a whole number from 0 on", Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)])
_FLAG: Final = Kind("true or false", bool)
_PATHS: Final = Kind("a list of {given, path}", list[_Path])
_ROWS: Final = Kind("a list of {number, raw}", list[_Mended])

_FILTERS: Final = {
    **dict.fromkeys(("subject", "platform", "language", "kind", "region", "label"), _TEXTS),
    **dict.fromkeys(("query", "since", "until"), _TEXT),
}
_MENTION: Final = {"platform": _TEXT, "id": _TEXT}
_BY: Final = {"by": _TEXT}

#: All may say which `engine` scores.
FIELDS: Final[dict[str, Fields]] = {
    "demo": Fields({}, {"remove": _FLAG}),
    "import": Fields(
        {"paths": _PATHS},
        {**dict.fromkeys(("as_format", "platform", "time_zone", "map"), _TEXT), "dry_run": _FLAG},
    ),
    "imports": Fields(),
    "undo": Fields({"number": _WHOLE}),
    "rejects": Fields({}, {"file": _TEXT, "limit": _WHOLE, "offset": _WHOLE}),
    "retry": Fields({}, {"rows": _ROWS}),
    "watchlist_list": Fields(),
    "watchlist_show": Fields({"name": _TEXT}),
    "watchlist_save": Fields({"yaml": _TEXT}),
    "watchlist_delete": Fields({"name": _TEXT}),
    "watchlist_restore": Fields({"name": _TEXT}),
    "watchlist_test": Fields({"query": _TEXT}, dict.fromkeys(("watchlist", "time_zone", "language"), _TEXT)),
    "measure": Fields({"measure": _TEXT, "watchlist": _TEXT}, {**_FILTERS, "by": _TEXTS}),
    "export": Fields(dict.fromkeys(("watchlist", "out", "path", "format"), _TEXT), _FILTERS),
    "correct": Fields({**_MENTION, "label": _TEXT}, {**_BY, "subject": _TEXT, "origin": _TEXT}),
    "correct_file": Fields({"path": _TEXT, "file": _TEXT}, {**_BY, "dry_run": _FLAG}),
    "tag": Fields({**_MENTION, "tags": _TEXTS}),
    "hide": Fields(_MENTION, {"hidden": _FLAG}),
    "learning": Fields(),
    "learn": Fields({}, _BY),
    "learn_forget": Fields({}, _BY),
    "rules": Fields(),
    "rule_add": Fields({"term": _TEXT, "label": _TEXT}, {**_BY, "weight": _NUMBER, "note": _TEXT}),
    "rule_remove": Fields({"term": _TEXT}, _BY),
    "rescore": Fields({}, {"all": _FLAG}),
    "pull": Fields(
        {"source": _TEXT},
        {
            **dict.fromkeys(("watchlist", "since", "secret", "address"), _TEXT),
            "limit": _WHOLE,
            "every": _NUMBER,
            "dry_run": _FLAG,
        },
    ),
    "pull_failed": Fields({"source": _TEXT, "error": _TEXT}, {"every": _NUMBER}),
    "sources": Fields(),
    "doctor": Fields(),
}


def check(op: str, params: Any) -> None:
    """UsageError where `op` is no operation, or a field of `params` is missing, of another kind, or no UTF-8."""
    if op not in FIELDS:
        raise UsageError(f"There is no operation {op!r}", hint=f"there is {', '.join(FIELDS)}")
    if not isinstance(params, dict):
        raise UsageError("What an operation is asked with is an object", where=op, hint="name each field")
    fields = FIELDS[op]
    for name, kind in fields.needed.items():
        if params.get(name) is None:
            raise UsageError(f"The field {name!r} is missing", where=op, hint=f"it is {kind.said}")
    for name, kind in {**fields.optional, **fields.needed, "engine": _TEXT}.items():
        if params.get(name) is not None and not _is_of(kind, params[name]):
            raise UsageError(
                f"The field {name!r} is not {kind.said}", where=op, hint=f"{reprlib.repr(params[name])} was sent"
            )
    refuse_broken_texts(params)


def _is_of(kind: Kind, value: Any) -> bool:
    try:
        msgspec.convert(value, kind.type)
    except msgspec.ValidationError:
        return False
    return True
