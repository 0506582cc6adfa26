"""URLs of articles: cleaned for use, normalised for identity; publishers by registrable domain."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

import tldextract

MAX_URL = 2048
"""Characters; no page of news needs more, and some servers take no more."""

_TRACKING = re.compile(
    r"^(?:utm_\w+|at_\w+|ns_\w+|wt[._]\w+|mc_[ce]id|pk_\w+|mtm_\w+|hsa_\w+|_hs\w+|oly_\w+|vero_\w+"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mkt_tok"
    r"|ocid|cmp|cmpid|icid|intcmp|ncid|ftag|xtor|maca|emc|smid|smtyp|partner|ref_src|ref_url|refsrc"
    r"|traffic_source|taid|guccounter|guce_\w+|__twitter_impression|_ga|_gl|spm|trk|s_cid|sr_share"
    r"|feedtype|feedname|rss|rssid|feed_id|from_rss|campaign_id|instance_id|segment_id)$",
    re.IGNORECASE,
)
"""Parameters that say where a reader came from, never which article it is: those of Google, Meta,
Microsoft, Matomo, HubSpot, Mailchimp and of the large news sites."""
_MAYBE_TRACKING = {
    "ref",
    "src",
    "source",
    "cid",
    "from",
    "mod",
    "via",
    "share",
    "sh",
    "output",
    "feed",
}
_TRACKING_VALUE = re.compile(
    r"rss|feed|atom|twitter|facebook|^fb|newsletter|email|social|share|whatsapp|telegram",
    re.IGNORECASE,
)
_AMP_PARAMETERS = {("amp", "1"), ("amp", ""), ("amp", "true"), ("outputtype", "amp"), ("m", "1")}
_COUNTER = re.compile(
    r"^https?://(?:(?:www\.)?google\.[a-z.]{2,6}/url|(?:www\.)?bing\.com/news/apiclick\.aspx"
    r"|(?:lm?|www)\.facebook\.com/l\.php)\?",
    re.IGNORECASE,
)
_AMP_CACHE = re.compile(r"^/(?:[cvair]/)?(?:s/)?(?P<host>[^/]+\.[^/]+)(?P<path>/.*)?$")
_VARIANT_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|edition)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)(?=/?$|\.html?$)|^/amp(?=/)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index\.(?:html?|php))$", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\x21-\x7e]|[<>\"\\^`{|}]")

_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # its snapshot, no network


def clean_url(url: str | None, base: str | None = None) -> str | None:
    """``url`` made absolute and free of tracking parameters; None unless it is http or https.

    Scheme and host are lower case, default ports and user names are gone, and so is a fragment.
    """
    if not url or len(url) > MAX_URL * 2:
        return None
    url = _unwrapped(url)
    try:
        parts = urlsplit(urljoin(base or "", url.strip()))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    netloc = _netloc(host, port, scheme) if scheme in {"http", "https"} and host else None
    if not netloc or _UNSAFE.search(netloc):
        return None
    path = _UNSAFE.sub(lambda match: quote(match.group()), parts.path) or "/"
    cleaned = urlunsplit((scheme, netloc, path, _without_tracking(parts.query), ""))
    return cleaned if len(cleaned) <= MAX_URL else None


def identity_url(url: str) -> str:
    """The one form of a ``clean_url`` that all variants of an article's address share.

    Scheme, "www.", mobile and AMP variants, a last slash, index.html, and the order of parameters
    make no difference.
    """
    parts = urlsplit(_out_of_amp_cache(url))
    host = _VARIANT_HOST.sub("", parts.netloc)
    path = _AMP_PATH.sub("", unquote(parts.path))
    path = _INDEX.sub("", path).rstrip("/") or "/"
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if (name.lower(), value.lower()) not in _AMP_PARAMETERS
    )
    return f"{host}{path}" + (f"?{urlencode(query)}" if query else "")


def feed_fault(url: str) -> str | None:
    """Why ``url`` cannot be a feed's address, None if it can."""
    if clean_url(url) is None or any(sign.isspace() for sign in url):
        return "allowed are http:// and https:// addresses"
    if "@" in urlsplit(url).netloc:
        return "wirewatch sends no user names and passwords"
    return None


def is_home(url: str) -> bool:
    """Whether a clean URL names a site, not a page of it."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


@lru_cache(maxsize=4096)
def registrable_domain(url: str) -> str | None:
    """``bbc.co.uk`` for any host below it; the host itself where there is no public suffix."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host:
        return None
    return str(_extract(host).top_domain_under_public_suffix) or host


def _netloc(host: str, port: int | None, scheme: str) -> str | None:
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    name = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[scheme]
    return name if port in {None, default} else f"{name}:{port}"


def _without_tracking(query: str) -> str:
    """``query`` without tracking parameters, the others exactly as they were."""
    kept = [part for part in query.split("&") if part and not _tracks(part)]
    return _UNSAFE.sub(lambda match: quote(match.group()), "&".join(kept))


def _tracks(part: str) -> bool:
    name, _, value = part.partition("=")
    if _TRACKING.match(unquote(name)):
        return True
    return name.lower() in _MAYBE_TRACKING and bool(_TRACKING_VALUE.search(value))


def _unwrapped(url: str) -> str:
    """The address that a search engine's counter leads to, as in Google Alerts; else ``url``."""
    match = _COUNTER.match(url)
    if not match:
        return url
    wanted = parse_qsl(urlsplit(url).query)
    found = (value for name, value in wanted if name in {"url", "q", "u"})
    return next((value for value in found if value.startswith(("http://", "https://"))), url)


def _out_of_amp_cache(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path
    if parts.netloc.endswith(".google.com") and path.startswith("/amp/"):
        path = path.removeprefix("/amp")
    elif not parts.netloc.endswith(".cdn.ampproject.org"):
        return url
    match = _AMP_CACHE.match(path)
    if match is None:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{match['host'].lower()}{match['path'] or '/'}{query}"
