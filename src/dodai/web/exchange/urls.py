from django.urls import path

from dodai.web.exchange import exports, views

app_name = "exchange"
urlpatterns = [
    path("", views.overview, name="exchange"),
    path("people/", views.people, name="people"),
    path("work/", views.work, name="work"),
    path("batches/<int:pk>/", views.batch, name="batch"),
    path("batches/<int:pk>/answers/", views.answers, name="answers"),
    path("batches/<int:pk>/reading/", views.reading, name="reading"),
    path("batches/<int:pk>/execution/", views.execution, name="execution"),
    path("batches/<int:pk>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("batches/<int:pk>/faults/", exports.faults, name="faults"),
    path("templates/people/", exports.template, {"kind": "people"}, name="people-template"),
    path("templates/transfers/", exports.template, {"kind": "transfers"}, name="transfers-template"),
    path("templates/work/", exports.template, {"kind": "work"}, name="work-template"),
    path("exports/work/xlsx/", exports.work, {"kind": "xlsx"}, name="work-xlsx"),
    path("exports/work/csv/", exports.work, {"kind": "csv"}, name="work-csv"),
    path("exports/people/", exports.people, name="people-export"),
]
