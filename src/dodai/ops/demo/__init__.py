"""株式会社みなと商事: an invented company that shows the product lived in."""

from dodai.ops.demo.logins import LOGINS, PASSWORD, Login

__all__ = ["LOGINS", "PASSWORD", "Login"]
