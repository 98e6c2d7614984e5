import pytest

from tingfeng.dashboard import labels
from tingfeng.dashboard.parts import card
from tingfeng.dashboard.words import words

EN, ZH = words("en"), words("zh")
SURE = {"engine": "tingfeng 1", "label": "positive", "confidence": 0.5, "corrected": False, "text": "nice"}


@pytest.mark.parametrize(
    ("row", "english", "chinese"),
    [
        (SURE, "Positive", "正面"),
        (SURE | {"confidence": 0.49}, "Not sure (leans positive)", "不确定（偏正面）"),
        (SURE | {"confidence": 0.4, "label": "neutral"}, "Not sure (leans neutral)", "不确定（偏中性）"),
        (SURE | {"confidence": 0.4, "label": "negative"}, "Not sure (leans negative)", "不确定（偏负面）"),
        (SURE | {"confidence": 0.4, "engine": "vader 1"}, "Positive", "正面"),
        (SURE | {"confidence": 0.4, "corrected": True}, "Positive", "正面"),
        (SURE | {"confidence": None}, "Positive", "正面"),
        (SURE | {"label": None, "text": "良い天気"}, "Language not supported", "语言暂不支持"),
        (SURE | {"label": None, "text": "https://example.org/1"}, "Nothing to read", "没有可读的内容"),
        (SURE | {"label": None, "text": None}, "Nothing to read", "没有可读的内容"),
        # the words are another's: they were forwarded
        (SURE | {"label": None, "text": "//@a: nice", "own_chars": 0}, "Nothing to read", "没有可读的内容"),
        (SURE | {"label": None, "engine": None}, "No label", "无情感标签"),
    ],
)
def test_a_label_says_whether_it_is_sure_or_why_there_is_none(row, english, chinese):
    assert (labels.written(row, EN), labels.written(row, ZH)) == (english, chinese)
    assert english in card.label(row, EN)


def test_a_card_shows_what_is_not_sure_in_a_style_of_its_own():
    assert card.label(SURE, EN) == '<span class="label push positive"><i></i>Positive · 50%</span>'
    assert card.label(SURE | {"confidence": 0.43}, EN) == (
        '<span class="label push positive unsure"><i></i>Not sure (leans positive) · 43%</span>'
    )
