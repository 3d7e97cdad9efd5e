"""The stories of the page that feedbuilder was made for: titles, times and summaries as a reader found them there.

Plain data. Everything else in the newsroom is invented; these are what its tests measure by.
"""

from __future__ import annotations

from feedbuilder.newsroom.story import Story, at, slugify

ARTICLE_BODY = (
    (
        "The United States and Russia have agreed to restart high-level military communication after more than four "
        "years without regular contact. This step comes after new rounds of talks linked to the war in Ukraine and "
        "signals a possible shift in how the two powerful nations manage tensions between their armed forces."
    ),
    (
        "Military dialogue between Washington and Moscow was largely stopped in late 2021, just before Russia "
        "launched its full invasion of Ukraine in February 2022. Since then, relations between the two countries have"
        " remained tense, with strong words, sanctions, and military build-ups on both sides. Direct contact between "
        "senior officers was limited, raising fears of misunderstandings or accidental clashes."
    ),
    (
        "Now both sides say they will reopen a military-to-military channel. According to officials, the goal is "
        "simple but important: reduce the risk of accidents, avoid miscalculation, and keep communication open while "
        "political leaders search for ways to end the Ukraine war. The agreement was reached after meetings involving"
        " American, Russian, and Ukrainian representatives in the United Arab Emirates."
    ),
    (
        "US European Command said the renewed contact will help provide steady and direct communication between the "
        "two militaries while peace efforts continue. Such hotlines and dialogue channels were widely used during "
        "earlier tense periods, including the Cold War, to prevent small incidents from turning into major conflicts."
    ),
    (
        "The restart of military dialogue does not mean the war in Ukraine is close to ending. Fighting continues "
        "across a long front line in eastern and southern Ukraine. Russian forces have kept up drone and missile "
        "attacks, including strikes on power facilities. Ukrainian cities and energy systems have suffered repeated "
        "damage, affecting civilians during winter conditions."
    ),
    (
        "At the same time, diplomacy is moving in small steps. Recent meetings have taken place in Abu Dhabi, where "
        "delegations from Russia and Ukraine met with US officials. While no major breakthrough has been announced, "
        "both sides confirmed a new prisoner exchange after the talks. Russia said it received 157 of its servicemen "
        "back, while Ukraine said 150 soldiers and seven civilians were returned. Prisoner swaps are often seen as "
        "trust-building steps, even when bigger political disagreements remain."
    ),
    (
        "President Volodymyr Zelenskyy has shared updated figures on Ukraine’s military losses, saying tens of "
        "thousands of Ukrainian troops have been killed since the invasion began. Civilian casualties have also "
        "continued to rise, according to international monitoring groups. These numbers show the heavy human cost of "
        "the conflict and increase pressure on all sides to search for a workable peace path."
    ),
    (
        "The reopening of US–Russia military contact is also tied to safety concerns beyond Ukraine itself. In the "
        "past few years, there have been risky encounters between Russian and NATO aircraft and drones, especially "
        "over the Black Sea and near NATO borders. In one earlier case, a US drone was lost after an incident "
        "involving Russian fighter jets. Each side blamed the other. Without direct communication, such events can "
        "quickly become dangerous."
    ),
    (
        "European NATO members are also worried about airspace violations and drone intrusions. There have been cases"
        " where Russian drones or aircraft entered or approached allied airspace, forcing NATO jets to respond. "
        "Direct military channels can help clarify intentions and prevent panic or overreaction."
    ),
    (
        "Critics warn that reopening dialogue should not be confused with political agreement. The United States, "
        "European countries, and Ukraine still have deep differences with Moscow over territory, security guarantees,"
        " and responsibility for the war. Supporters of renewed contact say communication is not a reward — it is a "
        "safety tool. Even rivals need a phone line when weapons are involved."
    ),
    (
        "Peace efforts remain fragile. Ukraine continues to demand strong security guarantees from Western partners "
        "to prevent any future attack. Russia continues to press its own conditions. Between these positions, "
        "negotiations move slowly."
    ),
    (
        "Still, restoring military dialogue is a practical step. It lowers the chance of accidental conflict between "
        "two nuclear-armed powers. In times of war and distrust, even limited communication can help prevent a bad "
        "situation from becoming worse."
    ),
)
"""The text of the article page, paragraph by paragraph."""

_TAGS = ("Global News", "World News")


def _story(time: str, title: str, summary: str, *, body: tuple[str, ...] = (), copies: int = 1) -> Story:
    return Story(
        slug=slugify(title),
        title=title,
        section="world",
        tags=_TAGS,
        published=at(f"2026-02-06 {time}"),
        summary=summary,
        author="Saif Nasser",
        body=body,
        copies=copies,
    )


SEED_STORIES = (
    _story(
        "15:00",
        "Trump’s Backing of Takaichi Adds Global Spotlight to Japan’s Key Election",
        "Trump endorses Japan PM Sanae Takaichi before Sunday’s election, boosting her global profile as voters weigh "
        "security, China tensions, and economic plans",
    ),
    _story(
        "14:34",
        "Threat Case Against Hakeem Jeffries Ends With Guilty Plea From Jan 6 Defendant",
        "A Trump-pardoned Capitol riot defendant pleads guilty to threatening Democratic leader Hakeem Jeffries, "
        "renewing debate on political threats and safety.",
    ),
    _story(
        "14:28",
        "Iran and US Return to Nuclear Talks in Oman as Tensions and Protests Shake Tehran",
        "Iran and the US begin new nuclear talks in Oman after protests and regional tensions, with both sides under "
        "pressure to avoid conflict and reach a deal",
        copies=2,
    ),
    _story(
        "14:23",
        "Activists Plan Larger Aid Flotilla to Gaza Despite Past Interceptions",
        "Activists plan a larger flotilla with up to 100 boats and 1,000 medics to deliver aid to Gaza, despite Israel "
        "blocking similar sea missions before",
    ),
    _story(
        "13:48",
        "Thailand Election Tests PM Anutin’s Nationalism Strategy in Tight Three-Way Race",
        "Thailand’s election will test PM Anutin’s nationalist campaign after border clashes, as reformist and "
        "populist rivals gain strong voter support",
    ),
    _story(
        "12:35",
        "US and Russia Restart Military Talks as Ukraine War Diplomacy Moves Forward",
        "US and Russia agree to restore military dialogue after Ukraine talks, aiming to reduce risks and improve "
        "coordination as war and tensions continue.",
        body=ARTICLE_BODY,
    ),
    _story(
        "11:50",
        "US Military Strike on Suspected Drug Boat in Eastern Pacific Leaves Two Dead",
        "US military says a strike on a suspected drug trafficking vessel in the Eastern Pacific killed two people, "
        "raising questions about sea security operations",
    ),
    _story(
        "10:55",
        "U.S. Government Launches TrumpRx Website to Help Lower Prescription Drug Prices",
        "The new TrumpRx website in the US promises cheaper prescription medicines by offering direct discounts and "
        "price comparisons for patients",
    ),
)
"""Newest first, as the page lists them. The page shows the third one twice."""
