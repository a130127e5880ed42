"""The characters of an answer code, and the check character at its end."""

from __future__ import annotations

from itertools import cycle

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
#: The value of each character.
VALUE = {char: value for value, char in enumerate(ALPHABET)}
#: How many weights the check character has before they repeat.
WEIGHTS = 30


def _times_a(value: int) -> int:
    """`value` times the generator a of GF(32), a root of x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _products() -> list[dict[str, int]]:
    """For each weight in turn: its product with the value of every character."""
    found = []
    weight = 1
    for _ in range(WEIGHTS):
        weight = _times_a(weight)
        products = {}
        for char, factor in VALUE.items():
            product, power = 0, weight
            while factor:
                if factor & 1:
                    product ^= power
                factor >>= 1
                power = _times_a(power)
            products[char] = product
        found.append(products)
    return found


_PRODUCTS = _products()


def check_character(body: str) -> str:
    """The check character of a body: the sum of its values, each times a weight of its own.

    The weights are a^1 to a^30, over and over: no two neighbors share one, and none is 1, the
    weight of the check character itself. So no swap of neighbors passes at any length.
    """
    total = 0
    for products, char in zip(cycle(_PRODUCTS), body, strict=False):
        total ^= products[char]
    return ALPHABET[total]
