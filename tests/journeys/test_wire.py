"""What a page costs on a slow line, in octets as they cross the wire."""

from dataclasses import dataclass

import brotli
import pytest

from consult.drafts.cutting import cut
from consult.people.actions import set_password
from tests import make
from tests.conftest import SHARED
from tests.journeys.conftest import installed
from tests.journeys.inside import inside
from tests.journeys.reading import PASSWORD
from tests.journeys.visiting import Visitor

TEXT = SHARED / "data" / "cop-8-19.zh.txt"
FIRST_VIEW, ANY_PAGE, REQUESTS = 14_000, 25_000, 4
PERSON = "lucia@env.example"


@dataclass(frozen=True)
class Long:
    """The 52-paragraph draft with an open round and sixty comments, running."""

    consult: object
    path: str
    text: str


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """That draft, made in an empty database before Consult is started on it."""
    if not TEXT.exists():
        pytest.skip("needs ../shared/data/cop-8-19.zh.txt, which is not here")
    text = TEXT.read_text(encoding="utf-8")
    with installed(tmp_path_factory.mktemp("long") / "data") as consult:
        with inside(consult):
            group = make.group()
            reader = make.member(group, make.person("Lucía Fernández", PERSON))
            set_password(reader, PASSWORD)
            version = make.published(make.draft(group, "技术转让工作方案的执行进度报告", language="zh"), text)
            asked, marks = make.round(version), [piece.mark for piece in cut(text) if piece.mark]
            for number in range(60):
                make.comment(asked, reader, marks[number * 7 % len(marks)], f"关于这一段的第{number}条意见：请说明资金来源。")
            path = f"/g/{group.slug}/d/{version.draft.slug}/v/1"
            make.read_by_all()
            make.commit()
        yield Long(consult.start(), path, text)


@pytest.mark.chromium
def test_the_first_view_of_a_long_draft_is_light(long, browsing):
    reader = browsing(long.consult).sign_in(PERSON)
    sizes = fresh_view(reader, long.path)
    assert len(sizes) <= REQUESTS, sizes
    assert sum(sizes.values()) <= FIRST_VIEW, sizes


def fresh_view(reader, path: str) -> dict[str, int]:
    """Octets of head and body of each answer that a page needs when nothing is kept from before."""
    wire = reader.context.new_cdp_session(reader.page)
    wire.send("Network.clearBrowserCache")
    answers = []
    reader.page.on("requestfinished", lambda request: answers.append(request))
    reader.page.goto(path, wait_until="networkidle")
    sizes = {request.url: request.sizes() for request in answers}
    return {url: size["responseBodySize"] + size["responseHeadersSize"] for url, size in sizes.items()}


def test_a_long_text_asked_for_whole_costs_little_more_than_its_words(long):
    answer = Visitor(long.consult, PERSON).get(f"{long.path}?show=text")
    assert answer.octets <= 1.15 * len(brotli.compress(long.text.encode())) + 6_000


def test_a_page_seen_again_is_not_sent_again(long):
    visitor = Visitor(long.consult, PERSON)
    first = visitor.get(long.path)
    again = visitor.get(long.path, known=first.head["etag"])
    assert (again.status, again.body) == (304, b"") and again.octets < 1_000


@pytest.mark.parametrize("who", ["marta.lindqvist@secretariat.example", "lucia.fernandez@ambiente.example", ""])
def test_no_page_of_the_example_is_heavy(example, who):
    heavy = {one.path: one.octets for one in Visitor(example, who).everything() if one.is_page and one.octets > ANY_PAGE}
    assert not heavy
