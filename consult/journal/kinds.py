"""Pure: everything that can happen, one line each, as the timeline tells it."""

from consult.kit.words import N_

# The sentence may use %(who)s and the event's own data.
KINDS: dict[str, str] = {
    "person.added": N_("%(who)s added %(name)s"),
    "person.changed": N_("%(who)s changed how %(name)s is written to"),
    "group.formed": N_("%(who)s formed the group %(name)s"),
    "group.changed": N_("%(who)s changed how the group presents itself"),
    "membership.began": N_("%(who)s added %(name)s to the group as %(role)s"),
    "membership.ended": N_("%(who)s ended the membership of %(name)s"),
    "draft.begun": N_("%(who)s began the draft “%(title)s”"),
    "version.published": N_("%(who)s published version %(number)s of “%(title)s”"),
    "ties.corrected": N_("%(who)s corrected what became of paragraphs in version %(number)s of “%(title)s”: %(before)s → %(now)s"),
    "changes.asked": N_("%(who)s asked for what changed from version %(before)s to version %(number)s of “%(title)s”"),
    "round.planned": N_("%(who)s planned the round “%(title)s”"),
    "round.opened": N_("The round “%(title)s” opened"),
    "round.extended": N_("%(who)s extended the round “%(title)s”: %(reason)s"),
    "round.closed": N_("The round “%(title)s” closed"),
    "round.reminded": N_("%(who)s reminded %(count)s people of the round “%(title)s”"),
    "comment.made": N_("%(who)s commented on %(place)s"),
    "comment.edited": N_("%(who)s edited comment %(number)s"),
    "comment.withdrawn": N_("%(who)s withdrew comment %(number)s"),
    "comment.moved": N_("%(who)s placed comment %(number)s on %(place)s"),
    "comment.joined": N_("%(organization)s joined comment %(number)s, says %(who)s"),
    "comment.left": N_("%(organization)s no longer joins comment %(number)s, says %(who)s"),
    "answer.made": N_("%(who)s answered comment %(number)s"),
    "wording.adopted": N_("%(who)s took the wording of comment %(number)s into version %(version)s"),
    "response.given": N_("%(who)s responded to comment %(number)s: %(disposition)s"),
    "responses.given": N_("%(who)s responded to %(count)s comments of the round “%(title)s”"),
    "arrival.opened": N_("%(who)s read the raw letter from %(sender)s"),
    "answer.withdrawn": N_("%(who)s withdrew an answer to comment %(number)s"),
    "arrival.released": N_("%(who)s settled a letter from %(sender)s"),
    "address.failing": N_("Letters to %(name)s come back"),
    "letter.resent": N_("%(who)s sent a letter to %(name)s again"),
}
