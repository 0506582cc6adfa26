from wirewatch.streams.lag import Progress, StallDetector, lag_by_topic

PLACE = ("articles", 0)


def test_lag_is_summed_by_topic() -> None:
    progress = {("a", 0): Progress(10, 4), ("a", 1): Progress(5, 5), ("b", 0): Progress(3, 9)}
    assert lag_by_topic(progress) == {"a": 6, "b": 0}


def test_a_partition_with_work_and_no_progress_is_stalled() -> None:
    stalls = StallDetector(30)
    assert not stalls.stalled({PLACE: Progress(10, 4)}, 0)
    assert not stalls.stalled({PLACE: Progress(20, 4)}, 29)
    assert stalls.stalled({PLACE: Progress(30, 4)}, 30) == (PLACE,)


def test_progress_or_an_empty_partition_starts_the_time_anew() -> None:
    stalls = StallDetector(30)
    stalls.stalled({PLACE: Progress(10, 4)}, 0)
    assert not stalls.stalled({PLACE: Progress(10, 5)}, 40)
    assert not stalls.stalled({PLACE: Progress(5, 5)}, 80)
    assert not stalls.stalled({PLACE: Progress(6, 5)}, 200)
    assert stalls.stalled({PLACE: Progress(6, 5)}, 231) == (PLACE,)


def test_a_partition_that_left_and_came_back_is_new() -> None:
    stalls = StallDetector(30)
    stalls.stalled({PLACE: Progress(10, 4)}, 0)
    stalls.stalled({}, 20)
    assert not stalls.stalled({PLACE: Progress(10, 4)}, 40)
