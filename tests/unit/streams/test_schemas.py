from pathlib import Path

import pytest

from wirewatch.streams.codecs import _KINDS
from wirewatch.streams.schemas import RECORDS, schemas

FOLDER = Path(__file__).parents[3] / "docs" / "schemas"


def test_the_schemas_in_docs_are_the_present_ones() -> None:
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert on_disk == schemas(), "run: make schemas"


@pytest.mark.parametrize("kind", _KINDS)
def test_every_record_that_is_sent_has_a_schema(kind: type) -> None:
    assert RECORDS[_KINDS[kind].name] is kind
