"""All listeners, in the order in which `tingfeng formats` lists them. A new source is one more line here."""

from functools import cache
from typing import Any

from listeners.contract import Format, Known, Listener
from listeners.formats.apify import (
    apify_instagram,
    apify_instagram_comments,
    apify_linkedin,
    apify_tiktok,
    apify_tiktok_comments,
)
from listeners.formats.appstore import appstore
from listeners.formats.appstore_connect import appstore_connect
from listeners.formats.bluesky import bluesky
from listeners.formats.crowdtangle import crowdtangle_facebook, crowdtangle_instagram
from listeners.formats.facebook import facebook
from listeners.formats.gdelt import gdelt
from listeners.formats.googleplay import googleplay
from listeners.formats.hackernews import hackernews
from listeners.formats.instagram import instagram
from listeners.formats.linkedin import linkedin, linkedin_page
from listeners.formats.mastodon import mastodon
from listeners.formats.mediacrawler import exports
from listeners.formats.reddit import reddit
from listeners.formats.rss import rss, youtube_feed
from listeners.formats.suites import SuiteListener, suites
from listeners.formats.threads import threads
from listeners.formats.tiktok import tiktok, tiktok_web, tiktok_ytdlp
from listeners.formats.tingfeng_export import TingfengExport
from listeners.formats.tt_refugee import tt_refugee
from listeners.formats.vendors import vendors
from listeners.formats.wechat import wechat_article_exporter
from listeners.formats.weibo import weibo, weibo_bazhuayu, weibo_crawler, weibo_search, weibo_spider
from listeners.formats.x import x
from listeners.formats.youtube import youtube
from listeners.formats.youtube_data_tools import youtube_data_tools
from listeners.formats.zeeschuimer import zeeschuimer
from listeners.layout import LayoutListener
from listeners.nested import Document, Wrong
from listeners.rules import listed, signatures
from listeners.table.listener import NAME, TableListener
from listeners.table.vocabulary import words
from tingfeng.home import config


@cache
def listeners() -> tuple[Listener, ...]:
    """One of each kind."""
    return (
        *exports(),
        tt_refugee(),
        youtube(),
        hackernews(),
        x(),
        reddit(),
        bluesky(),
        rss(),
        youtube_feed(),
        gdelt(),
        *youtube_data_tools(),
        appstore(),
        appstore_connect(),
        googleplay(),
        facebook(),
        instagram(),
        threads(),
        tiktok(),
        tiktok_web(),
        tiktok_ytdlp(),
        linkedin(),
        linkedin_page(),
        apify_tiktok(),
        apify_tiktok_comments(),
        apify_instagram(),
        apify_instagram_comments(),
        apify_linkedin(),
        *zeeschuimer(),
        crowdtangle_facebook(),
        crowdtangle_instagram(),
        weibo(),
        weibo_search(),
        weibo_crawler(),
        weibo_spider(),
        weibo_bazhuayu(),
        wechat_article_exporter(),
        *vendors(),
        *suites(),
        mastodon(),  # after all others: its error is any object with nothing but a sentence called `error`
        TingfengExport(),
    )


@cache
def nested() -> dict[str, Known]:
    """The formats whose documents are unfolded into records, by name."""
    known = {one.name: one.known for one in listeners() if isinstance(one, LayoutListener | SuiteListener)}
    return {name: how for name, how in known.items() if how}


def unfolded(name: str, document: Document) -> list[Document | Wrong]:
    """The records of one answer of an API, as the format of that name finds them in files."""
    return list(nested()[name].nested.records(document))


def formats() -> list[Format]:
    """What can be read, and how it is recognised; what is known to hold no mentions; tables of unknown layout last."""
    known = {one.name: _format(one) for one in listeners()}
    without = [entry for entry in config("guesses") if "refused" in entry and entry["format"] not in known]
    return [
        *known.values(),
        *(Format(entry["format"], entry["platform"], None, f"{entry['name']}: no mentions in it") for entry in without),
        Format(NAME, None, None, TableListener.how_recognised, _named(words("fields"))),
    ]


def _format(one: Listener) -> Format:
    rules = one.rules if isinstance(one, LayoutListener | SuiteListener) else {}
    signed: dict[str, str | None] = dict.fromkeys(column for columns in signatures(rules) for column in columns)
    columns = signed | _named(rules.get("columns", {}))
    return Format(one.name, one.platform, one.kind, one.how_recognised, columns, rules.get("guide"))


def _named(columns: dict[str, Any]) -> dict[str, str | None]:
    """The columns that become fields, each with the first of them."""
    pairs = [(one, name) for name, written in columns.items() for one in listed(written)]
    return dict(reversed(pairs))
