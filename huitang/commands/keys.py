"""`huitang keys`: take new keys into use without a pause."""

from enum import StrEnum
from typing import Annotated

import typer

from huitang.language import said
from huitang.terminal import Failed, Terminal, command, group
from services.directory.signin.tokens import rotate_keys
from shared.keys import Keys

app = group("The keys by which services know who is asking, and by which an installation seals and signs.")


class KeySet(StrEnum):
    """Which keys are meant."""

    TOKENS = "tokens"
    SECRETS = "secrets"
    RECORDS = "records"


WORDS = {
    KeySet.TOKENS: ("即日起以 {} 签发令牌。", "Tokens are signed with {} from now on."),
    KeySet.SECRETS: ("即日起以 {} 加密证件号码。", "Identity numbers are sealed with {} from now on."),
    KeySet.RECORDS: ("即日起以 {} 签署回执与存档。", "Receipts and bundles are signed with {} from now on."),
}


@command(app)
def rotate(
    terminal: Terminal,
    keys: Annotated[KeySet, typer.Argument(help="tokens, secrets or records")] = KeySet.TOKENS,
) -> None:
    """Use a new key from now on, while all runs.

    The key of tokens before it is still believed for ten minutes; what is sealed or signed can be opened and checked for good.
    """
    sets = Keys(terminal.data)
    file = {KeySet.SECRETS: sets.secrets, KeySet.RECORDS: sets.records}.get(keys)
    path = file.path if file else terminal.data / "signing.jwks"
    if not path.exists():
        raise Failed(
            said(
                f"{terminal.data} 中没有密钥，运行 huitang serve 即可生成。",
                f"{terminal.data} holds no keys; `huitang serve` makes them.",
            )
        )
    kid = file.rotate() if file else rotate_keys(path)
    zh, en = WORDS[keys]
    terminal.answer({"kid": kid}, said(zh.format(kid), en.format(kid)))
