"""The floors of pages: bare Flask, SQLAlchemy Core on the same database, Jinja. No sessions, no rights, no translation, no compression."""

import os

from flask import Flask, render_template
from sqlalchemy import MetaData, and_, create_engine, event, func, or_, select

hello = Flask("hello")


@hello.get("/")
def say_hello() -> str:
    """The least that Flask can answer."""
    return "hello"


def _engine():
    url = os.environ.get("CONSULT_DATABASE_URL") or f"sqlite:///{os.environ['CONSULT_DATA']}/consult.db"
    made = create_engine(url)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", lambda connection, record: connection.execute("PRAGMA busy_timeout=10000"))
    return made


def page() -> Flask:
    """One draft with its comments: `/whole` and `/section/<first>/<count>` of the version named in the address."""
    app = Flask("floor", root_path=os.path.dirname(__file__))
    engine = _engine()
    tables = MetaData()
    tables.reflect(engine)
    read = _Reading(**tables.tables)

    @app.get("/<int:version>/whole")
    def whole(version: int) -> str:
        with engine.connect() as connection:
            pieces = connection.execute(read.pieces(version)).all()
            said = connection.execute(read.comments(version)).all()
            answers = connection.execute(read.answers(version)).all()
            counts = dict(connection.execute(read.counts(version)).all())
        comments, threads = {}, {}
        for row in said:
            comments.setdefault(row.at_id, []).append(row)
        for row in answers:
            threads.setdefault(row.comment_id, []).append(row)
        return render_template("floor.html", pieces=pieces, comments=comments, threads=threads, counts=counts)

    @app.get("/<int:version>/section/<int:first>/<int:count>")
    def section(version: int, first: int, count: int) -> str:
        with engine.connect() as connection:
            pieces = connection.execute(read.pieces(version, first, count)).all()
            counts = dict(connection.execute(read.counts(version)).all())
            headings = connection.execute(read.headings(version)).all()
        return render_template("floor.html", pieces=pieces, comments={}, threads={}, counts=counts, headings=headings)

    return app


class _Reading:
    def __init__(self, comment, person, organization, paragraph, response, placement, answer, round, **others) -> None:
        self.comment, self.person, self.organization, self.paragraph = comment, person, organization, paragraph
        self.response, self.placement, self.answer, self.round = response, placement, answer, round

    def pieces(self, version: int, first: int = 0, count: int = 1 << 30):
        p = self.paragraph.c
        columns = (p.id, p.position, p.kind, p.level, p.number, p.printed, p.mark, p.text)
        return select(*columns).where(p.version_id == version, p.position >= first, p.position < first + count).order_by(p.position)

    def headings(self, version: int):
        p = self.paragraph.c
        return select(p.position, p.printed, p.text).where(p.version_id == version, p.kind == "heading").order_by(p.position)

    def counts(self, version: int):
        c, r = self.comment.c, self.round.c
        of = select(c.paragraph_id, func.count()).join(self.round, r.id == c.round_id)
        return of.where(r.version_id == version, c.withdrawn_at.is_(None)).group_by(c.paragraph_id)

    def comments(self, version: int):
        c, p, o, s, t, r, a = (
            self.comment.c, self.person.c, self.organization.c, self.response.c, self.placement.c, self.round.c, self.paragraph.c,
        )  # fmt: skip
        columns = (
            c.id, c.number, c.round_id, c.author_id, p.name.label("author"), o.name.label("organization"), c.on_behalf_of, c.type, c.html,
            c.proposed, c.quote, c.door, c.received_at, c.edited_at, c.late, c.verified, a.mark, s.disposition, s.text.label("response"),
            func.coalesce(t.paragraph_id, c.paragraph_id).label("at_id"), t.state,
        )  # fmt: skip
        joined = (
            self.comment.join(self.person, p.id == c.author_id).outerjoin(self.organization, o.id == p.organization_id)
            .outerjoin(self.paragraph, a.id == c.paragraph_id).outerjoin(self.response, s.comment_id == c.id)
            .join(self.round, r.id == c.round_id)
            .outerjoin(self.placement, and_(t.comment_id == c.id, t.version_id == version))
        )  # fmt: skip
        here = or_(r.version_id == version, t.id.is_not(None))
        return select(*columns).select_from(joined).where(c.withdrawn_at.is_(None), here).order_by(c.round_id, c.number)

    def answers(self, version: int):
        a, c, r, p = self.answer.c, self.comment.c, self.round.c, self.person.c
        columns = (a.comment_id, p.name.label("author"), a.html, a.door, a.received_at)
        joined = (
            self.answer.join(self.person, p.id == a.author_id).join(self.comment, c.id == a.comment_id).join(self.round, r.id == c.round_id)
        )
        return select(*columns).select_from(joined).where(r.version_id == version, a.withdrawn_at.is_(None)).order_by(a.id)
