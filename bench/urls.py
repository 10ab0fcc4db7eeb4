"""The product's addresses and a bare signed-in page: the frame of base.html with nothing in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from dodai.config.urls import urlpatterns as product


def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [*product, path("bench/bare/", bare, name="bare")]
