"""Lists whose addresses or titles mislead: other hosts, telling folders, unspaced scripts, short titles."""

from __future__ import annotations

import pytest

from tests.detect.sample import TITLES, days_of, each, find, framed, items_of, stories

CARD = '<div class="post"><h2><a href="{url}">{title}</a></h2><span class="date">{iso}</span><p>{summary}</p></div>'
BARE = '<li><a href="{url}">{title}</a> <span>{iso}</span></li>'
CJK = (
    "港口重新开放", "部长们就预算达成一致", "夜班火车再次满员", "两个村庄共用一口井", "空中数鸟", "没人要的桥建成了",
    "果园得救", "学校推迟上课时间", "最后的守塔人", "七城高温纪录", "渡轮罢工第三周", "小博物馆找到失落的画",
)  # fmt: skip
JAPANESE = (
    "港が再開しました", "予算案で合意", "夜行列車が満席に", "井戸をめぐる争い", "空から鳥を数える", "新しい橋が完成",
    "果樹園を守る", "始業時間を遅らせる試み", "最後の灯台守の回想", "七都市で猛暑記録", "フェリーのストライキ続く",
)  # fmt: skip
ARABIC = (
    "إعادة فتح الميناء بعد العاصفة", "الوزراء يتفقون على الميزانية", "القطارات الليلية ممتلئة من جديد",
    "قريتان تتقاسمان بئرا واحدة", "باحثون يحصون الطيور من الجو", "جسر لم يرده أحد يكتمل",
    "إنقاذ البستان القديم من الطريق", "مدارس تجرب دواما متأخرا",
)  # fmt: skip
TWO_WORDS = (
    "Harbour reopens", "Budget agreed", "Night trains", "Village quarrel", "Counting birds", "Unwanted bridge",
    "Orchard saved", "Late school", "Last keeper", "Record heat", "Ferry strike", "Lost painting",
)  # fmt: skip


@pytest.mark.parametrize("template", [CARD, f"<ul>{BARE}</ul>", BARE])
@pytest.mark.parametrize("titles", [CJK, JAPANESE, ARABIC, TWO_WORDS], ids=["Chinese", "Japanese", "Arabic", "short"])
def test_titles_in_any_script_and_short_ones(titles: tuple[str, ...], template: str) -> None:
    made = stories(titles, numbered=True)
    found = find(framed(each(made, template)))
    assert found.items == items_of(made)
    assert found.days == days_of(made)


@pytest.mark.parametrize("section", ["games", "crypto", "jobs", "tag", "category", "author", "topics", "page"])
@pytest.mark.parametrize("template", [CARD, BARE])
def test_a_section_may_be_called_anything(section: str, template: str) -> None:
    made = stories(folder=f"https://example.org/{section}/")
    found = find(framed(each(made, template)), url=f"https://example.org/{section}")
    assert found.items == items_of(made)


@pytest.mark.parametrize("template", [CARD, BARE])
def test_every_link_may_lead_to_another_host(template: str) -> None:
    made = [
        story
        for number, title in enumerate(TITLES)
        for story in stories([title], folder=f"https://site{number}.example.com/stories/")
    ]
    assert find(framed(each(made, template))).items == items_of(made)


def test_addresses_right_below_the_root_are_articles_too() -> None:
    made = stories(folder="https://example.org/")
    assert find(framed(each(made, CARD)), url="https://example.org/").items == items_of(made)


def test_addresses_with_the_articles_number_as_a_parameter_are_told_apart() -> None:
    made = stories(folder="https://example.org/news.aspx?lang=en&id=", numbered=True)
    assert find(framed(each(made, BARE)), url="https://example.org/list.aspx").items == items_of(made)
