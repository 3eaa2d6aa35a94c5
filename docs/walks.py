"""Walks: how often one value comes into another file on its way through the program. Part of make figures.

A value is a parameter and all that is made of it. Calls that are handed it are followed in the order in which
they are written, all branches, into functions and methods of `self` that the source names. A stay is a row of
such calls within one file; a function that was walked before is entered again and not walked again.

A walk is counted twice: as a reader of the calls goes it, for whom a loop over a table of functions is one step
and a property a fact; and with tables and facts open, where such a loop enters each function of its tuple, a call
of what a dictionary holds each of those, and a property of the value is entered, where one class alone has
something of its name: so nobody can make a walk short by hiding it there. Not followed are methods of other
objects, functions that are handed on as values, and what a class is made of. Other tools count otherwise: compare
these figures with each other only.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from docs.source_tree import Module, Tree, statements

#: Where a walk begins: file, function and parameter. One for each way through the program.
WALKS = (
    ("articles.split_page", "split_page", "page"),
    ("articles.text_pieces", "text_pieces", "text"),
    ("articles.html_pieces", "html_pieces", "document"),
    ("actions.editions.draft", "draft", "desk"),
    ("digests.make", "make_digest", "article"),
    ("editions.assemble", "assemble", "stories"),
    ("emails.render", "render", "edition"),
    ("actions.rendering.render", "render_edition", "desk"),
    ("actions.sending.send", "send_edition", "desk"),
    ("actions.sending.deliver", "deliver", "mailing"),
    ("actions.letters.letter_writer", "LetterWriter.write", "reader"),
    ("web.desk.approval", "approve", "request"),
    ("actions.schedule.run_due_slots", "SlotRunner.attend", "name"),
    ("web.subscribe", "Subscribe.post", "request"),
)
_ASSIGNED = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr)
_LOOPS = (ast.For, ast.AsyncFor, ast.comprehension)
_WALKED = (ast.Call, ast.Attribute, *_ASSIGNED, *_LOOPS)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def stays(
    tree: Tree, file: str, function: str, parameter: str, *, is_open: bool = False
) -> list[str]:
    """The files that a value comes into, one for each stay; none where the function is not there.

    With `is_open` the walk goes into what tables hold and properties do.
    """
    walk = _Walk(tree, is_open=is_open)
    if file in tree.modules and function in _functions(tree.modules[file]):
        walk.enter((file, function), {parameter})
    return walk.stays


class _Walk:
    def __init__(self, tree: Tree, *, is_open: bool) -> None:
        self.stays: list[str] = []
        self._is_open = is_open
        self._tree = tree
        self._walked: set[tuple[str, str]] = set()

    def enter(self, place: tuple[str, str], names: set[str]) -> None:
        file, function = place
        if self.stays[-1:] != [file]:
            self.stays.append(file)
        if place in self._walked:
            return
        self._walked.add(place)
        for node in _as_they_run(_functions(self._tree.modules[file])[function]):
            if isinstance(node, ast.Call):
                for callee in self._callees(place, node):
                    if handed := self._handed(callee, node, names):
                        self.enter(callee, handed)
            elif isinstance(node, ast.Attribute):
                self._ask(node, names)
            else:
                names |= _made(node, names)

    def _ask(self, asked: ast.Attribute, names: set[str]) -> None:
        fact = _facts(self._tree).get(asked.attr) if self._is_open else None
        if fact and _named(asked.value) & names:
            self.enter(fact, {"self"})

    def _callees(self, place: tuple[str, str], call: ast.Call) -> Iterator[tuple[str, str]]:
        file, function = place
        module, called = self._tree.modules[file], call.func
        if isinstance(called, ast.Name):
            yield from self._known(module, called.id)
            for loop in _as_they_run(_functions(module)[function]) if self._is_open else ():
                if isinstance(loop, _LOOPS) and called.id in _stored(loop.target):
                    yield from self._in_table(module, loop.iter)
        elif isinstance(called, ast.Attribute) and ast.unparse(called.value) == "self":
            method = f"{function.rpartition('.')[0]}.{called.attr}"
            yield from [(file, method)] if method in _functions(module) else []
        elif isinstance(called, ast.Subscript | ast.Call):
            yield from self._in_table(module, called)

    def _in_table(self, module: Module, said: ast.expr) -> Iterator[tuple[str, str]]:
        """The functions in a tuple or dictionary of the module, in their order."""
        for node in module.tree.body if self._is_open else ():
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", 0)
            if isinstance(target, ast.Name) and target.id in _named(said):
                for part in ast.walk(getattr(node, "value", node)):
                    if isinstance(part, ast.Name):
                        yield from self._known(module, part.id)

    def _known(self, module: Module, name: str) -> Iterator[tuple[str, str]]:
        if name in _functions(module):
            yield module.name, name
        file, called = _imported(module).get(name, ("", ""))
        known = self._tree.modules.get(file.removeprefix(f"{self._tree.package}."))
        if known and called in _functions(known):
            yield known.name, called

    def _handed(self, callee: tuple[str, str], call: ast.Call, names: set[str]) -> set[str]:
        """By which names the callee knows what it is handed of the value."""
        given = _functions(self._tree.modules[callee[0]])[callee[1]].args
        known = [one.arg for one in (*given.posonlyargs, *given.args) if one.arg != "self"]
        handed = {one.arg for one in call.keywords if one.arg and _named(one.value) & names}
        for at, value in enumerate(call.args):
            if _named(value) & names:
                handed |= {*known[at:]} if isinstance(value, ast.Starred) else {*known[at : at + 1]}
        return handed


def _made(node: ast.AST, names: set[str]) -> frozenset[str]:
    """What an assignment or a loop makes of the value, by its names."""
    if isinstance(node, _LOOPS):
        return _stored(node.target) if _named(node.iter) & names else frozenset()
    if not isinstance(node, _ASSIGNED) or node.value is None or not _named(node.value) & names:
        return frozenset()
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return frozenset(name for target in targets for name in _stored(target))


@cache
def _imported(module: Module) -> dict[str, tuple[str, str]]:
    """From which file a name comes, and what it is called there."""
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in statements(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


@cache
def _facts(tree: Tree) -> dict[str, tuple[str, str]]:
    """Each property by its name, where no other class has a property or a field of that name."""
    held: dict[str, list[tuple[str, str] | None]] = defaultdict(list)
    for module in tree.modules.values():
        for owner in (one for one in module.tree.body if isinstance(one, ast.ClassDef)):
            for part in owner.body:
                if isinstance(part, ast.FunctionDef):
                    is_fact = any("property" in ast.unparse(one) for one in part.decorator_list)
                    place = (module.name, f"{owner.name}.{part.name}") if is_fact else None
                    held[part.name].append(place)
                elif isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                    held[part.target.id].append(None)
    return {name: place[0] for name, place in held.items() if len(place) == 1 and place[0]}


@cache
def _functions(module: Module) -> dict[str, Function]:
    """Functions of a file and methods of its classes, by their names."""
    held = [("", module.tree.body)]
    held += [(f"{one.name}.", one.body) for one in held[0][1] if isinstance(one, ast.ClassDef)]
    return {
        f"{within}{node.name}": node
        for within, body in held
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@cache
def _as_they_run(function: Function) -> tuple[ast.AST, ...]:
    """The nodes of a function that walks come to, as often as they do."""
    return tuple(one for one in _in_order(function) if isinstance(one, _WALKED))


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes as they run: what is handed over before the call, loops before what they repeat."""
    if isinstance(node, _LOOPS):
        yield node
    children: Sequence[ast.AST] = list(ast.iter_child_nodes(node))
    for child in sorted(children, key=lambda one: not isinstance(one, ast.comprehension)):
        yield from _in_order(child)
    if not isinstance(node, _LOOPS):
        yield node


@cache
def _named(node: ast.AST) -> frozenset[str]:
    return frozenset(one.id for one in ast.walk(node) if isinstance(one, ast.Name))


@cache
def _stored(node: ast.AST) -> frozenset[str]:
    return frozenset(
        one.id
        for one in ast.walk(node)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    )
