"""Files that are sent stay in memory: nothing in clear is written to a temporary file.

Read by Django, which its settings name it to. Must not know what is sent, nor by whom.
"""

from __future__ import annotations

import io

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler


class MemoryOnlyHandler(MemoryFileUploadHandler):
    """Keeps a file in memory; of a body that is too large it keeps nothing but the size.

    Alone, Django's own handler would let the file vanish, and the form would ask for a file that was sent. With the
    size, the form says that the file is too large. What was not kept is empty, and `uploads.clean` refuses it.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.activated:
            super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if self.activated:
            return super().file_complete(file_size)
        return InMemoryUploadedFile(
            io.BytesIO(), self.field_name, str(self.file_name), self.content_type, file_size, self.charset,
            self.content_type_extra,
        )  # fmt: skip
