"""Lines around an article that are not the article: counters, sharing, "read more"."""

from __future__ import annotations

import re

_COUNTER = (
    r"(?:\d[\d,.]*k?|no|one|an?|leave a|add a|view|post a|write a)\s+(?:new\s+)?"
    r"(?:comments?|replies|reply|shares?|likes?|views?|reads?|retweets?|reactions?|responses?)"
    r"|comments?:?\s*\(?\d*\)?|(?:views?|shares?|likes?|reads?):\s*\d[\d,.]*k?"
)
_TIME = (
    r"(?:\d+|a|an|one|two|three|four|five)[\s-]*(?:min(?:ute)?s?|seconds?|h(?:ou)?rs?)"
    r"[\s-]*(?:read|listen|watch)"
    r"|(?:reading|read|listening) time:?\s*\d+\s*min(?:ute)?s?"
    r"|(?:published|updated|posted|last updated|last modified)?:?\s*(?:\d+|an?|one)\s+"
    r"(?:seconds?|min(?:ute)?s?|h(?:ou)?rs?|days?)\s+ago"
    r"|just now"
    r"|(?:first published|last updated|last modified|updated|published|posted):?"
    r"(?:[\s,:.+()/|•-]*(?:\d+(?:st|nd|rd|th)?|on|at|of|am|pm|a\.m|p\.m|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri"
    r"|sat(?:ur)?|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?"
    r"|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|gmt|utc|bst|[ec][es]t|e[sd]t|ist|local time|today|yesterday|t|z)\b){1,12}"
)
_SHARE = (
    r"(?:share|tweet|pin|email|print|save|copy link|whatsapp|facebook|twitter|linkedin|telegram"
    r"|reddit)"
)
_MORE = (
    r"(?:read|see|view|find out|learn|click here for) more\b[^.]{0,60}|continue reading\b.{0,80}"
    r"|read (?:the )?(?:full|rest|whole|entire|original)\b.{0,80}|full (?:story|article|coverage)"
    r"|click here\b.{0,80}|keep reading\b.{0,40}|more(?: »| →|\.\.\.|…)|\[?(?:…|\.\.\.)\]?"
    r"|the post .{1,300}? (?:first appeared|appeared first) on .{1,100}"
    r"|this (?:article|post|story) (?:was )?(?:originally |first )?(?:appeared|published)"
    r" (?:first )?on\b.{1,100}"
    rf"|{_SHARE}(?:[\s|,/•·]+(?:this|on|via|it|to|x|{_SHARE}))*"
    r"|sign up (?:for|to) (?:our|the|my)\b.{0,120}|subscribe to (?:our|the|my)\b.{0,120}"
    r"|follow us on\b.{0,100}|(?:download|get) (?:our|the) app\b.{0,80}|advertisement|sponsored"
    r"|related (?:articles?|stories|topics|content|posts?):?|(?:image|photo) caption|getty images"
    r"|(?:also|previously|more|read more|watch) (?:on|from) \w+(?: \w+){0,3}:"
    r"|submitted by\s+/?u/\S+(?: to r/\S+)?|\[link\]\s*\[comments\]"
    r"|skip to (?:main )?content|back to top|listen to this article|play audio|play video"
)
_LINE = re.compile(
    rf"^[\W_]*(?:{_COUNTER}|{_TIME}|{_MORE})[\W_]*$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s*\[(?:…|\.\.\.)\]|\s*(?:Continue reading|Read more|Read on|Full story|More)"
    r"\s*(?:…|\.\.\.|»|→|>>?)|\s*[(|•·-]\s*\d[\d,]*\s+(?:comments?|shares?|views?|likes?)\)?"
    r"|(?<=[.!?\"”])\s+\d[\d,]*\s+(?:comments?|shares?|views?|likes?)"
    r"|(?<=[.!?\"”…])\s+(?:Continue reading|Read more|Read the full story)[^.]{0,60}"
    r"|\s*The post .{1,300}? (?:first appeared|appeared first) on .{1,100})\s*$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"^\s*(?:\d+\s*min(?:ute)?s?[\s-]*read|\d[\d,]*\s+(?:comments?|shares?|views?))\s*[|•·:–-]?\s+",
    re.IGNORECASE,
)
_MAX_LINE = 400
"""Characters: a longer line is text, whatever it begins with."""
_WORDS = re.compile(r"[\W_]+")


def strip(text: str) -> str:
    """``text`` without lines that are only boilerplate, and without such heads and tails."""
    lines = (line for line in text.split("\n") if len(line) > _MAX_LINE or not _LINE.match(line))
    kept = "\n".join(lines)
    head = _HEAD.sub("", kept[:200]) + kept[200:]
    before = None
    while before != head:  # tails stand behind one another: "[…] Read more »"
        before = head
        head = head[:-_MAX_LINE] + _TAIL.sub("", head[-_MAX_LINE:])
    return head.strip()


def substance(text: str) -> str:
    """``text`` reduced to what an edit must touch to count: its words and figures, in order.

    Case, punctuation, white space and boilerplate make no difference.
    """
    return _WORDS.sub(" ", strip(text).casefold()).strip()
