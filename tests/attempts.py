"""Texts that try to become something else than text: markup, a script, an address."""

from __future__ import annotations

#: Each tries to be more than text, or wider than the page; none may have a brace, which begins a placeholder.
ATTEMPTS = (
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    "</style></title></table><svg onload=window.ran=1>",
    "\" onfocus=window.ran=1 autofocus x=\" ' onmouseover=window.ran=1 '",
    "<a href=javascript:window.ran=1>go</a> javascript:window.ran=1",
    "W" * 300,
    "&lt;b&gt; &amp; --> <!-- ]]> <meta http-equiv=refresh content=0;url=x>",
)
