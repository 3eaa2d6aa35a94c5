"""The figures of the source: sizes, branches, imports, folders, floors. Usage: make figures.

`python -m docs.figures [FOLDER]` counts another checkout's package. Lines of a function are counted without
its decorators; branches are ifs, loops, handlers, cases, boolean operators and comprehensions, and one. Floors
of a room are the files of its longest chain of imports, arrows its imports from file to file. How a walk is
counted is told in `walks.py`.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import mean, median

from docs.source_tree import SOURCE, Tree, statements
from docs.walks import WALKS, stays

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
GENERATED = "store.migrations.versions"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    tree = Tree(folder)
    modules = [one for one in tree.modules.values() if not one.name.startswith(GENERATED)]
    functions = [
        node for one in modules for node in statements(one.tree) if isinstance(node, FUNCTIONS)
    ]
    lengths = [len(one.text.splitlines()) for one in modules]
    print(f"files          {len(modules)} with {sum(lengths):,} lines; {spread(lengths)}")
    print(f"functions      {len(functions):,}; lines: {spread(list(map(length, functions)))}")
    cost = list(map(branches, functions))
    print(f"branches       mean {mean(cost):.1f}; {spread(cost)}")
    print(f"imports a file {spread([imports(one.tree) for one in modules])}")
    width = Counter(one.path.parent.relative_to(folder).as_posix() for one in modules)
    widest = ", ".join(f"{name} {count}" for name, count in width.most_common(5))
    print(f"files a folder mean {mean(width.values()):.1f}; widest: {widest}")
    public = [node for one in modules for node in public_functions(one.tree)]
    told = [node for node in public if ast.get_docstring(node)]
    typed = list(map(is_annotated, functions))
    print(
        f"annotated      {mean(typed):.0%}; with a docstring, of the public: {len(told) / len(public):.0%}"
    )
    print("walks          stays and files; with tables and facts open: stays and files")
    for file, function, parameter in WALKS:
        ways = [
            stays(tree, file, function, parameter, is_open=is_open) for is_open in (False, True)
        ]
        counts = "".join(f"{len(way):>5} {len(set(way)):>3}" for way in ways)
        print(f"  {f'{function}: {parameter}':<28} {counts}" if ways[0] else f"  {file}: none")
    print("rooms          files, lines, floors, arrows within")
    for room in sorted({one.room for one in modules}):
        print(f"  {room:<12} {of_room(tree, room)}")


def spread(values: Sequence[int]) -> str:
    ranked = sorted(values)
    p90 = ranked[int(0.9 * (len(ranked) - 1))]
    return f"median {median(ranked):g}, p90 {p90}, max {ranked[-1]}"


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def branches(function: ast.AST) -> int:
    """Branches of a function without those of functions within it."""
    count, waiting = 1, list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, FUNCTIONS):
            continue
        count += isinstance(node, BRANCHES)
        count += len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0
        count += isinstance(node, ast.comprehension)
        waiting += ast.iter_child_nodes(node)
    return count


def is_annotated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    untyped = [one for one in named if one is not None and one.annotation is None]
    return function.returns is not None and all(one.arg in {"self", "cls"} for one in untyped)


def public_functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions of a module and methods of its classes whose names, and whose class's, are public."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.ClassDef, *FUNCTIONS)) and not node.name.startswith("_"):
            if isinstance(node, ast.ClassDef):
                yield from public_functions(node)
            else:
                yield node


def imports(tree: ast.Module) -> int:
    return sum(isinstance(node, ast.Import | ast.ImportFrom) for node in statements(tree))


def of_room(tree: Tree, room: str) -> str:
    own = {one.name: one for one in tree.modules.values() if one.room == room}
    own = {name: one for name, one in own.items() if not name.startswith(GENERATED)}
    arrows = {name: sorted(tree.imports[name] & own.keys()) for name in own}
    lines = sum(len(one.text.splitlines()) for one in own.values())
    within = sum(map(len, arrows.values()))
    return f"{len(own):>4} {lines:>7,} {floors(arrows):>3} {within:>4}"


def floors(arrows: dict[str, list[str]]) -> int:
    """The length of the longest chain; an arrow that closes a circle is not followed."""
    above: set[str] = set()

    @cache
    def depth(name: str) -> int:
        above.add(name)
        found = 1 + max((depth(one) for one in arrows[name] if one not in above), default=0)
        above.discard(name)
        return found

    return max(map(depth, arrows), default=0)


if __name__ == "__main__":
    main()
