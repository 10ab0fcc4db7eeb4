"""Every event the house records has a name on the screen of the audit log."""

import ast
from pathlib import Path

import dodai
from dodai.web.audit.wording import NAMES

SOURCE = Path(dodai.__file__).parent


def recorded_names():
    """The first argument of each call of ``record`` that is written out in the code."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and node.args:
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value:
                        yield part.value


def test_every_event_has_a_name():
    found = set(recorded_names())
    assert len(found) > 60
    assert found - NAMES.keys() == set()
