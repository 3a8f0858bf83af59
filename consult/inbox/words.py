"""Pure: the command words of mails, in six languages, and the one-word answers to a question."""

import re
import unicodedata

LINES = 500
VERBS = {
    "HELP": "help|aide|ayuda|помощь|справка|帮助|幫助|مساعدة|تعليمات",
    "LIST": "list|lists|liste|lister|lista|listar|список|перечень|列表|清单|列出|قائمة",
    "GET": "get|send|obtenir|recevoir|envoyer|obtener|enviar|получить|прислать|获取|取得|发送|احصل|أرسل",
    "KIT": "kit|offline kit|trousse|kit hors ligne|kit sin conexión|комплект|автономный комплект|离线包|离线套件|حقيبة|حزمة",
    "DIFF": "diff|changes|compare|différences|changements|diferencias|cambios|изменения|различия|差异|修改|变更|الفروق|التغييرات",
    "PART": "part|partie|parte|часть|部分|جزء",
    "COMMENTS": "comments|commentaires|comentarios|observaciones|замечания|комментарии|评论|意见|评论意见|تعليقات|التعليقات",
    "DIGEST": "digest|résumé|resumen|дайджест|сводка|摘要|汇编|ملخص",
    "LIMIT": "limit|limite|taille|límite|лимит|предел|限制|限额|حد",
    "FORMAT": "format|formato|формат|格式|تنسيق|صيغة",
    "LANG": "lang|language|langue|idioma|lengua|язык|语言|語言|لغة|اللغة",
    "STATUS": "status|état|statut|estado|статус|состояние|状态|狀態|حالة|الحالة",
    "WHICH": "which|who am i|lequel|lesquels|cuál|cuáles|который|какие|哪些|哪个|أيها|أي",
    "ACCEPT": "accept|accepter|j'accepte|accepter la désignation|accepter la nomination|aceptar|acepto|aceptar la designación|aceptar "
    "el nombramiento|принять|принимаю|"
    "принять назначение|принять кандидатуру|согласен|согласна|接受|同意|接受提名|接受任命|قبول|أقبل|قبول الترشيح|قبول التعيين",
    "DECLINE": "decline|refuse|refuser|je refuse|décliner|rechazar|rechazo|declinar|rechazar la designación|refuser la désignation|"
    "отклонить|отказаться|отказываюсь|отклонить назначение|"
    "拒绝|谢绝|婉拒|拒绝提名|رفض|أرفض|اعتذر|رفض الترشيح",
    "ATTEND": "attend|attending|participer|je participe|assister|asistir|asistiré|participar|"
    "участвовать|буду участвовать|出席|参加|حضور|سأحضر",
    "APOLOGIES": "apologies|apology|absent|excuses|excusé|disculpas|excusas|не смогу|извинения|缺席|请假|致歉|اعتذار|غياب",
    "FOLLOW": "follow|subscribe|suivre|s'abonner|seguir|suscribir|следить|подписаться|关注|订阅|متابعة|تابع|اشتراك",
    "UNFOLLOW": "unfollow|unsubscribe|ne plus suivre|se désabonner|dejar de seguir|не следить|"
    "отписаться|取消关注|退订|إلغاء المتابعة|إلغاء "
    "الاشتراك",
    "SEARCH": "search|find|chercher|rechercher|buscar|поиск|искать|найти|搜索|查找|检索|بحث|ابحث",
    "AWAY": "away|on leave|en congé|ausente|de vacaciones|в отъезде|отсутствую|外出|休假|غائب|في إجازة",
    "ZONE": "zone|timezone|time zone|fuseau|fuseau horaire|huso|huso horario|zona horaria|часовой пояс|пояс|时区|時區|منطقة زمنية|التوقيت",
    "BUDGET": "budget|monthly budget|budget mensuel|presupuesto|бюджет|预算|預算|ميزانية|الميزانية",
    "ATTACHMENTS": "attachments|attachment|files|pièces jointes|fichiers|adjuntos|archivos|вложения|файлы|附件|مرفقات|المرفقات",
    "PACK": "pack|packing|compress|compresser|compression|comprimir|compresión|сжать|сжатие|упаковка|压缩|壓縮|ضغط",
    "FORM": "form|forme|forma|форма|形式|شكل|صورة",
    "QUIET": "quiet|quiet hours|silence|heures calmes|silencio|horas de silencio|тишина|тихие часы|安静|静音|هدوء|صمت",
    "NAME": "name|nom|nombre|имя|姓名|名字|الاسم",
    "RECEIPTS": "receipts|receipt|accusés de réception|acuses de recibo|квитанции|подтверждения|回执|إيصالات",
    "ADDRESS": "address|adresse|dirección|direccion|адрес|地址|邮箱|العنوان|عنوان",
    "ASSIGN": "assign|attribuer|asignar|поручить|назначить составителя|分配|指派|إسناد",
    "CORRECT": "correct|correction|corriger|correction de|corregir|corrección|исправить|исправление|更正|修正|تصحيح|صحح",
    "WITHDRAW": "withdraw|retirer|retirar|снять|отозвать|撤回|سحب|اسحب",
    "MOVE": "move|déplacer|mover|trasladar|переместить|перенести|移到|移动|نقل|انقل",
    "CONSENT": "consent|anonymous|consentir|consentement|consentir en|consentimiento|согласие|署名|同意署名|موافقة على النشر",
    "EXTEND": "extend|prolonger|prorogar|prolongar|ampliar|продлить|延长|延期|تمديد|مدد",
    "REMIND": "remind|rappeler|relancer|recordar|напомнить|提醒|催促|تذكير|ذكر",
    "CLOSE": "close|clore|clôturer|fermer|cerrar|clausurar|закрыть|关闭|結束征求|إغلاق|أغلق",
    "LATE": "late|late mail|courrier tardif|en retard|tarde|correo tardío|опоздание|опоздавшие|迟到|迟到邮件|متأخر|البريد المتأخر",
    "RESPOND": "respond|répondre|responder|ответить на|ответить|答复意见|答复|الرد|رد على",
    "PROPOSE": "propose|proposer une réponse|proponer|предложить ответ|拟议答复|اقترح ردا",
    "POLL": "poll|sondage|votación|sondeo|опрос|голосование|投票|表决|تصويت|استطلاع",
    "REVIEWER": "reviewer|drafter|relecteur|rédacteur|revisor|redactor|рецензент|составитель|审阅人|起草人|مراجع|محرر",
    "DESK": "desk|bureau|mesa|стол|待处理|المكتب",
    "RELEASE": "release|débloquer|liberar|пропустить|放行|تحرير|أفرج",
    "ASIDE": "aside|mettre de côté|apartar|отложить|搁置|تنحية|جانبا",
    "MEANS": "means|my means|moyens|mes moyens|medios|mis medios|средства|мои средства|参与方式|联络方式|وسائل|وسائلي",
    "REVOKE": "revoke|révoquer|révoquer l'adresse|revocar|revocar la dirección|отозвать адрес|аннулировать адрес|撤销地址|注销地址|"
    "إلغاء العنوان|ألغ العنوان",
    "STOP": "stop|arrêter|arrêt|parar|detener|alto|стоп|остановить|停止|停|توقف|إيقاف|قف",
}
YES_NO = {
    "YES": "yes|y|ok|oui|sí|si|да|是|是的|好|好的|可以|نعم|أجل",
    "NO": "no|n|non|нет|не|否|不|不是|不行|لا|كلا",
}
STANDING = {
    "JOIN": "join|we join|support|we support|we support this|we support it|nous appuyons|nous soutenons|appuyer|soutenir|se joindre|"
    "nous nous joignons|apoyamos|apoyo|apoyar|nos sumamos|sumarse|присоединиться|присоединяемся|поддерживаем|поддержать|"
    "联署|加入|支持|我们支持|附议|ننضم|نؤيد|انضمام|تأييد",
    "LEAVE": "leave|we leave|withdraw support|retirer|nous retirons notre appui|quitter|retirar|retiramos el apoyo|"
    "отозвать поддержку|выйти|退出|撤回支持|انسحاب|نسحب التأييد",
}
SETTLING = {
    "SUBMIT": "submit|soumettre|envoyer|enviar|presentar|представить|отправить|提交|إرسال|تقديم",
    "VERIFY": "verify|verified|vérifier|valider|verificar|validar|проверено|подтвердить|核实|确认|تحقق|اعتماد",
    "WITHDRAW": "withdraw|retirer|retirar|снять|отозвать|撤回|سحب",
    "RESTORE": "restore|rétablir|restablecer|restaurar|вернуть|восстановить|恢复|استعادة",
    "MERGE": "merge|fusionner|réunir|fusionar|unir|объединить|合并|دمج",
    "SET": "set|show set|ensemble|conjunto|набор|全部意见|المجموعة",
}
MYSELF = "myself|for myself|moi-même|en mon nom|yo mismo|yo misma|en mi nombre|от себя|от себя лично|本人|个人|باسمي|شخصيا"
EVERYTHING = "all|tout|tous|todo|todos|все|всё|全部|الكل|جميع"
NUMBERED = re.compile(r"[:：#\s]*\d{1,5}(?:(?:[\s,，、;#]|and|et|y|и|و|和)+\d{1,5})*")
KEY = re.compile(r"\breply\+[0-9a-z]{8,}", re.IGNORECASE)


