"""Learning from corrections, going back to the plain engine, and word rules."""

import re
import unicodedata
from dataclasses import asdict
from typing import Any, Final

from sentiment import RULE_WEIGHT, WordRule, version
from tingfeng.errors import UsageError
from tingfeng.intake.progress import Progress, step
from tingfeng.mentions.text import fold, scored_text
from tingfeng.operations.context import Workspace
from tingfeng.operations.rows import plain
from tingfeng.queries.lexer import QUOTES
from tingfeng.store import Filters
from tingfeng.watchlists import aliases

Params = dict[str, Any]

#: What a query cannot look for inside quotation marks.
_NO_TERM: Final = frozenset(QUOTES + "*＊")
#: Line breaks, control characters, and what turns the direction of writing: the list of rules would not show them.
_HIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def state(workspace: Workspace, params: Params, _on_progress: Progress) -> Params:
    """`{"engine", "plain_engine", "corrections", "adapted", "outdated", "report", "at"}`.

    `engine` is what scores now. `corrections`: mentions that people labelled as a whole. `adapted`: what was learned is
    in force; `outdated`: it was learned on another version, so it is not. `report` is that of the last learning, null
    where nothing was learned or somebody went back to the plain engine.
    """
    store, learned = workspace.store, workspace.store.learned()
    history = store.learning_history()
    last = history[0] if history else {"report": None, "at": None}
    outdated = bool(learned.mark) and learned.learned_on != version()
    return {
        "engine": workspace.engine_version(params.get("engine")),
        "plain_engine": version(),
        "corrections": store.count_corrected(),
        "adapted": bool(learned.mark) and not outdated,
        "outdated": outdated,
        "report": last["report"],
        "at": plain(last["at"]),
    }


def learn_now(workspace: Workspace, params: Params, on_progress: Progress) -> Params:
    """Learn from all corrections, and keep what is better than the plain engine; the `state` afterwards."""
    from sentiment.learning.learn import OTHERS, Corrected, learn

    store = workspace.store
    on_progress(step("learn", 0))
    corrected = [Corrected(_text(row), row["label"]) for row in store.corrected_texts()]
    others = [_text(row) for row in store.uncorrected_texts(OTHERS)]
    names = {name for saved in store.watchlists() for subject in saved.subjects for name in aliases(subject)}
    found = learn(corrected, others, workspace.adaptation().rules, names=sorted(filter(fold, names)))
    store.save_learned(found.adaptation, plain(asdict(found.report)), by=params.get("by"))
    return state(workspace, params, on_progress)


def forget(workspace: Workspace, params: Params, on_progress: Progress) -> Params:
    """Go back to the plain engine with the word rules; the `state` afterwards. Corrections stay."""
    if workspace.store.learned().mark:
        workspace.store.save_learned(None, None, by=params.get("by"))
    return state(workspace, params, on_progress)


def rules(workspace: Workspace, _params: Params, _on_progress: Progress) -> list[Params]:
    """`[{"term", "label", "weight", "note", "mentions"}]`, the last being how many stored mentions have the term."""
    return [
        {name: row[name] for name in ("term", "label", "weight", "note")}
        | {"mentions": _touched(workspace, row["term"])}
        for row in workspace.store.word_rules()
    ]


def add_rule(workspace: Workspace, params: Params, on_progress: Progress) -> list[Params]:
    """Make the rule that `term` is `label`, by `weight`, for the reason in `note`; all rules afterwards."""
    term, note, weight = params["term"], params.get("note") or "", params.get("weight")
    _refuse_unfit(term)
    _refuse_hidden(note, "the note")
    rule = WordRule(term, params["label"], RULE_WEIGHT if weight is None else float(weight))
    workspace.store.save_word_rule(rule, note, by=params.get("by"))
    return rules(workspace, params, on_progress)


def remove_rule(workspace: Workspace, params: Params, on_progress: Progress) -> list[Params]:
    """Take the rule on `term` back; all rules afterwards."""
    workspace.store.remove_word_rule(params["term"], by=params.get("by"))
    return rules(workspace, params, on_progress)


def _refuse_unfit(term: str) -> None:
    """UsageError for a term that no text can have, or that is no word."""
    _refuse_hidden(term, "the term")
    if set(term) & _NO_TERM:
        raise UsageError("A term has neither quotation marks nor *", where=term, hint="leave them out")
    if fold(term) and not any(map(_is_said, term)):
        raise UsageError("A term is more than marks", where=term, hint="write a word or an emoji")


def _refuse_hidden(text: str, what: str) -> None:
    if _HIDDEN.search(text):
        hidden = "A line break, a control character or a mark of writing direction"
        raise UsageError(f"{hidden} hides in {what}", hint="type the value anew")


def _is_said(character: str) -> bool:
    """Whether it is a letter, a digit or an emoji."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "So"


def _touched(workspace: Workspace, term: str) -> int:
    return workspace.store.count(Filters(query=f'"{term}"'))


def _text(row: Params) -> str:
    return scored_text(row["title"], row["text"], row["own_chars"])
