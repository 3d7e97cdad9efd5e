"""Tables of words in dates: months, units, today and yesterday, zones. Adding a language is adding to a row.

All words are folded (`fold`): lower case, no accents, compatibility forms resolved. What is in no row is left to
dateparser.
"""

from __future__ import annotations

import unicodedata
from datetime import timedelta


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, full-width forms made plain, on one line."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) != "Mn")
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())


_MONTH_ROWS = """
    jan january januar janvier janv enero ene janeiro gennaio gen januari januara stycznia sty января янв
    січня ocak ledna leden januarie ianuarie tammikuuta ιανουαριου ;
    feb february februar fevrier fevr febrero fevereiro fev febbraio februari lutego lut февраля фев лютого
    subat unora unor februarie helmikuuta φεβρουαριου ;
    mar march marz mrz mars marzo marco maart marca марта мар березня mart brezna maaliskuuta martie μαρτιου ;
    apr april avril avr abril abr aprile kwietnia kwi апреля апр квітня nisan dubna huhtikuuta aprilie
    απριλιου ;
    may mai mayo maio maggio mag mei maj maja мая май травня mayis kvetna toukokuuta μαιου ;
    jun june juni juin junio junho giugno giu czerwca cze июня июн червня haziran cervna kesakuuta iunie
    ιουνιου ;
    jul july juli juillet juil julio julho luglio lug lipca lip июля июл липня temmuz cervence heinakuuta
    iulie ιουλιου ;
    aug august aout agosto ago augustus augusti sierpnia sie августа авг серпня agustos srpna elokuuta
    αυγουστου ;
    sep sept september septembre septiembre setembro set settembre wrzesnia wrz сентября сен сент вересня
    eylul zari syyskuuta septembrie σεπτεμβριου ;
    oct october oktober okt octobre octubre outubro out ottobre ott pazdziernika paz октября окт жовтня ekim
    rijna lokakuuta octombrie οκτωβριου ;
    nov november novembre noviembre novembro ноября ноя листопада kasim listopadu marraskuuta
    noiembrie νοεμβριου ;
    dec december dezember dez decembre diciembre dic dezembro dicembre desember des grudnia gru декабря дек
    грудня aralik prosince joulukuuta decembrie δεκεμβριου
"""
MONTHS = {fold(name): number for number, row in enumerate(_MONTH_ROWS.split(";"), 1) for name in row.split()}
"""Folded name -> 1 to 12, without the dot of an abbreviation. Not: "listopada", November or October."""

_UNIT_ROWS = {
    timedelta(seconds=1): """
        second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondo secondi seconden sekund
        sekundy секунд секунды секунду saniye giay detik 秒 秒钟 초
    """,
    timedelta(minutes=1): """
        minute minutes min mins minuten minuto minutos minuti minuut minut minuty minuter minutter минут минуты минуту
        dakika dk phut menit دقيقة دقائق دقیقه 分钟 分鐘 分 분
    """,
    timedelta(hours=1): """
        hour hours hr hrs h stunde stunden heure heures hora horas ora ore uur godzin godziny godzine timme timmar time
        timer час часа часов saat gio jam hodinami hodin ساعة ساعات ساعت 小时 小時 時間 시간
    """,
    timedelta(days=1): """
        day days d tag tage tagen jour jours dia dias giorno giorni dag dagen dni dzien dagar dage дней дня день gun
        ngay hari dny يوم أيام روز 天 日 일
    """,
    timedelta(days=7): """
        week weeks wk wks w woche wochen semaine semaines semana semanas settimana settimane weken tygodni tygodnie
        tydzien vecka veckor uge uger недель недели неделю hafta tuan minggu أسبوع أسابيع هفته 周 週 週間 주
    """,
    timedelta(days=30): """
        month months mo monat monate monaten mois mes meses mese mesi maand maanden miesiecy miesiace miesiac manad
        manader maned maneder месяц месяца месяцев ay thang bulan شهر أشهر ماه 个月 個月 か月 ヶ月 カ月 개월
    """,
    timedelta(days=365): """
        year years yr yrs y jahr jahre jahren an ans ano anos anno anni jaar lat lata rok ar год года лет yil nam tahun
        سنة سنوات سال 年 년
    """,
}
UNITS = {fold(name): unit for unit, row in _UNIT_ROWS.items() for name in row.split()}

BEFORE_SPAN = "vor|il y a|hace|ha|منذ|قبل|przed|pred"
"""What stands before a distance from now, where the language does not say "ago" behind it."""
AFTER_SPAN = "ago|fa|atras|geleden|temu|назад|тому|sedan|siden|zpet|once|yang lalu|lalu|truoc|sitten|پیش|قبل|之?前|전"

NOW = (
    "just now|right now|now|moments ago|a moment ago|seconds ago|gerade eben|soeben|a l'instant|a l’instant|ahora mismo"
    "|agora mesmo|agora|proprio ora|zojuist|только что|щойно|przed chwila|az once|simdi|刚刚|剛剛"
    "|たった今|방금 전|방금|الان"
)
TODAY = "today|heute|aujourd'hui|aujourd’hui|hoy|hoje|oggi|vandaag|idag|i dag|сегодня|сьогодні|dzisiaj|dzis|dnes|bugun"
YESTERDAY = "yesterday|gestern|hier|ayer|ontem|ieri|gisteren|igar|i gar|вчера|вчора|wczoraj|vcera|dun"
TODAY_UNSPACED, YESTERDAY_UNSPACED = "今天|今日|本日|오늘", "昨天|昨日|어제"
"""Of scripts that do not part words by spaces."""

UPDATED = (
    "updat|modif|revis|last edit|edited|aktualisiert|geandert|mis a jour|maj |actualiza|aggiornat|atualiza|bijgewerkt"
    "|обновлен|оновлен|aktualizacja|aktualizov|guncelle|更新|修改|수정|업데이트"
)
"""What stands before a date that is not that of publication."""

ZONES = {
    name: timedelta(hours=hours)
    for hours, names in {
        -8: "pst", -7: "pdt mst", -6: "mdt", -5: "est", -4: "edt", 0: "z utc gmt wet", 1: "cet west", 2: "cest eet",
        3: "eest msk", 9: "jst kst", 10: "aest", 11: "aedt",
    }.items()
    for name in names.split()
}  # fmt: skip
"""Abbreviations that mean one zone in practice. Not: IST (India, Israel, Ireland), CST (America, China), BST, AST."""

FORENOON = "上午|午前|오전|凌晨|早上"
AFTERNOON = "下午|午後|오후|晚上"
