"""Who gets what from every route of every service: the rows that the permissions are held against.

A row is `METHOD /path PATTERN`; paths are written as the service's API describes them. A pattern tells what nobody, a
member, a foreign organizer, a scheduler, an organizer of the owner and an administrator get, in this order: a status,
or `ok` for being let through, whatever comes of the request then. Behind `#` stands which part of a thing is changed,
where that part is for others too. In awards the foreign organizer is an award officer of another society, the scheduler a
nominator of the owner's, the organizer its award officer. Written by hand, from what the services promise.
"""

ROLES = ("nobody", "member", "foreign_organizer", "scheduler", "organizer", "administrator")

PATTERNS = {
    "PUBLIC": "ok ok ok ok ok ok",
    "SIGNED_IN": "401 ok ok ok ok ok",
    "WORKERS": "401 403 ok ok ok ok",
    "OFFICERS": "401 403 ok 403 ok ok",
    "PEOPLE": "401 404 ok ok ok ok",
    "PEOPLE_TO_EDIT": "401 404 403 403 ok ok",
    "ORGANIZERS": "401 403 403 403 ok ok",
    "ADMINISTRATORS": "401 403 403 403 403 ok",
    "OWN": "401 404 404 404 ok 404",
    "OWN_OR_ADMINISTRATORS": "401 404 404 404 ok ok",
    "MINE_TO_SEE": "401 404 404 404 403 ok",
    "COLLEAGUES": "401 404 404 ok ok ok",
    "UNIT_ONLY": "401 404 404 ok 404 404",
    "UNIT_WORKERS": "401 403 403 ok 403 403",
}
"""Patterns that are the same for everything; `MINE_TO_SEE` is for what an organizer has, and only administrators change."""

ON_EDITIONS = {
    "PUBLISHED": ("ok ok ok ok ok ok", "404 404 404 ok ok ok"),
    "DRAFT_READERS": ("401 403 403 ok ok ok", "401 404 404 ok ok ok"),
    "DRAFT_EDITORS": ("401 403 403 403 ok ok", "401 404 404 403 ok ok"),
    "PARTS": ("401 404 404 ok ok ok", "401 404 404 ok ok ok"),
    "PARTS_TO_EDIT": ("401 404 404 403 ok ok", "401 404 404 403 ok ok"),
    "ANNOUNCED": ("ok ok ok ok ok ok", "404 404 404 404 ok ok"),
    "ANNOUNCED_TO_SIGNED_IN": ("401 ok ok ok ok ok", "401 404 404 404 ok ok"),
    "CYCLE_OFFICE": ("401 403 403 403 ok ok", "401 404 404 404 ok ok"),
    "CYCLE_UNITS": ("401 403 403 ok ok ok", "401 404 404 404 ok ok"),
    "CYCLE_CODES": ("401 404 404 ok ok ok", "401 404 404 404 ok ok"),
    "NOMINATION": ("401 404 404 ok ok ok", "401 404 404 ok 404 ok"),
    "NOMINATION_READERS": ("401 404 404 ok ok ok", "401 404 404 ok 404 403"),
    "NOMINATION_WRITERS": ("401 404 404 ok 403 403", "401 404 404 ok 404 403"),
    "NOMINATION_CANDIDATE": ("401 404 404 403 403 403", "401 404 404 403 404 403"),
    "TO_CHECK": ("401 403 403 403 ok ok", "401 404 404 404 404 403"),
    "CHECKED": ("401 404 404 403 ok ok", "401 404 404 403 404 403"),
    "HANDED_IN": ("401 404 404 ok ok ok", "401 404 404 404 404 403"),
    "CYCLE_NOMINATORS": ("401 403 403 ok 403 403", "401 404 404 404 403 403"),
    "PAPERS": ("401 404 404 ok ok ok", "401 404 404 ok 404 404"),
    "PAPERS_TO_CHANGE": ("401 404 404 ok 403 403", "401 404 404 ok 404 404"),
    "RELEASED": ("ok ok ok ok ok ok", "404 404 404 404 404 404"),
    "RELEASED_TO_STAFF": ("401 403 403 ok ok ok", "401 404 404 404 404 404"),
    "RELEASED_TO_EDIT": ("401 403 403 403 ok ok", "401 404 404 403 404 404"),
}
"""Patterns of what belongs to an edition or a cycle: to a published one, and to one that is not public yet and so hidden.

A nomination is handed in where it is shown, a draft where it is hidden; an administrator above sees of a draft that it is there.
What a draft consists of (`PARTS`) is hidden from strangers in both; what was never released (`RELEASED…`) is not there.
"""

