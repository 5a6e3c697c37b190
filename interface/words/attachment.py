"""Words of attachments."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, verb

VERBS = {
    "add_attachment": verb("添加附件", "Attach a file", "附件已添加。", "The file is attached."),
}
EVENTS = {
    "attachment.AttachmentAdded": event(
        "添加附件",
        "Attach",
        "添加附件 %(name)s（%(size)s）",
        "Attached %(name)s (%(size)s)",
    ),
}
TITLES = {
    "added_on": Phrase("添加日期", "Added on"),
    "digest": Phrase("摘要", "Digest"),
    "media_type": Phrase("文件类型", "Media type"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
