# # Exercise 14: A heavy ball
#
# [Optimizers](train.py) has momentum as TensorFlow 1 does it: the learning rate is
# applied to the speed, so that to lower it slows the ball at once.  As Polyak first
# wrote it (1964), the rate is applied to the force only, which is $-g$, and what has
# been gathered of speed stays:
#
# $v \leftarrow \mu v - \eta\, g$ and $\theta \leftarrow \theta + v$, with the new $v$,
# which is 0 before the first step.
#
# Write it as an optimizer.  On $L = \frac{1}{2} \theta^2$, where $g = \theta$, with
# $\eta = 0.1$, $\mu = 0.5$ and $\theta = 1$ at first, the speed is $-0.1$, $-0.14$ and
# $-0.146$ in the first three steps, and $\theta$ is 0.9, 0.76 and 0.614 after them.
#
# *Hint.*  All assignments of a run land together at its end.  So the variable of the
# speed still has the old one when $\theta$ is computed.

from train import Optimizer


class HeavyBallOptimizer(Optimizer):
    """Speed that is kept from step to step, and changed by the gradient.

    Args:
        learning_rate: a number, or a scalar tensor, which each run may be fed.
        momentum: a number, the share of the speed that is kept.
    """

    def __init__(self, learning_rate, momentum):
        super().__init__(learning_rate)
        self.momentum = momentum

    def updates(self, graph, gradient, variable):
        """Pairs (variable, new value): for `variable`, and for its speed.

        What an optimizer remembers about a variable is in a slot; see
        `Optimizer.slot`.
        """
        raise NotImplementedError
