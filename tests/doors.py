"""The calls of the program, walked: which functions lead to letters, and which go round the gate."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: What lets letters go, and the function that has to be asked before it in the same function.
GATES = {
    "mailings.freeze": "the_sendable",
    "approvals.record": "refuse_unfit",
    "Posting": "refuse_altered",
}
#: Who has the checks done meanwhile waits for what they find, around what lets letters go.
MEANWHILE, WAITED_FOR = "checking_apart", "passed"
#: Letters of no edition, or to the editors themselves: an alert, a confirmation, a test letter, a lost password.
OTHER_LETTERS = {
    "alert._by_mail",
    "confirmation_mail.post",
    "test_send.test_send",
    "hand_on._all",
    "lost_password.post_link",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function or method, with what it calls or hands on, arguments before their call."""

    module: str
    name: str
    line: int
    #: As they are written: `the_sendable`, `store.mailings.freeze`.
    calls: tuple[str, ...]
    #: Those of them that are functions of this program, by module and name.
    known: frozenset[str]

    @property
    def path(self) -> str:
        return f"{self.module}.{self.name}"

    @property
    def lets_go(self) -> bool:
        return any(_is(call, sink) for call in self.calls for sink in GATES)

    def ungated(self) -> Iterator[str]:
        """A sentence for each way in it by which letters go without the gate."""
        for number, call in enumerate(self.calls):
            before = self.calls[:number]
            for sink, gate in GATES.items():
                if _is(call, sink) and not any(_is(earlier, gate) for earlier in before):
                    yield (
                        f"{self.path}, line {self.line}, calls {sink} and goes round the gate: "
                        f"call {gate} (gate.py, sign_off.py) before it, or the verb that does."
                    )
            if any(_is(call, sink) for sink in GATES) and not self._waits(before):
                yield (
                    f"{self.path}, line {self.line}, calls {call} whatever the checks find: do so within "
                    f"`{WAITED_FOR}` of what {MEANWHILE} gives."
                )
            posts = _is(call, "post_one") or (
                _is(call, "connection.post") and not self.path.endswith("post_one.post_one")
            )
            if posts and not any(map(self.path.endswith, OTHER_LETTERS)):
                yield (
                    f"{self.path}, line {self.line}, posts letters and goes round the gate: let "
                    "deliver.py post them, or name it in tests/doors.py if no reader gets them."
                )

    def _waits(self, before: Iterable[str]) -> bool:
        """Whether what the checks find is waited for, where they are done by others."""
        goes_on = any(_is(call, MEANWHILE) for call in self.calls)
        return not goes_on or any(_is(call, WAITED_FOR) for call in before)


def functions(root: Path, parts: Iterable[str] = ("",)) -> tuple[Function, ...]:
    """Every function of the files under folders of a package."""
    return tuple(
        found
        for part in parts
        for path in sorted((root / part).rglob("*.py"))
        for found in _functions(
            ast.parse(path.read_text()),
            ".".join((root.name, *path.relative_to(root).with_suffix("").parts)),
        )
    )


def leading_to_letters(found: Iterable[Function]) -> set[str]:
    """The public functions from which some chain of calls ends in letters to readers."""
    reach = {one.path for one in found if one.lets_go}
    while more := {one.path for one in found if one.known & reach} - reach:
        reach |= more
    names = {path.rpartition(".")[2] for path in reach}
    return {name for name in names if not name.startswith("_")}


def _functions(tree: ast.Module, module: str) -> Iterator[Function]:
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    classes = [node.body for node in tree.body if isinstance(node, ast.ClassDef)]
    for body in (tree.body, *classes):
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                calls = tuple(name for statement in node.body for name in _named(statement))
                own = (call.removeprefix("self.") for call in calls)
                yield Function(
                    module=module,
                    name=node.name,
                    line=node.lineno,
                    calls=calls,
                    known=frozenset(imported.get(name, f"{module}.{name}") for name in own),
                )


def _named(node: ast.AST) -> Iterator[str]:
    parts = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Call):
        parts = [*node.args, *node.keywords, node.func]
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        parts = list(node.body)  # not what annotations name
    for part in parts:
        yield from _named(part)
    if isinstance(node, ast.Name | ast.Attribute):
        yield ast.unparse(node)


def _is(call: str, name: str) -> bool:
    return f".{call}".endswith(f".{name}")
