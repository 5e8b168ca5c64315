# # You know which way is down. How far do you go?
#
# `optimizer.step()` looks like magic in a loop.  It's a formula.  It takes the gradient
# $g$ of the loss with respect to a parameter $\theta$, and says how far to move it.
# Let's fit a slope:
#
# >>> import numpy
# >>> from graph import Graph
# >>> from session import Session
# >>> graph = Graph()
# >>> x = graph.placeholder((3,), name="x")
# >>> y = graph.placeholder((3,), name="y")
# >>> slope = graph.variable(0.0, name="slope")
# >>> loss = graph.mean(graph.square(slope * x - y), name="loss")
# >>> update = GradientDescentOptimizer(learning_rate=0.1).minimize(loss)
# >>> session = Session(graph)
# >>> feeds = {x: [1.0, 2.0, 3.0], y: [2.0, 4.0, 6.0]}
# >>> for _ in range(10):
# ...     session.run(update, feeds)
# >>> print(session.run(slope).round(4))
# 2.0
#
# Where's the optimizer?  It's in the graph.  `minimize` adds the gradients, and a few
# operations that compute the new value.  So one program does the whole step.  And what
# an optimizer remembers between steps, its *slots*, are variables: a checkpoint saves
# them like any other.
#
# >>> print(session.program(update, feeds))
# def program(state, feeds):
#     slope, = state
#     x, y = feeds
#     mul = slope * x
#     sub = mul - y
#     loss_by_sub = 0.6666666666666666 * sub
#     mul_3 = loss_by_sub * x
#     loss_by_slope = mul_3.sum()
#     mul_5 = 0.1 * loss_by_slope
#     new_slope = slope - mul_5
#     return (None,), (new_slope,)
#
# The formulas and defaults are TensorFlow 1's.  In them $\eta$ is the learning rate,
# and an arrow points from a variable's new value to where we keep it.
#
# ![Three paths down a long valley: gradient descent creeps along the bottom; momentum
# and Adam swing across it, and get further.](weave:optimizers "Three optimizers from
# the same start.  A dot is a step.")


import numbers

from tensor import FRAMEWORK, Tensor

FRAMEWORK.add(__name__)


class Optimizer:
    """What all optimizers share.  A subclass defines `updates`.

    Args:
        learning_rate: a number, or a scalar tensor, which you can feed in each run.

    Raises:
        TypeError: it's neither.
    """

    def __init__(self, learning_rate):
        is_number = isinstance(learning_rate, numbers.Real)
        is_scalar = isinstance(learning_rate, Tensor) and learning_rate.rank in (
            0,
            None,
        )
        if not is_number and not is_scalar:
            raise TypeError(
                f"the learning rate of {type(self).__name__} is a number or a scalar "
                f"tensor, got {learning_rate!r}"
            )
        self.learning_rate = learning_rate
        self._slots = {}

    def minimize(self, loss, var_list=None, name=None):
        """A tensor that takes one step on `loss` each time you run it.

        `var_list` lists the variables to change, by default all trainable ones.

        Raises:
            ValueError: the loss depends on none of them.
        """
        return self.apply_gradients(self.compute_gradients(loss, var_list), name)

    def compute_gradients(self, loss, var_list=None):
        """Pairs (gradient, variable), with None where the loss doesn't depend on it.

        Raises:
            ValueError: the loss depends on none of them, or one isn't a variable.
            TypeError: the loss isn't a tensor, or `var_list` isn't a list.
        """
        if not isinstance(loss, Tensor):
            raise TypeError(f"a loss is a tensor, got {type(loss).__name__} {loss!r}")
        if var_list is None:
            trainable = [x for x in loss.graph.variables if x.trainable]
            var_list = [x for x in trainable if x.dtype.kind == "f"]
        if isinstance(var_list, Tensor):
            raise TypeError(f"var_list is a list of variables, got {var_list!r}")
        if not var_list:
            raise ValueError(
                f"No variables to optimize: the graph of '{loss.name}' has none that "
                "are trainable and hold floating point numbers"
            )
        for x in var_list:
            if not isinstance(x, Tensor) or x.kind != "variable":
                raise ValueError(f"var_list has variables only, got {x!r}")
        gradients = loss.graph.gradients(loss, var_list, zeros=False)
        if all(gradient is None for gradient in gradients):
            names = ", ".join(f"'{variable.name}'" for variable in var_list)
            raise ValueError(
                f"No gradients provided for any variable: '{loss.name}' depends on "
                f"none of {names}"
            )
        return list(zip(gradients, var_list))

    def apply_gradients(self, grads_and_vars, name=None):
        """One step, as a group of assignments.  Skips pairs whose gradient is None.

        Raises:
            ValueError: all gradients are None.
        """
        pairs = [(g, v) for g, v in grads_and_vars if g is not None]
        if not pairs:
            raise ValueError("No gradients provided for any variable")
        graph = pairs[0][1].graph
        updates = self.shared_updates(graph, [variable for _, variable in pairs])
        for gradient, variable in pairs:
            updates += self.updates(graph, gradient, variable)
        return graph.group([graph.assign(*update) for update in updates], name)

    def slot(self, variable, name, initial_value):
        """A variable of the shape of `variable`, made at its first use."""
        if (variable, name) not in self._slots:
            graph = variable.graph
            # An initial value waits for nothing.
            with graph.control_dependencies(None):
                self._slots[variable, name] = slot = graph.variable(
                    graph.zeros_like(variable) + initial_value,
                    name=f"{variable.name}_{name}",
                    trainable=False,
                )
            # On several devices, each part of it lies beside that of the variable.
            slot.beside = variable
        return self._slots[variable, name]

    def updates(self, graph, gradient, variable):
        """Pairs (variable, new value): what one step assigns for `variable`."""
        raise NotImplementedError

    def shared_updates(self, graph, variables):
        """The same pairs, for what these variables share."""
        return []


