"""The settings tests run with: tasks done at once, assets unhashed, cheap passwords, and folders of their own."""

from pathlib import Path

from django.conf import settings

_IMMEDIATE = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "media"]}
_UNHASHED = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def plain_settings(root: Path) -> dict[str, object]:
    """Return them, by name; what is uploaded and published lies below `root`."""
    return {
        "TASKS": {"default": _IMMEDIATE},
        "STORAGES": {**settings.STORAGES, "staticfiles": _UNHASHED},
        "WHITENOISE_AUTOREFRESH": True,
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "MEDIA_ROOT": root / "media",
        "PUBLIC_ROOT": root / "public",
    }
