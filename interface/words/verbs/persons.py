"""Words of what is done with the name of a person."""

from __future__ import annotations

from interface.words.phrase import FieldWords, verb

VERBS = {
    "erase_person": verb(
        "删除姓名",
        "Erase the name",
        "姓名已删除，记录与证明不受影响。",
        "The name is erased; the deeds stay and every proof holds.",
    ),
}
FIELDS: dict[str, FieldWords] = {}
