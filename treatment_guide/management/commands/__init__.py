"""The commands of `manage.py`: thin, each calls a room."""