OPERATIONS = """
GET    /jobs/{job_id}                           OWN_OR_ADMINISTRATORS
DELETE /jobs/{job_id}                           OWN_OR_ADMINISTRATORS
GET    /status                                  ADMINISTRATORS
GET    /facts                                   ADMINISTRATORS
POST   /facts/rebuild                           ADMINISTRATORS
GET    /parked                                  ADMINISTRATORS
POST   /parked/{message_id}/{reaction}/retry    ADMINISTRATORS
GET    /audit                                   ADMINISTRATORS
GET    /audit/chain                             ADMINISTRATORS
"""

DIRECTORY = """
GET    /organisations                           SIGNED_IN
POST   /organisations                           ADMINISTRATORS
GET    /organisations/past                      SIGNED_IN
GET    /organisations/{ref}                     SIGNED_IN
PATCH  /organisations/{ref}                     ADMINISTRATORS
GET    /organisations/{ref}/path                SIGNED_IN
GET    /organisations/{ref}/states              SIGNED_IN
GET    /organisations/{ref}/history             SIGNED_IN
POST   /organisations/{ref}/rename              ADMINISTRATORS
POST   /organisations/{ref}/move                ADMINISTRATORS
POST   /organisations/{ref}/merge               ADMINISTRATORS
POST   /organisations/{ref}/split               ADMINISTRATORS
POST   /organisations/{ref}/close               ADMINISTRATORS
POST   /organisations/{ref}/names               ADMINISTRATORS
DELETE /organisations/{ref}/names/{name_id}     ADMINISTRATORS
GET    /workbooks/organisations                 SIGNED_IN
POST   /workbooks/organisations                 SIGNED_IN
POST   /workbooks/members/{ref}                 ADMINISTRATORS
GET    /grants                                  SIGNED_IN
GET    /grants/{grant_id}                       OWN_OR_ADMINISTRATORS
POST   /grants/{grant_id}/withdraw              OWN_OR_ADMINISTRATORS
GET    /accounts                                SIGNED_IN
POST   /accounts                                ADMINISTRATORS
GET    /accounts/colleagues                     SIGNED_IN
GET    /accounts/{account_id}                   OWN_OR_ADMINISTRATORS
PATCH  /accounts/{account_id}                   MINE_TO_SEE
GET    /accounts/{account_id}/history           OWN_OR_ADMINISTRATORS
GET    /accounts/{account_id}/name              COLLEAGUES
POST   /accounts/{account_id}/disable           MINE_TO_SEE
POST   /accounts/{account_id}/reopen            MINE_TO_SEE
POST   /accounts/{account_id}/grants            MINE_TO_SEE
GET    /memberships                             SIGNED_IN
POST   /memberships                             ADMINISTRATORS
GET    /memberships/{membership_id}             OWN_OR_ADMINISTRATORS
PATCH  /memberships/{membership_id}             MINE_TO_SEE
GET    /memberships/{membership_id}/history     OWN_OR_ADMINISTRATORS
POST   /memberships/{membership_id}/end         MINE_TO_SEE
GET    /me                                      SIGNED_IN
PATCH  /me                                      SIGNED_IN
POST   /me/password                             SIGNED_IN
GET    /me/sessions                             SIGNED_IN
DELETE /me/sessions/{credential_id}             OWN
GET    /me/keys                                 SIGNED_IN
POST   /me/keys                                 SIGNED_IN
DELETE /me/keys/{credential_id}                 OWN
POST   /sign-in                                 PUBLIC
POST   /sign-out                                PUBLIC
POST   /links                                   MINE_TO_SEE
"""

