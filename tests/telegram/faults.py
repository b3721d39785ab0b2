"""What goes wrong on demand."""

from dataclasses import dataclass

from tests.telegram.refusals import Refusal

ANY = "*"
_WORDS = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
    " is running",
    429: "Too Many Requests: retry after {retry_after}",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True)
class Fault:
    """What happens to the next *times* calls of *method*, in *chat_id* if one is given.

    `code`: it is answered so, and not taken.  `cut`: the line is cut "before" it is taken, or
    "after".  `slow`: it is taken at once, and answered so many seconds later.
    """

    method: str = ANY
    times: int = 1
    code: int = 0
    description: str = ""
    retry_after: int = 0
    cut: str = ""
    slow: float = 0.0
    chat_id: int | None = None

    def refusal(self) -> Refusal:
        words = _WORDS.get(self.code, f"Error {self.code}")
        description = self.description or words.format(retry_after=self.retry_after)
        return Refusal(self.code, description, self.retry_after)


def take(faults: list[Fault], method: str, chat_id: int | None) -> Fault | None:
    """The first fault that is meant for this call; one fewer of it is left."""
    for fault in faults:
        if fault.method not in (ANY, method) or fault.chat_id not in (None, chat_id):
            continue
        fault.times -= 1
        if fault.times <= 0:
            faults.remove(fault)
        return fault
    return None
