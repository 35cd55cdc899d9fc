"""Every refusal of the house says in both languages what it is and what to do, and which rule it stands for."""

from huitang.house import SERVICES
from shared.errors import Refusal, all_refusals
from shared.problems import status_of
from shared.text import Text

HOUSE = ("shared.", "gateway.", *(f"services.{service.name}." for service in SERVICES))


def of_the_house() -> list[type[Refusal]]:
    """Return every refusal that the product declares; whatever a test has declared is none of it."""
    return [kind for kind in all_refusals() if f"{kind.__module__}.".startswith(HOUSE)]


def complete(words: Text) -> bool:
    """Tell whether both sides are there."""
    return bool(words.zh and words.en)


def test_every_refusal_has_a_title_and_a_detail_in_both_languages() -> None:
    assert len(of_the_house()) > 100
    assert [kind.__name__ for kind in of_the_house() if not (complete(kind.title) and complete(kind.detail))] == []


def test_every_refusal_has_words_of_its_own_its_rule_and_a_status() -> None:
    kinds = of_the_house()
    assert [kind.__name__ for kind in kinds if not {"title", "detail"} & vars(kind).keys()] == []
    assert [kind.__name__ for kind in kinds if not (kind.__doc__ or "").strip()] == []
    assert [kind.__name__ for kind in kinds if not 400 <= status_of(kind) < 600] == []
