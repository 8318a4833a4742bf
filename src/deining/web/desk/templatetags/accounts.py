"""What the pages about signing in ask: `{% load accounts %}`."""

from django import template

from deining.core.queries import users
from deining.web.accounts import links

register = template.Library()


@register.simple_tag
def sends_mail() -> bool:
    """Whether the installation can send mail."""
    return links.sends_mail()


@register.filter
def is_guest(user: object) -> bool:
    """Whether this visitor looks around in the demo brand without an account: `{% if user|is_guest %}`."""
    return users.is_guest(user)
