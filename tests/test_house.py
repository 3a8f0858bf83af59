"""The house stands: floors, pure files, guarded routes, sizes."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOORS = {
    "errors": 0, "kit": 0, "extensions": 0,
    "journal": 1, "outbox": 1, "files": 1, "search": 1, "web": 1, "office": 1,
    "people": 2,
    "tasks": 3, "drafts": 3, "notifications": 3,
    "review": 4, "nominations": 4, "forum": 4, "library": 4,
    "exchange": 5, "papers": 5, "delegations": 5, "polls": 5, "reach": 5, "offline": 5,
    "meetings": 5, "mandates": 5,
    "alerts": 6, "inbox": 6, "interop": 6, "reports": 6,
    "worker": 7, "demo": 7, "keeping": 7, "running": 8, "commands": 8, "round_commands": 8, "desk_commands": 8,
    "cli": 8, "__main__": 9, "rooms": 9, "consult": 9,
}  # fmt: skip
# The ties between neighbours: a clock that cannot read a date says so in the house's own way; a letter takes files along; a command by
# mail is answered by letters like those that alerts write, with the same pen.
NEIGHBOURS = {("kit", "errors"), ("outbox", "files"), ("inbox", "alerts")}
FILES = sorted((ROOT / "consult").rglob("*.py"))


def room(path: Path) -> str:
    """The room a file belongs to: the folder below consult/, or the file itself."""
    inside = path.relative_to(ROOT / "consult").parts
    return "consult" if inside == ("__init__.py",) else inside[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Every module of ours that a file imports, at whatever depth of the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def rooms_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("consult.")} - {"create_app"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_imports_its_own_room_or_lower_floors_only(path):
    here = room(path)
    assert here in FLOORS, f"{here} is not a room of this house; give it a floor here and in docs/house.md"
    for other in rooms_imported(path) - {here}:
        low = FLOORS[other] < FLOORS[here] or (here, other) in NEIGHBOURS or FLOORS[here] >= 7
        assert low, f"{path.relative_to(ROOT)} on floor {FLOORS[here]} imports {other} on floor {FLOORS[other]}"


def pure(path: Path) -> bool:
    return path.name == "rules.py" or (ast.get_docstring(ast.parse(path.read_text())) or "").startswith("Pure:")


PURE = [path for path in FILES if pure(path)]


@pytest.mark.parametrize("path", PURE, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_pure_file_says_so_and_loads_neither_flask_nor_sqlalchemy(path):
    assert (ast.get_docstring(ast.parse(path.read_text())) or "").startswith("Pure:")
    reached, waiting = set(), [path]
    while waiting:
        file = waiting.pop()
        if file in reached:
            continue
        reached.add(file)
        for name in imports(file):
            assert name.split(".")[0] not in ("flask", "sqlalchemy", "flask_babel", "flask_login"), (
                f"{path.name} reaches {name} through {file.name}"
            )
            for parts in (name.split("."), name.split(".")[:-1]):
                target = ROOT.joinpath(*parts).with_suffix(".py")
                if parts and parts[0] == "consult" and target.exists():
                    waiting.append(target)


def test_pure_files_really_load_without_flask():
    names = [".".join(p.relative_to(ROOT).with_suffix("").parts) for p in PURE]
    check = "import sys, importlib\n" + "".join(f"importlib.import_module({n!r})\n" for n in names)
    check += "assert not {'flask', 'sqlalchemy'} & set(sys.modules), sorted({'flask', 'sqlalchemy'} & set(sys.modules))"
    subprocess.run([sys.executable, "-c", check], check=True, cwd=ROOT)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_doors_commit(path):
    doors = {
        "extensions.py",
        "web/transaction.py",
        "worker.py",
        "cli.py",
        "demo.py",
        "keeping.py",
        "inbox/desk.py",
        "outbox/sending.py",
        "alerts/actions.py",
    }
    if str(path.relative_to(ROOT / "consult")) in doors:
        return
    calls = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Attribute) and n.attr == "commit"]
    assert not calls, f"{path.relative_to(ROOT)} commits; only doors do"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_can_be_held_in_the_head(path):
    source = path.read_text()
    assert source.count("\n") <= 300, f"{path.relative_to(ROOT)} has more than 300 lines: redesign the room"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            assert length <= 40, f"{path.relative_to(ROOT)}: {node.name} has {length} lines"


@pytest.mark.parametrize("path", [f for f in FILES if f.stat().st_size], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_and_public_function_says_what_it_is_for(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), f"{path.relative_to(ROOT)} does not say what it is for"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.relative_to(ROOT)}: {node.name} says nothing"


def test_every_route_declares_its_permission(app):
    silent = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not getattr(app.view_functions[rule.endpoint], "declares", None)
    ]
    assert not silent, f"these pages do not say who may open them: {silent}"


def test_every_declared_permission_is_in_the_table(app):
    from consult.people.rules import PERMISSIONS

    known = {"public", "signed in", *PERMISSIONS}
    for rule in app.url_map.iter_rules():
        declared = getattr(app.view_functions[rule.endpoint], "declares", "public")
        assert declared in known, f"{rule.rule} asks for {declared}, which is no permission"
