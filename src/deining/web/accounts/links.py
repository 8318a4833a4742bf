"""Addresses that leave the page: in mail, or copied by hand."""

from django.http import HttpRequest

from deining.config import config


def absolute(path: str, request: HttpRequest | None = None) -> str:
    """The full address of a path of ours.

    Mail never trusts the Host header, which a stranger chooses: it uses `base_url`. A link that is shown to
    the colleague who made it may use the name in their own browser when no `base_url` is set.
    """
    if request is not None and not config().base_url:
        return request.build_absolute_uri(path)
    return config().address + path


def sends_mail() -> bool:
    """Whether the installation was told how to send mail (DEINING_MAIL_URL)."""
    return bool(config().mail_url)
