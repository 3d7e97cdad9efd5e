"""The small words by which a language is known: they stand in nearly every sentence, and are mostly its own.

A table by language (ISO 639-1), for `language_guess`. Letters that hardly another language has stand behind a bar.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Signs(NamedTuple):
    """By what a language is known."""

    words: frozenset[str]
    letters: frozenset[str]


_WRITTEN = {
    "en": "the of and to in is that for it was on are with as be at by this from have has or an will not they his "
    "her which were been but after who their its said says new how what why over more about out up",
    "de": "der die das und ist von zu den mit im für auf ein eine einen einer dem des nicht sich auch als wird "
    "werden am bei aus nach wie noch hat nur über vom zum zur sind oder war ab gegen wenn um durch seine mehr "
    "will | ß ä",
    "fr": "le la les de des et un une du en est que qui pour dans par sur pas au aux avec ce cette son sa ses plus "
    "il elle sont ne se ont été mais nous vous leur après fait comme entre d l qu c | ê è œ ç",
    "es": "el la los las de que y en un una del se por con para es al lo su sus no más como pero este esta ha sobre "
    "entre tras son fue hay desde sin cuando ser muy también años | ñ ¿ ¡",
    "it": "il lo la i gli le di che e un una del della dei delle per in con non è sono al alla da dal nel nella si "
    "su più come anche dopo ha questo questa ma tra sul degli agli essere stato | ì ò",
    "pt": "o a os as de que e em um uma do da dos das no na nos nas por com para é não ao à se mais como foi são "
    "mas sobre após pelo pela seu sua ou também até entre ser está | ã õ",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er om ook als bij door naar uit over nog worden "
    "wordt heeft maar tot deze na meer wat hij zij was geen kan onder tegen",
    "sv": "och att det i en som på är av för med den till inte om har de ett var men ska från vid efter nu kan så "
    "sig han hon också över blir mot där vi under när | ä ö å",
    "da": "og at det i en som på er af for med den til ikke om har de et var men skal fra ved efter nu kan så sig "
    "han hun også over bliver mod der vi blev når være under hvor | ø æ",
    "no": "og at det i en som på er av for med den til ikke om har de et var men skal fra ved etter nå kan så seg "
    "han hun også over blir mot der vi ble når være under hvor | ø æ",
    "fi": "ja on ei että se oli joka hän kuin myös mutta ovat sekä tai kun vain ole jo nyt sen mukaan jälkeen voi "
    "kanssa olla joka tämä vuoden noin vielä uusi ollut | ä ö",
    "pl": "i w na z nie się do że jest o to po za od jak przez dla ale co są oraz był ze tym tego tylko jego może "
    "już przed który która które roku także czy | ł ś ż ź ą ę ć ń",
    "cs": "a v na se je že s z do o k to i ve pro za po by ale jak si od jsou byl při než podle také aby jeho již "
    "který která které roce až nebo | ř ě ů",
    "sk": "a v na sa je že s z do o k to aj vo pre za po by ale ako si od sú bol pri než podľa tiež aby jeho už "
    "ktorý ktorá ktoré roku až alebo | ľ ĺ ŕ ô",
    "hu": "a az és hogy nem is egy van volt meg csak de már még vagy mint ki el ez után szerint lesz sem ha majd "
    "minden több között lehet nagy akik ezt amely | ő ű",
    "ro": "și de în la a cu pe că nu o un din să se pentru mai este sunt care după au fost ale lui al sau dar prin "
    "între acest această când fi cel cei | ț ș ă",
    "tr": "ve bir bu için ile da de olarak daha çok en olan gibi kadar sonra ne ama var değil oldu yeni her göre "
    "etti ise dedi olduğu tarafından üzerinde | ğ ı ş",
    "hr": "i u je na se da za su od s o ne to koji koja će iz kako do ali što bi kao po nije bio sve više ili prema "
    "nakon biti kod samo | đ ć š",
    "sl": "in je v na se da za so z s po ne ki pa tudi bo kot še od o ni bi do pri ali iz lahko ter če bil več kako "
    "po letu | č",
    "lt": "ir į kad yra su iš ar tai per kaip bet nuo apie jis už dar buvo po prie savo tik gali jau metų kuris | ė "
    "ų ū į",
    "lv": "un ir ar no uz par ka kas bet gan tiek vai pēc kā līdz to lai arī jau nav bija pie pret viņš gada | ā ē "
    "ģ ķ ļ ņ",
    "et": "ja on ei et see oma kui mis aga ka ning selle ta oli nii veel või üle pärast välja aasta saab | õ",
    "id": "yang dan di untuk dari pada dengan ini itu ke dalam tidak akan juga oleh adalah telah bisa sebagai ada "
    "karena lebih para saat atau tahun tersebut",
    "vi": "và của là có cho được trong với không các những một đã người này từ đến khi về tại ra sẽ vào trên năm | "
    "ơ ư đ",
    "ca": "el la els les de i que en un una del dels per amb no és al als es ha més com però són aquest aquesta "
    "fins seva també pel dins entre s l d | ç",
    "sq": "dhe të e në i një për me që nga se është ka si do u nuk më janë kanë ose por pas tij | ë",
    "ru": "и в не на что с по как это для из от за он о к до но при его их был также года будет",
    "uk": "і в у на не що з та до як це для від за про він по й але його їх був також року буде під | ї є ґ",
    "bg": "и на в да се за от че с не са по е до като който след при бе има но ще към или това",
    "sr": "и у је на се да за су од са о не то који која ће из како до али што би као по није био после | ј љ њ ћ ђ",
    "be": "і у на не што з да як гэта для ад за па але яго быў таксама будзе | ў",
    "mk": "и на во да се за од дека со не ќе по е до како кој што по има но | ѓ ќ ѕ",
    "ar": "في من على إلى أن عن مع هذا التي الذي بعد بين لا ما كان هذه أو قال قبل خلال",
    "fa": "در به از که این را با است برای آن یک شد می هم تا بر های شده کرد | پ چ ژ گ",
    "ur": "کے میں کی ہے اور سے کا کو نے پر ہیں کہ یہ بھی نہیں ایک تھا لیے | ٹ ڈ ڑ ے ہ",
    "hi": "के में की है और से का को ने पर हैं यह कि भी नहीं एक लिए था",
    "mr": "आहे आणि या ते मध्ये नाही आहेत होते एक मात्र केली केला असे",
    "ne": "छ र को मा ले हो छन् भने पनि यो गर्ने लागि",
}


def _signs(written: str) -> Signs:
    words, _, letters = written.partition("|")
    return Signs(frozenset(words.split()), frozenset(letters.split()))


FUNCTION_WORDS: Mapping[str, Signs] = {language: _signs(written) for language, written in _WRITTEN.items()}
