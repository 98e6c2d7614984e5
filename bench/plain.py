"""The script that everybody writes: pandas, one VADER or SnowNLP call a row, a chart's worth of numbers at the end."""

import re
import sys
from collections.abc import Callable

import pandas as pd
from snownlp import SnowNLP
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

HAN = re.compile("[\u4e00-\u9fff]")


def scoring() -> Callable[[str], float]:
    """The function that scores one text."""
    analyzer = SentimentIntensityAnalyzer()

    def score(text: str) -> float:
        if not text.strip():
            return 0.0
        if HAN.search(text):
            return 2 * float(SnowNLP(text).sentiments) - 1
        return float(analyzer.polarity_scores(text)["compound"])

    return score


def main(paths: list[str]) -> None:
    """Read the files, score each row, print the daily volume and net sentiment."""
    score = scoring()
    frame = pd.concat([pd.read_csv(path, dtype={"id": str}) for path in paths]).drop_duplicates(["platform", "id"])
    text = frame["title"].fillna("").str.cat(frame["text"].fillna(""), sep=" ")
    frame["score"] = [score(each) for each in text]
    days = pd.to_datetime(frame["published_at"]).dt.tz_convert("Asia/Shanghai").dt.date
    print(frame.groupby([days, "platform"])["score"].agg(["count", "mean"]).to_csv())


if __name__ == "__main__":
    main(sys.argv[1:])
