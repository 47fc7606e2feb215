"""Every setting of Warta: safe by default, the environment is the only switch (README, "Settings")."""

import contextlib
import gc
import ipaddress
import logging
import os
import re
import secrets
import sys
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import environ
import structlog
from django.core.exceptions import ImproperlyConfigured

from cms.moderation.sharing.unlogged import without_tokens

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _stop(message: str) -> None:
    """End the start with one line an operator can act on."""
    sys.exit(f"Warta tidak dapat dimulai: {message}")


def _text(name: str, default: str) -> str:
    """Read one variable; one that refers to a variable that is not there (`$OTHER`) stops the start."""
    try:
        return str(env.str(name, default=default)).strip()
    except ImproperlyConfigured:
        return str(_stop(f"nilai variabel {name} tidak dapat dibaca. Perbaiki atau hapus variabel itu."))


def _number(name: str, default: int, least: int, most: int) -> int:
    """Read a whole number; one outside `least` to `most` stops the start."""
    text = _text(name, "") or str(default)
    if not re.fullmatch("[0-9]{1,9}", text) or not least <= int(text) <= most:
        _stop(f"{name} harus berupa bilangan {least} sampai {most}, bukan {text!r}.")
    return int(text)


def _names(name: str) -> list[str]:
    """Read a list separated by commas."""
    return [part.strip() for part in _text(name, "").split(",") if part.strip()]


def _folder(name: str, default: str) -> Path:
    return Path(_text(name, str(BASE_DIR / default))).resolve()


def _hosts(name: str) -> list[str]:
    """Read host names; an address, a port or a bare `*` stops the start."""
    hosts = _names(name)
    for host in hosts:
        if not re.fullmatch(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\]", host):
            _stop(
                f"{name} berisi {host!r}; isilah nama host saja, dipisah koma, misalnya kpu.example,.kpu.example."
            )
    return hosts


