"""Each derivative, first and second, is that which finite differences show."""

import pytest
from cases import CASES
from check import Checked


@pytest.mark.parametrize("shapes", ["known", "sizes", "nothing"])
@pytest.mark.parametrize("name", CASES)
def test_derivatives_are_those_of_finite_differences(name, shapes):
    build, arrays = CASES[name]
    if shapes == "nothing" and name.startswith("broadcast_to("):
        pytest.skip("what it is broadcast from must fit")
    Checked(build, arrays, shapes).check()
