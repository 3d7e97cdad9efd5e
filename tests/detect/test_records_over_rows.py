"""Stories that go over several rows, of a table or of whatever else: the date in a later row dates the title above."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.detect.sample import Story, days_of, find, framed, items_of, stories

MADE = stories()[:8]
DAYS = days_of(MADE)
TITLE = '<tr><td colspan="2"><a href="{url}">{title}</a></td></tr>'
DATE = "<tr><td>Date</td><td>{rfc}</td></tr>"
PARTIES = "<tr><td>Parties</td><td>In re Harbour, No. {n}</td></tr>"
BLANK = '<tr><td colspan="2">&nbsp;</td></tr>'
PDF = '<tr><td>Files</td><td><a href="/f/{n}.pdf">PDF</a></td></tr>'
UNDER = '<tr><td></td><td>by <a href="/user?id=u{n}">u{n}</a> {rfc}</td></tr>'

RECORDS = {
    "title, date": f"{TITLE}{DATE}",
    "title, parties, date": f"{TITLE}{PARTIES}{DATE}",
    "title, date, parties": f"{TITLE}{DATE}{PARTIES}",
    "rows between records that say nothing": f"{TITLE}{PARTIES}{DATE}{BLANK}",
    "rows between rows that say nothing": f"{TITLE}{BLANK}{PARTIES}{BLANK}{DATE}{BLANK}",
    "a link in the second row": f'<tr><td>{{n}}.</td><td><a href="{{url}}">{{title}}</a></td></tr>{UNDER}',
    "links in both, and a spacer": '<tr><td>{n}.</td><td><a href="{url}">{title}</a></td></tr>'
    '<tr><td colspan="2">{rfc} | <a href="/talk/{n}">{n} comments</a></td></tr><tr height="5"><td></td></tr>',
    "a file in the last row": f"{TITLE}{DATE}{PDF}",
    "each row has a label": f'<tr><td>Title</td><td><a href="{{url}}">{{title}}</a></td></tr>{PARTIES}{DATE}',
    "when it was changed before when it was published": f"{TITLE}<tr><td>Last updated</td><td>19 May 2026</td></tr>"
    "<tr><td>Published</td><td>{rfc}</td></tr>",
    "the day above the title": "<tr><td>{rfc}</td></tr>" + TITLE + PARTIES,
}


def written(template: str) -> str:
    return "".join(template.format_map(one.words) for one in MADE)


@pytest.mark.parametrize(
    "around", ["<table>{}</table>", "<p>The opinions of the court.</p><table>{}</table><p>All.</p>"]
)
@pytest.mark.parametrize("name", RECORDS)
def test_the_date_in_another_row_dates_the_title(name: str, around: str) -> None:
    found = find(framed(around.format(written(RECORDS[name]))))
    assert found.items == items_of(MADE)
    assert found.days == DAYS


@pytest.mark.parametrize(
    "template",
    [
        '<dt><a href="{url}">{title}</a></dt><dd>No. {n}</dd><dd>Handed down {rfc}</dd><dd>Chamber {n}</dd>',
        '<div><a href="{url}">{title}</a></div><div>No. {n}</div><div>{rfc}</div>',
        '<div><b><a href="{url}">{title}</a></b></div><div><i>By</i> Ann {n}</div><div><i>On</i> <i>{rfc}</i></div>',
        '<li><a href="{url}">{title}</a></li><li>No. {n}</li><li>{rfc}</li>',
    ],
)
def test_whatever_the_rows_are_made_of(template: str) -> None:
    tag = {"<dt>": "dl", "<li>": "ul"}.get(template[:4], "div")
    found = find(framed(f"<{tag}>{written(template)}</{tag}>"))
    assert found.items == items_of(MADE)
    assert found.days == DAYS


def rows(one: Story, *, lacking: str = "", of: tuple[int, ...] = ()) -> str:
    template = f"{TITLE}{PARTIES}{DATE}"
    return (template.replace(lacking, "") if one.number in of else template).format_map(one.words)


@pytest.mark.parametrize(
    ("make", "undated"),
    [
        (lambda one: rows(one, lacking=PARTIES, of=(2, 5)), ()),
        (lambda one: rows(one, lacking=DATE, of=(2, 5)), (2, 5)),
    ],
)
def test_a_row_that_is_missing_takes_no_date_from_a_neighbour(
    make: Callable[[Story], str], undated: tuple[int, ...]
) -> None:
    found = find(framed(f"<table>{''.join(map(make, MADE))}</table>"))
    assert found.items == items_of(MADE)
    assert found.days == [None if number in undated else day for number, day in enumerate(DAYS)]


PLAIN = "<tr><td>{rfc}</td><td><a href='{url}'>{title}</a></td></tr>"


@pytest.mark.parametrize(
    "table",
    [
        written(PLAIN),
        f"<tr><th>Date</th><th>Title</th></tr>{written(PLAIN)}",
        written(PLAIN + BLANK),
        written(PLAIN + "<tr><td colspan='2'><hr></td></tr>"),
    ],
)
def test_a_table_of_one_row_a_record_is_read_by_its_rows(table: str) -> None:
    found = find(framed(f"<table>{table}</table>"))
    assert not found.best.selectors.between
    assert found.items == items_of(MADE)
    assert found.days == DAYS


def by_twos(above: str, below: str) -> str:
    """Return two rows of stories each, with the day of the first above them or that of the second below."""
    line = '<tr><td><a href="{url}">{title}</a></td></tr>'
    parts = ((above + line, one) if one.number % 2 == 0 else (line + below, one) for one in MADE)
    return "".join(template.format_map(one.words) for template, one in parts)


def test_rows_of_days_date_the_rows_below_them() -> None:
    found = find(framed(f"<table>{by_twos('<tr><td>{rfc}</td></tr>', '')}</table>"))
    assert found.items == items_of(MADE)
    assert found.days == [day for day in DAYS[::2] for _ in range(2)]


def test_a_date_below_every_second_row_is_of_no_row_below_it() -> None:
    found = find(framed(f"<table>{by_twos('', '<tr><td>{rfc}</td></tr>')}</table>"))
    assert found.items == items_of(MADE)
    assert all(day in (None, own) for day, own in zip(found.days, DAYS, strict=True))
