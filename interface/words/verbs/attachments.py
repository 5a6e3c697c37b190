"""Words of what is done with attachments."""

from __future__ import annotations

from interface.words.phrase import FieldWords, verb

VERBS = {
    "add_attachment": verb("添加附件", "Attach a file", "附件已添加。", "The file is attached."),
}
FIELDS: dict[str, FieldWords] = {}
