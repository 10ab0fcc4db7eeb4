from django.urls import path

from dodai.web.organization import accounts, moves, people, units

app_name = "organization"
urlpatterns = [
    path("", units.chart, name="chart"),
    path("units/new/", units.unit_new, name="unit_new"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/versions/", units.unit_version, name="unit_version"),
    path("units/<int:pk>/closing/", units.unit_closing, name="unit_closing"),
    path("units/<int:pk>/head/", units.unit_head, name="unit_head"),
    path("members/", people.members, name="members"),
    path("members/new/", moves.member_new, name="member_new"),
    path("members/<int:pk>/", people.member, name="member"),
    path("members/<int:pk>/particulars/", moves.particulars, name="particulars"),
    path("members/<int:pk>/transfers/", moves.transfer, name="transfer"),
    path("members/<int:pk>/concurrent/", moves.concurrent, name="concurrent"),
    path("members/<int:pk>/grades/", moves.grade, name="grade"),
    path("members/<int:pk>/leaves/", moves.leave, name="leave"),
    path("members/<int:pk>/leaving/", moves.leaving, name="leaving"),
    path("members/<int:pk>/account/", accounts.account, name="account"),
    path("members/<int:pk>/account/password/", accounts.password, name="password"),
    path("members/<int:pk>/account/suspension/", accounts.suspension, name="suspension"),
    path("members/<int:pk>/account/restoration/", accounts.restoration, name="restoration"),
    path("assignments/<int:pk>/end/", moves.concurrent_end, name="concurrent_end"),
    path("leaves/<int:pk>/end/", moves.leave_end, name="leave_end"),
]
