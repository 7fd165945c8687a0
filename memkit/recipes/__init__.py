"""Published systems by name, as compositions of memkit's own parts."""
