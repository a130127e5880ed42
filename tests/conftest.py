"""What holds for every test: the same made-up examples on every machine, every day."""

from hypothesis import settings

# A red run on one machine is red on all, and nothing fails because a day has come.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
