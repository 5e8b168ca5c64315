"""The README's Python runs as it stands, and its example learns."""

import os
import re

import numpy as np
from check import ROOT, needed


def test_the_examples_run(capsys):
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        blocks = re.findall(r"```python\n(.*?)```", file.read(), re.DOTALL)
    namespace = {"__name__": "readme"}
    for block in blocks:
        if "import jax" in block:
            needed("jax")
        exec(compile(block, "README.md", "exec"), namespace)
    assert namespace["value"] < 1e-3
    session, weights = namespace["session"], namespace["weights"]
    np.testing.assert_allclose(session.run(weights), [[3], [2]], atol=1e-3)
    assert session.run(namespace["cube"]) == 8
    assert "loss_by_weights = x_T.dot(loss_by_add)" in capsys.readouterr().out
