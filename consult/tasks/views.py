"""The page on which officers find what only a person can do, and say what became of it."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext
from markupsafe import Markup

from consult.kit import clock
from consult.people import queries as people
from consult.people.guard import me, needs
from consult.tasks import actions, queries, rules
from consult.tasks.forms import SettleForm, TaskForm
from consult.tasks.models import Task
from consult.tasks.pages import pages
from consult.web.forms import told


@pages.get("/g/<group>/tasks")
@needs("tasks.settle")
def tasks(group: str):
    """What is to be done in this group, the oldest first, and below it what was done."""
    return _page()


@pages.post("/g/<group>/tasks")
@needs("tasks.settle")
def add(group: str):
    """Write down a further task."""
    form = TaskForm()
    if form.validate_on_submit():
        with told(form):
            actions.raise_task("other", group_id=g.group.id, due_on=form.due.data, by=me(), door="page", what=form.what.data)
        if not form.errors:
            flash(gettext("The task is written down."))
            return redirect(url_for("tasks.tasks", group=group), 303)
    return _page(adding=form), 422


@pages.post("/g/<group>/tasks/<int:task>")
@needs("tasks.settle")
def settle(group: str, task: int):
    """Say what became of a task."""
    which, form = queries.get_task(g.group.id, task), SettleForm()
    with told(form):
        actions.settle(which, form.note.data or "", by=me(), door="page")
    if not form.errors:
        flash(gettext("Settled: %(note)s", note=which.note))
        return redirect(url_for("tasks.tasks", group=group), 303)
    return _page(settling=(which.id, form)), 422


def _page(adding: TaskForm | None = None, settling: tuple[int, SettleForm] | None = None):
    waiting, done = queries.open_tasks(g.group.id), queries.settled_tasks(g.group.id)
    return render_template(
        "tasks/tasks.html", group=g.group, waiting=waiting, done=done, sentence=sentence, adding=adding or TaskForm(None),
        settling=settling or (0, None), names=people.names({each.done_by_id for each in done if each.done_by_id}),
        today=clock.now().date(),
    )  # fmt: skip


def sentence(task: Task) -> Markup:
    """What is to be done, in the reader's language, every value set apart so that no name can turn the sentence round."""
    values = {name: Markup("<bdi>{}</bdi>").format(value) for name, value in task.detail.items()}
    return Markup(gettext(rules.KINDS[task.kind])) % rules.Known(values)
