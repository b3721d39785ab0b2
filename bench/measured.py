"""What one bot came to in one round."""

from dataclasses import dataclass

from bench.walk import Said, Walk


@dataclass(frozen=True, slots=True)
class Measured:
    cpu_seconds: float  # of the bot's processes
    server_seconds: float  # of the PostgreSQL beside it, if there is one
    walk: Walk
    said: list[Said]  # all that one person was shown

    def per_cpu_second(self) -> float:
        return self.walk.updates / self.cpu_seconds

    def cpu_an_update(self) -> float:
        return self.cpu_seconds / self.walk.updates

    def on_two_cores(self) -> float:
        """Updates a second, if two cores had nothing to do but the bot's work and the database's.

        On a machine of two cores the people and the stand-in take a large part of both.
        """
        return 2 * self.walk.updates / (self.cpu_seconds + self.server_seconds)

    def per_second(self) -> float:
        return self.walk.updates / self.walk.seconds

    def half_within(self) -> float:
        return self.wait(0.5)

    def most_within(self) -> float:
        return self.wait(0.99)

    def wait(self, share: float) -> float:
        """The wait for a first answer, in milliseconds, that this share did not exceed."""
        waits = sorted(self.walk.waits)
        return 1000 * waits[min(len(waits) - 1, int(share * len(waits)))]
