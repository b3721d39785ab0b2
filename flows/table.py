"""What leads where.

Rule 1: everything that moves a chat is a row here.  Rule 2: rows are tried from the
top, and the first one whose guards hold wins; so what matters more stands higher.
Rule 3: the words in `when` and `unless` are functions of `questions.py`, `between.py`
and `consent.py`, those in `do` functions of `commands/`.  Rule 4: `SAME` stays in the state.

`docs/table.md` is drawn from this table; a test keeps it fresh.
"""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from flows import between, commands, consent, questions
from flows.chat import State as S
from flows.states import (
    ASKING,
    AT_REST,
    CONSENTED,
    EVERYWHERE,
    GUIDED,
    IDLE,
    OPEN,
    RESTING,
    SESSION,
    TELLING,
    UNCONSENTED,
    WALKING,
)

SAME = "="


def on(
    events: str,
    *,
    at: S | Sequence[S],
    to: S | str,
    when: str = "",
    unless: str = "",
    do: str = "",
) -> list[dict[str, Any]]:
    """Rows, one for each of the *events*, in the words `transitions` wants."""
    return [
        {
            "trigger": event,
            "source": [at] if isinstance(at, S) else list(at),
            "dest": to,
            "conditions": called(when, questions, between, consent),
            "unless": called(unless, questions, between, consent),
            "before": called(do, *commands.ROOMS),
        }
        for event in events.split()
    ]


def called(names: str, *rooms: ModuleType) -> list[Callable[..., Any]]:
    """The functions with these names, each of which is in one of *rooms*."""
    known: dict[str, Callable[..., Any]] = {}
    for room in rooms:
        known |= vars(room)
    return [known[name] for name in names.split()]


