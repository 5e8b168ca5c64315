# # Exercise 8, solved
#
# With $t = y / a$ the slope is $a b (1 - t^2) = b (a - y^2 / a)$.

from ops import ElementwiseOp


class ScaledTanhOp(ElementwiseOp):
    floating = True

    def compute(self, np, x):
        return self.a * np.tanh(self.b * x)

    def gradient(self, grad):
        y = self.output
        return [grad * self.b * (self.a - y * y / self.a)]
