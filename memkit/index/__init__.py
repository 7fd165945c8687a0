"""Search structures over one scope, in memory, rebuilt from rows."""
