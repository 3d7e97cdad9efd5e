"""Words in dates of the Romance languages."""

from __future__ import annotations

from feedbuilder.parse.dates.languages.language import Language

LANGUAGES = (
    Language(
        code="fr",
        name="French",
        months="""
            janvier/janv/jan février/févr mars/mar avril/avr mai juin juillet/juil/juill août
            septembre/sept/sep octobre/oct novembre/nov décembre/déc/dec
        """,
        weekdays="lundi/lun mardi/mar mercredi/mer jeudi/jeu vendredi/ven samedi/sam dimanche/dim",
        forenoon="du_matin",
        afternoon="de_l’après-midi de_l'après-midi du_soir",
        night="de_la_nuit",
        noon="midi",
        midnight="minuit",
        units="""
            secondes/seconde/sec minutes/minute heures/heure jours/jour/j semaines/semaine/sem mois
            ans/an/année/années
        """,
        before_span="il_y_a",
        one="un une",
        few="quelques",
        conjunction="et",
        now="à_l'instant à_l’instant à_l_instant maintenant",
        today="aujourd'hui aujourd’hui",
        yesterday="hier",
        day_before_yesterday="avant-hier",
        of="le",
        at="à a",
        hour_mark="h heures heure",
        published="publié publiée posté mis_en_ligne paru créé ajouté publication",
        updated="mis_à_jour mise_à_jour modifié actualisé maj dernière_mise_à_jour",
        event="date_limite événement échéance candidater_avant jusqu'au jusqu’au clôture",
    ),
    Language(
        code="es",
        name="Spanish",
        months="""
            enero/ene/en febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago
            septiembre/sept/sep/setiembre/set octubre/oct noviembre/nov diciembre/dic
        """,
        weekdays="lunes/lun martes/mar miércoles/mié jueves/jue viernes/vie sábado/sáb domingo/dom",
        forenoon="a._m a.m de_la_mañana de_la_madrugada",
        afternoon="p._m p.m de_la_tarde",
        night="de_la_noche",
        noon="mediodía del_mediodía",
        midnight="medianoche",
        units="""
            segundos/segundo minutos/minuto horas/hora días/día semanas/semana/sem meses/mes años/año
        """,
        before_span="hace",
        one="un una",
        few="pocos unos",
        conjunction="y",
        now="ahora_mismo justo_ahora ahora",
        today="hoy",
        yesterday="ayer",
        day_before_yesterday="anteayer",
        of="de del el",
        at="a_las a_la las la a",
        hour_mark="h horas hrs",
        published="publicado publicada publicación creado subido fecha_de_publicación",
        updated="actualizado actualizada actualización modificado última_actualización editado",
        event="fecha_límite plazo evento hasta cierre postular_hasta",
    ),
    Language(
        code="pt",
        name="Portuguese",
        months="""
            janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set
            outubro/out novembro/nov dezembro/dez
        """,
        weekdays="""
            segunda-feira/seg terça-feira/ter quarta-feira/qua quinta-feira/qui sexta-feira/sex sábado/sáb
            domingo/dom
        """,
        forenoon="da_manhã",
        afternoon="da_tarde",
        night="da_noite da_madrugada",
        noon="meio-dia",
        midnight="meia-noite",
        units="""
            segundos/segundo/seg minutos/minuto horas/hora dias/dia semanas/semana/sem mês/meses anos/ano
        """,
        before_span="há ha",
        after_span="atrás",
        one="um uma",
        few="alguns poucos",
        conjunction="e",
        now="agora_mesmo agora",
        today="hoje",
        yesterday="ontem",
        day_before_yesterday="anteontem",
        of="de do em",
        at="às as à",
        hour_mark="h horas",
        published="publicado publicada postado criado publicação",
        updated="atualizado atualizada actualizado modificado última_atualização editado",
        event="prazo evento inscrições_até data_limite até",
    ),
    Language(
        code="it",
        name="Italian",
        months="""
            gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago
            settembre/set/sett ottobre/ott novembre/nov dicembre/dic
        """,
        weekdays="lunedì/lun martedì/mar mercoledì/mer giovedì/gio venerdì/ven sabato/sab domenica/dom",
        forenoon="di_mattina del_mattino della_mattina",
        afternoon="di_pomeriggio del_pomeriggio",
        night="di_sera di_notte della_sera della_notte",
        noon="mezzogiorno",
        midnight="mezzanotte",
        units="""
            secondi/secondo/sec minuti/minuto ore/ora giorni/giorno/gg settimane/settimana/sett mesi/mese
            anni/anno
        """,
        after_span="fa",
        one="un una un'",
        few="pochi",
        conjunction="e",
        now="proprio_ora adesso poco_fa ora",
        today="oggi",
        yesterday="ieri",
        day_before_yesterday="l’altro_ieri",
        of="del di il",
        at="alle ore alle_ore",
        published="pubblicato pubblicata inserito creato pubblicazione",
        updated="aggiornato aggiornata aggiornamento modificato ultimo_aggiornamento",
        event="scadenza evento entro candidature_entro fino_al",
    ),
    Language(
        code="ca",
        name="Catalan",
        months="""
            gener/gen febrer/febr/feb març abril/abr maig juny juliol/jul agost/ag setembre/set octubre/oct
            novembre/nov desembre/des
        """,
        weekdays="dilluns/dl dimarts/dt dimecres/dc dijous/dj divendres/dv dissabte/ds diumenge/dg",
        forenoon="a._m a.m del_matí",
        afternoon="p._m p.m de_la_tarda del_vespre",
        night="de_la_nit",
        noon="del_migdia",
        midnight="mitjanit",
        units="segons/segon minuts/minut hores/hora dies/dia setmanes/setmana/setm mesos/mes anys/any",
        before_span="fa",
        one="un una",
        conjunction="i",
        now="ara_mateix ara",
        today="avui",
        yesterday="ahir",
        day_before_yesterday="abans-d’ahir",
        of="de del d' d’",
        at="a_les les",
        published="publicat",
        updated="actualitzat modificat",
        event="termini esdeveniment",
    ),
    Language(
        code="gl",
        name="Galician",
        months="""
            xaneiro/xan febreiro/feb marzo/mar abril/abr maio xuño xullo/xul agosto/ago setembro/set
            outubro/out novembro/nov decembro/dec
        """,
        weekdays="luns martes/mar mércores/mér xoves/xov venres/ven sábado/sáb domingo/dom",
        forenoon="da_mañá",
        afternoon="da_tarde",
        night="da_noite da_madrugada",
        units="""
            segundos/segundo minutos/minuto horas/hora días/día semanas/semana/sem meses/mes anos/ano
        """,
        before_span="hai",
        one="un unha",
        conjunction="e",
        now="agora",
        today="hoxe",
        yesterday="onte",
        day_before_yesterday="antonte",
        of="de do",
        at="ás",
        published="publicado",
        updated="actualizado",
        event="prazo",
    ),
    Language(
        code="ro",
        name="Romanian",
        months="""
            ianuarie/ian februarie/feb martie/mar aprilie/apr mai iunie/iun iulie/iul august/aug
            septembrie/sept/sep octombrie/oct noiembrie/nov/noi decembrie/dec
        """,
        weekdays="luni/lun marți/mar miercuri/mie joi vineri/vin sâmbătă/sâm duminică/dum",
        forenoon="dimineața",
        afternoon="după-amiaza după_amiaza seara",
        night="noaptea",
        noon="la_amiază",
        midnight="miezul_nopții",
        units="secunde/secundă minute/minut ore/oră zile/zi săptămâni/săptămână luni/lună ani/an",
        before_span="acum",
        after_span="în_urmă",
        one="un o",
        conjunction="și şi",
        now="chiar_acum acum",
        today="azi",
        yesterday="ieri",
        day_before_yesterday="alaltăieri",
        at="la ora la_ora",
        published="publicat publicată postat",
        updated="actualizat actualizată modificat",
        event="termen termen-limită eveniment",
    ),
)
