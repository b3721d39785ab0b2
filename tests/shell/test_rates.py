"""How often is sent, in seconds that a test counts by itself."""

import pytest

from bot.backoff import backoff
from bot.rates import Pace, Window


def most_in_a_second(times: list[float]) -> int:
    return max(sum(at <= other < at + 1 for other in times) for at in times)


def send_all(window: Window, start: float, count: int, *, evenly: bool = False) -> list[float]:
    """When each of *count* is sent, as soon as it may be."""
    now, times = start, []
    for _ in range(count):
        now += max(window.wait(now), window.wait_evenly(now) if evenly else 0.0)
        window.count(now)
        times.append(now)
    return times


def test_no_second_has_more_than_the_rate() -> None:
    times = send_all(Window(30, 100.0), 100.0, 200)
    assert most_in_a_second(times) <= 30
    assert times[-1] - times[0] == pytest.approx(200 / 30 * 1.03, rel=0.02)


def test_a_restart_does_not_double_the_rate() -> None:
    before = send_all(Window(30, 100.0), 100.0, 90)
    after = send_all(Window(30, before[-1]), before[-1], 90)
    assert most_in_a_second(before + after) <= 31


def test_after_a_pause_a_second_s_worth_goes_at_once() -> None:
    window = Window(30, 100.0)
    assert send_all(window, 110.0, 30) == [110.0] * 30
    assert window.wait(110.0) > 0


def test_who_waits_may_go_ahead_of_others_who_pay_it_back() -> None:
    window = Window(30, 100.0)
    others = send_all(window, 102.0, 60, evenly=True)
    now, ahead = others[-1], 0
    while window.wait_evenly(now, ahead=0.3) == 0.0:
        window.count(now)
        ahead += 1
    assert ahead == pytest.approx(0.3 * 30, abs=1)
    later = send_all(window, now, 1, evenly=True)
    assert later[0] - now == pytest.approx((ahead + 1) / 30 * 1.03, abs=0.01)


def test_a_rate_of_nothing_is_no_limit() -> None:
    window = Window(0, 100.0)
    assert send_all(window, 100.0, 1000) == [100.0] * 1000


def test_a_chat_may_have_three_at_once_and_then_one_a_second() -> None:
    pace, times, now = Pace(1.0, 3), [], 50.0
    for _ in range(6):
        now += pace.wait(7, now)
        pace.count(7, now)
        times.append(now)
    assert times == [50.0, 50.0, 50.0, 51.0, 52.0, 53.0]
    assert pace.wait(7, 53.0) == 1.0
    assert pace.wait(8, 53.0) == 0.0
    assert pace.wait(7, 60.0) == 0.0


def test_chats_that_have_rested_are_forgotten() -> None:
    pace = Pace(1.0, 3)
    for chat_id in range(20_000):
        pace.count(chat_id, float(chat_id))
    assert len(pace._rested) <= Pace._MANY + 1


def test_backing_off_doubles_up_to_a_limit_and_is_never_the_same() -> None:
    assert all(0.5 <= backoff(0, 1, 60) <= 1 for _ in range(100))
    assert all(4 <= backoff(3, 1, 60) <= 8 for _ in range(100))
    assert all(30 <= backoff(10_000, 1, 60) <= 60 for _ in range(100))
    assert len({backoff(3, 1, 60) for _ in range(100)}) > 1
