"""What no command would do, as bare statements: who tries it, and what they write; and what one may, to be sure.

Read by `test_walls`.
"""

from __future__ import annotations

from tests.plans.walls import inserts
from tests.rows import INES_CASE

SEALED = "(select content from sharing_transmission where id = %(draft)s)"
SOMEBODY = ("claire", "bruno", "zoe", "nadia", "theo", "marc", "hugo", "nora", "alex", "ines", "yanis", "paul", "chloe",
            "by_link", "by_code", "by_old_link", "passer_by")  # fmt: skip
DRAFT = {
    "case_id": "%(ines_case)s", "about_id": "%(ines_person)s", "agreement_id": "%(agreement)s", "kind": "'word'",
    "topic": "''",
    "purpose": "'other'", "subject": SEALED, "content": SEALED, "carrier": "'inbox'", "to_user_id": "%(hugo)s",
    "colleague_id": "%(hugo)s", "party_kind": "'colleague'", "party": SEALED, "state": "'draft'", "version": "1",
    "visible_until": "current_date", "prepared_at": "now()", "prepared_by_id": "amarre_me()", "checked": "''",
}  # fmt: skip
AGREEMENT = {
    "case_id": "%(ines_case)s", "person_id": "%(ines_person)s", "party_kind": "'other'", "party": SEALED,
    "purpose": "'post'", "what": SEALED, "wording": "1", "state": "'proposed'", "asked_at": "now()",
    "asked_by_id": "amarre_me()", "until": "current_date", "given_how": "''", "withdrawn_by": "''",
}  # fmt: skip
EXCEPTION = {
    "case_id": "%(ines_case)s", "number": f"'{INES_CASE}'", "centre_id": "%(montreuil)s", "basis": "'minor'",
    "declared_at": "now()", "declared_by_id": "amarre_me()", "outcome": "''",
}  # fmt: skip
UNDER_LAW = {**DRAFT, "agreement_id": "null", "exception_id": "%(exception)s", "purpose": "''", "to_user_id": "null",
             "colleague_id": "null", "party_kind": "'other'", "carrier": "'letter'"}  # fmt: skip
LINK = {
    "transmission_id": "%(by_link)s", "digest": "%(digest)s", "pass_digest": "%(digest)s", "email": SEALED,
    "made_at": "now()", "made_by_id": "amarre_me()", "expires_at": "now() + interval '1 day'", "tries": "0",
}  # fmt: skip
ANSWER = {"transmission_id": "%(whole)s", "kind": "'words'", "at": "now()", "by_id": "amarre_me()"}
GIVE = "update sharing_agreement set state = 'given', answered_at = now(), "
SEND = "update sharing_transmission set state = 'sent', sent_at = now(), checked = 'x', sent_by_id = amarre_me()"
RECALL = "update sharing_transmission set state = 'recalled', recalled_at = now() where id = "
OPEN = "update sharing_transmission set read_at = now() where id = "
BACK = "update sharing_agreement set state = 'withdrawn', withdrawn_at = now(), withdrawn_by = '{}' where id = {}"

CAN: dict[str, tuple[str, ...]] = {
    "prepare": ("zoe", inserts("sharing_transmission", **DRAFT)),
    "prepare under the law": ("claire", inserts("sharing_transmission", **UNDER_LAW)),
    "ask": ("zoe", inserts("sharing_agreement", **AGREEMENT)),
    "declare": ("claire", inserts("sharing_lawexception", **EXCEPTION)),
    "send": ("claire", f"{SEND} where id = %(draft)s"),
    "recall": ("bruno", f"{RECALL} %(unread)s"),
    "open": ("hugo", f"{OPEN} %(unread)s"),
    "answer": ("hugo", inserts("sharing_answer", **ANSWER)),
    "say yes in the space": ("ines", f"{GIVE} given_how = 'space' where id = %(asked)s"),
    "hear a yes": ("zoe", f"{GIVE} given_how = 'oral', heard_by_id = amarre_me() where id = %(asked)s"),
    "take a paper": ("zoe", f"{GIVE} given_how = 'paper', heard_by_id = amarre_me(),"
                           f" proof_id = %(paper)s where id = %(asked)s"),
    "take back": ("ines", BACK.format("person", "%(agreement)s")),
    "take back on their word": ("zoe", BACK.format("worker", "%(agreement)s")),
    "make a link": ("claire", inserts("sharing_accesslink", **LINK)),
    "end a link": ("bruno", "update sharing_accesslink set ended_at = now() where id = %(link)s"),
    "count a miss": ("by_link", "update sharing_accesslink set tries = tries + 1"),
    "open by the link and its code": ("by_code", f"{OPEN} %(by_link)s"),
    "review": ("marc", "update sharing_lawexception set reviewed_at = now(), reviewed_by_id = amarre_me(),"
               " outcome = 'right' where id = %(exception)s"),
    "throw a draft away": ("zoe", "delete from sharing_transmission where id = %(draft)s"),
}  # fmt: skip


