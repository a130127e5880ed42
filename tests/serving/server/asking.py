"""Requests as the server gives them (RSGI), made by hand."""

from types import SimpleNamespace


class Headers:
    """The headers of a request: names in lower case, some of them twice."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs

    def items(self):
        return self.pairs

    def get(self, name, default=None):
        return next((value for key, value in self.pairs if key == name), default)

    def get_all(self, name):
        return [value for key, value in self.pairs if key == name]


def scope(method="GET", path="/", query="", *headers, **more):
    """The first part of a request, before its body."""
    given = {
        "proto": "http",
        "http_version": "1.1",
        "client": "[::1]:50000",
        "server": "127.0.0.1:8000",
        "scheme": "http",
        "authority": None,
    }
    said = {"method": method, "path": path, "query_string": query, "headers": Headers(*headers)}
    return SimpleNamespace(**{**given, **said, **more})