def _secret_key() -> str:
    """The key of the environment, or, on a machine that serves only itself, one made once in var/."""
    key = _text("SECRET_KEY", "")
    if key:
        _require_long("SECRET_KEY", key)
        return key
    if ALLOWED_HOSTS_GIVEN:
        _stop("SECRET_KEY belum diisi. Situs yang melayani ALLOWED_HOSTS memerlukan kunci rahasia sendiri.")
    path = VAR_ROOT / "secret-key"
    try:
        if not path.exists():
            _make_key(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        return str(_stop(f"folder {VAR_ROOT} tidak dapat ditulisi ({error.strerror})."))


def _require_long(name: str, key: str) -> None:
    if len(key) < 50:
        _stop(f"{name} terlalu pendek: isilah paling sedikit 50 huruf acak.")


def _older_keys() -> list[str]:
    """Read the keys of before, which still verify; a short one would weaken them all."""
    keys = _names("SECRET_KEY_FALLBACKS")
    for key in keys:
        _require_long("SECRET_KEY_FALLBACKS", key)
    return keys


def _make_key(path: Path) -> None:
    """Write a key that only its owner reads; of two processes that start at once the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"secret-key.{os.getpid()}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    with contextlib.suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink()


VAR_ROOT = _folder("VAR_ROOT", "var")
PUBLIC_ROOT = _folder("PUBLIC_ROOT", str(VAR_ROOT / "public"))
MEDIA_ROOT = _folder("MEDIA_ROOT", str(VAR_ROOT / "media"))
STATIC_ROOT = VAR_ROOT / "static"
HOST = _text("HOST", "127.0.0.1")
PORT = _number("PORT", 8000, 1, 65_535)
WORKERS = _number("WORKERS", 1, 1, 64)
BASE_URL = _text("BASE_URL", f"http://localhost:{PORT}").rstrip("/")
if not re.fullmatch(r"https?://[^/\s]+", BASE_URL):
    _stop(
        "BASE_URL harus berupa alamat seperti https://cms.kantor.go.id, tanpa apa pun di belakang nama host."
    )
HTTPS = BASE_URL.startswith("https://")
TRUSTED_PROXIES = _number("TRUSTED_PROXIES", 1 if HTTPS else 0, 0, 9)
try:
    ipaddress.ip_address(HOST)
except ValueError:
    _stop(f"HOST harus berupa alamat IP untuk didengarkan, misalnya 127.0.0.1, bukan {HOST!r}.")

DEBUG = False
ALLOWED_HOSTS_GIVEN = _hosts("ALLOWED_HOSTS")
ALLOWED_HOSTS = ALLOWED_HOSTS_GIVEN or ["localhost", ".localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = _older_keys()
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Nearly everything that is imported stays: looking through it again and again took a fifth of each start.
gc.set_threshold(10_000, 10, 10)

INSTALLED_APPS = [
    "cms.accounts",
    "cms.formats",
    "cms.health",
    "cms.media",
    "cms.publishing",
    "cms.moderation",
    "cms.api",
    "home",
    "news",
    "search",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail.sites",
    "cms.accounts.screens_app.UserScreensConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.embeds",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.arriving.restrict_sources",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.arriving.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.arriving.limit_body",  # its page asks who reads it; nothing above has touched the body
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
    "cms.publishing.office_clock.OfficeClock",
    "cms.publishing.writing.AtomicWrites",  # last: what stands before it may refuse
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

# Jinja2 stands first: the public pages are its alone; the admin's templates are found by the second engine.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "cms.templating.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]


def _url(name: str, kind: str, default: str, example: str) -> dict[str, Any]:
    """Read an address that names a service; one that names none stops the start."""
    address = _text(name, default) or default
    try:
        if "://" not in address:
            raise ValueError(name)
        return getattr(env, f"{kind}_url_config")(address)
    except (ValueError, KeyError, ImproperlyConfigured):
        return _stop(f"{name} tidak dapat dibaca. Contoh: {example}") or {}


def _database() -> dict[str, object]:
    """SQLite tuned for one writer among many readers, or PostgreSQL through a pool (decision 3)."""
    example = "postgres://warta:sandi@localhost/warta"
    database = _url("DATABASE_URL", "db", f"sqlite:///{VAR_ROOT / 'db.sqlite3'}", example)
    if not database.get("NAME"):
        _stop(f"DATABASE_URL tidak menyebut nama basis data. Contoh: {example}")
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3"):
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        database["TEST"] = {"NAME": VAR_ROOT / "test.sqlite3"}
    elif database["ENGINE"].endswith("postgresql"):
        options |= {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
    else:
        _stop("DATABASE_URL harus berawalan sqlite:// atau postgres://.")
    return database


DATABASES = {"default": _database()}
if WORKERS > 1 and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    _stop(f"WORKERS={WORKERS} memerlukan PostgreSQL. Isilah DATABASE_URL, atau hapus WORKERS.")
if WORKERS > 1 and not _text("CACHE_URL", ""):
    _stop(f"WORKERS={WORKERS} memerlukan tembolok bersama. Isilah CACHE_URL, atau hapus WORKERS.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": _url("CACHE_URL", "cache", "locmemcache://warta", "redis://localhost:6379/1"),
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "media"]}}

_mail = _url("EMAIL_URL", "email", "consolemail://", "smtp+tls://pengguna:sandi@surel.kantor.go.id:587")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
if EMAIL_BACKEND.endswith("smtp.EmailBackend") and not _mail.get("EMAIL_HOST"):
    _stop(
        "EMAIL_URL tidak menyebut nama server surel. Contoh: smtp+tls://pengguna:sandi@surel.kantor.go.id:587"
    )
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST", ""), _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER", ""), _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = _text("DEFAULT_FROM_EMAIL", "warta@localhost")
if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(DEFAULT_FROM_EMAIL)[1]):
    _stop(f"DEFAULT_FROM_EMAIL harus berupa alamat surel, bukan {DEFAULT_FROM_EMAIL!r}.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "cms.accounts.backends.NameOrEmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
CSRF_FAILURE_VIEW = "cms.accounts.views.csrf_failure"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
PASSWORD_RESET_TIMEOUT = 60 * 60

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "cms.accounts.lockout.person_counted"
AXES_LOCKOUT_CALLABLE = "cms.accounts.lockout.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "cms.arriving.client_address"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor's preview panel frames our own pages
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # ... which this check would forbid

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["cms.formats"]
LOCALE_PATHS = [BASE_DIR / "cms" / "locale", BASE_DIR / "cms" / "locale_wagtail"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
MEDIA_URL = "/media/"


def _bucket() -> dict[str, str]:
    """Read where a copy of the published site goes; {} if nowhere but PUBLIC_ROOT."""
    text = _text("BUCKET_URL", "")
    try:
        url, region = urlsplit(text), parse_qs(urlsplit(text).query).get("region", [""])[-1]
        port = f":{url.port}" if url.port else ""
        name, _slash, location = url.path.strip("/").partition("/")
        is_complete = (
            url.scheme in ("s3", "s3+http") and url.hostname and re.fullmatch("[a-z0-9.-]{3,63}", name)
        )
        if text and not is_complete:
            raise ValueError(text)
    except ValueError:
        _stop(
            "BUCKET_URL tidak dapat dibaca. Contoh: s3://kunci:sandi@s3.penyedia.id/nama-bucket?region=id-1"
        )
    if not text:
        return {}
    if bool(url.username) != bool(url.password):
        _stop("BUCKET_URL memerlukan kunci beserta sandinya, atau tidak keduanya.")
    given = {
        "endpoint_url": f"{'http' if url.scheme == 's3+http' else 'https'}://{url.hostname}{port}",
        "bucket_name": name,
        "location": location,
        "access_key": unquote(url.username or ""),
        "secret_key": unquote(url.password or ""),
        "region_name": region or "us-east-1",
        "addressing_style": "virtual" if str(url.hostname).endswith(".amazonaws.com") else "path",
    }
    return {key: value for key, value in given.items() if value}


def _caches() -> dict[str, dict[str, str]]:
    """Read which cache before the site is told what changed, as Wagtail's frontend_cache has it."""
    text = _text("CDN_URL", "")
    try:
        url, backends = urlsplit(text), "wagtail.contrib.frontend_cache.backends"
        _ = url.port  # raises for a port that is none
    except ValueError:
        url = urlsplit("")
    match url.scheme:
        case "http" | "https" if url.hostname and url.path in ("", "/"):
            return {"default": {"BACKEND": f"{backends}.HTTPBackend", "LOCATION": text}}
        case "cloudflare" if url.username and url.hostname:
            zone, token = url.netloc.rpartition("@")[2], unquote(url.username)
            return {
                "default": {"BACKEND": f"{backends}.CloudflareBackend", "ZONEID": zone, "BEARER_TOKEN": token}
            }
        case "cloudfront" if url.hostname:
            # An identifier of Amazon's is in capitals, which `hostname` loses.
            return {"default": {"BACKEND": f"{backends}.CloudfrontBackend", "DISTRIBUTION_ID": url.netloc}}
    if text:
        _stop(
            "CDN_URL harus seperti http://127.0.0.1:6081, cloudflare://token@zona, atau cloudfront://distribusi."
        )
    return {}


PUBLIC_BUCKET = _bucket()
WAGTAILFRONTENDCACHE = _caches()
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long article has many block fields
BODY_MAX_SIZE = 25 * 1024 * 1024  # bytes: the largest upload and the form around it

WAGTAIL_SITE_NAME = "Warta"
WAGTAILADMIN_USER_LOGIN_FORM = "cms.accounts.forms.SignInForm"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = [
    "Asia/Jakarta",
    "Asia/Makassar",
    "Asia/Jayapura",
    "UTC",
]  # browsers know these by name
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = False  # publishing remembers old addresses itself, in the changing transaction
WAGTAIL_AUTOSAVE_INTERVAL = 3000  # ms; each save writes a revision, its task and the page row
# An approval names its text itself (cms.moderation); the stages passed before stay passed when a reviewer mends.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.moderation.finishing.publish_approved"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "link", "document-link"]},
    }
}
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif", "heic"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.ImageForm"
MEDIA_LONGEST_SIDE = 2560  # pixels of the original we keep
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.DocumentForm"
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = "wagtailcore/password_required.html"  # noqa: S105 (a template)
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "zip",
    "mp4", "webm", "mp3", "m4a", "vtt",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILAPI_LIMIT_MAX = 100
TAGGIT_CASE_INSENSITIVE = True

DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG  # one line per request: the one with the answer
LOG_LEVEL = _text("LOG_LEVEL", "INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    _stop("LOG_LEVEL harus salah satu dari DEBUG, INFO, WARNING, ERROR.")
_shared_processors = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_shared_processors,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _shared_processors,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                without_tokens,
                structlog.dev.ConsoleRenderer()
                if sys.stderr.isatty()
                else structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        # "Published: <title>" is personal data where the title is; the trail tells the same, and can forget it.
        "wagtail": {"level": "WARNING" if LOG_LEVEL == "INFO" else LOG_LEVEL},
        # Two lines for every task that succeeds tell nobody anything; one that fails is an error.
        "django_tasks": {"level": "WARNING" if LOG_LEVEL == "INFO" else LOG_LEVEL},
    },
}
