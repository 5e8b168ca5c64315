# # Exercise 14: A heavy ball
#
# [Optimizers](train.py) has momentum as TensorFlow 1 does it: the learning rate
# multiplies the speed, so lowering the rate slows the ball at once.  Polyak's original
# (1964) applies the rate to the force alone, which is $-g$, so the ball keeps the speed
# that it has gathered:
#
# $v \leftarrow \mu v - \eta\, g$ and $\theta \leftarrow \theta + v$, with the new $v$,
# which is 0 before the first step.
#
# Write it as an optimizer.  On $L = \frac{1}{2} \theta^2$, where $g = \theta$, with
# $\eta = 0.1$, $\mu = 0.5$ and $\theta = 1$ at first, the speed is $-0.1$, $-0.14$ and
# $-0.146$ in the first three steps, and $\theta$ is 0.9, 0.76 and 0.614 after them.
#
# ? Stuck?  Here's a hint.
#
# ! All assignments of a run land together at its end.  So the speed's variable still
# holds the old speed when you compute $\theta$.
#
# You can train any network of [Part V](course/part5_layers.py) with it.

from train import Optimizer


class HeavyBallOptimizer(Optimizer):
    """Gradient descent with a speed that carries over from step to step.

    Args:
        learning_rate: a number, or a scalar tensor that you can feed in each run.
        momentum: a number, the share of the speed that each step keeps.
    """

    def __init__(self, learning_rate, momentum):
        super().__init__(learning_rate)
        self.momentum = momentum

    def updates(self, graph, gradient, variable):
        """Pairs (variable, new value): for `variable`, and for its speed.

        An optimizer remembers things about a variable in a slot; see `Optimizer.slot`.
        """
        raise NotImplementedError
