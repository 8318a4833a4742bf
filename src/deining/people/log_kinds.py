"""What the room of people writes into the log."""

from django.utils.translation import gettext_lazy as _

from deining.core.log import log_kind

PERSON_CHANGED = log_kind("person.changed", _("changed a person"))
PERSON_MERGED = log_kind("person.merged", _("merged two people"))
MERGE_UNDONE = log_kind("merge.undone", _("undid a merge"))
PROPOSAL_REJECTED = log_kind("proposal.rejected", _("said that two people are not the same"))
PROPOSAL_POSTPONED = log_kind("proposal.postponed", _("put a merge suggestion off"))
PROPOSAL_REOPENED = log_kind("proposal.reopened", _("took back what was said of a merge suggestion"))
NOTE_ADDED = log_kind("note.added", _("wrote a note"))
NOTE_CHANGED = log_kind("note.changed", _("changed a note"))
NOTE_REMOVED = log_kind("note.removed", _("removed a note"))
TAG_ADDED = log_kind("tag.added", _("put a tag on people"))
TAG_REMOVED = log_kind("tag.removed", _("took a tag off people"))
SEGMENT_SAVED = log_kind("segment.saved", _("saved a segment"))
SEGMENT_REMOVED = log_kind("segment.removed", _("removed a segment"))
PEOPLE_EXPORTED = log_kind("people.exported", _("exported a list of people"))
PERSON_EXPORTED = log_kind("person.exported", _("exported everything about a person"))
PERSON_ERASED = log_kind("person.erased", _("erased a person"))
RETENTION_CHANGED = log_kind("retention.changed", _("changed how long things are kept"))
RETENTION_APPLIED = log_kind("retention.applied", _("removed what was kept long enough"))
BATCH_UNDONE = log_kind("batch.undone", _("undid an import"))
SCORED = log_kind("people.scored", _("estimated who wants a relationship"))
