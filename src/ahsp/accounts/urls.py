from django.urls import path

from ahsp.accounts import organization_views, views

app_name = "accounts"
urlpatterns = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="revoke_token"),
    path("sign-out-elsewhere/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("organizations/", organization_views.organizations, name="organizations"),
    path("organizations/<int:pk>/", organization_views.organization, name="organization"),
    path("organizations/<int:pk>/members/<int:person>/role/", organization_views.set_role, name="set_role"),
    path("organizations/<int:pk>/members/<int:person>/remove/", organization_views.remove, name="remove_member"),
]
