"""Words of attachments."""

EVENTS: dict[str, str] = {
    "attachment.AttachmentAdded": "添加附件",
}
"""Event name to what it is called in lists."""
SENTENCES: dict[str, str] = {
    "attachment.AttachmentAdded": "添加附件 %(name)s（%(size)s 字节）",
}
"""Event name to its sentence."""
FIELDS: dict[str, str] = {
    "added_on": "添加日期",
    "digest": "摘要",
    "media_type": "文件类型",
}
"""Field of an event to its title."""
