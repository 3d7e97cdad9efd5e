"""The stories that the newsroom invents: what is published when the demonstration starts, and what follows by plan.

Plain data: a row is a story. Places, people and events are made up; the texts hold what real ones hold (quotes, an
ampersand, angle brackets, an emoji, other scripts, stray HTML) and the times the odd ones (noon, midnight, 3 p.m.).
"""

from __future__ import annotations

from datetime import timedelta

from feedbuilder.newsroom.demo_clock import DEMO_START
from feedbuilder.newsroom.story import DUBAI, Advertisement, Story, Video, at, slugify

W, G, B, T, S, C = "World News", "Global News", "Business", "Technology", "Sports", "Culture"

# published on the newsroom's clock, section, tags, author, title, summary
_PUBLISHED: tuple[tuple[str, str, tuple[str, ...], str, str, str], ...] = (
    (
        *("2026-02-06 14:50", "technology", (T,), "Mira Solano"),
        "Open Chip Designs “Ready for the Classroom”, Teachers Say",
        "A school in Port Calder has students lay out a first processor; having it made costs as much as a bicycle.",
    ),
    (
        *("2026-02-06 14:15", "business", (B, G), "Tom Okafor"),
        "Ferry Line Merges With Its Rival After Ten Years of Parallel Timetables",
        "The two companies sailed the same route five minutes apart; from spring one boat will do, at lower fares.",
    ),
    (
        *("2026-02-06 13:30", "sports", (S,), "Admin"),
        "Night Marathon Draws Record Field",
        "Some 12,000 runners start after sunset, when the desert has cooled to 19 degrees.",
    ),
    (
        *("2026-02-06 12:00", "technology", (T, G), "Mira Solano"),
        "How the <canvas> Element Took Over the Weather Map",
        "From a < 1 KB script to satellite loops: the browser draws what once needed a television studio & a van.",
    ),
    (
        *("2026-02-06 11:20", "culture", (C, G), "Lena Abara"),
        "深圳新图书馆开放，读者连夜排队",
        "新馆藏书两百万册，开放首日迎来三万名读者。",
    ),
    (
        *("2026-02-06 11:00", "business", (B,), "Tom Okafor"),
        "R&D Spending at Mid-Sized Firms Rises for the Fifth Year Running, Survey of Chambers Finds, but Hiring Lags",
        "Firms with fewer than 500 people put 4.1% of turnover into research; every second one cannot fill its posts.",
    ),
    (
        *("2026-02-06 10:30", "world", (W,), "Admin"),
        "Mountain Rail Tunnel Reopens",
        "Trains run again between the two valleys after eleven months of repairs; the detour took four hours.",
    ),
    (
        *("2026-02-06 10:00", "technology", (T, G), "Mira Solano"),
        "Satellite Firm Tests Laser Link Between Ships and Shore",
        "The link carried 8 gigabits a second through light fog, and nothing at all through sea spray.",
    ),
    (
        *("2026-02-06 09:45", "world", (W, G), "Lena Abara"),
        "Island States Agree on Shared Tsunami Warning Centre After a Decade of Talks",
        "Nine governments will pay for one centre with sensors on 40 buoys; the first alarm test is planned for June.",
    ),
    (
        *("2026-02-06 09:00", "business", (B, G), "Tom Okafor"),
        "Grain Prices Ease as Two Harbours Clear Their Backlog",
        "Forty-one freighters have left since Monday, and futures fell for a third day.",
    ),
    (
        *("2026-02-06 08:30", "world", (W, G), "Admin"),
        "Border Market Opens to Both Sides",
        "For the first time in twelve years traders from both banks of the river set up stalls in one square.",
    ),
    (
        *("2026-02-06 07:15", "world", (W, G), "Lena Abara"),
        "مؤتمر المياه يختتم أعماله باتفاق على تقاسم بيانات الأنهار",
        "اتفقت سبع دول على نشر قياسات الأنهار يوميا في قاعدة بيانات مفتوحة.",
    ),
    (
        *("2026-02-06 06:40", "business", (B, G), "Admin"),
        "Port Calder Bank Drops Account Fees",
        "Savers keep a little more of their interest; the bank hopes for 50,000 new customers.",
    ),
    (
        *("2026-02-06 03:00", "technology", (T, G), "Mira Solano"),
        "Battery Recycler Recovers Nickel at Room Temperature",
        "A pilot plant dissolves old cells in a mild acid made from orange peel, and sells what is left as fertiliser.",
    ),
    (
        *("2026-02-06 00:00", "world", (W, G), "Admin"),
        "Midnight Curfew Lifted",
        "Cafés along the promenade stay open again after three weeks of early closing.",
    ),
    (
        *("2026-02-05 23:10", "sports", (S, G), "Admin"),
        "Goalkeeper, 41, Saves Two Penalties 🧤 and Announces Another Season",
        "“My knees have a contract until June, and so have I,” she said after the final.",
    ),
    (
        *("2026-02-05 21:30", "business", (B,), "Tom Okafor"),
        "Small Bakeries Share One Oven",
        "Six bakers in Mirevale pay for one oven and bake in turns, which halves the gas bill.",
    ),
    (
        *("2026-02-05 20:05", "technology", (T, G), "Mira Solano"),
        "Library of Old Video Games Goes Online With Its Own Emulator and a Very Long Queue at the Virtual Door",
        "The archive lets 500 people play at a time, as a reading room would; the others wait and read manuals.",
    ),
    (
        *("2026-02-05 18:00", "world", (W, G), "Lena Abara"),
        "Glacier Survey Finds Lakes Growing Beneath the Ice in Three Northern Ranges",
        "Radar flights mapped 214 lakes, sixty more than ten years ago; villages downstream ask for sluices.",
    ),
    (
        *("2026-02-05 16:20", "culture", (C,), "Lena Abara"),
        "Street Organ Festival Plays Minimal Music",
        "Forty organs, one chord, six hours: the audience brought blankets.",
    ),
    (
        *("2026-02-05 15:00", "world", (W, G), "Admin"),
        "River Pact Signed by Four Countries",
        "The pact fixes how much water must reach the delta in dry years.",
    ),
    (
        *("2026-02-05 13:40", "business", (B, G), "Tom Okafor"),
        "Insurers Offer Storm Cover by the Hour to Fishing Boats",
        "A premium of two coins an hour covers boat and nets; the price follows the forecast.",
    ),
    (
        *("2026-02-05 12:00", "world", (W, G), "Admin"),
        "Noon Siren Test Heard in All Provinces",
        "Only four of 3,200 sirens stayed silent, two of them because of nesting storks.",
    ),
    (
        *("2026-02-05 11:05", "technology", (T,), "Mira Solano"),
        "Town Runs Its Buses on Forecasts of School Timetables",
        "A model trained on exam calendars cut empty runs by a fifth.",
    ),
    (
        *("2026-02-05 09:30", "sports", (S,), "Admin"),
        "Chess Club Moves Into Former Swimming Pool",
        "The deep end is reserved for blitz.",
    ),
    (
        *("2026-02-05 08:00", "business", (B, G), "Tom Okafor"),
        "Tile Makers Turn to Solar Kilns as Gas Contracts Expire",
        "Mirrors on the factory roof heat the kilns to 1,050 degrees, on clear days.",
    ),
    (
        *("2026-02-05 00:05", "world", (W,), "Lena Abara"),
        "Vote Count Goes Through the Night",
        "Two districts were decided by fewer than a hundred ballots each.",
    ),
    (
        *("2026-02-04 17:45", "technology", (T, G), "Mira Solano"),
        "Sea Cable Repaired in Record Time",
        "The ship found the break after nine hours, 80 km off the coast.",
    ),
    (
        *("2026-02-04 12:00", "culture", (C, G), "Lena Abara"),
        "Opera “in Plain Words” Sells Out",
        "Singers explain the plot between the acts; the oldest subscriber asks why nobody thought of it before.",
    ),
    (
        *("2026-02-03 15:00", "business", (B,), "Tom Okafor"),
        "Workshop Prints Spare Parts for Old Tractors",
        "Farmers mail a photograph with a ruler beside the broken piece.",
    ),
    (
        *("2026-01-31 23:59", "world", (W, G), "Admin"),
        "Month of Records: Driest January Since 1931",
        "Reservoirs stand at 38%; two provinces ration water.",
    ),
    (
        *("2025-12-31 00:00", "culture", (C,), "Lena Abara"),
        "The Year in Pictures, Drawn by Children",
        "Three hundred drawings hang in the railway station.",
    ),
    (
        *("2025-09-09 09:09", "technology", (T,), "Mira Solano"),
        "Clock Museum Sets All Its Clocks",
        "It takes two people nine hours, so no two clocks agree.",
    ),
    (
        *("2025-07-01 12:30", "sports", (S,), "Admin"),
        "Regatta Called Off for Lack of Wind",
        "Crews rowed home.",
    ),
    (
        *("2025-05-17 18:00", "culture", (C,), "Lena Abara"),
        "Long Night of the Small Museums",
        "A ticket, eleven museums, and one bus that visits them all.",
    ),
    (
        *("2025-03-20 12:00", "world", (W,), "Admin"),
        "Spring Begins at Noon",
        "Day and night are equally long, give or take the refraction.",
    ),
)

