"""From a feed's address to articles: fetch, parse, article, schedule, registry."""
