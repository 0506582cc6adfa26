"""Date expressions: found by a small grammar, resolved against the publication date.

``component`` (spaCy component ``wirewatch_dates``) works on any tokenised Doc, needs no tags and
takes linear time: words become one-letter classes (``words``), a regular expression over the
letters finds expressions (``grammar``), calendar arithmetic resolves them (``resolve``).
"""
