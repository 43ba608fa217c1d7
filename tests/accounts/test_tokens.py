"""API tokens: what they open, for whom and how long."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from ahsp.accounts.authentication import ScopePermission, TokenAuthentication
from ahsp.accounts.models import ApiToken, Person, Scope
from ahsp.accounts.services import MOST_TOKENS, create_token, revoke_token
from ahsp.core.errors import Conflict
from tests.people import Cast


class Echo(APIView):
    """Says who asked."""

    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [ScopePermission]

    def get(self, request: Request) -> Response:
        return Response({"person": request.user.pk})

    post = put = patch = delete = get


def call(authorization: str | None, method: str = "get") -> Response:
    headers = {} if authorization is None else {"HTTP_AUTHORIZATION": authorization}
    answer: Response = Echo.as_view()(getattr(APIRequestFactory(), method)("/", **headers))
    return answer


def make(person: Person, scope: Scope = Scope.READ) -> tuple[ApiToken, str]:
    return create_token(person=person, name="Laptop", scope=scope, days=30)


def refusal(answer: Response) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


def test_a_token_signs_its_person_in(cast: Cast) -> None:
    token, text = make(cast.ani)
    answer = call(f"Bearer {text}")
    assert (answer.status_code, answer.data) == (200, {"person": cast.ani.pk})
    assert call(f"bearer  {text} ").status_code == 200
    assert token.expires_at - token.created_at > timedelta(days=29)


def test_of_the_secret_only_a_hash_is_kept(cast: Cast) -> None:
    token, text = make(cast.ani)
    secret = text.rpartition("_")[2]
    kept = [str(value) for value in ApiToken.objects.filter(pk=token.pk).values_list()[0]]
    assert len(secret) == 48
    assert not [value for value in kept if secret in value]


def test_an_expired_token_opens_nothing(cast: Cast) -> None:
    token, text = make(cast.ani)
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert refusal(call(f"Bearer {text}")) == (401, "token.expired")


def test_a_revoked_token_opens_nothing(cast: Cast) -> None:
    token, text = make(cast.ani)
    revoke_token(token=token)
    revoke_token(token=token)
    assert refusal(call(f"Bearer {text}")) == (401, "token.revoked")


def test_a_disabled_person_has_no_tokens(cast: Cast) -> None:
    _, text = make(cast.ani)
    Person.objects.filter(pk=cast.ani.pk).update(is_active=False)
    assert refusal(call(f"Bearer {text}")) == (401, "token.person_inactive")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"),
        lambda text: text[:-1],
        lambda text: text + "a",
        lambda text: text.upper(),
        lambda text: text.replace("_", "-"),
        lambda text: "ahsp_" + "0" * 16 + text[21:],
        lambda text: text.rpartition("_")[2],
        lambda _: "",
        lambda _: "\x00",
        lambda _: "é" * 5000,
    ],
)
def test_anything_but_the_whole_token_is_unknown(cast: Cast, spoil: object) -> None:
    assert callable(spoil)
    token, text = make(cast.ani)
    revoke_token(token=token)  # a guess does not even learn that
    answer = call(f"Bearer {spoil(text)}")
    assert refusal(answer) == (401, "token.unknown")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="ahsp"'


@pytest.mark.parametrize("authorization", [None, "Basic YTpi", "Bear x", "Token abc"])
@pytest.mark.django_db
def test_another_scheme_is_left_to_others(authorization: str | None) -> None:
    assert call(authorization).data == {"person": None}


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_reading_token_reads(cast: Cast, method: str) -> None:
    assert call(f"Bearer {make(cast.ani)[1]}", method).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_a_writing_token_writes(cast: Cast, method: str) -> None:
    assert refusal(call(f"Bearer {make(cast.ani)[1]}", method)) == (403, "token.read_only")
    assert call(f"Bearer {make(cast.ani, Scope.WRITE)[1]}", method).status_code == 200


def test_the_scope_holds_tokens_only(cast: Cast) -> None:
    request = APIRequestFactory().post("/")
    force_authenticate(request, cast.ani)
    assert Echo.as_view()(request).status_code == 200


def test_use_is_noted_at_most_once_a_minute(cast: Cast) -> None:
    token, text = make(cast.ani)
    call(f"Bearer {text}")
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    call(f"Bearer {text}")
    token.refresh_from_db()
    assert token.last_used_at == first
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=first - timedelta(seconds=61))
    call(f"Bearer {text}")
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert token.last_used_at >= first


def test_a_person_has_only_so_many(cast: Cast) -> None:
    for _ in range(MOST_TOKENS):
        last, _text = make(cast.ani)
    with pytest.raises(Conflict):
        make(cast.ani)
    revoke_token(token=last)
    make(cast.ani)
