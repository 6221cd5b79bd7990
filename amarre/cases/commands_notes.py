"""Every write of a note: written, corrected, opened to the members, destroyed.

Read by the doors and by `intake.commands`. Must not know HTTP.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from amarre.cases import policy
from amarre.cases.commands import Conflict, require_open
from amarre.cases.models import Assignment, Case, Note
from amarre.cases.states import NoteKind, State
from amarre.core.actor import Actor
from amarre.core.commands import Refused, command

CONTACTS = (NoteKind.INTERVIEW, NoteKind.CALL)


def _check_day(on: date) -> None:
    if on > timezone.localdate():
        raise Refused("La date est dans l’avenir. Indiquez le jour où cela s’est passé.")


def _check_body(body: str) -> None:
    if not body.strip():
        raise Refused("La note est vide. Écrivez au moins une phrase.")


def _go_on(assignment: Assignment, kind: str, on: date) -> None:
    """An interview moves the case on; any contact moves its date of last contact."""
    if kind == NoteKind.INTERVIEW:
        if assignment.state == State.TAKEN:
            assignment.state = State.FIRST_INTERVIEW
        elif assignment.state in (State.FIRST_INTERVIEW, State.ON_HOLD):
            assignment.state = State.IN_PROGRESS
    if kind in CONTACTS and (assignment.last_contact_on is None or on > assignment.last_contact_on):
        assignment.last_contact_on = on
    assignment.save(update_fields=["state", "last_contact_on"])


@command("note.write", allowed=policy.may_write)
def write_note(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    on: date,
    body: str,
    mode: str = "",
    place: str = "",
    duration: int | None = None,
    indirect: int | None = None,
    present: str = "",
    private: bool = False,
) -> Note:
    """Add a line to the story. Times are in minutes; a private note is its author's alone."""
    assignment = require_open(actor, case)
    _check_day(on)
    _check_body(body)
    if kind == NoteKind.INTERVIEW and not mode:
        raise Refused("Dites où et comment l’entretien s’est passé : au bureau, par téléphone…")
    note = Note(
        case=case,
        author_id=actor.account_id,
        kind=kind,
        mode=mode,
        place=place,
        on=on,
        duration=duration,
        indirect=indirect,
        present=present,
        body=body,
        private=private,
        written_at=timezone.now(),
    )
    note.save()
    _go_on(assignment, kind, on)
    return note


@command("note.edit", allowed=policy.may_edit_note)
def edit_note(
    *,
    actor: Actor,
    note: Note,
    version: int,
    on: date,
    body: str,
    mode: str = "",
    place: str = "",
    duration: int | None = None,
    indirect: int | None = None,
    present: str = "",
    private: bool = False,
) -> Note:
    """Correct one's own note. Raises `Conflict` when it was changed since `version`."""
    require_open(actor, note.case)
    _check_day(on)
    _check_body(body)
    current = Note.objects.visible_to(actor).select_for_update().get(pk=note.pk)
    if current.version != version:
        raise Conflict(current.body, current.version)
    if private and not current.private:
        raise Refused("Les membres du dossier lisent cette note : elle ne peut plus être gardée pour vous.")
    current.on, current.body, current.mode, current.place = on, body, mode, place
    current.duration, current.indirect, current.present = duration, indirect, present
    current.private = private
    current.version += 1
    current.edited_at = timezone.now()
    current.save()
    return current


@command("note.open", allowed=policy.may_edit_note)
def open_note(*, actor: Actor, note: Note) -> Note:
    """Let the members read a note that was sealed to its author."""
    if not note.private:
        raise Refused("Cette note est déjà lisible par les membres du dossier.")
    note.private = False
    note.version += 1
    note.save(update_fields=["private", "version"])
    return note


@command("note.destroy", allowed=policy.may_edit_note)
def destroy_note(*, actor: Actor, note: Note) -> None:
    """Destroy a note sealed to its author; what the members have read is never destroyed."""
    if not note.private:
        raise Refused("Cette note est lue par les membres du dossier : elle ne se détruit pas.")
    note.delete()
