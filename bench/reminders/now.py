"""The clock on the wall, by which alarms are due."""

import time
from collections.abc import Callable

now: Callable[[], float] = time.time  # noqa: TID251 - alarms are due by it
