"""The times of a layout's records: in which zone they are written, and which of two columns is right."""

from datetime import UTC, timedelta, tzinfo
from typing import Any, Final, NamedTuple

import polars as pl

from listeners.contract import Context
from listeners.dating import DAY_ONLY, Dated, dated
from listeners.fields import Fields
from tingfeng.mentions.ids import find_zone, id_times
from tingfeng.mentions.times import times, zone

_AHEAD: Final = timedelta(hours=8)
_NEAR: Final = timedelta(minutes=5)
_EPOCH: Final = r"^\d{10}(\d{3}){0,2}$"


class Placed(NamedTuple):
    """What `Dated` has, and when the record was collected."""

    published_at: pl.Series
    collected_at: pl.Series
    from_id: pl.Series
    reason: pl.Series


def published(platform: str, ids: pl.Series, fields: Fields, rules: dict[str, Any], context: Context) -> Placed:
    """When the records of a layout were published and collected.

    Ids tell the zone of `local_times`, which is left in `context`; else the layout's own holds.
    """
    collected, _ = times(fields["collected"], UTC, day_first=context.days_come_first(fields["collected"]))
    number = fields["time"]
    first = context.days_come_first(number)
    if rules.get("local_times") and not context.time_zone and not number.str.contains(_EPOCH).all():
        local, _ = times(number.set(number.str.contains(DAY_ONLY), None), UTC, day_first=first)
        context.time_zone = find_zone(platform, ids, local) or rules.get("zone")
        if context.time_zone is None and number.str.contains(r"\d[-/:]\d").any():
            context.time_zone, context.zone_assumed = "UTC", True
    here = zone(context.time_zone or rules.get("zone", "UTC"))
    if "written" in fields.columns:
        when = _with_zone(platform, ids, fields, here, collected, context)
    else:
        when = dated(platform, ids, number, here, collected, day_first=first)
    return Placed(when.published_at, collected, when.from_id, when.reason)


def _with_zone(
    platform: str, ids: pl.Series, fields: Fields, here: tzinfo, collected: pl.Series, context: Context
) -> Dated:
    """The written time, which has a zone, because the number beside it is often eight hours ahead."""
    first = context.days_come_first(fields["written"])
    read, _ = times(fields["written"], here, day_first=first)
    written = fields["written"].zip_with(read.is_not_null(), fields["time"])
    when = dated(platform, ids, written, here, collected, day_first=first)
    ahead = (when.published_at - id_times(platform, ids) - _AHEAD).abs() <= _NEAR
    ahead = (ahead & read.is_null()).fill_null(value=False)
    corrected = (when.published_at - _AHEAD).zip_with(ahead, when.published_at)
    return Dated(corrected, when.from_id | ahead, when.reason)
