"""memkit inside agent frameworks: one module each, loaded only by those who import it."""
