"""Officers find what only a person can do, say what became of it, and nobody else sees any of it."""

import pytest

from consult.errors import Refused
from consult.tasks import actions, queries
from tests import make


@pytest.fixture
def room(app):
    """A group with an officer, a member, and a task about the member."""
    group = make.group("experts", short="AHTEG")
    officer, ada = make.officer(group), make.member(group, make.person("Ada <b>"))
    once = f"telephone:{ada.id}:{group.id}"
    task = actions.raise_task("telephone", group_id=group.id, person=ada, once=once, name=ada.name, since="2 May 2026")
    assert actions.raise_task("telephone", group_id=group.id, person=ada, once=once, name=ada.name, since="2 May 2026") is None
    make.commit()
    return group, officer, ada, task


def test_an_officer_sees_tasks_on_the_first_page_settles_one_and_the_same_may_come_again(room, client):
    group, officer, ada, task = room
    client.sign_in(officer)
    client.get("/")
    assert "AHTEG : 1 task" in client.text
    client.get("/g/experts/")
    assert "1 task that only an officer can do" in client.text
    client.get("/g/experts/tasks")
    assert "Ada <b> cannot be reached by mail since 2 May 2026 : telephone them." in client.text
    client.post(f"/g/experts/tasks/{task.id}", {"note": "  "}, expect=422)
    assert "Say in a few words what became of it." in client.text
    client.post(f"/g/experts/tasks/{task.id}", {"note": "New number\n+255 1"}, follow=True)
    assert "Nothing is to be done by hand." in client.text and "New number +255 1" in client.text and officer.name in client.text
    client.post(f"/g/experts/tasks/{task.id}", {"note": "twice"}, expect=422)
    assert "This task is settled already." in client.text
    client.get("/g/experts/timeline")
    assert "settled a task: New number +255 1" in client.text
    assert actions.raise_task("telephone", group_id=group.id, person=ada, once=f"telephone:{ada.id}:{group.id}", name="Ada", since="x")


def test_an_officer_writes_a_task_down(room, client):
    group, officer, *_ = room
    client.sign_in(officer)
    client.get("/g/experts/tasks")
    client.post("/g/experts/tasks", {"what": "", "due": ""}, expect=422)
    client.post("/g/experts/tasks", {"what": "Fetch the post", "due": "2020-02-01"}, follow=True)
    assert "Fetch the post" in client.text and "by 1 February 2020" in client.text
    assert [task.kind for task in queries.open_tasks(group.id)] == ["telephone", "other"]


def test_a_member_neither_sees_nor_settles_tasks(room, client):
    group, _, ada, task = room
    client.sign_in(ada)
    client.get("/g/experts/tasks", expect=403)
    client.get("/g/experts/timeline")
    assert "task" not in client.text
    client.get("/")
    assert "Only you can do this" not in client.text
    with pytest.raises(Refused):
        actions.settle(task, "done", by=ada, door="page")
