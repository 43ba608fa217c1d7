"""The one settings file. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict
from redis.backoff import NoBackoff
from redis.retry import Retry

from ahsp import configuration, environment
from ahsp.core.mail_server import mail_settings
from ahsp.exchange.reading.limits import MAX_FILE_BYTES

BASE_DIR = Path(__file__).resolve().parents[2]
# ./ahsp and the images have done so already; a program of Celery or Django started by hand has not.
configuration.apply(os.environ, BASE_DIR)
APP_DIR = Path(__file__).resolve().parent
HOME = Path(environment.text("AHSP_HOME", str(BASE_DIR / ".ahsp")))

DEBUG = environment.flag("AHSP_DEBUG")
SECRET_KEY = environment.text("AHSP_SECRET_KEY")
ALLOWED_HOSTS = environment.words("AHSP_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("AHSP_TRUSTED_ORIGINS")
HTTPS = environment.flag("AHSP_HTTPS")
# Whose X-Forwarded-For says where a request came from (core/client_address.py).
TRUSTED_PROXIES = environment.networks("AHSP_TRUSTED_PROXIES")
# Who may read figures and causes without signing in: addresses, or whoever brings the token.
METRICS_FROM = environment.networks("AHSP_METRICS_FROM", "127.0.0.0/8,::1")
METRICS_TOKEN = environment.text("AHSP_METRICS_TOKEN", "")

INSTALLED_APPS = [
    # First: our templates and words come before those of Django and allauth.
    "ahsp.core",
    "ahsp.web",
    "ahsp.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "ahsp.jobs",
    "ahsp.catalog",
    "ahsp.prices",
    "ahsp.projects",
    "ahsp.estimates",
    "ahsp.exchange",
    "ahsp.workspace",
    "ahsp.operations",
]

MIDDLEWARE = [
    "ahsp.core.requests.RequestIdMiddleware",
    "ahsp.operations.probes.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Above whatever refuses a request, so that a refusal carries the policy too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Below what answers files: pages are what is counted.
    "ahsp.core.metrics.MetricsMiddleware",
    "ahsp.core.compression.CompressionMiddleware",
    "ahsp.core.border.BorderMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ahsp.core.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ahsp.core.rendering.ErrorMiddleware",
]

ROOT_URLCONF = "ahsp.urls"
WSGI_APPLICATION = "ahsp.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                ("ahsp.web.template_loader.Loader", ["django.template.loaders.app_directories.Loader"]),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"i18n": "ahsp.web.templatetags.constant_tags"},
        },
    },
]
# Two libraries called `i18n`: ours stands in the place of Django's on purpose.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]


def _database(url: str, application: str) -> dict[str, Any]:
    """A Django database from a libpq address. Safe behind PgBouncer in transaction mode."""
    parts = conninfo_to_dict(url)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    database: dict[str, Any] = {
        "ENGINE": "ahsp.core.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        # A network that was cut is noticed within seconds rather than after hours.
        "OPTIONS": {
            "connect_timeout": 5,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
            # By it who goes past the pool by right is told from who does so by mistake.
            "application_name": application,
            **{key: value for key, value in parts.items() if key not in known},
        },
    }
    database.update({known[key]: str(value) for key, value in parts.items() if key in known})
    return database


# `default` leads through PgBouncer where there is one. `direct` leads past it, with longer time limits: for what
# takes its time in one statement, such as a bulk load. In tests both are the one test database.
DATABASES = {
    "default": _database(environment.text("DATABASE_URL"), "ahsp"),
    "direct": {
        **_database(
            environment.text("AHSP_DIRECT_DATABASE_URL", "") or environment.text("DATABASE_URL"), "ahsp direct"
        ),
        "TEST": {"MIRROR": "default"},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.text("REDIS_URL")
DEFAULT_REDIS_TIMEOUT = "0.5"
REDIS_TIMEOUT = float(environment.text("AHSP_REDIS_TIMEOUT", DEFAULT_REDIS_TIMEOUT))
CACHES = {
    "default": {
        "BACKEND": "ahsp.core.cache.TolerantRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "ahsp",
        # A second try is the next request's: tries of the client's own multiply, for commands and connections.
        "OPTIONS": {
            "socket_timeout": REDIS_TIMEOUT,
            "socket_connect_timeout": REDIS_TIMEOUT,
            "retry": Retry(NoBackoff(), 0),
        },
    },
    # Parts of every page that follow from what their tag names: {% cache None … using="process" %}.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}

CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL", REDIS_URL)
# A job is a row in PostgreSQL and its messages say which; what they lose, the sweep sends again.
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
# A page never waits for a broker that is away: one try, half a second, and the job waits in its row.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 1,
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
}
# Upkeep has a queue of its own, so that it never stands behind a hundred documents.
CELERY_TASK_DEFAULT_QUEUE = "jobs"
CELERY_TASK_QUEUES: dict[str, dict[str, Any]] = {"jobs": {}, "upkeep": {}}
CELERY_TASK_ROUTES = {"ahsp.jobs.sweep": {"queue": "upkeep"}, "ahsp.jobs.expire": {"queue": "upkeep"}}
# In memory: both entries come round so often that nothing need be remembered over a restart.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "ahsp.jobs.sweep", "schedule": 5.0, "options": {"expires": 30}},
    "expire": {"task": "ahsp.jobs.expire", "schedule": 1800.0, "options": {"expires": 1800}},
    "expire_sessions": {"task": "ahsp.accounts.expire", "schedule": 3600.0, "options": {"expires": 3600}},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "Asia/Jakarta"

SESSION_ENGINE = "ahsp.core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ahsp.core.rendering.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
# Our web server speaks plain HTTP, so HTTPS always means a proxy that says how it was asked.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# OWASP's parameters for Argon2id: 19 MiB, two passes, one lane.
PASSWORD_HASHERS = ["ahsp.accounts.hashers.OwaspArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "estimates:projects"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "ahsp.accounts.forms.SignUpForm"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "ahsp.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"change_password": "ahsp.accounts.password_forms.NewPasswordForm"}
# Ours are in accounts/guessing.py and accounts/limits.py: these would count successes, and nothing without Redis.
ACCOUNT_RATE_LIMITS = False
MAIL_SERVER = environment.text("AHSP_MAIL_SERVER", "")
globals().update(mail_settings(MAIL_SERVER))
DEFAULT_FROM_EMAIL = environment.text("AHSP_MAIL_FROM", "ahsp@localhost")

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "ahsp_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [APP_DIR / "core" / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_MAX_AGE = 3600
# The front end names its files by their content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/assets/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# What a file may hold, and the request around it, so that a person who brings a little more reads why.
LARGEST_UPLOAD = MAX_FILE_BYTES
LARGEST_REQUEST = 3 * LARGEST_UPLOAD
FILE_UPLOAD_HANDLERS = ["ahsp.core.uploads.BoundedUploadHandler"]

API_REQUESTS_PER_MINUTE = int(environment.text("AHSP_API_REQUESTS_PER_MINUTE", "6000"))
REST_FRAMEWORK = {
    # The first names the scheme of a 401.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ahsp.accounts.authentication.TokenAuthentication",
        "ahsp.core.api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "ahsp.core.api.permissions.SignedIn",
        "ahsp.accounts.authentication.ScopePermission",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["ahsp.core.api.parsers.BoundedJsonParser"],
    "DEFAULT_THROTTLE_CLASSES": ["ahsp.core.api.throttling.PersonThrottle"],
    "DEFAULT_SCHEMA_CLASS": "ahsp.core.api.schema.Description",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "ahsp.core.api.problems.answer_error",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "ahsp",
    "VERSION": "2",
    "DESCRIPTION": "Numbers are strings. docs/api.md tells of signing in, revisions, pages and errors.",
    "TAGS": [
        {"name": "projects", "description": "Projects, their settings and their change log"},
        {"name": "bill", "description": "Sections and work items"},
        {"name": "figures", "description": "What a project comes to"},
        {"name": "catalog", "description": "Editions of the regulation and their analyses"},
        {"name": "jobs", "description": "Slow work"},
        {"name": "me", "description": "Who asks"},
        {"name": "client-metrics", "description": "What browsers tell"},
        {"name": "api", "description": "This description"},
    ],
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["ahsp.core.api.permissions.SignedIn"],
    "SCHEMA_PATH_PREFIX": "/api/v2",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "Rounding": "ahsp.projects.models.UnitPriceRounding",
        "ResourceKind": "ahsp.catalog.serializers.KIND_CHOICES",
        "AskedKind": "ahsp.exchange.serializers.KINDS",
        "Role": "ahsp.accounts.models.Role",
    },
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "bearerFormat": "ahsp_…"},
            "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        }
    },
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "ahsp.core.logging.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
