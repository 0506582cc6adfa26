import time
from pathlib import Path

from wirewatch.streams.slots import STALE_SECONDS, claim_slot


def test_workers_on_one_machine_get_places_of_their_own(tmp_path: Path) -> None:
    first, second = claim_slot(tmp_path), claim_slot(tmp_path)
    assert first.folder != second.folder
    assert first.name != second.name
    first.release()
    third = claim_slot(tmp_path)
    assert (third.folder, third.name) == (first.folder, first.name)
    second.release()
    third.release()


def test_a_name_that_is_configured_is_taken(tmp_path: Path) -> None:
    slot = claim_slot(tmp_path, "reader-7")
    assert slot.name == "reader-7"
    slot.release()


def test_tables_that_were_long_away_are_rebuilt(tmp_path: Path) -> None:
    slot = claim_slot(tmp_path)
    table = slot.folder / "link" / "tables"
    table.mkdir(parents=True)
    slot.release()
    again = claim_slot(tmp_path)
    assert table.exists()
    again.release()
    (again.folder / "used").write_text(str(time.time() - STALE_SECONDS - 60))
    claim_slot(tmp_path).release()
    assert not table.exists()
