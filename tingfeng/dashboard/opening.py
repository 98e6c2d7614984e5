"""What must be known before any page can be shown: the workspace, the watchlists, what there is to filter by."""

from datetime import UTC, date, datetime, timedelta

from tingfeng import operations
from tingfeng.dashboard.address import Choice, Known
from tingfeng.dashboard.asking import ask_about
from tingfeng.dashboard.view import View
from tingfeng.dashboard.words import Words
from tingfeng.store import Filters, Store


def view(words: Words) -> View:
    """The view before anything is chosen; opens the store when this process has not done so yet."""
    workspace = operations.own()
    watchlists = {each.name: each for each in workspace.store.watchlists()}
    return View(workspace, words, watchlists, Choice())


def known(view: View) -> Known:
    """What the whole store can be filtered by, the commonest first."""
    facets = ask_about(view, Filters(), Store.facets)
    found = {field: tuple(rows["value"]) for field, rows in facets.groupby("field")}
    subjects = {name: tuple(each.name for each in saved.subjects) for name, saved in view.watchlists.items()}
    return Known(subjects, *(found.get(field, ()) for field in ("platform", "language", "region")))


def last_day(view: View) -> date | None:
    """The last local day with a mention of the watchlist, and none after tomorrow: a wrong clock must not set it."""
    last = ask_about(view, Filters(view.choice.watchlist, zone=view.zone), Store.date_range)[1]
    return min(last, datetime.now(UTC).date() + timedelta(days=1)) if last else None
