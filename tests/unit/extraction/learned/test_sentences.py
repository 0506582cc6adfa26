"""The rules that cut a text into sentences before anything is read."""

import pytest
import spacy

from wirewatch.extraction.learned import sentences
from wirewatch.extraction.tokenizer import adapt

NLP = adapt(spacy.blank("en"))


def cut(text: str) -> list[str]:
    doc = NLP(text)
    return [doc[a:b].text.strip() for a, b in sentences.split(doc).pairs()]


@pytest.mark.parametrize(
    "parts",
    [
        ["Two died.", "Three were hurt."],
        ["Headline without a stop\n\n", "The body begins."],
        ["Gen. J. Marlow of the U.S. Army spoke to Mr. Ruiz on Jan. 5 at 9 a.m. in Belmar."],
        ["They moved to the U.S.", "The army followed."],
        ["“It is over.”", "She left."],
        ["“It is over,” she said.", "He stayed."],
        ["“Is it over?” she asked."],
        ["It fell 3.5 percent to 1,200.", "12 people lost their jobs."],
        ["(He was 40.)", "She is 38."],
        ["What now?!", "Nobody knows..."],
        ["Short line\n", "A second line that stands apart."],
        ["everything is small here.", "nobody holds a shift key."],
        ["ALL IS LOUD.", "NOBODY WHISPERS."],
        ["ALL IS LOUD. ", "NOBODY WHISPERS. ", "NO MATTER."],
        ["Two died. ", "Three were hurt."],
        ["DR. MARLOW AND GEN.  RUIZ SPOKE.", "COL. BELL DID NOT."],
        ["THE REBELS HELD BELMAR.", "ST. OLAVE WAS LEFT."],
    ],
)
def test_cuts_between_these_parts(parts: list[str]) -> None:
    joined = "".join(p if p.endswith("\n") else f"{p} " for p in parts).strip()
    assert cut(joined) == [p.strip() for p in parts]


def test_wrapped_lines_are_no_ends() -> None:
    text = "The force of six hundred men that had held the bridge since May\nwithdrew on Friday."
    assert len(cut(text)) == 1


def test_a_paragraph_is_sure_and_a_stop_is_not() -> None:
    doc = NLP("One. Two.\n\nThree.")
    assert sentences.split(doc).sure == [True, False, True]


def test_a_full_stop_is_sure_where_all_is_loud() -> None:
    doc = NLP("GUNMEN FLED TO BELMAR.  THEY SAID NO.  NINE DIED, SAID MAJ. RUIZ.\nHE FLED.")
    assert sentences.split(doc).sure == [True, True, False, True]
    doc = NLP("Gunmen fled to Belmar.  They said no.")
    assert sentences.split(doc).sure == [True, False]


def test_a_list_without_stops_is_cut_somewhere() -> None:
    lengths = [len(NLP.make_doc(s)) for s in cut("item, " * 500)]
    assert max(lengths) <= sentences.MAX_TOKENS + 1


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_gives_nothing_more(text: str) -> None:
    assert "".join(cut(text)) == ""
