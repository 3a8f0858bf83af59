"""An officer who reads in a list learns who sat in the group before."""

from io import BytesIO

from tests import make

LIST = b"name,email\r\nAda,ada@env.example\r\nBen,ben@env.example\r\n"


def sent(client, rows: bytes, expect: int = 303) -> str:
    client.get("/g/experts/members/import")
    answer = client.post("/g/experts/members/import", {"sheet": (BytesIO(rows), "list.csv")}, expect)
    if expect == 303:
        client.get(answer.location)
    return client.text


def test_a_list_tells_how_many_joined_and_who_was_there_before(app, client):
    group = make.group()
    officer = make.officer(group)
    make.member(group, make.person("Ada"))
    client.sign_in(officer)
    told = sent(client, LIST)
    assert "1 person joined the group. 1 was not known here before. In the group already: Ada." in told
    assert "0 people joined the group. In the group already: Ada, Ben." in sent(client, LIST)


def test_a_list_that_was_not_taken_also_tells_who_is_there(app, client):
    group = make.group()
    officer = make.officer(group)
    make.member(group, make.person("Ada <b>", "ada@env.example"))
    client.sign_in(officer)
    told = sent(client, LIST + b"No address,\r\n", expect=422)
    assert "Nothing was taken yet. Good rows: 2; others: 1." in told and "In the group already: Ada <b>." in told
