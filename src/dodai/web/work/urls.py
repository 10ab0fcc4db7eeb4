from django.urls import path

from dodai.web.work import board, items, matrix, outcomes, paste, selection, templates

app_name = "work"
urlpatterns = [
    path("", board.board, name="board"),
    path("new/", items.new, name="new"),
    path("templates/", templates.templates, name="templates"),
    path("selection/", selection.selection, name="selection"),
    path("preview/", paste.preview, name="preview"),
    path("imports/", paste.imported, name="imports"),
    path("imports/<str:token>/reversal/", paste.import_reversal, name="import-reversal"),
    path("outcomes/check/", outcomes.check, name="outcome-check"),
    path("outcomes/<int:pk>/", outcomes.outcome, name="outcome"),
    path("outcomes/<int:pk>/removal/", outcomes.removal, name="outcome-removal"),
    path("outcomes/<int:pk>/contribution/", outcomes.contribution, name="outcome-contribution"),
    path("<int:pk>/", items.item, name="item"),
    path("<int:pk>/edit/", items.edit, name="edit"),
    path("<int:pk>/cells/", items.cells, name="cells"),
    path("<int:pk>/position/", matrix.position, name="position"),
    path("<int:pk>/reversal/", items.reversal, name="reversal"),
    path("<int:pk>/confirmation/", items.confirmation, name="confirmation"),
    path("<int:pk>/retirement/", items.retirement, name="retirement"),
    path("<int:pk>/owner/", items.owner, name="owner"),
    path("<int:pk>/answers/", items.answers, name="answers"),
    path("<int:pk>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("<int:pk>/outcomes/links/", outcomes.links, name="outcome-links"),
]
