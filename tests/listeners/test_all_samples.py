"""Every real sample goes in completely, once, at the right times, or is refused for the reason that is known of it."""

from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from listeners import Options, Refused
from sentiment import Scorer
from tests.listeners.conftest import hear
from tests.listeners.independent import TRUTHS
from tingfeng.intake.importing import Given, Intake
from tingfeng.intake.progress import silent
from tingfeng.intake.taking import Taker
from tingfeng.store import Store

pytestmark = pytest.mark.samples

MENTIONS = sorted(name for name, truth in TRUTHS.items() if not truth.refused)
REFUSED = sorted(name for name, truth in TRUTHS.items() if truth.refused)


def imported(store: Store, folder: Path) -> dict[str, dict[str, Any]]:
    """The verdicts of an import of the folder, by file."""
    with Scorer("vader") as scorer:
        taker = Taker(store, scorer)
        intake = Intake(taker, Options(), [Given(str(folder), str(folder))])
        intake.run()
        taker.finish(intake.verdicts, silent)
    return {str(Path(verdict["file"]).relative_to(folder)): verdict for verdict in intake.verdicts}


@pytest.fixture(scope="module")
def verdicts(samples, tmp_path_factory):
    """What a first and a second import of all samples say."""
    with Store.open(tmp_path_factory.mktemp("samples") / "store.duckdb") as store:
        return imported(store, samples), imported(store, samples)


def test_every_sample_is_known(samples):
    assert {str(path.relative_to(samples)) for path in samples.glob("*/*")} == set(TRUTHS)


def test_an_import_counts_what_is_there(samples, verdicts):
    seen: dict[str | None, set[str]] = defaultdict(set)
    wrong = {}
    for name in sorted(TRUTHS):
        truth = TRUTHS[name]
        told = truth.tell(samples / name)
        keys = [record[0] for record in told if record]
        new = set(keys) - seen[truth.platform]
        seen[truth.platform] |= new
        verdict = verdicts[0][name]
        found = (verdict["read"], verdict["new"], verdict["rejected"], verdict["time_zone"])
        wanted = (len(told), len(new), told.count(None), truth.zone)
        if found != wanted or (told and verdict["platform"] != truth.platform):
            wrong[name] = (found, wanted, verdict["platform"], verdict.get("error"), verdict.get("refused"))
    assert not wrong


def test_a_second_import_adds_nothing(verdicts):
    assert {name: verdict["new"] for name, verdict in verdicts[1].items() if verdict["new"]} == {}


@pytest.mark.parametrize("name", MENTIONS)
def test_times_are_those_of_the_file(samples, name):
    times = [record[1] for record in TRUTHS[name].tell(samples / name) if record]
    published = hear(samples / name).mentions["published_at"].sort()
    assert published.null_count() == times.count(None)
    wanted = pl.Series(sorted(time.replace(microsecond=0) for time in times if time), dtype=pl.Datetime("us"))
    found = published.drop_nulls()
    assert len(found) == len(wanted)
    if len(wanted):
        assert (found[0], found[-1]) == (wanted[0], wanted[-1])
        assert (found - wanted).abs().max() <= timedelta(minutes=1)


@pytest.mark.parametrize("name", REFUSED)
def test_what_holds_no_mentions_says_why(samples, name):
    with pytest.raises(Refused) as refused:
        hear(samples / name)
    assert TRUTHS[name].refused in str(refused.value)
