from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deining.core.actors import Actor
from deining.web.desk.access import brand_page


@brand_page
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    return render(request, "desk/frame.html", {})


@brand_page
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    return render(request, "desk/frame.html", {})

