"""The one settings file; everything that differs between installations comes from the environment.

Read by Django. `AMARRE_ENV` is `demo` (default), `production` or `test`; closed defaults everywhere else.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
AMARRE_ENV = os.environ.get("AMARRE_ENV", "demo")
if AMARRE_ENV not in {"demo", "production", "test"}:
    raise RuntimeError("AMARRE_ENV vaut demo, production ou test")
AMARRE_DATA = Path(os.environ.get("AMARRE_DATA") or ROOT / "var").resolve()
AMARRE_KEYRING = os.environ.get("AMARRE_KEYRING") or str(AMARRE_DATA / "keyring.json")
AMARRE_DEMO_PASSWORD = os.environ.get("AMARRE_DEMO_PASSWORD", "amarre-demo")
AMARRE_NESTED_SCOPES = AMARRE_ENV == "test" and bool(os.environ.get("AMARRE_NESTED_SCOPES"))
AMARRE_OWNER_URL = os.environ.get("AMARRE_OWNER_URL", "")


def _secret() -> str:
    if value := os.environ.get("AMARRE_SECRET_KEY"):
        return value
    path = AMARRE_DATA / "secret.key"
    if path.exists():
        return path.read_text("utf-8").strip()
    if AMARRE_ENV == "production":
        raise RuntimeError(f"Pas de clé secrète : AMARRE_SECRET_KEY, ou le fichier {path.name}")
    return "not-a-secret-demo-only-until-the-launcher-writes-one"


def database(url: str) -> dict[str, object]:
    """Django's description of a PostgreSQL given by its URL."""
    parts = urlsplit(url)
    options: dict[str, object] = {k: v[-1] for k, v in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


SECRET_KEY = _secret()
DEBUG = False
PORT = os.environ.get("PORT", "8000")
AMARRE_BASE_URL = os.environ.get("AMARRE_BASE_URL", f"http://localhost:{PORT}").rstrip("/")
ALLOWED_HOSTS = [
    *filter(None, os.environ.get("AMARRE_HOSTS", "").split(",")),
    urlsplit(AMARRE_BASE_URL).hostname or "localhost",
    *(["localhost", "127.0.0.1", "testserver"] if AMARRE_ENV != "production" else ["127.0.0.1"]),
]
CSRF_TRUSTED_ORIGINS = [AMARRE_BASE_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials",
    "csp",
    "procrastinate.contrib.django",
    "amarre.core.apps.CoreConfig",
    "amarre.audit.apps.AuditConfig",
    "amarre.organisations.apps.OrganisationsConfig",
    "amarre.accounts.apps.AccountsConfig",
    "amarre.people.apps.PeopleConfig",
    "amarre.directory.apps.DirectoryConfig",
    "amarre.cases.apps.CasesConfig",
    "amarre.plans.apps.PlansConfig",
    "amarre.sharing.apps.SharingConfig",
    "amarre.intake.apps.IntakeConfig",
    "amarre.appointments.apps.AppointmentsConfig",
    "amarre.collective.apps.CollectiveConfig",
    "amarre.web.ui.apps.UiConfig",
    "amarre.web.meeting.apps.MeetingConfig",
    "amarre.web.public.apps.PublicConfig",
    "amarre.web.staff.apps.StaffConfig",
    "amarre.web.employee.apps.EmployeeConfig",
    "amarre.web.employer.apps.EmployerConfig",
    "amarre.web.partner.apps.PartnerConfig",
    "amarre.web.api.apps.ApiConfig",
]
MIDDLEWARE = [
    "amarre.web.ui.errors.ReferenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "amarre.web.public.limits.PublicLimits",
    "amarre.web.employee.language.SpaceLanguage",
    "amarre.web.ui.scope.ScopeMiddleware",
]
ROOT_URLCONF = "amarre.config.urls"
WSGI_APPLICATION = "amarre.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "amarre" / "web" / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["amarre.web.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "amarre.web.ui.context.frame",
                "amarre.web.staff.frame.frame",
                "amarre.web.employee.frame.frame",
                "amarre.web.employer.frame.frame",
                "amarre.web.partner.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "amarre.web.ui.renderer.Renderer"

DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql://amarre_app@127.0.0.1:1/amarre"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits live here: a cache that threw entries away to make room would let somebody wash a limit away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
# The space of the person alone speaks other languages than French (`web.employee.language`).
LANGUAGES = [("fr", "Français"), ("en", "English"), ("ar", "العربية")]
LANGUAGE_COOKIE_NAME = "langue"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [ROOT / "amarre" / "locale"]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = AMARRE_DATA / "static"
AMARRE_NODE_MODULES = Path(os.environ.get("AMARRE_NODE_MODULES") or ROOT / "node_modules")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "amarre.web.ui.finders.VendorFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["amarre.accounts.backends.ActiveBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "entry_home"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 2 * 3600
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "amarre.accounts.entrance.ResetToken"
ACCOUNT_ADAPTER = "amarre.web.ui.entry.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "amarre.web.ui.entry.forms.LoginForm",
    "reauthenticate": "amarre.web.ui.entry.forms.ReauthenticateForm",
    "change_password": "amarre.web.ui.entry.forms.ChangePasswordForm",
    "reset_password": "amarre.web.ui.entry.forms.ResetPasswordForm",
    "reset_password_from_key": "amarre.web.ui.entry.forms.ResetPasswordKeyForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "request_login_code": "20/m/ip,5/15m/key",  # a person asks for a code; the key is the address
    "space_code": "30/m/ip,3/10m/key",  # and types it; the key is the code's number
    "space_key": "20/m/ip",
}
# A person comes in by a code or by a passkey. Neither is switched on in the library, where both would be open to all:
# the pages under /espace/ start them, for accounts of persons alone (`web.ui.entry.space`, `web.ui.entry.keys`).
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Amarre"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "amarre.web.ui.entry.adapters.MfaAdapter"
MFA_FORMS = {
    "authenticate": "amarre.web.ui.entry.forms.AuthenticateForm",
    "reauthenticate": "amarre.web.ui.entry.forms.SecondFactorAgainForm",
    "activate_totp": "amarre.web.ui.entry.forms.ActivateTotpForm",
}
AMARRE_MFA_REQUIRED = AMARRE_ENV == "production"