# in the order of their appearance, section, tags, minutes by which the publication date lies before it
_PLANNED: tuple[tuple[str, tuple[str, ...], int, str, str], ...] = (
    (
        *("world", (W, G), 0),
        "Coastal Towns Test a Common Evacuation Plan",
        "Sirens, buses and school gyms: 30,000 people take part in the largest drill the coast has seen.",
    ),
    (
        *("technology", (T, G), 0),
        "Hospital Robots Learn to Take the Stairs",
        "Two machines carry linen between floors; the lift is left to the patients.",
    ),
    (
        *("world", (W, G), 0),
        "Negotiators Extend Fisheries Talks Overnight as Ministers Dispute the Northern Quota",
        "Delegates agreed on cod and herring; mackerel remains, as it did last year.",
    ),
    (
        *("business", (B, G), 0),
        "Night Trains Sell Out Until Easter",
        "Operators look for old sleeping cars all over the continent.",
    ),
    (
        # Held back by the desk: it appears below stories that readers have seen already.
        *("world", (W, G), 40),
        "Observers Publish Report on Ceasefire Line After Two Weeks of Silence",
        "The report counts 17 incidents, down from 60, and names no one.",
    ),
    (
        *("technology", (T,), 0),
        "Weather Service Opens Its Radar Archive",
        "Thirty years of rain, free to download, if one has 900 terabytes to spare.",
    ),
    (
        *("world", (W, G), 0),
        "Capital Names Its First Woman Fire Chief",
        "She joined the brigade as a volunteer driver in 1998.",
    ),
    (
        *("business", (B, G), 0),
        "Coffee Futures Jump After Frost in the Highlands",
        "Growers report losses of up to a third; roasters say that prices hold until autumn.",
    ),
    (
        *("world", (W, G), 25),
        "Archive of the Old Harbour Found in a Dry Cistern",
        "The ledgers list every ship between 1741 and 1803, and who paid for breakfast.",
    ),
    (
        *("technology", (T, G), 0),
        "Phone Maker Promises Ten Years of Repairs",
        "Batteries come with a screwdriver.",
    ),
)

