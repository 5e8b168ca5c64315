# # Optimizers: steps that are made of graph operations
#
# An optimizer changes parameters so that a loss falls.  It has the gradient $g$ of the
# loss by each parameter $\theta$, and decides how far to go.  All of that is a few
# more operations of the graph: the step is part of the same program, and what an
# optimizer remembers from one step to the next, its *slots*, are variables, kept and
# saved like any other.
#
# The formulas are those of TensorFlow 1, and so are the defaults.  In them $\eta$ is
# the learning rate, and the arrow says what becomes of a variable in a step.

from graph import topological_order
from tensor import Tensor


class Optimizer:
    """What all optimizers share.  A subclass defines `updates`.

    Args:
        learning_rate: a number, or a scalar tensor, which each run may be fed.
    """

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate
        self._slots = {}

    def minimize(self, loss, var_list=None, name=None):
        """A tensor that, when it is fetched, has one step done on `loss`.

        `var_list` has the variables to change; without it, all trainable ones.

        Raises:
            ValueError: the loss depends on none of them.
        """
        return self.apply_gradients(self.compute_gradients(loss, var_list), name)

    def compute_gradients(self, loss, var_list=None):
        """Pairs (gradient, variable), for the variables that the loss depends on."""
        if not isinstance(loss, Tensor):
            raise TypeError(f"a loss is a tensor, got {type(loss).__name__} {loss!r}")
        if var_list is None:
            var_list = [x for x in loss.graph.variables if x.trainable]
        used = {loss} | {x for op in topological_order([loss]) for x in op.inputs}
        connected = [variable for variable in var_list if variable in used]
        if not connected:
            names = ", ".join(f"'{variable.name}'" for variable in var_list)
            raise ValueError(
                f"'{loss.name}' depends on none of the variables to train: "
                f"{names or 'there are none'}"
            )
        return list(zip(loss.graph.gradients(loss, connected), connected))

    def apply_gradients(self, grads_and_vars, name=None):
        """The group of the assignments that make one step."""
        grads_and_vars = [(g, v) for g, v in grads_and_vars if g is not None]
        if not grads_and_vars:
            raise ValueError("there are no gradients to apply")
        graph = grads_and_vars[0][1].graph
        updates = self.shared_updates(graph)
        for gradient, variable in grads_and_vars:
            updates += self.updates(graph, gradient, variable)
        return graph.group([graph.assign(*update) for update in updates], name)

    def slot(self, variable, name, initial_value):
        """A variable of the shape of `variable`, made at its first use."""
        if (variable, name) not in self._slots:
            graph = variable.graph
            self._slots[variable, name] = graph.variable(
                graph.zeros_like(variable) + initial_value,
                name=f"{variable.name}_{name}",
                trainable=False,
            )
        return self._slots[variable, name]

    def updates(self, graph, gradient, variable):
        """Pairs (variable, new value): what one step does about `variable`."""
        raise NotImplementedError

    def shared_updates(self, graph):
        """Such pairs for what all parameters share."""
        return []


class GradientDescentOptimizer(Optimizer):
    r"""Straight downhill.

    $$\theta \leftarrow \theta - \eta\, g$$
    """

    def updates(self, graph, gradient, variable):
        return [(variable, variable - self.learning_rate * gradient)]


# A ball that rolls downhill does not stop and start anew in each step.  Along a
# narrow valley its speed $v$ adds up, and across, where it changes sign, it cancels.


class MomentumOptimizer(Optimizer):
    r"""Downhill with a memory of where we were going.

    $$v \leftarrow \mu v + g \qquad \theta \leftarrow \theta - \eta\, v$$

    or, with `use_nesterov`, $\theta \leftarrow \theta - \eta\,(g + \mu v)$, with the
    new $v$; $\mu$ is `momentum`.  (Sutskever et al. 2013.)
    """

    def __init__(self, learning_rate, momentum, use_nesterov=False):
        super().__init__(learning_rate)
        self.momentum, self.use_nesterov = momentum, use_nesterov

    def updates(self, graph, gradient, variable):
        v = self.slot(variable, "momentum", 0.0)
        new_v = self.momentum * v + gradient
        step = gradient + self.momentum * new_v if self.use_nesterov else new_v
        return [(v, new_v), (variable, variable - self.learning_rate * step)]


