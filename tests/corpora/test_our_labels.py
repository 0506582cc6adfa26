"""Our own labels of real texts fit the texts, and a text that changed is noticed."""

import json
import shutil
from pathlib import Path

import pytest

from training import our_labels, own_articles


@pytest.mark.parametrize("name", our_labels.SOURCES)
def test_every_label_fits_its_text(name: str) -> None:
    pairs = list(our_labels.articles(name))
    assert len(pairs) == len({article["id"] for article, _ in pairs}) > 20
    assert [fault for pair in pairs for fault in own_articles.faults_of(*pair)] == []
    quotes = [event["quote"] for _, labels in pairs for event in labels["events"]]
    assert len(quotes) > 50
    assert [quote for quote in quotes if quote != quote.strip()] == []


def test_a_text_that_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "labels"
    shutil.copytree(our_labels.FOLDER, folder)
    path = folder / "wire.jsonl"
    first, *rest = path.read_text().splitlines()
    changed = json.dumps(json.loads(first) | {"digest": "0" * 12})
    path.write_text("\n".join([changed, *rest]))
    monkeypatch.setattr(our_labels, "FOLDER", folder)
    with pytest.raises(ValueError, match=r"wire: .* is not the text that was labelled"):
        list(our_labels.articles("wire"))
