"""What the management API serves, as OpenAPI: of what is mounted, and nothing else."""

from functools import cache
from typing import Any

from django.urls import reverse
from wagtail.api.v3.urls import api

# Not served: snippets. Sections and topics show in live pages, and have their own rules in the newsroom.
SERVED = ("pages/", "images/", "documents/", "redirects/", "sites/", "schema/", "whoami/")

_HIDDEN = frozenset({"moderation.TrashPage"})


@cache
def described() -> dict[str, Any]:
    """Return the schema; making it takes a quarter of a second, and it does not change while the process lives."""
    root = reverse("management_explorer").removesuffix("docs/")
    made = api.get_openapi_schema(path_prefix=root)
    paths = {
        address: operations
        for address, operations in made["paths"].items()
        if address.removeprefix(root).startswith(SERVED)
    }
    for operations in paths.values():
        for operation in operations.values():
            operation["security"] = [{"BearerTokenAuth": []}]
            for parameter in operation.get("parameters", ()):
                _leave_out_trash(parameter["schema"])
    schemes = {"BearerTokenAuth": made["components"]["securitySchemes"]["BearerTokenAuth"]}
    info = {"title": "Warta", "version": made["info"]["version"], "description": ""}
    components = made["components"] | {"securitySchemes": schemes}
    return {**made, "info": info, "paths": paths, "components": components}


def _leave_out_trash(told: Any) -> None:
    """Let no choice of page types name what nobody makes pages of."""
    for below in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        _leave_out_trash(below)
    if isinstance(told, dict) and "enum" in told:
        told["enum"] = [each for each in told["enum"] if each not in _HIDDEN]
