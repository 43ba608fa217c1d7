"""Finding the word a mistyped or unfinished word was meant to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

SHORTEST_TYPO = 4
SHORTEST_PREFIX = 3
MAX_CANDIDATES = 4
MAX_COMPLETIONS = 12
# Words this long may hold two slips; shorter ones would turn into other words.
LONG_WORD = 8
COMPLETION = 0.75


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def distance(left: str, right: str, limit: int) -> int:
    """Number of letters inserted, left out, replaced or swapped with a neighbour; limit + 1 where it is more."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            cost = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]


class Vocabulary:
    """The words that can be found, each with the stems it stands for; trigrams narrow the search."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self._words = words
        self._by_trigram: dict[str, list[str]] = {}
        for word in words:
            if len(word) >= SHORTEST_PREFIX:
                for trigram in _trigrams(word):
                    self._by_trigram.setdefault(trigram, []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def stems(self, word: str) -> tuple[str, ...]:
        return self._words[word]

    def near(self, word: str) -> list[tuple[tuple[str, ...], float]]:
        """Stems of the words `word` may be a slip for, with a likeness from 0 to 1, best first."""
        if len(word) < SHORTEST_TYPO:
            return []
        limit = 2 if len(word) >= LONG_WORD else 1
        own = _trigrams(word)
        shared: Counter[str] = Counter()
        for trigram in own:
            shared.update(self._by_trigram.get(trigram, ()))
        # Two letters swapped touch four trigrams.
        needed = max(1, len(own) - 4 * limit)
        found = []
        for other, common in shared.items():
            if common >= needed and len(other) >= SHORTEST_TYPO - 1:
                steps = distance(word, other, limit)
                if steps <= limit and (other[0] == word[0] or len(word) > SHORTEST_TYPO + 1):
                    found.append((1 - steps / len(word), other))
        # A word one slip away is meant rather than one that is two away.
        best = max((likeness for likeness, _ in found), default=0.0)
        nearest = sorted(other for likeness, other in found if likeness == best)
        return self._unique([(best, other) for other in nearest], MAX_CANDIDATES)

    def completions(self, word: str) -> list[tuple[tuple[str, ...], float]]:
        """Stems of the words that begin with `word`, for one who is still typing."""
        if len(word) < SHORTEST_PREFIX:
            return []
        start = f"  {word}"[:3] if len(word) < SHORTEST_PREFIX else f" {word[:2]}"
        found = [(COMPLETION, other) for other in self._by_trigram.get(start, ()) if other.startswith(word)]
        return self._unique(sorted(found, key=lambda pair: (len(pair[1]), pair[1])), MAX_COMPLETIONS)

    def split(self, word: str) -> tuple[str, ...] | None:
        """The stems of two words written as one (direksikeet), or None."""
        for cut in range(1, len(word) - SHORTEST_PREFIX):
            left, right = word[:cut], word[cut:]
            if right in self._words and left in self._words and (cut >= SHORTEST_PREFIX or len(right) > SHORTEST_TYPO):
                return (*self._words[left], *self._words[right])
        return None

    def _unique(self, found: Iterable[tuple[float, str]], limit: int) -> list[tuple[tuple[str, ...], float]]:
        best: dict[tuple[str, ...], float] = {}
        for likeness, word in found:
            best.setdefault(self._words[word], likeness)
        return list(best.items())[:limit]
