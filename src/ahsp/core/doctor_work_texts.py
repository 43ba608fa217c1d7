"""What ./ahsp doctor says of the application, its workers and its pages; as in doctor_texts."""

from __future__ import annotations

DOCTOR_WORK_TEXTS: dict[str, str] = {
    "doctor.application_fails": "The application itself does not start: {reason}",
    "doctor.application_fails_mend": "Mend what the line names; `./ahsp manage check` shows it whole.",
    "doctor.application_hangs": "The application does not come through its own checks within the time.",
    "doctor.application_hangs_mend": "See what keeps the machine busy: `top`; then run ./ahsp doctor again.",
    "doctor.beat_none": (
        "Beat does not run: nothing was sent on schedule for a minute, and what a dead worker leaves is not taken up."
    ),
    "doctor.beat_none_mend": ("Start it: `{start}`. If it ends by itself, {log} says why."),
    "doctor.beat_stopped": "Beat, process {pid}, is stopped (SIGSTOP) and sends nothing.",
    "doctor.beat_stopped_mend": "`kill -CONT {pid}`",
    "doctor.cache_lost": "What the application puts into its cache does not come back, though Redis itself is well.",
    "doctor.cache_lost_mend": (
        "Compare REDIS_URL of the application with the one examined here, and look at its log for cache.away."
    ),
    "doctor.certificate_early": "The certificate of {host}:{port} is not valid yet: {reason}",
    "doctor.certificate_early_mend": (
        "Look at the clock of this machine (`timedatectl`), else use the certificate before it."
    ),
    "doctor.certificate_expired": "The certificate of {host}:{port} has expired: browsers refuse the page.",
    "doctor.certificate_expired_mend": (
        "Renew it and let the proxy read it: `sudo certbot renew` and `sudo systemctl reload nginx`, or what your "
        "authority gives you."
    ),
    "doctor.certificate_name": "The certificate at {host}:{port} is for another name: {reason}",
    "doctor.certificate_name_mend": "Get one for {host}, or correct AHSP_PUBLIC_URL.",
    "doctor.certificate_none": "At {host}:{port} nobody speaks TLS as a browser expects: {reason}",
    "doctor.certificate_none_mend": "Let the proxy serve HTTPS on this port, or correct AHSP_PUBLIC_URL.",
    "doctor.certificate_soon": "The certificate of {host} ends in {days} days.",
    "doctor.certificate_soon_mend": "Renew it now: `sudo certbot renew`, or what your authority gives you.",
    "doctor.certificate_untrusted": "The certificate at {host}:{port} comes from nobody this machine trusts: {reason}",
    "doctor.certificate_untrusted_mend": (
        "Let the proxy send the whole chain; for an authority of your own set SSL_CERT_FILE to its certificate."
    ),
    "doctor.host_refused": (
        "The application does not answer to the name {name}: it is not in AHSP_ALLOWED_HOSTS, or the proxy sends "
        "another one."
    ),
    "doctor.host_refused_mend": (
        "Set `AHSP_ALLOWED_HOSTS={name}` (more with commas), let the proxy pass the Host header on, and start "
        "again: `{start}`"
    ),
    "doctor.job_left": (
        "Job {job} ({kind}) has been {state} for {age} s and nobody takes it up: the sweep does not come to it."
    ),
    "doctor.job_left_mend": "Restart worker and beat: `{start}`; the sweep takes it up within seconds.",
    "doctor.migrations_later": "The tables are of a later version of ahsp: {first} was applied and is not known here.",
    "doctor.migrations_later_mend": "Start the later version again, or restore the backup from before the upgrade.",
    "doctor.migrations_pending": (
        "{count} migrations are not applied, the first is {first}: the tables are older than the program."
    ),
    "doctor.migrations_pending_mend": "./ahsp manage migrate",
    "doctor.origin_refused": "The application refuses forms that come from {origin}: nobody can sign in or save.",
    "doctor.origin_refused_mend": (
        "Set `AHSP_TRUSTED_ORIGINS={origin}` and, behind HTTPS, AHSP_HTTPS=1; let the proxy pass Host and "
        "X-Forwarded-Proto on; start again: `{start}`"
    ),
    "doctor.proxy_fails": (
        "The proxy at {host}:{port} does not reach the application (status {status}), which answers by itself."
    ),
    "doctor.proxy_fails_mend": "Correct the address it sends to, and look at its log.",
    "doctor.public_url": "AHSP_PUBLIC_URL is no address of a page: {url}",
    "doctor.public_url_mend": "Write it as people type it, such as AHSP_PUBLIC_URL=https://rab.example.go.id",
    "doctor.session_lost": "A session that was just written is not there when it is read: people would be signed out.",
    "doctor.session_lost_mend": (
        "Look at the log of the application for session and cache; every process needs the same REDIS_URL and "
        "DATABASE_URL."
    ),
    "doctor.session_not_kept": (
        "A session was kept in the cache only and not in PostgreSQL: a restart of Redis would sign everybody out."
    ),
    "doctor.session_not_kept_mend": "Set SESSION_ENGINE back to django.contrib.sessions.backends.cached_db",
    "doctor.static_missing": "The page comes without its file {file} (status {status}): it looks broken.",
    "doctor.static_missing_mend": (
        "`./ahsp manage collectstatic --no-input`, then `{start}`; a proxy that serves /static/ itself needs the "
        "same folder."
    ),
    "doctor.static_unbuilt": "The pages were never built: {file} is missing, so every page fails.",
    "doctor.static_unbuilt_mend": (
        "./ahsp up builds them; elsewhere `npm ci && npm run build` in frontend/, then start again."
    ),
    "doctor.web_error": "The application at {host}:{port} answers with status {status}. Last in its log: {said}",
    "doctor.web_error_mend": (
        "Read {log}: the line of this request says why. A restart (`{start}`) helps where it has other addresses "
        "than the ones examined."
    ),
    "doctor.web_foreign": "At {host}:{port} something else than ahsp answers (status {status}).",
    "doctor.web_foreign_mend": (
        "See who it is: `ss -ltnp 'sport = :{port}'`. Correct {setting}, or the address the proxy sends to."
    ),
    "doctor.stream_deaf": (
        "Streams of events begin at {origin}, but the web process does not hear Redis: nobody sees what others write "
        "until the page is loaded again."
    ),
    "doctor.stream_deaf_mend": (
        "Look for live.away in {log}. A Redis with access rules must let our user hear channels: "
        "`ACL SETUSER … allchannels`. Else start the web server again: `{start}`"
    ),
    "doctor.stream_held": (
        "Events at {origin} do not arrive within {seconds} s: something on the way gathers them before it passes "
        "them on."
    ),
    "doctor.stream_held_mend": (
        "Let the proxy pass these on at once: in nginx `proxy_buffering off;` for /livez/stream and "
        "/api/v2/projects/…/live/, as deploy/proxy/nginx.conf has it. Without a proxy start again: `{start}`"
    ),
    "doctor.stream_refused": "The stream of events at {origin} is answered with status {status} and {kind}.",
    "doctor.stream_refused_mend": (
        "Let the proxy pass /livez/stream and /api/v2/projects/…/live/ on like every other address; log: {log}"
    ),
    "doctor.web_hangs": "The application at {host}:{port} takes the request and does not answer within {seconds} s.",
    "doctor.web_hangs_mend": (
        "Look at {log}; a stopped process goes on with `kill -CONT`, a stuck one is started again: `{start}`"
    ),
    "doctor.web_redirects": "The form to sign in at {origin} leads on to {to} instead of coming.",
    "doctor.web_redirects_mend": (
        "Behind HTTPS the proxy must send `X-Forwarded-Proto: https` with AHSP_HTTPS=1; without HTTPS leave "
        "AHSP_HTTPS out. AHSP_PUBLIC_URL must be the address itself."
    ),
    "doctor.web_unseen": "Nobody told where the web server answers, so its pages were not examined.",
    "doctor.web_unseen_mend": (
        "Set AHSP_ADDRESS=http://HOST:PORT, or AHSP_PUBLIC_URL, or run this beside the web server."
    ),
    "doctor.worker_none": "No worker is there: documents, imports and copies wait.",
    "doctor.worker_none_mend": "Start one: `{start}`. If it ends by itself, {log} says why.",
    "doctor.worker_silent": "A worker is connected to the broker ({addresses}) but does not answer: it is stuck.",
    "doctor.worker_silent_mend": "Restart it on its machine: `{start}`; its jobs are taken up again.",
    "doctor.worker_stopped": "The worker, process {pid}, is stopped (SIGSTOP) and does nothing.",
    "doctor.worker_stopped_mend": (
        "`kill -CONT {pid}`, or `kill -KILL {pid}` and `{start}`: its jobs are taken up again."
    ),
    "doctor.worker_stuck": "The worker, process {pid}, lives but does not answer: it is stuck.",
    "doctor.worker_stuck_mend": (
        "`kill -KILL {pid}`, then `{start}`: its jobs are taken up again. Its last words: {log}"
    ),
}
