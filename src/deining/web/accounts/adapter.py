"""How we differ from allauth's defaults: no walking in, links by our own address, our own words."""

import io
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deining.config import config
from deining.core.keyring import keyring
from deining.web.accounts.links import absolute

_SITE = {"name": "Deining"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by starting a brand or accepting an invitation, never by walking in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account was switched off. Ask an owner of your brand."),
        "email_password_mismatch": _(
            "That e-mail address and password do not go together. Check both, or ask for a new password."
        ),
        "email_taken": _("Another account has this e-mail address."),
        "enter_current_password": _("That is not your present password. Try again."),
        "incorrect_password": _("That is not your password. Try again."),
        "incorrect_code": _(
            "That code is not right. A code works for half a minute: take the one you see now."
        ),
        "too_many_login_attempts": _(
            "There were too many attempts that failed. Wait five minutes and try again."
        ),
        "rate_limited": _("That was very often in a short time. Wait a minute and try again."),
        "same_as_current": _("This is the address you have already. Type another one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        user, _dash, token = key.partition("-")
        return absolute(reverse("account_reset_password_from_key", kwargs={"uidb36": user, "key": token}))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:  # noqa: ARG002
        return absolute(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def format_email_subject(self, subject: str) -> str:
        return f"Deining: {subject}"


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are encrypted at rest, passkeys belong to our own address."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return keyring(settings.DATA_DIR).encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return keyring(settings.DATA_DIR).decrypt(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        if config().base_url:
            return {"id": config().address.partition("://")[2].partition("/")[0].partition(":")[0], **_SITE}
        return {"id": super().get_public_key_credential_rp_entity()["id"], **_SITE}

    def build_totp_svg(self, url: str) -> str:
        """The QR code on white paper, so that a camera reads it in the dark look too."""
        import qrcode  # type: ignore[import-untyped]  # here: the web process rarely needs it
        from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

        drawn = io.BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: ARG002
        return str(_("Passkey"))
