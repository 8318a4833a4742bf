"""Letters of the house itself. Sent outside any transaction; a letter that fails is said, not hidden."""

import smtplib

import structlog
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from deining.core.models import Brand, Invitation
from deining.core.roles import Role
from deining.web.accounts.links import absolute, sends_mail

log = structlog.get_logger(__name__)


def send_invitation(invitation: Invitation, *, path: str, inviter: str, language: str) -> bool:
    """Mail the link to who is invited. False when no mail is configured or the mail server refused."""
    if not sends_mail():
        return False
    brand: Brand = invitation.brand
    words = {
        "brand": brand,
        "inviter": inviter,
        "role": Role(invitation.role).label,
        "address": absolute(path),
        "until": invitation.expires_at,
    }
    with translation.override(language):
        subject = " ".join(render_to_string("account/email/invitation_subject.txt", words).split())
        text = render_to_string("account/email/invitation_message.txt", words)
    try:
        return bool(send_mail(subject, text, None, [invitation.email]))
    except (smtplib.SMTPException, OSError) as problem:
        log.warning("an invitation could not be mailed", brand=brand.pk, problem=type(problem).__name__)
        return False
