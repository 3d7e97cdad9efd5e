"""Words in dates of Greek, Albanian, Georgian, Armenian, Basque and Irish."""

from __future__ import annotations

from feedbuilder.parse.dates.languages.language import Language

LANGUAGES = (
    Language(
        code="el",
        name="Greek",
        months="""
            Ιανουαρίου/Ιαν/Ιανουάριος Φεβρουαρίου/Φεβ/Φεβρουάριος/Φεβρ Μαρτίου/Μαρ/Μάρτιος/Μάρ
            Απριλίου/Απρ/Απρίλιος Μαΐου/Μαΐ/Μάιος/Μάι Ιουνίου/Ιουν/Ιούνιος/Ιούν Ιουλίου/Ιουλ/Ιούλιος/Ιούλ
            Αυγούστου/Αυγ/Αύγουστος/Αύγ Σεπτεμβρίου/Σεπ/Σεπτέμβριος/Σεπτ Οκτωβρίου/Οκτ/Οκτώβριος
            Νοεμβρίου/Νοε/Νοέμβριος/Νοέ/Νοεμ Δεκεμβρίου/Δεκ/Δεκέμβριος
        """,
        weekdays="Δευτέρα/Δευ Τρίτη/Τρί Τετάρτη/Τετ Πέμπτη/Πέμ Παρασκευή/Παρ Σάββατο/Σάβ Κυριακή/Κυρ",
        forenoon="π.μ πμ το_πρωί",
        afternoon="μ.μ μμ το_απόγευμα το_μεσημέρι το_βράδυ",
        night="τα_μεσάνυχτα_κ",
        midnight="μεσάνυχτα",
        units="""
            δευτερόλεπτα/δευτερόλεπτο/δευτ λεπτά/λεπτό/λεπ ώρες/ώρα ημέρες/ημέρα/ημ εβδομάδες/εβδομάδα/εβδ
            μήνες/μήνα έτη/έτος
        """,
        before_span="πριν πριν_από",
        one="μία ένα έναν",
        conjunction="και",
        now="μόλις_τώρα τώρα",
        today="σήμερα",
        yesterday="χθες",
        day_before_yesterday="προχθές",
        at="στις στη",
        published="δημοσιεύτηκε δημοσιεύθηκε δημοσίευση αναρτήθηκε",
        updated="ενημερώθηκε ενημέρωση τροποποιήθηκε τελευταία_ενημέρωση",
        event="προθεσμία εκδήλωση",
    ),
    Language(
        code="sq",
        name="Albanian",
        months="""
            janar/jan shkurt/shk mars/mar prill/pri maj qershor/qer korrik/korr gusht/gush shtator/sht/shta
            tetor/tet nëntor/nën dhjetor/dhj
        """,
        weekdays="e_hënë/hën e_martë/mar e_mërkurë/mër e_enjte/enj e_premte/pre e_shtunë/sht e_diel/die",
        forenoon="paradite p.d e_paradites e_mëngjesit",
        afternoon="pasdite m.d mbrëmje e_pasdites e_mbrëmjes",
        night="natën e_natës",
        units="sekonda/sekondë/sek minuta/minutë orë ditë javë muaj vjet/vit",
        after_span="më_parë",
        one="një",
        conjunction="dhe",
        now="tani",
        today="sot",
        yesterday="dje",
        at="në ora në_orën",
        published="publikuar",
        updated="përditësuar",
        event="afati",
    ),
    Language(
        code="ka",
        name="Georgian",
        months="""
            იანვარი/იან/იანვრის/იანვარს თებერვალი/თებ/თებერვლის მარტი/მარ/მარტის აპრილი/აპრ/აპრილის
            მაისი/მაი/მაისის ივნისი/ივნ/ივნისის ივლისი/ივლ/ივლისის აგვისტო/აგვ/აგვისტოს
            სექტემბერი/სექ/სექტემბრის/სექტ ოქტომბერი/ოქტ/ოქტომბრის ნოემბერი/ნოე/ნოემბრის
            დეკემბერი/დეკ/დეკემბრის
        """,
        weekdays="""
            ორშაბათი/ორშ სამშაბათი/სამ ოთხშაბათი/ოთხ ხუთშაბათი/ხუთ პარასკევი/პარ შაბათი/შაბ კვირა/კვი
        """,
        forenoon="დილის დილით",
        afternoon="საღამოს ნაშუადღევს",
        night="ღამის ღამით",
        units="წამის/წმ წუთის/წთ საათის/სთ დღის კვირის/კვ თვის წლის",
        after_span="წინ",
        one="ერთი",
        conjunction="და",
        now="ახლა",
        today="დღეს",
        yesterday="გუშინ",
        day_before_yesterday="გუშინწინ",
        published="გამოქვეყნდა",
        updated="განახლდა განახლებულია",
        event="ვადა",
    ),
    Language(
        code="hy",
        name="Armenian",
        months="""
            հունվարի/հնվ/հունվար փետրվարի/փտվ/փետրվար մարտի/մրտ/մարտ ապրիլի/ապր/ապրիլ մայիսի/մյս/մայիս
            հունիսի/հնս/հունիս հուլիսի/հլս/հուլիս օգոստոսի/օգս/օգոստոս սեպտեմբերի/սեպ/սեպտեմբեր
            հոկտեմբերի/հոկ/հոկտեմբեր նոյեմբերի/նոյ/նոյեմբեր դեկտեմբերի/դեկ/դեկտեմբեր
        """,
        weekdays="""
            երկուշաբթի/երկ երեքշաբթի/երք չորեքշաբթի/չրք հինգշաբթի/հնգ ուրբաթ/ուր շաբաթ/շբթ կիրակի/կիր
        """,
        forenoon="առավոտյան կեսօրից_առաջ",
        afternoon="երեկոյան կեսօրից_հետո ցերեկվա",
        night="գիշերվա",
        units="վայրկյան/վրկ րոպե ժամ օր շաբաթ/շաբ ամիս տարի",
        after_span="առաջ",
        one="մեկ",
        conjunction="և",
        now="հիմա",
        today="այսօր",
        yesterday="երեկ",
        day_before_yesterday="նախանցյալ_օրը",
        at="ժամը",
        year_mark="թ թվականի",
        published="հրապարակվել_է",
        updated="թարմացվել_է",
        event="վերջնաժամկետ",
    ),
    Language(
        code="eu",
        name="Basque",
        months="""
            urtarrila/urt/urtarrilaren/urtarrilak otsaila/ots/otsailaren/otsailak
            martxoa/mar/martxoaren/martxoak apirila/api/apirilaren/apirilak maiatza/mai/maiatzaren/maiatzak
            ekaina/eka/ekainaren/ekainak uztaila/uzt/uztailaren/uztailak abuztua/abu/abuztuaren/abuztuak
            iraila/ira/irailaren/irailak urria/urr/urriaren/urriak azaroa/aza/azaroaren/azaroak
            abendua/abe/abenduaren/abenduak
        """,
        weekdays="astelehena/al asteartea/ar asteazkena/az osteguna/og ostirala/or larunbata/lr igandea/ig",
        forenoon="goizeko",
        afternoon="arratsaldeko",
        night="gaueko",
        units="segundo minutu ordu egun aste hilabete urte",
        before_span="duela",
        one="bat",
        conjunction="eta",
        now="orain",
        today="gaur",
        yesterday="atzo",
        day_before_yesterday="herenegun",
        year_mark="ko eko",
        published="argitaratua",
        updated="eguneratua",
        event="epea",
    ),
    Language(
        code="ga",
        name="Irish",
        months="""
            Eanáir/Ean Feabhra/Feabh Márta Aibreán/Aib Bealtaine/Beal Meitheamh/Meith Iúil Lúnasa/Lún
            Meán_Fómhair/MFómh Deireadh_Fómhair/DFómh Samhain/Samh Nollaig/Noll
        """,
        weekdays="""
            Dé_Luain/Luan Dé_Máirt/Máirt Dé_Céadaoin/Céad Déardaoin/Déar Dé_hAoine/Aoine Dé_Sathairn/Sath
            Dé_Domhnaigh/Domh
        """,
        forenoon="r.n",
        afternoon="i.n",
        units="""
            soicind/shoicind/soic/shoic nóiméad/nóim uair_an_chloig/n-uair_an_chloig/uair/huaire/n-uaire lá
            seachtain/sheachtain/seachtaine/scht/shcht mí/mhí bliain/bhliain/bliana/mbliana/bl/bhl/mbl
        """,
        after_span="ó_shin",
        conjunction="agus",
        now="anois",
        today="inniu",
        yesterday="inné",
        day_before_yesterday="arú_inné",
        published="foilsithe",
        updated="nuashonraithe",
    ),
)
