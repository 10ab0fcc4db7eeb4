"""What the code may not contain wherever it stands: the static rules of security, with their exceptions.

An exception is a file with its reason. A new one is added here on purpose, or not at all.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import dodai

SOURCE = Path(dodai.__file__).parent
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TREES = {str(path.relative_to(SOURCE)): ast.parse(path.read_text()) for path in FILES}
DOORS = ("web/", "api/", "ops/")

Rule = Callable[[ast.AST], bool]


def _name(node: ast.AST) -> str:
    """``a.b.c`` of a name or an attribute, as far as it can be read."""
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def _called(node: ast.AST) -> str:
    return _name(node.func) if isinstance(node, ast.Call) else ""


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return set()


def _imports(*modules: str) -> Rule:
    return lambda node: any(
        name == module or name.startswith(f"{module}.") for name in _imported(node) for module in modules
    )


def _calls(*names: str) -> Rule:
    """A call of the name, or of an attribute when the name begins with a dot."""
    return lambda node: any(
        _called(node).endswith(name) if name.startswith(".") else _called(node) == name for name in names
    )


def _formats_a_variable(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"format", "format_map"}
        and not isinstance(node.func.value, ast.Constant)
    )


def _redirects_where_it_is_told(node: ast.AST) -> bool:
    """A redirect to something the request brought: the way open redirects come into being."""
    if _called(node).split(".")[-1] not in {
        "redirect",
        "HttpResponseRedirect",
        "HttpResponsePermanentRedirect",
    }:
        return False
    assert isinstance(node, ast.Call)
    return any(_is_brought(argument) for argument in node.args[:1])


def _is_brought(node: ast.AST) -> bool:
    """Whether the text is the request's own; what a function of ours makes of it is another matter."""
    brought = ("request.GET", "request.POST", "request.META", "request.headers", "request.get_full_path")
    if _name(node).startswith(brought) or _called(node).startswith(brought):
        return True
    return not isinstance(node, ast.Call) and any(_is_brought(part) for part in ast.iter_child_nodes(node))


def _reads_where_to_go(node: ast.AST) -> bool:
    """``next``, the page before, or a host from the request."""
    if isinstance(node, ast.Call) and _called(node).endswith((".get_host", ".build_absolute_uri")):
        return True
    wanted = {"next", "Referer", "HTTP_REFERER", "return_to"}
    is_get = isinstance(node, ast.Call) and _called(node).split(".")[-1] == "get"
    keys = node.args[:1] if is_get else [node.slice] if isinstance(node, ast.Subscript) else []
    owner = _name(node.func) if is_get else _name(node.value) if isinstance(node, ast.Subscript) else ""
    return "request" in owner and any(isinstance(key, ast.Constant) and key.value in wanted for key in keys)


