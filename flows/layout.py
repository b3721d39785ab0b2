"""Which buttons stand where: a table, a row of text for a row of buttons.

A button that would not be heard is not shown, so the guards of the table decide and
nothing is decided twice.  What takes a value is spread: a button for each that is heard.
"""

from flows.chat import State as S

WALK = (
    "sharp",
    "ease repeat skip",
    "back pause stop",
    "emergency",
)
ANSWERS = ("rate", "toggle", "yes no", "unsure", "decline", "none", "done", "why back", "emergency")

LAYOUT: dict[S, tuple[str, ...]] = {
    S.NEW: ("begin", "emergency", "help privacy"),
    S.AGE: ("yes no", "unsure", "emergency"),
    S.UNDER_AGE: ("emergency",),
    S.CONSENT: ("agree", "refuse", "privacy emergency"),
    S.DECLINED: ("agree", "home", "emergency"),
    S.WARNED: ("country", "home", "emergency"),
    S.SCREENING: ANSWERS,
    S.GATE: ("rate", "yes no", "unsure", "why back", "emergency"),
    S.REFERRED: (
        "go_on",
        "country",
        "summary",
        "vouch",
        "learn",
        "emergency help",
        "known",
        "misread",
    ),
    S.KNOWN: ("confirm", "back", "emergency"),
    S.VOUCHING: ("confirm", "back", "emergency"),
    S.MISREAD: ("back", "confirm", "emergency"),
    S.PASSED: ("session", "learn", "home", "emergency"),
    S.HOME: ("session", "screen", "plan progress", "learn", "settings help", "emergency"),
    S.NOTHING_FITS: ("agreed", "learn", "screen", "home", "emergency"),
    S.AREA: ("today", "area", "tight", "bring_back", "home", "emergency"),
    S.SPOT: ("area", "back", "emergency"),
    S.TOOL: ("tool", "back", "home", "emergency"),
    S.HARDER: ("fine", "back", "emergency"),
    S.POSITION: ("technique", "back", "emergency"),
    S.BRIEFING: ("left right", "back", "home", "emergency"),
    S.STEP: ("hold", "next", *WALK),
    S.HOLDING: ("sharp", "ease", "repeat skip", "back pause stop", "emergency"),
    S.CHECKING: ("fine", *WALK),
    S.EASED: ("hold", "resume", "sharp", "repeat skip", "back pause stop", "emergency"),
    S.HURT: ("resume", "skip", "stop", "sharp", "ease repeat", "back pause", "emergency"),
    S.PAUSED: ("resume", "sharp", "ease repeat skip", "back stop", "emergency"),
    S.INTERRUPTED: ("hold", "resume", *WALK),
    S.SWITCHING: ("other_side", "enough", *WALK),
    S.ENDED: ("finish", "learn", "home", "emergency"),
    S.STOPPED: ("finish", "learn", "home", "emergency"),
    S.RATING: ("rate", "home", "emergency"),
    S.FEELING: ("feel", "home", "emergency"),
    S.FINISHED: ("today", "more", "reminders", "learn", "home", "emergency"),
    S.CHECK_IN: ("rate", "home", "emergency"),
    S.WEEKLY: ("yes no", "unsure", "home", "emergency"),
    S.ERASING: ("confirm", "back", "emergency"),
    S.ERASED: ("start",),
}

PAGES: dict[str, tuple[str, ...]] = {
    "help": ("learn privacy", "settings", "close", "emergency"),
    "privacy": ("export", "suspend erase", "close", "emergency"),
    "consent": ("agree", "export erase", "close", "emergency"),
    "keep": ("close", "export erase", "emergency"),
    "export": ("erase", "close", "emergency"),
    "settings": ("reminders", "country", "language", "pictures sounds", "close", "emergency"),
    "language": ("speak", "close", "emergency"),
    "learn": ("topic", "close", "emergency"),
    "topic": ("close", "emergency"),
    "why": ("close", "emergency"),
    "card": ("close", "emergency"),
    "country": ("region", "close", "emergency"),
    "region": ("live", "close", "emergency"),
    "emergency": ("happening", "flag", "country", "close"),
    "doubt": ("look", "carry_on", "emergency"),
    "puzzle": ("look", "carry_on", "help", "emergency"),
    "info": ("flag", "carry_on", "emergency"),
    "condition": ("screen", "not_so", "emergency"),
    "worries": ("flag", "carry_on", "emergency"),
    "suspicion": ("flag", "long_known", "not_so", "not_about_me", "emergency"),
    "plan": ("undo", "reminders", "close", "emergency"),
    "progress": ("span", "summary", "close", "emergency"),
    "summary": ("add_note", "summary_text", "summary_data", "close", "emergency"),
    "summary_text": ("close", "emergency"),
    "summary_data": ("close", "emergency"),
    "add_note": ("drop_note", "close", "emergency"),
    "reminder": ("session", "later tonight", "not_today reminders", "emergency"),
    "nudge": ("session", "later tonight", "not_today reminders", "emergency"),
    "missed": ("session", "not_today reminders", "emergency"),
    "ask_pause": ("turn_on", "set_pause", "turn_off", "emergency"),
    "reopened": ("turn_on", "session", "close", "emergency"),
    "seen": ("been", "not_yet", "emergency"),
    "reminders": (
        "set_time set_days",
        "set_quiet set_zone",
        "skip_next set_pause",
        "turn_on turn_off",
        "close",
        "emergency",
    ),
    "set_time": ("at", "close", "emergency"),
    "set_days": ("every", "close", "emergency"),
    "set_quiet": ("quiet", "close", "emergency"),
    "set_zone": ("zone", "close", "emergency"),
    "set_city": ("city", "close", "emergency"),
    "set_pause": ("pause_for", "close", "emergency"),
}

# How many buttons share a row, where a spread has short labels.
ABREAST = {
    "rate": 6, "live": 2, "region": 2, "feel": 3, "at": 3, "every": 2, "quiet": 2, "zone": 3,
    "pause_for": 3, "span": 3,
}  # fmt: skip


def events_of(rows: tuple[str, ...]) -> set[str]:
    """The events of a layout."""
    return {event for row in rows for event in row.split()}
