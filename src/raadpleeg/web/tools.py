"""The doors for programs as tools of the Model Context Protocol (MCP), at the page's own address.

Gradio can do this by itself, but gives a tool's result as Python writes it, which is no JSON, and offers every public
endpoint of the page. So the four functions of `raadpleeg.web.api` are offered here through the protocol's own SDK:
the result is the contract's JSON, as text and as structured content; a mistake is one line, marked as an error.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from pydantic import TypeAdapter

from raadpleeg.errors import RaadpleegError, SettingsError
from raadpleeg.web.api import Door, Doors, name_of, server_options

if TYPE_CHECKING:
    from mcp import types
    from mcp.server import Server, ServerRequestContext

PATH = "/gradio_api/mcp"
"""Where MCP clients of a Gradio page look; Gradio does not compress what is sent from here."""

INSTRUCTIONS = (
    "Dutch parliamentary papers (Kamerstukken, Kamervragen), read on this machine. `ask` answers with citations, "
    "`search` finds passages, `cite` opens a reference or checks a quotation, `show` lists the parts of a paper. "
    "Quote the words of a citation exactly, with its `reference`. What is asked or presumed in a question is never the "
    "position of the government. Where an answer has `abstained`, say that the papers do not tell, and why."
)


def check_installed() -> None:
    """Hold that tools can be offered.

    Raises:
        SettingsError: the SDK is not installed.
    """
    if find_spec("mcp") is None or find_spec("mcp_types") is None:
        raise SettingsError("--mcp needs the package `mcp` 2; run `pip install 'raadpleeg[mcp]'`, or leave --mcp out")


def options(doors: Doors, host: str) -> dict[str, Any]:
    """Give what the page's server needs for endpoints and tools: ``page.launch(app_kwargs=options(...))``.

    Args:
        doors: the functions.
        host: where the page listens; on this machine only, calls from other hosts' pages are refused.
    """
    server = _server(doors)
    made = server.streamable_http_app(streamable_http_path=PATH, stateless_http=True, host=host)

    return {**server_options(), "routes": list(made.routes), "lifespan": lambda app: server.session_manager.run()}


def _server(doors: Doors) -> Server[Any]:
    from mcp import types
    from mcp.server import Server

    by_name: dict[str, Door] = {name_of(door): door for door in doors.all()}
    listed = [_tool(name, door) for name, door in by_name.items()]

    async def list_tools(context: ServerRequestContext[Any], asked: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=listed)

    async def call_tool(context: ServerRequestContext[Any], asked: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            if asked.name not in by_name:
                raise RaadpleegError(f"there is no tool {asked.name!r}; there are {', '.join(by_name)}")
            value = await by_name[asked.name](**(asked.arguments or {}))
        except RaadpleegError as error:
            return types.CallToolResult(content=[types.TextContent(type="text", text=str(error))], is_error=True)
        text = json.dumps(value, ensure_ascii=False)
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=text)],
            structured_content=json.loads(text),  # lists where the records have tuples
        )

    return Server(
        "raadpleeg",
        version=version("raadpleeg"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _tool(name: str, door: Door) -> types.Tool:
    from mcp import types

    arguments: TypeAdapter[Any] = TypeAdapter(cast("Any", door))
    told, _, _ = (door.__doc__ or "").partition("\n\n        Raises:")
    return types.Tool(
        name=name,
        description="\n".join(line.strip() for line in told.strip().split("\n")),
        input_schema=arguments.json_schema(),
        annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )
