"""All settings, read once from the environment; production is the default, the demo says so itself.

DODAI_DATA       folder for database, attachments and keys (default: ./data)
DODAI_DEMO=1     plain HTTP on the loopback address with demo logins; refuses any other host
DODAI_HOSTS      comma-separated host names of a real installation
DODAI_SECRET_KEY, DODAI_AUDIT_KEY   secrets; a demo makes its own in DODAI_DATA
DATABASE_URL     postgres://user:password@host:port/name; SQLite in DODAI_DATA when absent
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from dodai.ops.demo.logins import LOGINS, PASSWORD

PACKAGE = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules
DATA = Path(
    os.environ.get("DODAI_DATA", "") or ("data" if not TESTING else tempfile.mkdtemp(prefix="dodai-test-"))
).resolve()
DEMO = os.environ.get("DODAI_DEMO", "") == "1"
LOCAL = DEMO or TESTING
#: Shown on the login page of a demo, so that one press signs in as a role.
DEMO_LOGINS = LOGINS if DEMO else ()
DEMO_PASSWORD = PASSWORD if DEMO else ""

DEBUG = False


def _secret(name: str, file_name: str) -> str:
    """From the environment; a demo keeps its own in the data folder, a real installation must set it."""
    value = os.environ.get(name, "")
    if value or not LOCAL:
        return value
    if TESTING:
        return f"only-for-tests-{name}-0123456789abcdefghijklmnopqrstuvwxyz"
    path = DATA / file_name
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


SECRET_KEY = _secret("DODAI_SECRET_KEY", "secret.key")
AUDIT_KEY = _secret("DODAI_AUDIT_KEY", "audit.key")
if not LOCAL and (len(SECRET_KEY) < 50 or len(AUDIT_KEY) < 50):
    raise ImproperlyConfigured(
        "DODAI_SECRET_KEY and DODAI_AUDIT_KEY must be set to random texts of at least 50 characters. "
        "For a trial on this machine use bin/start, which sets DODAI_DEMO=1."
    )
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("DODAI_OLD_SECRET_KEYS", "").split(",") if key]

ALLOWED_HOSTS = (
    ["127.0.0.1", "localhost", "[::1]", "testserver"]
    if LOCAL
    else [host for host in os.environ.get("DODAI_HOSTS", "").split(",") if host]
)
CSRF_TRUSTED_ORIGINS = [] if LOCAL else [f"https://{host}" for host in ALLOWED_HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "dodai.accounts",
    "dodai.audit",
    "dodai.organization",
    "dodai.cycles",
    "dodai.work",
    "dodai.indicators",
    "dodai.goals",
    "dodai.exchange",
    "dodai.web",
    "dodai.api",
    "dodai.ops",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dodai.web.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dodai.web.middleware.LanguageMiddleware",
    "dodai.web.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dodai.web.middleware.MemberMiddleware",
    "dodai.web.middleware.PrivatePageMiddleware",
    "dodai.web.middleware.RefusalMiddleware",
    "dodai.web.idempotency.OnceMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "dodai.config.urls"
WSGI_APPLICATION = "dodai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "dodai.web.templatetags.keys"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dodai.web.context.frame",
            ],
        },
    }
]
COTTON_DIR = "components"
COTTON_ISOLATE_BY_DEFAULT = True


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "dodai.sqlite3",
            "OPTIONS": {
                # All of these belong together: WAL without IMMEDIATE loses writes to "locked".
                # trusted_schema stays on: SQLite 3.40 calls json_valid() of our own checks unsafe.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA secure_delete=ON;"
                ),
            },
        }
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login_name", "email"]},
    },
    {"NAME": "dodai.web.passwords.LengthAndContextValidator"},
]
ACCOUNT_ADAPTER = "dodai.web.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login_name"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # the page says the same; no letters to strangers
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
#: A whole office signs in from one address each morning; single accounts are counted by axes below.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "100/m/ip"}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_PATH = "/accounts/logout/"
LOGOUT_REDIRECT_URL = "/accounts/login/"

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.0834  # hours: five minutes
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "dodai.web.adapter.counted_login"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page promises five minutes
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
AXES_CLIENT_IP_CALLABLE = "dodai.web.middleware.client_ip"
AXES_VERBOSE = False
#: Counting by login name alone is meant: it holds whatever address the attempts come from.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
#: How many proxies of ours stand in front; forwarded addresses before them are not believed.
TRUSTED_PROXIES = int(os.environ.get("DODAI_TRUSTED_PROXIES", "0"))

SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A test serves static files from the source; without autorefresh WhiteNoise warns about the unbuilt folder.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "dodai_cache"},
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend"
    }
}
EMAIL_BACKEND = (
    "django.core.mail.backends.locmem.EmailBackend"
    if TESTING
    else os.environ.get("DODAI_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
)
DEFAULT_FROM_EMAIL = os.environ.get("DODAI_FROM_EMAIL", "dodai@localhost")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "dodai.ops.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("DODAI_LOG_LEVEL", "WARNING")},
}
