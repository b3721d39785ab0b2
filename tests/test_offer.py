"""Each condition takes away exactly what section 2 of the evidence says, in every combination."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import Chat
from flows.book import Book
from flows.offer import (
    next_parts,
    offered,
    steps,
    techniques_for,
    today,
    tools_for,
    unagreed,
    went,
)
from flows.plan import begun, one_side, practised

NOW = 1_800_000_000
HANDS = {"hands"}
BALLS_AND_ROLLER = {"tennis_ball", "lacrosse_ball", "foam_roller"}
ALL = {
    "glutes_hands_chair", "glutes_hands_side", "glutes_ball_floor", "glutes_ball_wall",
    "glutes_roller", "piriformis_ball_chair", "piriformis_ball_floor", "piriformis_ball_wall",
    "hamstrings_hands_chair", "hamstrings_hands_floor", "hamstrings_roller",
}  # fmt: skip
BY_HAND = {id for id in ALL if "hands" in id}
BY_ROLLER = {id for id in ALL if "roller" in id}
IN_THE_THIGH = {id for id in ALL if id.startswith("hamstrings")}
ON_THE_BACK = {"glutes_ball_floor"}
SEATED_BY_HAND = {"glutes_hands_chair", "hamstrings_hands_chair", "hamstrings_hands_floor"}
CHAIR_OR_WALL = {id for id in ALL if id.endswith(("_chair", "_wall"))}

# What is left with one condition: before a clinician has agreed, and after.
LEFT = {
    "K01": (set(), BY_HAND),
    "K02": (set(), ALL),
    "K03": (set(), set()),  # nobody has said where: it may be anywhere
    "K04": (set(), ALL),
    "K05": (BY_HAND, ALL),
    "K06": (set(), ALL),
    "K07": (set(), ALL - ON_THE_BACK),
    "K08": (set(), set()),
    "K09": (set(), ALL),
    "K10": (set(), set()),
    "K11": (SEATED_BY_HAND, SEATED_BY_HAND),
    "K12": (CHAIR_OR_WALL - BY_ROLLER, CHAIR_OR_WALL - BY_ROLLER),
    "K13": (set(), set()),
}
WITH_A_PLACE = ("K03", "K08", "K10", "K13")
CONDITIONS = sorted(LEFT)


def left(book: Book, *conditions: str, agreed: tuple[str, ...] = (), places: str = "") -> set[str]:
    chat = Chat(conditions=conditions, agreed=agreed, places=tuple(places.split()))
    return {technique.id for technique in offered(chat, book)}


def test_without_conditions_everything_is_offered(book: Book) -> None:
    assert left(book) == ALL == set(book.techniques)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_one_condition(book: Book, condition: str) -> None:
    before, after = LEFT[condition]
    assert left(book, condition) == before
    assert left(book, condition, agreed=(condition,)) == after


@pytest.mark.parametrize("condition", WITH_A_PLACE)
def test_a_condition_takes_away_the_area_it_is_in(book: Book, condition: str) -> None:
    assert left(book, condition, places=f"{condition}:thigh") == ALL - IN_THE_THIGH
    assert left(book, condition, places=f"{condition}:buttock") == IN_THE_THIGH
    assert left(book, condition, places=f"{condition}:elsewhere") == ALL
    assert left(book, condition, places=f"{condition}:thigh {condition}:buttock") == set()


def test_every_set_of_conditions_takes_away_what_each_does(book: Book) -> None:
    for size in range(len(CONDITIONS) + 1):
        for chosen in combinations(CONDITIONS, size):
            expected = ALL.intersection(*(LEFT[id][0] for id in chosen)) if chosen else ALL
            assert left(book, *chosen) == expected


@given(
    chosen=st.sets(st.sampled_from(CONDITIONS)),
    agreed=st.sets(st.sampled_from(CONDITIONS)),
    places=st.sets(
        st.tuples(st.sampled_from(WITH_A_PLACE), st.sampled_from(["thigh", "buttock", "elsewhere"]))
    ),
)
def test_one_condition_more_never_offers_more(
    book: Book, chosen: set[str], agreed: set[str], places: set[tuple[str, str]]
) -> None:
    said = " ".join(f"{id}:{place}" for id, place in sorted(places))
    now = left(book, *sorted(chosen), agreed=tuple(sorted(agreed)), places=said)
    for more in CONDITIONS:
        with_it = left(book, *sorted({*chosen, more}), agreed=tuple(sorted(agreed)), places=said)
        assert with_it <= now


def test_a_ball_or_roller_is_never_offered_to_who_bleeds_with_ease(book: Book) -> None:
    chat = Chat(conditions=("K01",), agreed=("K01",))
    for area in book.areas:
        assert set(tools_for(area, chat, book)) <= HANDS
        for tool in BALLS_AND_ROLLER:
            assert techniques_for(area, tool, chat, book) == ()


def test_after_an_operation_the_figure_four_is_never_shown(book: Book) -> None:
    chat = Chat(conditions=("K06",), agreed=("K06",))
    for technique in offered(chat, book):
        assert "figure_four" not in {step.move for step in steps(technique, chat, book)}
    roller = book.techniques["glutes_roller"]
    assert "figure_four" in {step.move for step in steps(roller, Chat(), book)}


def test_what_a_clinician_has_agreed_to_is_not_asked_again(book: Book) -> None:
    assert unagreed(Chat(conditions=("K01", "K11")), book) == ("K01",)
    assert unagreed(Chat(conditions=("K01", "K11"), agreed=("K01",)), book) == ()


def test_no_session_is_longer_than_ten_minutes(book: Book) -> None:
    longest = book.numbers.session_minutes
    assert longest == 10  # founding text: 5-10 minutes
    for minutes in range(longest + 1):
        for technique in offered(Chat(minutes=minutes), book):
            assert minutes + one_side(technique.minutes) <= longest


def test_a_technique_that_rests_is_not_offered(book: Book) -> None:
    chat = Chat(rested="glutes_roller")
    assert {technique.id for technique in offered(chat, book)} == ALL - {"glutes_roller"}


@pytest.mark.parametrize(
    ("before", "after", "feeling", "went_as"),
    [(4, 3, "better", "better"), (4, 4, "better", "better"), (4, 5, "better", "same"),
     (4, 6, "better", "worse"), (4, 5, "same", "same"), (4, 6, "same", "worse"),
     (4, 0, "worse", "worse"), (-1, 6, "better", "better"), (4, -1, "same", "same")],
)  # fmt: skip
def test_the_worse_of_number_and_word_counts(
    book: Book, before: int, after: int, feeling: str, went_as: str
) -> None:
    assert went(Chat(pain=before, rating=after, feeling=feeling), book) == went_as


def test_what_the_plan_has_next_is_what_it_had_for_the_day(book: Book) -> None:
    """A third part that is one side fits in after two of both sides; no area comes twice."""
    plan = begun(NOW, 4, replace(book.dose, minutes=(10,)))
    chat = Chat(plan=plan, now=NOW, gated_until=NOW + 1, feeling="better", pain=4, rating=3)
    parts = today(chat, book)
    assert [(part.both, part.minutes) for part in parts] == [(True, 4), (True, 4), (False, 2)]
    for number, part in enumerate(parts):
        assert next_parts(chat, book) == parts[number:]
        area = book.techniques[part.technique].area
        done = practised(plan, NOW, 4, part.technique, part.tool)
        minutes = chat.minutes + part.minutes
        chat = chat.but(plan=done, minutes=minutes, worked=(*chat.worked, area))
    assert next_parts(chat, book) == ()
