"""A payload that a handler's signature accepts, so that only its role can refuse it."""

from typing import Any

from pydantic import TypeAdapter

NO_SUCH_ID = 999_999_999


def sample(adapter: TypeAdapter) -> Any:
    """Return some value that the adapter understands."""
    schema = adapter.json_schema()
    return _value(schema, schema.get("$defs", {}))


def _value(schema: dict[str, Any], named: dict[str, Any]) -> Any:
    if "$ref" in schema:
        return _value(named[schema["$ref"].rsplit("/", 1)[-1]], named)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if "anyOf" in schema:
        return _value(schema["anyOf"][0], named)
    return _plain(schema, named)


def _plain(schema: dict[str, Any], named: dict[str, Any]) -> Any:
    match schema.get("type"):
        case "integer" | "number":
            below = schema.get("exclusiveMaximum", NO_SUCH_ID + 1) - 1
            return min(schema.get("maximum", NO_SUCH_ID), below)
        case "boolean":
            return True
        case "array":
            return [_value(schema["items"], named)] * schema.get("minItems", 1)
        case "object":
            fields = schema.get("properties", {})
            return {key: _value(fields[key], named) for key in fields}
        case "null":
            return None
        case _:
            return "x" * max(1, schema.get("minLength", 1))
