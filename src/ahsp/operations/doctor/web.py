"""The application as a person meets it: its page, the name it is asked under, a form, and its static files."""

from __future__ import annotations

import http.client
import re
from urllib.parse import urlencode, urlsplit

from ahsp.operations.doctor.certificate import days_left
from ahsp.operations.doctor.pages import SECONDS_FOR_PAGE, Answer, Site
from ahsp.operations.doctor.patient import Patient
from ahsp.operations.doctor.reach import Place, require_name, require_port, said
from ahsp.operations.doctor.results import Fault, Note, within
from ahsp.operations.doctor.targets import Targets
from ahsp.operations.stack.home import REPOSITORY

LOGIN, LANGUAGE = "/account/login/", "/language/"
STREAM, LIVE = "/livez/stream", 'data: {"live":true}'
# A process that has lost Redis tries again every two seconds.
SECONDS_FOR_STREAM = 6.0
LEAST_DAYS = 14
MANIFEST = REPOSITORY / "src" / "ahsp" / "web" / "static" / "build" / "manifest.json"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_STATIC = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"')


class Web:
    """The checks of one way to the application: straight to its server, or through the proxy people use."""

    def __init__(self, patient: Patient, site: Site, check: str, setting: str) -> None:
        self.site = site
        self.check = check
        self._patient = patient
        targets = patient.targets
        self._log = targets.log("web")
        self._place = Place("ahsp", check, site.host, site.port, setting, targets.start("web"), self._log)
        self._page: Answer | None = None

    def check_name(self) -> None:
        require_name(self._place, self._patient.deadline)

    def check_port(self) -> None:
        require_port(self._place, self._patient.deadline)

    def check_certificate(self) -> Note | None:
        """Raises Fault when it does not hold; says so when it soon will not."""
        seconds = self._patient.deadline.at_most(SECONDS_FOR_PAGE)
        try:
            days = within(seconds + 0.5, lambda: days_left(self.site.host, self.site.port, seconds))
        except OSError as error:
            raise self._fault("port_unreachable", "port", reason=type(error).__name__) from error
        if days < LEAST_DAYS:
            return Note("doctor.certificate_soon", {"host": self.site.host, "days": str(days)})
        return None

    def check_answer(self) -> None:
        """The form to sign in comes, and it is ours."""
        answer = self._ask(LOGIN)
        status = answer.status
        if status == 400:
            raise self._fault("host_refused", "host", name=urlsplit(self.site.shown).hostname)
        if not answer.is_ours and status in {502, 503, 504}:
            raise self._fault("proxy_fails", "answer", status=status)
        if not answer.is_ours:
            raise self._fault("web_foreign", "port", status=status)
        if status in {301, 302, 307, 308}:
            raise self._fault("web_redirects", "answer", to=answer.headers.get("location", "?")[:80])
        if status == 500 and not MANIFEST.exists():
            raise self._fault("static_unbuilt", "static", file=MANIFEST.name)
        if status != 200 or not _TOKEN.search(answer.text):
            raise self._fault("web_error", "answer", status=status, said=said(self._log))
        self._page = answer

    def check_origin(self) -> None:
        """A form of ours is taken. The one for the language: it changes nothing but a cookie, which we drop."""
        assert self._page is not None  # noqa: S101 the chain asks only after the page came
        token = _TOKEN.search(self._page.text)
        assert token is not None  # noqa: S101 check_answer found it
        form = urlencode({"csrfmiddlewaretoken": token[1], "language": "id", "next": LOGIN})
        answer = self._ask(LANGUAGE, form)
        if answer.status == 403:
            raise self._fault("origin_refused", "origin", origin=self.site.shown)
        if answer.status >= 400:
            raise self._fault("web_error", "answer", status=answer.status, said=said(self._log))

    def check_static(self) -> None:
        """What the page needs to look and work as it should."""
        assert self._page is not None  # noqa: S101 the chain asks only after the page came
        for path in dict.fromkeys(_STATIC.findall(self._page.text)):
            answer = self._ask(path)
            if answer.status != 200:
                raise self._fault("static_missing", "static", file=path, status=answer.status)

    def check_stream(self) -> None:
        """Events come as they happen, and the process that sends them hears Redis."""
        try:
            answer, heard = self.site.listen(self._patient.deadline, STREAM, LIVE, SECONDS_FOR_STREAM)
        except (OSError, http.client.HTTPException) as error:
            raise self._fault("stream_held", "stream", seconds=int(SECONDS_FOR_STREAM)) from error
        kind = answer.headers.get("content-type", "?")
        if answer.status != 200 or not kind.startswith("text/event-stream"):
            raise self._fault("stream_refused", "stream", status=answer.status, kind=kind[:40])
        if not heard:
            raise self._fault("stream_held", "stream", seconds=int(SECONDS_FOR_STREAM))
        if LIVE not in heard:
            raise self._fault("stream_deaf", "stream")

    def _ask(self, path: str, form: str = "") -> Answer:
        cookies = self._page.cookies if self._page is not None and form else None
        try:
            return self.site.ask(self._patient.deadline, path, cookies=cookies, form=form)
        except TimeoutError as error:
            raise self._fault("web_hangs", "answer", seconds=int(SECONDS_FOR_PAGE)) from error
        except http.client.HTTPException as error:
            raise self._fault("web_foreign", "port", status="?") from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise self._fault("port_unreachable", "port", reason=reason) from error

    def _fault(self, code: str, check: str, **data: object) -> Fault:
        shared = {**self._place.data, "origin": self.site.shown, "log": self._log or "–"}
        return Fault(f"doctor.{code}", check=f"{self.check}.{check}", **{**shared, **data})


def straight(patient: Patient) -> Web | None:
    """The server of the application itself, asked under the name people use."""
    targets = patient.targets
    if not targets.address:
        return None
    return Web(patient, site(targets.address, shown_address(targets)), "application", "AHSP_ADDRESS")


def shown_address(targets: Targets) -> str:
    """The address people type: told, else made of what the application is told of its names and of HTTPS."""
    if targets.public_url:
        return targets.public_url
    where = urlsplit(targets.address)
    allowed = [name for name in targets.environment.get("AHSP_ALLOWED_HOSTS", "").split(",") if name.strip()]
    known = not allowed or bool({"*", where.hostname} & set(allowed))
    host = where.netloc if known else allowed[0].strip().lstrip(".")
    https = targets.environment.get("AHSP_HTTPS", "").strip().lower() in {"1", "true", "yes", "on"}
    return f"{'https' if https else where.scheme}://{host}"


def public(patient: Patient) -> Web | None:
    """The way people take, where `AHSP_PUBLIC_URL` names it."""
    url = patient.targets.public_url
    return Web(patient, site(url), "public", "AHSP_PUBLIC_URL") if url else None


def site(address: str, shown: str = "") -> Site:
    """Raises Fault where the address is none of a page."""
    try:
        found = Site.at(address, shown)
    except ValueError as error:
        raise Fault("doctor.public_url", check="settings", url=address) from error
    if found.scheme not in {"http", "https"} or not found.host:
        raise Fault("doctor.public_url", check="settings", url=address)
    return found
