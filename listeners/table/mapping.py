"""The mapping of a table: which of its columns is which field, and what holds for all its rows."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, Self

import yaml

from listeners.table.vocabulary import FIELDS
from tingfeng.errors import TingfengError
from tingfeng.home import config
from tingfeng.mentions.record import KINDS
from tingfeng.mentions.times import zone

_KEYS = ("layout", "platform", "kind", "time_zone", "columns", "chosen_by")


class MappingError(TingfengError):
    """A mapping that is no YAML, or that names a field, column, platform, kind or zone that does not exist."""


@dataclass(frozen=True)
class Mapping:
    """`columns`: field to column. `platform`, `kind`, `time_zone`: of rows that do not say it themselves; None: found.

    `chosen_by` says what spoke for each column: its name, its content, or both.
    """

    layout: str
    platform: str | None = None
    kind: str | None = None
    time_zone: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    chosen_by: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The mapping as `--json` shows it and as the YAML form has it."""
        return {name: getattr(self, name) for name in _KEYS}

    def said(self, *, platform: str | None, time_zone: str | None) -> Self:
        """The mapping with what a person said about this file."""
        return replace(self, platform=platform or self.platform, time_zone=time_zone or self.time_zone)


def read_mapping(text: str, layout: str, header: tuple[str, ...], where: str) -> Mapping:
    """The mapping that YAML `text` holds, for a table with these columns; MappingError says what does not fit."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise MappingError("The mapping is no YAML", where=where, hint=" ".join(str(error).split())) from error
    if not isinstance(content, dict) or not isinstance(content.get("columns"), dict):
        hint = "write platform, kind and columns: {field: column}"
        raise MappingError("The mapping has no columns", where=where, hint=hint)
    _only_known(content, _KEYS, "setting", where)
    columns = {str(name): str(column) for name, column in content["columns"].items() if column is not None}
    _only_known(columns, FIELDS, "field", where)
    _only_known(columns.values(), header, "column", where)
    for key, known in (("platform", tuple(config("platforms"))), ("kind", KINDS)):
        _only_known([str(content[key])] if content.get(key) else [], known, key, where)
    time_zone = content.get("time_zone")
    if time_zone:
        zone(str(time_zone))
    return Mapping(
        layout=layout,
        platform=content.get("platform"),
        kind=content.get("kind"),
        time_zone=time_zone and str(time_zone),
        columns=columns,
        chosen_by=dict.fromkeys(columns, "mapping"),
    )


def _only_known(names: Dictionary[str, Any] | Any, known: tuple[str, ...], what: str, where: str) -> None:
    for name in names:
        if name not in known:
            near = get_close_matches(str(name), known, n=1, cutoff=0.5)
            hint = f"the nearest is {near[0]}" if near else f"use one of {', '.join(known[:30])}"
            raise MappingError(f"The mapping names the {what} {name!r}, which does not exist", where=where, hint=hint)
