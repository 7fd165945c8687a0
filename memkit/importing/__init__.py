"""Conversations kept elsewhere, read as messages that `Scope.add` takes.

Every message has an id that is the same each time the file is read: the source's own, or one made
from its words and its place. So importing a file again, or a longer version of it, adds only what
is new.
"""

from __future__ import annotations

from memkit.importing.content import Message
from memkit.importing.formats import EXPORT, FORMATS, Format, detect, read

__all__ = ["EXPORT", "FORMATS", "Format", "Message", "detect", "read"]