# One parameter has large gradients and another has small ones, and one learning rate
# cannot suit both.  The next three divide each parameter's step by the size that its
# gradient usually has.


class AdagradOptimizer(Optimizer):
    r"""Steps that shrink as a parameter's squared gradients add up, to $s$.

    $$s \leftarrow s + g^2 \qquad \theta \leftarrow \theta - \eta\, \frac{g}{\sqrt{s}}$$

    (Duchi et al. 2011.)
    """

    def __init__(self, learning_rate, initial_accumulator_value=0.1):
        super().__init__(learning_rate)
        self.initial_accumulator_value = initial_accumulator_value

    def updates(self, graph, gradient, variable):
        s = self.slot(variable, "accumulator", self.initial_accumulator_value)
        new_s = s + graph.square(gradient)
        step = self.learning_rate * gradient / graph.sqrt(new_s)
        return [(s, new_s), (variable, variable - step)]


class RMSPropOptimizer(Optimizer):
    r"""The same with a running mean $s$ of the squares, which forgets.

    $$s \leftarrow \rho s + (1 - \rho)\, g^2 \qquad
    m \leftarrow \mu m + \eta\, \frac{g}{\sqrt{s + \epsilon}} \qquad
    \theta \leftarrow \theta - m$$

    with $s = 1$ at first, and $\epsilon$ inside the root; $\rho$ is `decay` and $\mu$
    is `momentum`.  (Tieleman and Hinton 2012.)
    """

    def __init__(self, learning_rate, decay=0.9, momentum=0.0, epsilon=1e-10):
        super().__init__(learning_rate)
        self.decay, self.momentum, self.epsilon = decay, momentum, epsilon

    def updates(self, graph, gradient, variable):
        s = self.slot(variable, "rms", 1.0)
        new_s = self.decay * s + (1 - self.decay) * graph.square(gradient)
        step = self.learning_rate * gradient / graph.sqrt(new_s + self.epsilon)
        if self.momentum == 0:
            return [(s, new_s), (variable, variable - step)]
        m = self.slot(variable, "momentum", 0.0)
        new_m = self.momentum * m + step
        return [(s, new_s), (m, new_m), (variable, variable - new_m)]


# Adam keeps a running mean $m$ of the gradients and one, $v$, of their squares.  Both
# start at 0, so after $t$ steps they are too small, by the factors $1 - \beta_1^t$ and
# $1 - \beta_2^t$, which the learning rate makes up for.


class AdamOptimizer(Optimizer):
    r"""Momentum, divided by the usual size of the gradient.

    $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad
    v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2$$
    $$\theta \leftarrow \theta -
    \eta\, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, \frac{m}{\sqrt{v} + \epsilon}$$

    with $t = 1$ in the first step.  $\epsilon$ stands outside of the root and is not
    corrected: "epsilon hat" in Kingma and Ba 2014, section 2.
    """

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        super().__init__(learning_rate)
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self._powers = None

    def shared_updates(self, graph):
        if self._powers is None:
            self._powers = [
                graph.variable(beta, name=name, trainable=False)
                for beta, name in [(self.beta1, "beta1_t"), (self.beta2, "beta2_t")]
            ]
        beta1_t, beta2_t = self._powers
        return [(beta1_t, beta1_t * self.beta1), (beta2_t, beta2_t * self.beta2)]

    def updates(self, graph, gradient, variable):
        m = self.slot(variable, "m", 0.0)
        v = self.slot(variable, "v", 0.0)
        # Rounded to the type of the variable, as the powers of beta are.
        beta1, beta2 = (
            graph.constant(beta, dtype=variable.dtype)
            for beta in (self.beta1, self.beta2)
        )
        new_m = beta1 * m + (1 - beta1) * gradient
        new_v = beta2 * v + (1 - beta2) * graph.square(gradient)
        beta1_t, beta2_t = (graph.cast(power, variable.dtype) for power in self._powers)
        rate = self.learning_rate * graph.sqrt(1 - beta2_t) / (1 - beta1_t)
        step = rate * new_m / (graph.sqrt(new_v) + self.epsilon)
        return [(m, new_m), (v, new_v), (variable, variable - step)]
