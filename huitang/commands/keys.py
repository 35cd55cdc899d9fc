"""`huitang keys`: take new signing keys into use without a pause."""

from huitang.language import said
from huitang.terminal import Failed, Terminal, command, group
from services.directory.signin.tokens import rotate_keys

app = group("The keys by which services know who is asking.")


@command(app)
def rotate(terminal: Terminal) -> None:
    """Sign with a new key from now on; the key before it is still believed for ten minutes. Works while all runs."""
    file = terminal.data / "signing.jwks"
    if not file.exists():
        raise Failed(
            said(
                f"{terminal.data} 中没有密钥，运行 huitang serve 即可生成。",
                f"{terminal.data} holds no keys; `huitang serve` makes them.",
            )
        )
    kid = rotate_keys(file)
    terminal.answer({"kid": kid}, said(f"即日起以 {kid} 签名。", f"Tokens are signed with {kid} from now on."))
