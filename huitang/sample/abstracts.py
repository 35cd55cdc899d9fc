"""Abstracts of the sample: sentences about a topic, made of what its track says about context, method and question."""

import random
from typing import Any

FRAMES = (
    (
        "{context}本报告围绕“{topic}”展开，基于{angle}，着重讨论{question}，并给出下一步工作的建议。",
        "{context} This talk is about {topic}. Based on {angle}, it asks {question}, and suggests what to do next.",
    ),
    (
        "{context}报告介绍我们在“{topic}”方面的最新进展。结合{angle}，我们发现关键在于{question}。",
        "{context} We report recent progress on {topic}. With {angle}, we found that much depends on {question}.",
    ),
    (
        "“{topic}”近年来受到广泛关注。{context}报告利用{angle}，尝试回答{question}。",
        "The subject of {topic} has drawn wide attention in recent years. {context} Using {angle}, the talk considers {question}.",
    ),
    (
        "{context}围绕“{topic}”，报告回顾已有工作，展示{angle}，并与听众共同探讨{question}。",
        "{context} On {topic}, the talk reviews earlier work, presents {angle}, and discusses with the audience {question}.",
    ),
)


def abstract_of(chance: random.Random, track: dict[str, Any], topic: list[str]) -> dict[str, str]:
    """Return an abstract of a talk about `topic` in both languages."""
    parts = {name: chance.choice(track[f"{name}s" if name != "context" else name]) for name in PARTS}
    zh, en = chance.choice(FRAMES)
    return {
        "zh": zh.format(topic=topic[0], **{name: part[0] for name, part in parts.items()}),
        "en": en.format(topic=_inside(topic[1]), **{name: part[1] for name, part in parts.items()}),
    }


PARTS = ("context", "angle", "question")


def _inside(words: str) -> str:
    """Return a title as it stands inside a sentence; names and abbreviations keep their capitals."""
    first = words.split()[0]
    kept = first in NAMES or sum(sign.isupper() for sign in first) > 1
    return words if kept else words[0].lower() + words[1:]


NAMES = {"Alzheimer's", "CAR", "Fusarium"}
