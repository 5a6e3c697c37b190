"""Rules of attachments."""

from domain.kernel.clause import clause, name_clauses

TYPE_ALLOWED = clause(
    "附件只能是 PDF、图片（JPEG、PNG、WebP）或 Office 文档（docx、xlsx），且内容与扩展名一致",
    "an attachment is a PDF, a picture (JPEG, PNG, WebP) or an Office file (docx, xlsx), and its content is what its name says",
    "请转换为允许的格式后再上传",
    "convert the file to one of these formats",
)
PICTURE_READS = clause(
    "图片须完整、能打开，JPEG 至多 5100 万像素，PNG、WebP 至多 2500 万像素",
    "a picture is whole and can be opened; a JPEG has at most 51 million pixels, a PNG or WebP 25 million",
    "请打开图片核对，另存为较小的 JPEG 后再上传",
    "open the picture to see whether it is whole, and save it as a smaller JPEG",
)
NAME_ALLOWED = clause(
    "附件名须为一行可见文字，至多 120 字，不含路径、控制字符和改变文字方向的字符",
    "the name of an attachment is one line of visible text of at most 120 characters, without a path, control characters "
    "or characters that turn the direction of a text",
    "请改名后再上传",
    "give the file another name",
)
THING_HAS_ROOM = clause(
    "一个事项的附件个数和总量不超过限额",
    "the attachments of one thing stay within their number and their bytes",
    "请合并、压缩后再上传；已满的请管理员调整限额",
    "put files together or compress them; where no room is left, have the limit changed",
)
DAY_HAS_ROOM = clause(
    "一个账号一天上传的附件总量不超过限额",
    "what one account attaches on one day stays within its bytes",
    "请明日再传，或请管理员调整限额",
    "go on tomorrow, or have the limit changed",
)
STORE_HAS_ROOM = clause(
    "全部附件总量不超过限额",
    "all attachments together stay within their bytes",
    "请联系管理员扩大存储",
    "ask the administrator for more room",
)
SIZE_ALLOWED = clause(
    "附件不得为空，不得超过 20 MB",
    "an attachment is not empty and at most 20 MB",
    "空文件请重新生成；过大的请压缩或拆分后再上传",
    "make an empty file anew; compress or split one that is too large",
)
ADDED_ONCE = clause(
    "同一文件在同一事项下只保存一次",
    "a file is attached to a thing once",
    "该文件已在附件中",
    "it is attached already",
)
ONE_PHOTOGRAPH_OF_TWO = clause(
    "认定的是附有同一张照片的两件，都在册，且不都是活动",
    "what is judged is one photograph at two things that are on record and stand, not both of them activities",
    "请核对另一件；两项都是活动的，在相近登记中认定",
    "check which other thing is meant; of two activities judge the entries, which are alike",
)

name_clauses("attachment", globals())