EVENTS = """
GET    /series                                  PUBLIC
POST   /series                                  ORGANIZERS
GET    /series/{ref}                            PUBLIC
PATCH  /series/{ref}                            ORGANIZERS
DELETE /series/{ref}                            ORGANIZERS
GET    /series/{ref}/history                    ORGANIZERS
POST   /catalogue                               ADMINISTRATORS
GET    /editions                                PUBLIC
POST   /editions                                ORGANIZERS
GET    /editions/{ref}                          PUBLISHED
PATCH  /editions/{ref}                          DRAFT_EDITORS
DELETE /editions/{ref}                          DRAFT_EDITORS
GET    /editions/{ref}/history                  DRAFT_EDITORS
POST   /editions/{ref}/approvals                DRAFT_EDITORS
POST   /editions/{ref}/open                     DRAFT_EDITORS
POST   /editions/{ref}/publish                  DRAFT_EDITORS
POST   /editions/{ref}/start                    DRAFT_EDITORS
POST   /editions/{ref}/close                    DRAFT_EDITORS
POST   /editions/{ref}/archive                  DRAFT_EDITORS
POST   /editions/{ref}/reopen                   DRAFT_EDITORS
POST   /editions/{ref}/postpone                 DRAFT_EDITORS
POST   /editions/{ref}/cancel                   DRAFT_EDITORS
POST   /editions/{ref}/resume                   DRAFT_EDITORS
POST   /editions/{ref}/next                     DRAFT_EDITORS
GET    /editions/{ref}/completeness             DRAFT_READERS
GET    /editions/{ref}/key-dates                PUBLISHED
POST   /editions/{ref}/key-dates                DRAFT_EDITORS
GET    /editions/{ref}/key-dates/{key_date_id}  PUBLISHED
PATCH  /editions/{ref}/key-dates/{key_date_id}  DRAFT_EDITORS
DELETE /editions/{ref}/key-dates/{key_date_id}  DRAFT_EDITORS
POST   /editions/{ref}/umbrellas                DRAFT_EDITORS
DELETE /editions/{ref}/umbrellas/{umbrella_id}  DRAFT_EDITORS
GET    /venues                                  SIGNED_IN
POST   /venues                                  ORGANIZERS
GET    /venues/{venue_id}                       SIGNED_IN
PATCH  /venues/{venue_id}                       ORGANIZERS
DELETE /venues/{venue_id}                       ORGANIZERS
GET    /venues/{venue_id}/history               ORGANIZERS
GET    /venues/{venue_id}/walks                 SIGNED_IN
PUT    /venues/{venue_id}/walks                 ORGANIZERS
GET    /venues/{venue_id}/rooms                 SIGNED_IN
POST   /venues/{venue_id}/rooms                 ORGANIZERS
GET    /rooms/{room_id}                         SIGNED_IN
PATCH  /rooms/{room_id}                         ORGANIZERS
DELETE /rooms/{room_id}                         ORGANIZERS
GET    /rooms/{room_id}/history                 ORGANIZERS
GET    /rooms/{room_id}/windows                 SIGNED_IN
PUT    /rooms/{room_id}/windows                 ORGANIZERS
GET    /editions/{ref}/rooms                    DRAFT_READERS
POST   /editions/{ref}/rooms                    DRAFT_READERS
DELETE /editions/{ref}/rooms/{room_id}          DRAFT_READERS
GET    /editions/{ref}/tracks                   DRAFT_READERS
POST   /editions/{ref}/tracks                   DRAFT_EDITORS
GET    /tracks/{track_id}                       PARTS
PATCH  /tracks/{track_id}                       PARTS_TO_EDIT
DELETE /tracks/{track_id}                       PARTS_TO_EDIT
GET    /tracks/{track_id}/history               PARTS
GET    /editions/{ref}/sessions                 DRAFT_READERS
POST   /editions/{ref}/sessions                 DRAFT_EDITORS
GET    /sessions/{session_id}                   PARTS
PATCH  /sessions/{session_id}                   PARTS_TO_EDIT
PATCH  /sessions/{session_id}#attendance        PARTS
DELETE /sessions/{session_id}                   PARTS_TO_EDIT
GET    /sessions/{session_id}/history           PARTS
POST   /sessions/{session_id}/people/{person_id}/confirm    PARTS_TO_EDIT
GET    /people                                  WORKERS
POST   /people                                  ORGANIZERS
GET    /people/{person_id}                      PEOPLE
PATCH  /people/{person_id}                      PEOPLE_TO_EDIT
DELETE /people/{person_id}                      PEOPLE_TO_EDIT
GET    /people/{person_id}/history              PEOPLE
GET    /people/{person_id}/sessions             PEOPLE
GET    /editions/{ref}/people/{person_id}/windows           DRAFT_READERS
PUT    /editions/{ref}/people/{person_id}/windows           DRAFT_READERS
GET    /editions/{ref}/schedule                 DRAFT_READERS
POST   /editions/{ref}/check                    DRAFT_READERS
GET    /editions/{ref}/schedule/settings        DRAFT_READERS
PUT    /editions/{ref}/schedule/settings        DRAFT_READERS
GET    /sessions/{session_id}/placement         PARTS
PUT    /sessions/{session_id}/placement         PARTS
DELETE /sessions/{session_id}/placement         PARTS
PUT    /sessions/{session_id}/placement/lock    PARTS
DELETE /sessions/{session_id}/placement/lock    PARTS
POST   /editions/{ref}/schedule/moves           DRAFT_READERS
POST   /editions/{ref}/schedule/swap            DRAFT_READERS
POST   /editions/{ref}/rooms/{room_id}/delay    DRAFT_READERS
POST   /editions/{ref}/rooms/{room_id}/change   DRAFT_READERS
POST   /editions/{ref}/schedule/locks           DRAFT_READERS
DELETE /editions/{ref}/schedule/locks/{lock_id}             DRAFT_READERS
PUT    /editions/{ref}/presence                 DRAFT_READERS
DELETE /editions/{ref}/presence                 DRAFT_READERS
GET    /editions/{ref}/conflicts                DRAFT_READERS
GET    /editions/{ref}/conflicts/accepted       DRAFT_READERS
POST   /editions/{ref}/conflicts/accepted       DRAFT_READERS
DELETE /editions/{ref}/conflicts/accepted/{acceptance_id}   DRAFT_READERS
GET    /editions/{ref}/releases                 PUBLISHED
POST   /editions/{ref}/releases                 DRAFT_EDITORS
GET    /editions/{ref}/releases/next            DRAFT_READERS
POST   /editions/{ref}/releases/approvals       DRAFT_EDITORS
GET    /editions/{ref}/releases/{number}        RELEASED
GET    /editions/{ref}/releases/{number}/sessions           RELEASED
GET    /editions/{ref}/releases/{number}/diff   RELEASED
GET    /editions/{ref}/releases/{number}/affected.json      RELEASED_TO_STAFF
GET    /editions/{ref}/releases/{number}/affected.xlsx      RELEASED_TO_STAFF
POST   /editions/{ref}/releases/{number}/rollback           RELEASED_TO_EDIT
GET    /editions/{ref}/previews                 DRAFT_READERS
POST   /editions/{ref}/previews                 DRAFT_READERS
DELETE /editions/{ref}/previews/{preview_id}    DRAFT_READERS
POST   /imports                                 DRAFT_READERS
GET    /imports/{import_id}                     PARTS
POST   /imports/{import_id}/undo                PARTS
GET    /editions/{ref}/imports                  DRAFT_READERS
GET    /editions/{ref}/exports/{form}           DRAFT_READERS
GET    /live                                    DRAFT_READERS
"""