DESK = ("Lena Abara", "Tom Okafor", "Admin", "Mira Solano")
"""Who writes what appears by plan, in turns."""


def appearance(number: int) -> timedelta:
    """Return how long after the demonstration's start the planned story `number` (1, 2, …) appears.

    Every 40 seconds at first, for someone is watching; every 2 minutes after 15 minutes, every 10 after an hour.
    """
    quick, calm, slow = timedelta(seconds=40), timedelta(minutes=2), timedelta(minutes=10)
    first, second = 22, 23  # so many stories until the pace falls
    return (
        quick * min(number, first) + calm * max(0, min(number - first, second)) + slow * max(0, number - first - second)
    )


def planned(
    number: int, section: str, tags: tuple[str, ...], late: int, title: str, summary: str, *, suffix: str = ""
) -> Story:
    """Return the story that appears as `number` (1, 2, …), dated `late` minutes before it appears."""
    appears = DEMO_START + appearance(number)
    published = (appears - timedelta(minutes=late)).astimezone(DUBAI).replace(second=0, microsecond=0)
    author = DESK[number % len(DESK)]
    slug = slugify(title) + suffix
    return Story(slug, title, section, tags, published, summary, author=author, appears=appears)


MARKUP = {
    "ferry-line-merges-with-its-rival-after-ten-years-of-parallel-timetables": (
        "<p>The two companies sailed the same route five minutes apart; "
        '<span style="mso-bidi-font-size: 11pt">from spring one boat will do, at lower fares.</span></p>'
    ),
    "mountain-rail-tunnel-reopens": (
        "<p>Trains run again between the <b>two valleys</b> after eleven months of&nbsp;repairs; "
        "<em>the detour took four hours.</em></p>"
    ),
    "island-states-agree-on-shared-tsunami-warning-centre-after-a-decade-of-talks": (
        "Nine governments will pay for one centre with <a href='/tags/world-news'>sensors on 40 buoys</a>; "
        "<strong>the first alarm test is planned for June.</strong>"
    ),
}
"""Summaries into which an editor pasted HTML, by slug; as text they read like the plain ones above."""

INVENTED = tuple(
    Story(slugify(title), title, section, tags, at(time), summary, author=author, markup=MARKUP.get(slugify(title)))
    for time, section, tags, author, title, summary in _PUBLISHED
)
"""Newest first; all of them are published when the demonstration starts."""

PLANNED = tuple(planned(number, *row) for number, row in enumerate(_PLANNED, start=1))
"""In the order of their appearance; `wire` goes on from there."""

VIDEOS = (
    Video("Watch: A Day in the Life of a Lighthouse", at("2026-02-06 14:40")),
    Video("Watch: How Tiles Are Fired by Sunlight", at("2026-02-06 09:20")),
    Video("Watch: The Night Marathon From Above", at("2026-02-05 22:00")),
)

ADVERTISEMENTS = (
    Advertisement("Seven Chairs That Your Back Will Thank You For", "Paid content by a maker of chairs."),
    Advertisement("This Lamp Wakes You Like the Sun Does", "Paid content by a maker of lamps."),
    Advertisement("Invest in Fog: What Brokers Do Not Tell You", "Paid content by a broker."),
)
