"""What the standard TOML parser says, in the words of the office."""

from __future__ import annotations

_WORDS = {
    "Cannot declare": "同一个表写了两次",
    "Cannot mutate immutable namespace": "这个表已经写完，不能再添",
    "Cannot overwrite a value": "同一项写了两次",
    "Cannot redefine namespace": "同一个表写了两次",
    "Duplicate inline table key": "同一项写了两次",
    "Escaped character is not a Unicode scalar value": "反斜杠后面的字符代码无效",
    "Expected '=' after a key in a key/value pair": "项名后面缺少等号",
    "Expected ']' at the end of a table declaration": "表头缺少右方括号 ]",
    "Expected ']]' at the end of an array declaration": "表头缺少右方括号 ]]",
    "Expected newline or end of document after a statement": "一行只写一项，后面多了东西",
    "Expected ": "文字缺少右引号",
    "Found invalid character": "含有不能用的字符",
    "Illegal character": "含有不能用的字符，或文字缺少右引号",
    "Invalid date or datetime": "没有这一天",
    "Invalid hex value": "反斜杠后面的字符代码无效",
    "Invalid initial character for a key part": "项名缺失，或有不能用的字符（中文项名、全角符号）",
    "Invalid statement": "这一行既不是项也不是表头",
    "Invalid value": "值的写法不对（文字要写在英文引号里）",
    "Unclosed array": "列表缺少逗号或右方括号 ]",
    "Unclosed inline table": "花括号里缺少逗号或右花括号 }",
    "Unescaped '\\' in a string": "文字里的反斜杠要写两个",
    "Unterminated string": "文字缺少右引号",
}


def in_chinese(said: str) -> str:
    """The message in Chinese; one that is not known stays as it is."""
    return next((words for start, words in _WORDS.items() if said.startswith(start)), said)
