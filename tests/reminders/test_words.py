"""What people type to say when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import BadContent
from data.library import CONTENT, File
from data.when import meaning
from flows.book import Book
from flows.reminders.grammar import RAREST
from flows.reminders.rule import WEEK, Rule, period
from flows.reminders.tokens import Meaning
from flows.reminders.words import Wish, agreed, span, wish, without

TODAY = 739_945  # Wednesday, 25 November 2026
PATH = CONTENT / "en" / "when.toml"


@pytest.fixture(scope="module")
def known(book: Book) -> Meaning:
    return book.whens


def at(clock: str) -> int:
    hours, of_hour = clock.split(":")
    return int(hours) * 60 + int(of_hour)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("19h", Wish(at("19:00"))),
        ("half past seven in the evening", Wish(at("19:30"))),
        ("at half past six pm", Wish(at("18:30"))),
        ("quarter past eight", Wish(at("8:15"))),
        ("8 in the evening", Wish(at("20:00"))),
        ("at eight in the morning", Wish(at("8:00"))),
        ("7:30 in the evening", Wish(at("19:30"))),
        ("eight pm", Wish(at("20:00"))),
        ("every other day at half past six in the evening", Wish(at("18:30"), every=2)),
        ("19h30", Wish(at("19:30"))),
        ("7pm", Wish(at("19:00"))),
        ("7 PM", Wish(at("19:00"))),
        ("7:30", Wish(at("7:30"))),
        ("7.30 pm", Wish(at("19:30"))),
        ("12 am", Wish(at("0:00"))),
        ("12pm", Wish(at("12:00"))),
        ("12:15 am", Wish(at("0:15"))),
        ("at 8", Wish(at("8:00"))),
        ("8", Wish(at("8:00"))),
        ("8 o\u2019clock", Wish(at("8:00"))),
        ("noon", Wish(at("12:00"))),
        ("mornings", Wish(at("8:00"))),
        ("tomorrow 7:30", Wish(at("7:30"), start=1)),
        ("Tomorrow morning, please", Wish(at("8:00"), start=1)),
        ("today at 6 pm", Wish(at("18:00"), start=0)),
        ("every 2 days", Wish(every=2)),
        ("every two days", Wish(every=2)),
        ("every other day at 8", Wish(at("8:00"), every=2)),
        ("every second day", Wish(every=2)),
        ("every week", Wish(every=7)),
        ("daily", Wish(every=1)),
        ("remind me every day at 7 pm", Wish(at("19:00"), every=1)),
        ("in 3 days", Wish(start=3)),
        ("weekends", Wish(weekdays=(5, 6))),
        ("weekdays 18:00", Wish(at("18:00"), weekdays=(0, 1, 2, 3, 4))),
        ("mon wed fri", Wish(weekdays=(0, 2, 4))),
        ("monday wednesday friday at 8, no wait 9", Wish(at("9:00"), weekdays=(0, 2, 4))),
        ("mondays at 8 pm, sorry, make it tuesdays", Wish(at("20:00"), weekdays=(1,))),
        ("at 8pm no wait 9", Wish(at("21:00"))),
        ("7 pm, no, i mean 7:30 am", Wish(at("7:30"))),
        ("mondays at 8, no i meant pm", Wish(at("20:00"), weekdays=(0,))),
        ("im away till 3 january", Wish(pause=39)),
        ("pause until january 3rd", Wish(pause=39)),
        ("until the 3rd of jan", Wish(pause=39)),
        ("away until december", Wish(pause=6)),
        ("until the 25th", Wish(pause=30)),
        ("until may 1", Wish(pause=157)),
        ("until 27 may", Wish(pause=183)),
        ("pause for a month", Wish(pause=30)),
        ("not next week", Wish(leave=(5, 6, 7, 8, 9, 10, 11))),
        ("on vacation next week", Wish(leave=(5, 6, 7, 8, 9, 10, 11))),
        ("going on holiday for 10 days", Wish(pause=10)),
        ("I am on holiday until monday", Wish(pause=5)),
        ("we're away until next week", Wish(pause=5)),
        ("every 2nd day", Wish(every=2)),
        ("at quarter to eight", Wish(at("7:45"))),
        ("quarter to 8 in the evening", Wish(at("19:45"))),
        ("change the time to 1930", Wish(at("19:30"))),
        ("at 0730", Wish(at("7:30"))),
        ("3x a week", Wish(weekdays=(0, 2, 4))),
        ("every day except sunday", Wish(weekdays=(0, 1, 2, 3, 4, 5))),
        ("daily except sundays at 8 pm", Wish(at("20:00"), weekdays=(0, 1, 2, 3, 4, 5))),
        ("every day except saturday and sunday", Wish(weekdays=(0, 1, 2, 3, 4))),
        ("daily except mondays and fridays", Wish(weekdays=(1, 2, 3, 5, 6))),
        ("every day except tue, thu and sun at 8", Wish(at("8:00"), weekdays=(0, 2, 4, 5))),
        ("every 2 days except monday and friday", Wish(weekdays=(1, 3, 5))),
        ("every day except sunday, no wait, every 2 days", Wish(weekdays=(0, 2, 4))),
        ("not on mondays, every 2 days", Wish(weekdays=(2, 4, 6))),
        ("every other day but never sunday", Wish(weekdays=(0, 2, 4))),
        ("every day but sunday", Wish(weekdays=(0, 1, 2, 3, 4, 5))),
        ("skip 18 january", Wish(leave=(54,))),
        ("skip the next two", Wish(fewer=2)),
        ("skip two sessions", Wish(fewer=2)),
        ("skip the next session", Wish(fewer=1)),
        ("once a week on saturday", Wish(weekdays=(5,))),
        ("every third day", Wish(every=3)),
        ("every evening at 9", Wish(at("21:00"), every=1)),
        ("move my reminder to 6 pm", Wish(at("18:00"))),
        ("every day except weekends", Wish(weekdays=(0, 1, 2, 3, 4))),
        ("every day except monday to wednesday", Wish(weekdays=(3, 4, 5, 6))),
        ("every day, not on sundays", Wish(weekdays=(0, 1, 2, 3, 4, 5))),
        ("remaind me evry day at 19", Wish(at("19:00"), every=1)),
        ("remember me at 7 in the morning", Wish(at("7:00"))),
        ("8 not 7", Wish(at("8:00"))),
        ("mondays not tuesdays", Wish(weekdays=(0,))),
        ("every 3 days instead of every 2 days", Wish(every=3)),
        ("tomorrow, not today", Wish(start=1)),
        ("mon-fri", Wish(weekdays=(0, 1, 2, 3, 4))),
        ("monday to friday at 7pm", Wish(at("19:00"), weekdays=(0, 1, 2, 3, 4))),
        ("from friday till monday", Wish(weekdays=(0, 4, 5, 6))),
        ("change it to mondays through thursdays", Wish(weekdays=(0, 1, 2, 3))),
        ("mon-wed-fri", Wish(weekdays=(0, 2, 4))),
        ("im away monday to friday", Wish(leave=(5, 6, 7, 8, 9))),
        ("skip tomorrow to saturday", Wish(leave=(1, 2, 3))),
        ("skip today through saturday", Wish(leave=(0, 1, 2, 3))),
        ("im away from tomorrow to wednesday", Wish(leave=(1, 2, 3, 4, 5, 6, 7))),
        ("not tomorrow-thursday", Wish(leave=(1,))),
        ("i want to skip tomorrow", Wish(leave=(1,))),
        ("do not write to me tomorrow", Wish(leave=(1,))),
        ("stop writing to me for a week", Wish(pause=7)),
        ("switch to tomorrow at 8", Wish(at("8:00"), start=1)),
        ("to 8 pm", Wish(at("20:00"))),
        ("at 8, no wait, change it to 9", Wish(at("9:00"))),
        ("fri, mon and wed", Wish(weekdays=(0, 2, 4))),
        ("every monday at 6:15 pm", Wish(at("18:15"), weekdays=(0,))),
        ("pause for 2 weeks", Wish(pause=14)),
        ("pause for a week", Wish(pause=7)),
        ("until friday", Wish(pause=2)),
        ("until wednesday", Wish(pause=7)),
        ("until tomorrow", Wish(pause=1)),
        ("in 2 hours", Wish(wait=120)),
        ("in an hour", Wish(wait=60)),
        ("in 30 min", Wish(wait=30)),
        ("change it to 9 at night", Wish(at("21:00"))),
        ("at 7:30 at night", Wish(at("19:30"))),
        ("12 at night", Wish(at("0:00"))),
        ("at 4 at night", Wish(at("4:00"))),
        ("22:15 at night", Wish(at("22:15"))),
        ("half 8 in the evening", Wish(at("20:30"))),
        ("at half eight", Wish(at("8:30"))),
        ("half eight pm", Wish(at("20:30"))),
        ("remind me in the evening", Wish(at("19:00"))),
        ("at 9pm instead", Wish(at("21:00"))),
        ("no wait, 9", Wish(at("9:00"))),
        ("no i meant pm", Wish(half=12)),
        ("sorry, every 3 days", Wish(every=3)),
        ("make it every other day", Wish(every=2)),
        ("only mondays and thursdays", Wish(weekdays=(0, 3))),
        ("weekdays only", Wish(weekdays=(0, 1, 2, 3, 4))),
        ("not on weekends", Wish(without=(5, 6))),
        ("no reminders on weekdays", Wish(without=(0, 1, 2, 3, 4))),
        ("not on mondays, not on fridays", Wish(without=(0, 4))),
        ("not on mondays and fridays", Wish(without=(0, 4))),
        ("not on sundays, at 9:15", Wish(at("9:15"), without=(6,))),
        ("skip monday and friday", Wish(leave=(2, 5))),
        ("not today and not tomorrow", Wish(leave=(0, 1))),
        ("not on sunday", Wish(leave=(4,))),
        ("not this friday", Wish(leave=(2,))),
        ("no reminder this weekend", Wish(pause=5)),
        ("no, mondays", Wish(weekdays=(0,))),
        ("no - every 2 days", Wish(every=2)),
        ("at 9 sorry", Wish(at("9:00"))),
        ("half 8 at night", Wish(at("20:30"))),
        ("9 in the night", Wish(at("21:00"))),
        ("this evening at 8", Wish(at("20:00"), start=0)),
        ("at 8 this evening", Wish(at("20:00"), start=0)),
        ("remind me tonight", Wish(at("20:00"), start=0)),
        ("tonight at 9", Wish(at("21:00"), start=0)),
        ("8 pm tonight", Wish(at("20:00"), start=0)),
        ("20:30 tonight", Wish(at("20:30"), start=0)),
        ("this friday at 8 pm", Wish(at("20:00"), start=2)),
        ("8 p.m.", Wish(at("20:00"))),
        ("at 7:30 A.M.", Wish(at("7:30"))),
        ("the day after tomorrow at 9", Wish(at("9:00"), start=2)),
        ("this weekend at 9 am", Wish(at("9:00"), start=3)),
        ("every weekend", Wish(weekdays=(5, 6))),
        ("not this weekend", Wish(pause=5)),
        ("postpone to tomorrow at 8", Wish(at("8:00"), start=1)),
        ("put it off until monday", Wish(pause=5)),
        ("3 times a week", Wish(weekdays=(0, 2, 4))),
        ("twice a week at 8 pm", Wish(at("20:00"), weekdays=(0, 3))),
        ("two times per week", Wish(weekdays=(0, 3))),
        ("once a week", Wish(weekdays=(0,))),
        ("four times in week", Wish(weekdays=(0, 1, 3, 5))),
        ("please change reminder to evening at 6", Wish(at("18:00"))),
        ("im away until friday", Wish(pause=2)),
        ("wait 2 hours", Wish(wait=120)),
        ("1 hour", Wish(wait=60)),
        ("30 minutes", Wish(wait=30)),
        ("skip tomorrow", Wish(leave=(1,))),
        ("no reminder today please", Wish(leave=(0,))),
        ("skip friday", Wish(leave=(2,))),
        ("stop reminding me for a week", Wish(pause=7)),
        ("don't remind me until monday", Wish(pause=5)),
        ("skip two weeks", Wish(pause=14)),
        ("no reminders for 3 days", Wish(pause=3)),
        ("no reminders this week", Wish(pause=5)),
    ],
)
def test_understood(known: Meaning, said: str, meant: Wish) -> None:
    assert wish(said, known, TODAY) == meant


@pytest.mark.parametrize(
    "said",
    [
        "until nov 24", "until 25 november", "until november", "until the 28th of may",
        "until 31 february", "until the 32nd", "im on holiday", "next week",
        "twice a week on monday", "can i move on monday",
        "at 1970", "at 2545", "every week except sunday",
        "mondays except tuesdays",
        "daily except monday to sunday", "daily except weekdays and weekends at 8",
        "every day except sunday, no wait, saturday",
        "mondays, no wait, 9", "9, no wait, mondays", "mondays not 8", "8 not 7 not 6",
        "7 not in the morning", "8 or 9, no wait, 7",
        "change monday to friday", "change it from monday to friday",
        "tomorrow to friday", "change tomorrow to friday", "skip friday to tomorrow",
        "skip tomorrow to friday to sunday",
        "to friday", "through friday", "nothing through friday", "stop texting to friday",
        "skip to monday", "pause through friday", "change monday to 8", "not on mondays to 8 pm",
        "every 2 days to 8 pm", "tomorrow to 8 pm",
        "", "hello", "every", "every 3", "every 40 days", "25", "13 pm", "0 pm", "7:75", "24:30",
        "7:30 8:30", "my leg hurts at 8", "8 or 9", "in 2", "every 2 days and weekends",
        "tomorrow for 2 weeks", "not at 8", "at 8 my foot went numb", "since monday", "until today",
        "skip tomorrow at 8", "quarter eight", "pm at 8", "skip",
        "skip a day and for a week", "13 at night", "5 at night", "25 at night", "i am",
        "twice", "twice a day", "9 times a week", "0 times a week",
        "not monday, i mean tuesday",
        "skip friday, sorry, saturday", "i can not move today", "i can not move on mondays",
        "it wake me at 3", "i wake every day at 5 am", "i can not keep it on monday",
        "i do this every day at 8", "i want to do it tomorrow at 8", "sorry", "no no",
        "i do not want to wake tomorrow", "stop", "stop at", "no", "wait", "not this day",
        "in 0 hours", "in 99 hours", "99999999999999999999", "for 99 weeks",
    ],
)  # fmt: skip
def test_anything_else_is_not_taken_for_a_time(known: Meaning, said: str) -> None:
    assert wish(said, known, TODAY) is None


RULE = Rule("Europe/Berlin", at("19:00"), every=2, anchor=TODAY - 1, skipped=(TODAY + 1,))


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("7:30", RULE.but(minute=at("7:30"), since=TODAY)),
        (
            "tomorrow 7:30",
            RULE.but(
                minute=at("7:30"), skipped=(), since=TODAY + 1, anchor=TODAY + 1, agreed=TODAY - 1
            ),
        ),
        ("every 3 days", RULE.but(every=3, since=TODAY, anchor=TODAY)),
        ("weekends", RULE.but(weekdays=(5, 6), since=TODAY)),
        ("no i meant am", RULE.but(minute=at("7:00"), since=TODAY)),
        ("i meant pm", RULE.but(since=TODAY)),
        ("not on weekends", RULE.but(weekdays=(0, 2, 4), since=TODAY)),
        ("not on mondays", RULE.but(weekdays=(1, 3, 5), since=TODAY)),
    ],
)
def test_agreed(known: Meaning, said: str, becomes: Rule) -> None:
    meant = wish(said, known, TODAY)
    assert meant
    assert agreed(RULE, meant, TODAY) == becomes


@given(
    every=st.integers(1, RAREST),
    weekdays=st.sets(st.integers(0, 6)),
    left_out=st.sets(st.integers(0, 6), min_size=1, max_size=6),
)
def test_with_days_left_out_it_reminds_on_none_of_them_and_no_more_often(
    every: int, weekdays: set[int], left_out: set[int]
) -> None:
    rule = RULE.but(every=every, weekdays=tuple(sorted(weekdays)))
    left = without(rule, tuple(left_out))
    nothing_is_left = weekdays <= left_out if weekdays else every > WEEK
    assert bool(left) != nothing_is_left
    assert not left_out & set(left)
    assert not left or period(rule.but(weekdays=left)) >= period(rule)


@pytest.mark.parametrize("every", [7, 6])
def test_the_day_on_which_it_falls_is_kept_where_it_may_be(every: int) -> None:
    rule = RULE.but(every=every, anchor=TODAY + 2)  # a Friday
    assert without(rule, (0,)) == (4,)
    assert without(rule, (4,)) == (0,)


@pytest.mark.parametrize(
    ("said", "days"),
    [("3", 3), ("10 days", 10), ("2 weeks", 14), ("two weeks", 14), ("a week", 7), ("at 3", 0),
     ("999 weeks", 0), ("ten", 0), ("", 0)],
)  # fmt: skip
def test_a_span_of_days(known: Meaning, said: str, days: int) -> None:
    assert span(said, known) == days


def test_what_was_off_is_on_again_once_a_time_is_said(known: Meaning) -> None:
    meant = wish("every 2 days at 8", known, TODAY)
    assert meant
    assert agreed(RULE.but(on=False), meant, TODAY).on


@pytest.mark.parametrize(
    "words",
    [
        {"every": ["each"], "at": ["each"]},
        {"every": ["Each"]},
        {"every": ["each one"]},
        {"every": "each"},
        {"every": ["each"], "times": {"07:00": ["each"]}},
    ],
)
def test_a_slip_in_the_words_is_told(words: dict[str, object]) -> None:
    with pytest.raises(BadContent, match=r"when\.toml: words"):
        meaning(File(PATH, {"words": words}))
