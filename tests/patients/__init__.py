"""Invented patients, played through Telegram's wire, once by buttons and once by typing.

Each is a TOML file that a clinician can read and write.  Whatever it leaves out is in good
health: the answer is "No", the pain is a 3, nothing is ticked.

story       who it is, in plain words
decisions   which decisions on the evidence it is for, by number
country     where they are: what they tap, and what they type
answers     to a question by its id (E05), to A0 (the age), or about a condition (K01: has a
            doctor agreed, or where it is): what they `tap`, and what they `type`.  It may be
            several: all but the last are too unclear for an answer, and are asked again
ticks       what they tick on a checklist, and the words in which they type it
long_known  at the emergency screen they say that it is old, unchanged and examined
chooses     a technique, and the words for its area, tool, position and side: they go through
            that whole session
expect      how it ends
later       what happens when they come back, `wait` after: a visit of its own, with all of the
            above.  `comes` is what for: "session", "screen", "reopening" (a clinician has said
            that it is fine), or "thoughts" and "happening", the two buttons under Emergency,
            for which they type what `says` says

What is expected:

disposition  what it comes to; empty when nothing is kept about it
rules        the ids of all rules that fired, and of no others
screen       what the last screen says; and `silent`, what it must not say
reopening    whether the last screen has the button that opens a lock
offered      every technique that can be reached, and no other
not_offered  techniques, tools, areas and positions that must not be among them
never        what is never said to them in the whole session
"""
