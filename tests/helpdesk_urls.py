"""The addresses of the helpdesk in `test_helpdesk.py`: its own, from the top."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
