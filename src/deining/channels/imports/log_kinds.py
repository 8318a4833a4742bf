"""What importing files writes into the log."""

from django.utils.translation import gettext_lazy as _

from deining.core.log import log_kind

IMPORT_STARTED = log_kind("import.started", _("started an import"))
IMPORT_FINISHED = log_kind("import.finished", _("finished an import"))
IMPORT_UNDONE = log_kind("import.undone", _("undid an import"))
IMPORT_DISCARDED = log_kind("import.discarded", _("discarded an import before it began"))
