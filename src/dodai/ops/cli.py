"""The `dodai` command.

`dodai lint` starts without Django, so that a goal can be checked on any machine within a blink; every other
verb is a management command. Verbs of two words are written as people say them: `dodai import people FILE`.
"""

from __future__ import annotations

import os
import sys

TWO_WORDS = {("import", "people"), ("import", "work")}


def main(argv: list[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["lint"]:
        from dodai.ops.lint import main as lint

        return lint(words[1:])
    return manage(words)


def manage(words: list[str]) -> int:
    """Hand the verb to Django, joining two words into the name of one command."""
    if tuple(words[:2]) in TWO_WORDS:
        words = ["_".join(words[:2]), *words[2:]]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dodai.config.settings")
    from django.core.management import ManagementUtility

    if not _settings_can_be_read():
        return 1
    utility = ManagementUtility(["dodai", *words])
    utility.execute()
    return 0


def _settings_can_be_read() -> bool:
    """A demo keeps its keys in the data folder, so a folder that cannot be written shows here first."""
    from django.conf import settings

    try:
        return bool(settings.DATA)
    except OSError:
        folder = os.environ.get("DODAI_DATA", "data")
        sentence = f"データの置き場所{folder}に書き込めません。DODAI_DATAで別のフォルダを指定してください。"
        print(sentence, file=sys.stderr)
        return False


if __name__ == "__main__":
    sys.exit(main())
