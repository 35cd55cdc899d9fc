"""`huitang publish`: a topic that was lost, anew from its owner's outbox."""

from contextlib import closing
from typing import Annotated

import typer

from huitang.language import said
from huitang.opening import make_topics, open_bus, open_database
from huitang.services import NAMES
from huitang.terminal import Failed, Terminal, command, single
from shared.bus import BusAway
from shared.relay import Relay

app = single()


@command(app)
def publish(terminal: Terminal, service: Annotated[str, typer.Argument(help="The service whose topic it is.")]) -> None:
    """Make the topic of a service where it is missing, and publish its whole outbox into it; all may run meanwhile.

    What somebody has handled already has no second effect. Works on the databases and brokers that the settings name.
    """
    settings = terminal.settings
    if service not in NAMES:
        names = ", ".join(NAMES)
        raise Failed(said(f"没有服务 {service}；可选：{names}。", f"There is no service {service}; there are {names}."))
    if not settings.kafka:
        lacking = (
            "HUITANG_KAFKA 未指明消息代理：没有主题，各服务直接读取发件箱。",
            "HUITANG_KAFKA names no broker: there are no topics, and outboxes are read as they are.",
        )
        raise Failed(said(*lacking))
    with closing(open_database(settings, service)) as db, closing(open_bus(settings, [])) as bus:
        try:
            with terminal.progress(said("正在发布 ", "Publishing ") + service):
                count = Relay(db, bus).publish_again(lambda: make_topics(settings, [service]))
        except BusAway as error:
            raise Failed(said(f"消息代理没有应答：{error}。", f"The broker does not answer: {error}.")) from error
    words = said(f"{service}：已重新发布 {count} 条事实。", f"{service}: {count} facts published anew.")
    terminal.answer({"service": service, "published": count}, words)
