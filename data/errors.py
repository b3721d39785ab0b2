"""What goes wrong when content is read."""


class BadContent(Exception):
    """A content file does not say what it must; says "file: key: what"."""
