# # Exercise 14, solved
#
# `new_v` is a tensor that we use twice: as the value to assign, and as the step.

from train import Optimizer


class HeavyBallOptimizer(Optimizer):
    def __init__(self, learning_rate, momentum):
        super().__init__(learning_rate)
        self.momentum = momentum

    def updates(self, graph, gradient, variable):
        v = self.slot(variable, "speed", 0.0)
        new_v = self.momentum * v - self.learning_rate * gradient
        return [(v, new_v), (variable, variable + new_v)]
