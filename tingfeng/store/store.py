"""The store: everything that other rooms may ask of it, in one place."""

from tingfeng.store import corrections as correcting
from tingfeng.store import (
    history,
    invented,
    learning,
    matches,
    mentions,
    pages,
    pulls,
    quarantine,
    questions,
    ranks,
    rescoring,
    saved,
    standing,
    upsert,
)
from tingfeng.store.database import Database


class Store(Database):
    """An open store; its methods are the functions of this room's modules, where they are explained."""

    begin_import = history.begin_import
    finish_import = history.finish_import
    imports = history.imports
    undo_import = history.undo_import
    is_demo = history.is_demo
    has_own_data = history.has_own_data
    shows_demo = invented.shows_demo

    stage = upsert.stage
    commit = upsert.commit
    replace_matches = matches.replace_matches
    join_replies = matches.join_replies

    count_waiting = rescoring.count_waiting
    waiting = rescoring.waiting
    rescore = rescoring.rescore

    pull_states = pulls.pull_states
    save_health = pulls.save_health
    source_health = pulls.source_health

    rejects = quarantine.rejects
    count_rejects = quarantine.count_rejects
    take_rejects = quarantine.take_rejects

    correct = correcting.correct
    correct_all = correcting.correct_all
    corrections = correcting.corrections
    standing_labels = standing.standing_labels
    corrected_keys = standing.corrected_keys

    learned = learning.learned
    save_learned = learning.save_learned
    learning_history = learning.learning_history
    word_rules = learning.word_rules
    save_word_rule = learning.save_word_rule
    remove_word_rule = learning.remove_word_rule
    adaptation_state = learning.adaptation_state
    count_corrected = learning.count_corrected
    corrected_texts = learning.corrected_texts
    uncorrected_texts = learning.uncorrected_texts

    frames = mentions.frames
    mention = mentions.mention
    said_toward = mentions.said_toward
    tag = mentions.tag
    add_tags = mentions.add_tags
    hide = mentions.hide

    watchlists = saved.watchlists
    watchlist = saved.watchlist
    deleted_watchlists = saved.deleted_watchlists
    save_watchlist = saved.save_watchlist
    delete_watchlist = saved.delete_watchlist
    restore_watchlist = saved.restore_watchlist
    mappings = saved.mappings
    save_mapping = saved.save_mapping

    ranks = ranks.ranks

    count = questions.count
    volume = questions.volume
    labels = questions.labels
    totals = questions.totals
    unsure = questions.unsure
    facets = questions.facets
    date_range = questions.date_range
    mentions_page = pages.mentions_page
    export_batches = pages.export_batches
