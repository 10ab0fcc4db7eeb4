from django.urls import path

from dodai.web.indicators import definition, library

app_name = "indicators"
urlpatterns = [
    path("", library.library, name="library"),
    path("catalogue/", library.catalogue, name="catalogue"),
    path("new/", definition.new, name="new"),
    path("<int:pk>/", definition.indicator, name="indicator"),
    path("<int:pk>/revisions/", definition.revision, name="revision"),
    path("<int:pk>/approval/", definition.approval, name="approval"),
    path("<int:pk>/publication/", definition.publication, name="publication"),
    path("<int:pk>/retirement/", definition.retirement, name="retirement"),
]
