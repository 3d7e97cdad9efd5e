"""The same address in other clothes: what publishers add to the addresses of their articles, and change at will.

Owns the table of what is added: parameters that tell where a reader came from, sessions and stamps, mobile hosts, AMP.
The canonical form (`identity`) is what ids are made from and never changes; `plain_address` goes further, and is only
ever a hint: `ref` and `source` tell articles apart on some sites. Whoever compares plain addresses has to look at the
titles too, and at the rest of the page.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WHERE_FROM = """
    ref ref_ ref_src ref_url refsrc refer referer referrer referral referring_source referrer_source rref sref
    source sourceid src esrc wpsrc wpisrc wprss via from from_page fromsource frompage click_from clickfrom
    fromurl origin origin_source entry_point entrypoint entry
    cmp cmpid campaign campaign_id campaignid camp cid_source tracking tracking_id trackingid track trackid trk trkinfo
    trkcampaign traffic_source trafficsource traffic tsrc ocid icid icmp intcid int_cid intcmp int_source int_medium
    int_campaign int_content int_term internal_source scid smid smtyp ito mod mbid bxid esid emc emci emcid nl
    newsletter newsletter_id nlid partner partnerid partner_id affiliate affid aff aff_id soc_src soc_trk socsrc social
    sns share shared sharing share_id shareid share_token sharetoken sharetype share_type sr_share sh shareadraft
    feature feat recirc reco recoid recid rec_source recommended related rel_source link_location linklocation
    link_source linkposition link_position placement widget module modul teaser teaserid teaser_pos campaigntype
    xtref xtcr xts dicbo tblci obclid oborigurl ob_source spm scm pvid ustat tpcc taid sf socialnetwork fr cvid
    snr ct_source vgnextrefresh zanpid ef_id s_kwcid iclid wtrid efg ved usg sa_source guccounter
"""
"""The page, the box, the campaign, the partner or the newsletter that a reader came from."""
_POSITIONS = "pos position rank slot idx itempos item_pos listpos list_pos"
"""Where on the page the link stood."""
_SESSIONS = """
    sid sessid sessionid session_id session jsessionid phpsessid asp.net_sessionid cfid cftoken zenid oscsid osc_sid
    p_p_auth p_auth csrf csrf_token csrftoken nonce ts _ts timestamp _timestamp cb _cb _ _t _r _rnd rnd rand random
    nocache no_cache cachebuster cache_buster cachebust bust token _token
"""
"""Sessions, signatures, and stamps against caches."""
_FORMS = "amp ampmode amp_js_v amp_gsa usqp outputtype output_type ampshare mobile ismobile print_mode"
"""Other forms of the same page."""
NAMES = frozenset(f"{_WHERE_FROM} {_POSITIONS} {_SESSIONS} {_FORMS}".split())
"""Parameters, in small letters, that mostly do not tell articles apart."""
_PREFIXES = """
    at_ cmp itm_ ito_ int_c ns_ wt. wt_ utm ga_ gaa_ guce pf_rd_ pd_rd_ ref_ ref- soc_ stm_ trk_ track_ tracking_
    traffic_ xtm_ cx_ ob_ tbl_ src_ aspsessionid _hs __
"""
PREFIXES = tuple(_PREFIXES.split())
"""Beginnings of such parameters."""

_MOBILE = re.compile(r"(?:m|mobile|mobil|amp|wap|touch|www\d?)\.(?=[^.:/]+\.)")
_SESSION_SEGMENT = re.compile(r"/\((?:[A-Z]\([^()/]*\)){1,4}\)(?=/|$)")
"""ASP.NET's session without cookies: "/(S(abc…))/news/100.aspx", also "(A(…)S(…)F(…))"."""
_MATRIX_SESSION = re.compile(r";(?:[a-z]{0,12}sess(?:ion)?[a-z_]{0,4}|sid)=[^/;]*", re.IGNORECASE)
_AMP_END = re.compile(r"/amp(?:\.html?)?$|\.amp$|[._-]amp(?=\.html?$)")
_AMP_START = re.compile(r"^/amp(?=/[^/]+/|/[^/]{8,}$)")


def is_decoration(name: str) -> bool:
    """Return whether the parameter `name` is one of those that mostly do not tell articles apart."""
    lower = name.lower()
    return lower in NAMES or lower.startswith(PREFIXES)


@lru_cache(maxsize=2048)
def plain_address(canonical: str) -> str:
    """Return a canonical address without what the table knows to be decoration; itself if there is none.

    Without the parameters of the table, the sessions in the path, "/amp", and the mobile part of the host. Idempotent.
    Never empty: what would be left without path and query keeps what it has.
    """
    address, hash_mark, fragment = canonical.partition("#")
    place, question_mark, query = address.partition("?")
    host, slash, path = place.partition("/")
    path = slash + path
    while found := _MOBILE.match(host):
        host = host[found.end() :]
    if "(" in path:
        path = _SESSION_SEGMENT.sub("", path)
    if ";" in path:
        path = _MATRIX_SESSION.sub("", path)
    if "amp" in path:
        path = _AMP_START.sub("", _AMP_END.sub("", path)) or path
    path = path.rstrip("/")
    parts = [part for part in query.split("&") if part and not is_decoration(part.partition("=")[0])]
    plain = host + path + ("?" + "&".join(parts) if parts else "") + hash_mark + fragment
    return canonical if question_mark and not path and not parts else plain
