"""The id of the request being answered, so that an audit event can be found from a log line."""

from contextvars import ContextVar

#: Set by each door for one request or command; empty outside.
request_id: ContextVar[str] = ContextVar("request_id", default="")