AWARDS = """
GET    /cycles/{ref}/checks                     CYCLE_OFFICE
GET    /cycles/{ref}/checks/statistics          CYCLE_OFFICE
POST   /cycles/{ref}/checks/return              TO_CHECK
GET    /nominations/{nomination_id}/check       CHECKED
GET    /nominations/{nomination_id}/returns     NOMINATION_READERS
POST   /nominations/{nomination_id}/check/take  CHECKED
POST   /nominations/{nomination_id}/check/release           CHECKED
POST   /nominations/{nomination_id}/check/opinions          CHECKED
GET    /programmes/{ref}/check-reasons          ORGANIZERS
PUT    /programmes/{ref}/check-reasons          ORGANIZERS
GET    /cycles/{ref}/lists                      ANNOUNCED
POST   /cycles/{ref}/lists                      CYCLE_OFFICE
GET    /cycles/{ref}/lists/next                 CYCLE_OFFICE
GET    /cycles/{ref}/lists/{number}             ANNOUNCED
GET    /cycles/{ref}/progress                   CYCLE_OFFICE
GET    /cycles/{ref}/progress/units             CYCLE_OFFICE
GET    /programmes                              PUBLIC
POST   /programmes                              ORGANIZERS
GET    /programmes/{ref}                        PUBLIC
PATCH  /programmes/{ref}                        ORGANIZERS
DELETE /programmes/{ref}                        ORGANIZERS
POST   /programmes/{ref}/copy                   ORGANIZERS
GET    /programmes/{ref}/definition             ORGANIZERS
PATCH  /programmes/{ref}/definition             ORGANIZERS
GET    /programmes/{ref}/history                ORGANIZERS
POST   /catalogue                               ORGANIZERS
GET    /record/keys                             PUBLIC
GET    /record/checker                          PUBLIC
GET    /cycles/{ref}/audit                      CYCLE_OFFICE
GET    /cycles                                  PUBLIC
POST   /cycles                                  ORGANIZERS
GET    /cycles/{ref}                            ANNOUNCED
PATCH  /cycles/{ref}                            CYCLE_OFFICE
DELETE /cycles/{ref}                            CYCLE_OFFICE
GET    /cycles/{ref}/history                    CYCLE_OFFICE
GET    /cycles/{ref}/definition                 ANNOUNCED
PATCH  /cycles/{ref}/definition                 CYCLE_OFFICE
POST   /cycles/{ref}/definition/take-over       CYCLE_OFFICE
GET    /cycles/{ref}/amendments                 ANNOUNCED
POST   /cycles/{ref}/amendments                 CYCLE_OFFICE
POST   /cycles/{ref}/rehearsals                 CYCLE_OFFICE
POST   /cycles/{ref}/open                       CYCLE_OFFICE
POST   /cycles/{ref}/close                      CYCLE_OFFICE
POST   /cycles/{ref}/reopen                     CYCLE_OFFICE
POST   /cycles/{ref}/conclude                   CYCLE_OFFICE
POST   /cycles/{ref}/cancel                     CYCLE_OFFICE
GET    /cycles/{ref}/stages                     ANNOUNCED
POST   /cycles/{ref}/stages                     CYCLE_OFFICE
GET    /cycles/{ref}/stages/{stage_id}          ANNOUNCED
PATCH  /cycles/{ref}/stages/{stage_id}          CYCLE_OFFICE
DELETE /cycles/{ref}/stages/{stage_id}          CYCLE_OFFICE
GET    /cycles/{ref}/deadlines                  ANNOUNCED
GET    /cycles/{ref}/extensions                 ANNOUNCED_TO_SIGNED_IN
POST   /cycles/{ref}/extensions                 CYCLE_OFFICE
POST   /cycles/{ref}/extensions/{extension_id}/take-back    CYCLE_OFFICE
GET    /cycles/{ref}/quotas                     CYCLE_UNITS
GET    /cycles/{ref}/quotas/entries             CYCLE_UNITS
POST   /cycles/{ref}/quotas/entries             CYCLE_OFFICE
POST   /cycles/{ref}/quotas/entries#own         CYCLE_UNITS
POST   /cycles/{ref}/quotas/sample              CYCLE_OFFICE
POST   /cycles/{ref}/samples                    CYCLE_OFFICE
GET    /cycles/{ref}/codes                      CYCLE_UNITS
POST   /cycles/{ref}/codes                      CYCLE_UNITS
GET    /cycles/{ref}/codes/{code_id}            CYCLE_CODES
POST   /cycles/{ref}/codes/{code_id}/withdraw   CYCLE_CODES
GET    /eligibility/language                    PUBLIC
POST   /eligibility/trials                      OFFICERS
GET    /programmes/{ref}/eligibility            ORGANIZERS
PUT    /programmes/{ref}/eligibility            ORGANIZERS
POST   /programmes/{ref}/eligibility/check      ORGANIZERS
GET    /cycles/{ref}/eligibility                ANNOUNCED
PUT    /cycles/{ref}/eligibility                CYCLE_OFFICE
POST   /cycles/{ref}/eligibility/amendments     CYCLE_OFFICE
POST   /cycles/{ref}/eligibility/check          ANNOUNCED_TO_SIGNED_IN
GET    /cycles/{ref}/eligibility/decisions      CYCLE_OFFICE
GET    /deputies                                SIGNED_IN
POST   /deputies                                UNIT_WORKERS
GET    /deputies/{leave_id}                     UNIT_ONLY
POST   /deputies/{leave_id}/end                 UNIT_ONLY
GET    /nominations                             SIGNED_IN
POST   /nominations                             UNIT_WORKERS
POST   /nominations/with-code                   SIGNED_IN
GET    /nominations/{nomination_id}             NOMINATION
PATCH  /nominations/{nomination_id}             NOMINATION_WRITERS
DELETE /nominations/{nomination_id}             NOMINATION_WRITERS
GET    /nominations/{nomination_id}/revisions   NOMINATION_WRITERS
POST   /nominations/{nomination_id}/identity    NOMINATION_READERS
GET    /nominations/{nomination_id}/checklist   NOMINATION_READERS
GET    /nominations/{nomination_id}/attachments NOMINATION_READERS
POST   /nominations/{nomination_id}/attachments NOMINATION_WRITERS
POST   /nominations/{nomination_id}/attachments/pointers NOMINATION_WRITERS
GET    /attachments/{attachment_id}             PAPERS
GET    /attachments/{attachment_id}/content     PAPERS
DELETE /attachments/{attachment_id}             PAPERS_TO_CHANGE
GET    /nominations/{nomination_id}/print       NOMINATION_READERS
GET    /nominations/{nomination_id}/seal-page   NOMINATION_READERS
GET    /nominations/{nomination_id}/sealed-scans NOMINATION_READERS
POST   /nominations/{nomination_id}/sealed-scans NOMINATION_WRITERS
GET    /sealed-scans/{scan_id}/content          PAPERS
GET    /cycles/{ref}/sheets/{category}          ANNOUNCED_TO_SIGNED_IN
POST   /cycles/{ref}/sheets/{category}          CYCLE_NOMINATORS
GET    /nominations/{nomination_id}/roles       NOMINATION_READERS
POST   /nominations/{nomination_id}/roles       NOMINATION_WRITERS
POST   /nominations/{nomination_id}/roles/{role_id}/link NOMINATION_WRITERS
POST   /nominations/{nomination_id}/roles/{role_id}/revoke NOMINATION_WRITERS
GET    /nominations/{nomination_id}/consent     NOMINATION_WRITERS
POST   /nominations/{nomination_id}/consent     NOMINATION_CANDIDATE
GET    /consents/{secret}                       PUBLIC
PATCH  /consents/{secret}                       PUBLIC
POST   /consents/{secret}/answer                PUBLIC
GET    /consents/{secret}/attachments/{attachment_id} PUBLIC
GET    /nominations/{nomination_id}/readiness   NOMINATION_WRITERS
GET    /nominations/{nomination_id}/eligibility NOMINATION_READERS
GET    /nominations/{nomination_id}/notice      NOMINATION_READERS
PUT    /nominations/{nomination_id}/notice      NOMINATION_WRITERS
POST   /nominations/{nomination_id}/submission  NOMINATION_WRITERS
GET    /nominations/{nomination_id}/submission  HANDED_IN
GET    /nominations/{nomination_id}/submissions NOMINATION_READERS
GET    /nominations/{nomination_id}/submissions/{turn}/document HANDED_IN
POST   /nominations/{nomination_id}/withdraw    NOMINATION_WRITERS
"""