def spelled(text: str) -> str:
    """A word as it is compared: without case, accents and vowel signs."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    bare = "".join(sign for sign in unicodedata.normalize("NFD", plain) if unicodedata.category(sign) != "Mn")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", bare)).strip()


VERB_OF = {spelled(word): verb for verb, row in VERBS.items() for word in row.split("|")}
ANSWER_OF = {spelled(word): answer for answer, row in YES_NO.items() for word in row.split("|")}
STANDING_OF = {spelled(word): verb for verb, row in STANDING.items() for word in row.split("|")}
SETTLING_OF = {spelled(word): verb for verb, row in SETTLING.items() for word in row.split("|")}
MYSELF_IS, ALL_IS = ({spelled(word) for word in row.split("|")} for row in (MYSELF, EVERYTHING))


def answer(text: str) -> str | None:
    """YES, NO, ACCEPT, DECLINE, ATTEND or APOLOGIES when the first own line is that one word in any of the six languages; else None."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    word = spelled(line.strip(" \t*_`\"'.!,;:。！，"))
    verb = VERB_OF.get(word)
    return ANSWER_OF.get(word) or (verb if verb in ("ACCEPT", "DECLINE", "ATTEND", "APOLOGIES") else None)


def standing(text: str) -> tuple[str | None, str]:
    """(JOIN or LEAVE when the first line is that word or phrase in any of the six languages, what stands below it)."""
    first, _, rest = text.strip().partition("\n")
    word = STANDING_OF.get(spelled(first.strip(" \t*_`\"'.!,;:。！，")))
    return (word, rest.strip()) if word else (None, text)


