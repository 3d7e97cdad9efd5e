"""Words in dates of the Slavic languages."""

from __future__ import annotations

from feedbuilder.parse.dates.languages.language import Language

LANGUAGES = (
    Language(
        code="pl",
        name="Polish",
        months="""
            stycznia/sty/styczeń lutego/lut/luty marca/mar/marzec kwietnia/kwi/kwiecień maja/maj
            czerwca/cze/czerwiec/czerw lipca/lip/lipiec sierpnia/sie/sierpień/sierp września/wrz/wrzesień
            października/paź/październik/paźdz listopada/lis/listopad grudnia/gru/grudzień
        """,
        weekdays="poniedziałek/pon wtorek/wt środa/śr czwartek/czw piątek/pt sobota/sob niedziela/niedz",
        forenoon="rano przed_południem",
        afternoon="po_południu wieczorem",
        night="w_nocy",
        noon="w_południe",
        midnight="północ o_północy",
        units="""
            sekundy/sekundę/sekund/sek minuty/minutę/minut godziny/godzinę/godzin/godz dnia/dzień/dni
            tygodnia/tydzień/tygodnie/tygodni/tyg/tydz miesiąca/miesiąc/miesiące/miesięcy/mies
            roku/rok/lata/lat
        """,
        after_span="temu",
        one="jedną jeden",
        few="kilka",
        conjunction="i oraz",
        now="przed_chwilą teraz",
        today="dziś dzisiaj",
        yesterday="wczoraj",
        day_before_yesterday="przedwczoraj",
        at="o godz godzina o_godz",
        year_mark="r roku",
        hour_mark="godz",
        published="opublikowano opublikowany dodano utworzono data_publikacji",
        updated="zaktualizowano aktualizacja zmodyfikowano edytowano ostatnia_aktualizacja",
        event="termin aplikuj_do wydarzenie termin_składania do_dnia",
    ),
    Language(
        code="cs",
        name="Czech",
        months="""
            ledna/led/leden února/úno/únor března/bře/březen dubna/dub/duben května/kvě/květen
            června/čvn/červen července/čvc/červenec srpna/srp/srpen září/zář října/říj/říjen
            listopadu/lis/listopad prosince/pro/prosinec
        """,
        weekdays="pondělí/po úterý/út středa/st čtvrtek/čt pátek/pá sobota/so neděle/ne",
        forenoon="dop dopoledne ráno",
        afternoon="odp odpoledne večer",
        night="v_noci",
        noon="v_poledne",
        midnight="o_půlnoci půlnoc",
        units="""
            sekundami/sekundou/sekundy minutami/minutou/minuty hod/hodinami/hodinou/hodiny dny/dnem/dne
            týdny/týdnem/týdne/týd měsíci/měsícem/měsíce/měs lety/rokem/roku
        """,
        before_span="před",
        one="jedním jednou",
        few="několika",
        conjunction="a",
        now="právě_teď před_chvílí nyní",
        today="dnes",
        yesterday="včera",
        day_before_yesterday="předevčírem",
        at="v ve",
        hour_mark="hod",
        published="publikováno zveřejněno vydáno vloženo",
        updated="aktualizováno upraveno změněno poslední_aktualizace",
        event="termín uzávěrka akce přihlášky_do",
    ),
    Language(
        code="sk",
        name="Slovak",
        months="""
            januára/jan/január februára/feb/február marca/mar/marec apríla/apr/apríl mája/máj júna/jún
            júla/júl augusta/aug/august septembra/sep/september októbra/okt/október novembra/nov/november
            decembra/dec/december
        """,
        weekdays="pondelok/po utorok/ut streda/st štvrtok/št piatok/pi sobota/so nedeľa/ne",
        forenoon="dop dopoludnia ráno",
        afternoon="pop popoludní večer",
        night="v_noci",
        noon="napoludnie",
        midnight="o_polnoci",
        units="""
            sekundami/sekundou/sekundy minútami/minútou/minúty hodinami/hodinou dňami/dňom/dňa
            týždňami/týždňom/týždňa/týž mesiacmi/mesiacom/mesiaca/mes rokmi/rokom/roka
        """,
        before_span="pred",
        one="jedným jednou",
        conjunction="a",
        now="práve_teraz teraz",
        today="dnes",
        yesterday="včera",
        day_before_yesterday="predvčerom",
        at="o",
        hour_mark="hod",
        published="publikované zverejnené vydané pridané",
        updated="aktualizované upravené zmenené",
        event="termín uzávierka podujatie",
    ),
    Language(
        code="sl",
        name="Slovenian",
        months="""
            januar/jan februar/feb marec/mar april/apr maj junij/jun julij/jul avgust/avg september/sep
            oktober/okt november/nov december/dec
        """,
        weekdays="ponedeljek/pon torek/tor sreda/sre četrtek/čet petek/pet sobota/sob nedelja/ned",
        forenoon="dopoldne zjutraj dop",
        afternoon="popoldne zvečer pop",
        night="ponoči",
        noon="opoldne",
        midnight="opolnoči",
        units="""
            sekundami/sekundo/sekundama minute/minutami/minuto/minutama ure/uri/urami/uro/urama
            dni/dnem/dnevi/dnevom/dnevoma tedna/tedni/tednom/tednoma/ted meseci/mesecem/mesecema/mes
            leti/letom/letoma
        """,
        before_span="pred",
        one="enim eno eno_uro",
        conjunction="in",
        now="pravkar zdaj",
        today="danes",
        yesterday="včeraj",
        day_before_yesterday="predvčerajšnjim",
        at="ob",
        published="objavljeno",
        updated="posodobljeno spremenjeno zadnja_sprememba",
        event="rok prijave_do dogodek",
    ),
    Language(
        code="hr",
        name="Croatian",
        months="""
            siječnja/sij/siječanj veljače/velj/veljača ožujka/ožu/ožujak travnja/tra/travanj
            svibnja/svi/svibanj lipnja/lip/lipanj srpnja/srp/srpanj kolovoza/kol/kolovoz rujna/ruj/rujan
            listopada/lis/listopad studenoga/stu/studeni prosinca/pro/prosinac
        """,
        weekdays="ponedjeljak/pon utorak/uto srijeda/sri četvrtak/čet petak/pet subota/sub nedjelja/ned",
        forenoon="prijepodne ujutro ujutru",
        afternoon="poslijepodne popodne navečer",
        night="noću",
        noon="podne",
        midnight="ponoć",
        units="""
            sekundi/sekundu/sekunde minuta/minutu/minute sati/sat/sata dana/dan tjedana/tjedan/tjedna/tj
            mjeseci/mjesec/mjeseca/mj godina/godinu/godine
        """,
        before_span="prije",
        one="jedan jednu",
        conjunction="i",
        now="upravo sad",
        today="danas",
        yesterday="jučer",
        day_before_yesterday="prekjučer",
        at="u",
        year_mark="godine god",
        published="objavljeno",
        updated="ažurirano izmijenjeno zadnja_izmjena",
        event="rok_prijave rok događaj natječaj_do",
    ),
    Language(
        code="sr",
        name="Serbian (both scripts)",
        months="""
            јануар/јан/januar/jan/јануара/januara фебруар/феб/februar/feb/фебруара/februara
            март/мар/mart/mar/марта/marta април/апр/april/apr/априла/aprila мај/maj/маја/maja
            јун/jun/јуна/juna/јуни/juni јул/jul/јула/jula/јули/juli август/авг/avgust/avg/августа/avgusta
            септембар/сеп/septembar/sep/септембра/septembra/септ/sept октобар/окт/oktobar/okt/октобра/oktobra
            новембар/нов/novembar/nov/новембра/novembra децембар/дец/decembar/dec/децембра/decembra
        """,
        weekdays="""
            понедељак/пон/ponedeljak/pon уторак/уто/utorak/uto среда/сре/sreda/sre четвртак/чет/četvrtak/čet
            петак/пет/petak/pet субота/суб/subota/sub недеља/нед/nedelja/ned
        """,
        forenoon="пре_подне ујутру ујутро пре_подне prepodne pre_podne ujutru ujutro преподне",
        afternoon="по_подне поподне увече popodne po_podne uveče",
        night="ноћу noću",
        noon="у_подне u_podne",
        midnight="поноћ ponoć",
        units="""
            секунди/секунде/сек/sekundi/sekunde/sek минута/мин/minuta сати/сата/ч/sati/sata
            дан/dan/дана/д/dana недеља/недеље/нед/nedelja/nedelje/ned месеци/месеца/мес/meseci/meseca/mes
            година/године/год/godina/godine/god
        """,
        before_span="пре pre",
        one="један једну jedan jednu",
        conjunction="и i",
        now="управо upravo сада sada",
        today="данас danas",
        yesterday="јуче juče",
        day_before_yesterday="прекјуче prekjuče",
        at="у u",
        year_mark="године год godine god г",
        published="објављено objavljeno",
        updated="ажурирано измењено ažurirano izmenjeno",
        event="рок rok конкурс_до догађај događaj",
    ),
    Language(
        code="bs",
        name="Bosnian",
        months="""
            januar/jan/januara februar/feb/februara mart/mar/marta april/apr/aprila maj/maja juni/jun/juna
            juli/jul/jula august/aug/augusta septembar/sep/septembra/sept oktobar/okt/oktobra
            novembar/nov/novembra decembar/dec/decembra
        """,
        weekdays="ponedjeljak/pon utorak/uto srijeda/sri četvrtak/čet petak/pet subota/sub nedjelja/ned",
        forenoon="prijepodne ujutro",
        afternoon="poslijepodne popodne navečer",
        night="noću",
        units="""
            sekundi/sekundu/sekunde/sek minuta/minutu/minute sati/sat/sata dana/dan
            sedmica/sedmicu/sedmice/sedm mjeseci/mjesec/mjeseca/mj godina/godinu/godine/god
        """,
        before_span="prije",
        conjunction="i",
        now="upravo sada",
        today="danas",
        yesterday="jučer",
        day_before_yesterday="prekjučer",
        at="u",
        year_mark="godine god",
        published="objavljeno",
        updated="ažurirano",
        event="rok",
    ),
    Language(
        code="mk",
        name="Macedonian",
        months="""
            јануари/јан февруари/фев март/мар април/апр мај јуни/јун јули/јул август/авг септември/сеп/септ
            октомври/окт ноември/ное/нов декември/дек
        """,
        weekdays="понеделник/пон вторник/вто среда/сре четврток/чет петок/пет сабота/саб недела/нед",
        forenoon="претпладне наутро",
        afternoon="попладне навечер",
        night="ноќе",
        noon="напладне",
        midnight="полноќ",
        units="""
            секунди/секунда/сек минути/минута/мин ч/часа/час дена/ден седмици/седмица месеци/месец
            години/година/год
        """,
        before_span="пред",
        one="еден една",
        conjunction="и",
        now="штотуку сега",
        today="денес",
        yesterday="вчера",
        day_before_yesterday="завчера",
        at="во",
        year_mark="г година",
        published="објавено",
        updated="ажурирано изменето",
        event="рок настан",
    ),
    Language(
        code="bg",
        name="Bulgarian",
        months="""
            януари/яну/ян февруари/фев март април/апр май юни юли август/авг септември/сеп/септ октомври/окт
            ноември/ное/ноем декември/дек
        """,
        weekdays="понеделник/пн вторник/вт сряда/ср четвъртък/чт петък/пт събота/сб неделя/нд",
        forenoon="пр.об преди_обяд сутринта преди_обед пр._об пр._обед",
        afternoon="сл.об след_обяд следобед вечерта следобед сл._об сл._обед",
        night="през_нощта",
        noon="на_обяд",
        midnight="полунощ",
        units="""
            секунди/секунда/сек минути/минута/мин часа/час/ч дни/ден седмици/седмица/седм месеца/месец
            години/година
        """,
        before_span="преди",
        one="един една едно",
        conjunction="и",
        now="току-що сега",
        today="днес",
        yesterday="вчера",
        day_before_yesterday="онзи_ден",
        at="в",
        year_mark="г година",
        hour_mark="ч часа",
        published="публикувано публикувана",
        updated="обновено променено последна_промяна",
        event="срок събитие краен_срок",
    ),
    Language(
        code="ru",
        name="Russian",
        months="""
            января/янв/январь февраля/февр/февраль/фев марта/мар/март апреля/апр/апрель мая/май июня/июн/июнь
            июля/июл/июль августа/авг/август сентября/сент/сентябрь/сен октября/окт/октябрь
            ноября/нояб/ноябрь/ноя декабря/дек/декабрь
        """,
        weekdays="понедельник/пн вторник/вт среда/ср четверг/чт пятница/пт суббота/сб воскресенье/вс",
        forenoon="утра до_полудня",
        afternoon="дня вечера после_полудня пополудни",
        night="ночи",
        noon="полдень",
        midnight="полночь",
        units="""
            секунды/секунду/секунд/сек минуты/минуту/минут/мин часа/час/часов/ч дня/день/дней/дн
            недели/неделю/недель/нед месяца/месяц/месяцев/мес года/год/лет
        """,
        after_span="назад",
        one="один одну одна",
        few="несколько",
        conjunction="и",
        now="только_что сейчас",
        today="сегодня",
        yesterday="вчера",
        day_before_yesterday="позавчера",
        at="в",
        year_mark="г года",
        hour_mark="ч час",
        published="опубликовано опубликована размещено добавлено создано дата_публикации",
        updated="обновлено обновлена изменено отредактировано обновление",
        event="срок дедлайн событие мероприятие приём_заявок_до до",
    ),
    Language(
        code="uk",
        name="Ukrainian",
        months="""
            січня/січ/січень лютого/лют/лютий березня/бер/березень квітня/квіт/квітень травня/трав/травень
            червня/черв/червень липня/лип/липень серпня/серп/серпень вересня/вер/вересень жовтня/жовт/жовтень
            листопада/лист/листопад грудня/груд/грудень
        """,
        weekdays="понеділок/пн вівторок/вт середа/ср четвер/чт пʼятниця/пт субота/сб неділя/нд",
        forenoon="ранку",
        afternoon="дня вечора пополудні",
        night="ночі",
        noon="опівдні",
        midnight="опівночі",
        units="""
            секунди/секунду/секунд хвилини/хвилину/хвилин/хв години/годину/годин/год дня/день/дні/днів/дн
            тижня/тиждень/тижні/тижнів/тиж місяця/місяць/місяці/місяців/міс року/рік/роки/років
        """,
        after_span="тому",
        one="один одну",
        few="кілька",
        conjunction="і та",
        now="щойно зараз",
        today="сьогодні",
        yesterday="вчора учора",
        day_before_yesterday="позавчора",
        at="о об",
        year_mark="р року",
        hour_mark="год",
        published="опубліковано додано",
        updated="оновлено змінено",
        event="термін дедлайн подія",
    ),
    Language(
        code="be",
        name="Belarusian",
        months="""
            студзеня/сту/студзень лютага/лют/люты сакавіка/сак/сакавік красавіка/кра/красавік мая/май
            чэрвеня/чэр/чэрвень ліпеня/ліп/ліпень жніўня/жні/жнівень верасня/вер/верасень
            кастрычніка/кас/кастрычнік лістапада/ліс/лістапад/ліст снежня/сне/снежань
        """,
        weekdays="панядзелак/пн аўторак/аў серада/ср чацвер/чц пятніца/пт субота/сб нядзеля/нд",
        forenoon="раніцы",
        afternoon="дня вечара",
        night="ночы",
        units="""
            секунды/секунду/секунд хвілін/хвіліны/хвіліну/хв гадзіны/гадзіну/гадзін/гадз дня/дзень/дні/дзён
            тыдня/тыдзень/тыдні/тыдняў/тыд месяца/месяц/месяцы/месяцаў/мес года/год/гады/гадоў
        """,
        after_span="таму",
        one="адзін адну",
        conjunction="і",
        now="толькі_што цяпер",
        today="сёння",
        yesterday="ўчора учора",
        day_before_yesterday="пазаўчора",
        at="у а",
        year_mark="г года",
        published="апублікавана",
        updated="абноўлена",
        event="тэрмін",
    ),
)
