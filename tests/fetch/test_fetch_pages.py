"""What comes back: pages, "not modified", and the errors that statuses and media types stand for."""

import ssl
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder import __version__
from feedbuilder.fetch import HttpFetcher, default_user_agent, session
from feedbuilder.fetch.retry_after import read_retry_after
from feedbuilder.fetch.session import tls_context
from feedbuilder.fetch.statuses import bad_status
from feedbuilder.model import ConfigError, FetchError, FetchSettings, NotModified, Page, Source, Validators
from tests.fetch.loopback import NOW, Line, Site, answer, redirect

MakeFetcher = Callable[..., HttpFetcher]
CERTIFICATES = Path(__file__).parent / "certificates"
FEBRUARY = "Fri, 06 Feb 2026 10:28:00 GMT"


def test_a_page_as_it_came(site: Site, fetcher: HttpFetcher) -> None:
    body = "<p>Zürich</p>".encode("latin-1")
    site.pages["/news?page=1"] = answer(
        body, "Content-Type: text/html; charset=ISO-8859-1", 'ETag: W/"7"', f"Last-Modified: {FEBRUARY}"
    )
    assert fetcher.get(site.url("/news?page=1#top")) == Page(
        url=site.url("/news?page=1"),
        body=body,
        fetched_at=NOW,
        content_type="text/html; charset=ISO-8859-1",
        validators=Validators('W/"7"', FEBRUARY),
        status=200,
    )


def test_a_source_is_fetched_with_its_headers_and_language(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["/"] = answer()
    source = Source.model_validate(
        {
            "id": "morning-post",
            "url": site.url(),
            "language": "pt-BR",
            "headers": {"X-Key": "secret", "accept": "text/html"},
            "selectors": {"item": "article"},
        }
    )
    page = make_fetcher(tools={"contact": "editor@example.org"}).fetch(source, Validators())
    assert isinstance(page, Page)
    sent = site.last("/").headers
    assert sent == {
        "host": f"127.0.0.1:{site.port}",
        "user-agent": f"feedbuilder/{__version__} (+editor@example.org)",
        "accept": "text/html",
        "accept-language": "pt-BR, pt;q=0.9, *;q=0.5",
        "accept-encoding": sent["accept-encoding"],
        "x-key": "secret",
    }
    assert "gzip, deflate" in sent["accept-encoding"]


def test_no_cookie_is_kept(site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = answer("hello", "Set-Cookie: track=1; Path=/")
    fetcher.get(site.url())
    fetcher.get(site.url())
    assert "cookie" not in site.last("/").headers


def test_nothing_is_taken_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, site: Site, fetcher: HttpFetcher
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    site.pages["/"] = answer()
    fetcher.get(site.url())
    assert "authorization" not in site.last("/").headers


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        (None, ""),
        ("", ""),
        ("  ", ""),
        ("https://example.org/bot", " (+https://example.org/bot)"),
        ("a@b.example\r\nX-Evil: 1", " (+a@b.exampleX-Evil: 1)"),
    ],
)
def test_the_user_agent_is_honest(contact: str | None, shown: str) -> None:
    assert default_user_agent(contact) == f"feedbuilder/{__version__}{shown}"


def test_the_user_agent_can_be_replaced(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["/"] = answer()
    make_fetcher(user_agent="NewsBot/2").get(site.url())
    assert site.last("/").headers["user-agent"] == "NewsBot/2"


def test_settings_that_no_request_could_work_with(tmp_path: Path) -> None:
    settings = FetchSettings(user_agent="two\r\nlines", ca_bundle=tmp_path / "missing.pem")
    with pytest.raises(ConfigError) as caught:
        HttpFetcher(settings)
    assert len(caught.value.problems) == 2
    assert "missing.pem cannot be used (No such file or directory)" in str(caught.value)


def test_a_bundle_without_certificates(tmp_path: Path) -> None:
    bundle = tmp_path / "empty.pem"
    bundle.write_text("no certificate")
    with pytest.raises(ConfigError, match=r"empty\.pem cannot be used"):
        HttpFetcher(FetchSettings(ca_bundle=bundle))


# Conditional GET


@pytest.mark.parametrize(
    ("validators", "sent"),
    [
        (Validators('"7"', FEBRUARY), {"if-none-match": '"7"', "if-modified-since": FEBRUARY}),
        (Validators("without quotes", None), {"if-none-match": "without quotes"}),
        (Validators(None, "0"), {"if-modified-since": "0"}),
        (Validators("", ""), {}),
        (Validators('"bad\r\nX-Evil: 1"', None), {}),
    ],
)
def test_validators_are_sent_back_as_they_came(
    validators: Validators, sent: dict[str, str], site: Site, fetcher: HttpFetcher
) -> None:
    site.pages["/"] = answer()
    fetcher.get(site.url(), validators=validators)
    headers = site.last("/").headers
    assert {name: value for name, value in headers.items() if name.startswith("if-")} == sent
    assert "x-evil" not in headers


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((), Validators('"old"', FEBRUARY)),
        (('ETag: "new"',), Validators('"new"', FEBRUARY)),
        (('ETag: "new"', "Last-Modified: later"), Validators('"new"', "later")),
    ],
)
def test_not_modified_keeps_or_renews_the_validators(
    headers: tuple[str, ...], expected: Validators, site: Site, fetcher: HttpFetcher
) -> None:
    site.pages["/"] = "\r\n".join(["HTTP/1.1 304 Not Modified", *headers, "", ""]).encode()
    for _ in range(2):
        assert fetcher.get(site.url(), validators=Validators('"old"', FEBRUARY)) == NotModified(expected)
    assert site.connections == 1