# How many days after an orientation was sent its partner is reminded, three times at most.
AMARRE_ORIENTATION_REMINDERS = [
    int(day) for day in os.environ.get("AMARRE_ORIENTATION_REMINDERS", "7,14,28").split(",") if day.strip()
]
AMARRE_IDLE_SECONDS = int(os.environ.get("AMARRE_IDLE_SECONDS", "1800"))
AMARRE_PERSON_IDLE_SECONDS = int(os.environ.get("AMARRE_PERSON_IDLE_SECONDS", "1200"))
# Reading outside one's own work, distinct things in an hour: an alert above the first number, a stop at the second.
AMARRE_WATCH = (int(os.environ.get("AMARRE_WATCH_ALERT", "30")), int(os.environ.get("AMARRE_WATCH_STOP", "60")))
AMARRE_WATCH_LISTS = (60, 90)  # pages of lists and searches, counted apart
AMARRE_WATCH_USUAL_TIMES, AMARRE_WATCH_FLOOR = 3, 25  # an alert too at thrice the account's usual hour, above 25
SESSION_COOKIE_AGE = 10 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
_HTTPS = AMARRE_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
CSRF_FAILURE_VIEW = "amarre.web.ui.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
# Behind https there is one proxy: rate limits count its clients, not itself.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("AMARRE_PROXIES", "1" if _HTTPS else "0"))
SECURE_SSL_REDIRECT = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
# HSTS for the house's other names, and its preloading, are the house's to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# How long the sign-in sheets of trainings are kept; no text was found that says so: to be checked by each service.
AMARRE_SIGN_IN_DAYS = max(31, int(os.environ.get("AMARRE_SIGN_IN_DAYS", "365")))
AMARRE_UPLOAD_MAX = int(os.environ.get("AMARRE_UPLOAD_MAX", "10_000_000"))
AMARRE_CLAMD = os.environ.get("AMARRE_CLAMD", "")
AMARRE_SOFFICE = os.environ.get("AMARRE_SOFFICE", "")
# A file that somebody sends is never written in clear on the disk: Django counts the whole body, fields included.
FILE_UPLOAD_MAX_MEMORY_SIZE = AMARRE_UPLOAD_MAX + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = ["amarre.core.uploads_memory.MemoryOnlyHandler"]

_smtp = urlsplit(os.environ.get("AMARRE_SMTP_URL", ""))
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "", _smtp.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_TLS = "starttls" in parse_qs(_smtp.query)
EMAIL_TIMEOUT = 15
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if _smtp.hostname else "amarre.accounts.mailbox.MailboxBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("AMARRE_FROM", "Service social <ne-pas-repondre@amarre.example>")
AMARRE_SPACE_URL = os.environ.get("AMARRE_SPACE_URL", "")
# When a silent worker is taken for dead and its work begun again. Tests that kill many do not wait as long.
AMARRE_STALLED_SECONDS = float(os.environ.get("AMARRE_STALLED_SECONDS", "45")) if AMARRE_ENV == "test" else 45.0
AMARRE_RDV_URL = os.environ.get("AMARRE_RDV_URL", "")
AMARRE_NOTICES_PER_PERSON = int(os.environ.get("AMARRE_NOTICES_PER_PERSON", "3"))
AMARRE_NOTICES_PER_MAILBOX = int(os.environ.get("AMARRE_NOTICES_PER_MAILBOX", "20"))
AMARRE_SMS_PER_PERSON = int(os.environ.get("AMARRE_SMS_PER_PERSON", "3"))
AMARRE_SMS_URL = os.environ.get("AMARRE_SMS_URL", "")
AMARRE_SMS_SENDER = os.environ.get("AMARRE_SMS_SENDER", "MonEspace")
# No address, no gateway: in production no SMS leaves; elsewhere they go to the page of the demonstration.
AMARRE_SMS_GATEWAY = "amarre.core.sms.HttpGateway" if AMARRE_SMS_URL else ""
if not AMARRE_SMS_URL and AMARRE_ENV != "production":
    AMARRE_SMS_GATEWAY = "amarre.accounts.mailbox.SmsMailbox"
AMARRE_FROM_PERSON = os.environ.get("AMARRE_FROM_PERSON", "Mon espace <ne-pas-repondre@amarre.example>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"quiet": {"()": "amarre.core.logs.NoContentFilter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["quiet"]}},
    "root": {"handlers": ["out"], "level": "INFO"},
    "loggers": {name: {"level": "WARNING"} for name in ("django.server", "procrastinate", "fido2")},
}
