"""The source of the program as modules and their imports, for the picture and the figures."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "briefing"


@dataclass(frozen=True)
class Module:
    """One file; its name is dotted and begins below the package."""

    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]

    @property
    def meaning(self) -> str:
        """The first sentence of its docstring."""
        return (ast.get_docstring(self.tree) or "").split("\n")[0]


class Tree:
    """All modules below a folder."""

    def __init__(self, folder: Path = SOURCE) -> None:
        self.package = folder.name
        self.modules = {
            name: Module(name, path)
            for path in sorted(folder.rglob("*.py"))
            if (name := _name(path.relative_to(folder)))
        }

    @cached_property
    def imports(self) -> dict[str, frozenset[str]]:
        """Which modules of the package each one imports, when it runs or when it is called."""
        return {
            name: frozenset(self._named(module)) - {name} for name, module in self.modules.items()
        }

    def between_rooms(self) -> dict[str, set[str]]:
        """Which rooms each room imports."""
        found: dict[str, set[str]] = {module.room: set() for module in self.modules.values()}
        for name, targets in self.imports.items():
            room = self.modules[name].room
            found[room] |= {self.modules[target].room for target in targets} - {room}
        return found

    def folders(self, room: str) -> list[str]:
        """The rooms within a room."""
        files = (m.path for m in self.modules.values() if m.room == room)
        return sorted(
            path.parent.name
            for path in files
            if path.name == "__init__.py" and path.parent.parent.name == room
        )

    def _named(self, module: Module) -> Iterator[str]:
        for node in statements(module.tree, at_run_time=True):
            if isinstance(node, ast.Import):
                yield from filter(None, (self._module(alias.name) for alias in node.names))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    found = self._module(f"{node.module}.{alias.name}")
                    yield from filter(None, [found or self._module(node.module)])

    def _module(self, dotted: str) -> str | None:
        package, _, name = dotted.partition(".")
        return name if package == self.package and name in self.modules else None


def statements(tree: ast.AST, *, at_run_time: bool = False) -> Iterator[ast.AST]:
    """Every node below it but expressions, in which no statement stands.

    With `at_run_time` without what only a type checker reads.
    """
    waiting = [tree]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            if isinstance(child, ast.expr) or (at_run_time and _is_for_types(child)):
                continue
            yield child
            waiting.append(child)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
