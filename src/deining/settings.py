"""Django's settings, derived from `deining.config` so that a self-hoster meets one list of names."""

from pathlib import Path

import structlog

from deining.config import config
from deining.core.database import database_settings
from deining.core.keyring import keyring

_config = config()
_package = Path(__file__).resolve().parent

DATA_DIR = _config.data_dir
SECRET_KEY = keyring(_config.data_dir).secret_key
DEBUG = _config.debug
ALLOWED_HOSTS = ["*"]  # names are checked by the proxy; absolute links use `base_url`, never the Host header
DATABASES = {"default": database_settings(_config)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.User"
ROOT_URLCONF = "deining.web.urls"
WSGI_APPLICATION = "deining.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "deining.core",
    "deining.people",
    "deining.channels.imports",
    "deining.web.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "deining.web.security.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "deining.web.accounts.visits.VisitMiddleware",
    "deining.web.language.LanguageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_package / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "deining.web.context.shell",
            ],
        },
    }
]

# Signing in: e-mail and password, then TOTP or a passkey for who wants more.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "deining.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _config.trusted_proxy else 0
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody can make an account for another's address: they come by invitation
MFA_ADAPTER = "deining.web.accounts.adapter.MfaAdapter"
_forms = "deining.web.accounts.sign_in_forms."
ACCOUNT_FORMS = {
    "login": _forms + "LoginForm",
    "reauthenticate": _forms + "ReauthenticateForm",
    "add_email": _forms + "AddEmailForm",
    "change_password": _forms + "ChangePasswordForm",
    "set_password": _forms + "SetPasswordForm",
    "reset_password": _forms + "ResetPasswordForm",
    "reset_password_from_key": _forms + "ResetPasswordKeyForm",
}
MFA_FORMS = {
    "authenticate": _forms + "AuthenticateForm",
    "reauthenticate": _forms + "ReauthenticateCodeForm",
    "activate_totp": _forms + "ActivateAppForm",
    "add_webauthn": "deining.web.accounts.passkeys.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Deining"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _config.base_url.startswith("https://")

# Language and time: every instant is UTC inside; a brand has its own zone for days.
LANGUAGE_CODE = _config.language
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "deining_language"
USE_I18N = True
LOCALE_PATHS = sorted(path for path in (_package / "locale").iterdir() if path.is_dir())
USE_TZ = True
TIME_ZONE = "UTC"

# Static files: vendored, hashed names, no other host.
STATIC_URL = "static/"
STATIC_ROOT = _config.data_dir / "static"
STATICFILES_DIRS = [_package / "web" / "static"]
_collected = (STATIC_ROOT / "staticfiles.json").exists() and not DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _collected
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _collected
MEDIA_ROOT = _config.data_dir / "uploads"
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# Security
_https = _config.base_url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "deining_session"
CSRF_COOKIE_NAME = "deining_csrf"
CSRF_TRUSTED_ORIGINS = [_config.base_url.rstrip("/")] if _config.base_url else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _config.trusted_proxy else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
X_FRAME_OPTIONS = "DENY"

# Background work and mail
TASKS = {"default": {"BACKEND": "deining.core.jobs.DutyBackend"}}
if _config.mail_url:
    from deining.core.mail import mail_settings

    globals().update(mail_settings(_config.mail_url))
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _config.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0),
            ],
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": _config.log_level},
}
