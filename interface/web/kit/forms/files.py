"""Files that are chosen in a form, and attached by what the form does."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile

from application.input.reading import Fault, FaultCode, Malformed
from application.stores.attaching import NewFile
from domain.attachment.attachments import LARGEST, LONGEST_NAME, TYPES
from interface.web.kit.forms.form_fields import FormField
from interface.web.kit.page.page import Page

FILES = "files"
"""What the field and its control are called."""
MOST = 20
"""Files of one form at most."""
PARSED = 500
"""Files that are read of a form, so that it can be said in a sentence that they are too many."""
FILES_LARGEST = 3 * LARGEST
"""Bytes of a form with its files."""


def chosen(form: FormData) -> list[UploadFile]:
    """The files that were chosen; a field in which none was sends an empty one."""
    return [each for each in form.getlist(FILES) if isinstance(each, UploadFile) and each.filename]


def plain_name(file: UploadFile) -> str:
    """The last part of its name, which some browsers send with a path."""
    return (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1][-LONGEST_NAME:]


def files_in(form: FormData) -> list[NewFile]:
    """The files of a form. Raises ``Malformed`` where they are too many."""
    found = chosen(form)
    if len(found) > MOST:
        zh = f"一次至多附 {MOST} 个文件，现选了 {len(found)} 个；其余的办理后可在附件处添加"
        en = f"at most {MOST} files at a time, these are {len(found)}; add the others to the attachments afterwards"
        raise Malformed({FILES: Fault(FaultCode.TOO_MANY, zh, en)})
    return [NewFile(plain_name(each), each.file) for each in found]


def file_field(page: Page, fault: Fault | None) -> FormField:
    """Where files are chosen. A browser forgets what was chosen when the form comes back: it is named."""
    form: FormData | None = getattr(page.request.state, "form", None)
    again = [plain_name(each) for each in chosen(form)] if form is not None else []
    hint = page.t("PDF、图片或 Office 文档，每个至多 20 MB，一次至多 %(n)s 个", n=MOST)
    if again:
        hint += page.t("；请重新选择：%(files)s", files=page.t("、").join(again[:MOST]))
    return FormField(
        name=FILES,
        control=FILES,
        label=page.t("附件"),
        hint=hint,
        required=False,
        values=(),
        fault="" if fault is None else fault.en if page.language == "en" else fault.zh,
        choices=(),
        bounds={"accept": ",".join(TYPES)},
    )
