"""Rules of documents that are issued."""

from domain.kernel.clause import clause, name_clauses

STEP_TAKEN_FIRST = clause(
    "先有其事，后有其文",
    "a document tells of a step that was taken",
    "请先办理该文书所载的环节",
    "take the step first that the document tells of",
    "docs/documents.md",
)
PUBLISHED_FIRST = clause(
    "考核结果公布后方可制发文书",
    "documents of results are issued once the results are published",
    "请先公布该次核定",
    "publish the run first",
    "docs/documents.md",
)
SAYS_SOMETHING_NEW = clause(
    "内容未变的文书不重复制发",
    "a document that would say the same is not issued again",
    "请重印已制发的文书",
    "print the one that was issued again",
    "docs/documents.md",
)
NUMBER_ISSUED_ONCE = clause(
    "一个文号只制发一份文书",
    "no two documents are issued under one number",
    "请重印该文号已制发的文书；新的问题另用文号，或不填文号",
    "print the document of this number again; for another finding take another number, or leave it out",
    "docs/documents.md",
)

name_clauses("document", globals())
