"""For whoever watches the machine: can this installation do its work?"""

from datetime import timedelta

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse

import deining
from deining.core import clock
from deining.core.models import Job

LATE = timedelta(minutes=10)


def health(_request: HttpRequest) -> JsonResponse:
    """200 with `{"status": "ok"}`, 503 when the database does not answer. A late worker is said too."""
    try:
        connection.ensure_connection()
        late = Job.objects.filter(state="waiting", next_attempt_at__lt=clock.now() - LATE).count()
    except Error as problem:
        return JsonResponse({"status": "down", "database": type(problem).__name__}, status=503)
    status = "ok" if late == 0 else "worker late"
    return JsonResponse({"status": status, "late_jobs": late, "version": deining.__version__})
