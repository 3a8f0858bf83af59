"""Whole mails as programs send them, in five languages and seven charsets: each remark arrives on its paragraph."""

from pathlib import Path

import pytest

from consult.inbox.message import read
from consult.inbox.reading import remarks

MAILS = Path(__file__).with_name("mails")
SAID = {
    "en": ("Thank you for the draft.", "We cannot agree without money.", "Which report?"),
    "zh": ("感谢来信。", "我们反对，因为缺乏资金。", "哪一份报告？"),
    "ru": ("Спасибо за проект.", "Мы возражаем: нет денег.", "Какой доклад?"),
    "fr": ("Merci pour le projet.", "Nous refusons faute d'argent.", "Quel rapport ?"),
    "ar": ("شكرا على المشروع.", "نعترض لعدم توفر المال.", "أي تقرير؟"),
}


NAMES = (
    "apple-windows-1256.ar", "gmail-html-only.fr", "gmail-quoted-printable.en", "gmail-wrapped-gb18030.zh", "mutt-koi8-r.ru",
    "outlook-html-interleaved-gb18030.zh", "outlook-windows-1252.fr", "phone-utf-8.ru", "thunderbird-base64.en",
)  # fmt: skip


@pytest.mark.parametrize("path", [MAILS / f"{name}.eml" for name in NAMES], ids=lambda path: path.stem)
def test_what_was_typed_into_a_whole_mail_arrives_where_it_belongs(path):
    language = path.stem.rpartition(".")[2]
    mail = read(path.read_bytes())
    sent = (MAILS / f"sent.{language}.txt").read_text(encoding="utf-8")
    found = [(remark.mark, remark.text) for remark in remarks(mail.text, sent, ["12", "12 (a)", "13"]).remarks]
    assert found == list(zip((None, "12", "13"), SAID[language], strict=True))
    assert mail.html_used == ("html" in path.stem)
