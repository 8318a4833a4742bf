"""The only door to an import."""

from django.utils.translation import gettext as _

from deining.channels.imports.models import Import
from deining.core.actors import Actor
from deining.core.errors import NotFound
from deining.core.roles import Capability


def get_import_for(actor: Actor, import_id: int) -> Import:
    """An import of the actor's brand. Raises `NotAllowed`, `NotFound`."""
    actor.require(Capability.IMPORT)
    found = Import.objects.select_related("created_by").filter(brand=actor.brand, pk=import_id).first()
    if found is None:
        raise NotFound(_("There is no such import here. A colleague may have discarded it."))
    return found
