"""The refusals of the house. Each door maps them to an answer once; nothing else catches them."""


class Refused(Exception):
    """Not now, or not like this: a rule of the domain. The message is a sentence for the person."""


class NotAllowed(Refused):
    """The person may see the thing but may not do this with it."""


class Conflict(Refused):
    """Somebody else was faster. ``theirs`` holds the stored row so that both texts can be shown."""

    def __init__(self, message: str, *, theirs: object | None = None) -> None:
        super().__init__(message)
        self.theirs = theirs


class Unreadable(Refused):
    """What was typed or uploaded cannot be read. ``reason`` is a short id, the message a sentence."""

    def __init__(self, message: str, *, reason: str = "unreadable") -> None:
        super().__init__(message)
        self.reason = reason
