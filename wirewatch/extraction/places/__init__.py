"""Places: a gazetteer, and what context says about which namesake is meant."""
