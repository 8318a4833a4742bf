from django.conf import settings
from django.db import models

from deining.core import clock
from deining.core.models import Brand


class Note(models.Model):
    """What a colleague wrote about a person. It stays with the person row it was written on; a merge shows
    the notes of both."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(max_length=5000)
    created_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True)


class Tag(models.Model):
    """A word that colleagues put on people."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=60)
    people = models.ManyToManyField("people.Person", related_name="tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "name"], name="one_tag_per_name")]
