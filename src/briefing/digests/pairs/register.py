"""Everybody an article names, under each word they are called by."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Register:
    """Everybody found so far, under each word they are called by."""

    names: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    given: list[set[str]] = field(default_factory=list)
    offices: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def named(self, words: Sequence[str]) -> int:
        """Who a run of capitalised words is; somebody new when nobody fits."""
        *first, last = words
        for who in reversed(self.names.get(last, ())):
            known = self.given[who]
            if not first or not known or known & set(first):
                break
        else:
            who = self.add(last)
        self.given[who].update(first)
        for word in first:
            if who not in self.names[word]:
                self.names[word].append(who)
        return who

    def add(self, name: str) -> int:
        """Somebody new."""
        self.given.append(set())
        self.names[name].append(len(self.given) - 1)
        return len(self.given) - 1