# ## Why against the gradient? {#gradient-descent}
#
# A small step $d$ changes the loss by $g \cdot d$, the sum of $g_i d_i$.  Of all steps
# of the same length, the one straight against $g$ makes that smallest.
#
# How long can it be?  The gradient can't tell.  On $L = \frac{c}{2} \theta^2$, the
# gradient is $g = c\,\theta$, and a step turns $\theta$ into $(1 - \eta c)\,\theta$.
# Above $\eta = 2 / c$ it grows instead of shrinking:
#
# >>> def descend(optimizer, steps, curvature=1.0):
# ...     graph = Graph()
# ...     theta = graph.variable(numpy.ones_like(curvature), name="theta")
# ...     loss = graph.sum(graph.square(theta) * curvature) / 2
# ...     update, session = optimizer.minimize(loss), Session(graph)
# ...     for _ in range(steps):
# ...         session.run(update)
# ...     return session.run(theta).round(4) + 0.0
# >>> print(descend(GradientDescentOptimizer(1.5), 10))
# 0.001
# >>> print(descend(GradientDescentOptimizer(2.5), 10))
# 57.665


class GradientDescentOptimizer(Optimizer):
    r"""Straight downhill.

    $$\theta \leftarrow \theta - \eta\, g$$
    """

    def updates(self, graph, gradient, variable):
        return [(variable, variable - self.learning_rate * gradient)]


# ## Let it roll {#momentum}
#
# A loss is often a narrow valley, steep across and almost flat along.  Your learning
# rate has to suit the steep direction.  Along the valley it's far too small.
#
# A ball would do better.  It doesn't stop and start again in each step.  Its speed $v$
# adds up along the valley; across, where the gradient changes sign, it cancels.
#
# >>> valley = numpy.array([1.0, 100.0])
# >>> print(descend(GradientDescentOptimizer(0.015), 50, valley))
# [0.4697 0.    ]
# >>> print(descend(MomentumOptimizer(0.015, momentum=0.8), 50, valley))
# [-0.0046 -0.0003]
#
# [Exercise 14](exercises/ex14_heavy_ball.py) asks for the form that Polyak gave it.


