from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deining.core.actors import Actor
from deining.web.desk.access import brand_page


@brand_page
def person(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    return render(request, "desk/frame.html", {})
