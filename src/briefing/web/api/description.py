"""The OpenAPI description (3.1), made of the operations themselves."""

import re
from importlib.metadata import version
from typing import Any

from pydantic.json_schema import models_json_schema

from briefing.web.api.bodies import ApiBody, FaultTold
from briefing.web.api.operations import OPERATIONS, Operation

#: What can go wrong with any call, and with one that has a body.
_FAULTS = {
    401: "No token, or one that does not hold.",
    403: "The token may not do this.",
    404: "There is no such thing.",
    409: "It can be read and cannot be done; the sentence says why.",
    422: "What was asked cannot be read; the sentence says where.",
    429: "Too many calls.",
    503: "The house is not well; try again.",
}
_FAULTS_OF_BODIES = {413: "The body is too large.", 415: "The body is not JSON."}
_LINK = {
    "Link": {
        "description": 'The next page, as `<address>; rel="next"` (RFC 8288); not on the last one.',
        "schema": {"type": "string"},
    }
}
_PARAMETER = re.compile(r"\{(\w+)\}")
_REF = "#/components/schemas/{model}"


def describe(server: str) -> dict[str, Any]:
    """The whole description.

    Args:
        server: the address that the paths stand behind.
    """
    models: set[type[ApiBody]] = {FaultTold}
    models |= {one for each in OPERATIONS for one in (each.takes, each.gives) if one}
    ordered = sorted(models, key=lambda one: one.__name__)
    _, schema = models_json_schema([(one, "validation") for one in ordered], ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for each in OPERATIONS:
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, schema["$defs"])
    bearer = {"type": "http", "scheme": "bearer", "description": "`briefing tokens add` makes one."}
    return {
        "openapi": "3.1.0",
        "info": {"title": "briefing", "version": version("briefing")},
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {"schemas": schema["$defs"], "securitySchemes": {"token": bearer}},
    }


def _operation(each: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    faults = _FAULTS | (_FAULTS_OF_BODIES if each.method == "POST" else {})
    names = _PARAMETER.findall(each.path)
    told: dict[str, Any] = {
        "operationId": each.name,
        "summary": each.says,
        "description": f"The token needs the right `{each.right}`.",
        "parameters": [
            {"name": one, "in": "path", "required": True, "schema": {"type": "string"}}
            for one in names
        ],
        "responses": {
            str(each.status): _json(each.gives.__name__, each.says)
            | ({"headers": _LINK} if each.is_paged else {}),
            **{str(code): _json("FaultTold", said) for code, said in sorted(faults.items())},
        },
    }
    if each.takes is not None and each.method == "POST":
        told["requestBody"] = {"required": True, **_content(each.takes.__name__)}
    elif each.takes is not None:
        told["parameters"] += _query(schemas[each.takes.__name__])
    return told


def _query(schema: dict[str, Any]) -> list[dict[str, Any]]:
    required = schema.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _not_null(shape)}
        for name, shape in schema["properties"].items()
    ]


def _not_null(shape: dict[str, Any]) -> dict[str, Any]:
    """A query has no null: what is not there is not there."""
    kinds = [one for one in shape.get("anyOf", ()) if one.get("type") != "null"]
    return kinds[0] if len(kinds) == 1 else shape


def _json(model: str, said: str) -> dict[str, Any]:
    return {"description": said, **_content(model)}


def _content(model: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"$ref": _REF.format(model=model)}}}}
