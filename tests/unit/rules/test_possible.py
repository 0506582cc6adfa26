"""Which expressions can never be true, by their comparisons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules.test_decide import incident
from wirewatch.rules.expression import Expression
from wirewatch.rules.possible import Demand

NEVER = [
    "1 > 2",
    "!(1 < 2)",
    "false",
    "killed.low > 5 && killed.low < 3",
    "killed.low > 5 && killed.low <= 5",
    "killed.low >= 10 && killed.high < 10",
    "killed.best > 10 && killed.high <= 10",
    "5 > killed.low && 10 < killed.low",
    "killed.low < 0",
    "publishers < 0 || injured.best < 0",
    "type == 'attack' && type == 'talks'",
    "type == 'atack'",
    "type in ['atack', 'talk']",
    "type in ['talks'] && !(type == 'talks')",
    "country == 'AF' && country in ['PK', 'IR']",
    "country == 'AF' && country != 'AF'",
    "confirmed && !confirmed",
    "confirmed == true && status == 'denied' && !confirmed",
    "(killed.low > 5 || confirmed) && !confirmed && killed.low == 2",
    "!(killed.low > 5 || killed.low <= 5)",
    "confirmed ? killed.low < 0 : type == 'nothing'",
]
PERHAPS = [
    "killed.low > 5",
    "killed.low > 5 || killed.low < 3",
    "killed.low <= 10 && killed.high > 100",
    "killed.low > 3 && killed.high == 4",
    "killed.low >= 4 && killed.high < 5",
    "killed.low + injured.low > 100",
    "killed.low > injured.low && injured.low > 3",
    "killed.low > 9 && injured.high < 3",
    "type != 'attack' && type != 'talks'",
    "country != 'AF' && country != ''",
    "country >= 'A' && country < 'B'",
    "headline.contains('bus') && type == 'accident'",
    "actors.exists(a, a.role == 'MIL') && actors.exists(a, a.role == 'REB')",
    "size(titles) > 3 && size(titles) < 9",
    "confirmed || !confirmed",
    "confirmed ? killed.low < 0 : type == 'talks'",
    "publishers == 1 && killed.best == 0",
    "(" + ") && (".join(["killed.low > 3 || injured.low > 3"] * 12) + ")",
]


@pytest.mark.parametrize("source", NEVER)
def test_an_expression_that_contradicts_itself_can_never_hold(source: str) -> None:
    assert not Expression(source).can_hold(())


@pytest.mark.parametrize("source", PERHAPS)
def test_nothing_is_called_impossible_that_is_not(source: str) -> None:
    assert Expression(source).can_hold(())


def test_what_is_given_may_contradict_it() -> None:
    small = Expression("killed.high < 10")
    assert small.can_hold((Demand(("killed", "low"), "ge", 9),))
    assert not small.can_hold((Demand(("killed", "low"), "ge", 10),))


_ATOMS = st.sampled_from(
    ["killed.low > 3", "killed.best <= 5", "killed.high == 4", "type == 'attack'", "confirmed",
     "publishers > 1", "country in ['AF', 'PK']", "status != 'happened'", "5 < killed.high"]
)  # fmt: skip
_TREES = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        inner.map(lambda one: f"!({one})"),
    ),
    max_leaves=6,
)


@given(_TREES, st.integers(0, 12), st.booleans(), st.integers(1, 3), st.booleans())
def test_what_holds_on_an_incident_is_never_called_impossible(
    source: str, killed: int, exact: bool, publishers: int, confirmed: bool
) -> None:
    expression = Expression(source)
    one = incident(killed=killed, exact=exact, publishers=publishers, confirmed=confirmed)
    if expression.holds(one):
        assert expression.can_hold(())
