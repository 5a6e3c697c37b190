"""Rules of attachments."""

from domain.kernel.clause import Clause

TYPE_ALLOWED = Clause(
    "attachment.TYPE_ALLOWED",
    "附件只能是 PDF、JPEG、PNG 或 Office 文档（docx、xlsx），且内容与扩展名一致",
    "an attachment is a PDF, JPEG, PNG or Office file (docx, xlsx), and its content is what its name says",
    "default",
    "请转换为允许的格式后再上传",
    "convert the file to one of these formats",
)
SIZE_ALLOWED = Clause(
    "attachment.SIZE_ALLOWED",
    "附件不得为空，不得超过 20 MB",
    "an attachment is not empty and at most 20 MB",
    "default",
    "请压缩或拆分后再上传",
    "compress or split the file",
)
ADDED_ONCE = Clause(
    "attachment.ADDED_ONCE",
    "同一文件在同一事项下只保存一次",
    "a file is attached to a thing once",
    "default",
    "该文件已在附件中",
    "it is attached already",
)