def _shell(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg == "shell" and not _is_false(node.value)


def _is_false(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


RULES: dict[str, tuple[Rule, dict[str, str]]] = {
    "runs text as code": (_calls("eval", "exec", "compile", "__import__"), {}),
    "reads objects from bytes": (_imports("pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"), {}),
    "uses a shell": (lambda node: _calls("os.system", "os.popen")(node) or _shell(node), {}),
    "starts a process": (
        _imports("subprocess", "multiprocessing"),
        {
            "files/reading.py": "spreadsheets are parsed in a child process with limits",
            "ops/start.py": "starts the server, the job worker and the scheduler",
        },
    ),
    "talks to the network": (
        _imports("socket", "urllib.request", "http.client", "requests", "httpx", "smtplib", "ftplib"),
        {"ops/start.py": "asks its own server on the loopback address whether it answers"},
    ),
    "reads XML by itself": (_imports("xml", "lxml"), {}),
    "writes SQL": (
        lambda node: (
            _calls(".cursor", ".raw", ".extra", ".executescript")(node)
            or _imports("django.db.models.expressions.RawSQL")(node)
        ),
        {
            "audit/models.py": "the advisory lock of the chain",
            "audit/append_only.py": "the triggers that refuse changes",
            "goals/visibility.py": "who sees what: constants with parameters, as fast at every size",
            "web/home/views.py": "/health/ asks whether the database answers",
            "ops/doctor.py": "asks the database for its own settings and health",
        },
    ),
    "marks text as safe": (
        _calls("mark_safe", "SafeString", "django.utils.safestring.mark_safe"),
        {
            "web/templatetags/icons.py": "our own table of signs and the packaged Lucide files",
            "web/templatetags/fields.py": "a sentence of ours with a number",
            "web/templatetags/states.py": "empty text",
            "web/templatetags/keys.py": "empty text",
        },
    ),
    "formats a text it did not write": (
        _formats_a_variable,
        {"ops/lint.py": "sentences of smart/wording, never a text of a person"},
    ),
    "skips the check against forgery": (_imports("django.views.decorators.csrf"), {}),
    "answers without a login": (
        _imports("django.contrib.auth.decorators.login_not_required"),
        {
            "web/home/views.py": "/health/ for monitoring",
            "api/root.py": "the API answers 401 itself instead of sending programs to a page",
            "web/errors.py": "404 for what the login library has and we do not",
            "web/gallery/views.py": "the gallery shows invented data, and only in a demo",
        },
    ),
    "redirects where the request says": (_redirects_where_it_is_told, {}),
    "reads from the request where to go": (
        _reads_where_to_go,
        {
            "web/redirects.py": "the one helper: own paths only",
            "web/templatetags/links.py": "the link back to the page before, own paths only",
        },
    ),
    "opens the administration of Django": (_imports("django.contrib.admin"), {}),
    "uses the insecure source of chance": (_imports("random"), {}),
}


@pytest.mark.parametrize("what", RULES)
def test_no_file(what):
    rule, reviewed = RULES[what]
    found = {
        f"{name}:{node.lineno}"
        for name, tree in TREES.items()
        if name not in reviewed
        for node in ast.walk(tree)
        if rule(node) and hasattr(node, "lineno")
    }
    assert found == set()


@pytest.mark.parametrize("what", [what for what, (_, reviewed) in RULES.items() if reviewed])
def test_each_exception_is_still_needed(what):
    rule, reviewed = RULES[what]
    idle = {name for name in reviewed if name not in TREES or not any(map(rule, ast.walk(TREES[name])))}
    assert idle == set()


#: How a look-up says that it stays with what the person may see.
SCOPES = ("visible_to(", "member=request.member", ".of(request.member", ".of(by)", "account=request.user")
LOOKED_UP_OTHERWISE = {
    "web/organization/moves.py": "the person behind the row is fetched through visible_to right after",
    "web/work/outcomes.py": "the same row once more after a conflict",
    "web/organization/fields.py": "the id is one of the choices that were offered",
}


def test_the_doors_fetch_by_id_only_what_is_visible():
    found = {
        f"{name}:{call.lineno} {ast.unparse(call)[:100]}"
        for name, tree in TREES.items()
        if name.startswith(("web/", "api/")) and name not in LOOKED_UP_OTHERWISE
        for call in _fetches_by_id(tree)
        if not any(scope in ast.unparse(call) for scope in SCOPES)
    }
    assert found == set()


def _fetches_by_id(tree: ast.AST) -> Iterator[ast.Call]:
    """``get_object_or_404`` and ``….get(pk=…)`` that begin at a manager."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or ".objects" not in ast.unparse(node):
            continue
        by_shortcut = _called(node) == "get_object_or_404"
        by_method = isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        keyed = any(keyword.arg in {"pk", "id", "pk__in"} for keyword in node.keywords)
        if keyed and (by_shortcut or by_method):
            yield node


#: Names under which rows are written.
WRITES = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "keep",
    "acreate", "asave", "adelete",
}  # fmt: skip
WRITERS = {
    "accounts/models.py": "create_user of Django's manager; only organization.actions calls it",
    "audit/models.py": "record() is the one way an event is written",
}


def test_on_the_floors_only_actions_and_jobs_write():
    found = {
        f"{name}:{node.lineno} .{node.func.attr}()"
        for name, tree in TREES.items()
        if not name.startswith((*DOORS, "core/", "files/", "smart/", "catalogue/", "config/"))
        and "/actions" not in name
        and name not in WRITERS
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in WRITES or (node.func.attr == "update" and ".objects" in ast.unparse(node.func))
    }
    assert found == set()


def test_no_door_reaches_around_a_manager():
    """``_base_manager`` sees every row and skips what a queryset hides."""
    found = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"_base_manager", "_default_manager"}
        if name.startswith(DOORS)
    }
    # The names of what the history of a goal mentions, whether it still exists or not.
    assert found == {"web/goals/history.py"}
