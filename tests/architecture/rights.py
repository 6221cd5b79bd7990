"""Who may do what to which table: every right of every role of PostgreSQL, said once, and compared with its catalogue.

Read by `test_catalogue` and `test_walls_agree`. A right that is not here fails there.
"""

from __future__ import annotations

from amarre.config.roles import APP, DEFINER

UNWALLED = {
    "accounts_mail": "the demo's mailbox: written by whoever causes a mail, read by entry, empty in production",
}
ALL = {"SELECT", "INSERT", "UPDATE", "DELETE"}
ENTRY = {
    "django_session": ALL, "core_cache": ALL, "account_emailaddress": ALL, "account_emailconfirmation": ALL,
    "mfa_authenticator": ALL, "people_personaccount": {"SELECT"}, "django_migrations": {"SELECT"},
    "django_content_type": {"SELECT"},
    "core_walls": {"SELECT"}, "accounts_mail": {"SELECT", "INSERT"}, "accounts_posting": {"SELECT"},
    "organisations_centre": {"SELECT"}, "accounts_user": {"SELECT", "UPDATE"},
}  # fmt: skip
QUEUE = {f"procrastinate_{t}": ALL for t in ("events", "jobs", "periodic_defers", "workers")}
READS, WRITES, CHANGES = {"SELECT"}, {"SELECT", "INSERT"}, {"SELECT", "INSERT", "UPDATE"}
# Who holds a link to an appointment, and the person in their space.
BOOKED: dict[str, set[str]] = {
    "appointments_appointment": CHANGES, "appointments_seat": CHANGES, "appointments_booking": {"SELECT", "UPDATE"},
    "appointments_offer": {"SELECT", "UPDATE"},
}  # fmt: skip
# The person's own door: no table of cases, and of people their own row.
PERSON: dict[str, set[str]] = {
    "core_draft": ALL, "core_notice": {"INSERT"}, "audit_entry": WRITES, "audit_datarequest": WRITES,
    "people_personaccount": READS,
    "people_person": {"SELECT", "UPDATE"}, "organisations_term": READS, "organisations_crisisnumber": READS,
    "plans_plan": READS, "plans_version": {"SELECT", "UPDATE"}, "plans_review": READS, "plans_need": READS,
    "plans_application": READS, "plans_budget": READS, "plans_goal": CHANGES, "plans_action": CHANGES,
    "plans_progress": WRITES, "plans_comment": WRITES, "plans_filling": CHANGES, "plans_document": CHANGES,
    "plans_documentfile": {"SELECT", "INSERT", "DELETE"}, "plans_message": CHANGES, "plans_opinion": WRITES,
    "plans_lookbackanswer": WRITES, "plans_companion": CHANGES, "plans_workerchange": WRITES, "plans_owngrid": READS,
    "plans_ownprocedure": READS, "intake_solicitation": {"INSERT"}, "intake_statement": {"INSERT"},
    "sharing_agreement": {"SELECT", "UPDATE"}, "sharing_transmission": {"SELECT", "UPDATE"}, "sharing_answer": READS,
    "sharing_agendaitem": READS, "sharing_decision": READS, "sharing_minutes": READS,
    "sharing_jointinterview": READS, "sharing_interviewparty": READS,
    "sharing_letter": READS, "sharing_letterfile": READS,
    **BOOKED,
}  # fmt: skip
# Whoever receives something: what was sent to them, and nothing of any case.
RECIPIENT: dict[str, set[str]] = {
    "audit_entry": {"INSERT"}, "core_notice": {"INSERT"}, "sharing_transmission": {"SELECT", "UPDATE"},
    "sharing_answer": WRITES,
}  # fmt: skip
# The employer's door: their own contact and questions, their establishment, and a request that is written blind.
EMPLOYER: dict[str, set[str]] = {
    "core_draft": ALL, "audit_entry": {"INSERT"}, "organisations_contact": READS, "organisations_advice": CHANGES,
    "organisations_centre": READS, "organisations_company": READS, "organisations_establishment": READS,
    "organisations_term": READS, "organisations_crisisnumber": READS,
    "intake_solicitation": {"INSERT"}, "intake_statement": {"INSERT"}, "sharing_factsheet": READS,
    "collective_offer": READS, "collective_action": CHANGES, "collective_session": READS, "collective_finding": READS,
    "collective_improvement": READS,
}  # fmt: skip
# Every right of every role but the staff's, whose rights are bounded by the policies looked at below.
RIGHTS: dict[str, dict[str, set[str]]] = {
    APP: ENTRY,
    "amarre_queue": QUEUE,
    "amarre_person": PERSON,
    "amarre_employer": EMPLOYER | RECIPIENT,
    "amarre_partner": RECIPIENT
    | {"sharing_accesslink": {"SELECT", "UPDATE"}, "sharing_orientation": {"SELECT", "UPDATE"}}
    | dict.fromkeys(("directory_structure", "directory_service", "directory_partnercontact"), READS),
    "amarre_public": {
        "intake_solicitation": {"INSERT"}, "intake_statement": {"INSERT"}, "audit_entry": {"INSERT"},
        "accounts_mail": {"INSERT"}, "core_draft": ALL, "core_notice": {"INSERT"},
        "organisations_centre": {"SELECT"}, "organisations_term": {"SELECT"}, "organisations_crisisnumber": {"SELECT"},
        **BOOKED,
    },
    "amarre_machine": {
        "appointments_booking": READS, "appointments_appointment": READS, "appointments_meetingkind": READS,
        "appointments_seat": READS, "appointments_offer": CHANGES, "appointments_visit": {"SELECT", "UPDATE"},
        "appointments_guest": {"SELECT", "UPDATE"},
        "audit_entry": {"SELECT", "INSERT", "UPDATE"}, "audit_seal": {"SELECT", "INSERT"},
        "audit_glance": {"SELECT", "DELETE"}, "audit_habit": {"SELECT", "DELETE"},
        "core_draft": {"SELECT", "DELETE"}, "core_notice": ALL, "accounts_mail": {"INSERT"},
        "organisations_centre": {"SELECT"}, "intake_solicitation": {"SELECT"}, "plans_channelcheck": {"SELECT"},
        "organisations_contact": {"SELECT"}, "sharing_accesslink": {"SELECT", "UPDATE"},
        "organisations_commune": {"SELECT"},  # the operator's import of companies: this line and the next two
        "organisations_company": {"SELECT", "INSERT", "UPDATE"},
        "organisations_establishment": {"SELECT", "INSERT", "UPDATE"},
        "directory_structure": CHANGES, "directory_service": CHANGES, "directory_importrun": WRITES,  # of the directory
        "collective_action": READS, "collective_session": READS,
        "collective_seat": {"SELECT", "DELETE"}, "collective_attendance": {"SELECT", "DELETE"},
    },
    DEFINER: {
        **{f"appointments_{t}": {"SELECT", "UPDATE"} for t in ("appointment", "seat")},
        **{f"appointments_{t}": READS for t in ("booking", "permanence", "permanencechange",
                                               "timeoff", "offer", "meetingkind", "room", "feed", "matter",
                                               "visit")},
        "core_notice": READS,
        "audit_glance": CHANGES, "audit_habit": CHANGES, "audit_alarm": WRITES,
        "directory_partnercontact": {"SELECT", "UPDATE"},
        "accounts_user": {"SELECT", "INSERT", "UPDATE"}, "accounts_posting": {"SELECT"},
        "cases_membership": {"SELECT"}, "cases_assignment": {"SELECT"}, "cases_case": {"SELECT"},
        "cases_lookback": {"SELECT"}, "people_person": READS, "people_personaccount": {"SELECT"},
        "plans_plan": {"SELECT"},
        "plans_companion": {"SELECT"}, "plans_lookbackanswer": {"SELECT"}, "intake_solicitation": {"SELECT"},
        "organisations_centre": {"SELECT"}, "organisations_commune": {"SELECT"},
        "organisations_establishment": READS, "organisations_contact": READS,
        "mfa_authenticator": {"SELECT", "DELETE"},
        "sharing_unitmember": READS, "sharing_transmission": READS, "sharing_accesslink": READS,
        "sharing_agreement": READS,
        "sharing_orientation": {"SELECT", "UPDATE"},
        "collective_action": {"SELECT", "UPDATE"}, "collective_session": {"SELECT", "UPDATE"},
        "collective_seat": ALL, "collective_tally": ALL, "collective_finding": {"INSERT"},
    },
}  # fmt: skip
# Tables that the whole staff reads: identity, companies, colleagues, the service's own words.
STAFF_READS_ALL = {
    "appointments_meetingkind", "appointments_room",
    "accounts_posting", "organisations_centre", "organisations_commune", "organisations_company",
    "organisations_crisisnumber", "organisations_establishment", "organisations_term", "people_job", "people_person",
    "plans_gridswitch", "plans_ownprocedure", "sharing_unit", "sharing_unitmember", "sharing_lettertemplate",
    "directory_structure",
    "directory_service", "directory_partnercontact", "collective_offer",
}  # fmt: skip
# Of tables that speak of people, the machine reads these columns alone.
MACHINE_COLUMNS = {
    "core_draft": {"id", "saved_at"},
    "core_notice": {  # digests and dates
        "id",
        "kind",
        "says",
        "key",
        "recipient",
        "asked_on",
        "at",
        "mailbox",
        "channel",
        "sent_at",
        "skipped",
    },
    "intake_solicitation": {"id", "reference", "requester_email", "city"},
    "plans_channelcheck": {"id", "email", "phone", "sent_at", "confirmed_at"},
    "appointments_appointment": {
        "id", "starts_at", "ends_at", "state", "kind_id", "sequence", "capacity", "centre_id", "mode", "changed_at",
    },
    "appointments_meetingkind": {"id", "minutes", "notice_hours", "capacity", "bookable_by"},
    "appointments_seat": {"id", "appointment_id", "user_id", "host", "held"},
    "appointments_offer": {"id", "booking_id", "worker_id", "centre_id", "starts_at", "ends_at", "until", "state"},
    "appointments_booking": {
        "id", "kind_id", "worker_id", "centre_id", "mode", "person_id", "solicitation_id", "appointment_id", "state",
        "quiet", "digest", "expires_at", "choose_until", "reply", "earlier_since", "sequence", "made_at",
    },
    "appointments_guest": {"id", "matter_id", "agreement_id", "email", "sequence"},  # while an agreement covers it
    "collective_action": {"id", "evaluation", "evaluation_until"}, "collective_attendance": {"id", "session_id"},
    "collective_seat": {"id", "session_id", "state", "email", "phone", "made_at"},  # of what is to come or called off
    "collective_session": {"id", "day", "starts", "ends", "state", "sequence", "changed_at"},
    "appointments_visit": {
        "id", "appointment_id", "centre_id", "told_id", "back_at", "out_at", "alarmed_at", "raised_at", "taken_at",
    },
}  # fmt: skip
DELETED_BY_STAFF = {
    "accounts_posting", "cases_note", "core_draft", "organisations_commune", "people_personaccount", "plans_budget",
    "plans_documentfile", "plans_need", "sharing_transmission",
    "sharing_participant", "sharing_agendaitem", "sharing_minutes", "sharing_interviewparty",
    "appointments_permanencechange", "appointments_timeoff", "appointments_guest",
    "collective_animator", "collective_attendance",
}  # fmt: skip
