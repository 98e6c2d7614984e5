"""What platforms write into texts: other people's words, cuts, hashtags."""

import polars as pl

_FORWARD = "//@"
_CUT = r"(?:\.{3}|…+)\s*全文\s*(?:[:：]\s*https?://\S+\s*)?$"
_NO_WORDS = r"^\s*(?:转发微博|轉發微博|Repost)[。.]?\s*$"


def own_part(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Of Weibo texts: how many leading characters are the author's own (null: all), and whether the site cut the rest.

    What follows the first `//@` is forwarded; `转发微博` is what the site writes when nothing was added.
    """
    frame = pl.DataFrame({"text": texts})
    text = pl.col("text")
    own = text.str.splitn(_FORWARD, 2).struct.field("field_0").str.replace(_CUT, "")
    own = pl.when(own.str.contains(_NO_WORDS)).then(pl.lit("")).otherwise(own)
    shorter = pl.when(own.str.len_chars() < text.str.len_chars()).then(own.str.len_chars().cast(pl.Int64))
    found = frame.select(own=shorter, cut=text.str.contains(_CUT).fill_null(value=False))
    return found["own"], found["cut"]


def all_own(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """What `own_part` says where nothing is forwarded and nothing cut."""
    length = len(texts)
    return pl.repeat(None, length, dtype=pl.Int64, eager=True), pl.repeat(False, length, eager=True)  # noqa: FBT003 - a value


def hashtags(texts: pl.Series, pattern: str | None, listed: pl.Series) -> pl.Series:
    """Hashtags joined with `|`, each once: of a list parted by `,`, `#` or `|`, then those that `pattern` finds.

    Null where there is nothing to look at, empty where nothing is found.
    """
    some = listed.is_not_null() | (texts.str.contains(pattern).fill_null(value=False) if pattern else False)
    found = pl.repeat(None, len(texts), dtype=pl.String, eager=True).alias("hashtags")
    rows = some.arg_true()
    return found.scatter(rows, _tags(texts.gather(rows), pattern, listed.gather(rows)))


def _tags(texts: pl.Series, pattern: str | None, listed: pl.Series) -> pl.Series:
    tags = [pl.col("listed").str.replace_all("[，#|]", ",").str.split(",").fill_null([])]
    if pattern:
        found = pl.col("text").str.extract_all(pattern).list.eval(pl.element().str.extract(pattern, 1))
        tags.append(found.fill_null([]))
    clean = pl.element().str.strip_chars(" \t\n#").str.replace_all("|", "｜", literal=True)
    each = pl.concat_list(tags).list.eval(clean.filter(clean != "")).list.unique(maintain_order=True)
    frame = pl.DataFrame({"text": texts, "listed": listed})
    return frame.select(each.list.join("|").alias("hashtags"))["hashtags"]
