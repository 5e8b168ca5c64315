"""What belongs to the framework, and what is a reader's own."""

import importlib
import inspect
import itertools

import pytest
from check import ROOT, printed_by

import mixins.rooms
import tensor
from graph import BareGraph, Graph
from mixins.rules import is_foreign
from ops import BaseOp, ElementwiseOp, Operations
from session import Session


class CubedOp(ElementwiseOp):
    """y = x³, so dy/dx = 3 x²."""

    def compute(self, np, x):
        return x * x * x

    def gradient(self, grad):
        (x,) = self.inputs
        return [grad * 3 * x * x]


class WeightedOp(BaseOp):
    """a w + b (1 - w)."""

    def compute(self, np, a, b, w):
        return a * w + b * (1 - w)


FOLDERS = (".", "mixins", "compiler", "tf")
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for folder in FOLDERS
    for path in sorted((ROOT / folder).glob("*.py"))
]
BARE = {"main", "mixins", "compiler"}


@pytest.mark.parametrize("name", sorted({*MODULES} - BARE))
def test_each_module_of_the_framework_says_that_it_is_one(name):
    if name == "xla":
        pytest.importorskip("jax")
    importlib.import_module(name)
    assert name in tensor.FRAMEWORK


def test_the_line_of_a_tensor_in_a_program_without_functions(tmp_path):
    path = tmp_path / "program.py"
    path.write_text("from graph import Graph\n\nprint(Graph().tensor(2.0).line)\n")
    assert printed_by(f"import runpy; runpy.run_path({str(path)!r})", tmp_path) == (
        f"{path}:3\n"
    )


def test_nothing_else_says_so():
    assert {*tensor.FRAMEWORK} <= {*MODULES}


def test_a_readers_class_is_foreign_and_ours_are_not(graph):
    x = graph.variable(2.0)
    assert is_foreign(graph.cubed(x).op)
    assert not is_foreign(graph.square(x).op)
    assert not is_foreign(graph.clip(x, 0, 1).op)
    assert not is_foreign(graph.dot([1.0], [1.0]).op)


def test_the_line_of_a_tensor_is_the_readers(graph):
    x = graph.variable([1.0, 2.0])
    made = [graph.cubed(x), graph.softmax(x), x + 1, graph.mean(x), x[0], x]
    made += graph.gradients(made[1], [x])
    assert {tensor.line.rpartition(":")[0] for tensor in made} == {__file__}


# ## An operation is one class


def test_an_elementwise_class_is_a_method_with_signature_and_help(graph):
    assert str(inspect.signature(graph.cubed)) == "(x, name=None)"
    assert inspect.getdoc(graph.cubed) == "y = x³, so dy/dx = 3 x²."
    cubed = graph.cubed([1.0, 2.0], name="c")
    assert (cubed.name, type(cubed.op)) == ("c", CubedOp)


@pytest.mark.parametrize("whole", [Graph, BareGraph])
def test_a_class_never_replaces_a_method(whole):
    before = {name: getattr(whole, name) for name in dir(whole) if name[0] != "_"}
    methods = {*vars(Operations)}
    for kind in before:
        compute = {"compute": lambda self, np, x: x, "kind": kind}
        type("AnyOp", (ElementwiseOp,), compute)
    after = {name: getattr(whole, name) for name in before}
    for name in {*vars(Operations)} - methods:
        delattr(Operations, name)
    assert after == before


def _annotated(self, np, x: float) -> float:
    return 2 * x


def _with_keywords(self, np, x, **more):
    return 2 * x


@pytest.mark.parametrize("compute", [_annotated, _with_keywords])
def test_a_compute_may_be_written_as_python_allows(graph, compute):
    type("TwofoldOp", (ElementwiseOp,), {"compute": compute})
    assert str(inspect.signature(graph.twofold)) == "(x, name=None)"
    assert Session(graph).run(graph.twofold(2.0)) == 4
    del Operations.twofold


@pytest.mark.parametrize("name", ["self", "name", "cls"])
def test_an_operand_with_a_name_of_the_methods_own_makes_no_method(name):
    scope = {}
    exec(f"def compute(this, np, {name}): return {name}", scope)
    type("HiddenOp", (ElementwiseOp,), {"compute": scope["compute"]})
    assert not hasattr(Operations, "hidden")


def test_a_class_that_is_defined_again_is_the_one_that_is_used(graph):
    for factor in (2, 3):

        class ScaledOp(ElementwiseOp):
            factor = 1

            def compute(self, np, x):
                return self.factor * x

        ScaledOp.factor = factor
    assert graph.scaled(1.0).op.factor == 3


def test_a_class_whose_name_is_none_for_a_method_has_none():
    for kind in ("Lambda", ""):
        type(f"{kind}Op", (ElementwiseOp,), {"compute": lambda self, np, x: x})
    assert not {"lambda", ""} & {*vars(Operations)}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda graph, x: CubedOp([x, x], graph),
            r"compute of cubed takes \(x\): expected 1 input, got 2",
        ),
        (
            lambda graph, x: WeightedOp([x], graph),
            r"compute of weighted takes \(a, b, w\): expected 3 inputs, got 1",
        ),
        (
            lambda graph, x: CubedOp([], graph),
            r"compute of cubed takes \(x\): expected 1 input, got 0",
        ),
    ],
)
def test_a_wrong_number_of_inputs_is_an_error_when_it_is_made(graph, make, message):
    x = graph.variable(1.0)
    before = len(graph.tensors)
    with pytest.raises(TypeError, match=message):
        make(graph, x)
    assert len(graph.tensors) == before


# ## Rooms


@pytest.mark.parametrize("whole", [Graph, mixins.rooms.Session, Graph.tensor_class])
def test_no_two_rooms_have_the_same_private_name(whole):
    rooms = [cls for cls in whole.__mro__ if cls is not object]
    for one, other in itertools.combinations(rooms, 2):
        private = {name for name in {*vars(one)} & {*vars(other)} if name[0] == "_"}
        assert not {name for name in private if not name.startswith("__")}


def test_rooms_extend_four_hooks_and_say_what_else_they_replace():
    hooks = {"tensor", "operands", "fit", "label"}
    # A room has a fuller method where the heart has a simple one.
    fuller = {"mean", "gradients", "dot", "transpose", "shape", "count", "reduce"}
    fuller.add("tensor_class")
    heart = {name for cls in Graph.__mro__[-4:] for name in vars(cls)}
    for room in Graph.__mro__[:-4]:
        extended = {name for name in {*vars(room)} & heart if name[0] != "_"}
        assert extended <= hooks | fuller, room
