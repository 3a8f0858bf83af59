"""The post page: on a trial installation, whoever tries Consult reads the example people's letters here and answers them as if by mail."""

from flask import redirect, render_template, request, url_for

from consult.errors import NotFound
from consult.inbox import post, queries, rules
from consult.inbox.forms import AnswerForm
from consult.inbox.pages import pages
from consult.kit.words import N_
from consult.people import queries as people
from consult.people.guard import public
from consult.people.models import Person
from consult.web.forms import told


@pages.get("/post", endpoint="post")
@public
def post_office():
    """Whose letters there are."""
    post.check_open()
    boxes = post.letters()
    found = [(person, sum(len(boxes.get(each.folded, [])) for each in person.addresses)) for person in people.people(limit=200)]
    return render_template("inbox/post.html", boxes=[(person, count) for person, count in found if count])


@pages.get("/post/<int:person>")
@public
def post_box(person: int):
    """One person's letters, the newest first."""
    post.check_open()
    whose = people.get_person(person)
    papers = [paper for box in post.letters(whose).values() for paper in box]
    return render_template("inbox/post_box.html", whose=whose, papers=papers[: post.SHOWN], more=max(0, len(papers) - post.SHOWN))


@pages.route("/post/<int:person>/<name>", methods=["GET", "POST"])
@public
def post_letter(person: int, name: str):
    """One letter, and the box to answer it: above the quoted letter, or between its lines."""
    post.check_open()
    whose = people.get_person(person)
    read = post.letter(whose, name)
    text, style = post.text_of(read), "top" if request.args.get("style") == "top" else "between"
    form = AnswerForm()
    if form.validate_on_submit():
        with told(form):
            return redirect(url_for("inbox.post_outcome", digest=_sent(read, whose, form.text.data, style, text)), 303)
    if not form.is_submitted() and style == "between":
        form.text.data = post.quoted(text) + "\n"
    return render_template(
        "inbox/post_letter.html",
        whose=whose,
        read=read,
        text=text,
        form=form,
        style=style,
        name=name,
        answerable=bool(read.get("reply-to")),
    ), 422 if form.is_submitted() else 200


def _sent(read, whose: Person, typed: str, style: str, text: str) -> str:
    body = f"{typed}\n\n{post.introduction(read)}\n{post.quoted(text)}\n" if style == "top" else f"{post.introduction(read)}\n{typed}\n"
    made, to = post.reply(read, whose, body)
    return post.deliver(made, whose.address, to)


@pages.get("/post/outcome/<digest>")
@public
def post_outcome(digest: str):
    """What became of an answer, once the worker has taken it."""
    post.check_open()
    if len(digest) != 64:
        raise NotFound(N_("There is no letter with this number."))
    row = queries.find(digest)
    return render_template(
        "inbox/post_outcome.html", row=row, states=rules.STATES, digest=digest, comments=queries.entered(row) if row else [],
        answers=queries.answers(row) if row else [], undone=queries.taken_back(row) if row else [],
        slug=queries.slug_of(row) if row else "",
    )  # fmt: skip
