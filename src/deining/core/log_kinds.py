"""What the core writes into the log."""

from django.utils.translation import gettext_lazy as _

from deining.core.log import log_kind

BRAND_STARTED = log_kind("brand.started", _("started the brand"))
BRAND_CHANGED = log_kind("brand.changed", _("changed the brand's settings"))
BRAND_REMOVED = log_kind("brand.removed", _("removed a brand with everything in it"))
MEMBER_INVITED = log_kind("member.invited", _("invited a colleague"))
MEMBER_JOINED = log_kind("member.joined", _("joined as a colleague"))
MEMBER_ROLE_CHANGED = log_kind("member.role_changed", _("changed a colleague's role"))
MEMBER_REMOVED = log_kind("member.removed", _("removed a colleague"))
INVITATION_WITHDRAWN = log_kind("invitation.withdrawn", _("withdrew an invitation"))
LOG_EXPORTED = log_kind("log.exported", _("exported the log"))
