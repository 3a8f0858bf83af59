"""What people write is shown and never obeyed: by both cleaners together and by each of them alone."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis.strategies import sampled_from as st_characters
from hypothesis.strategies import text
from lxml import html as lxml_html

from consult.web import markup

ATTACKS = r"""
<script>alert(1)</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<script/x>alert(1)</script >
<img src=x onerror=alert(1)>
<img/src='x'/onerror=alert(1)//
<IMG "><SCRIPT>alert(1)</SCRIPT>">
<img src="javascript:alert(1)">
<img src=x:x onerror&#61;alert(1)>
<image src=x onerror=alert(1)>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text x=20 y=20>x</text></a></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><set attributeName=href to=javascript:alert(1)>
<svg><style><img src=x onerror=alert(1)></style></svg>
<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">
<math href="javascript:alert(1)">x</math>
<math><maction actiontype="statusline#x" xlink:href="javascript:alert(1)">x</maction></math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="javascript:alert(1)"></object>
<embed src="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">
<a href="javascript:alert(1)">x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href=" javascript:alert(1)">x</a>
<a href="java&#10;script:alert(1)">x</a>
<a href="java&Tab;script:alert(1)">x</a>
<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)">x</a>
<a href="&#x6a;avascript&colon;alert(1)">x</a>
<a href="javascript:123">x</a>
<a href="javascript:1/alert(1)">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="&#1;javascript:alert(1)">x</a>
<a href="//evil.example">x</a>
<a href="/sign-out">x</a>
<a href="https://a.example" onclick=alert(1)>x</a>
<a href="https://a.example" style="position:fixed;inset:0">x</a>
<a href="https://a.example" target=_blank id=x name=y class=z>x</a>
<p onmouseover=alert(1)>x</p>
<p style="background:url(javascript:alert(1))">x</p>
<body onload=alert(1)>
<video><source onerror=alert(1)></video>
<audio src onloadstart=alert(1)>
<details open ontoggle=alert(1)><summary>x</summary></details>
<select autofocus onfocus=alert(1)>
<input autofocus onfocus=alert(1)>
<marquee onstart=alert(1)>x</marquee>
<style>@import 'https://evil.example/x.css';</style>
<link rel=stylesheet href=//evil.example/x.css>
<base href="https://evil.example/">
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<form action="https://evil.example"><button>x</button></form>
<button formaction="javascript:alert(1)">x</button>
<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<title><img title="</title><img src=x onerror=alert(1)>"></title>
<xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>
<template><script>alert(1)</script></template>
<!--><img src=x onerror=alert(1)>-->
<!-- --!><img src=x onerror=alert(1)> -->
<![CDATA[><img src=x onerror=alert(1)>]]>
<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>
<ol start="1&quot; onclick=alert(1)"><li>x</li></ol>
<ol start="javascript:alert(1)"><li>x</li></ol>
<div><p>x</div><table><td><img src=x onerror=alert(1)></table>
<isindex action=javascript:alert(1) type=submit>
<keygen autofocus onfocus=alert(1)>
""".strip().split("\n")

IN_MARKDOWN = r"""
[x](javascript:alert(1))
[x](JAVASCRIPT:alert(1))
[x](java	script:alert(1))
[x](&#106;avascript:alert(1))
[x](javascript:123)
[x](data:text/html;base64,PHNjcmlwdD4=)
[x](<javascript:alert(1)>)
[x](https://a.example "t" onclick="alert(1)")
[x](https://a.example"onclick=alert(1)//)
[x](/sign-out)
![x](https://evil.example/pixel.gif)
![x](x"onerror="alert(1))
![x][r]
<javascript:alert(1)>
<https://a.example/"onclick=alert(1)>
`<img src=x onerror=alert(1)>`
**<img src=x onerror=alert(1)>**
> <img src=x onerror=alert(1)>
    <img src=x onerror=alert(1)>
&lt;img src=x onerror=alert(1)&gt;
\<img src=x onerror=alert(1)>
x<br onclick=alert(1)>y
[r]: javascript:alert(1)
""".strip("\n").split("\n")


def harmless(made: str) -> None:
    """Only the few tags and attributes we know, and no address but http, https and mailto."""
    for element in lxml_html.fragment_fromstring(made, create_parent="div").iterdescendants():
        assert element.tag in markup.TAGS, made
        for name, value in element.attrib.items():
            assert name in markup.ATTRIBUTES.get(element.tag, set()) | ({"rel"} if element.tag == "a" else set()), made
            assert name != "href" or re.match(r"(https?|mailto):", value), made
            assert name != "start" or value.isdigit(), made


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_cleaner_alone_lets_nothing_through(attack):
    harmless(markup._through_bleach(attack))
    harmless(markup._through_nh3(attack))


@pytest.mark.parametrize("attack", ATTACKS + IN_MARKDOWN)
def test_nothing_that_a_person_writes_is_obeyed(attack):
    made = markup.safe_html(f"Dear all,\n\n{attack}\n\n[r]: https://evil.example/x.png")
    harmless(made)
    harmless(markup.safe_html(attack))
    harmless(markup.plain_html(attack))


@pytest.mark.parametrize("attack", IN_MARKDOWN)
def test_markdown_through_one_cleaner_only(attack):
    harmless(markup._through_bleach(markup._markdown(attack)))
    harmless(markup._through_nh3(markup._markdown(attack)))


def test_markup_in_a_comment_is_shown_as_it_was_typed():
    assert markup.safe_html("a < b & <b>c</b>") == "<p>a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;</p>"


def test_a_comment_keeps_its_paragraphs_lines_lists_and_links():
    made = markup.safe_html("First *line*\nsecond\n\n- one\n- two\n\n> quoted\n\n[UN](https://un.org)")
    assert "<em>line</em><br>" in made and "<li>one</li>" in made and "<blockquote>" in made
    assert '<a href="https://un.org" rel="noreferrer noopener">UN</a>' in made


def test_headings_and_dashes_stay_words():
    made = markup.safe_html("# 12\n\nTitle\n---\n")
    assert "<h" not in made.replace("<hr>", "") and "# 12" in made


def test_a_list_that_begins_at_12_begins_at_12():
    assert '<ol start="12">' in markup.safe_html("12. Delete.\n13. Keep.")


def test_hundreds_of_brackets_are_plain_brackets():
    assert markup.safe_html("[" * 4000) == "<p>" + "[" * 4000 + "</p>"
    assert "[a](" in markup.safe_html("[a](" * 4000)


def test_what_is_too_long_for_markdown_is_shown_as_typed():
    made = markup.safe_html("*a* <b>\n" * 20_000)
    assert made.startswith("<p>*a* &lt;b&gt;<br>\n*a*")


@pytest.mark.parametrize(
    "text", [">" * 50_000, "> " * 40_000, "***a" * 2000, "=\n" * 40_000, "1. " * 20_000, "`a" * 30_000, "**a " * 20_000]
)
def test_a_hostile_text_is_shown_all_the_same(text):
    harmless(markup.safe_html(text))


def test_plain_text_keeps_its_lines():
    assert markup.plain_html("a\nb\n\n<c>") == "<p>a<br>\nb</p>\n<p>&lt;c&gt;</p>"


@given(text(st_characters("ab1 2\n.-,;()'«»—第段。（）\u00a0é"), max_size=60))
@example("2005. A year\n- and a dash")
@example("a - b\n(c) d\n\n  e")
def test_a_text_without_any_sign_of_markdown_is_shown_the_same_either_way(words):
    slow = markup._through_nh3(markup._through_bleach(markup._markdown(words)))
    assert html.unescape(markup.safe_html(words)) == html.unescape(slow)


def test_a_text_that_breaks_off_leaves_nothing_behind_for_the_next_one():
    markup.safe_html("1. " * 20_000 + "*a*")
    assert markup.safe_html("*a*") == "<p><em>a</em></p>"
