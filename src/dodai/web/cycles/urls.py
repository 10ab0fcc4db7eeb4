from django.urls import path

from dodai.web.cycles import creation, policies, views

app_name = "cycles"
urlpatterns = [
    path("", views.cycles, name="cycles"),
    path("current/", views.current, name="current"),
    path("new/", creation.new, name="new"),
    path("new/<str:step>/", creation.new_step, name="new_step"),
    path("<int:pk>/", views.cycle, name="cycle"),
    path("<int:pk>/phases/", views.phases, name="phases"),
    path("<int:pk>/publication/", views.publication, name="publication"),
    path("<int:pk>/start/", views.start, name="start"),
    path("policies/", policies.policies, name="policies"),
    path("policies/<int:pk>/", policies.policy, name="policy"),
    path("policies/<int:pk>/versions/", policies.policy_version, name="policy_version"),
]
