"""What we sent and what people answer, in six languages."""

LETTERS = {
    "en": """Dear Ada Byron,

Please comment on the draft before the first of May. Type below the paragraph you mean.

[12] Parties should consider, where appropriate, the measures set out in the annex to this decision, and report on them to the Conference of the Parties at its next meeting.

[12 (a)] Developing countries should be given the means for it.

[13] The Conference takes note of the report of the Executive Secretary on capacity and thanks all those who contributed to it.

[14] A fund shall be established.

[15] The secretariat shall send the text to every focal point not later than six weeks before the meeting, in all official languages of the United Nations.

[16] This decision enters into force on the day of its adoption.

Answer this letter: what you write reaches the secretariat.
https://consult.example.int/g/nest/r/7""",
    "fr": """Chère Ada Byron,

Veuillez commenter le projet avant le premier mai. Écrivez sous le paragraphe voulu.

[12] Les Parties devraient envisager, selon qu'il convient, les mesures énoncées à l'annexe de la présente décision, et en rendre compte à la Conférence des Parties à sa prochaine réunion.

[12 (a)] Les pays en développement devraient en recevoir les moyens.

[13] La Conférence prend note du rapport du Secrétaire exécutif sur les capacités et remercie tous ceux qui y ont contribué.

[14] Un fonds est créé.

[15] Le secrétariat envoie le texte à chaque correspondant au plus tard six semaines avant la réunion, dans toutes les langues officielles des Nations Unies.

[16] La présente décision entre en vigueur le jour de son adoption.

Répondez à cette lettre : ce que vous écrivez parvient au secrétariat.
https://consult.example.int/g/nest/r/7""",
    "es": """Estimada Ada Byron:

Le rogamos que comente el proyecto antes del primero de mayo. Escriba debajo del párrafo que corresponda.

[12] Las Partes deberían considerar, según proceda, las medidas que figuran en el anexo de la presente decisión e informar sobre ellas a la Conferencia de las Partes en su próxima reunión.

[12 (a)] Los países en desarrollo deberían recibir los medios para ello.

[13] La Conferencia toma nota del informe del Secretario Ejecutivo sobre la capacidad y da las gracias a quienes contribuyeron a él.

[14] Se establece un fondo.

[15] La secretaría enviará el texto a cada punto focal a más tardar seis semanas antes de la reunión, en todos los idiomas oficiales de las Naciones Unidas.

[16] La presente decisión entra en vigor el día de su aprobación.

Responda a esta carta: lo que escriba llega a la secretaría.
https://consult.example.int/g/nest/r/7""",
    "ru": """Уважаемая Ада Байрон!

Просим прокомментировать проект до первого мая. Пишите под нужным пунктом.

[12] Сторонам следует рассмотреть, при необходимости, меры, изложенные в приложении к настоящему решению, и представить о них доклад Конференции Сторон на ее следующем совещании.

[12 (a)] Развивающимся странам следует предоставить средства для этого.

[13] Конференция принимает к сведению доклад Исполнительного секретаря о потенциале и благодарит всех, кто внес в него вклад.

[14] Создается фонд.

[15] Секретариат направляет текст каждому координационному центру не позднее чем за шесть недель до совещания на всех официальных языках Организации Объединенных Наций.

[16] Настоящее решение вступает в силу в день его принятия.

Ответьте на это письмо: написанное поступит в секретариат.
https://consult.example.int/g/nest/r/7""",
    "zh": """尊敬的艾达：

请于五月一日之前对草案提出意见。请写在有关段落下面。

[12] 缔约方应当酌情考虑本决定附件所载的各项措施，并就这些措施向缔约方大会下一次会议提出报告。

[12 (a)] 发展中国家应当获得为此所需的资源。

[13] 大会注意到执行秘书关于能力问题的报告，并感谢所有对报告作出贡献的人。

[14] 设立一个基金。

[15] 秘书处应当至迟于会议之前六周将案文以联合国所有正式语文送交每个联络点。

[16] 本决定自通过之日起生效。

请回复本信：您所写的内容会送达秘书处。
https://consult.example.int/g/nest/r/7""",
    "ar": """السيدة آدا بايرون،

يرجى التعليق على المشروع قبل أول أيار. اكتبوا تحت الفقرة المعنية.

[12] ينبغي للأطراف أن تنظر، عند الاقتضاء، في التدابير الواردة في مرفق هذا المقرر وأن ترفع تقريرا عنها إلى مؤتمر الأطراف في اجتماعه المقبل.

[12 (a)] ينبغي تزويد البلدان النامية بالموارد اللازمة لذلك.

[13] يحيط المؤتمر علما بتقرير الأمين التنفيذي عن القدرات ويشكر كل من أسهم فيه.

[14] ينشأ صندوق.

[15] ترسل الأمانة النص إلى كل جهة اتصال قبل الاجتماع بستة أسابيع على الأقل بجميع اللغات الرسمية للأمم المتحدة.

[16] يبدأ نفاذ هذا المقرر يوم اعتماده.

أجيبوا عن هذه الرسالة: ما تكتبونه يصل إلى الأمانة.
https://consult.example.int/g/nest/r/7""",
}
MARKS = ("12", "12 (a)", "13", "14", "15", "16")
NAMES = {"en": "Ada Byron", "fr": "Ada Byron", "es": "Ada Byron", "ru": "Ада Байрон", "zh": "艾达", "ar": "آدا بايرون"}
TOP = {
    "en": "Thank you for this draft, which is clearer than the last one.",
    "fr": "Merci pour ce projet, plus clair que le précédent.",
    "es": "Gracias por este proyecto, más claro que el anterior.",
    "ru": "Благодарю за проект, он яснее прежнего.",
    "zh": "感谢来信，这一稿比上一稿清楚。",
    "ar": "أشكركم على هذا المشروع فهو أوضح من سابقه.",
}
ON_12 = {
    "en": "We cannot agree to this without new money.",
    "fr": "Nous ne pouvons accepter cela sans argent nouveau.",
    "es": "No podemos aceptarlo sin dinero nuevo.",
    "ru": "Мы не можем согласиться с этим без новых денег.",
    "zh": "没有新的资金，我们不能同意。",
    "ar": "لا يمكننا الموافقة على ذلك بدون أموال جديدة.",
}
ON_13 = {
    "en": "Which report? There were two.",
    "fr": "Quel rapport ? Il y en avait deux.",
    "es": "¿Qué informe? Hubo dos.",
    "ru": "Какой доклад? Их было два.",
    "zh": "哪一份报告？一共有两份。",
    "ar": "أي تقرير؟ كان هناك تقريران.",
}
ON_15 = {
    "en": "Six weeks are too short for us.",
    "fr": "Six semaines, c'est trop court pour nous.",
    "es": "Seis semanas son demasiado poco para nosotros.",
    "ru": "Шесть недель для нас слишком мало.",
    "zh": "六周对我们来说太短。",
    "ar": "ستة أسابيع مدة قصيرة علينا.",
}
PROPOSED = {
    "en": ("PROPOSED:", "A fund shall be established and paid for."),
    "fr": ("Texte proposé :", "Un fonds est créé et financé."),
    "es": ("Texto propuesto:", "Se establece un fondo con recursos."),
    "ru": ("Предлагаемый текст:", "Создается и финансируется фонд."),
    "zh": ("建议案文：", "设立一个有资金的基金。"),
    "ar": ("النص المقترح:", "ينشأ صندوق ويمول."),
}
KIND = {"en": "SUB", "fr": "FOND", "es": "FONDO", "ru": "СУЩЕСТВО", "zh": "实质", "ar": "جوهري"}
PARAGRAPH = {
    "en": "Para 12: {}",
    "fr": "Paragraphe 12 : {}",
    "es": "Párrafo 12: {}",
    "ru": "Пункт 12: {}",
    "zh": "第12段：{}",
    "ar": "الفقرة ١٢: {}",
}
