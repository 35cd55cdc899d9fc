"""Email addresses and phone numbers in the one form in which accounts keep them."""

from email_validator import EmailNotValidError, validate_email

from services.directory.accounts.rules import BadEmail, BadPhone, read_phone


def read_email(words: str) -> str:
    """Return an email address, normalised and in lower case; raise `BadEmail`."""
    try:
        checked = validate_email(words.strip(), check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise BadEmail() from error
    return checked.normalized.lower()


def contact_of(words: str) -> str:
    """Return an email address or phone number as accounts keep it; words that are neither, in lower case."""
    try:
        return read_email(words) if "@" in words else read_phone(words)
    except (BadEmail, BadPhone):
        return words.strip().lower()
