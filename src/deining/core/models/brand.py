from django.db import models
from django.utils.translation import gettext_lazy as _

from deining.core import clock


class Brand(models.Model):
    """Any organisation with an audience: a shop, a museum, a broadcaster, an open-source project."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Amsterdam")
    languages = models.CharField(_("languages of the audience"), max_length=40, default="nl,en")
    is_invented = models.BooleanField(
        default=False, help_text=_("True for the demo brand: every page says that it is invented.")
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
