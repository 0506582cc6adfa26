"""The referee of the whole article: what it says of a type outweighs the single mentions."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.unit.extraction.reading import article
from wirewatch.extraction import read
from wirewatch.extraction.factuality import article as news
from wirewatch.extraction.pipeline import shipped
from wirewatch.extraction.referee import files

NEWS = "Gunmen killed four police officers in Kandahar on Tuesday, officials said."
HISTORY = "The museum shows how rebels besieged and bombed the old fort in Kandahar."
Weigh = Callable[[float], None]


@pytest.fixture
def weigh(tmp_path: Path) -> Iterator[Weigh]:
    """Put in a referee of the article that gives every type the same odds."""

    def put(odds: float) -> None:
        folder = tmp_path / str(odds)
        shutil.copytree(Path(files.__file__).parent, folder)
        none = {
            name: np.zeros(0, kind)
            for name, kind in (
                ("feature", np.int16), ("threshold", np.float64), ("left", np.int16),
                ("right", np.int16), ("missing_left", np.bool_), ("value", np.float64),
                ("roots", np.int32), ("classes", np.int16),
            )
        }  # fmt: skip
        np.savez(folder / "article_heads.npz", **none, base=np.array([odds]))
        files.use(folder)

    yield put
    files.use(None)


def attacks(text: str) -> set[str]:
    return {e.when for e in read(article(text), shipped()) if e.type == "attack" and not e.claims}


def test_a_type_that_the_article_does_not_tell_as_news_is_history(weigh: Weigh) -> None:
    text = "Gunmen attacked a checkpoint in Kandahar, officials said on Tuesday."
    weigh(5.0)
    assert attacks(text) == {"current"}
    weigh(-5.0)
    assert attacks(text) == {"background"}


def test_a_day_of_the_week_that_is_the_deeds_own_makes_it_news(weigh: Weigh) -> None:
    weigh(-5.0)
    assert attacks("Gunmen attacked a checkpoint in Kandahar on Tuesday.") == {"current"}
    assert attacks("On 3 June gunmen attacked a checkpoint in Kandahar.") == {"background"}


def test_the_surest_mention_is_news_where_the_article_tells_the_type_as_news(
    weigh: Weigh, monkeypatch: pytest.MonkeyPatch
) -> None:
    weigh(5.0)
    assert "current" not in attacks(HISTORY)  # alone it is too surely history
    monkeypatch.setattr(news, "MAY_BE_NEWS", 0.05)
    assert "current" in attacks(HISTORY)
    weigh(-5.0)
    assert "current" not in attacks(HISTORY)


def test_counts_stay_with_their_own_judgement(weigh: Weigh) -> None:
    weigh(-5.0)
    (event,) = [e for e in read(article(NEWS), shipped()) if e.claims]
    assert (event.type, event.when) == ("attack", "current")


def types(text: str) -> set[str]:
    return {e.type for e in read(article(text), shipped()) if e.when == "current" and not e.claims}


def test_what_words_beyond_doubt_tell_is_news_whatever_the_article_is_taken_for(
    weigh: Weigh,
) -> None:
    weigh(-5.0)
    assert "accident" in types("The ferry went down on Tuesday with all its cargo.")


def test_a_mention_that_hardly_tells_an_event_is_no_news_for_the_articles_sake(
    weigh: Weigh,
) -> None:
    weigh(5.0)
    assert "talks" not in types("The president visited survivors in a hospital on Monday.")
