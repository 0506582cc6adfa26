"""The encoder as a spaCy component, with the weights that ship."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language

from wirewatch.extraction.learned.encode import Encode
from wirewatch.extraction.learned.weights import (
    PACKAGED,
    Encoder,
    WeightsError,
    load_encoder,
)
from wirewatch.extraction.tokenizer import adapt

TEXT = (
    "Blast kills 12 in Belmar market\n\n"
    "BELMAR, Freedonia (WW) - At least 12 people were killed on Monday when a bomb exploded at a "
    "market in Belmar, said Gen. Anna Petrov of the Freedonian army. Rebels kidnapped three aid "
    "workers in March. The government will withdraw 7,000 soldiers from Sylvania, France said."
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = adapt(spacy.blank("en"))
    made.add_pipe("wirewatch_encode")
    return made


def test_it_is_a_factory_that_spacy_finds() -> None:
    assert "wirewatch_encode" in spacy.blank("en").factory_names


def test_sets_what_spacy_users_look_for(nlp: Language) -> None:
    doc = nlp(TEXT)
    for name in ("TAG", "POS", "DEP", "HEAD", "SENT_START", "ENT_IOB", "MORPH"):
        assert doc.has_annotation(name), name
    assert [s.text.strip()[:12] for s in doc.sents] == [
        "Blast kills ", "BELMAR, Free", "Rebels kidna", "The governme",
    ]  # fmt: skip
    killed = next(t for t in doc if t.text == "killed")
    assert (killed.tag_, killed.pos_) == ("VBN", "VERB")
    assert "aux:pass" in {c.dep_ for c in killed.children}
    assert "Tense=Past" in str(killed.morph)


def test_names_carry_spacy_labels(nlp: Language) -> None:
    names = {(e.text, e.label_) for e in nlp(TEXT).ents}
    assert ("Anna Petrov", "PERSON") in names
    assert ("France", "GPE") in names
    assert not any(text == "three" for text, _ in names)


def test_subject_of_a_lead_behind_a_dateline(nlp: Language) -> None:
    people = next(t for t in nlp(TEXT) if t.text == "people")
    assert (people.head.text, people.dep_) == ("killed", "nsubj:pass")


def test_every_sentence_is_one_tree(nlp: Language) -> None:
    for sentence in nlp(TEXT).sents:
        roots = [t for t in sentence if t.head == t]
        assert roots == [sentence.root]
        assert sentence.root.dep_ == "ROOT"
        assert all(t.head in sentence for t in sentence)


def test_displacy_draws_it(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert "aux:pass" in displacy.render(doc, style="dep", page=False)
    assert "GPE" in displacy.render(doc, style="ent", page=False)


def test_noun_chunks_are_the_nouns_with_what_stands_before_them(nlp: Language) -> None:
    doc = nlp(
        "The new bridge over the river carries two lanes of slow traffic, and its builders praised "
        "the mayor's patience."
    )
    assert [chunk.text for chunk in doc.noun_chunks] == [
        "The new bridge", "the river", "two lanes", "slow traffic", "its builders",
        "the mayor's patience",
    ]  # fmt: skip


def test_heads_have_a_row_a_token(nlp: Language) -> None:
    doc = nlp(TEXT)
    heads = doc._.heads
    assert heads.kind.shape == (len(doc), 8)
    assert heads.trigger.shape == (len(doc), 15)
    words = [t.i for t in doc if not t.is_space]
    assert np.allclose(np.exp(heads.kind[words]).sum(1), 1, atol=1e-4)
    assert np.isnan(heads.kind[[t.i for t in doc if t.is_space]]).all()


def test_reads_figures_and_triggers(nlp: Language) -> None:
    doc = nlp(TEXT)
    kinds = {t.text: int(doc._.heads.kind[t.i].argmax()) for t in doc if t.like_num}
    assert kinds["12"] == 1, "killed"
    assert kinds["three"] == 4, "abducted"
    assert kinds["7,000"] == 7, "troops"
    assert int(doc._.heads.trigger[next(t.i for t in doc if t.text == "exploded")].argmax()) == 1


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda s: s.replace(".", "")])
def test_careless_writing_keeps_the_gist(nlp: Language, change: Callable[[str], str]) -> None:
    doc = nlp(change("At least 12 people were killed when a bomb exploded in Paris on Monday."))
    assert len(list(doc.sents)) == 1
    killed = next(t for t in doc if t.lower_ == "killed")
    assert killed.pos_ == "VERB"
    assert next(t for t in doc if t.lower_ == "people").head == killed
    assert int(doc._.heads.kind[next(t.i for t in doc if t.text == "12")].argmax()) == 1


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n \t\n", ".", "\u200b", "😀", "a" * 3000, "12 " * 400]
)
def test_odd_texts_give_a_doc(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert len(list(doc.sents)) >= (1 if len(doc) else 0)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_unicode_gives_a_doc(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert sum(len(s) for s in doc.sents) == len(doc)


def test_the_same_text_gives_the_same_bytes_alone_and_in_company(nlp: Language) -> None:
    alone = nlp(TEXT)
    first, *_, last = nlp.pipe([TEXT, "Short one.", TEXT * 6, TEXT], batch_size=4)
    for doc in (first, last):
        assert doc._.heads.kind.tobytes() == alone._.heads.kind.tobytes()
        assert doc.to_bytes(exclude=["user_data"]) == alone.to_bytes(exclude=["user_data"])


def test_only_chosen_sentences_are_read(nlp: Language, encoder: Encoder) -> None:
    tidy = Encode(nlp.vocab, encoder, lambda _, spans: [i == 1 for i in range(len(spans))])
    doc = tidy(nlp.make_doc(TEXT))
    sentences = list(doc.sents)
    assert [s.text[:5] for s in sentences] == ["Blast", "BELMA", "Rebel", "The g"]
    assert all(t.tag_ for t in sentences[1])
    assert not any(t.tag_ for t in sentences[2])
    assert np.isnan(doc._.heads.kind[[t.i for t in sentences[2]]]).all()
    assert not np.isnan(doc._.heads.kind[sentences[1].start]).any()


def test_a_long_text_is_read_to_its_end(nlp: Language) -> None:
    doc = nlp("\n\n".join([TEXT] * 12))
    last = [t for t in doc if t.text == "exploded"][-1]
    assert last.pos_ == "VERB"
    assert not np.isnan(doc._.heads.trigger[last.i]).any()


@pytest.mark.slow
def test_loads_in_under_three_seconds() -> None:
    began = time.perf_counter()
    load_encoder()
    assert time.perf_counter() - began < 3


def test_what_ships_is_small() -> None:
    assert sum(file.stat().st_size for file in PACKAGED.iterdir()) < 30_000_000


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"no encoder\.onnx"):
        load_encoder(tmp_path)


def test_broken_weights_are_named(tmp_path: Path) -> None:
    for name in ("encoder.onnx", "tokenizer.json", "labels.json", "relations.npz"):
        (tmp_path / name).write_text("{")
    with pytest.raises(WeightsError, match="cannot load"):
        load_encoder(tmp_path)


def test_weights_of_another_version_are_named(tmp_path: Path) -> None:
    for path in PACKAGED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    graph = tmp_path / "encoder.onnx"
    graph.write_bytes(graph.read_bytes().replace(b"asked", b"other"))
    with pytest.raises(WeightsError, match="another version, it has no asked:"):
        load_encoder(tmp_path)
