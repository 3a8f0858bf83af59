"""Pure: the parts around the body of a Word document: styles, settings, header with its watermark, footer, what belongs to what."""

from xml.sax.saxutils import escape

from consult.papers.wordruns import attribute, clean, paragraph, runs

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "zh": "zh-CN", "ar": "ar-SA"}
FONTS = 'w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="SimSun"'
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = {
    "document": f"{KIND}.document.main+xml", "styles": f"{KIND}.styles+xml", "settings": f"{KIND}.settings+xml",
    "header1": f"{KIND}.header+xml", "footer1": f"{KIND}.footer+xml", "footnotes": f"{KIND}.footnotes+xml",
    "comments": f"{KIND}.comments+xml", "commentsExtended": f"{KIND}.commentsExtended+xml",
}  # fmt: skip
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


def styles(language: str) -> str:
    """How each kind of piece looks: numbers hang before their words, items stand in steps."""
    code = LANGUAGES.get(language, "en-GB")
    tongue = f'<w:lang w:val="{code}" w:eastAsia="{code if language == "zh" else "zh-CN"}" w:bidi="ar-SA"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {FONTS}/><w:sz w:val="22"/><w:szCs w:val="24"/>{tongue}</w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    made = [_style("Normal", "Normal", default=True), _style("BodyText", "Body Text")]
    for level in range(1, 7):
        size = {1: 28, 2: 25, 3: 23}.get(level, 22)
        look = f'<w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size + 2}"/>'
        place = f'<w:keepNext/><w:spacing w:before="{280 if level < 3 else 200}" w:after="100"/><w:outlineLvl w:val="{level - 1}"/>'
        made.append(_style(f"Heading{level}", f"heading {level}", place, look))
    made.append(_style("Numbered", "Numbered paragraph", _hanging(0, 567)))
    made += [_style(f"Item{level}", f"Numbered item {level}", _hanging(567 * level, 567)) for level in range(1, 5)]
    made.append(_style("Point", "List point", _hanging(567, 340)))
    made.append(_style("Cell", "Table text", '<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>', _small(20)))
    made += [_style("After", "After a table", '<w:spacing w:after="0"/>', _small(8)), _style("Whole", "On the whole text", "", _small(8))]
    made.append(_style("Figure", "Figure", '<w:keepNext/><w:jc w:val="center"/>'))
    made += [_style("FootnoteText", "footnote text", '<w:spacing w:after="60"/>', _small(18)), _style("CommentText", "annotation text")]
    made += [
        _style("Header", "header", '<w:spacing w:after="0"/>', _small(18)),
        _style("Footer", "footer", '<w:jc w:val="center"/>', _small(18)),
    ]
    made.append(_style("FootnoteReference", "footnote reference", "", '<w:vertAlign w:val="superscript"/>', kind="character"))
    made.append(_style("CommentReference", "annotation reference", "", _small(16), kind="character"))
    return f"{HEAD}<w:styles {SPACES}>{defaults}{''.join(made)}{_grid()}</w:styles>"


def _style(key: str, named: str, place: str = "", look: str = "", kind: str = "paragraph", default: bool = False) -> str:
    based = "" if default or kind == "character" else '<w:basedOn w:val="Normal"/>'
    main = "<w:qFormat/>" if default or named.startswith("heading") else ""
    held = f"<w:pPr>{place}</w:pPr>" if place else ""
    seen = f"<w:rPr>{look}</w:rPr>" if look else ""
    chosen = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}"{chosen} w:styleId="{key}"><w:name w:val="{named}"/>{based}{main}{held}{seen}</w:style>'


def _hanging(left: int, by: int) -> str:
    stop = f'<w:tabs><w:tab w:val="left" w:pos="{left + by}"/></w:tabs>'
    return f'{stop}<w:ind w:left="{left + by}" w:hanging="{by}"/>'


def _small(size: int) -> str:
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _grid() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in sides)
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr></w:style>"
    )


def settings() -> str:
    """The modern way to lay out, and which footnotes are the separating lines."""
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    lines = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    return f"{HEAD}<w:settings {SPACES}>{lines}<w:compat>{mode}</w:compat></w:settings>"


def header(head: dict, rtl: bool) -> str:
    """Title, symbol, version and date, the label where there is one, and behind the text the label as a watermark."""
    about = " · ".join([part for part in (head["symbol"], *head["version"], *head["about"]) if part])
    lines = [paragraph(runs(head["short"], "<w:b/><w:bCs/>"), "Header", rtl), paragraph(runs(about), "Header", rtl)]
    if head["label"]:
        line = runs(head["label"], "<w:i/><w:iCs/>")
        lines.append(paragraph(line + _watermark(head["label"]), "Header", rtl))
    return f"{HEAD}<w:hdr {SPACES}>{''.join(lines)}{paragraph('', 'Header')}</w:hdr>"


def _watermark(label: str) -> str:
    """Large light letters from corner to corner, as Word's own watermarks are made (VML, ECMA-376 part 4)."""
    path = '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
    kind = f'<v:shapetype id="mark" coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">{path}</v:shapetype>'
    where = (
        "position:absolute;margin-left:0;margin-top:0;width:520pt;height:60pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    words = f'<v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt" string={attribute(label)}/>'
    shape = f'<v:shape id="PowerPlusWaterMarkObject1" type="#mark" style="{where}" fillcolor="#d9d9d9" stroked="f">{words}</v:shape>'
    return f"<w:r><w:pict>{kind}{shape}</w:pict></w:r>"


def footer(page: str) -> str:
    """Page n of m, in the words given; `@page` and `@last` stand for the numbers, which Word counts."""
    made = runs(page).replace("@page", _field("PAGE")).replace("@last", _field("NUMPAGES"))
    return f"{HEAD}<w:ftr {SPACES}>{paragraph(made, 'Footer')}</w:ftr>"


def _field(kind: str) -> str:
    """Ends the run it stands in and begins another."""
    return f'</w:t></w:r><w:fldSimple w:instr="{kind}"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve">'


def footnotes(held: list[str]) -> str:
    """The footnotes, numbered from 1, behind the two lines that separate them from the text."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    own = "".join(f'<w:footnote w:id="{number}">{each}</w:footnote>' for number, each in enumerate(held, 1))
    return f"{HEAD}<w:footnotes {SPACES}>{lines}{own}</w:footnotes>"


def core(title: str, author: str, at: str) -> str:
    """What the file says about itself: the title, the group as its author, when the version was published; nothing else."""
    spaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    when = f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>' if at else ""
    said = f"<dc:title>{escape(clean(title))}</dc:title><dc:creator>{escape(clean(author))}</dc:creator>{when}"
    return f"{HEAD}<cp:coreProperties {spaces}>{said}</cp:coreProperties>"


def content_types(parts: list[str], pictures: set[str]) -> str:
    """Which part is of which kind (ECMA-376 part 2)."""
    defaults = "".join(f'<Default Extension="{kind}" ContentType="image/{kind}"/>' for kind in sorted(pictures))
    own = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{TYPES[part]}"/>' for part in parts)
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{defaults}{own}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def relations(pairs: list[tuple[str, str, str]]) -> str:
    """(id, kind, target) of what belongs to a part."""
    rows = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in pairs)
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
