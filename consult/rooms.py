"""Which rooms there are, and how each is connected to the application."""

from flask import Flask


def connect(app: Flask) -> None:
    """Load every table, register every page, and set up what a request passes through."""
    from consult.alerts import models as _alerts  # noqa: F401 - every table must be known before the first query
    from consult.delegations import models as _delegations  # noqa: F401
    from consult.exchange import models as _exchange  # noqa: F401
    from consult.inbox import models as _inbox  # noqa: F401
    from consult.meetings import models as _meetings  # noqa: F401
    from consult.outbox import models as _outbox  # noqa: F401
    from consult.papers import models as _papers  # noqa: F401
    from consult.polls import models as _polls  # noqa: F401
    from consult.reach import models as _reach  # noqa: F401
    from consult.review import models as _review  # noqa: F401
    from consult.tasks import models as _tasks  # noqa: F401
    from consult.web import failures, filters, headers, locale, transaction

    transaction.init_app(app)
    locale.init_app(app)
    filters.init_app(app)
    headers.init_app(app)
    failures.init_app(app)

    _people_room(app)
    _tasks_room(app)
    _drafts_room(app)
    _review_room(app)
    _delegations_room(app)
    _papers_room(app)
    _exchange_room(app)
    _polls_room(app)
    _meetings_room(app)
    _reach_room(app)
    _offline_room(app)
    _mail_rooms(app)


def _people_room(app: Flask) -> None:
    """Who is asking, and the pages of people and groups."""
    from consult.people import connecting

    connecting.init_app(app)


def _tasks_room(app: Flask) -> None:
    """The officers' tasks, and how many wait."""
    from consult.people import home
    from consult.tasks import panels, views  # noqa: F401 - it hangs its pages on `pages`
    from consult.tasks.pages import pages

    app.register_blueprint(pages)
    home.offer(panels.waiting_for)
    home.offer_group(panels.of_group)


def _drafts_room(app: Flask) -> None:
    """The pages of drafts, and a group's drafts on its page."""
    from consult.drafts import labels, panels
    from consult.drafts.views import pages
    from consult.people import home

    app.register_blueprint(pages)
    app.jinja_env.globals["draft_label"] = labels.label
    home.offer_group(panels.of_group)


def _review_room(app: Flask) -> None:
    """Review's pages, and what it shows on the pages of the rooms below it."""
    from consult.drafts import panels as draft_panels
    from consult.people import guests, home
    from consult.review import (  # noqa: F401 - they hang their pages on `pages`
        adopting_views,
        answered_views,
        answering_views,
        comment_views,
        guest_views,
        invitation_views,
        panels,
        reviewer_views,
        round_views,
        tie_views,
        views,
    )
    from consult.review.guests import reviewers
    from consult.review.pages import pages
    from consult.web import health

    app.register_blueprint(pages)
    draft_panels.offer(panels.rounds_of_draft)
    draft_panels.offer(panels.credits_of_draft)
    home.offer(panels.waiting_for)
    home.offer(panels.invitations_for)
    panels.offer("round", panels.reviewers_of_round)
    home.offer_group(panels.rounds_of_group)
    guests.offer(reviewers)
    health.init_app(app)


def _delegations_room(app: Flask) -> None:
    """The pages on which a Party or organization prepares its comments, and who is let in for that."""
    from consult.delegations import panels, people_views, queries, views  # noqa: F401 - they hang their pages on `pages`
    from consult.delegations.pages import pages
    from consult.people import guests, home
    from consult.review import panels as review_panels

    app.register_blueprint(pages)
    guests.offer(queries.guests)
    home.offer(panels.waiting_for)
    review_panels.offer("round", panels.of_round)


def _papers_room(app: Flask) -> None:
    """The pages on which texts and compilations are taken along as documents."""
    from consult.papers import compilation_views, text_views, views  # noqa: F401 - they hang their pages on `pages`
    from consult.papers.pages import pages

    app.register_blueprint(pages)


