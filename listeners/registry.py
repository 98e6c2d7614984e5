"""All listeners, in the order in which `tingfeng formats` lists them. A new source is one more line here."""

from functools import cache

from listeners.contract import Format, Known, Listener
from listeners.formats.mediacrawler import exports
from listeners.formats.suites import SuiteListener, suites
from listeners.formats.tingfeng_export import TingfengExport
from listeners.formats.tt_refugee import tt_refugee
from listeners.formats.vendors import vendors
from listeners.formats.wechat import wechat_article_exporter
from listeners.formats.weibo import weibo, weibo_bazhuayu, weibo_crawler, weibo_search, weibo_spider
from listeners.formats.youtube import youtube
from listeners.layout import LayoutListener
from listeners.table.listener import NAME, TableListener
from tingfeng.home import config


@cache
def listeners() -> tuple[Listener, ...]:
    """One of each kind."""
    return (
        *exports(),
        tt_refugee(),
        youtube(),
        weibo(),
        weibo_search(),
        weibo_crawler(),
        weibo_spider(),
        weibo_bazhuayu(),
        wechat_article_exporter(),
        *vendors(),
        *suites(),
        TingfengExport(),
    )


@cache
def nested() -> dict[str, Known]:
    """The formats whose documents are unfolded into records, by name."""
    known = {one.name: one.known for one in listeners() if isinstance(one, LayoutListener | SuiteListener)}
    return {name: how for name, how in known.items() if how}


def formats() -> list[Format]:
    """What can be read, and how it is recognised; what is known to hold no mentions; tables of unknown layout last."""
    known = {one.name: Format(one.name, one.platform, one.kind, one.how_recognised) for one in listeners()}
    without = [entry for entry in config("guesses") if "refused" in entry and entry["format"] not in known]
    return [
        *known.values(),
        *(Format(entry["format"], entry["platform"], None, f"{entry['name']}: no mentions in it") for entry in without),
        Format(NAME, None, None, TableListener.how_recognised),
    ]
