from django.urls import path

from dodai.web.sheets import approvals, printing, sheet

app_name = "sheets"
urlpatterns = [
    path("", sheet.own, name="own"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/bulk/", approvals.bulk, name="bulk"),
    path("<int:pk>/", sheet.sheet, name="sheet"),
    path("<int:pk>/weights/", sheet.weights, name="weights"),
    path("<int:pk>/submission/", sheet.submission, name="submission"),
    path("<int:pk>/withdrawal/", sheet.withdrawal, name="withdrawal"),
    path("<int:pk>/approval/", approvals.approval, name="approval"),
    path("<int:pk>/comments/", sheet.comments, name="comments"),
    path("<int:pk>/history/", sheet.history, name="history"),
    path("<int:pk>/versions/<int:number>/", sheet.version, name="version"),
    path("<int:pk>/print/", printing.paper, name="print"),
]
