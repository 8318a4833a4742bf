"""What the house itself keeps: users, brands, who works where, the log, and work to be done."""

from deining.core.models.brand import Brand
from deining.core.models.duty import Duty, DutyState
from deining.core.models.job import Job
from deining.core.models.log_entry import LogEntry
from deining.core.models.membership import Invitation, Membership
from deining.core.models.user import User

__all__ = ["Brand", "Duty", "DutyState", "Invitation", "Job", "LogEntry", "Membership", "User"]
