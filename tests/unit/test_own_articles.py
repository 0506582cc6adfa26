"""Our own labelled articles are whole, and the check of them can fail."""

from pathlib import Path

import pytest

from training import own_articles

GOOD = """\
- id: one
  published: 2019-05-14
  title: "Bomb on bus kills 14"
  text: A bomb on a bus killed 14 people in Mosul on Monday, police said.
  events:
    - {type: attack, place: Mosul, country: IQ, quote: A bomb on a bus killed 14 people,
       claims: [{kind: killed, value: 14, quote: killed 14 people}]}
"""


@pytest.mark.parametrize("path", own_articles.files(), ids=lambda path: path.stem)
def test_every_file_is_right(path: Path) -> None:
    assert list(own_articles.faults([path])) == []


def test_there_are_many() -> None:
    assert len(list(own_articles.articles())) > 1000


def test_ids_are_given_once() -> None:
    ids = [article["id"] for article, _ in own_articles.articles()]
    assert len(ids) == len(set(ids))


def test_what_is_left_out_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(GOOD)
    [(article, labels)] = own_articles.articles([path])
    assert (article["id"], article["published"]) == ("own-one", "2019-05-14")
    [event] = labels["events"]
    assert (event["when"], event["status"], event["date"]) == ("current", "happened", None)
    assert event["claims"][0]["modifier"] == "exact"
    assert event["claims"][0]["explicit"] is True


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("killed 14 people}", "killed 15 people}", "the quote is not in title or text"),
        ("type: attack", "type: raid", "type is 'raid'"),
        ("country: IQ", "country: Iraq", "country is not two capitals"),
        ("value: 14", "modifier: range", "a range needs low and high"),
        ("value: 14", "modifier: vague, value: 14", "the modifier vague goes with no number"),
        ("place: Mosul", "town: Mosul", "unknown keys town"),
        ("2019-05-14", "May 2019", "published is no date"),
        ("  events:", "  events: none", "cannot be read"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "a.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new))
    assert any(said in fault for fault in own_articles.faults([path]))


def test_an_id_given_twice_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(GOOD + GOOD)
    assert list(own_articles.faults([path])) == ["one: so named twice"]
