"""What every page's frame needs to know."""

from typing import Any

from django.http import HttpRequest

import deining


def shell(request: HttpRequest) -> dict[str, Any]:
    """The version, and the actor when a view has found one (`request.actor`)."""
    return {"deining_version": deining.__version__, "actor": getattr(request, "actor", None)}
