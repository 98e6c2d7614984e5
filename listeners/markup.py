"""Texts that come as HTML, made into what a reader sees."""

import html

import polars as pl

_BREAK = r"(?i)\s*<(?:p|br|div|li|blockquote|pre|h[1-6]|tr)(?:\s[^>]*)?/?>\s*"
_UNSEEN = r"(?is)<(script|style)\b.*?</(?:script|style)\s*>|<!--.*?-->"
_TAG = r"</?[a-zA-Z][^>]*>"


def plain(texts: pl.Series) -> pl.Series:
    """`texts` without tags, a line for each paragraph, with entities as characters."""
    bare = texts.str.replace_all(_UNSEEN, "").str.replace_all(_BREAK, "\n").str.replace_all(_TAG, "")
    coded = bare.str.contains("&").fill_null(value=False)
    said = pl.Series([html.unescape(text) for text in bare.filter(coded)], dtype=pl.String)
    return bare.scatter(coded.arg_true(), said).str.strip_chars().alias(texts.name)
