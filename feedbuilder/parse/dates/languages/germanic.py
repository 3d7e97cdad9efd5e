"""Words in dates of the Germanic languages."""

from __future__ import annotations

from feedbuilder.parse.dates.languages.language import Language

LANGUAGES = (
    Language(
        code="en",
        name="English",
        months="""
            January/Jan February/Feb March/Mar April/Apr May June/Jun July/Jul August/Aug September/Sep/Sept
            October/Oct November/Nov December/Dec
        """,
        weekdays="Monday/Mon Tuesday/Tue Wednesday/Wed Thursday/Thu Friday/Fri Saturday/Sat Sunday/Sun",
        forenoon="a.m am in_the_morning",
        afternoon="p.m pm in_the_afternoon in_the_evening",
        noon="noon",
        midnight="midnight",
        units="""
            secs/seconds/second/sec/s mins/minutes/minute/min/m hrs/hours/hour/hr/h days/day/d
            wks/weeks/week/wk/w mos/months/month/mo yrs/years/year/yr/y
        """,
        after_span="ago",
        one="a an one",
        few="a_few few several",
        conjunction="and",
        now="just_now right_now moments_ago a_moment_ago now",
        today="today",
        yesterday="yesterday",
        of="of the",
        at="at on",
        published="published posted created issued released added submitted",
        updated="updated modified edited revised last_updated last_edited last_modified update changed",
        event="""
            apply_by deadline event due closes closing expires expiry starts ends begins valid_until until
            takes_place closing_date application_deadline event_date held_on opens
        """,
        night="at_night",
    ),
    Language(
        code="de",
        name="German",
        months="""
            Januar/Jan/Jänner Februar/Feb/Feber März/Mär/Mrz April/Apr Mai Juni/Jun Juli/Jul August/Aug
            September/Sept/Sep Oktober/Okt November/Nov Dezember/Dez
        """,
        weekdays="""
            Montag/Mo Dienstag/Di Mittwoch/Mi Donnerstag/Do Freitag/Fr Samstag/Sa Sonntag/So/Sonnabend
        """,
        forenoon="morgens vorm vormittags früh",
        afternoon="nachm abends nachmittags mittags",
        night="nachts",
        midnight="Mitternacht",
        units="""
            sekunden/sekunde/sek minuten/minute stunden/stunde/std tagen/tag wochen/woche/wo monaten/monat
            jahren/jahr
        """,
        before_span="vor",
        one="ein eine einem einer",
        few="wenigen einigen",
        conjunction="und",
        now="gerade_eben soeben gerade eben jetzt",
        today="heute",
        yesterday="gestern",
        day_before_yesterday="vorgestern",
        of="den",
        at="um am ab",
        hour_mark="Uhr h",
        published="veröffentlicht erschienen erstellt publiziert eingestellt vom Stand",
        updated="""
            aktualisiert geändert zuletzt_aktualisiert zuletzt_geändert überarbeitet Update bearbeitet
        """,
        event="""
            bewerbungsfrist frist bewerben_bis termin veranstaltung beginn bis einsendeschluss ablauf
            gültig_bis findet_statt_am stichtag anmeldeschluss
        """,
    ),
    Language(
        code="nl",
        name="Dutch",
        months="""
            januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep/sept
            oktober/okt november/nov december/dec
        """,
        weekdays="maandag/ma dinsdag/di woensdag/wo donderdag/do vrijdag/vr zaterdag/za zondag/zo",
        forenoon="’s_ochtends 's_ochtends",
        afternoon="’s_middags ’s_avonds 's_middags 's_avonds",
        night="’s_nachts 's_nachts",
        midnight="middernacht",
        units="seconden/seconde/sec minuten/minuut uur dagen/dag/dgn weken/week maanden/maand jaar",
        after_span="geleden",
        one="een één",
        few="enkele",
        conjunction="en",
        now="zojuist zonet net nu",
        today="vandaag",
        yesterday="gisteren",
        day_before_yesterday="eergisteren",
        at="om op",
        hour_mark="uur u",
        published="gepubliceerd geplaatst",
        updated="bijgewerkt gewijzigd laatst_bijgewerkt aangepast",
        event="deadline sluitingsdatum evenement reageren_voor",
    ),
    Language(
        code="af",
        name="Afrikaans",
        months="""
            Januarie/Jan Februarie/Feb Maart/Mrt April/Apr Mei Junie/Jun Julie/Jul Augustus/Aug September/Sep
            Oktober/Okt November/Nov Desember/Des
        """,
        weekdays="Maandag/Ma Dinsdag/Di Woensdag/Wo Donderdag/Do Vrydag/Vr Saterdag/Sa Sondag/So",
        forenoon="vm voormiddag",
        afternoon="nm namiddag",
        units="sekondes/sekonde minute/minuut uur dae/dag weke/week maande/maand/md jaar/j",
        after_span="gelede",
        one="'n",
        conjunction="en",
        now="nou",
        today="vandag",
        yesterday="gister",
        day_before_yesterday="eergister",
        at="om",
        hour_mark="uur",
        published="gepubliseer",
        updated="opgedateer bygewerk",
        event="sluitingsdatum",
    ),
    Language(
        code="da",
        name="Danish",
        months="""
            januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug september/sep
            oktober/okt november/nov december/dec
        """,
        weekdays="mandag/man tirsdag/tirs/tir onsdag/ons torsdag/tors/tor fredag/fre lørdag/lør søndag/søn",
        forenoon="om_morgenen om_formiddagen",
        afternoon="om_eftermiddagen om_aftenen",
        night="om_natten",
        midnight="midnat",
        units="sekunder/sekund/sek minutter/minut timer/time dage/dag uger/uge måneder/måned/mdr/md år",
        before_span="for",
        after_span="siden",
        one="en et",
        conjunction="og",
        now="lige_nu nu",
        today="i_dag",
        yesterday="i_går",
        day_before_yesterday="i_forgårs",
        of="den",
        at="kl klokken",
        published="publiceret udgivet oprettet offentliggjort",
        updated="opdateret ændret redigeret sidst_opdateret",
        event="ansøgningsfrist frist deadline begivenhed senest",
    ),
    Language(
        code="sv",
        name="Swedish",
        months="""
            januari/jan februari/feb mars/mar april/apr maj juni/jun juli/jul augusti/aug september/sep
            oktober/okt november/nov december/dec
        """,
        weekdays="måndag/mån tisdag/tis onsdag/ons torsdag/tors fredag/fre lördag/lör söndag/sön",
        forenoon="fm på_morgonen på_förmiddagen f.m",
        afternoon="em på_kvällen på_eftermiddagen e.m",
        night="på_natten",
        midnight="midnatt",
        units="""
            sekunder/sekund minuter/minut timmar/timme/tim dygn/dagar/dag veckor/vecka månader/månad år
        """,
        before_span="för",
        after_span="sedan",
        one="en ett",
        conjunction="och",
        now="just_nu nyss nu",
        today="i_dag",
        yesterday="i_går",
        day_before_yesterday="i_förrgår",
        of="den",
        at="kl klockan",
        published="publicerad publicerat skapad upplagd",
        updated="uppdaterad uppdaterat ändrad senast_uppdaterad redigerad",
        event="sista_ansökningsdag ansök_senast evenemang senast",
    ),
    Language(
        code="nb",
        name="Norwegian",
        months="""
            januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sep
            oktober/okt november/nov desember/des
        """,
        weekdays="mandag/man tirsdag/tir onsdag/ons torsdag/tor fredag/fre lørdag/lør søndag/søn",
        forenoon="på_morgenen på_formiddagen",
        afternoon="på_ettermiddagen på_kvelden",
        night="på_natten",
        midnight="midnatt",
        units="""
            sekunder/sekund/sek minutter/minutt timer/time dager/dag/døgn uker/uke måneder/måned/md år
        """,
        before_span="for",
        after_span="siden",
        one="en et ett ei",
        conjunction="og",
        now="akkurat_nå nå",
        today="idag i_dag",
        yesterday="igår i_går",
        day_before_yesterday="i_forgårs",
        of="den",
        at="kl klokken klokka",
        published="publisert lagt_ut opprettet",
        updated="oppdatert endret sist_oppdatert redigert",
        event="søknadsfrist frist arrangement",
    ),
    Language(
        code="is",
        name="Icelandic",
        months="""
            janúar/jan febrúar/feb mars/mar/marz apríl/apr maí júní/jún júlí/júl ágúst/ágú september/sep
            október/okt nóvember/nóv desember/des
        """,
        weekdays="""
            mánudagur/mán þriðjudagur/þri miðvikudagur/mið fimmtudagur/fim föstudagur/fös laugardagur/lau
            sunnudagur/sun
        """,
        forenoon="f.h fyrir_hádegi árdegis",
        afternoon="e.h eftir_hádegi síðdegis",
        units="""
            sekúndum/sekúndu/sek mínútum/mínútu/mín klukkustundum/klukkustund/klst dögum/degi vikum/viku
            mánuðum/mánuði/mán árum/ári
        """,
        before_span="fyrir",
        one="einni einum einu",
        conjunction="og",
        now="núna",
        today="í_dag",
        yesterday="í_gær",
        day_before_yesterday="í_fyrradag",
        at="kl klukkan",
        published="birt",
        updated="uppfært breytt",
        event="umsóknarfrestur",
    ),
)
