"""In which language a text is, and that nothing is said where that is not sure."""

from __future__ import annotations

import pytest

from feedbuilder.model.language_guess import language_of, primary

SURE = {
    "en": "The council votes to close the library on Main Street",
    "de": "Der Rat stimmt für die Schließung der Bücherei in der Hauptstraße",
    "fr": "Le conseil vote la fermeture de la bibliothèque dans la rue des Lilas",
    "es": "El ayuntamiento cierra la biblioteca de la calle Mayor y no es la única",
    "it": "Il consiglio chiude la biblioteca di via Roma, e non è la sola",
    "pt": "A câmara fecha a biblioteca da rua do Ouro e não é a única",
    "nl": "De raad stemt voor het sluiten van de bibliotheek in de Hoofdstraat",
    "sv": "Rådet röstar för att stänga biblioteket och det är inte det enda",
    "fi": "Valtuusto sulkee kirjaston, joka on ollut auki ja suosittu, mutta ei enää",
    "pl": "Rada głosuje za zamknięciem biblioteki i nie jest to jedyna zmiana w mieście",
    "hu": "A tanács bezárja a könyvtárat, és ez nem az egyetlen, hogy spóroljon",
    "tr": "Meclis bu yıl kütüphaneyi kapatıyor ve daha çok tasarruf için bir plan yapıyor",
    "ru": "Совет закрывает библиотеку на главной улице, и это не всё, что будет",
    "uk": "Рада закриває бібліотеку на головній вулиці, і це не все, що буде",
    "el": "Το συμβούλιο κλείνει τη βιβλιοθήκη",
    "he": "המועצה סוגרת את הספרייה",
    "ar": "المجلس يغلق المكتبة في الشارع بعد أن قال إن هذا من أجل المال",
    "fa": "شورا کتابخانه را در خیابان می بندد و این برای شهر است",
    "ja": "市議会は図書館を閉鎖する",
    "ko": "시의회가 도서관을 닫는다",
    "zh": "市议会投票关闭主街图书馆，这是今年的第三个",
    "hi": "परिषद ने कहा कि यह पुस्तकालय के लिए है",
    "th": "สภาปิดห้องสมุด",
}
OPEN = [
    "",
    "12:30",
    "Dua Lipa",
    "Paris Saint-Germain – FC Bayern 2:1",
    "卒研発表会2020",
    "Apple iPhone 17 Pro Max",
    "🎉🎉🎉",
]


@pytest.mark.parametrize("language", SURE)
def test_a_sentence_is_known_by_its_small_words_or_its_script(language: str) -> None:
    assert language_of(SURE[language]) == language


@pytest.mark.parametrize("text", OPEN)
def test_what_is_not_sure_is_not_said(text: str) -> None:
    assert language_of(text) is None


def test_two_languages_that_say_nearly_the_same_are_not_told_apart() -> None:
    assert language_of("Det er en sag for os og for dem som var med i går") is None
    assert language_of("Det er en sak for oss, ikke for dem som ble med etter kampen, av seg selv, men nå") == "no"


@pytest.mark.parametrize(("code", "language"), [("pt-BR", "pt"), ("nb", "no"), ("EN", "en"), ("zh_Hans", "zh")])
def test_codes_are_compared_by_their_language(code: str, language: str) -> None:
    assert primary(code) == language
