"""The rows of the table of people: `{% load people_rows %}`.

In Python and not in a template: of all that the People page does, fifty rows of a dozen small nodes each
took the longest, about half of it.
"""

from collections.abc import Iterable
from typing import Final

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from deining.core.models import Brand
from deining.people.models import Person
from deining.web.desk.templatetags.desk import face, swell, trend
from deining.web.desk.words import ago, percent, whole

register = template.Library()

ROW: Final = """
    <tr class="item">
      <td><input type="checkbox" name="person" value="{key}" aria-label="{choose}: {name}"></td>
      <th scope="row">
        <div class="line still">{face}<div class="grow"><a class="name" href="{address}{key}">{name}</a>{tags}{why}</div></div>
      </th>
      <td class="col-probability"><div class="estimate">{swell}<strong>{share}</strong></div></td>
      <td class="num col-change">{trend}</td>
      <td class="nowrap muted col-last_seen">{ago}</td>
      <td class="num col-events">{events}</td>
      <td class="muted hide-narrow">{owner}</td>
    </tr>"""  # noqa: E501 - as it stands in the page

NOTHING: Final = SafeString("")


@register.simple_tag
def people_rows(people: Iterable[Person], brand: Brand) -> SafeString:
    """One row for each; a person carries its `sentence`, its tags and its owner already."""
    address = reverse("person", kwargs={"brand": brand.slug, "person_id": 0}).removesuffix("0")
    choose = _("Choose")
    return SafeString("".join(_row(person, address, choose, brand.time_zone) for person in people))


def _row(person: Person, address: str, choose: str, time_zone: str) -> SafeString:
    why = getattr(person, "sentence", "")
    known = person.probability is not None
    return format_html(
        ROW,
        key=str(person.pk),
        choose=choose,
        name=str(person),
        address=address,
        face=face(person.name, person.pk),
        tags=format_html_join("", ' <span class="tag">{}</span>', ((tag.name,) for tag in person.tags.all())),
        why=format_html('<div class="small muted">{}</div>', why) if why else NOTHING,
        swell=swell(person.probability, person.probability_low, person.probability_high),
        share=percent(person.probability),
        trend=trend(person.change) if known else NOTHING,
        ago=ago(person.last_seen, time_zone),
        events=whole(person.events),
        owner="" if person.owner is None else str(person.owner),
    )
