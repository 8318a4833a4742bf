"""What the pages about signing in ask: `{% load accounts %}`."""

from django import template

from deining.web.accounts import links

register = template.Library()


@register.simple_tag
def sends_mail() -> bool:
    """Whether the installation can send mail."""
    return links.sends_mail()