def test_a_304_that_announces_chunks_is_not_waited_for(site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = b"HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert isinstance(fetcher.get(site.url(), validators=Validators('"7"')), NotModified)


def test_not_modified_without_a_question_is_an_error(site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    with pytest.raises(FetchError, match="never was") as caught:
        fetcher.get(site.url())
    assert caught.value.status == 304


def test_not_modified_after_a_redirect(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/": redirect("/here"), "/here": b"HTTP/1.1 304 Not Modified\r\n\r\n"}
    assert fetcher.get(site.url(), validators=Validators('"7"')) == NotModified(Validators('"7"'))


# Statuses


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (204, "has no content"),
        (206, "a part of the page"),
        (300, "points elsewhere"),
        (302, "points elsewhere"),
        (400, "does not understand"),
        (401, "asks for a login"),
        (403, "does not let us in"),
        (404, "does not exist"),
        (410, "gone for good"),
        (418, "is refused"),
        (429, "ask too often"),
        (451, "legal reasons"),
        (500, "error on its side"),
        (503, "overloaded"),
        (520, "error on its side"),
        (999, "HTTP does not know"),
    ],
)
def test_other_statuses_are_explained(status: int, message: str, site: Site, fetcher: HttpFetcher) -> None:
    length = "" if status == 204 else "Content-Length: 5\r\n"
    site.pages["/"] = f"HTTP/1.1 {status} Something\r\n{length}\r\n".encode() + b"sorry" * (status != 204)
    with pytest.raises(FetchError, match=rf"{message}.*\(status {status}\)\. [A-Z]") as caught:
        fetcher.get(site.url())
    assert (caught.value.status, caught.value.retry_after) == (status, None)
    assert site.url() in str(caught.value)


@pytest.mark.parametrize("status", [200, 201, 203])
def test_successes_with_a_body_are_pages(status: int, site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = answer(status=f"{status} Fine")
    page = fetcher.get(site.url())
    assert isinstance(page, Page)
    assert page.status == status


@pytest.mark.parametrize("body", ["", "  \r\n\t"])
def test_an_empty_page_is_an_error(body: str, site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = answer(body)
    with pytest.raises(FetchError, match="came without content") as caught:
        fetcher.get(site.url())
    assert caught.value.status == 200


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable", "403 Forbidden"])
def test_retry_after_comes_with_the_error(status: str, site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = answer("busy", "Retry-After: 120", status=status)
    with pytest.raises(FetchError) as caught:
        fetcher.get(site.url())
    assert caught.value.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("Fri, 06 Feb 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Fri, 06 Feb 2026 12:05:00 -0000", timedelta(minutes=5)),
        ("Fri, 06 Feb 2026 16:05:00 +0400", timedelta(minutes=5)),
        ("Friday, 06-Feb-26 12:05:00 GMT", timedelta(minutes=5)),
        ("Fri, 06 Feb 2026 11:59:59 GMT", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("9" * 5000, None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_all_its_forms(value: str | None, expected: timedelta | None) -> None:
    assert read_retry_after(value, NOW) == expected


def test_a_date_in_retry_after_is_counted_from_the_clock_of_the_site() -> None:
    said = {"Retry-After": "Wed, 01 Jan 2020 00:10:00 GMT", "Date": "Wed, 01 Jan 2020 00:00:00 GMT"}
    assert bad_status("http://a.example/", 503, said, NOW).retry_after == timedelta(minutes=10)
    assert bad_status("http://a.example/", 503, said | {"Date": "soon"}, NOW).retry_after is None


@given(st.text())
def test_retry_after_survives_any_text(text: str) -> None:
    assert read_retry_after(text, NOW) is None or text.strip()


@given(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=20_000)))
def test_any_later_moment_is_waited_for(wait: timedelta) -> None:
    whole = timedelta(seconds=int(wait.total_seconds()))
    assert read_retry_after(format_datetime(NOW + whole, usegmt=True), NOW) == whole


# Media types


@pytest.mark.parametrize(
    "content_type",
    ["image/png", "Audio/mpeg", "video/mp4; codecs=x", "application/pdf", "application/zip", "font/woff2"],
)
def test_what_is_plainly_no_page(content_type: str, site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = answer("...", f"Content-Type: {content_type}")
    with pytest.raises(FetchError, match=f"is no page but {content_type.partition(';')[0].lower()}"):
        fetcher.get(site.url())


def test_a_packed_file_is_a_page_only_where_a_sitemap_is_wanted(site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/map.xml.gz"] = answer("packed", "Content-Type: application/gzip")
    with pytest.raises(FetchError, match="is no page but application/gzip"):
        fetcher.get(site.url("/map.xml.gz"))
    page = fetcher.get(site.url("/map.xml.gz"), largest=1_000_000)
    assert isinstance(page, Page)
    assert page.body == b"packed"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/json",
        "application/octet-stream",
        "nonsense",
        ";",
    ],
)
def test_what_may_be_a_page(content_type: str, site: Site, fetcher: HttpFetcher) -> None:
    site.pages["/"] = answer("<p>news", f"Content-Type: {content_type}")
    page = fetcher.get(site.url())
    assert isinstance(page, Page)
    assert page.content_type == content_type


# TLS


def test_a_private_authority(tls_site: Site, make_fetcher: MakeFetcher) -> None:
    tls_site.pages["/"] = answer("safe")
    fetcher = make_fetcher(ca_bundle=CERTIFICATES / "authority.pem")
    for _ in range(2):
        page = fetcher.get(tls_site.url(host="localhost"))
        assert isinstance(page, Page)
        assert page.body == b"safe"
    assert tls_site.connections == 1


def test_a_private_authority_is_trusted_besides_the_public_ones() -> None:
    public = set(tls_context().get_ca_certs(binary_form=True))
    both = set(tls_context(CERTIFICATES / "authority.pem").get_ca_certs(binary_form=True))
    assert both > public


def test_no_authority_is_loaded_for_a_site_without_tls(
    site: Site, tls_site: Site, make_fetcher: MakeFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def context() -> ssl.SSLContext:
        loaded.append("once")
        return tls_context(CERTIFICATES / "authority.pem")

    monkeypatch.setattr(session, "public_tls_context", context)
    fetcher = make_fetcher()
    site.pages["/"] = tls_site.pages["/"] = answer("here")
    assert isinstance(fetcher.get(site.url()), Page)
    assert loaded == []
    assert isinstance(fetcher.get(tls_site.url(host="localhost")), Page)
    assert isinstance(fetcher.get(tls_site.url("/", host="localhost").replace("https", "HTTPS")), Page)
    assert loaded == ["once"]


def test_an_unknown_authority(tls_site: Site, fetcher: HttpFetcher) -> None:
    with pytest.raises(FetchError, match=r"certificate of localhost is not valid \(.+\).*ca_bundle"):
        fetcher.get(tls_site.url(host="localhost"))
    assert tls_site.asked == []


def test_a_certificate_for_another_name(tls_site: Site, names: dict[str, list[str]], make_fetcher: MakeFetcher) -> None:
    names["other.example"] = ["127.0.0.1"]
    fetcher = make_fetcher(ca_bundle=CERTIFICATES / "authority.pem", allow_hosts=("other.example",))
    with pytest.raises(FetchError, match=r"certificate of other\.example is not valid \(Hostname mismatch"):
        fetcher.get(tls_site.url(host="other.example"))


def test_https_where_the_site_speaks_plain_http(make_site: Callable[..., Site], fetcher: HttpFetcher) -> None:
    site = make_site(raw=lambda line: line.send(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
    with pytest.raises(FetchError, match="No encrypted connection to localhost came about"):
        fetcher.get(f"https://localhost:{site.port}/")


def test_a_tls_body_that_drips_is_cut_off(tls_site: Site, make_fetcher: MakeFetcher) -> None:
    def reply(line: Line) -> None:
        line.send(b"HTTP/1.1 200 OK\r\n\r\n")
        line.drip(b"x" * 1000)

    tls_site.pages["/"] = reply
    fetcher = make_fetcher(ca_bundle=CERTIFICATES / "authority.pem", deadline=timedelta(seconds=0.6))
    with pytest.raises(FetchError, match=r"not complete within 0\.6s"):
        fetcher.get(tls_site.url(host="localhost"))


@pytest.mark.parametrize("secret", ["headers", "address"])
def test_the_headers_of_a_source_go_to_its_further_pages_and_to_no_other_site(
    site: Site, make_fetcher: MakeFetcher, secret: str
) -> None:
    site.pages["/?page=2"] = answer()
    with_password = f"http://me:secret@127.0.0.1:{site.port}/"
    made = {"id": "post", "url": with_password if secret == "address" else site.url(), "selectors": {"item": "article"}}
    source = Source.model_validate(made | ({"headers": {"Authorization": "key"}} if secret == "headers" else {}))
    fetcher = make_fetcher()
    assert fetcher.further(source, site.url("/?page=2")).body
    assert site.last("/?page=2").headers["authorization"] in {"key", "Basic bWU6c2VjcmV0"}
    elsewhere = site.url("/?page=2").replace("127.0.0.1", "localhost")
    assert fetcher.further(source, elsewhere).body
    assert "authorization" not in site.last("/?page=2").headers
