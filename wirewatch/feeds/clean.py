"""Markup → clean plain text: paragraphs as lines, entities and mojibake repaired."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import ftfy
from lxml import etree
from lxml import html as lxml_html

from wirewatch.feeds import boilerplate
from wirewatch.feeds.entry import Text
from wirewatch.safety import one_line, printable

MAX_MARKUP = 1_000_000
"""Characters of one entry's markup that are read."""
MAX_TEXT = 100_000
"""Characters of an article's text: with its previous text it stays below Kafka's 1 MB a record."""
MAX_TITLE = 500
_DROPPED = {
    "script", "style", "noscript", "template", "iframe", "svg", "math", "canvas",
    "form", "button", "select", "textarea", "audio", "video", "head", "title", "nav",
    "figcaption", "del", "s", "strike",
}  # fmt: skip
"""What is no part of an article's words; of a picture's caption one does not know when and where it
was taken, and what a publisher struck out it no longer says."""
_BLOCKS = {
    "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table", "blockquote", "pre", "hr",
    "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "aside", "figure",
    "main", "address", "center", "td", "th",
}  # fmt: skip
_SPACE = re.compile(r"[^\S\n]+")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_LEFTOVER = re.compile(
    r"</[a-z][a-z0-9]*\s*>|<(?:br|hr|img|p|div|span|li)\b[^<>]{0,2000}>"
    r"|<[a-z][a-z0-9]*\s[^<>=]{0,200}=[^<>]{0,2000}>|<!--[^<>]{0,2000}-->",
    re.IGNORECASE,
)
"""Markup that was escaped once too often: it closes, has attributes, or stands alone by nature. One
opening tag by itself is what a text about markup says."""
_ESCAPED_TWICE = 2
"""How often markup that was escaped more than once is looked for."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CDATA = "<![CDATA["
_WRAP = re.compile(r"\n(?=[^\S\n]*[a-z])|(?<=[^\n]{49}[^\s.!?:;\"\u201d\u2019')\]])[^\S\n]*\n")
_PARAGRAPH_GAP = re.compile(r"\n[^\S\n]*\n+")
_FIX = ftfy.TextFixerConfig(uncurl_quotes=False, unescape_html=False, normalization="NFC")


def title(text: Text) -> str:
    """One line of at most ``MAX_TITLE`` characters."""
    return one_line(_plain(text, 20_000), MAX_TITLE)


def body(text: Text) -> tuple[str, bool]:
    """The text, a paragraph a line, without boilerplate; and whether it was cut."""
    cut = len(text.value) > MAX_MARKUP
    return bounded(boilerplate.strip(lines(_plain(text, MAX_MARKUP))), cut=cut)


def bounded(text: str, *, cut: bool = False) -> tuple[str, bool]:
    """``text`` at most ``MAX_TEXT`` characters long, and whether anything was cut."""
    return text[:MAX_TEXT], cut or len(text) > MAX_TEXT


def lines(text: str) -> str:
    """``text`` with single spaces, without empty lines."""
    stripped = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in stripped if line)


def repaired(text: str) -> str:
    """``text`` with mojibake undone and without characters that do not print."""
    if not text.isascii():
        text = ftfy.fix_text(text, _FIX)
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def _plain(text: Text, limit: int) -> str:
    value = text.value[:limit]
    value = _from_html(value) if text.kind == "html" else _flowed(value)
    return repaired(_unescaped(value))


def _unescaped(value: str) -> str:
    """``value`` without the markup and entities that are left in it.

    In plain text too: many feeds name markup plain.
    """
    for _ in range(_ESCAPED_TWICE):
        value = _without_leftovers(value)
        if not _ENTITY.search(value):
            return value
        value = html.unescape(value)
    return _without_leftovers(value)


def _without_leftovers(value: str) -> str:
    if not _LEFTOVER.search(value):
        return value
    return _from_html(value.replace("\n", "<br>"))  # its lines are paragraphs already


def _flowed(value: str) -> str:
    """Plain text; where empty lines part its paragraphs, other line ends are only wrapping.

    So are those within a sentence: before a small letter, or where a long line does not end like
    one.
    """
    value = value.strip().replace("\r\n", "\n").replace("\r", "\n")
    if _PARAGRAPH_GAP.search(value):
        return "\n".join(part.replace("\n", " ") for part in _PARAGRAPH_GAP.split(value))
    return _WRAP.sub(" ", value)


def _from_html(markup: str) -> str:
    if _CDATA in markup:  # wrapped twice
        markup = markup.replace(_CDATA, "").replace("]]>", "").rstrip().removesuffix("]]")
    if "<" not in markup:
        return _flowed(html.unescape(markup))
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    data = markup.replace("\0", "").encode("utf-8", "replace")
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):  # nothing but comments
        return ""
    return "".join(_pieces(root))


def _pieces(root: etree._Element) -> Iterator[str]:
    """Text of ``root`` in order, a newline around blocks. Not recursive: depth may be hostile."""
    skipping = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        dropped = name in _DROPPED or _is_hidden(element)
        if event == "start":
            skipping += dropped
            if not skipping:
                yield "\n" if name in _BLOCKS else ""
                yield (element.text or "").replace("\n", " ")
            continue
        skipping -= dropped
        if not skipping:
            yield "\n" if name in _BLOCKS else ""
            yield (element.tail or "").replace("\n", " ")


def _is_hidden(element: etree._Element) -> bool:
    """Whether a browser shows nothing of ``element``: a person would not read it either."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(str(element.get("style", ""))))
