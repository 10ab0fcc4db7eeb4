from django.urls import path

from dodai.web.goals import beside, goal, listing, start, wizard

app_name = "goals"
urlpatterns = [
    path("", listing.goals, name="goals"),
    path("new/", start.new, name="new"),
    path("check/", start.words_check, name="check"),
    path("<int:pk>/", goal.goal, name="goal"),
    path("<int:pk>/history/", goal.history, name="history"),
    path("<int:pk>/removal/", goal.removal, name="removal"),
    path("<int:pk>/check/", wizard.goal_check, name="goal_check"),
    path("<int:pk>/dismissals/", beside.dismissals, name="dismissals"),
    path("<int:pk>/requests/", beside.requests, name="requests"),
    path("<int:pk>/indicators/", beside.own_indicator, name="own_indicator"),
    path("<int:pk>/steps/<slug:name>/", wizard.step, name="step"),
    path("requests/<int:pk>/answer/", beside.answers, name="answers"),
    path("requests/<int:pk>/removal/", beside.request_removal, name="request_removal"),
    path("removed/<int:pk>/restoration/", goal.restoration, name="restoration"),
]
