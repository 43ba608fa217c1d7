"""Uploaded files on their way to the disk."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most LARGEST_UPLOAD bytes of a file and counts the rest.

    The file's `size` is what was sent, so whoever takes it refuses it with a sentence in its form; a connection
    cut in the middle would show the person nothing but the browser's own error.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= settings.LARGEST_UPLOAD:
            super().receive_data_chunk(raw_data, start)
