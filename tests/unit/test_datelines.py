"""Datelines that training puts before sentences of the treebanks."""

from __future__ import annotations

import random
from dataclasses import replace

from training.datelines import datelined, places
from training.treebank import Sentence

PLAIN = Sentence(
    words=["Two", "people", "died", "in", "a", "fire", "."],
    spaces=[3, 1, 1, 1, 1, 1, 0],
    tags=["CD", "NNS", "VBD", "IN", "DT", "NN", "."],
    pos=["NUM", "NOUN", "VERB", "ADP", "DET", "NOUN", "PUNCT"],
    heads=[1, 2, 2, 5, 5, 2, 2],
    relations=["nummod", "nsubj", "root", "case", "det", "obl", "punct"],
    morphs=["_"] * 7,
    entities=["O"] * 7,
)
NAMES = [["Mosul"], ["San", "Juan"], ["Iraq"]]


def lines(sentence: Sentence, wanted: int) -> list[Sentence]:
    """So many of the sentence behind a dateline, each by another throw of the dice."""
    rng = random.Random(5)
    found: list[Sentence] = []
    while len(found) < wanted:
        made = datelined(sentence, NAMES, rng)
        if made is not sentence:
            found.append(made)
    return found


def written(sentence: Sentence) -> str:
    pairs = zip(sentence.words, sentence.spaces, strict=True)
    return "".join(word if not space else f" {word}" for word, space in pairs).strip()


def test_a_dateline_reads_as_agencies_write_it() -> None:
    found = {written(line).partition(" Two people")[0] for line in lines(PLAIN, 300)}
    assert {"MOSUL -", "SAN JUAN —"} <= found
    assert any(line.startswith("MOSUL (") and line.endswith(") -") for line in found)


def tree(sentence: Sentence) -> list[tuple[int, str | None]]:
    return list(zip(sentence.heads or (), sentence.relations or (), strict=True))


def test_the_sentence_keeps_its_own_tree() -> None:
    for line in lines(PLAIN, 100):
        n = len(line.words) - len(PLAIN.words)
        assert line.words[n:] == PLAIN.words
        assert tree(line)[n:] == [(head + n, relation) for head, relation in tree(PLAIN)]


def test_the_dateline_is_one_branch_of_the_root() -> None:
    for line in lines(PLAIN, 100):
        n = len(line.words) - len(PLAIN.words)
        assert [relation for head, relation in tree(line)[:n] if head >= n] == ["dep"]
        columns = (line.spaces, line.tags, line.pos, line.heads, line.relations, line.morphs)
        assert {len(column or ()) for column in (*columns, line.entities)} == {len(line.words)}


def test_what_has_no_tree_or_few_words_gets_none() -> None:
    rng = random.Random(1)
    short = replace(PLAIN, words=PLAIN.words[:3], heads=[1, 2, 2])
    nameless = replace(PLAIN, heads=None)
    for sentence in (short, nameless):
        assert all(datelined(sentence, NAMES, rng) is sentence for _ in range(200))


def test_places_are_those_named_once_each() -> None:
    named = replace(
        PLAIN,
        words=["San", "Juan", "and", "Mosul", "and", "Mosul", "."],
        entities=["B-LOC", "I-LOC", "O", "B-LOC", "O", "B-LOC", "O"],
    )
    assert places([[named]]) == [["San", "Juan"], ["Mosul"]]
