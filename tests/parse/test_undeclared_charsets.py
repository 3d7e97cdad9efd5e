"""Pages of old charsets that declare none: what their language says of their bytes."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from feedbuilder.extract import extract
from feedbuilder.model import Page, Source
from feedbuilder.parse.decode import decode

FRENCH = "Après l’incendie, la forêt brûlée rouvre au public : « un été à l’œuvre »"
TURKISH = "Muhalefet seçim takvimini görüştü: ilk görüşmeler İzmir’de başlıyor"
POLISH = "Sąd wydał wyrok: są winni, choć część świadków zaprzecza: źródła"
SLOVENIAN = "Župan začenja pogovore o šolah: prvi učenci že jeseni"
HUNGARIAN = "Új híd épül a Tisza fölött: őszre kész lehet a gyűrű"
RUSSIAN = "Переговоры продолжаются: стороны обсудили обмен пленными"


def page(text: str, codec: str, language: str | None) -> Page:
    start = f'<!DOCTYPE html>\n<html dir="ltr" lang="{language}">' if language else "<html>"
    return Page("https://example.org/", f"{start}<h2>{text}</h2>".encode(codec), datetime(2026, 2, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "codec", "language"),
    [
        (FRENCH, "cp1252", "fr"),
        (FRENCH, "cp1252", "fr-CA"),
        (TURKISH, "cp1254", "tr"),
        (TURKISH, "cp1254", "tr_TR"),
        (POLISH, "iso8859_2", "pl"),
        (f"{POLISH} – i co dalej", "cp1250", "pl"),
        ("Są wydatki, są winni, a sąd orzekł", "cp1250", "pl-PL"),
        (SLOVENIAN, "cp1250", "sl"),
        (HUNGARIAN, "iso8859_2", "hu"),
        ("Příští vláda představila rozpočet – škrty se týkají školství", "cp1250", "cs"),
        (RUSSIAN, "cp1251", "ru"),
        (RUSSIAN, "koi8_r", "ru"),
        ("Переговори тривають: сторони обговорили обмін", "koi8_u", "uk"),
        ("Οι διαπραγματεύσεις συνεχίζονται αύριο", "iso8859_7", "el"),
        ("“Άνοδος” των τιμών: Άμεσα μέτρα", "cp1253", "el"),
        ("Vyriausybė pristatė biudžetą: daugiau lėšų švietimui", "cp1257", "lt"),
        ("הממשלה אישרה את התקציב", "cp1255", "he"),
        ("الحكومة تقر الميزانية الجديدة", "cp1256", "ar"),
        ("รัฐบาลอนุมัติงบประมาณ", "cp874", "th"),
        ("日本の総選挙、あす投開票へ", "cp932", "ja"),
        ("日本の総選挙、あす投開票へ", "euc_jp", "ja"),
        ("한국 정부 예산안 의결", "cp949", "ko-KR"),
        ("中国新闻：预算获得通过", "gb18030", "zh-CN"),
        ("中国新闻：预算获得通过", "gb18030", "zh"),
        ("台灣新聞：預算獲得通過", "big5", "zh-TW"),
        ("香港新聞：預算獲得通過", "big5", "zh-Hant-HK"),
    ],
)
@pytest.mark.parametrize("told_by", ["the page", "the source"])
def test_the_legacy_charset_of_the_language(text: str, codec: str, language: str, told_by: str) -> None:
    own = language if told_by == "the page" else None
    assert text in decode(page(text, codec, own), language)


def test_a_western_page_needs_no_language() -> None:
    assert FRENCH in decode(page(FRENCH, "cp1252", None))


def test_a_page_of_another_script_is_guessed_without_a_language() -> None:
    text = RUSSIAN + " и новые меры безопасности в регионе"
    assert text in decode(page(text, "cp1251", None))


@pytest.mark.parametrize("language", ["en", "ru", "zh-CN", "nonsense", "x" * 500, "--", ""])
def test_a_language_that_does_not_fit_the_bytes_is_passed_over(language: str) -> None:
    text = RUSSIAN + " и новые меры безопасности в регионе"
    if language not in ("ru", "zh-CN"):
        assert text in decode(page(text, "cp1251", language))
    if language != "zh-CN":  # any two bytes may be Chinese
        assert FRENCH in decode(page(FRENCH, "cp1252", language))


def test_english_in_a_template_yields_to_what_the_configuration_says() -> None:
    assert TURKISH in decode(page(TURKISH, "cp1254", "en"), "tr")
    assert TURKISH in decode(page(TURKISH, "cp1254", "tr"), "en")


def test_a_charset_that_lies_is_as_good_as_none() -> None:
    lying = Page(
        "https://example.org/",
        f'<html lang="tr"><meta charset="utf-8"><h2>{TURKISH}</h2>'.encode("cp1254"),
        datetime(2026, 2, 6, tzinfo=UTC),
        content_type="text/html; charset=utf-8",
    )
    assert TURKISH in decode(lying)


def test_a_stray_byte_does_not_spoil_the_rest() -> None:
    body = f'<html lang="fr"><h2>{FRENCH}</h2>'.encode("cp1252") + b"<p>\x81</p>"
    assert FRENCH in decode(Page("https://example.org/", body, datetime(2026, 2, 6, tzinfo=UTC)))


def test_scripts_and_markup_do_not_count() -> None:
    text = f'<script>var s = "{RUSSIAN * 20}";</script><img alt="{RUSSIAN}"><h2>{RUSSIAN}</h2>'
    assert RUSSIAN in decode(page(text, "cp1251", "ru"))


def test_the_language_of_the_source_counts(source: Callable[..., Source]) -> None:
    body = f'<div class="card"><h3><a href="/a">{TURKISH}</a></h3></div>'.encode("cp1254")
    listing = Page("https://example.org/news/", body, datetime(2026, 2, 6, tzinfo=UTC))
    (item,) = extract(listing, source(language="tr"))
    assert item.title == TURKISH


LATIN = "text/html; charset=ISO-8859-1"
"""What some servers say of every page."""


def behind(header: str, text: str, codec: str, language: str | None, head: str = "") -> str:
    made = page(text, codec, language)
    return decode(Page(made.url, head.encode("ascii") + made.body, made.fetched_at, header), None)


@pytest.mark.parametrize(
    ("text", "codec", "language"),
    [
        (POLISH, "iso8859_2", "pl"),
        (TURKISH, "cp1254", "tr"),
        (RUSSIAN, "cp1251", "ru"),
        ("日本の総選挙、あす投開票へ", "cp932", "ja"),
        ("台灣新聞：預算獲得通過", "big5", "zh-TW"),
        (FRENCH, "cp1252", "fr"),
    ],
)
def test_a_header_that_names_latin_by_default_gives_way_to_the_language_of_the_page(
    text: str, codec: str, language: str
) -> None:
    assert text in behind(LATIN, text, codec, language)


@pytest.mark.parametrize("language", ["ru", "ja", "pl", "en", None])
def test_a_page_in_latin_stays_in_latin_whatever_language_its_template_names(language: str | None) -> None:
    assert FRENCH in behind(LATIN, FRENCH, "cp1252", language)


def test_a_charset_that_the_page_itself_declares_counts() -> None:
    declared = '<meta charset="iso-8859-1">'
    assert RUSSIAN not in behind(LATIN, RUSSIAN, "cp1251", "ru", declared)


def test_a_header_that_names_a_charset_on_purpose_counts() -> None:
    assert RUSSIAN in behind("text/html; charset=koi8-r", RUSSIAN, "koi8_r", "ru")
    assert RUSSIAN not in behind("text/html; charset=windows-1252", RUSSIAN, "cp1251", "ru")


def test_utf_8_behind_such_a_header_is_utf_8() -> None:
    assert POLISH in behind(LATIN, POLISH, "utf-8", "pl")
