"""Facts of the directory: organisations, accounts, grants, memberships, credentials."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from shared.message import Fact
from shared.text import Text


class OrganisationState(BaseModel):
    """An organisation as a stranger needs it; `status` is active, merged, split or closed."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    organisation_id: str
    parent_id: str | None
    slug: str
    kind: str
    name: Text
    status: str
    version: int


class OrganisationOpened(Fact, type="directory.organisation.opened.v1", subject="organisation_id"):
    """An organisation was entered in the tree."""

    organisation_id: str
    organisation: OrganisationState


class OrganisationRenamed(Fact, type="directory.organisation.renamed.v1", subject="organisation_id"):
    """An organisation's names, kind or identifiers changed."""

    organisation_id: str
    organisation: OrganisationState


class OrganisationMoved(Fact, type="directory.organisation.moved.v1", subject="organisation_id"):
    """An organisation, with everything below it, went under another parent."""

    organisation_id: str
    organisation: OrganisationState


class OrganisationMerged(Fact, type="directory.organisation.merged.v1", subject="organisation_id"):
    """An organisation went into another, which carries its duties on."""

    organisation_id: str
    organisation: OrganisationState
    into_id: str


class OrganisationSplit(Fact, type="directory.organisation.split.v1", subject="organisation_id"):
    """An organisation was split into others."""

    organisation_id: str
    organisation: OrganisationState
    into_ids: tuple[str, ...]


class OrganisationClosed(Fact, type="directory.organisation.closed.v1", subject="organisation_id"):
    """An organisation came to its end."""

    organisation_id: str
    organisation: OrganisationState


class AccountOpened(Fact, type="directory.account.opened.v1", subject="account_id"):
    """Somebody can sign in from now on."""

    account_id: str
    organisation_id: str | None


class AccountClosed(Fact, type="directory.account.closed.v1", subject="account_id"):
    """An account was disabled; nothing is shown to it any more."""

    account_id: str


class AccountReopened(Fact, type="directory.account.reopened.v1", subject="account_id"):
    """A disabled account may sign in again."""

    account_id: str
    organisation_id: str | None


class GrantGiven(Fact, type="directory.grant.given.v1", subject="grant_id"):
    """An account was given a role at an organisation (and below), or on one thing (`scope`)."""

    grant_id: str
    account_id: str
    role: str
    organisation_id: str | None
    scope: str | None
    from_on: date
    until_on: date | None


class GrantWithdrawn(Fact, type="directory.grant.withdrawn.v1", subject="grant_id"):
    """A grant ended before its date."""

    grant_id: str
    account_id: str


class MembershipGiven(Fact, type="directory.membership.given.v1", subject="membership_id"):
    """An account is a member of a society between two dates, the last one included."""

    membership_id: str
    account_id: str
    organisation_id: str
    from_on: date
    until_on: date | None
    version: int


class MembershipEnded(Fact, type="directory.membership.ended.v1", subject="membership_id"):
    """A membership was ended; it counts no more."""

    membership_id: str
    account_id: str
    organisation_id: str
    version: int


class CredentialEnded(Fact, type="directory.credential.ended.v1", subject="account_id"):
    """Tokens of this account are to be refused from now on; `credential` names one (its hash), or all where empty."""

    account_id: str
    credential: str = ""
