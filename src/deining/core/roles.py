"""Who may do what: six roles, and the capabilities each of them has in one brand.

Roles are additive downwards: an owner can do all that a manager can, and so on. Analysts and editors are
siblings: one reads and exports everything, the other changes people and texts.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a colleague is in one brand."""

    OWNER = "owner", _("owner")
    MANAGER = "manager", _("manager")
    APPROVER = "approver", _("approver")
    EDITOR = "editor", _("editor")
    ANALYST = "analyst", _("analyst")
    VIEWER = "viewer", _("viewer")


class Capability(models.TextChoices):
    """One thing a role may permit."""

    SEE = "see", _("see people and figures")
    EXPORT = "export", _("export lists and one person's data")
    EDIT_PEOPLE = "edit_people", _("change people: names, notes, tags, owner, segments")
    MERGE = "merge", _("merge people and undo merges")
    APPROVE = "approve", _("approve what others wrote")
    IMPORT = "import", _("import files and undo imports")
    ERASE = "erase", _("erase a person for good")
    MANAGE_MEMBERS = "manage_members", _("invite colleagues and change their roles")
    MANAGE_BRAND = "manage_brand", _("change the brand's settings, retention and keys")
    SEE_LOG = "see_log", _("read the log of who did what")
    REMOVE_BRAND = "remove_brand", _("remove the brand with everything in it")


_VIEWER = frozenset({Capability.SEE})
_ANALYST = _VIEWER | {Capability.EXPORT, Capability.SEE_LOG}
_EDITOR = _VIEWER | {Capability.EDIT_PEOPLE, Capability.MERGE}
_APPROVER = _EDITOR | {Capability.APPROVE}
_MANAGER = (
    _APPROVER
    | _ANALYST
    | {
        Capability.IMPORT,
        Capability.ERASE,
        Capability.MANAGE_MEMBERS,
        Capability.MANAGE_BRAND,
    }
)
_OWNER = _MANAGER | {Capability.REMOVE_BRAND}

CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.VIEWER: _VIEWER,
    Role.ANALYST: _ANALYST,
    Role.EDITOR: _EDITOR,
    Role.APPROVER: _APPROVER,
    Role.MANAGER: _MANAGER,
    Role.OWNER: _OWNER,
}


def may_grant(granting: Role, granted: Role) -> bool:
    """Only an owner makes owners; a manager hands out every other role."""
    return granting is Role.OWNER or (granting is Role.MANAGER and granted is not Role.OWNER)
