from wirewatch.incidents import Linker, MemoryStore

from .build import at, claim, event


def test_first_report_opens_an_incident_and_a_second_joins_it() -> None:
    linker = Linker(MemoryStore())
    (first,) = linker.link(event("a", 0, claim("killed", 9)), at(0))
    (second,) = linker.link(event("b", 1, claim("killed", 12)), at(1))
    assert second.id == first.id
    assert (first.revision, second.revision) == (1, 2)
    assert (first.tolls["killed"].best, second.tolls["killed"].best) == (9, 12)
    assert second.publishers == 2
    assert "killed 9 → 12" in second.changed


def test_same_event_again_changes_nothing() -> None:
    linker = Linker(MemoryStore())
    linker.link(event("a", 0, claim("killed", 9)), at(0))
    assert linker.link(event("a", 0, claim("killed", 9)), at(5)) == ()
