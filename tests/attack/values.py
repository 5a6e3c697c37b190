"""What is no good in an address, a field, a header or a body. What a long run finds is added here."""

VALUES = [
    *("", " ", "0", "-1", "1", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808"),
    *("9" * 18, "9" * 40, "9" * 5000, "٢٠٢٥", "²", "１２", "1e9", "0x10", "NaN", "1.005", "-0.00"),
    *("0000", "0001", "1948", "2025", "2199", "9999", "0000-00-00", "0001-01-01", "1949-01-01", "2025-06-31"),
    *("2026-01-31", "2199-12-31", "9999-12-31", "20260131", "2026-W05-6"),
    *("a\x00b", "\x1b[31m", "\x7f", "\x85", "\r\nSet-Cookie: a=b", "\u202egnp.exe", "\u200b"),
    *("\ufdd0", "\ufffd", "\uffff", "\U0001f600", "\U0010ffff", "e\u0301" * 200),
    *("'", "' OR 1=1 --", '"><script>alert(1)</script>', "{{ 7*7 }}", "%", "%%s", "%(value)s", "_", "\\"),
    *("=cmd|' /C calc'!A0", "../../etc/passwd", "//[", "http://[", "javascript:alert(1)", "/sign-in?next=/"),
    *("null", "[]", "{}", "甲" * 501, "x" * 3000, "forum", "on_site", "2025-1", "2025-99", "WT2025-059"),
]
PAIRS = ["%", "%ED%A0%80=1", "=", "a%00=1", "%FF%FE=%FF", "at=%C0%80", "q=%u0000"]
"""Parts of a query as no program of ours writes them."""
CONTENT_TYPES = [
    "",
    "application/json",
    "text/plain; charset=utf-16",
    "application/x-www-form-urlencoded; charset=unicode_escape",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=x; charset=unicode_escape",
    "multipart/form-data; boundary=x; charset=idna",
    "multipart/form-data; boundary=" + "x" * 300,
]
BODIES = [
    b"",
    b"\x00\xff\xfe",
    b"{",
    b"&=&=&&==",
    b"%ED%A0%80=%ZZ",
    b"a=" + b"x" * 70_000,
    b"a&" * 400,
    b"--x\r\n\r\n--x--",
    b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n\\ud800\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\x00b.pdf"\r\n\r\n%PDF-\r\n--x--\r\n',
    b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n",
    b"--x\r\n" + b"A: b\r\n" * 3000 + b"\r\n--x--\r\n",
]
HEADERS = [
    {"origin": "http://["},
    {"origin": "null"},
    {"origin": "http://evil.example"},
    {"host": "["},
    {"host": "evil.example:99999"},
    {"host": ""},
    {"cookie": "lianjian_session=\x80\xff; lianjian_language=xx"},
    {"cookie": "a" * 5000},
    {"accept-language": "x" * 2000},
    {"hx-request": "true"},
    {"range": "bytes=0-99999999999999999999"},
    {"if-none-match": '"\x80"'},
    {"if-modified-since": "yesterday"},
    {"x-forwarded-for": "' OR 1=1"},
]
METHODS = ["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"]