def settling(text: str) -> list[tuple[str, str, list[int] | None]]:
    """(line, SUBMIT, VERIFY, WITHDRAW or SET, the numbers named; None: all) for each line that settles a set of comments and says no more.

    VERIFY and WITHDRAW name numbers, or say the word for all; SUBMIT and SET stand alone."""
    lines = [line.strip() for line in text.split("\n")[:LINES]]
    return [(line, *found) for line in lines if (found := _settles(line))]


def _settles(line: str) -> tuple[str, list[int] | None] | None:
    said = spelled(line.strip(" \t*_`\"'.!;:。！"))
    begun = next((said[:end] for end in range(len(said), 0, -1) if said[:end] in SETTLING_OF), "")
    verb, rest = SETTLING_OF.get(begun), said[len(begun) :].strip()
    if not verb or verb in ("SUBMIT", "SET"):
        return (verb, []) if verb and not rest else None
    if rest in ALL_IS:
        return verb, None
    return (verb, [int(number) for number in re.findall(r"\d+", rest)]) if not rest or NUMBERED.fullmatch(rest) else None


def for_oneself(text: str) -> str:
    """The first line when it says that what follows is meant in the person's own name; else nothing."""
    first = text.strip().partition("\n")[0].strip()
    return first if spelled(first.strip(" \t*_`\"'.!,;:。！，")) in MYSELF_IS else ""


