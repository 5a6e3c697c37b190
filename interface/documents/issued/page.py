"""An issued document as a page to print: the same model gives the same bytes."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from interface.documents.issued.model import Model


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("interface.documents.issued", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("official.html")


def as_page(model: Model) -> bytes:
    """The page, whole: it stands by itself."""
    # The picture is made by us; all else is escaped.
    return _template().render(paper=model, qr=Markup(model["seal"]["qr"])).encode()
