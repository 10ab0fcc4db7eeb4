from django.urls import path

from dodai.web.org_goals import goal, tree

app_name = "org_goals"
urlpatterns = [
    path("", tree.tree, name="tree"),
    path("new/", goal.new, name="new"),
    path("<int:pk>/", goal.org_goal, name="org_goal"),
    path("<int:pk>/changes/", goal.change, name="change"),
    path("<int:pk>/cancellation/", goal.cancellation, name="cancellation"),
]
