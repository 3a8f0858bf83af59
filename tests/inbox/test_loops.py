"""Machines that answer machines: no two of them keep each other busy, and no proof that a person wrote is ever given by one."""

import pytest

from bench import loops
from consult.extensions import db
from consult.inbox.automatic import says_away
from consult.tasks import queries as tasks
from tests.inbox import letters


@pytest.mark.parametrize("secret", [False, True])
def test_two_houses_that_are_members_of_each_other_exchange_at_most_two_letters_in_ten_minutes(tmp_path, secret):
    assert loops.two_houses(tmp_path, secret) <= 2


@pytest.mark.parametrize(("name", "most"), [("naive vacation", 1), ("quoting, in the thread", 3), ("ticket system", 4)])
def test_a_machine_that_answers_everything_gets_few_letters_however_it_writes(tmp_path, name, most):
    assert loops.against(tmp_path, loops.ANSWERERS[name]) <= most


CHALLENGES = [
    (
        "",
        "Please confirm your message",
        "Click here so that your mail is delivered: https://c.example/x",
        "X-TMDA-Fingerprint: abc\n",
    ),
    ("ada@spamarrest.com", "Re: Draft report (verification)", "Your mail: https://www.spamarrest.com/a2?AQ", ""),
    ("", "Your email requires verification verify#q7", "Reply to this so that your mail is released.", "X-Boxtrapper: yes\n"),
    ("antispam@uol.com.br", "AntiSpam UOL » Draft report", "Clique para que sua mensagem seja entregue: http://antispam.uol.com.br/x", ""),
    ("", "Подтвердите отправку письма", "Нажмите на ссылку, и письмо будет доставлено: https://mail.example/ok", ""),
    ("", "Confirmez votre message", "Cliquez ici pour qu'il soit remis : https://courriel.example/v", ""),
    ("", "Confirme su mensaje", "Haga clic para que se entregue: https://correo.example/v", ""),
    ("", "请验证您的邮件", "点击链接后邮件才会投递：https://mail.example/v", ""),
    ("", "تأكيد إرسال رسالتك", "انقر هنا لكي يتم تسليم رسالتك https://mail.example/v", ""),
]


@pytest.fixture
def table(app):
    return letters.laid()


@pytest.mark.parametrize(("sender", "subject", "body", "more"), CHALLENGES, ids=lambda value: value[:12] if value else "-")
def test_a_server_that_wants_a_proof_is_not_answered_and_an_officer_is_asked(table, sender, subject, body, more):
    raw = letters.mail(table.address, body, subject=subject, sender=sender or "Ada <ada@env.example>", more=more)
    arrival = letters.arrives(raw, table.address)
    assert (arrival.state, "proof" in arrival.reason) == ("ignored", True)
    assert letters.letters_after(table.letter.id) == [] and letters.comments() == []
    (task,) = tasks.open_tasks(table.group.id)
    assert (task.kind, task.person_id, task.detail["ours"]) == ("challenge", table.ada.id, letters.DOMAIN)
    assert ("http" in body) == task.detail["link"].startswith("http")


def test_a_person_who_writes_about_confirming_is_a_person(table):
    arrival = letters.answers(
        table, "[12] Please confirm the message of https://cbd.int here, click by click.", subject="Re: Please confirm your message"
    )
    assert arrival.state == "taken"


@pytest.mark.parametrize(
    "words",
    [
        "Thank you for your message. I am currently out of the office until 12 December.",
        "Bonjour,\n\nJe suis absente jusqu'au 3 janvier.",
        "Estoy de vacaciones hasta el lunes.", "Здравствуйте! Я нахожусь в отпуске до 10 января.",
        "您好，我目前不在办公室。", "أنا في إجازة حتى يوم الأحد",
    ],
)  # fmt: skip
def test_a_message_that_somebody_is_away_is_kept_and_becomes_no_comment(table, words):
    assert letters.answers(table, words).state == "held"
    assert letters.comments() == [] and letters.letters_after(table.letter.id) == []


@pytest.mark.parametrize("words", ["I am away from consensus on [12].", "[12] I am on leave, but agree.", "Absence of data is no reason."])
def test_a_remark_that_only_sounds_like_it_is_a_remark(words):
    assert not says_away(words)


def test_the_same_words_again_are_kept_without_another_letter(table):
    to = f"consult@{letters.DOMAIN}"
    for number in range(3):
        letters.arrives(letters.mail(to, "We have received your message.", name=f"m{number}"), to)
    db.session.expire_all()
    assert [letter.kind for letter in letters.letters_after(table.letter.id)] == ["held"]
