"""`serve`, `demo` and `doctor`: the dashboard, something to look at, and a self-check."""

import ipaddress
import os
import socket
from typing import Any, Final

import click

from tingfeng.cli.options import json_option
from tingfeng.cli.printing import emit, say, table
from tingfeng.cli.progress import progress
from tingfeng.errors import TingfengError, UsageError
from tingfeng.home import CHECKOUT

#: A page elsewhere that points its own name at this machine gets no answer.
LOCAL_NAMES: Final = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="A loopback address.")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--demo", "with_demo", is_flag=True, help="Load the demo data first if the store is empty.")
@json_option
def serve(host: str, port: int, with_demo: bool, as_json: bool) -> None:
    """Serve the dashboard, take in the inbox, and answer the other commands, until Ctrl-C."""
    from tingfeng.operations import disown, own, run

    refuse_strangers(host)
    refuse_taken(host, port)
    workspace = own()
    try:
        if with_demo and workspace.store.count() == 0:
            say("Loading the demo data: invented brands and people, about 90 days.")
            with progress() as show:
                run("demo", {"remove": False}, show)
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        emit({"address": address}) if as_json else click.echo(f"Tingfeng listens on {address} (Ctrl-C ends it).")
        run_dashboard(host, port)
    finally:
        disown()


def refuse_strangers(host: str) -> None:
    """Anybody on the network could read the store, so only loopback addresses are served."""
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise UsageError(
            f"The dashboard is served on a loopback address only, not on {host}",
            where="--host",
            hint="use 127.0.0.1 and a tunnel or a proxy with sign-in",
        )


def refuse_taken(host: str, port: int) -> None:
    """Say so when another program listens on the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            # Make says so to its children; it knows no --port.
            another = "make run PORT=8600" if "MAKELEVEL" in os.environ else "--port 8600"
            raise TingfengError(
                f"Port {port} cannot be used: {error.strerror}", where=host, hint=f"choose another with {another}"
            ) from error


def run_dashboard(host: str, port: int) -> None:
    """Run Streamlit's server in this process until it is stopped by a signal."""
    from streamlit import config, net_util
    from streamlit.web import bootstrap

    script = str(CHECKOUT / "app.py")
    options: dict[str, Any] = {
        "server_address": host,
        "server_allowedHosts": [host, *LOCAL_NAMES],
        "server_port": port,
        "server_headless": True,
        "server_fileWatcherType": "none",
        "browser_gatherUsageStats": False,
        "logger_hideWelcomeMessage": True,
    }
    # As Streamlit's own command does: without it the checkout's .streamlit/config.toml counts only in that folder.
    config._main_script_path = script
    bootstrap.load_config_options(options)
    # Streamlit would ask a server on the internet for this machine's address, to compare a foreign page's origin with.
    net_util._internal_ip = net_util._external_ip = host
    bootstrap.run(script, False, [], options)  # noqa: FBT003 - Streamlit's own signature


@click.command()
@click.option("--remove", is_flag=True, help="Take the demo data out again.")
@json_option
def demo(remove: bool, as_json: bool) -> None:
    """Load the demo data and watchlists into an empty store."""
    from tingfeng.operations import run

    with progress() as show:
        result = run("demo", {"remove": remove}, show)
    if as_json:
        emit(result)
    elif remove:
        say(f"Took {result['removed']:,} demo mentions out.")
    else:
        say(f"Loaded {result['total']['new']:,} invented mentions.")


@click.command()
@json_option
def doctor(as_json: bool) -> int:
    """Check this installation and say what is missing."""
    from tingfeng.operations.doctor import examine

    result = examine()
    emit(result) if as_json else table(result["checks"], ("name", "ok", "detail"))
    return 0 if result["ok"] else 1
