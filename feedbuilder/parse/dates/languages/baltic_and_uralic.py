"""Words in dates of Lithuanian, Latvian, Finnish, Estonian and Hungarian."""

from __future__ import annotations

from feedbuilder.parse.dates.languages.language import Language

LANGUAGES = (
    Language(
        code="lt",
        name="Lithuanian",
        months="""
            sausio/saus/sausis vasario/vas/vasaris kovo/kov/kovas balandžio/bal/balandis gegužės/geg/gegužė
            birželio/birž/birželis liepos/liep/liepa rugpjūčio/rugp/rugpjūtis rugsėjo/rugs/rugsėjis
            spalio/spal/spalis lapkričio/lapkr/lapkritis gruodžio/gruod/gruodis
        """,
        weekdays="""
            pirmadienis/pr antradienis/an trečiadienis/tr ketvirtadienis/kt penktadienis/pn šeštadienis/št
            sekmadienis/sk
        """,
        forenoon="priešpiet ryto ryte",
        afternoon="popiet vakare vakaro",
        night="nakties naktį",
        midnight="vidurnaktį",
        units="""
            sekundžių/sekundę/sekundes/sekundės/sek minučių/minutę/minutes/minutės
            valandų/valandą/valandas/valandos/val dienų/dieną/dienas/dienos
            savaičių/savaitę/savaites/savaitės/sav mėnesių/mėnesį/mėnesius/mėnesio/mėn metų/metus
        """,
        before_span="prieš",
        one="vieną",
        conjunction="ir",
        now="ką_tik dabar",
        today="šiandien",
        yesterday="vakar",
        day_before_yesterday="užvakar",
        year_mark="m metų",
        day_mark="d dienos dieną",
        hour_mark="val",
        published="paskelbta publikuota įkelta",
        updated="atnaujinta pakeista redaguota",
        event="paraiškos_iki terminas renginys",
    ),
    Language(
        code="lv",
        name="Latvian",
        months="""
            janvāris/janv/janvārī/janvāra februāris/febr/februārī/februāra marts/martā/marta
            aprīlis/apr/aprīlī/aprīļa maijs/maijā/maija jūnijs/jūn/jūnijā/jūnija jūlijs/jūl/jūlijā/jūlija
            augusts/aug/augustā/augusta septembris/sept/septembrī/septembra/sep oktobris/okt/oktobrī/oktobra
            novembris/nov/novembrī/novembra decembris/dec/decembrī/decembra
        """,
        weekdays="""
            pirmdiena/pirmd otrdiena/otrd trešdiena/trešd ceturtdiena/ceturtd piektdiena/piektd
            sestdiena/sestd svētdiena/svētd
        """,
        forenoon="priekšpusdienā no_rīta",
        afternoon="pēcpusdienā vakarā",
        night="naktī",
        midnight="pusnaktī",
        units="""
            sekundes/sekundēm/sek minūtes/minūtēm/minūti stundas/stundām/stundu/st dienas/dienām/dienu
            nedēļas/nedēļu/nedēļām/ned mēnešiem/mēnesi/mēneša/mēn gadiem/gadu/gada
        """,
        before_span="pirms",
        one="vienas viena vienu",
        conjunction="un",
        now="tikko tagad",
        today="šodien",
        yesterday="vakar",
        day_before_yesterday="aizvakar",
        at="plkst pl",
        year_mark="gada g",
        published="publicēts publicēta ievietots",
        updated="atjaunots atjaunināts labots",
        event="pieteikties_līdz termiņš pasākums",
    ),
    Language(
        code="fi",
        name="Finnish",
        months="""
            tammikuuta/tammi/tammikuu helmikuuta/helmi/helmikuu maaliskuuta/maalis/maaliskuu
            huhtikuuta/huhti/huhtikuu toukokuuta/touko/toukokuu kesäkuuta/kesä/kesäkuu
            heinäkuuta/heinä/heinäkuu elokuuta/elo/elokuu syyskuuta/syys/syyskuu lokakuuta/loka/lokakuu
            marraskuuta/marras/marraskuu joulukuuta/joulu/joulukuu
        """,
        weekdays="""
            maanantaina/ma/maanantai tiistaina/ti/tiistai keskiviikkona/ke/keskiviikko torstaina/to/torstai
            perjantaina/pe/perjantai lauantaina/la/lauantai sunnuntaina/su/sunnuntai
        """,
        forenoon="ap aamupäivällä aamulla",
        afternoon="ip iltapäivällä illalla",
        night="yöllä",
        midnight="keskiyöllä",
        units="""
            sekuntia/sekunti minuuttia/minuutti tuntia/tunti päivää/päivä/pv viikkoa/viikko/vk
            kuukautta/kuukausi/kk vuotta/vuosi
        """,
        after_span="sitten",
        one="yksi",
        conjunction="ja",
        now="juuri_nyt nyt",
        today="tänään",
        yesterday="eilen",
        day_before_yesterday="toissa_päivänä",
        at="klo kello",
        published="julkaistu lisätty",
        updated="päivitetty muokattu viimeksi_päivitetty",
        event="hakuaika_päättyy viimeinen_hakupäivä tapahtuma",
    ),
    Language(
        code="et",
        name="Estonian",
        months="""
            jaanuar/jaan veebruar/veebr/veeb märts aprill/apr mai juuni juuli august/aug september/sept/sep
            oktoober/okt november/nov detsember/dets
        """,
        weekdays="esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
        forenoon="hommikul enne_lõunat",
        afternoon="pärastlõunal õhtul pärast_lõunat",
        night="öösel",
        midnight="keskööl",
        units="sekundi/sek minuti tunni päeva nädala/näd kuu aasta",
        after_span="eest tagasi",
        one="ühe üks",
        conjunction="ja",
        now="äsja nüüd",
        today="täna",
        yesterday="eile",
        day_before_yesterday="üleeile",
        at="kell",
        published="avaldatud lisatud",
        updated="uuendatud muudetud viimati_muudetud",
        event="tähtaeg sündmus kandideeri_kuni",
    ),
    Language(
        code="hu",
        name="Hungarian",
        months="""
            január/jan/januári/januárban február/febr március/márc április/ápr május/máj június/jún július/júl
            augusztus/aug szeptember/szept október/okt november/nov/novemberi december/dec
        """,
        weekdays="hétfő kedd szerda/Sze csütörtök/Cs péntek szombat/Szo vasárnap",
        forenoon="de délelőtt reggel",
        afternoon="du délután este",
        night="éjjel",
        noon="délben",
        midnight="éjfélkor",
        units="""
            másodperce/másodperccel/m.perce perce/perccel órája/órával napja/nappal hete/héttel
            hónapja/hónappal éve/évvel
        """,
        after_span="ezelőtt",
        one="egy",
        conjunction="és",
        now="most épp_most",
        today="ma",
        yesterday="tegnap",
        day_before_yesterday="tegnapelőtt",
        published="közzétéve megjelent létrehozva",
        updated="frissítve módosítva utolsó_frissítés",
        event="határidő jelentkezési_határidő esemény",
    ),
)
