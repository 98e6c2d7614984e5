"""What is taken out of a text before language and sentiment are read. Blanking keeps every character's position."""

import re
from typing import Final

from tingfeng.mentions.text import HALF

#: Characters of a text that are read. Cost grows with length, and people say what they feel early.
HEAD: Final = 600
#: Characters of a text in which a subject is looked for.
LOOKED_AT: Final = 20 * HEAD

_NOT_WORDS = re.compile(
    r"""
      https?://[!-~]+ | \bwww\.[!-~]+ | \b[a-z0-9-]{1,40}\.(?:com|cn|net|org|io|ly)/[!-~]*
    | (?:^|(?<=\s))回复\s*@[^\s:：]{1,40}\s*[:：]             # Bilibili
    | (?<![A-Za-z0-9])@[\w.·-]{1,30}
    | </?[a-zA-Z][^<>]{0,300}>                                  # HTML of Weibo and Mastodon
    | &(?:amp|lt|gt|quot|nbsp|\#\d{1,6});
    | \[话题\]                                                  # Xiaohongshu: #topic[话题]#
    | O网页链接 | L[^\s]{1,30}的微博视频 | ^转发微博$ | (?:\.\.\.|…)全文$   # Weibo
    """,
    re.VERBOSE | re.IGNORECASE,
)
#: One of these stands in every text that `_NOT_WORDS` finds something in: most texts have none, and are not searched.
_HINTS: Final = ("@", "<", "&", "/", "w.", "W.", "[话题]", "网页链接", "微博视频", "转发微博", "全文")
#: Of Xiaohongshu, of Weibo (closed; a space before the mark begins another one), and of all others.
_HASHTAG = re.compile(r"#[^#\s\[]{1,40}\[话题\]\#|#[^#\s](?:[^#\n]{0,38}[^#\s])?#|#\w{1,60}")
EMOJI_NAME: Final = re.compile(r"\[[^\[\]\s]{1,12}\]")


def head(text: str) -> str:
    """The part of `text` that is read: `HEAD` characters after leading space; lone surrogates become U+FFFD."""
    return HALF.sub("\ufffd", text.lstrip()[:HEAD])


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """`text` with each find of `pattern` replaced by as many spaces."""
    return pattern.sub(lambda found: " " * len(found[0]), text)


def blank_span(text: str, start: int, end: int) -> str:
    """`text` with characters `start` to `end` replaced by spaces."""
    return text[:start] + " " * (end - start) + text[end:]


def own_words(text: str) -> str:
    """`text` with links, @names, HTML and platforms' own phrases blanked."""
    return blank(text, _NOT_WORDS) if any(hint in text for hint in _HINTS) else text


def without_hashtags(text: str) -> str:
    """`text` with hashtags blanked, words and marks."""
    return blank(text, _HASHTAG)
