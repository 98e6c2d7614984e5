"""The query language: one parser, one meaning, for matching at import and for searching in the store."""

from tingfeng.queries.description import describe
from tingfeng.queries.errors import QueryError
from tingfeng.queries.functions import register
from tingfeng.queries.highlight import term_spans
from tingfeng.queries.matcher import Matcher
from tingfeng.queries.parser import parse
from tingfeng.queries.sql import Sql, engagement, to_sql
from tingfeng.queries.tree import Query

__all__ = [
    "Matcher",
    "Query",
    "QueryError",
    "Sql",
    "describe",
    "engagement",
    "parse",
    "register",
    "term_spans",
    "to_sql",
]
