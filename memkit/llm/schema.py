"""The JSON schema of a list of items, strict enough for structured output."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Final

from pydantic import BaseModel

LIST: Final = "items"
"""The one key of a reply: structured output must be an object, not a list."""


@lru_cache(maxsize=64)
def schema_text(item: type[BaseModel]) -> str:
    """The schema as one line of JSON."""
    return json.dumps(list_schema(item), ensure_ascii=False, separators=(",", ":"))


def list_schema(item: type[BaseModel]) -> dict[str, Any]:
    """`{"items": [...]}` with every field required and no other allowed, as strict mode asks."""
    one = item.model_json_schema()
    definitions = one.pop("$defs", {})
    found: dict[str, Any] = {
        "type": "object",
        "properties": {LIST: {"type": "array", "items": _strict(one)}},
        "required": [LIST],
        "additionalProperties": False,
    }
    if definitions:
        found["$defs"] = {name: _strict(each) for name, each in definitions.items()}
    return found


_ANNOTATIONS: Final = frozenset({"title", "default", "maxLength", "minLength", "maxItems"})
"""Not constraints of shape; several servers refuse them in strict mode. pydantic checks them."""


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _strict(value) for name, value in schema.items() if name not in _ANNOTATIONS}
    if "properties" in schema:
        found["properties"] = {name: _strict(one) for name, one in schema["properties"].items()}
        found["required"] = list(schema["properties"])
        found["additionalProperties"] = False
    return found
