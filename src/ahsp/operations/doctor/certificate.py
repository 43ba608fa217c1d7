"""The certificate in front of the application: does it hold for the name, and how long still?"""

from __future__ import annotations

import socket
import ssl
import time

from ahsp.operations.doctor.results import Fault

EXPIRED, NOT_YET, WRONG_NAME = 10, 9, 62


def days_left(host: str, port: int, seconds: float) -> int:
    """Whole days until the certificate ends. Raises Fault where it does not hold now, and OSError."""
    context = ssl.create_default_context()
    try:
        with (
            socket.create_connection((host, port), timeout=seconds) as plain,
            context.wrap_socket(plain, server_hostname=host) as connection,
        ):
            certificate = connection.getpeercert() or {}
    except ssl.SSLCertVerificationError as error:
        raise _fault(error, host, port) from error
    except ssl.SSLError as error:
        raise Fault("doctor.certificate_none", host=host, port=port, reason=error.reason or "TLS") from error
    end = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    return int((end - time.time()) // 86400)


def _fault(error: ssl.SSLCertVerificationError, host: str, port: int) -> Fault:
    codes = {
        EXPIRED: "doctor.certificate_expired",
        NOT_YET: "doctor.certificate_early",
        WRONG_NAME: "doctor.certificate_name",
    }
    code = codes.get(error.verify_code, "doctor.certificate_untrusted")
    return Fault(code, host=host, port=port, reason=error.verify_message)