def names_a_key(text: str) -> bool:
    """Whether somebody wrote a reply key into the text, where it gives no right over anything."""
    return KEY.search(text) is not None


CONSENTING = {
    "named": "named|name|with name|with my name|nommé|avec nom|avec mon nom|con nombre|con mi nombre|с именем|署名|具名|بالاسم",
    "unnamed": "anonymous|anonymously|unnamed|without name|anonyme|sans nom|anónimo|anonimo|sin nombre|анонимно"
    "|без имени|匿名|不署名|مجهول|بدون اسم",
    "withheld": "withheld|not shown|hidden|no|non publié|caché|no publicar|oculto|не публиковать|скрыто|不公开|不显示|محجوب|عدم النشر",
}
"""How a comment may stand in the published compilation."""
CONSENT_OF = {spelled(word): way for way, row in CONSENTING.items() for word in row.split("|")}
DISPOSING = {
    "accepted": "accepted|accept|accepté|aceptado|принято|принимается|接受|采纳|مقبول",
    "accepted-in-part": "accepted-in-part|accepted in part|partly accepted|in part|"
    "accepté en partie|aceptado en parte|принято частично|部分接受|مقبول جزئيا",
    "accepted-with-modification": "accepted-with-modification|accepted with modification|with modification|modified|"
    "accepté avec modification|aceptado con modificación|принято с изменением|修改后接受|مقبول مع التعديل",
    "not-accepted": "not-accepted|not accepted|rejected|declined|"
    "non accepté|refusé|no aceptado|rechazado|не принято|отклонено|不接受|غير مقبول",
    "noted": "noted|note|noté|anotado|принято к сведению|учтено|已注意|注意到|أحيط علما",
    "clarification-needed": "clarification-needed|clarification needed|clarification|unclear|"
    "précision demandée|aclaración|требуется разъяснение|"
    "需要澄清|يلزم التوضيح",
}
"""What can become of a comment."""
POLLING = {
    "straw": "straw|poll|indicatif|sondeo|indicativo|пробный|опрос|意向|استطلاع",
    "consensus": "consensus|consenso|консенсус|协商一致|توافق",
    "silence": "silence|silent|silencio|молчание|默许|صمت",
}
"""The kinds of polls."""
DISPOSITION_OF = {spelled(word): which for which, row in DISPOSING.items() for word in row.split("|")}
POLL_OF = {spelled(word): which for which, row in POLLING.items() for word in row.split("|")}
ANSWERING = {
    "agreed": "agreed|convenu|convenues|acordado|acordadas|согласовано|已商定|متفق",
    "done": "done|finished|terminé|terminado|готово|завершено|完成|تم",
}
"""What is said of all responses of a round."""
WHOLE_OF = {spelled(word): which for which, row in ANSWERING.items() for word in row.split("|")}
LATENESS = {
    "never": "never|no|jamais|nunca|никогда|不接受|أبدا",
    "dated": "dated|by date|daté|fechado|по дате|按日期|حسب التاريخ",
    "always": "always|toujours|siempre|всегда|始终|دائما",
}
"""What becomes of mail that comes after the deadline."""
LATE_OF = {spelled(word): which for which, row in LATENESS.items() for word in row.split("|")}
