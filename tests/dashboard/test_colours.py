from tingfeng.dashboard import colours
from tingfeng.home import config


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_six_platforms_are_coloured_and_the_rest_is_grey():
    largest = ["xiaohongshu", "tiktok", "weibo", "douyin", "instagram", "youtube", "kuaishou"]
    chosen = colours.of_series("platform", largest)
    assert chosen["kuaishou"] == colours.rest()
    assert len({chosen[name] for name in largest[:6]} - {colours.rest()}) == 6


def test_a_platform_keeps_its_colour_whatever_else_is_in_view():
    alone, among = colours.of_series("platform", ["weibo"]), colours.of_series("platform", ["tiktok", "x", "weibo"])
    assert alone["weibo"] == among["weibo"] == config("platforms")["weibo"]["colour"]


def test_of_two_with_one_colour_the_smaller_is_grey():
    assert config("platforms")["zhihu"]["colour"] == config("platforms")["tiktok"]["colour"]
    assert colours.of_series("platform", ["zhihu", "tiktok"])["tiktok"] == colours.rest()


def test_subjects_take_colours_in_the_order_of_their_watchlist():
    order = [f"brand {number}" for number in range(8)]
    chosen = colours.of_series("subject", order, order)
    assert chosen["brand 0"] == config("colours")["series"][0]
    assert chosen["brand 7"] == colours.rest()


def test_the_seven_platforms_of_one_collector_all_differ():
    seven = ("xiaohongshu", "douyin", "kuaishou", "bilibili", "weibo", "tieba", "zhihu")
    assert len({config("platforms")[name]["colour"] for name in seven}) == 7


def test_labels_can_be_read_as_text_in_both_themes():
    for label, (light, dark) in {**colours.of_label_texts(), "ink": colours.ink()}.items():
        assert contrast(light, "#FFFFFF") >= 4.5, label
        assert contrast(dark, "#12181C") >= 4.5, label


def test_the_accent_can_be_seen_in_both_themes():
    assert contrast(colours.accent(), "#FFFFFF") >= 3
    assert contrast(colours.accent(), "#12181C") >= 3
