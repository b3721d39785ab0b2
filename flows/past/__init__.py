"""What has been: a person's log, read, counted, told and laid out.

Everything here is a pure function of the lines of the log, the chat and the book.

history   the lines, as sessions and what has changed
days      when something was, by the person's clock
figures   what can be counted in a span of it, and whether the pain is less
progress  the same in words, and as a chart that the printer draws
answers   what was asked, and the answers as they were given
sheet     all of it for an appointment: on a page, and in words
fhir      the same as data
"""

from collections.abc import Callable, Mapping, Sequence

from flows.book import Book
from flows.chat import Chat
from flows.past.fhir import sheet_data
from flows.past.history import Line
from flows.past.progress import progress
from flows.past.sheet import sheet, sheet_words
from flows.screen import Made, Material

Tell = Callable[[Made, Chat, Sequence[Line], Book], Material]

# What is made out of the log, by kind.  Whoever wants no picture has its words.
TOLD: Mapping[str, Tell] = {
    "progress": progress,
    "progress.words": progress,
    "sheet": sheet,
    "sheet.words": sheet_words,
    "sheet.data": sheet_data,
}