CALENDAR = """
GET    /entries                                 SIGNED_IN
GET    /topics                                  SIGNED_IN
GET    /feeds                                   SIGNED_IN
POST   /feeds                                   SIGNED_IN
GET    /feeds/{feed_id}                         OWN
PATCH  /feeds/{feed_id}                         OWN
DELETE /feeds/{feed_id}                         OWN
POST   /feeds/{feed_id}/address                 OWN
GET    /feeds/{feed_id}/history                 OWN
"""

TABLE = {
    "directory": OPERATIONS + DIRECTORY,
    "events": OPERATIONS + EVENTS,
    "awards": OPERATIONS + AWARDS,
    "calendar": OPERATIONS + CALENDAR,
}


def rows(service: str) -> list[tuple[str, str, str]]:
    """Return method, path and pattern of every row of a service."""
    words = [line.split() for line in TABLE[service].splitlines() if line]
    return [(method, path, pattern) for method, path, pattern in words]


def expected(pattern: str, *, hidden: bool) -> dict[str, str]:
    """Return what each role gets by a pattern, on something public or hidden."""
    shown, draft = ON_EDITIONS.get(pattern) or (PATTERNS[pattern], PATTERNS[pattern])
    return dict(zip(ROLES, (draft if hidden else shown).split(), strict=True))
