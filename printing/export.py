"""A zip of everything that is kept about one person: a page to read, and JSON for programs."""

import html
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
    "border-bottom:1px solid #8886;padding:.3rem .8rem .3rem 0}pre{overflow:auto}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}}"
)


def zipped(value: dict[str, Any]) -> bytes:
    """The zip; *value* is what `bot/export.py` says."""
    raw = json.dumps(value["json"], indent=1, ensure_ascii=False)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("my-record.html", "\n".join(page(value, raw)))
        file.writestr("my-record.json", raw)
    return into.getvalue()


def page(value: dict[str, Any], raw: str) -> Iterator[str]:
    """The page.  It loads nothing, and nothing in it is code."""
    words = {key: html.escape(said) for key, said in value["words"].items()}
    yield f'<!doctype html><html lang="{html.escape(value["language"])}"><meta charset="utf-8">'
    yield '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    yield "style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{words['title']}</title><style>{_STYLE}</style>"
    yield f"<h1>{words['title']}</h1><p>{words['made']} {html.escape(value['made_at'])}</p>"
    for part, head in (
        ("now", ("what", "value")),
        ("log", ("when", "what", "about", "led_to", "pain")),
        ("to_come", ("when", "what")),
    ):
        yield f"<h2>{words[part]}</h2>"
        yield from table([words[f"head.{name}"] for name in head], value[part], words["nothing"])
    yield f"<h2>{words['raw']}</h2><pre>{html.escape(raw)}</pre></html>"


def table(head: list[str], rows: Iterable[list[str]], nothing: str) -> Iterator[str]:
    if not rows:
        yield f"<p>{nothing}</p>"
        return
    yield "<table><tr>" + "".join(f'<th scope="col">{name}</th>' for name in head) + "</tr>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</table>"
