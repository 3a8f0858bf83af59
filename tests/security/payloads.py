"""Ways to smuggle a script into a page, our own of every kind: each sets window.__pwned where it runs."""

ACT = "window.__pwned=1"
TAGS = (
    "<script>{0}</script>", "<ScRiPt>{0}</sCrIpT>", "<script\n>{0}</script\n>", "<script/x>{0}</script>", "<<script>{0}//<</script>",
    "<script src=data:text/javascript,{0}></script>", "<script type=module>{0}</script>", "<img src=x onerror={0}>", "<img src=x onerror='{0}'>",
    '<img src="x" onerror="{0}">', "<img/src=x/onerror={0}>", "<img src=x\tonerror\n={0}>", "<IMG SRC=x OnErRoR={0}>", '<img """><script>{0}</script>">',
    "<svg onload={0}>", "<svg/onload={0}>", "<svg><script>{0}</script></svg>", "<svg><script>{0}<!-- ", "<svg><animate onbegin={0} attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:{0}'><text>go</text></a></svg>", "<svg><use href='data:image/svg+xml,<svg onload={0}>'></svg>",
    "<svg><foreignObject><img src=x onerror={0}></foreignObject></svg>", "<svg><set attributeName=onmouseover to={0}>", "<math><mtext><script>{0}</script>",
    "<math href='javascript:{0}'>go</math>", "<math><mtext><table><mglyph><style><img src=x onerror={0}>", "<body onload={0}>", "<body onpageshow={0}>",
    "<iframe src='javascript:{0}'></iframe>", "<iframe srcdoc='<script>parent.{0}</script>'></iframe>", "<iframe onload={0}></iframe>",
    "<object data='javascript:{0}'></object>", "<object data='data:text/html,<script>{0}</script>'></object>", "<embed src='javascript:{0}'>",
    "<video onloadstart={0} src=x>", "<video><source onerror={0}></video>", "<audio src=x onerror={0}>", "<input autofocus onfocus={0}>",
    "<select autofocus onfocus={0}>", "<textarea autofocus onfocus={0}>", "<details open ontoggle={0}>", "<marquee onstart={0}>", "<style>@import 'javascript:{0}'</style>",
    "<style onload={0}></style>", "<link rel=stylesheet href=data:text/css,x onload={0}>", "<link rel=import href='data:text/html,<script>{0}</script>'>",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>", "<base href='javascript:{0}//'>", "<form action='javascript:{0}'><button autofocus>go</button></form>",
    "<button formaction='javascript:{0}'>go</button>", "<a href='javascript:{0}'>go</a>", "<a href=' javascript:{0}'>go</a>", "<a href='java\tscript:{0}'>go</a>",
    "<a href='java&#10;script:{0}'>go</a>", "<a href='&#106;avascript:{0}'>go</a>", "<a href='&#x6A;avascript:{0}'>go</a>", "<a href='vbscript:{0}'>go</a>",
    "<a href='data:text/html,<script>{0}</script>'>go</a>", "<a onmouseover={0}>go</a>", "<a style='x:expression({0})'>go</a>", "<div style=\"background:url('javascript:{0}')\">x</div>",
    "<p onpointerover={0}>x</p>", "<p onanimationend={0} style='animation:x 1ms'>x</p>", "<template><script>{0}</script></template>", "<template shadowrootmode=open><img src=x onerror={0}></template>",
    "<noscript><p title=\"</noscript><img src=x onerror={0}>\">", "<title><img src=x onerror={0}></title>", "</title><script>{0}</script>", "</textarea><script>{0}</script>",
    "</pre><script>{0}</script>", "</style><script>{0}</script>", "--><script>{0}</script>", "<!--><script>{0}</script>-->", "<!--<img src='--><img src=x onerror={0}>'>",
    "<![CDATA[<script>{0}</script>]]>", "<?xml version='1.0'?><script>{0}</script>", "<xml><x onload={0}>", "<isindex type=image src=x onerror={0}>", "<keygen autofocus onfocus={0}>",
    "<custom-element onfocus={0} tabindex=1 autofocus>", "<plaintext><script>{0}</script>", "<xmp><p title=\"</xmp><script>{0}</script>\">", "<table background='javascript:{0}'>", "<b onclick={0}>x</b",
)  # fmt: skip
ATTRIBUTES = (
    '"><script>{0}</script>', "'><script>{0}</script>", '" onmouseover="{0}', "' onfocus='{0}' autofocus='", '" autofocus onfocus={0} x="', "`onerror={0}`",
    '"/><svg/onload={0}>', "x onerror={0}", '"\nonfocus="{0}" autofocus="', "javascript:{0}", "JaVaScRiPt:{0}", "&quot;><script>{0}</script>", "&lt;script&gt;{0}&lt;/script&gt;",
    "&#60;script&#62;{0}&#60;/script&#62;", "%3Cscript%3E{0}%3C/script%3E", "\\u003cscript\\u003e{0}\\u003c/script\\u003e", "\\x3cscript\\x3e{0}\\x3c/script\\x3e", "＜script＞{0}＜/script＞",
    "+ADw-script+AD4-{0}+ADw-/script+AD4-", "</bdi><script>{0}</script><bdi>", "</time><img src=x onerror={0}>",
)  # fmt: skip
MARKDOWN = (
    "[go](\u2028javascript:{0})", "[go](feed:javascript:{0})", "[go](view-source:javascript:{0})", "<JAVASCRIPT:{0}>", "[go](blob:javascript:{0})", "[go](//javascript:{0})",
    "[go](javascript:{0})", "[go](JaVaScRiPt:{0})", "[go](java&#115;cript:{0})", "[go](<javascript:{0}>)", "[go](javascript&colon;{0})", "[go](data:text/html;base64,PHNjcmlwdD4=)", "[go]( javascript:{0})",
    "[go](\x01javascript:{0})", "[go][x]\n\n[x]: javascript:{0}", "[go][x]\n\n[x]: <javascript:{0}> 'title'", "![x](x){{onerror={0}}}", '![x](x"onerror="{0})', '[x](http://a.example "onmouseover={0}")',
    '[x](http://a.example"onmouseover="{0})', "<javascript:{0}>", "<http://a.example/'onmouseover='{0}>", "`<script>{0}</script>`", "```\n<script>{0}</script>\n```", "    <script>{0}</script>", "> <script>{0}</script>",
    "* <img src=x onerror={0}>", "1. <svg onload={0}>", "**<img src=x onerror={0}>**", "[<img src=x onerror={0}>](http://a.example)", "[x](http://a.example)<img src=x onerror={0}>", "&#x3c;script&#x3e;{0}&#x3c;/script&#x3e;",
    "\\<script>{0}\\</script>", "<scr<script>ipt>{0}</scr</script>ipt>", "[a](http://a.example)[b](javascript:{0})", "<a\x00href='javascript:{0}'>go</a>", "[x](//evil.example)", "[x](/sign-out)", "*[x]: <script>{0}</script>\n\nx",
    "# <script>{0}</script>", "<script>{0}</script>\n---", "|<script>{0}</script>|\n|---|", "~~<img src=x onerror={0}>~~", "<!-- x --><script>{0}</script>", "<div markdown=1><script>{0}</script></div>", "{{{{ config }}}}<img src=x onerror={0}>",
    "{{% raw %}}<script>{0}</script>{{% endraw %}}", "%(name)s<script>{0}</script>%s", "{{0}}<script>{0}</script>",
)  # fmt: skip
PAYLOADS = tuple(each.format(ACT) for each in (*TAGS, *ATTRIBUTES, *MARKDOWN))
