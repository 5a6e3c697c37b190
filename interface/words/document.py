"""Words of documents that are issued."""

from __future__ import annotations

from interface.words.phrase import Phrase, event, field, verb

CHOICES = {
    "paper": {
        "order": Phrase("整改通知书", "Order to rectify"),
        "receipt": Phrase("送达回证", "Receipt of service"),
        "extension": Phrase("延期答复", "Answer on an extension"),
        "reinspection": Phrase("复查记录", "Record of re-inspection"),
        "closing": Phrase("销号单", "Closing slip"),
        "notice": Phrase("成绩告知", "Notice of scores"),
        "circular": Phrase("通报", "Circular"),
        "annual": Phrase("年度报告", "Annual report"),
    },
}
VERBS = {
    "issue_document": verb(
        "制发文书",
        "Issue a document",
        "文书已编号制发并封存，可打印盖章送达。",
        "The document is numbered, issued and frozen; print, seal and serve it.",
    ),
    "issue_score_notice": verb(
        "制发成绩告知",
        "Issue a notice of scores",
        "成绩告知已编号制发并封存，可打印盖章送达。",
        "The notice is numbered, issued and frozen; print, seal and serve it.",
    ),
    "issue_result_document": verb(
        "制发考核文书",
        "Issue a document of results",
        "文书已编号制发并封存，可打印盖章印发。",
        "The document is numbered, issued and frozen; print, seal and send it out.",
    ),
}
EVENTS = {
    "document.DocumentIssued": event(
        "制发文书",
        "Document issued",
        "制发%(paper)s %(number)s：%(title)s",
        "%(paper)s %(number)s issued: %(title)s",
    ),
    "document.DocumentNumbered": event(
        "文书编号", "Document numbered", "%(paper)s编号 %(number)s", "%(paper)s gets number %(number)s"
    ),
}
FIELDS = {
    "paper": field("文种", "Kind of document"),
    "branch": field("联建单位", "Unit"),
    "signed_as": field("签发人职务", "Signed by (post)", "写职务，不写姓名", "a post, not a name"),
    "copies_to": field("抄送", "Copies to", "多个单位用逗号分开", "several offices with commas between"),
}
TITLES = {
    "document_id": Phrase("文书", "Document"),
    "issued_on": Phrase("制发日期", "Issued on"),
    "numbered_on": Phrase("编号日期", "Numbered on"),
    "serial": Phrase("序号", "Serial"),
    "place": Phrase("所载环节", "Step told"),
    "title": Phrase("标题", "Title"),
    "substance": Phrase("内容摘要", "Digest of the content"),
    "model": Phrase("内容文件摘要", "Digest of the content file"),
    "model_size": Phrase("内容文件字节数", "Bytes of the content file"),
    "page": Phrase("网页摘要", "Digest of the page"),
    "page_size": Phrase("网页字节数", "Bytes of the page"),
    "pdf": Phrase("PDF 摘要", "Digest of the PDF"),
    "pdf_size": Phrase("PDF 字节数", "Bytes of the PDF"),
    "replaces": Phrase("所替代的文书", "Document replaced"),
}
"""What a field of an event, a form or an address is called where no verb says so."""