MEMBERS, EVERYBODY = ("claire", "bruno", "zoe"), SOMEBODY
AROUND = ("nadia", "theo", "marc", "hugo", "nora", "ines", "yanis", "paul", "chloe", "by_link", "by_code")
OUTSIDE = ("nadia", "theo", "marc", "nora", "yanis", "paul", "chloe", "by_link", "by_old_link", "passer_by")


def changed(**columns: str) -> str:
    """A transmission that a member might prepare, but for these columns."""
    return inserts("sharing_transmission", **{**DRAFT, **columns})


CANNOT: dict[str, tuple[tuple[str, ...], str]] = {
    # what has left
    "change the words after": (EVERYBODY, f"update sharing_transmission set content = {SEALED} where id = %(unread)s"),
    "change of whom after": (EVERYBODY, f"update sharing_transmission set subject = {SEALED} where state = 'sent'"),
    "let it be seen longer": (EVERYBODY, "update sharing_transmission set visible_until ="
                           " '2099-01-01' where state = 'sent'"),
    "unread it": (EVERYBODY, "update sharing_transmission set read_at = null where id = %(whole)s"),
    "read it again": (EVERYBODY, "update sharing_transmission set read_at = now() where id = %(whole)s"),
    "read it in their place": (tuple(c for c in SOMEBODY if c != "hugo"), f"{OPEN} %(unread)s"),
    "make it a draft again": (EVERYBODY, "update sharing_transmission set state = 'draft', sent_at ="
                           " null where state = 'sent'"),
    "recall what was read": (EVERYBODY, f"{RECALL} %(whole)s"),
    "recall another's": (AROUND[1:4], f"{RECALL} %(unread)s"),
    "send again what was recalled": (EVERYBODY, "update sharing_transmission set state = 'sent', recalled_at"
                           " = null where state = 'recalled'"),
    "delete what left": (EVERYBODY, "delete from sharing_transmission where state <> 'draft'"),
    "delete another's draft": (AROUND, "delete from sharing_transmission where id = %(draft)s"),
    "turn the recipient round": (EVERYBODY, "update sharing_transmission set to_user_id = %(nadia)s"),
    "move it to another case": (EVERYBODY, "update sharing_transmission set case_id = %(yanis_case)s"),
    "move it to another person": (EVERYBODY, "update sharing_transmission set about_id = %(yanis_person)s"),
    "put it under another agreement": (EVERYBODY, "update sharing_transmission set agreement_id = %(other)s"),
    "change who sent it": (EVERYBODY, "update sharing_transmission set sent_by_id = %(bruno)s where state = 'sent'"),
    # sending
    "send as a trainee, or from outside": (("zoe", *AROUND), f"{SEND} where id = %(draft)s"),
    "send in another's name": (("claire",), f"{SEND.replace('amarre_me()', '%(bruno)s')} where id = %(draft)s"),
    "send unchecked": (("claire",), f"{SEND.replace(chr(39) + 'x' + chr(39), repr(''))} where id = %(draft)s"),
    "change and send together": (("claire",), f"{SEND}, content = {SEALED}, version = 9 where id = %(draft)s"),
    "send it as read": (("claire",), f"{SEND}, read_at = now() where id = %(draft)s"),
    "insert it as sent": (EVERYBODY, changed(state="'sent'", sent_at="now()", checked="'x'", sent_by_id="amarre_me()")),
    "insert it without any ground": (EVERYBODY, changed(agreement_id="null")),
    "insert it under both": (EVERYBODY, changed(exception_id="%(exception)s")),
    "insert it under another case's agreement": (EVERYBODY, changed(agreement_id="%(theirs)s", purpose="'return'")),
    "insert it for another recipient": (EVERYBODY, changed(colleague_id="%(nora)s", to_user_id="%(nora)s")),
    "insert it for another's eyes": (EVERYBODY, changed(to_user_id="%(nadia)s")),
    "insert it for an employer's eyes": (EVERYBODY, changed(to_user_id="%(paul)s")),
    "insert it for another purpose": (EVERYBODY, changed(purpose="'money'")),
    "insert it about somebody else": (EVERYBODY, changed(about_id="%(yanis_person)s")),
    "insert it in another case": (EVERYBODY, changed(case_id="%(yanis_case)s", about_id="%(yanis_person)s")),
    "insert it in another's name": (EVERYBODY, changed(prepared_by_id="%(hugo)s")),
    "insert it as read": (EVERYBODY, changed(read_at="now()")),
    "go under the law as a trainee": (("zoe", *AROUND), inserts("sharing_transmission", **UNDER_LAW)),
    # agreements
    "forge a yes in the space": (MEMBERS, f"{GIVE} given_how = 'space' where id = %(asked)s"),
    "forge it with a witness": (MEMBERS, f"{GIVE} given_how = 'space', heard_by_id = amarre_me() where id = %(asked)s"),
    "hear for another": (("claire", "zoe"), f"{GIVE} given_how = 'oral', heard_by_id = %(bruno)s where id = %(asked)s"),
    "hear for nobody": (MEMBERS, f"{GIVE} given_how = 'oral' where id = %(asked)s"),
    "answer from outside": (OUTSIDE, f"{GIVE} given_how = 'space' where id = %(asked)s"),
    "sign on the screen from the space": (("ines",), f"{GIVE} given_how = 'screen', heard_by_id = %(claire)s where"
                           f" id = %(asked)s"),
    "show another case's paper": (("zoe", "claire"), f"{GIVE} given_how = 'paper', heard_by_id = amarre_me(),"
                                  " proof_id = %(their_paper)s where id = %(asked)s"),
    "show no paper": (MEMBERS, f"{GIVE} given_how = 'paper', heard_by_id = amarre_me() where id = %(asked)s"),
    "take it back as if the other did": (MEMBERS, BACK.format("person", "%(agreement)s")),
    "take it back as the worker": (("ines",), BACK.format("worker", "%(agreement)s")),
    "take back from outside": (AROUND[:5], BACK.format("worker", "%(agreement)s")),
    "reword it": (EVERYBODY, f"update sharing_agreement set what = {SEALED}"),
    "make it last": (EVERYBODY, "update sharing_agreement set until = '2099-01-01'"),
    "turn it to another": (EVERYBODY, "update sharing_agreement set colleague_id = %(nora)s"),
    "move it to another case ": (EVERYBODY, "update sharing_agreement set case_id = %(yanis_case)s"),
    "give it to another person": (EVERYBODY, "update sharing_agreement set person_id = %(yanis_person)s"),
    "delete it": (EVERYBODY, "delete from sharing_agreement"),
    "insert it given": (EVERYBODY, inserts("sharing_agreement", **{**AGREEMENT, "state": "'given'",
                        "given_how": "'oral'",
                                           "answered_at": "now()", "heard_by_id": "amarre_me()"})),
    "ask in another's name": (EVERYBODY, inserts("sharing_agreement", **{**AGREEMENT, "asked_by_id": "%(hugo)s"})),
    "ask another person": (EVERYBODY, inserts("sharing_agreement", **{**AGREEMENT, "person_id": "%(yanis_person)s"})),
    "ask from outside": (AROUND, inserts("sharing_agreement", **AGREEMENT)),
    "read agreements from outside": (("theo", "marc", "hugo", "nora", "alex", "paul", "chloe", "by_code", "passer_by"),
                                     "select id from sharing_agreement where case_id = %(ines_case)s"),
    # exceptions
    "read why": (tuple(c for c in SOMEBODY if c not in MEMBERS), "select id from sharing_ground"),
    "read that, from the space or outside": (("ines", "yanis", "hugo", "nora", "nadia", "paul", "chloe", "by_code"),
                                             "select id from sharing_lawexception"),
    "reword why": (EVERYBODY, f"update sharing_ground set reason = {SEALED}"),
    "read one's own again": (("claire",), "update sharing_lawexception set reviewed_at = now(), outcome = 'right',"
                             " reviewed_by_id = amarre_me() where id = %(exception)s"),
    "read again in another's name": (("bruno", "marc"), "update sharing_lawexception set reviewed_at = now(),"
                                     " outcome = 'right', reviewed_by_id = %(nadia)s where id = %(exception)s"),
    "unreview": (EVERYBODY, "update sharing_lawexception set reviewed_at = null, reviewed_by_id = null, outcome = ''"
                 " where reviewed_at is not null"),
    "change the basis": (EVERYBODY, "update sharing_lawexception set basis = 'peril'"),
    "declare as a trainee or outside": (("zoe", *AROUND), inserts("sharing_lawexception", **EXCEPTION)),
    "declare in another's name": (MEMBERS,
                                  inserts("sharing_lawexception", **{**EXCEPTION, "declared_by_id": "%(nadia)s"})),
    "declare at another centre": (MEMBERS, inserts("sharing_lawexception", **{**EXCEPTION, "number": "'D-0'"})),
    "read what left by the law": (("ines", "hugo", "marc"), "select id from sharing_transmission where exception_id is"
                           " not null"),
    # answers
    "read others' answers": (OUTSIDE, "select a.id from sharing_answer a where transmission_id = %(whole)s"),
    "answer as somebody else": (("hugo",), inserts("sharing_answer", **{**ANSWER, "by_id": "%(nora)s"})),
    "answer as nobody": (("hugo",), inserts("sharing_answer", **{**ANSWER, "by_id": "null"})),
    "answer in their place": (tuple(c for c in SOMEBODY if c != "hugo"), inserts("sharing_answer", **ANSWER)),
    "answer unopened": (("hugo",), inserts("sharing_answer", **{**ANSWER, "transmission_id": "%(unread)s"})),
    "answer already seen": (("hugo",), inserts("sharing_answer", **{**ANSWER, "seen_at": "now()"})),
    "reword an answer": (EVERYBODY, "update sharing_answer set kind = 'accepted'"),
    "see it in the members' place": (("hugo", *OUTSIDE), "update sharing_answer set seen_at = now() where"
                           " transmission_id = %(whole)s"),
    "delete an answer": (EVERYBODY, "delete from sharing_answer"),
    # links
    "forget the misses": (("by_link",), "update sharing_accesslink set tries = -1 + tries"),
    "open without the code": (("by_link",), "update sharing_accesslink set opened_at = now()"),
    "read without the code": (("by_link", "by_old_link", "passer_by"), "select id from sharing_transmission"),
    "read another's link": (("by_code",), "select id from sharing_accesslink where id <> %(link)s"),
    "make it work again": (EVERYBODY, "update sharing_accesslink set ended_at = null where id = %(old_link)s"),
    "make it last ": (EVERYBODY, "update sharing_accesslink set expires_at = '2099-01-01'"),
    "change its code": (EVERYBODY, "update sharing_accesslink set pass_digest = digest"),
    "point it elsewhere": (EVERYBODY, "update sharing_accesslink set transmission_id = %(unread)s"),
    "make one as a trainee or outside": (("zoe", *AROUND), inserts("sharing_accesslink", **LINK)),
    "make one to what goes otherwise": (MEMBERS,
                                       inserts("sharing_accesslink", **{**LINK, "transmission_id": "%(unread)s"})),
    "make one in another's name": (MEMBERS, inserts("sharing_accesslink", **{**LINK, "made_by_id": "%(nadia)s"})),
    "delete one": (EVERYBODY, "delete from sharing_accesslink"),
    # units
    "sit oneself in a unit": (("claire", "zoe", "nadia", "hugo", "ines", "paul"), inserts("sharing_unitmember",
                              unit_id="%(unit)s", user_id="amarre_me()", since="current_date")),
    "stay in a unit": (("hugo", "claire", "nora"), "update sharing_unitmember set until = null"),
    "read units from outside": (("ines", "paul", "chloe", "by_code", "passer_by"), "select id from sharing_unitmember"),
}  # fmt: skip
