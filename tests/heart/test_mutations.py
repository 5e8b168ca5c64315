"""The gradient checks notice when any derivative is wrong: each is broken in turn."""

import cases
import check
import pytest

import ops
from tensor import FRAMEWORK


def every_class(base):
    for sub in base.__subclasses__():
        if sub.__module__ in FRAMEWORK:
            yield sub
            yield from every_class(sub)


def used_by(name, shapes):
    """Which inputs of which operations the gradients of a case go through."""
    build, arrays = cases.CASES[name]
    used = set()

    def spy(kind):
        def gradient(op, grad):
            shares = originals[kind](op, grad)
            for position, share in enumerate(shares):
                if share is not None:
                    used.add((kind, position))
            return shares

        return gradient

    originals = own_gradients()
    for kind in originals:
        kind.gradient = spy(kind)
    try:
        check.Checked(build, arrays, shapes)
    finally:
        for kind, gradient in originals.items():
            kind.gradient = gradient
    return used


def own_gradients():
    return {
        kind: kind.gradient
        for kind in every_class(ops.BaseOp)
        if "gradient" in vars(kind)
    }


# For each rule the cases that go through it.
RULES = {}
for case in cases.CASES:
    for told in ("known", "nothing"):
        # In an order that is the same in each process, since tests may run in several.
        for rule in sorted(used_by(case, told), key=lambda x: (x[0].__name__, x[1])):
            RULES.setdefault(rule, []).append((case, told))


def test_each_operation_with_a_derivative_is_checked():
    checked = {kind for kind, _ in RULES}
    assert checked == set(own_gradients())


BREAKAGES = {
    "too large": lambda share: share * 1.5,
    "negative": lambda share: -share,
    "missing": lambda share: None,
}


@pytest.mark.parametrize("breakage", BREAKAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule[0].kind}-{rule[1]}")
def test_a_broken_derivative_is_noticed(rule, breakage, monkeypatch):
    kind, position = rule
    original = kind.gradient

    def gradient(op, grad):
        shares = list(original(op, grad))
        if position < len(shares) and shares[position] is not None:
            shares[position] = BREAKAGES[breakage](shares[position])
        return shares

    monkeypatch.setattr(kind, "gradient", gradient)
    assert any(fails(*case) for case in RULES[rule]), "no check noticed"


def fails(name, shapes):
    try:
        check.Checked(*cases.CASES[name], shapes).check()
    except AssertionError:
        return True
    return False