TABLE: list[dict[str, Any]] = [
    # A red flag, first of all: said by a button, in words, or late, under an old message.
    *on("flag", at=UNCONSENTED, to=S.WARNED, when="locks", do="close_pages"),
    *on("flag", at=CONSENTED, to=S.SCREENING, when="is_new asks_more", do="keep_note raise_flag"),
    *on("flag", at=S.SCREENING, to=SAME, when="is_followed_up", do="ask_once_more"),
    *on("flag", at=CONSENTED, to=S.REFERRED, when="locks", do="keep_note raise_flag"),
    *on("happening", at=UNCONSENTED, to=S.WARNED, do="close_pages"),
    *on("happening", at=CONSENTED, to=S.REFERRED, do="raise_emergency close_pages"),
    *on("suspect", at=UNCONSENTED, to=SAME, do="open_emergency"),
    *on("suspect", at=S.HOLDING, to=S.PAUSED, do="cancel_hold open_suspicion"),
    *on("suspect", at=S.SCREENING, to=SAME, do="tick_told open_suspicion"),
    *on("suspect", at=CONSENTED, to=SAME, do="keep_note open_suspicion"),
    # Told together with sharp pain, or a wish to stop: that is done at once, then it is asked.
    *on("suspect_sharp", at=WALKING, to=S.ENDED, when="hurt_before",
        do="rest_technique open_suspicion"),
    *on("suspect_sharp", at=WALKING, to=S.HURT, do="record_sharp open_suspicion"),
    *on("doubt_sharp", at=WALKING, to=S.ENDED, when="hurt_before",
        do="rest_technique open_doubt"),
    *on("doubt_sharp", at=WALKING, to=S.HURT, do="record_sharp open_doubt"),
    *on("suspect_stop", at=WALKING, to=S.STOPPED, do="record_stop open_suspicion"),
    *on("long_known", at=CONSENTED, to=S.KNOWN, when="suspects_old", do="raise_suspected"),
    *on("not_so not_about_me", at=CONSENTED, to=SAME, when="leads_on", do="ask_next"),
    *on("not_so not_about_me", at=CONSENTED, to=SAME, when="suspects", do="close_page"),

    # Perhaps something is new, or was not understood: one gentle question, and a way back.
    *on("doubt", at=S.HOLDING, to=S.PAUSED, do="cancel_hold note_worry open_doubt"),
    *on("doubt", at=UNCONSENTED, to=SAME, do="open_doubt"),
    *on("doubt", at=CONSENTED, to=SAME, do="keep_note note_worry open_doubt"),
    *on("fear", at=S.HOLDING, to=S.PAUSED, do="cancel_hold open_worries calm"),
    *on("fear", at=EVERYWHERE, to=SAME, do="open_worries calm"),
    *on("hurts", at=[*AT_REST, S.AREA], to=SAME, do="open_worries comfort"),
    *on("inform", at=S.HOLDING, to=S.PAUSED, do="cancel_hold open_info"),
    *on("inform", at=CONSENTED, to=SAME, do="open_info"),
    *on("elsewhere", at=CONSENTED, to=SAME, do="note_worry ask_the_place"),
    *on("told", at=CONSENTED, to=SAME),  # it is kept for a while: flows/guard/pieces.py
    *on("puzzle", at=S.HOLDING, to=S.PAUSED, do="cancel_hold open_puzzle"),
    *on("puzzle", at=EVERYWHERE, to=SAME, do="open_puzzle"),
    # A condition that the list has, told after it: is it so?  Then all is asked again.
    *on("condition", at=S.HOLDING, to=S.PAUSED, do="cancel_hold open_condition"),
    *on("condition", at=TELLING, to=SAME, do="open_condition"),
    *on("not_so", at=TELLING, to=SAME, when="asks_condition", do="close_page"),
    *on("look", at=EVERYWHERE, to=SAME, when="wonders", do="open_worries"),
    *on("carry_on", at=EVERYWHERE, to=SAME, when="wonders", do="stop_wondering"),

    # Sharp pain stops whatever is done: the second time in a session, for today.
    *on("sharp", at=WALKING, to=S.ENDED, when="hurt_before", do="rest_technique"),
    *on("sharp", at=WALKING, to=S.HURT, do="record_sharp"),
    *on("sharp", at=[S.RATING, S.FEELING], to=S.ENDED, do="rest_technique"),

    # Emergency, and the way out.
    *on("emergency", at=S.HOLDING, to=S.PAUSED, do="cancel_hold open_emergency"),
    *on("emergency", at=EVERYWHERE, to=SAME, do="open_emergency"),
    *on("stop", at=WALKING, to=S.STOPPED, do="record_stop"),
    *on("stop", at=[*UNCONSENTED, S.STOPPED, S.REFERRED], to=SAME, do="close_pages"),
    *on("stop", at=CONSENTED, to=S.REFERRED, when="is_locked", do="leave_session"),
    *on("stop", at=CONSENTED, to=S.HOME, do="leave_session tell_change"),
    *on("expire", at=S.GATE, to=S.REFERRED, when="is_locked", do="leave_session"),
    *on("expire", at=[S.GATE, *GUIDED], to=S.HOME, do="leave_session"),
    *on("expire", at=S.SCREENING, to=SAME, do="ask_afresh"),
    *on("come_back", at=ASKING, to=SAME, do="record_answers ask_afresh say_been_a_while"),
    *on("time_out", at=SESSION, to=S.HOME, when="this_session",
        do="keep_unsettled end_session be_silent"),

    # Getting to know each other.
    *on("start home", at=[S.NEW, S.WARNED, S.UNDER_AGE, S.ERASED], to=S.NEW, do="close_pages"),
    *on("start", at=[S.AGE, S.CONSENT, S.DECLINED], to=SAME, do="close_pages"),
    *on("session screen", at=UNCONSENTED, to=SAME, do="close_pages"),
    *on("home", at=[S.AGE, S.CONSENT, S.DECLINED], to=S.NEW, do="close_pages"),
    *on("begin", at=S.NEW, to=S.AGE),
    *on("yes", at=S.AGE, to=S.CONSENT, when="about_age"),
    *on("no unsure", at=S.AGE, to=S.UNDER_AGE, when="about_age"),
    *on("under_age", at=[S.CONSENT, S.DECLINED], to=S.UNDER_AGE),
    *on("under_age", at=CONSENTED, to=S.UNDER_AGE, unless="is_locked", do="forget"),
    *on("agree", at=[S.CONSENT, S.DECLINED], to=S.SCREENING,
        do="note_consent begin_screening open_country"),
    *on("refuse", at=S.CONSENT, to=S.DECLINED),

    # Questions.  What answers the one that is asked is an "answer"; a yes to any other is a
    # red flag, late.
    *on("answer", at=S.GATE, to=S.SCREENING, when="rescreens",
        do="note_answer begin_screening say_all_again"),
    # Where the day after the last session was never told, what the gate hears stands for it.
    *on("answer", at=S.GATE, to=S.REFERRED, when="passes plan_refers",
        do="take_answer record_gate raise_by_plan"),
    *on("answer", at=S.GATE, to=S.HOME, when="passes skips_this_one",
        do="take_answer record_gate tell_change"),
    *on("answer", at=S.GATE, to=S.AREA, when="passes",
        do="take_answer record_gate begin_session"),
    *on("answer", at=S.SCREENING, to=S.NOTHING_FITS, when="passes nothing_fits",
        do="take_answer record_screening"),
    *on("answer", at=S.SCREENING, to=S.PASSED, when="passes was_reminding",
        do="take_answer record_screening offer_reminders"),
    *on("answer", at=S.SCREENING, to=S.PASSED, when="passes", do="take_answer record_screening"),
    *on("answer", at=ASKING, to=S.REFERRED, unless="goes_on", do="take_answer"),
    *on("answer", at=ASKING, to=SAME, when="is_declined", do="take_answer open_card"),
    *on("answer", at=ASKING, to=SAME, do="take_answer ask_condition_next"),
    *on("yes unsure", at=CONSENTED, to=S.SCREENING, when="is_new asks_more", do="raise_flag"),
    *on("yes unsure", at=CONSENTED, to=S.REFERRED, when="is_new", do="raise_flag"),
    *on("toggle", at=S.SCREENING, to=SAME, when="is_on_the_list", do="toggle tick_told"),
    *on("back", at=ASKING, to=SAME, when="has_ticked_a_sign", do="say_ticked_first"),
    *on("back", at=ASKING, to=SAME, when="has_one_before", do="ask_before"),

    # The lock, and how it opens.
    *on("known", at=S.REFERRED, to=S.KNOWN, when="may_be_old"),
    *on("confirm", at=S.KNOWN, to=S.REFERRED, when="may_be_old", do="lower_to_urgent"),
    *on("misread", at=S.REFERRED, to=S.MISREAD, when="was_read"),
    *on("confirm", at=S.MISREAD, to=SAME, when="was_read is_consent_old", do="open_consent"),
    *on("confirm", at=S.MISREAD, to=S.SCREENING, when="was_read", do="begin_afresh"),
    *on("back", at=[S.KNOWN, S.VOUCHING, S.MISREAD], to=S.REFERRED),
    *on("go_on", at=S.REFERRED, to=SAME, when="has_more_to_ask is_consent_old", do="open_consent"),
    *on("go_on", at=S.REFERRED, to=S.SCREENING, when="has_more_to_ask"),
    *on("vouch", at=S.REFERRED, to=S.VOUCHING, when="may_reopen"),
    *on("confirm", at=S.VOUCHING, to=SAME, when="may_reopen is_consent_old", do="open_consent"),
    *on("confirm", at=S.VOUCHING, to=S.SCREENING, when="may_reopen", do="begin_reopening"),

    # Coming and going.  Who leaves what is to be settled first comes back to nothing.
    *on("start", at=ASKING, to=S.HOME, when="leaves_open", unless="is_locked",
        do="leave_session ask_all_again"),
    *on("home", at=S.SCREENING, to=S.HOME, when="leaves_open", unless="is_locked",
        do="leave_session ask_all_again"),
    *on("session", at=CONSENTED, to=S.HOME, when="leaves_open", unless="is_locked",
        do="leave_session ask_all_again"),
    *on("screen", at=S.SCREENING, to=SAME, when="leaves_open", unless="is_locked",
        do="begin_screening"),
    *on("start", at=ASKING, to=SAME, do="close_pages"),
    *on("screen session", at=S.SCREENING, to=SAME, do="close_pages"),
    *on("session", at=[S.GATE, *GUIDED], to=SAME, do="close_pages"),
    *on("start home screen session", at=CONSENTED, to=S.REFERRED, when="is_locked",
        do="leave_session"),
    *on("start home", at=CONSENTED, to=S.HOME, do="leave_session tell_change"),
    *on("screen session", at=CONSENTED, to=S.HOME, when="is_consent_old",
        do="leave_session open_consent"),
    *on("screen", at=CONSENTED, to=S.SCREENING, when="was_interrupted", do="leave_session"),
    *on("screen", at=CONSENTED, to=S.SCREENING, do="begin_screening"),
    *on("session", at=CONSENTED, to=S.SCREENING, when="was_interrupted", do="leave_session"),
    *on("session", at=CONSENTED, to=S.SCREENING, unless="is_screened",
        do="begin_screening say_all_again"),
    *on("session", at=CONSENTED, to=S.NOTHING_FITS, when="nothing_fits", do="leave_session"),
    *on("session", at=CONSENTED, to=S.HOME, when="is_enough",
        do="leave_session tell_change say_enough"),
    *on("session", at=S.PASSED, to=S.AREA, when="is_gated", do="begin_session"),
    *on("session", at=CONSENTED, to=S.GATE, do="begin_gate tell_change"),
    *on("agreed", at=S.NOTHING_FITS, to=S.HOME, when="fits_then",
        do="note_agreement say_it_fits"),
    *on("agreed", at=S.NOTHING_FITS, to=SAME, when="could_agree",
        do="note_agreement say_none_fits_yet"),

    # Choosing.  Only what no condition rules out is offered, and only that is heard.
    *on("area", at=S.AREA, to=S.TOOL, when="is_an_area", do="choose_area"),
    *on("tight", at=S.AREA, to=S.SPOT),
    *on("area", at=S.SPOT, to=S.TOOL, when="is_an_area", do="choose_area"),
    *on("tool", at=S.TOOL, to=S.HARDER, when="is_a_tool is_hard"),
    *on("tool", at=S.TOOL, to=S.POSITION, when="has_positions", do="choose_tool"),
    *on("tool", at=S.TOOL, to=S.BRIEFING, when="is_a_tool", do="choose_tool"),
    *on("fine", at=S.HARDER, to=S.POSITION, when="hard_has_positions", do="choose_hard_tool"),
    *on("fine", at=S.HARDER, to=S.BRIEFING, do="choose_hard_tool"),
    *on("technique", at=S.POSITION, to=S.BRIEFING, when="is_a_technique", do="choose_technique"),
    *on("back", at=[S.SPOT, S.TOOL], to=S.AREA),
    *on("back", at=[S.HARDER, S.POSITION, S.BRIEFING], to=S.TOOL, do="drop_technique"),

    # The walkthrough: read, hold, check, and on to the next step, then the other side.
    *on("left right", at=S.BRIEFING, to=S.STEP, do="begin_walk"),
    *on("hold", at=[S.STEP, S.INTERRUPTED, S.EASED], to=S.HOLDING, when="is_held",
        do="begin_hold"),
    *on("next", at=S.STEP, to=S.STEP, when="has_next", unless="is_held", do="next_step"),
    *on("next", at=S.STEP, to=S.SWITCHING, when="has_other_side", unless="is_held"),
    *on("next", at=S.STEP, to=S.RATING, unless="is_held", do="complete"),
    *on("hold_over", at=S.HOLDING, to=S.INTERRUPTED, when="this_hold is_late_hold",
        do="cancel_hold close_pages"),
    *on("hold_over", at=S.HOLDING, to=S.CHECKING, when="this_hold", do="cancel_hold close_pages"),
    *on("fine", at=S.CHECKING, to=S.STEP, when="has_next", do="next_step"),
    *on("fine", at=S.CHECKING, to=S.SWITCHING, when="has_other_side"),
    *on("fine", at=S.CHECKING, to=S.RATING, do="complete"),
    *on("skip", at=WALKING, to=S.STEP, when="has_next", do="cancel_hold next_step"),
    *on("skip", at=WALKING, to=S.SWITCHING, when="has_other_side", unless="is_switching",
        do="cancel_hold"),
    *on("skip", at=WALKING, to=S.RATING, do="cancel_hold complete"),
    *on("ease", at=WALKING, to=S.EASED, do="cancel_hold"),
    *on("pause", at=WALKING, to=S.PAUSED, do="cancel_hold"),
    *on("repeat", at=WALKING, to=S.STEP, do="cancel_hold"),
    *on("resume", at=[S.EASED, S.HURT, S.PAUSED, S.INTERRUPTED], to=S.STEP),
    *on("back", at=S.SWITCHING, to=S.STEP),
    *on("back", at=WALKING, to=S.STEP, when="has_step_before", do="cancel_hold step_before"),
    *on("back", at=WALKING, to=S.BRIEFING, do="cancel_hold"),
    *on("wrong_side", at=WALKING, to=S.BRIEFING, unless="has_page",
        do="cancel_hold say_weight_off"),
    *on("other_side", at=S.SWITCHING, to=S.STEP, do="switch_sides"),
    *on("enough", at=S.SWITCHING, to=S.RATING, do="complete"),

    # Afterwards.
    *on("finish", at=[S.STOPPED, S.ENDED], to=S.RATING),
    *on("rate", at=S.RATING, to=S.REFERRED, when="is_severe", do="record_rating raise_severe"),
    *on("rate", at=S.RATING, to=S.FEELING, when="is_on_the_scale",
        do="record_rating ask_condition_next"),
    *on("feel", at=[S.FEELING, S.FINISHED], to=S.FINISHED, when="is_a_feeling",
        do="record_finish"),
    *on("today", at=S.FINISHED, to=S.BRIEFING, when="is_gated has_next_part",
        do="begin_again begin_today"),
    *on("more", at=S.FINISHED, to=S.AREA, when="is_gated may_do_more", do="begin_again"),

    # Pages lie over the conversation; underneath nothing moves.
    *on("help privacy export settings language learn country", at=EVERYWHERE, to=SAME,
        do="open_page"),
    *on("why", at=ASKING, to=SAME, when="is_alone", do="open_page"),
    *on("topic", at=EVERYWHERE, to=SAME, when="is_a_topic", do="open_topic"),
    *on("region", at=EVERYWHERE, to=SAME, when="is_a_region", do="open_region"),
    *on("live", at=EVERYWHERE, to=SAME, when="is_a_country", do="note_country"),
    *on("speak", at=EVERYWHERE, to=SAME, when="is_a_language", do="note_language"),
    *on("pictures", at=EVERYWHERE, to=SAME, do="switch_pictures"),
    *on("sounds", at=EVERYWHERE, to=SAME, do="switch_sounds"),
    *on("close", at=EVERYWHERE, to=SAME, when="has_page", unless="suspects asks_condition",
        do="close_page"),
    *on("erase", at=UNCONSENTED, to=S.ERASED, do="forget"),
    *on("erase", at=CONSENTED, to=S.ERASING, do="leave_session"),
    *on("confirm", at=S.ERASING, to=S.ERASED, do="forget"),
    *on("back", at=S.ERASING, to=S.REFERRED, when="is_locked"),
    *on("back", at=S.ERASING, to=S.HOME),

    # Consent, taken back for a while or given anew.
    *on("agree", at=CONSENTED, to=SAME, when="asks_consent", do="note_consent close_pages"),
    *on("suspend", at=CONSENTED, to=S.REFERRED, when="has_consented is_locked",
        do="leave_session suspend"),
    *on("suspend", at=CONSENTED, to=S.HOME, when="has_consented", do="leave_session suspend"),

    # After long silence: one question, then all is forgotten.
    *on("fade", at=UNCONSENTED, to=S.ERASED, do="forget be_silent"),
    *on("fade", at=CONSENTED, to=SAME, when="is_quiet", do="keep_still be_silent"),
    *on("fade", at=CONSENTED, to=S.ERASED, when="was_asked_to_keep", do="forget"),
    *on("fade", at=CONSENTED, to=SAME, do="ask_to_keep"),

    # Between sessions: what the clock says.  Nothing at night, and what comes hours late says so.
    # Where no technique can be offered no session is spoken of.
    *on("remind again", at=OPEN, to=SAME, when="offers_nothing", do="pass_over be_silent"),
    *on("nudge", at=OPEN, to=SAME, when="is_quiet", do="drop_nudge be_silent"),
    *on("nudge", at=OPEN, to=SAME, when="is_hours_late", do="drop_nudge be_silent"),
    *on("nudge", at=OPEN, to=SAME, do="nudge"),
    *on("remind again", at=OPEN, to=SAME, when="is_quiet", do="keep_still be_silent"),
    *on("remind", at=OPEN, to=SAME, when="went_unanswered", do="ask_to_pause"),
    *on("remind again", at=OPEN, to=SAME, when="is_hours_late has_waited", do="remind say_waited"),
    *on("remind again", at=OPEN, to=SAME, when="is_hours_late", do="miss"),
    *on("remind again", at=OPEN, to=SAME, do="remind"),
    *on("check_in", at=IDLE, to=SAME, when="is_a_day_late", do="drop_check be_silent"),
    *on("check_in", at=IDLE, to=SAME, when="is_quiet", do="keep_still be_silent"),
    *on("check_in", at=IDLE, to=S.CHECK_IN, do="keep_unsettled drop_check"),
    *on("ask_again", at=CONSENTED, to=SAME, when="is_quiet", unless="suspects_emergency",
        do="keep_still be_silent"),
    *on("ask_again", at=CONSENTED, to=SAME, do="ask_again"),
    *on("seen", at=CONSENTED, to=SAME, when="is_quiet", do="keep_still be_silent"),
    *on("seen", at=CONSENTED, to=SAME, do="ask_whether_seen"),

    # Answers to it.
    *on("later", at=OPEN, to=SAME, when="is_reminded", do="put_off open_reminders"),
    *on("tonight", at=OPEN, to=SAME, when="is_reminded is_before_tonight",
        do="put_off_to_tonight open_reminders"),
    *on("tonight", at=OPEN, to=SAME, when="is_reminded was_before_tonight", do="say_too_late"),
    *on("not_today", at=OPEN, to=SAME, when="is_reminded", do="close_pages"),
    *on("been", at=CONSENTED, to=SAME, when="is_asked_whether_seen", do="note_seen"),
    *on("not_yet", at=CONSENTED, to=SAME, when="is_asked_whether_seen", do="urge"),
    *on("rate", at=S.CHECK_IN, to=S.REFERRED, when="is_severe", do="record_next_day raise_severe"),
    *on("rate", at=S.CHECK_IN, to=S.REFERRED, when="plan_refers",
        do="record_next_day raise_by_plan"),
    *on("rate", at=S.CHECK_IN, to=S.WEEKLY, when="is_on_the_scale is_week_over",
        do="record_next_day begin_weekly ask_condition_next"),
    *on("rate", at=S.CHECK_IN, to=S.HOME, when="is_on_the_scale",
        do="record_next_day tell_change ask_condition_next"),
    *on("no", at=S.WEEKLY, to=S.HOME, when="about_the_week", do="record_weekly tell_change"),

    # When to be reminded: set up, changed, paused, stopped.
    *on("reminders", at=OPEN, to=SAME, when="is_consent_old", unless="is_locked",
        do="open_consent"),
    *on("first_wish", at=OPEN, to=SAME, when="is_consent_old", do="open_consent"),
    *on("wish", at=OPEN, to=SAME, when="is_consent_old", unless="is_on", do="open_consent"),
    *on("zone city", at=OPEN, to=SAME, when="is_a_zone is_consent_old", unless="is_on",
        do="open_consent"),
    *on("at every", at=OPEN, to=SAME, when="is_agreeable is_consent_old", unless="is_on",
        do="open_consent"),
    *on("quiet", at=OPEN, to=SAME, when="is_a_quiet is_consent_old", unless="is_on",
        do="open_consent"),
    *on("turn_on", at=OPEN, to=SAME, when="is_held_up is_consent_old", unless="is_on",
        do="open_consent"),
    *on("first_wish", at=OPEN, to=SAME, when="knows_clock says_days falls_in_quiet_hours",
        do="begin_reminder agree open_quiet"),
    *on("first_wish", at=OPEN, to=SAME, when="knows_clock says_time says_days",
        do="begin_reminder agree turn_on open_reminders"),
    *on("first_wish", at=OPEN, to=SAME, when="knows_clock says_time",
        do="begin_reminder agree open_days"),
    *on("first_wish", at=OPEN, to=SAME, when="knows_clock", do="begin_reminder open_time"),
    *on("first_wish", at=OPEN, to=SAME, do="open_zone keep_wish say_zone_first"),
    *on("reminders", at=OPEN, to=SAME, when="has_reminder", do="open_reminders"),
    *on("reminders", at=OPEN, to=SAME, when="knows_clock", do="begin_reminder open_time"),
    *on("reminders", at=OPEN, to=SAME, unless="is_locked", do="open_zone"),
    *on("reminders", at=CONSENTED, to=SAME, do="say_later"),
    *on("zone", at=OPEN, to=SAME, when="is_a_zone may_change_in_summer", do="take_zone open_city"),
    *on("zone city", at=OPEN, to=SAME, when="is_a_zone is_on", do="take_zone open_reminders"),
    *on("zone city", at=OPEN, to=SAME, when="is_a_zone says_days falls_in_quiet_hours",
        do="take_zone agree open_quiet"),
    *on("zone city", at=OPEN, to=SAME, when="is_a_zone says_days",
        do="take_zone agree turn_on open_reminders"),
    *on("zone city", at=OPEN, to=SAME, when="is_a_zone says_time",
        do="take_zone agree open_days"),
    *on("zone city", at=OPEN, to=SAME, when="is_a_zone", do="take_zone open_time"),
    *on("wish", at=OPEN, to=SAME, when="asks_to_wait", do="put_off open_reminders"),
    *on("wish", at=OPEN, to=SAME, when="asks_for_one_day", do="put_off_to_day open_reminders"),
    *on("wish", at=OPEN, to=SAME, when="asks_to_pause", do="pause_reminders open_reminders"),
    *on("wish", at=OPEN, to=SAME, when="asks_to_leave_out", do="leave_out open_reminders"),
    *on("wish", at=OPEN, to=SAME, when="asks_for_quiet covers_the_time",
        do="keep_quiet open_time"),
    *on("wish", at=OPEN, to=SAME, when="asks_for_quiet", do="keep_quiet open_reminders"),
    *on("at wish", at=OPEN, to=SAME, when="is_on falls_in_quiet_hours", do="agree open_quiet"),
    *on("at every", at=OPEN, to=SAME, when="is_agreeable is_on", do="agree open_reminders"),
    *on("wish", at=OPEN, to=SAME, when="is_on", do="agree open_reminders"),
    *on("every", at=OPEN, to=SAME, when="is_agreeable", do="agree open_quiet"),
    *on("wish", at=OPEN, to=SAME, when="says_days is_asked_the_time", do="say_time_first"),
    *on("wish", at=OPEN, to=SAME, when="says_days", do="agree open_quiet"),
    *on("at wish", at=OPEN, to=SAME, when="is_agreeable", do="agree open_days"),
    *on("wish", at=OPEN, to=SAME, do="say_off"),
    *on("quiet", at=OPEN, to=SAME, when="is_a_quiet", do="keep_quiet open_reminders"),
    *on("pause_for", at=OPEN, to=SAME, when="is_a_pause", do="pause_reminders open_reminders"),
    *on("skip_next", at=OPEN, to=SAME, when="comes", do="skip_next open_reminders"),
    *on("turn_on", at=OPEN, to=SAME, when="is_held_up", do="turn_on open_reminders"),
    *on("turn_off", at=OPEN, to=SAME, when="is_on", do="turn_off open_reminders"),
    *on("set_time set_days set_quiet set_zone", at=OPEN, to=SAME, when="has_reminder",
        do="open_page"),
    *on("set_pause", at=OPEN, to=SAME, when="is_on", do="open_page"),

    # What has been.
    *on("progress summary", at=UNCONSENTED, to=SAME, do="say_nothing_kept"),
    *on("progress summary", at=CONSENTED, to=SAME, do="open_page"),
    *on("span", at=CONSENTED, to=SAME, when="is_a_span", do="open_span"),
    *on("summary_text summary_data", at=CONSENTED, to=SAME, do="open_page"),
    *on("add_note", at=RESTING, to=SAME, do="open_page"),
    *on("note", at=RESTING, to=SAME, when="has_room", do="keep_note"),
    *on("note", at=RESTING, to=SAME, do="say_no_room"),
    *on("drop_note", at=RESTING, to=SAME, when="is_a_note", do="drop_note"),

    # The plan.
    *on("plan", at=IDLE, to=SAME, when="has_plan", do="open_page"),
    *on("undo", at=IDLE, to=SAME, when="can_undo is_consent_old", do="open_consent"),
    *on("undo", at=[*IDLE, S.GATE], to=SAME, when="can_undo", do="undo_change"),
    *on("bring_back", at=S.AREA, to=SAME, when="was_put_away", do="bring_back"),
    *on("today", at=S.AREA, to=S.BRIEFING, when="has_today", do="begin_today"),
]  # fmt: skip
