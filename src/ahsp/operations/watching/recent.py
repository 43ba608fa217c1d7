"""How the node is now: the parts as they answer, the requests of the last seconds."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from ahsp.operations.queries import latest_figures
from ahsp.operations.watching.counters import Reading, read
from ahsp.operations.watching.figures import figures_of, of_parts
from ahsp.operations.watching.parts import ask_parts, node

# Rates of fewer seconds jump about; those of more are no longer now.
SHORTEST, LONGEST = 4.0, 40.0
_readings: deque[Reading] = deque(maxlen=12)
_lock = threading.Lock()


def figures_now() -> tuple[Mapping[str, float], Reading]:
    """Figures as samples have them, and the counters they come from.

    Requests are those since an earlier look of this process, else those of the last sample.
    """
    reading = read(time.monotonic())
    before = _earlier(reading)
    parts = ask_parts()
    if before is not None:
        return figures_of(reading.since(before), parts), reading
    kept = latest_figures(node(), timezone.now() - timedelta(minutes=2))
    return {**kept, **of_parts(parts)}, reading


def _earlier(reading: Reading) -> Reading | None:
    with _lock:
        _readings.append(reading)
        return next((known for known in _readings if SHORTEST <= reading.at - known.at <= LONGEST), None)
