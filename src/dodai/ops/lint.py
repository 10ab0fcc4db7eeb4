"""`dodai lint`: the SMART check on the command line, without Django."""

from __future__ import annotations


def main(words: list[str]) -> int:
    raise NotImplementedError