class MomentumOptimizer(Optimizer):
    r"""Downhill with a memory of where we were going.

    $$v \leftarrow \mu v + g \qquad \theta \leftarrow \theta - \eta\, v$$

    or, with `use_nesterov`, $\theta \leftarrow \theta - \eta\,(g + \mu v)$, with the
    new $v$; $\mu$ is `momentum`.  (Sutskever et al. 2013.)
    """

    def __init__(self, learning_rate, momentum, *, use_nesterov=False):
        super().__init__(learning_rate)
        self.momentum, self.use_nesterov = momentum, use_nesterov

    def updates(self, graph, gradient, variable):
        v = self.slot(variable, "momentum", 0.0)
        new_v = self.momentum * v + gradient
        step = gradient + self.momentum * new_v if self.use_nesterov else new_v
        return [(v, new_v), (variable, variable - self.learning_rate * step)]


# ## A step size for each parameter {#steps-of-their-own-size}
#
# If one parameter has large gradients and another small ones, no learning rate suits
# both.  So the next three divide each parameter's step by the usual size of its
# gradient.  In our valley one gradient is a hundred times the other, and yet both
# coordinates go almost the same way:
#
# >>> print(descend(AdagradOptimizer(0.5), 5, valley))
# [0.0617 0.0509]


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


# ## Adam, and why it corrects itself {#adam}
#
# Adam keeps two running means: $m$ of the gradients, and $v$ of their squares.  Both
# start at 0, so at first they're too small.  By how much?  If all gradients are $g$,
# then after $t$ steps
#
# $$m = (1 - \beta_1)(1 + \beta_1 + \dots + \beta_1^{t-1})\,g = (1 - \beta_1^t)\,g$$
#
# and $v = (1 - \beta_2^t)\,g^2$.  Adam puts both factors into the learning rate.  So
# its first step moves each parameter by $\eta$, however large the gradient is (unless
# it's as small as $\epsilon$):
#
# >>> print(descend(AdamOptimizer(0.01), 1, valley))
# [0.99 0.99]
#
# You can now train any network of this book.  [Part V b](course/part5b_digits.py) uses
# Adam to teach one to read handwriting.


class AdamOptimizer(Optimizer):
    r"""Momentum, divided by the usual size of the gradient.

    $$m \leftarrow \beta_1 m + (1 - \beta_1)\, g \qquad
    v \leftarrow \beta_2 v + (1 - \beta_2)\, g^2$$

    $$\theta \leftarrow \theta -
    \eta\, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, \frac{m}{\sqrt{v} + \epsilon}$$

    with $t = 1$ in the first step.  $\epsilon$ stands outside of the root and isn't
    corrected: "epsilon hat" in Kingma and Ba 2014, section 2.
    """

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        super().__init__(learning_rate)
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self._powers = {}

    def shared_updates(self, graph, variables):
        # Variables that take their first step together count their steps together.
        starting = [x for x in variables if x not in self._powers]
        if starting:
            powers = (
                graph.variable(self.beta1, name="beta1_t", trainable=False),
                graph.variable(self.beta2, name="beta2_t", trainable=False),
            )
            self._powers.update(dict.fromkeys(starting, powers))
        betas, updates = (self.beta1, self.beta2), []
        for powers in dict.fromkeys(self._powers[x] for x in variables):
            updates += [(power, power * beta) for power, beta in zip(powers, betas)]
        return updates

    def updates(self, graph, gradient, variable):
        m = self.slot(variable, "m", 0.0)
        v = self.slot(variable, "v", 0.0)
        # We round the betas to the variable's type, as we do their powers.
        beta1, beta2 = (
            graph.constant(beta, dtype=variable.dtype)
            for beta in (self.beta1, self.beta2)
        )
        new_m = beta1 * m + (1 - beta1) * gradient
        new_v = beta2 * v + (1 - beta2) * graph.square(gradient)
        powers = self._powers[variable]
        beta1_t, beta2_t = (graph.cast(power, variable.dtype) for power in powers)
        rate = self.learning_rate * graph.sqrt(1 - beta2_t) / (1 - beta1_t)
        step = rate * new_m / (graph.sqrt(new_v) + self.epsilon)
        return [(m, new_m), (v, new_v), (variable, variable - step)]