def _exchange_room(app: Flask) -> None:
    """Files of comments in and out; where each paragraph begins on paper is known by the papers."""
    from consult.exchange import export_views, working  # noqa: F401 - it hangs its pages on `pages`
    from consult.exchange.views import pages
    from consult.papers import queries as papers

    app.register_blueprint(pages)
    if papers.lines not in working.LINES:
        working.LINES.append(papers.lines)


def _polls_room(app: Flask) -> None:
    """The pages of guiding questions and polls, and what they show on the pages of review."""
    from consult.people import home
    from consult.polls import panels, queries, question_views, views  # noqa: F401 - they hang their pages on `pages`
    from consult.polls.pages import pages
    from consult.review import panels as review_panels
    from consult.review import speaking

    app.register_blueprint(pages)
    review_panels.offer("round", panels.of_round)
    review_panels.offer("text", panels.of_text)
    review_panels.offer("paragraph", panels.of_paragraph)
    review_panels.offer("comment", panels.of_comment)
    review_panels.offer("opening", panels.on_opening)
    review_panels.offer_along(panels.along_with_opening)
    home.offer(panels.waiting_for)
    speaking.offer(queries.answered)


def _meetings_room(app: Flask) -> None:
    """The pages of meetings, and what they show on the pages of people and of review."""
    from consult.meetings import document_views, manage_views, panels, paper_views, views  # noqa: F401 - they hang their pages on `pages`
    from consult.meetings.pages import pages
    from consult.people import home
    from consult.review import panels as review_panels

    app.register_blueprint(pages)
    home.offer(panels.waiting_for)
    home.offer_group(panels.of_group)
    review_panels.offer("round", panels.of_round)
    review_panels.offer("comment", panels.of_comment)


def _reach_room(app: Flask) -> None:
    """The pages about means and reach; when somebody's last mail came is known by the intake."""
    from consult.inbox import queries as inbox
    from consult.polls import kits as polls
    from consult.reach import entering, me_views, panels, sheet_views, table, views  # noqa: F401 - they hang their pages on `pages`
    from consult.reach.pages import pages
    from consult.review import panels as review_panels

    app.register_blueprint(pages)
    review_panels.offer("round", panels.of_round)
    table.offer(inbox.heard)
    entering.offer_questions(polls.asked, polls.reply)


def _offline_room(app: Flask) -> None:
    """The pages of the offline kit, and what polls and delegations put into it and take out of it."""
    from consult.delegations import kits as delegations
    from consult.meetings import kits as meetings
    from consult.offline import others
    from consult.offline.pages import pages
    from consult.offline.views import kit  # noqa: F401 - they hang their pages on `pages`
    from consult.polls import kits as polls

    app.register_blueprint(pages)
    others.offer_tasks(polls.tasks)
    others.offer_tasks(delegations.tasks)
    others.offer_tasks(meetings.tasks)
    others.offer_questions(others.Questions(polls.asked, polls.reply))
    others.offer_instead(delegations.instead)


def _mail_rooms(app: Flask) -> None:
    """The officers' pages about letters out and mail in, and the post page of a trial installation."""
    from consult.alerts import fax_views, letters  # noqa: F401 - it hangs its pages on `letters.pages`
    from consult.inbox import (  # noqa: F401 - they hang their pages on `pages`
        attending,
        confirm_views,
        desk_views,
        key_views,
        panels,
        parity_views,
        post_views,
        sorting,
        views,
        watch_views,
        weight,
    )
    from consult.inbox.commands import offices  # noqa: F401 - it adds what officers can ask for by mail
    from consult.inbox.pages import pages
    from consult.outbox import ledger
    from consult.people import home

    app.register_blueprint(letters.pages)
    app.register_blueprint(pages)
    ledger.offer(weight.received)
    sorting.hand_to("apology", attending.sorted_as_apology)
    home.offer(panels.waiting_for)
