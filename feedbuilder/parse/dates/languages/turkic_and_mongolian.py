"""Words in dates of the Turkic languages and of Mongolian."""

from __future__ import annotations

from feedbuilder.parse.dates.languages.language import Language

LANGUAGES = (
    Language(
        code="tr",
        name="Turkish",
        months="""
            Ocak/Oca Şubat/Şub Mart/Mar Nisan/Nis Mayıs/May Haziran/Haz Temmuz/Tem Ağustos/Ağu Eylül/Eyl
            Ekim/Eki Kasım/Kas Aralık/Ara
        """,
        weekdays="Pazartesi/Pzt Salı/Sal Çarşamba/Çar Perşembe/Per Cuma/Cum Cumartesi/Cmt Pazar/Paz",
        forenoon="ÖÖ öö sabah öğleden_önce",
        afternoon="ÖS ös öğleden_sonra akşam akşamüstü",
        night="gece",
        noon="öğle",
        midnight="gece_yarısı",
        units="saniye/sn dakika/dk saat/sa gün hafta/hf ay yıl",
        after_span="önce",
        one="bir",
        conjunction="ve",
        now="az_önce şimdi",
        today="bugün",
        yesterday="dün",
        day_before_yesterday="evvelsi_gün",
        at="saat",
        published="yayınlanma yayınlandı yayımlandı eklenme yayın_tarihi oluşturulma giriş",
        updated="güncelleme güncellendi güncellenme son_güncelleme düzenlendi",
        event="son_başvuru etkinlik son_tarih başvuru",
    ),
    Language(
        code="az",
        name="Azerbaijani",
        months="""
            yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avqust/avq sentyabr/sen oktyabr/okt
            noyabr/noy dekabr/dek
        """,
        weekdays="Bazar_ertəsi/B.e Çərşənbə_axşamı/Ç.a Çərşənbə Cümə_axşamı/C.a Cümə Şənbə Bazar",
        forenoon="səhər",
        afternoon="axşam günorta_sonra",
        night="gecə",
        units="saniyə/san/sn dəqiqə/dəq/dq saat/st gün həftə/hft ay il",
        after_span="əvvəl",
        one="bir",
        conjunction="və",
        now="indi",
        today="bugün bu_gün",
        yesterday="dünən",
        at="saat",
        published="dərc_olunub yayımlanıb",
        updated="yenilənib",
        event="son_tarix",
    ),
    Language(
        code="kk",
        name="Kazakh",
        months="""
            қаңтар/қаң ақпан/ақп наурыз/нау сәуір/сәу мамыр/мам маусым/мау шілде/шіл тамыз/там қыркүйек/қыр
            қазан/қаз қараша/қар желтоқсан/жел
        """,
        weekdays="дүйсенбі/дс сейсенбі/сс сәрсенбі/ср бейсенбі/бс жұма/жм сенбі/сб жексенбі/жс",
        forenoon="таңғы таңертең",
        afternoon="түстен_кейін кешкі",
        night="түнгі",
        units="секунд/сек минут/мин сағат/сағ күн апта/ап ай жыл",
        after_span="бұрын",
        one="бір",
        conjunction="және",
        now="қазір",
        today="бүгін",
        yesterday="кеше",
        day_before_yesterday="алдыңгүні",
        year_mark="ж жылы жылғы",
        published="жарияланды",
        updated="жаңартылды",
        event="мерзімі",
    ),
    Language(
        code="ky",
        name="Kyrgyz",
        months="""
            январь/янв/январы/января февраль/фев/февраля март/мар/марта апрель/апр/апреля май/мая
            июнь/июн/июня июль/июл/июля август/авг/августа сентябрь/сен/сентября октябрь/окт/октября
            ноябрь/ноя/ноября декабрь/дек/декабря
        """,
        weekdays="дүйшөмбү/дүй шейшемби/шейш шаршемби/шарш бейшемби/бейш жума ишемби/ишм жекшемби/жек",
        forenoon="эртең_мн таңкы",
        afternoon="түштөн_кийин кечки",
        night="түнкү",
        units="секунд/сек мүнөт/мүн саат күн апта/апт ай жыл",
        after_span="мурун",
        one="бир",
        conjunction="жана",
        now="азыр",
        today="бүгүн",
        yesterday="кечээ",
        day_before_yesterday="мурдагы_күнү",
        year_mark="ж жылы",
        published="жарыяланды",
        updated="жаңыланды",
    ),
    Language(
        code="uz",
        name="Uzbek",
        months="""
            yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avgust/avg sentabr/sen oktabr/okt
            noyabr/noy dekabr/dek
        """,
        weekdays="""
            dushanba/Dush seshanba/Sesh chorshanba/Chor payshanba/Pay juma/Jum shanba/Shan yakshanba/Yak
        """,
        forenoon="ertalab TO",
        afternoon="TK kechqurun tushdan_keyin",
        night="kechasi",
        units="soniya daqiqa soat kun hafta oy yil",
        after_span="oldin",
        one="bir",
        conjunction="va",
        now="hozir",
        today="bugun",
        yesterday="kecha",
        at="soat",
        year_mark="yil",
        published="chop_etilgan eʼlon_qilingan",
        updated="yangilangan",
        event="muddat",
    ),
    Language(
        code="mn",
        name="Mongolian",
        weekdays="даваа/Да мягмар/Мя лхагва/Лх пүрэв/Пү баасан/Ба бямба/Бя ням/Ня",
        forenoon="үө өглөө ү.ө",
        afternoon="үх орой ү.х өдөр",
        night="шөнө",
        units="секундын/сек минутын/мин цагийн/цаг өдрийн/хоногийн - сарын жилийн",
        after_span="өмнө",
        one="нэг",
        now="одоо",
        today="өнөөдөр",
        yesterday="өчигдөр",
        day_before_yesterday="уржигдар",
        year_mark="оны он",
        month_mark="сарын сар р_сарын р_сар",
        day_mark="ны ний өдөр өдрийн",
        published="нийтэлсэн нийтлэгдсэн",
        updated="шинэчлэгдсэн шинэчилсэн",
    ),
)
