window.SEARCH = [
[
"Start here",
"index.html#a-tensorflow-that-you-read-in-one-sitting",
"A TensorFlow that you read in one sitting",
"A TensorFlow that you read in one sitting Write three lines. A framework of six short Python files derives the gradient, and writes the NumPy program that you'd have written by hand. You writehidden = graph.sigmoid(X @ W, name=\"hidden\") loss = graph.mean(graph.square(hidden - targets), name=\"loss\") (loss_by_W,) = graph.gradients(loss, [W])The framework derives, and writesdef program(state, feeds): W, = state X, targets = feeds dot = X.dot(W) hidden = 1 / (1 + np.exp(-dot)) sub = hidden - targets square = sub * sub sum_ = square.sum() loss = sum_ / 4 loss_by_sub = 0.5 * sub mul_2 = loss_by_sub * hidden sub_1 = 1 - hidden loss_by_dot = mul_2 * sub_1 X_T = X.T loss_by_W = X_T.dot(loss_by_dot) return (loss, loss_by_W), () Start: train XOR, 8 minutes Walk through one step Type a line of your own Here you could train the network yourself, and break its gradient. For that, the page needs JavaScript.Figure 1 Press Train. This is such a program, for two layers, running in your browser; break a line of its gradient, and see what the loss does. How does a deep learning framework work? You can use one for years without finding out, because the answer is buried under a mountain of code. Here's one that isn't: you build a graph, it's differentiated symbolically, and a session runs it, as in TensorFlow. Every page is a file of the program, with the prose beside its code. You need Python, and to have met a matrix and a derivative. Nothing is taken on trust: every number, formula and example on these pages is computed or tested, and each derivative is derived.",
"",
"graph session"
],
[
"Start here",
"index.html#in-which-order",
"Ninety minutes",
"Ninety minutes This is the heart, in reading order. Know PyTorch? Begin with that page. pagewhat it showsto read Start here Read a TensorFlow from end to end: build a graph, derive its gradients, run it as fast as NumPy by hand. 3 min XOR A network that learns exclusive or, from end to end. 8 min One step, by hand Walk through one training step of XOR, forward and backward. 2 min Graph How a graph is built: tensors, names, operations. 11 min Tensor What a value is before it is computed. 9 min Operations What each operation computes, its derivative. 31 min Gradients In which order to go back, what to add up, and what broadcasting does. 13 min Session How a graph is run, and state is kept. 12 min The program The NumPy program that trained XOR, each line with where it comes from. 2 min You've now read a framework. 91 min",
"",
""
],
[
"Start here",
"index.html#four-ways-on",
"Four ways on",
"Four ways on None of them needs another. The rooms and TensorFlow 1's names are reference: look up what you're curious about. waypagesto read The course I. Computational graphs, II. Perceptrons, III. A criterion, IV. Gradient descent, V. Multi-layer perceptrons, V b. Handwritten digits, VI. TensorFlow, VII. Second derivatives, VIII. Attention, IX. Many machines, X. Pictures, XI. Sequences, exercises 3.9 h The rooms and the compiler Optimizers, Drawing, Program, Tracing, Simplifying, Numbers, Buffers, rooms 7.1 h The executors, and other frameworks XLA, How fast is it?, You know PyTorch 4.8 h How these pages run it A line of your own, Python, in the page, NumPy, in the page, Operations, in the page, The heart, in JavaScript, Simplifying, in the page, Your lines, A live figure 2.8 h Figure 2 The book, drawn by its own drawing program: an arrow leads from what you need to what it opens.",
"",
""
],
[
"Start here",
"index.html#slow-because-its-for-reading",
"Slow, because it's for reading?",
"Slow, because it's for reading? No. A session compiles your graph, and a training step takes what it takes by hand. Figure 3 A training step of XOR, times as long as by hand in NumPy. A shorter bar is faster. How fast is it? has the other figures, and how to repeat them.",
"",
""
],
[
"Start here",
"index.html#run",
"How to run it",
"How to run it You need Python 3.11 or newer, and the folder of the project: the one that has docs/, with these pages, in it. In that folder, make installs NumPy and tqdm into a virtual environment, .venv, and runs main.py. On Windows without make, the same is py -m venv .venv .venv\\Scripts\\pip install numpy tqdm .venv\\Scripts\\python main.py To try the examples of a page, start .venv/bin/python in the same folder, and begin with the names of the page's module (only those of tf/ begin with their own import): from graph import * The examples of a page are one dialogue, from its top to its bottom; a test runs them all. A chapter of the course says on its page how to run it. make docs makes these pages again after you've changed something. make jax installs JAX, for XLA and the second half of Part IX. For an exercise, write what is missing into its file, in exercises/, and type make exercise N=3 It runs the checks of exercise 3 and shows the first one that fails: the arguments, what was received and what was expected. Without a number it tells you which exercises you've solved. Solutions are in exercises/solutions/. (make test expects the exercises unsolved.) On each page, the key / searches the whole book, formulas too, and a click on the number of a line gives you a link to it.",
"",
""
],
[
"Start here",
"index.html#where-it-comes-from",
"Where it comes from",
"Where it comes from It descends from two teaching systems: differentiation by Jim Fleming, which has given it the XOR example and the form of its pages, and TensorSlow by Daniel Sabinasz, the library of the series \"Deep Learning From Scratch\". The code and the text are our own, under the MIT license: translate it, teach with it, change it, and say where it's from. The pages are set in STIX Two.",
"",
"differentiation TensorSlow"
],
[
"XOR",
"main.html#train-a-network-and-see-everything-that-happens",
"Train a network, and see everything that happens",
"Train a network, and see everything that happens You call loss.backward(), and a network learns. What happened? One small problem shows all of it: a network that learns exclusive or. Is exactly one of two inputs 1? inputs answer 0 0 0 0 1 1 1 0 1 1 1 0 This page is a whole Python file, and so are the pages of the framework. NumPy does the arithmetic; the rest you're going to read. To run it, type make, or with NumPy and tqdm installed: python main.py The example comes from Jim Fleming's differentiation, one of our two ancestors.",
"import numpy as np from tqdm import tqdm from graph import Graph from session import Session STEPS = 10_000 LEARNING_RATE = 1.0",
"exclusive or differentiation"
],
[
"XOR",
"main.html#a-graph",
"First we only write it down",
"First we only write it down Nothing is computed yet. A tensor stands for a value that a later run will compute, an operation makes one tensor out of others, and a graph holds them all.",
"def build(): graph = Graph()",
"tensor operation graph"
],
[
"XOR",
"main.html#S42",
"First we only write it down",
"The data are constants: four examples, one per row as in the whole book, and their targets, the answers that we want.",
"X = graph.constant([[0, 0], [0, 1], [1, 0], [1, 1]], name=\"X\") targets = graph.constant([[0], [1], [1], [0]], name=\"targets\")",
"constants targets"
],
[
"XOR",
"main.html#S48",
"First we only write it down",
"The parameters are variables. They keep their values from one run to the next, and training changes them. Each column of weights0 belongs to one of four hidden units. We start them at random; the seed makes every run repeatable. What would happen if all weights started at 0.5? Identical units get identical gradients, so they'd stay identical. After 10,000 steps that network answers 0.67 to 1 1.",
"rng = np.random.default_rng(0) weights0 = graph.variable(rng.normal(size=(2, 4)), name=\"weights0\") bias0 = graph.variable(np.zeros(4), name=\"bias0\") weights1 = graph.variable(rng.normal(size=(4, 1)), name=\"weights1\") bias1 = graph.variable(np.zeros(1), name=\"bias1\") parameters = [weights0, bias0, weights1, bias1]",
"variables units"
],
[
"XOR",
"main.html#S64",
"First we only write it down",
"Two layers. Each multiplies by a matrix, adds a bias to every row, and squashes the numbers to between 0 and 1 with a sigmoid, σ(x)=11+e−x: hidden=σ(XW0+b0)output=σ(hiddenW1+b1) Why two? One layer would answer σ(w1a+w2b+c) to the inputs a and b, and a sigmoid is above one half exactly when its input is positive. For 0 0 we want c\u003c0; for 0 1 and 1 0 we want w2+c>0 and w1+c>0. Add these two: w1+w2+2c>0, so w1+w2+c>−c>0. The answer to 1 1 is above one half as well, and wrong. No weights can help that.",
"\\sigma(x) = \\frac{1}{1 + e^{-x}} \\text{hidden} = \\sigma(X W_0 + b_0) \\text{output} = \\sigma(\\text{hidden}\\, W_1 + b_1) \\sigma(w_1 a + w_2 b + c) a b c \u003c 0 w_2 + c > 0 w_1 + c > 0 w_1 + w_2 + 2c > 0 w_1 + w_2 + c > -c > 0 \\sigma(x)=\\frac{1}{1+e^{-x}} \\text{hidden}=\\sigma(XW+b) \\text{output}=\\sigma(\\text{hidden}\\,W+b) \\sigma(wa+wb+c) a b c\u003c0 w+c>0 w+c>0 w+w+2c>0 w+w+c>-c>0 hidden = graph.sigmoid(X @ weights0 + bias0, name=\"hidden\") output = graph.sigmoid(hidden @ weights1 + bias1, name=\"output\")",
"bias"
],
[
"XOR",
"main.html#S80",
"First we only write it down",
"The loss measures how wrong the output is. Here it's the mean of the squared errors: loss=14∑i=14(outputi−targetsi)2",
"\\text{loss} = \\frac{1}{4} \\sum_{i=1}^{4} (\\text{output}_i - \\text{targets}_i)^2 \\text{loss}=\\frac{1}{4}\\sum^{4}(\\text{output}-\\text{targets})^2 error = graph.sub(output, targets, name=\"error\") loss = graph.mean(graph.square(error), name=\"loss\")",
"loss"
],
[
"XOR",
"main.html#S89",
"First we only write it down",
"Here's what you've written down, drawn by the graph itself: graph.draw(loss). Boxes with round corners are operations, with the name of their output; @ is the matrix product. The lines are tensors, each with its shape where it begins. Square boxes are tensors that no operation makes, and a bold frame marks a variable. Figure 1 The graph of the loss, from the data down.",
"",
""
],
[
"XOR",
"main.html#its-derivative",
"Then the graph derives its own gradient",
"Then the graph derives its own gradient Which way should each parameter go? The gradient of the loss with respect to a parameter tells you how much the loss moves when you nudge each element. The graph knows every step from the parameters to the loss. So it can write the gradients down by itself, and they're tensors too.",
"gradients = graph.gradients(loss, parameters)",
"gradient"
],
[
"XOR",
"main.html#S108",
"Then the graph derives its own gradient",
"Everything in orange is what you didn't write. It starts at the loss, and climbs back beside the operations that it differentiates. Figure 2 The same graph, with the gradient that it derived. Now a step downhill. Each parameter moves a little against its gradient, as much as the learning rate η says. assign stores the result when the run is done, and group bundles the four assignments into one tensor to run. θ←θ−η∂loss∂θ",
"\\eta \\theta \\leftarrow \\theta - \\eta\\, \\frac{\\partial\\,\\text{loss}}{\\partial\\theta} \\eta \\theta\\leftarrow\\theta-\\eta\\,\\frac{\\partial\\,\\text{loss}}{\\partial\\theta} update = graph.group( [ graph.assign(parameter, parameter - LEARNING_RATE * gradient) for parameter, gradient in zip(parameters, gradients) ], name=\"update\", ) return graph, X, targets, output, loss, update def main(): graph, X, targets, output, loss, update = build()",
"learning rate"
],
[
"XOR",
"main.html#running-it",
"Ten thousand steps, in a blink",
"Ten thousand steps, in a blink A session holds the values of the variables. It compiles your request to a NumPy program, once, and runs that in every step. Printing the loss costs more than a step, so we print it every 500 steps. Figure 3 For hundreds of steps you'd think that it doesn't learn.",
"session = Session(graph) with tqdm(total=STEPS, desc=\"training\", unit=\"step\") as bar: for step in range(1, STEPS + 1): _, value = session.run([update, loss]) if step % 500 == 0: bar.set_postfix_str(f\"loss {value:.6f}\", refresh=False) bar.update(500)",
"session"
],
[
"XOR",
"main.html#what-it-has-learned",
"What has it learned?",
"What has it learned? All four answers are right: input target output 0 0 0 0.0065 0 1 1 0.9808 1 0 1 0.9810 1 1 0 0.0243 loss after 10000 steps: 0.00034011 And other inputs? The network has laid a band across the plane: low inside, where the squares are, 0 0 and 1 1, and high on both sides, where the dots are. A single layer can only cut the plane in two, along a line. Watch it happen. This is the session's own program, running in your browser. Train it, then break a line of its gradient. Here you could train the network yourself, and break its gradient. For that, the page needs JavaScript.Figure 4 The network's answer to every input, and the program that trains it.",
"inputs, wanted, answers = session.run([X, targets, output]) print(\"\\ninput target output\") for (a, b), target, answer in zip(inputs, wanted, answers): print(f\" {a:.0f} {b:.0f} {target[0]:6.0f} {answer[0]:6.4f}\") print(f\"\\nloss after {STEPS} steps: {session.run(loss):.8f}\")",
""
],
[
"XOR",
"main.html#S181",
"What has it learned?",
"Last, we print the program that ran in every step. You'll read it line by line at the end of the heart. Before that, walk through one step, with all its numbers.",
"print(\"\\nThe training step, as the session compiled it:\\n\") print(session.program([update, loss]).source, end=\"\") if __name__ == \"__main__\": main()",
""
],
[
"One step, by hand",
"step.html#one-training-step-by-hand",
"One training step, by hand",
"One training step, by hand This is the first step of XOR, with every number in it. Walk forward from the data to the loss, then back to the gradient of each parameter, and on to its new value. Use the buttons, the arrow keys or the slider, or click on a box. The yellow box is being computed; its inputs are outlined in blue; faded boxes come later. Then raise the learning rate. The loss falls further and further. Up to where? This is the whole graph of the step. Here you could walk through it, number by number, and change the numbers. For that, the page needs JavaScript. Every number is yours to question. Point at one of a result, and you see what it's made of. Type over one with a dashed line, or nudge it with the arrow keys ↑ and ↓, and the whole step follows. If you've seen enough, press Guess first, and walk through it once more. Your browser computes all of it, by the program that a session writes when you fetch every tensor of the graph. The line below a formula is from the program that trains. It only returns the loss, so the compiler leaves out what it can. In the matrices blue is positive and orange negative, and a deeper color is a larger number; ⊙ multiplies elementwise. ∂loss/∂hidden is the gradient of loss with respect to hidden. It tells you how much the loss moves when you nudge each element of hidden, so it always has the same shape. Before you look: bias1 is added to four rows, and the loss sends one gradient back for each row. What happens to the four numbers? They're added up. Each row's sum contains the bias once, so each contributes a share. Set all of weights1 to 0. Why is the gradient with respect to weights0 0 everywhere? The way back to weights0 goes through weights1, so it's all multiplied by 0. weights1 itself moves in this step, so in the next one weights0 does too. You've now seen one step. Graph shows how to write it down.",
"",
"Guess first"
],
[
"Graph",
"graph.html#why-not-compute-right-away-because-you-want-the-derivative",
"Why not compute right away? Because you want the derivative",
"Why not compute right away? Because you want the derivative A NumPy line computes its result and is gone. You can't differentiate it, because nothing is left to look at. So we don't compute right away. We first write down what to compute, as a graph: >>> from graph import Graph >>> graph = Graph() >>> x = graph.placeholder((), name=\"x\") >>> y = graph.add(graph.square(x), 1, name=\"y\") >>> y \u003cTensor 'y' () float64 = add(square, constant)> Nothing has been computed. x and y are tensors, values yet to come, with a name and a shape, here (), a single number. Squaring and adding are operations: each takes tensors as inputs and makes one tensor, its output. Some tensors come from no operation. You feed a placeholder its value in each run, a variable keeps its value from run to run, and a constant, such as the 1 above, never changes. Since the graph knows every step from x to y, it can write down the derivative, ∂y∂x=2x, as more of the graph. A session computes both: >>> from session import Session >>> (y_by_x,) = graph.gradients(y, [x]) >>> session = Session(graph) >>> print(*session.run([y, y_by_x], {x: 3.0})) 10.0 6.0",
"\\frac{\\partial y}{\\partial x} = 2 x \\frac{\\partialy}{\\partialx}=2x import numpy import ops from gradients import Gradients from gradients import topological_order as topological_order from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
"graph tensors operations placeholder variable constant"
],
[
"Graph",
"graph.html#a-bare-graph",
"The whole idea fits in one class",
"The whole idea fits in one class A BareGraph is all that you need to train a network. It knows no shapes or types before a run, and it hardly checks its input. The Graph in our examples is the same with rooms around it, which you may skip.",
"class BareGraph(Gradients, ops.Operations): tensor_class = Tensor def __init__(self): self.tensors = []",
"rooms"
],
[
"Graph",
"graph.html#BareGraph",
"BareGraph",
"Tensors, and the operations between them. Each operation has a method that makes it. Its inputs are tensors, or numbers, lists and arrays, which become constants. If a name is taken, we number it. Attributes tensors all tensors, oldest first. Raises ValueError an input belongs to another graph.",
"class BareGraph(Gradients, ops.Operations): tensor_class = Tensor def __init__(self): self.tensors = []",
""
],
[
"Graph",
"graph.html#S65",
"The whole idea fits in one class",
"The last number put behind each name.",
"self.names = {}",
""
],
[
"Graph",
"graph.html#making-tensors",
"Where every tensor comes from",
"Where every tensor comes from Constants, placeholders, variables and the outputs of operations are all made by one method, tensor. What a tensor knows is in tensor.py. >>> graph = Graph() >>> graph.constant([[1, 2], [3, 4]]) \u003cTensor 'constant' (2, 2) float64 = constant> How many examples are in a batch? Say None, and it may differ from run to run. >>> graph.placeholder((None, 3), name=\"X\") \u003cTensor 'X' (?, 3) float64 = placeholder> Names are for people, but still unique: >>> [graph.variable(0.0, name=\"w\").name for _ in range(3)] ['w', 'w_1', 'w_2']",
"def tensor( self, initial_value=None, op=None, name=None, kind=None, dtype=None, **facts ): if initial_value is not None and not isinstance(initial_value, Tensor): initial_value = numpy.array(initial_value, dtype or float) initial_value.setflags(write=False)",
""
],
[
"Graph",
"graph.html#BareGraph.tensor",
"BareGraph.tensor",
"Make the output of op, or a tensor of another kind. facts are for the rooms.",
"def tensor( self, initial_value=None, op=None, name=None, kind=None, dtype=None, **facts ): if initial_value is not None and not isinstance(initial_value, Tensor): initial_value = numpy.array(initial_value, dtype or float) initial_value.setflags(write=False)",
""
],
[
"Graph",
"graph.html#S97",
"Where every tensor comes from",
"The index () turns an array without axes into a number.",
"initial_value = initial_value[()] kind = kind or op.kind name = self.unique(name or kind) index = len(self.tensors) tensor = self.tensor_class(self, name, kind, op, initial_value, index) self.tensors.append(tensor) if op is not None: for x in dict.fromkeys(op.inputs): x.consumers.append(op) return tensor",
""
],
[
"Graph",
"graph.html#BareGraph.unique",
"BareGraph.unique",
"name, or name_1, name_2, ... if it is taken.",
"def unique(self, name): unique = name while unique in self.names: self.names[name] += 1 unique = f\"{name}_{self.names[name]}\" self.names[unique] = 0 return unique",
""
],
[
"Graph",
"graph.html#BareGraph.placeholder",
"BareGraph.placeholder",
"A value that you feed in each run. In shape, None is a size that may differ from run to run; without a shape, the number of axes may differ too.",
"def placeholder(self, shape=None, dtype=None, name=None): return self.tensor(name=name, kind=\"placeholder\", dtype=dtype, shape=shape)",
""
],
[
"Graph",
"graph.html#BareGraph.variable",
"BareGraph.variable",
"A value that a session keeps from run to run, until it's assigned. Each session starts from initial_value. If that's a tensor, such as graph.random_normal(...), a Session evaluates it once.",
"def variable(self, initial_value, name=None, trainable=True, dtype=None): facts = {\"dtype\": dtype, \"trainable\": trainable} return self.tensor(initial_value, name=name, kind=\"variable\", **facts)",
""
],
[
"Graph",
"graph.html#BareGraph.constant",
"BareGraph.constant",
"A value that is the same in each run.",
"def constant(self, value, name=None, dtype=None): return self.tensor(value, name=name, kind=\"constant\", dtype=dtype)",
""
],
[
"Graph",
"graph.html#S139",
"BareGraph.convert",
"Tensors of two graphs don't mix: >>> Graph().add(x, 1) Traceback (most recent call last): ... ValueError: \u003cTensor 'x' ...> is not an element of this graph, ...",
"def convert(self, value, dtype=None): if not isinstance(value, Tensor): return self.constant(value, dtype=dtype) if value.graph is not self: raise ValueError( f\"{value!r} is not an element of this graph, but of another graph; a \" \"graph is made of its own tensors only\" ) return value",
""
],
[
"Graph",
"graph.html#BareGraph.convert",
"BareGraph.convert",
"value if it's a tensor of this graph, else a constant.",
"def convert(self, value, dtype=None): if not isinstance(value, Tensor): return self.constant(value, dtype=dtype) if value.graph is not self: raise ValueError( f\"{value!r} is not an element of this graph, but of another graph; a \" \"graph is made of its own tensors only\" ) return value",
""
],
[
"Graph",
"graph.html#BareGraph.operands",
"BareGraph.operands",
"The inputs of op as tensors of this graph; sizes are integers.",
"def operands(self, op, inputs): inputs = list(inputs) for i in op.sizes: inputs[i] = self.convert(inputs[i], int) return tuple([self.convert(x) for x in inputs])",
""
],
[
"Graph",
"graph.html#operations",
"Methods that make operations",
"Methods that make operations Each makes an operation and returns its output. What the operation computes, and where its derivative comes from, is in ops.py. Elementwise operations become methods by themselves there; here are the others. Reductions take an axis: an integer, several, or None for all axes.",
"def sum(self, x, axis=None, keepdims=False, name=None): return self.reduce(ops.SumOp, x, axis, keepdims, name)",
""
],
[
"Graph",
"graph.html#BareGraph.sum",
"BareGraph.sum",
"The sum over axis.",
"def sum(self, x, axis=None, keepdims=False, name=None): return self.reduce(ops.SumOp, x, axis, keepdims, name)",
""
],
[
"Graph",
"graph.html#BareGraph.max",
"BareGraph.max",
"The largest element over axis.",
"def max(self, x, axis=None, keepdims=False, name=None): return self.reduce(ops.MaxOp, x, axis, keepdims, name)",
""
],
[
"Graph",
"graph.html#BareGraph.reduce",
"BareGraph.reduce",
"Reduce x with an operation of the class op_class.",
"def reduce(self, op_class, x, axis=None, keepdims=False, name=None): attributes = {\"axis\": ops.as_axes(axis), \"keepdims\": bool(keepdims)} return op_class([x], self, name, **attributes).output",
""
],
[
"Graph",
"graph.html#S185",
"BareGraph.mean",
"A mean is a sum divided by a count. We needn't derive its gradient: 1/N for each element comes out by itself. >>> graph = Graph() >>> x = graph.constant([1.0, 2.0, 3.0, 6.0]) >>> mean = graph.mean(x) >>> print(*Session(graph).run([mean, *graph.gradients(mean, [x])])) 3.0 [0.25 0.25 0.25 0.25]",
"1/N 1/N def mean(self, x, axis=None, keepdims=False, name=None): x = self.convert(x) return self.div(self.sum(x, axis, keepdims), self.count(x, axis), name)",
""
],
[
"Graph",
"graph.html#BareGraph.mean",
"BareGraph.mean",
"The mean over axis; of truth values, the share of true ones.",
"def mean(self, x, axis=None, keepdims=False, name=None): x = self.convert(x) return self.div(self.sum(x, axis, keepdims), self.count(x, axis), name)",
""
],
[
"Graph",
"graph.html#BareGraph.count",
"BareGraph.count",
"How many elements of x a sum over axis adds up, in x's type.",
"def count(self, x, axis=None, name=None): return ops.CountOp([x], self, name, axis=ops.as_axes(axis)).output",
""
],
[
"Graph",
"graph.html#BareGraph.dot",
"BareGraph.dot",
"The matrix product a @ b.",
"def dot(self, a, b, name=None): return ops.DotOp([a, b], self, name).output",
""
],
[
"Graph",
"graph.html#BareGraph.transpose",
"BareGraph.transpose",
"x with its axes in the order of axes; without it, in reverse order.",
"def transpose(self, x, axes=None, name=None): if axes is None: return ops.TransposeOp([x], self, name).output axes = tuple(i + len(axes) if i \u003c 0 else i for i in ops.as_axes(axes)) return ops.PermuteOp([x], self, name, axes=axes).output",
""
],
[
"Graph",
"graph.html#BareGraph.shape",
"BareGraph.shape",
"The shape of x, a vector of integers.",
"def shape(self, x, name=None, dtype=int): return ops.ShapeOp([x], self, name, dtype=numpy.dtype(dtype).name).output",
""
],
[
"Graph",
"graph.html#BareGraph.reshape",
"BareGraph.reshape",
"The elements of x in another shape, where one size may be -1.",
"def reshape(self, x, shape, name=None): return ops.ReshapeOp([x, shape], self, name).output",
""
],
[
"Graph",
"graph.html#BareGraph.broadcast_to",
"BareGraph.broadcast_to",
"x repeated to shape.",
"def broadcast_to(self, x, shape, name=None): return ops.BroadcastOp([x, shape], self, name).output",
""
],
[
"Graph",
"graph.html#BareGraph.expand_dims",
"BareGraph.expand_dims",
"x with more axes, of size 1, at the places axis of the result.",
"def expand_dims(self, x, axis, name=None): return ops.ExpandDimsOp([x], self, name, axis=ops.as_axes(axis)).output",
""
],
[
"Graph",
"graph.html#BareGraph.assign",
"BareGraph.assign",
"The new value, which variable gets when the run ends.",
"def assign(self, variable, value, name=None): return ops.AssignOp([variable, value], self, name).output",
""
],
[
"Graph",
"graph.html#BareGraph.group",
"BareGraph.group",
"Run all tensors together; fetching it gives None.",
"def group(self, tensors, name=None): return ops.GroupOp(tensors, self, name).output",
""
],
[
"Graph",
"graph.html#rooms",
"Where are shapes, types and good errors?",
"Where are shapes, types and good errors? In rooms, each a file in mixins/. A Graph is a BareGraph with all of them. A room adds methods, or extends one that everything passes through, such as tensor above. They're loaded when you ask for a Graph; the bare one needs nothing else. You can write down a computation. Next: what is a tensor, if it has no value?",
"def __getattr__(name): if name != \"Graph\": raise AttributeError(f\"module {__name__!r} has no attribute {name!r}\") from mixins.rooms import Graph return Graph",
""
],
[
"Graph",
"graph.html#__getattr__",
"__getattr__",
"Graph, with its rooms.",
"def __getattr__(name): if name != \"Graph\": raise AttributeError(f\"module {__name__!r} has no attribute {name!r}\") from mixins.rooms import Graph return Graph",
""
],
[
"Tensor",
"tensor.html#what-is-a-b-if-a-has-no-value-yet",
"What is a + b, if a has no value yet?",
"What is a + b, if a has no value yet? In PyTorch a tensor holds numbers. Here it holds none. A tensor is a name for a value that some later run will compute: >>> from graph import Graph >>> graph = Graph() >>> a = graph.placeholder((2,), name=\"a\") >>> b = graph.variable([10.0, 20.0], name=\"b\") >>> c = graph.add(a, b, name=\"c\") >>> c \u003cTensor 'c' (2,) float64 = add(a, b)> It knows what makes it and what uses it. (It also knows the shape and type to come, but those are added by rooms that you may skip.) Values exist only in a run, and belong to that run: >>> from session import Session >>> session = Session(graph) >>> print(session.run(c, {a: [1, 2]}), session.run(c, {a: [3, 4]})) [11. 22.] [13. 24.] What does Python show for c after these two runs? The same as before them. The values belonged to the runs; c only says how to compute them. Figure 1 Operations are the nodes, tensors the edges. Where no operation makes a tensor, it starts in a square box. Tensors are the edges of the graph. They differ by where the value comes from: a constant is written into the graph, the same in every run; a placeholder is an empty place in the graph. You fill it in each run, by feed_dict; a variable keeps its value between runs, and changes when it's assigned. If we train it, it's a parameter; all others are outputs of an operation, which computes them in each run. (A room adds one more, the generator of random numbers. And you may assign to a placeholder, which then keeps that value when you don't feed it.) \"Input\" isn't another kind. It's a role that a tensor plays for an operation, and it may play it for many, or for none. Here a comes out of no operation, and c goes into none: >>> a.op, [op.kind for op in a.consumers] (None, ['add']) >>> c.op.kind, c.consumers ('add', [])",
"",
"tensor constant placeholder variable parameter operation"
],
[
"Tensor",
"tensor.html#S53",
"What is a + b, if a has no value yet?",
"Never make a tensor directly; its graph does. op and consumers are its two ends: the operation that it comes out of, and those that it goes into. initial_value is only where each session starts a variable. When a session assigns it another value, that's in the session's state, and the graph never hears of it. FRAMEWORK tells our modules from yours: each of ours adds its name.",
"FRAMEWORK = {__name__}",
""
],
[
"Tensor",
"tensor.html#Tensor",
"Tensor",
"A value in a graph, known by its name until a session computes it. Attributes graph the graph that it belongs to. name unique in its graph. kind \"constant\", \"placeholder\", \"variable\", or the name of its operation. op the operation that makes it, or None. consumers the operations that use it as an input. initial_value a constant's value, or a variable's first value, an array or a tensor; else None. index how many tensors the graph had before it.",
"class Tensor: def __init__(self, graph, name, kind, op, initial_value, index): self.graph = graph self.name = name self.kind = kind self.op = op self.consumers = [] self.initial_value = initial_value self.index = index",
""
],
[
"Tensor",
"tensor.html#Tensor.made",
"Tensor.made",
"How it's made, as you'd write it: \"variable\", or \"add(a, b)\".",
"@property def made(self): if self.op is None: return self.kind inputs = \", \".join(x.name for x in self.op.inputs) return f\"{self.kind}({inputs})\" if inputs else self.kind",
""
],
[
"Tensor",
"tensor.html#Tensor.origin",
"Tensor.origin",
"What an error about its value calls it.",
"@property def origin(self): if self.op is None: return f\"the {self.kind} '{self.name}'\" return f\"'{self.name}', made by {self.kind}\" def __repr__(self): return f\"\u003cTensor '{self.name}' = {self.made}>\"",
""
],
[
"Tensor",
"tensor.html#operators",
"X @ W + b computes nothing",
"X @ W + b computes nothing It adds two nodes to the graph, and returns the output of the second one. Python calls the reflected form (__radd__) when the left operand is no tensor: 2 + x. >>> 2 * a - b \u003cTensor 'sub' (2,) float64 = sub(mul, b)>",
"def __add__(self, other): return self.graph.add(self, other) def __radd__(self, other): return self.graph.add(other, self) def __sub__(self, other): return self.graph.sub(self, other) def __rsub__(self, other): return self.graph.sub(other, self) def __mul__(self, other): return self.graph.mul(self, other) def __rmul__(self, other): return self.graph.mul(other, self) def __truediv__(self, other): return self.graph.div(self, other) def __rtruediv__(self, other): return self.graph.div(other, self) def __pow__(self, other): return self.graph.pow(self, other) def __rpow__(self, other): return self.graph.pow(other, self) def __matmul__(self, other): return self.graph.dot(self, other) def __rmatmul__(self, other): return self.graph.dot(other, self) def __neg__(self): return self.graph.neg(self)",
""
],
[
"Tensor",
"tensor.html#S152",
"X @ W + b computes nothing",
"For comparisons Python finds the reflected form itself: for 2 \u003c x it asks x > 2.",
"def __lt__(self, other): return self.graph.less(self, other) def __le__(self, other): return self.graph.less_equal(self, other) def __gt__(self, other): return self.graph.greater(self, other) def __ge__(self, other): return self.graph.greater_equal(self, other)",
""
],
[
"Tensor",
"tensor.html#S167",
"X @ W + b computes nothing",
"Why is == missing? Because tensors are keys of dictionaries, such as feed_dict, and a dictionary must learn at once whether two keys are the same. Graph.equal compares values. >>> a == b, graph.equal(a, b).name (False, 'equal')",
"",
""
],
[
"Tensor",
"tensor.html#S174",
"X @ W + b computes nothing",
"Without the next line, NumPy would multiply each element of an array by the tensor, and hand you an array of tensors. With it, NumPy leaves array * tensor to us: >>> import numpy >>> numpy.array([1.0, 2.0]) * a \u003cTensor 'mul_1' (2,) float64 = mul(constant_1, a)>",
"__array_ufunc__ = None",
""
],
[
"Tensor",
"tensor.html#no-value-yet",
"Your if runs too early",
"Your if runs too early Here's the first surprise of every framework with graphs. A Python if wants its answer while you build the graph, and there isn't one yet: >>> if a > b: ... a = b Traceback (most recent call last): ... TypeError: tensor 'greater' has no value until a session runs it: ... Use Graph.where, which decides in each run, and for each element: >>> print(session.run(graph.where(a > b, a, b), {a: [50, 0]})) [50. 20.]",
"def _no_value(self, *_, **__): raise TypeError( f\"tensor '{self.name}' has no value until a session runs it: \" f\"use session.run({self.name}), or graph.where to choose by a condition\" )",
""
],
[
"Tensor",
"tensor.html#S206",
"Your if runs too early",
"You've seen tensors, the edges; next come the nodes, the operations.",
"__bool__ = __float__ = __int__ = __index__ = __len__ = __iter__ = _no_value __complex__ = __contains__ = __array__ = _no_value",
""
],
[
"Operations",
"ops.html#two-methods-make-an-operation",
"Two methods make an operation",
"Two methods make an operation To run an operation and to differentiate it, what must we know? Just two things. Here they are for the cube of a number: >>> class CubeOp(ElementwiseOp): ... def compute(self, np, x): ... return x * x * x ... ... def gradient(self, grad): ... (x,) = self.inputs ... return [grad * 3 * x * x] compute takes values, one for each input, and returns the value of the output. They're NumPy arrays, so x.sum() and x * x are NumPy's, and np is NumPy, or in another session a module with its names. It looks at these values and its own attributes only, and writes into neither. gradient takes a tensor, the incoming gradient: that of some result with respect to the output. It returns a list with a tensor for each input, its share of that input's gradient. A tensor has no value, so grad * 3 computes nothing; it adds an operation to the graph. ElementwiseOp says that each element is computed by itself. You can run this operation, differentiate it, differentiate it again, draw it, and compile it: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.variable([1.0, 2.0], name=\"x\") >>> cube = CubeOp([x], graph).output >>> (first,) = graph.gradients(cube, [x]) >>> (second,) = graph.gradients(first, [x]) >>> print(*Session(graph).run([cube, first, second])) [1. 8.] [ 3. 12.] [ 6. 12.] If yours makes floats of integers, say floating = True; see Types. Exercise 8 asks you for one.",
"import inspect import keyword import math import operator import re import numpy from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"values tensor incoming gradient share"
],
[
"Operations",
"ops.html#what-is-a-derivative-of-a-tensor",
"Where's the Jacobian? We never build it",
"Where's the Jacobian? We never build it Call the result L, the output y=f(x), and the incoming gradient g=∂L∂y, which is grad. The chain rule asks for ∂L∂x=g∂y∂x. If f works elementwise, that's a product of numbers, gf′(x). In general ∂y∂x is a matrix, the Jacobian: each element of y with respect to each of x. For a product of two 100 by 100 matrices that's 104×104 numbers, for each of the two. But we only need g times that matrix, the vector-Jacobian product. It has the shape of x, and that's all that gradient ever builds. How do we know that each is right? We check it numerically.",
"L y = f(x) g = \\frac{\\partial L}{\\partial y} \\frac{\\partial L}{\\partial x} = g \\frac{\\partial y}{\\partial x} f g f'(x) \\frac{\\partial y}{\\partial x} y x 10^4 \\times 10^4 g x L y=f(x) g=\\frac{\\partialL}{\\partialy} \\frac{\\partialL}{\\partialx}=g\\frac{\\partialy}{\\partialx} f gf'(x) \\frac{\\partialy}{\\partialx} y x 10^4\\times10^4 g x import inspect import keyword import math import operator import re import numpy from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"Jacobian vector-Jacobian product"
],
[
"Operations",
"ops.html#an-operation",
"A node of the graph",
"A node of the graph An operation knows its inputs and its output, which are tensors. The output's value isn't here: each run has its own. >>> cube.op.inputs, cube.op.output is cube ((\u003cTensor 'x' (2,) float64 = variable>,), True)",
"class BaseOp:",
"value"
],
[
"Operations",
"ops.html#BaseOp",
"BaseOp",
"A node of the graph. A subclass defines compute, and gradient if it has one. Keyword arguments become attributes. An operation that works elementwise derives from ElementwiseOp. Attributes inputs a tuple of tensors; we convert numbers and lists. output the tensor that it makes. graph the graph of both. control_inputs tensors that run before it, whenever it runs. Raises ValueError an input belongs to another graph; in a Graph, shapes don't fit. TypeError inputs isn't a list, or has more or fewer inputs than compute takes; in a Graph, an input isn't numeric.",
"class BaseOp:",
""
],
[
"Operations",
"ops.html#S96",
"A node of the graph",
"All other attributes are a subclass's own.",
"__slots__ = (\"__dict__\", \"control_inputs\", \"graph\", \"inputs\", \"output\")",
""
],
[
"Operations",
"ops.html#S99",
"A node of the graph",
"Whether the same inputs always give the same output. If not, we never merge it with another that looks the same.",
"pure = True",
""
],
[
"Operations",
"ops.html#S103",
"A node of the graph",
"Whether it works element by element, so that inputs broadcast.",
"elementwise = False",
""
],
[
"Operations",
"ops.html#S106",
"A node of the graph",
"Whether it holds its inputs constant, so that no gradient passes.",
"stops_gradient = False",
""
],
[
"Operations",
"ops.html#S109",
"A node of the graph",
"The inputs whose values compute needs. The others may arrive as None.",
"used = slice(None)",
""
],
[
"Operations",
"ops.html#S112",
"A node of the graph",
"Whether it's right even where NumPy overflows, so that we silence the warning.",
"overflows = False",
""
],
[
"Operations",
"ops.html#S115",
"A node of the graph",
"The positions of inputs that are shapes, not data.",
"sizes = () kind = \"base\"",
""
],
[
"Operations",
"ops.html#S121",
"A node of the graph",
"DotGradientOp is a \"dot_gradient\".",
"def __init_subclass__(cls): if \"kind\" not in vars(cls): words = re.sub(r\"(?\u003c=[a-z0-9])(?=[A-Z])\", \"_\", cls.__name__) cls.kind = words.removesuffix(\"Op\").rstrip(\"_\").lower() _, _, *taken = inspect.signature(cls.compute).parameters.values() must = [x for x in taken if x.default is x.empty and x.kind \u003c x.VAR_POSITIONAL] cls.operands = [x.name for x in must] cls.any_number = len(must) \u003c len(taken) def __init__(self, inputs, graph, name=None, **attributes): if not isinstance(inputs, (list, tuple)): raise TypeError( f\"inputs of {self.kind} come as a list, got {inputs!r}; write \" f\"{type(self).__name__}([x], graph).output\" ) if len(inputs) != len(self.operands) and not self.any_number: names, number = \", \".join(self.operands), len(self.operands) raise TypeError( f\"compute of {self.kind} takes ({names}): expected {number} \" f\"input{'s' * (number != 1)}, got {len(inputs)}\" ) if attributes: vars(self).update(attributes) self.graph, self.control_inputs = graph, () self.inputs = graph.operands(self, inputs) self.output = graph.tensor(op=self, name=name)",
""
],
[
"Operations",
"ops.html#BaseOp.compute",
"BaseOp.compute",
"The value of the output, from those of the inputs. np is NumPy, or a module with its names. Write numbers as Python's: beside a float32 array, 2 becomes a float32, but np.log(2) makes it a float64.",
"def compute(self, np, *values): raise NotImplementedError(f\"{type(self).__name__} defines no compute\")",
""
],
[
"Operations",
"ops.html#BaseOp.gradient",
"BaseOp.gradient",
"A list with each input's share of its gradient, or None. grad is the incoming gradient. A share may have the shape of the output, as if nothing had been broadcast; Graph.fit brings it to that of the input.",
"def gradient(self, grad): raise ValueError( f\"{self.output.origin} has no derivative; wrap it in stop_gradient to hold \" \"it constant\" )",
""
],
[
"Operations",
"ops.html#a-method-for-each",
"Where does graph.add come from?",
"Where does graph.add come from? You write graph.add(a, b), not AddOp([a, b], graph).output. An elementwise class writes that method itself, as soon as it's defined, with the names that compute gives its inputs. For the cube: def cube(self, x, name=None): return CubeOp([x], self, name).output >>> graph.cube(x).op.kind 'cube' It never replaces a method. Call your class SoftplusOp, and graph.softplus is still ours; yours is SoftplusOp([x], graph).output.",
"class Operations:",
""
],
[
"Operations",
"ops.html#Operations",
"Operations",
"The methods that a graph inherits, one for each elementwise operation.",
"class Operations:",
""
],
[
"Operations",
"ops.html#add_method",
"add_method",
"Give Operations the method that makes an operation of cls. A method that exists stays, unless you define the same class again.",
"def add_method(cls): known = getattr(Operations, cls.kind, None) if known and repr(known.__globals__[\"cls\"]) != repr(cls): return taken = {\"self\", \"name\", \"cls\"}.intersection(cls.operands) if keyword.iskeyword(cls.kind) or not cls.kind.isidentifier() or taken: return inputs = \", \".join(cls.operands) names = {\"cls\": cls, \"__name__\": __name__} exec( f\"def {cls.kind}(self, {inputs}, name=None):\\n\" f\" return cls([{inputs}], self, name).output\", names, ) method = names[cls.kind] method.__doc__, method.__module__ = cls.__doc__, cls.__module__ setattr(Operations, cls.kind, method)",
""
],
[
"Operations",
"ops.html#ElementwiseOp",
"ElementwiseOp",
"An operation on each element by itself, whose inputs broadcast.",
"class ElementwiseOp(BaseOp): elementwise = True def __init_subclass__(cls): super().__init_subclass__() if cls.compute is not BaseOp.compute: add_method(cls)",
""
],
[
"Operations",
"ops.html#arithmetic",
"Nudge the inputs, and see",
"Nudge the inputs, and see Nudge the inputs by da and db. By how much, dy, does the output move? For a sum, dy=da+db.",
"da db dy dy = da + db da db dy dy=da+db class AddOp(ElementwiseOp): def compute(self, np, a, b): return a + b def gradient(self, grad): return [grad, grad]",
""
],
[
"Operations",
"ops.html#AddOp",
"AddOp",
"y = a + b, so dy/da = dy/db = 1.",
"class AddOp(ElementwiseOp): def compute(self, np, a, b): return a + b def gradient(self, grad): return [grad, grad]",
""
],
[
"Operations",
"ops.html#SubOp",
"SubOp",
"y = a - b, so dy/da = 1 and dy/db = -1.",
"class SubOp(ElementwiseOp): def compute(self, np, a, b): return a - b def gradient(self, grad): return [grad, -grad]",
""
],
[
"Operations",
"ops.html#S248",
"MulOp",
"For a product, (a+da)(b+db)−ab=bda+adb+dadb. The last term is a tiny part of a tiny nudge, and vanishes beside the others: dy=bda+adb.",
"(a + da)(b + db) - a b = b\\,da + a\\,db + da\\,db dy = b\\,da + a\\,db (a+da)(b+db)-ab=b\\,da+a\\,db+da\\,db dy=b\\,da+a\\,db class MulOp(ElementwiseOp): def compute(self, np, a, b): return a * b def gradient(self, grad): a, b = self.inputs return [grad * b, grad * a]",
""
],
[
"Operations",
"ops.html#MulOp",
"MulOp",
"y = a b, so dy/da = b and dy/db = a.",
"class MulOp(ElementwiseOp): def compute(self, np, a, b): return a * b def gradient(self, grad): a, b = self.inputs return [grad * b, grad * a]",
""
],
[
"Operations",
"ops.html#S263",
"DivOp",
"A quotient y=a/b is a product in disguise, yb=a. So bdy+ydb=da, and dy=da/b−(y/b)db.",
"y = a / b y b = a b\\,dy + y\\,db = da dy = da / b - (y / b)\\,db y=a/b yb=a b\\,dy+y\\,db=da dy=da/b-(y/b)\\,db class DivOp(ElementwiseOp): def compute(self, np, a, b): return a / b def gradient(self, grad): _, b = self.inputs return [grad / b, -grad * self.output / b]",
""
],
[
"Operations",
"ops.html#DivOp",
"DivOp",
"y = a / b, so dy/da = 1 / b and dy/db = -a / b² = -y / b.",
"class DivOp(ElementwiseOp): def compute(self, np, a, b): return a / b def gradient(self, grad): _, b = self.inputs return [grad / b, -grad * self.output / b]",
""
],
[
"Operations",
"ops.html#NegOp",
"NegOp",
"y = -x, so dy/dx = -1.",
"class NegOp(ElementwiseOp): def compute(self, np, x): return -x def gradient(self, grad): return [-grad]",
""
],
[
"Operations",
"ops.html#S288",
"PowOp",
"ab=eblna gives both derivatives, but two corners need care. With respect to a: where a=b=0, the formula says 0·0−1, which is no number. We raise to 1 there instead, and 0·01 is 0, as it should be: a power of 0 is the constant 1. With respect to b: for a≤0 there's no logarithm, and we say 0.",
"a^b = e^{b \\ln a} a a = b = 0 0 \\cdot 0^{-1} 0 \\cdot 0^1 b a \\le 0 a^b=e^{b\\lna} a a=b=0 0\\cdot0^{-1} 0\\cdot0^1 b a\\le0 class PowOp(ElementwiseOp): def compute(self, np, a, b): return a**b def gradient(self, grad): (a, b), graph = self.inputs, self.graph at_zero = graph.where(graph.equal(b, 0), 1, b - 1) lower = a ** graph.where(graph.equal(a, 0), at_zero, b - 1) log_a = graph.log(graph.where(a > 0, a, 1)) power = graph.where(a > 0, self.output, 0) return [grad * b * lower, grad * power * log_a]",
""
],
[
"Operations",
"ops.html#PowOp",
"PowOp",
"y = a^b, so dy/da = b a^(b-1) and dy/db = y ln a, 0 where a is not positive.",
"class PowOp(ElementwiseOp): def compute(self, np, a, b): return a**b def gradient(self, grad): (a, b), graph = self.inputs, self.graph at_zero = graph.where(graph.equal(b, 0), 1, b - 1) lower = a ** graph.where(graph.equal(a, 0), at_zero, b - 1) log_a = graph.log(graph.where(a > 0, a, 1)) power = graph.where(a > 0, self.output, 0) return [grad * b * lower, grad * power * log_a]",
""
],
[
"Operations",
"ops.html#S309",
"SquareOp",
"A square is a product, and each factor gets a share: x+x=2x.",
"x + x = 2x x+x=2x class SquareOp(ElementwiseOp): def compute(self, np, x): return x * x def gradient(self, grad): (x,) = self.inputs return [grad * 2 * x]",
""
],
[
"Operations",
"ops.html#SquareOp",
"SquareOp",
"y = x², so dy/dx = 2 x.",
"class SquareOp(ElementwiseOp): def compute(self, np, x): return x * x def gradient(self, grad): (x,) = self.inputs return [grad * 2 * x]",
""
],
[
"Operations",
"ops.html#S323",
"SqrtOp",
"The root is the y with y2=x, so 2ydy=dx. We already have y: it's self.output, and cheaper than another root.",
"y y^2 = x 2 y\\,dy = dx y y y^2=x 2y\\,dy=dx y class SqrtOp(ElementwiseOp): def compute(self, np, x): return np.sqrt(x) def gradient(self, grad): return [grad / (2 * self.output)]",
""
],
[
"Operations",
"ops.html#SqrtOp",
"SqrtOp",
"y = √x, so dy/dx = 1 / (2 y).",
"class SqrtOp(ElementwiseOp): def compute(self, np, x): return np.sqrt(x) def gradient(self, grad): return [grad / (2 * self.output)]",
""
],
[
"Operations",
"ops.html#S337",
"ExpOp",
"ex+h=exeh, and for a tiny h, eh is nearly 1+h. So the change is exh.",
"e^{x + h} = e^x e^h h e^h 1 + h e^x h e^{x+h}=e^xe^h h e^h 1+h e^xh class ExpOp(ElementwiseOp): def compute(self, np, x): return np.exp(x) def gradient(self, grad): return [grad * self.output]",
""
],
[
"Operations",
"ops.html#ExpOp",
"ExpOp",
"y = e^x, so dy/dx = y.",
"class ExpOp(ElementwiseOp): def compute(self, np, x): return np.exp(x) def gradient(self, grad): return [grad * self.output]",
""
],
[
"Operations",
"ops.html#S351",
"LogOp",
"The logarithm is the y with ey=x, so eydy=dx, that is xdy=dx.",
"y e^y = x e^y\\,dy = dx x\\,dy = dx y e^y=x e^y\\,dy=dx x\\,dy=dx class LogOp(ElementwiseOp): def compute(self, np, x): return np.log(x) def gradient(self, grad): (x,) = self.inputs return [grad / x]",
""
],
[
"Operations",
"ops.html#LogOp",
"LogOp",
"y = ln x, so dy/dx = 1 / x.",
"class LogOp(ElementwiseOp): def compute(self, np, x): return np.log(x) def gradient(self, grad): (x,) = self.inputs return [grad / x]",
""
],
[
"Operations",
"ops.html#activations",
"What's an activation for?",
"What's an activation for? Two layers without one are only one: (XW0)W1=X(W0W1). So we put something between them that's not linear. σ(x)=1/(1+e−x), and u=e−x has the derivative −u. A fraction 1/v has −1/v2, and so σ′=u(1+u)2=11+u·u1+u=y(1−y) because 1−y=1−11+u=u1+u. It's at most a quarter, at 0, and vanishes far out, where the sigmoid is flat. >>> p = graph.sigmoid([-1000.0, 0.0, 5.0]) >>> print(Session(graph).run(p).round(8)) [0. 0.5 0.99330715] Far to the left u overflows to infinity, and 1/∞=0 is right. overflows tells the session to silence NumPy's warning.",
"(X W_0) W_1 = X (W_0 W_1) \\sigma(x) = 1 / (1 + e^{-x}) u = e^{-x} -u 1 / v -1 / v^2 \\sigma' = \\frac{u}{(1 + u)^2} = \\frac{1}{1 + u} \\cdot \\frac{u}{1 + u} = y (1 - y) 1 - y = 1 - \\frac{1}{1 + u} = \\frac{u}{1 + u} u 1 / \\infty = 0 (XW)W=X(WW) \\sigma(x)=1/(1+e^{-x}) u=e^{-x} -u 1/v -1/v^2 \\sigma'=\\frac{u}{(1+u)^2}=\\frac{1}{1+u}\\cdot\\frac{u}{1+u}=y(1-y) 1-y=1-\\frac{1}{1+u}=\\frac{u}{1+u} u 1/\\infty=0 class SigmoidOp(ElementwiseOp): overflows = True def compute(self, np, x): return 1 / (1 + np.exp(-x)) def gradient(self, grad): return [grad * self.output * (1 - self.output)]",
""
],
[
"Operations",
"ops.html#SigmoidOp",
"SigmoidOp",
"y = 1 / (1 + e^(-x)), so dy/dx = y (1 - y).",
"class SigmoidOp(ElementwiseOp): overflows = True def compute(self, np, x): return 1 / (1 + np.exp(-x)) def gradient(self, grad): return [grad * self.output * (1 - self.output)]",
""
],
[
"Operations",
"ops.html#S398",
"TanhOp",
"tanhx=s/c with s=12(ex−e−x) and c=12(ex+e−x). Each is the derivative of the other, so y′=(c·c−s·s)/c2=1−y2. It's a sigmoid, stretched to go from -1 to 1: tanhx=2σ(2x)−1.",
"\\tanh x = s / c s = \\frac{1}{2} (e^x - e^{-x}) c = \\frac{1}{2} (e^x + e^{-x}) y' = (c \\cdot c - s \\cdot s) / c^2 = 1 - y^2 \\tanh x = 2 \\sigma(2x) - 1 \\tanhx=s/c s=\\frac{1}{2}(e^x-e^{-x}) c=\\frac{1}{2}(e^x+e^{-x}) y'=(c\\cdotc-s\\cdots)/c^2=1-y^2 \\tanhx=2\\sigma(2x)-1 class TanhOp(ElementwiseOp): def compute(self, np, x): return np.tanh(x) def gradient(self, grad): return [grad * (1 - self.output * self.output)]",
""
],
[
"Operations",
"ops.html#TanhOp",
"TanhOp",
"y = tanh x, so dy/dx = 1 - y².",
"class TanhOp(ElementwiseOp): def compute(self, np, x): return np.tanh(x) def gradient(self, grad): return [grad * (1 - self.output * self.output)]",
""
],
[
"Operations",
"ops.html#S414",
"ReluOp",
"Nothing is cheaper than a relu, and where it isn't 0 it isn't flat. That keeps the gradient alive through many layers. (Why stop_gradient? A comparison has no derivative, as you'll see next.)",
"class ReluOp(ElementwiseOp): def compute(self, np, x): return np.maximum(x, 0) def gradient(self, grad): (x,) = self.inputs return [grad * self.graph.stop_gradient(x > 0)]",
""
],
[
"Operations",
"ops.html#ReluOp",
"ReluOp",
"y = max(x, 0), so dy/dx = 1 where x > 0, else 0; at 0, where there is none, 0.",
"class ReluOp(ElementwiseOp): def compute(self, np, x): return np.maximum(x, 0) def gradient(self, grad): (x,) = self.inputs return [grad * self.graph.stop_gradient(x > 0)]",
""
],
[
"Operations",
"ops.html#comparing-and-choosing",
"You can't differentiate a comparison",
"You can't differentiate a comparison It jumps from false to true, and wherever its derivative exists, that's zero. If you ask for it, you've most likely taken the accuracy for the loss. So gradient refuses, as BaseOp does.",
"class CompareOp(ElementwiseOp):",
""
],
[
"Operations",
"ops.html#CompareOp",
"CompareOp",
"An elementwise operation that returns truth values, and has no derivative.",
"class CompareOp(ElementwiseOp):",
""
],
[
"Operations",
"ops.html#EqualOp",
"EqualOp",
"Whether a = b.",
"class EqualOp(CompareOp): def compute(self, np, a, b): return a == b",
""
],
[
"Operations",
"ops.html#GreaterOp",
"GreaterOp",
"Whether a > b.",
"class GreaterOp(CompareOp): def compute(self, np, a, b): return a > b",
""
],
[
"Operations",
"ops.html#GreaterEqualOp",
"GreaterEqualOp",
"Whether a >= b.",
"class GreaterEqualOp(CompareOp): def compute(self, np, a, b): return a >= b",
""
],
[
"Operations",
"ops.html#LessOp",
"LessOp",
"Whether a \u003c b.",
"class LessOp(CompareOp): def compute(self, np, a, b): return a \u003c b",
""
],
[
"Operations",
"ops.html#LessEqualOp",
"LessEqualOp",
"Whether a \u003c= b.",
"class LessEqualOp(CompareOp): def compute(self, np, a, b): return a \u003c= b",
""
],
[
"Operations",
"ops.html#S476",
"WhereOp",
"A condition only chooses, and the gradient goes to what was chosen.",
"class WhereOp(ElementwiseOp): def compute(self, np, condition, a, b): return np.where(condition, a, b) def gradient(self, grad): condition, where = self.inputs[0], self.graph.where return [None, where(condition, grad, 0), where(condition, 0, grad)]",
"chooses"
],
[
"Operations",
"ops.html#WhereOp",
"WhereOp",
"y = a where the condition c holds, else b, so dy/da = c and dy/db = 1 - c.",
"class WhereOp(ElementwiseOp): def compute(self, np, condition, a, b): return np.where(condition, a, b) def gradient(self, grad): condition, where = self.inputs[0], self.graph.where return [None, where(condition, grad, 0), where(condition, 0, grad)]",
""
],
[
"Operations",
"ops.html#S490",
"MaximumOp",
"At a tie there's no derivative, but the gradient must go somewhere. Exercise 10 asks you for another choice.",
"class MaximumOp(ElementwiseOp): def compute(self, np, a, b): return np.maximum(a, b) def gradient(self, grad): (a, b), where = self.inputs, self.graph.where return [where(a >= b, grad, 0), where(a >= b, 0, grad)]",
""
],
[
"Operations",
"ops.html#MaximumOp",
"MaximumOp",
"y = max(a, b): the gradient goes to the larger; at a tie, to a.",
"class MaximumOp(ElementwiseOp): def compute(self, np, a, b): return np.maximum(a, b) def gradient(self, grad): (a, b), where = self.inputs, self.graph.where return [where(a >= b, grad, 0), where(a >= b, 0, grad)]",
""
],
[
"Operations",
"ops.html#StopGradientOp",
"StopGradientOp",
"y = x, held constant: no gradient passes.",
"class StopGradientOp(ElementwiseOp): stops_gradient = True def compute(self, np, x): return x",
""
],
[
"Operations",
"ops.html#reductions",
"The gradient of a sum is a copy",
"The gradient of a sum is a copy y=∑ixi has ∂y∂xi=1 for each i. So every element that was summed gets the incoming gradient as it is, and Graph.fit repeats it. But along which axis? We put back the axes that the sum took away, with size 1, or a square matrix would get its gradient transposed, without a word. Figure 1 A sum forwards is a copy backwards. >>> x = graph.variable([[1.0, 2.0], [3.0, 4.0]]) >>> rows = graph.sum(x, axis=1) >>> (by_x,) = graph.gradients(graph.square(rows), [x]) >>> print(*Session(graph).run([rows, by_x])) [3. 7.] [[ 6. 6.] [14. 14.]]",
"y = \\sum_i x_i \\frac{\\partial y}{\\partial x_i} = 1 i y=\\sumx \\frac{\\partialy}{\\partialx}=1 i def as_axes(axis): if isinstance(axis, (list, tuple)): return tuple(map(operator.index, axis)) return axis if axis is None else operator.index(axis)",
""
],
[
"Operations",
"ops.html#as_axes",
"as_axes",
"axis as None, an int, or a tuple of ints.",
"def as_axes(axis): if isinstance(axis, (list, tuple)): return tuple(map(operator.index, axis)) return axis if axis is None else operator.index(axis)",
""
],
[
"Operations",
"ops.html#ReduceOp",
"ReduceOp",
"An operation over axes: axis is an int, a tuple, or None for all. With keepdims they stay, with size 1. Make your own by Graph.reduce.",
"class ReduceOp(BaseOp):",
""
],
[
"Operations",
"ops.html#ReduceOp.with_axes",
"ReduceOp.with_axes",
"tensor, shaped like the output, with the axes put back.",
"def with_axes(self, tensor): if self.keepdims or self.axis is None: return tensor return self.graph.expand_dims(tensor, self.axis)",
""
],
[
"Operations",
"ops.html#SumOp",
"SumOp",
"y = sum of x over axis, so dy/dx = 1.",
"class SumOp(ReduceOp): def compute(self, np, x): return x.sum(axis=self.axis, keepdims=self.keepdims) def gradient(self, grad): return [self.with_axes(grad)]",
""
],
[
"Operations",
"ops.html#S562",
"MaxOp",
"Only the largest element matters, as long as it stays the largest. If several tie, they share the gradient equally.",
"class MaxOp(ReduceOp): def compute(self, np, x): return x.max(axis=self.axis, keepdims=self.keepdims) def gradient(self, grad): (x,), graph = self.inputs, self.graph largest = graph.equal(x, self.with_axes(self.output)) chosen = graph.stop_gradient(largest) ties = graph.sum(chosen, axis=self.axis, keepdims=True) return [self.with_axes(grad) * chosen / ties]",
""
],
[
"Operations",
"ops.html#MaxOp",
"MaxOp",
"y = the largest of x over axis: the gradient goes there; ties share it.",
"class MaxOp(ReduceOp): def compute(self, np, x): return x.max(axis=self.axis, keepdims=self.keepdims) def gradient(self, grad): (x,), graph = self.inputs, self.graph largest = graph.equal(x, self.with_axes(self.output)) chosen = graph.stop_gradient(largest) ties = graph.sum(chosen, axis=self.axis, keepdims=True) return [self.with_axes(grad) * chosen / ties]",
""
],
[
"Operations",
"ops.html#CountOp",
"CountOp",
"How many elements of x a sum over axis adds up; a mean divides by it.",
"class CountOp(ReduceOp): stops_gradient = True keepdims = False def compute(self, np, x): axes = range(x.ndim) if self.axis is None else numpy.atleast_1d(self.axis) return x.dtype.type(math.prod(x.shape[axis] for axis in axes))",
""
],
[
"Operations",
"ops.html#matrix-product",
"Why GBT? The gradient of a matrix product",
"Why GBT? The gradient of a matrix product Y=AB has yij=∑kaikbkj. Nudge aik, and only row i of Y moves, each yij by bkj times the nudge. The chain rule adds up over all j. With gij=∂L∂yij in G: ∂L∂aik=∑j∂L∂yij∂yij∂aik=∑jgijbkj=∑jgij(BT)jk That's row i of G times column k of BT, so ∂L∂A=GBT. Figure 2 Follow one element of A to a row of Y, and back. In the same way bkj moves only column j, by aik, so ∂L∂bkj=∑iaikgij, that is ∂L∂B=ATG. Forgotten which? The shapes remind you: G has that of Y, and only one of the products has that of A. A tensor that's used twice gets both shares. For the sum of the elements of MM, G is all ones: >>> M = graph.variable([[1.0, 2.0], [3.0, 4.0]]) >>> (by_M,) = graph.gradients(M @ M, [M]) >>> print(Session(graph).run(by_M)) [[ 7. 11.] [ 9. 13.]] We transpose by (1, 0), which exchanges the axes of a matrix, and fails for anything else.",
"G B^T Y = A B y_{ij} = \\sum_k a_{ik} b_{kj} a_{ik} i Y y_{ij} b_{kj} j g_{ij} = \\frac{\\partial L}{\\partial y_{ij}} G \\frac{\\partial L}{\\partial a_{ik}} = \\sum_j \\frac{\\partial L}{\\partial y_{ij}} \\frac{\\partial y_{ij}}{\\partial a_{ik}} = \\sum_j g_{ij} b_{kj} = \\sum_j g_{ij} (B^T)_{jk} i G k B^T \\frac{\\partial L}{\\partial A} = G B^T b_{kj} j a_{ik} \\frac{\\partial L}{\\partial b_{kj}} = \\sum_i a_{ik} g_{ij} \\frac{\\partial L}{\\partial B} = A^T G G Y A M M G GB^T Y=AB y=\\sumab a i Y y b j g=\\frac{\\partialL}{\\partialy} G \\frac{\\partialL}{\\partiala}=\\sum\\frac{\\partialL}{\\partialy}\\frac{\\partialy}{\\partiala}=\\sumgb=\\sumg(B^T) i G k B^T \\frac{\\partialL}{\\partialA}=GB^T b j a \\frac{\\partialL}{\\partialb}=\\sumag \\frac{\\partialL}{\\partialB}=A^TG G Y A MM G class DotOp(BaseOp): def compute(self, np, a, b): return a.dot(b) def gradient(self, grad): (a, b), transpose = self.inputs, self.graph.transpose by_b = transpose(a, (1, 0)) @ grad by_a = grad @ transpose(b, (1, 0)) return [by_a, by_b]",
""
],
[
"Operations",
"ops.html#DotOp",
"DotOp",
"Y = A B for matrices, so dL/dA = G B^T and dL/dB = A^T G.",
"class DotOp(BaseOp): def compute(self, np, a, b): return a.dot(b) def gradient(self, grad): (a, b), transpose = self.inputs, self.graph.transpose by_b = transpose(a, (1, 0)) @ grad by_a = grad @ transpose(b, (1, 0)) return [by_a, by_b]",
""
],
[
"Operations",
"ops.html#TransposeOp",
"TransposeOp",
"Y = X^T, all axes in reverse order, so dL/dX = G^T.",
"class TransposeOp(BaseOp): def compute(self, np, x): return x.T def gradient(self, grad): return [self.graph.transpose(grad)]",
""
],
[
"Operations",
"ops.html#PermuteOp",
"PermuteOp",
"Axis i of the output is axis axes[i] of x.",
"class PermuteOp(BaseOp): def compute(self, np, x): return x.transpose(self.axes) def gradient(self, grad): inverse = sorted(range(len(self.axes)), key=self.axes.__getitem__) return [self.graph.transpose(grad, inverse)]",
""
],
[
"Operations",
"ops.html#shapes",
"A shape is an input, too",
"A shape is an input, too Some operations take a shape as an input like any other: a vector of integers.",
"class ShapeOp(BaseOp): stops_gradient = True",
""
],
[
"Operations",
"ops.html#ShapeOp",
"ShapeOp",
"The shape of x as integers of type dtype. The values of x do not matter.",
"class ShapeOp(BaseOp): stops_gradient = True",
""
],
[
"Operations",
"ops.html#S669",
"A shape is an input, too",
"By NumPy, whatever np is: a compiler must know shapes before it runs.",
"def compute(self, np, x): return numpy.array(x.shape, dtype=self.dtype)",
""
],
[
"Operations",
"ops.html#ReshapeOp",
"ReshapeOp",
"The elements of x, in their order, in another shape; one size may be -1.",
"class ReshapeOp(BaseOp): sizes = (1,) def compute(self, np, x, shape): return x.reshape(shape) def gradient(self, grad): (x, _), graph = self.inputs, self.graph return [graph.reshape(grad, graph.shape(x)), None]",
""
],
[
"Operations",
"ops.html#BroadcastOp",
"BroadcastOp",
"x repeated to a larger shape.",
"class BroadcastOp(BaseOp): sizes = (1,) def compute(self, np, x, shape): return np.broadcast_to(x, shape) def gradient(self, grad): return [grad, None]",
""
],
[
"Operations",
"ops.html#ExpandDimsOp",
"ExpandDimsOp",
"x with more axes, of size 1, at the places axis of the output.",
"class ExpandDimsOp(BaseOp): def compute(self, np, x): return np.expand_dims(x, self.axis) def gradient(self, grad): (x,), graph = self.inputs, self.graph return [graph.reshape(grad, graph.shape(x))]",
""
],
[
"Operations",
"ops.html#effects",
"Two operations that do something",
"Two operations that do something The rest only compute; these two act, and have no derivative. Next, see how all these gradients come together.",
"class AssignOp(BaseOp): pure = False replaces = None used = slice(1, None) def compute(self, np, variable, value): return value",
""
],
[
"Operations",
"ops.html#AssignOp",
"AssignOp",
"The variable's next value, which is also the output. During the run the variable keeps its value. If the run succeeds, the session gives it the new one. An assigned placeholder acts as a variable without a first value. replaces is the output of an earlier assignment that this one replaces, or None.",
"class AssignOp(BaseOp): pure = False replaces = None used = slice(1, None) def compute(self, np, variable, value): return value",
""
],
[
"Operations",
"ops.html#GroupOp",
"GroupOp",
"Runs all of its inputs; its own value is None.",
"class GroupOp(BaseOp): pure = False used = slice(0) def compute(self, np, *values): return None",
""
],
[
"Gradients",
"gradients.html#how-does-a-graph-differentiate-itself-it-walks-back",
"How does a graph differentiate itself? It walks back",
"How does a graph differentiate itself? It walks back The gradient of a number y with respect to a tensor n tells you how much y moves when you nudge each element of n. So it has the shape of n. (If y has several elements, we take their sum.) How does a nudge of n reach y? Through the operations that consume it. The chain rule adds up what comes back from each. With m for the outputs of the consumers of n: ∂y∂n=∑m∂y∂m∂m∂n Each term is a share of the gradient. Read them as numbers first; what the product is for tensors, each operation knows, and ops.py derives. Take y=x·x2 at x=3, with s=x2 in between: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.variable(3.0, name=\"x\") >>> y = graph.mul(x, graph.square(x, name=\"s\"), name=\"y\") >>> (y_by_x,) = graph.gradients(y, [x]) Figure 1 In orange, the walk back from y to x. Two shares meet at the top. We start at y, whose gradient with respect to itself is 1, and walk back, last made first. y is a product. The derivative with respect to each factor is the other one: s gets 1·x=3, and x gets a share of 1·s=9. s is a square, whose derivative is 2x=6. Its own gradient is 3, so x gets another share, 3·6=18. The gradient of x is the sum of its shares, 9+18=27. And by hand: y=x3 has the derivative 3x2=27. >>> names = [\"y_by_s\", \"y_by_x_via_y\", \"y_by_x_via_s\", \"y_by_x\"] >>> by_name = {tensor.name: tensor for tensor in graph.tensors} >>> print(*Session(graph).run([by_name[name] for name in names])) 3.0 9.0 18.0 27.0 Hold on to the sum. Let the second share overwrite the first, and you'd get 18: that's the classic mistake. What would x + x have as its derivative, if one share overwrote the other? 1 instead of 2. Each use of x contributes a share of 1, and both count.",
"m n \\frac{\\partial y}{\\partial n} = \\sum_m \\frac{\\partial y}{\\partial m} \\frac{\\partial m}{\\partial n} y = x \\cdot x^2 x = 3 s = x^2 1 \\cdot x = 3 1 \\cdot s = 9 2x = 6 3 \\cdot 6 = 18 9 + 18 = 27 y = x^3 3 x^2 = 27 m n \\frac{\\partialy}{\\partialn}=\\sum\\frac{\\partialy}{\\partialm}\\frac{\\partialm}{\\partialn} y=x\\cdotx^2 x=3 s=x^2 1\\cdotx=3 1\\cdots=9 2x=6 3\\cdot6=18 9+18=27 y=x^3 3x^2=27 import functools import operator from collections import defaultdict from ops import BaseOp from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"chain rule share"
],
[
"Gradients",
"gradients.html#order",
"Why must the order be topological?",
"Why must the order be topological? Because a tensor may hand on its gradient only when that's complete: when all of its consumers, the operations that it's an input of, have contributed. Try the obvious walk instead, layer by layer from the result. Let b be used twice, at once and after a detour: >>> graph = Graph() >>> a = graph.variable(1.0, name=\"a\") >>> b = graph.exp(a, name=\"b\") >>> d = graph.tanh(graph.tanh(b, name=\"c\"), name=\"d\") >>> y = graph.add(b, d, name=\"y\") >>> [op.output.name for op in topological_order([y])] ['b', 'c', 'd', 'y'] Figure 2 Two ways from b to y, one of them longer. One layer behind y are b and d. Give b its turn, and it hands on to a what has come from y directly. The share that travels through d and c hasn't arrived, and will be too late: >>> (y_by_a,) = graph.gradients(y, [a]) >>> direct = Session(graph).run(graph.gradients(b, [a])[0]) >>> print(direct.round(4), Session(graph).run(y_by_a).round(4)) 2.7183 2.7383 The first number is what the direct way alone gives; the second is right. Which order works, and where do we get it? We have it already. You can make an operation only when its inputs are there, so tensors are made in a topological order: each after all that it needs. A run follows it forwards, and Graph.gradients backwards. You could also follow every path by itself. That's right too, eventually. In this ladder each number is the one above added to itself: two ways from rung to rung, 2n from top to bottom. But there are only n operations, and in our walk each has one turn. Here you could give each tensor its turn, in three orders. For that, the page needs JavaScript.Figure 3 Give each tensor its turn, in three orders. To find the operations that are needed we keep a list of tensors to look at, and don't let a function call itself: Python gives up after a thousand nested calls, and a graph may be a hundred thousand operations deep. Exercise 4 asks you for an order when nothing has kept the order of making.",
"2^n n 2^n n def topological_order(tensors, given=()): found, waiting = set(), list(tensors) while waiting: tensor = waiting.pop() if tensor not in found and tensor not in given: found.add(tensor) if tensor.op is not None: waiting.extend(tensor.op.inputs) waiting.extend(tensor.op.control_inputs) made = (tensor for tensor in found if tensor.op is not None) return [tensor.op for tensor in sorted(made, key=operator.attrgetter(\"index\"))]",
"consumers topological order"
],
[
"Gradients",
"gradients.html#topological_order",
"topological_order",
"The operations that tensors depend on, each after those that it needs. Operations that only lead to tensors in given are left out: we know their values.",
"def topological_order(tensors, given=()): found, waiting = set(), list(tensors) while waiting: tensor = waiting.pop() if tensor not in found and tensor not in given: found.add(tensor) if tensor.op is not None: waiting.extend(tensor.op.inputs) waiting.extend(tensor.op.control_inputs) made = (tensor for tensor in found if tensor.op is not None) return [tensor.op for tensor in sorted(made, key=operator.attrgetter(\"index\"))]",
""
],
[
"Gradients",
"gradients.html#reverse-accumulation",
"One walk, all gradients",
"One walk, all gradients That's the whole algorithm, reverse accumulation, better known as backpropagation. When the turn comes to an operation, its output's gradient is complete. We ask the operation for a share for each of its inputs, by BaseOp.gradient, and we ask once, however many paths lead through it. Why backwards? Because one walk from y finds the gradients with respect to all parameters, a million if need be, for about the cost of computing y again. A walk forwards from one parameter finds the derivative with respect to that one only. And why may you call it twice? We compute nothing here, and store nothing in the tensors. Gradients are new tensors of the same graph. So you can fetch them, draw them, and differentiate them again: at x=3, y=x·x2 has y′=3x2=27 and y″=6x=18. >>> graph = Graph() >>> x = graph.variable(3.0, name=\"x\") >>> (first,) = graph.gradients(x * graph.square(x), [x]) >>> (second,) = graph.gradients(first, [x]) >>> print(*Session(graph).run([first, second])) 27.0 18.0 Exercise 6 asks how a gradient changes along a direction, when there are too many parameters for a matrix of second derivatives.",
"x = 3 y = x \\cdot x^2 y' = 3 x^2 = 27 y'' = 6 x = 18 x=3 y=x\\cdotx^2 y'=3x^2=27 y''=6x=18 class Gradients:",
"reverse accumulation"
],
[
"Gradients",
"gradients.html#Gradients",
"Gradients",
"The part of a graph that differentiates it.",
"class Gradients:",
""
],
[
"Gradients",
"gradients.html#S159",
"One walk, all gradients",
"The tensor whose gradient is handed on right now. Only rooms ask for it, to name what is made meanwhile.",
"differentiating = None",
""
],
[
"Gradients",
"gradients.html#Gradients.gradients",
"Gradients.gradients",
"The gradient of y with respect to each of xs, a list of tensors. Each has the shape of its x. If y isn't a scalar, it's the gradient of the sum of its elements, weighted by grad_y if you give that. Where no gradient arrives there are zeros, or None without zeros. Raises ValueError an operation on the way from an x to y has no derivative.",
"def gradients(self, y, xs, grad_y=None, zeros=True):",
""
],
[
"Gradients",
"gradients.html#S173",
"One walk, all gradients",
"Of all that y depends on, only what the xs reach lies on a path to it.",
"reached, path = set(xs), [] for op in topological_order([y]): if not op.stops_gradient and not reached.isdisjoint(op.inputs): reached.add(op.output) path.append(op)",
""
],
[
"Gradients",
"gradients.html#S179",
"One walk, all gradients",
"For each tensor its shares, each with the output that it came back from.",
"shares, gradients = defaultdict(list), {} if y in reached: seed = self.convert(1 if grad_y is None else grad_y) shares[y].append((self.fit(seed, y), y)) for op in reversed(path):",
""
],
[
"Gradients",
"gradients.html#S185",
"One walk, all gradients",
"An output that's only compared gets no share, and needs no derivative.",
"if op.output in shares: self.differentiating = op.output grad = self._total(shares.pop(op.output), y, op.output) gradients[op.output] = grad for x, share in zip(op.inputs, self._shares(op, grad)): if share is not None and x in reached: share = self.fit(self.convert(share), x) shares[x].append((share, op.output)) self.differentiating = y for x in xs: if x in shares: gradients[x] = self._total(shares.pop(x), y, x) elif x not in gradients and zeros: gradients[x] = self.fit(self.constant(0), x) return [gradients.get(x) for x in xs]",
""
],
[
"Gradients",
"gradients.html#Gradients._shares",
"Gradients._shares",
"What op says: a share for each of its inputs.",
"def _shares(self, op, grad): shares = op.gradient(grad) if not isinstance(shares, (list, tuple)) or len(shares) != len(op.inputs): raise ValueError( f\"the gradient of {op.kind} must be a list of {len(op.inputs)}, one \" f\"for each input, got {shares!r}\" ) return shares",
""
],
[
"Gradients",
"gradients.html#Gradients._total",
"Gradients._total",
"The gradient of y with respect to x: the sum of its shares.",
"def _total(self, shares, y, x): if len(shares) > 1: for share, consumer in shares: self.label(share, y, x, consumer) total = functools.reduce(self.add, [share for share, _ in shares]) self.label(total, y, x) return total",
""
],
[
"Gradients",
"gradients.html#Gradients.label",
"Gradients.label",
"Called for each gradient; if it has several shares, also for each of them. A share came back from the tensor consumer.",
"def label(self, gradient, y, x, consumer=None):",
""
],
[
"Gradients",
"gradients.html#Gradients.fit",
"Gradients.fit",
"share, summed or repeated to have the shape of like.",
"def fit(self, share, like): return FitOp([share, like], self).output",
""
],
[
"Gradients",
"gradients.html#gradients-and-broadcasting",
"Who sums a bias's gradient?",
"Who sums a bias's gradient? Add a bias of shape (4,) to a batch of shape (8, 4). NumPy broadcasts: it repeats the smaller operand along the axes that it lacks, or has with size 1. A sum's derivative is 1, so the incoming gradient is handed on as it is, with its shape (8, 4). As the gradient of a bias that's wrong, and not only in its shape: each bj took part in 8 sums yij=xij+bj, so it must get a share from each. ∂L∂bj=∑i∂L∂yij Here you could choose two shapes, and see what is repeated and summed. For that, the page needs JavaScript.Figure 4 What broadcasting repeats, the gradient sums. >>> import numpy >>> graph = Graph() >>> X = graph.constant(numpy.ones((8, 4))) >>> b = graph.variable(numpy.zeros(4)) >>> (gradient,) = graph.gradients(graph.sum(X + b), [b]) >>> print(gradient.shape, Session(graph).run(gradient)) (4,) [8. 8. 8. 8.] Must each operation think of that? No. It states its derivative as if nothing had been repeated, and fit brings every share to the shape of its input: if the input was broadcast, we sum over the axes along which it was repeated; if the share has fewer elements, as that of a sum over all axes does, we repeat it. Exercise 5 asks you for the sums, in NumPy. You've now seen all of backpropagation; Session runs it.",
"b_j y_{ij} = x_{ij} + b_j \\frac{\\partial L}{\\partial b_j} = \\sum_i \\frac{\\partial L}{\\partial y_{ij}} b y=x+b \\frac{\\partialL}{\\partialb}=\\sum\\frac{\\partialL}{\\partialy} class FitOp(BaseOp): def compute(self, np, share, like): if share.shape == like.shape: return share return np.broadcast_to(unbroadcast(share, like.shape), like.shape) def gradient(self, grad): return [grad, None]",
"broadcasts broadcast"
],
[
"Gradients",
"gradients.html#FitOp",
"FitOp",
"The share of a gradient, summed or repeated to have the shape of like.",
"class FitOp(BaseOp): def compute(self, np, share, like): if share.shape == like.shape: return share return np.broadcast_to(unbroadcast(share, like.shape), like.shape) def gradient(self, grad): return [grad, None]",
""
],
[
"Gradients",
"gradients.html#unbroadcast",
"unbroadcast",
"array summed over the axes along which something of shape was repeated. Of shape (8, 4) for a shape of (4,), it's summed over axis 0. If it has no more axes than shape, the first range is empty, and a sum over no axes changes nothing.",
"def unbroadcast(array, shape): array = array.sum(axis=tuple(range(array.ndim - len(shape)))) sizes = shape[len(shape) - array.ndim :] repeated = tuple(axis for axis, size in enumerate(sizes) if size == 1) return array.sum(axis=repeated, keepdims=True)",
""
],
[
"Session",
"session.html#a-graph-holds-no-values-so-what-does",
"A graph holds no values. So what does?",
"A graph holds no values. So what does? A run does, while it lasts. You ask for tensors, the fetches, and give values for placeholders, the feeds. The run computes what the fetches depend on, operation by operation, like the Interpreter below. (A Session compiles all that first.) What outlives a run is the session's state, the value of each variable. >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> amount = graph.placeholder((), name=\"amount\") >>> total = graph.variable(0.0, name=\"total\") >>> deposit = graph.assign(total, total + amount) >>> session = Session(graph) >>> print(session.run(deposit, {amount: 5})) 5.0 >>> print(session.run(deposit, {amount: 3})) 8.0 Two sessions on one graph are two bank accounts. Neither knows what the other did: >>> print(Session(graph).run(total)) 0.0",
"import types import numpy from gradients import topological_order from ops import AssignOp from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"run fetches feeds state"
],
[
"Session",
"session.html#a-run-is-a-snapshot",
"Why is every run a snapshot?",
"Why is every run a snapshot? Suppose that assignments landed at once, as they do in Python: >>> a, b = 1.0, 2.0 >>> a = b >>> b = a >>> print(a, b) 2.0 2.0 One value is lost. In a training step, parameters would see others already moved. Figure 1 A swap, and what would become of it without the snapshot. So a run reads only the state from before it, and everything that it assigns lands together at its end: >>> a, b = graph.variable(1.0, name=\"a\"), graph.variable(2.0, name=\"b\") >>> swap = graph.group([graph.assign(a, b), graph.assign(b, a)]) >>> session.run(swap) >>> print(*session.run([a, b])) 2.0 1.0 Fetch a variable beside its update, in any order, and you get the value from before. So in a training step, loss and gradient belong to the same parameters: >>> print(*session.run([total, deposit, total], {amount: 2})) 8.0 10.0 8.0 And if anything fails, nothing has happened: >>> xs = graph.placeholder((None,), name=\"xs\") >>> broken = graph.reshape(xs, (2, 2)) >>> try: ... session.run([deposit, broken], {amount: 1, xs: [1, 2, 3]}) ... except ValueError as error: ... print(error) cannot reshape array of size 3 into shape (2,2) >>> print(session.run(total)) 10.0",
"import types import numpy from gradients import topological_order from ops import AssignOp from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Session",
"session.html#an-executor",
"What computes? An executor",
"What computes? An executor An executor serves one request, as often as we call it. It tells the session three things: reads, the tensors whose values it needs from the state; feeds, those that it needs fed; and assigned, the variables for which it returns new values. The simplest one goes from operation to operation, with a dictionary of values. That's what a graph means. Faster ones, such as the compiler's, must return the same values, up to rounding.",
"class Interpreter:",
"executor means"
],
[
"Session",
"session.html#Interpreter",
"Interpreter",
"Computes a request operation by operation. Args order the operations to run, in topological order. fetches the tensors to return. feeds the tensors that are fed. Call it with two lists, the values of reads and of feeds. It returns two: the fetched values, and the new ones of assigned.",
"class Interpreter:",
""
],
[
"Session",
"session.html#S101",
"What computes? An executor",
"The module that compute gets; and replacements of compute, by class.",
"np, computes = numpy, types.MappingProxyType({}) def __init__(self, order, fetches, feeds=()): self.order, self.fetches = order, fetches self.assigned = assignments(order) used = [x for op in order for x in op.inputs[op.used]] used, fed = dict.fromkeys([*used, *fetches]), set(feeds) self.feeds = [x for x in used if x in fed] leaves = [x for x in used if x.op is None and x not in fed] self.constants = {x: x.initial_value for x in leaves if x.kind == \"constant\"} self.reads = [x for x in leaves if x not in self.constants] self.overflow = \"ignore\" if any(op.overflows for op in order) else None def __call__(self, state, feeds): values = {**self.constants, **dict(zip(self.reads, state))} values.update(zip(self.feeds, feeds)) with numpy.errstate(over=self.overflow): for op in self.order: values[op.output] = self.compute(op, [values.get(x) for x in op.inputs]) fetched = [self.result(values[x]) for x in self.fetches] updates = [self.result(values[x]) for x in self.assigned.values()] return fetched, updates",
""
],
[
"Session",
"session.html#Interpreter.compute",
"Interpreter.compute",
"The output of op, from the values of its inputs.",
"def compute(self, op, values): try: if type(op) in self.computes: return self.computes[type(op)](op, self.np, *values) if type(op).__module__ not in FRAMEWORK: values = map(read_only, values) return op.compute(self.np, *values) except Exception as error: error.add_note(describe(op.output, op.inputs, values)) raise",
""
],
[
"Session",
"session.html#Interpreter.result",
"Interpreter.result",
"A copy: a value that you hold must never change.",
"def result(self, value): return None if value is None else numpy.array(value)[()]",
""
],
[
"Session",
"session.html#read_only",
"read_only",
"value for your own compute: not to write into.",
"def read_only(value): if isinstance(value, numpy.ndarray):",
""
],
[
"Session",
"session.html#S145",
"What computes? An executor",
"NumPy refuses writes into a broadcast array.",
"return numpy.broadcast_to(value, value.shape) return value",
""
],
[
"Session",
"session.html#S150",
"assignments",
"If one run assigns a variable twice, the assignment that was made last wins. A Session refuses instead.",
"def assignments(order): assigning = [op for op in order if isinstance(op, AssignOp)] return {op.inputs[0]: op.output for op in assigning}",
""
],
[
"Session",
"session.html#assignments",
"assignments",
"For each variable that order assigns, the tensor of its new value.",
"def assignments(order): assigning = [op for op in order if isinstance(op, AssignOp)] return {op.inputs[0]: op.output for op in assigning}",
""
],
[
"Session",
"session.html#describe",
"describe",
"For an error in a run: what makes tensor, and its inputs' shapes.",
"def describe(tensor, inputs, values): pairs = zip(inputs, values) shapes = [f\"'{x.name}' {numpy.shape(value)}\" for x, value in pairs] return f\"in {tensor.origin} of {', '.join(shapes) or 'no inputs'}\"",
""
],
[
"Session",
"session.html#a-session",
"State, and a loop around it",
"State, and a loop around it",
"class BareSession: def __init__(self, graph, executor=Interpreter): self.graph, self.executor = graph, executor self.state, self.executors = {}, {}",
""
],
[
"Session",
"session.html#BareSession",
"BareSession",
"Runs parts of a graph, and keeps the values of its variables. Args graph the graph. executor the class that computes a request. Attributes state the value of each variable used or assigned so far.",
"class BareSession: def __init__(self, graph, executor=Interpreter): self.graph, self.executor = graph, executor self.state, self.executors = {}, {}",
""
],
[
"Session",
"session.html#BareSession.run",
"BareSession.run",
"The values of fetches, one or a list. Args fetches a tensor, or a list of tensors. A group gives None. feed_dict values for placeholders, or for other tensors, which then aren't computed. Raises ValueError a placeholder isn't fed, or shapes don't fit. No variable has changed then.",
"def run(self, fetches, feed_dict=None): many = isinstance(fetches, (list, tuple)) wanted = tuple(fetches) if many else (fetches,) executor = self.prepare(wanted, tuple(feed_dict or ())) fetched = self.execute(executor, feed_dict) return list(fetched) if many else fetched[0]",
""
],
[
"Session",
"session.html#a-run-step-by-step",
"A run, step by step",
"A run, step by step We keep each request's executor, so a training loop prepares its step once. You can feed almost any tensor. What it depends on isn't computed then. Feed the sum, and no amount is needed: >>> print(session.run(deposit, {deposit.op.inputs[1]: 100})) 100.0",
"def prepare(self, fetches, feeds=(), make=None): request = make or self.executor, fetches, feeds executor = self.executors.get(request) if executor is None: order = topological_order(fetches, given=set(feeds)) executor = self.compile(request[0], order, fetches, feeds) self.executors[request] = executor return executor",
""
],
[
"Session",
"session.html#BareSession.prepare",
"BareSession.prepare",
"The executor of a request, made at first use.",
"def prepare(self, fetches, feeds=(), make=None): request = make or self.executor, fetches, feeds executor = self.executors.get(request) if executor is None: order = topological_order(fetches, given=set(feeds)) executor = self.compile(request[0], order, fetches, feeds) self.executors[request] = executor return executor",
""
],
[
"Session",
"session.html#BareSession.compile",
"BareSession.compile",
"An executor of the class make.",
"def compile(self, make, order, fetches, feeds): return make(order, fetches, feeds)",
""
],
[
"Session",
"session.html#BareSession.execute",
"BareSession.execute",
"The fetched values of a run; the state gets what it assigns.",
"def execute(self, executor, feed_dict): feeds = self.feed(executor, feed_dict) if feed_dict else () try: state = list(map(self.state.__getitem__, executor.reads)) except KeyError: fetched, updates = self.start(executor, feeds, feed_dict) else: fetched, updates = executor(state, feeds) self.state.update(zip(executor.assigned, updates)) return fetched",
""
],
[
"Session",
"session.html#BareSession.feed",
"BareSession.feed",
"The feeds of executor, as arrays.",
"def feed(self, executor, feed_dict): return [numpy.asarray(feed_dict[x], float) for x in executor.feeds]",
""
],
[
"Session",
"session.html#S243",
"BareSession.start",
"A variable takes its initial value when a run first needs it. A placeholder has none. Forget to feed it, and the error names it (a Session adds the line that made it): >>> session.run(deposit) Traceback (most recent call last): ... ValueError: You must feed a value for placeholder tensor 'amount' ...",
"def start(self, executor, feeds, feed_dict): first = self.first_values(executor.reads, feed_dict) state = {**self.state, **first} fetched, updates = executor([state[x] for x in executor.reads], feeds) self.state.update(first) return fetched, updates",
""
],
[
"Session",
"session.html#BareSession.start",
"BareSession.start",
"A run that reads variables without a value yet.",
"def start(self, executor, feeds, feed_dict): first = self.first_values(executor.reads, feed_dict) state = {**self.state, **first} fetched, updates = executor([state[x] for x in executor.reads], feeds) self.state.update(first) return fetched, updates",
""
],
[
"Session",
"session.html#BareSession.first_values",
"BareSession.first_values",
"The first value of each of reads that has none yet.",
"def first_values(self, reads, feed_dict): first = {x: x.initial_value for x in reads if x not in self.state} for x in first: if x.kind != \"variable\": raise ValueError(f\"You must feed a value for {x.origin}\") return first",
""
],
[
"Session",
"session.html#rooms",
"And a Session?",
"And a Session? It's a BareSession with rooms around it, which checks your input and compiles. Session(graph, executor=Interpreter) computes the same, only slower. You know the whole machine. Last, look at the program that it writes.",
"def __getattr__(name): if name != \"Session\": raise AttributeError(f\"module {__name__!r} has no attribute {name!r}\") from mixins.rooms import Session return Session",
""
],
[
"Session",
"session.html#__getattr__",
"__getattr__",
"Session, with its rooms.",
"def __getattr__(name): if name != \"Session\": raise AttributeError(f\"module {__name__!r} has no attribute {name!r}\") from mixins.rooms import Session return Session",
""
],
[
"The program",
"listing.html#the-program-that-your-graph-became",
"The program that your graph became",
"The program that your graph became In XOR you wrote two layers and a loss. A session turned them, their gradients and the updates into one straight NumPy function, and ran that ten thousand times. Here it is, each line with the operation that it came from. The lines with a bar on the left are the ones that you didn't write. graph.gradients derived them, and they're what you'd have found with pen and paper. lineoperationcomes from # constants: X, targets, X_T def program(state, feeds): weights0, bias0, weights1, bias1 = state dot = X.dot(weights0)DotOpmain.py, line 77 add = dot + bias0AddOpmain.py, line 77 hidden = 1 / (1 + np.exp(-add))SigmoidOpmain.py, line 77 dot_1 = hidden.dot(weights1)DotOpmain.py, line 78 add_1 = dot_1 + bias1AddOpmain.py, line 78 output = 1 / (1 + np.exp(-add_1))SigmoidOpmain.py, line 78 error = output - targetsSubOpmain.py, line 86 square = error * errorSquareOpmain.py, line 87 sum_ = square.sum()SumOpmain.py, line 87 loss = sum_ / 4DivOpmain.py, line 87 loss_by_error = 0.5 * errorMulOpderivative of square, main.py, line 87 mul_2 = loss_by_error * outputMulOpderivative of output, main.py, line 78 sub = 1 - outputSubOpderivative of output, main.py, line 78 loss_by_add_1 = mul_2 * subMulOpderivative of output, main.py, line 78 loss_by_bias1 = loss_by_add_1.sum(axis=0)SumOpderivative of add_1, main.py, line 78 hidden_T = hidden.TTransposeOpderivative of dot_1, main.py, line 78 loss_by_weights1 = hidden_T.dot(loss_by_add_1)DotOpderivative of dot_1, main.py, line 78 weights1_T = weights1.TTransposeOpderivative of dot_1, main.py, line 78 loss_by_hidden = loss_by_add_1.dot(weights1_T)DotOpderivative of dot_1, main.py, line 78 mul_3 = loss_by_hidden * hiddenMulOpderivative of hidden, main.py, line 77 sub_1 = 1 - hiddenSubOpderivative of hidden, main.py, line 77 loss_by_add = mul_3 * sub_1MulOpderivative of hidden, main.py, line 77 loss_by_bias0 = loss_by_add.sum(axis=0)SumOpderivative of add, main.py, line 77 loss_by_weights0 = X_T.dot(loss_by_add)DotOpderivative of dot, main.py, line 77 new_weights0 = weights0 - loss_by_weights0SubOpmain.py, line 123 new_bias0 = bias0 - loss_by_bias0SubOpmain.py, line 123 new_weights1 = weights1 - loss_by_weights1SubOpmain.py, line 123 new_bias1 = bias1 - loss_by_bias1SubOpmain.py, line 123 return (None, loss), (new_weights0, new_bias0, new_weights1, new_bias1)",
"",
"didn't"
],
[
"The program",
"listing.html#what-symbolic-differentiation-has-derived",
"Read it backwards",
"Read it backwards loss_by_hidden is ∂loss∂hidden. Start at loss and follow the derived lines down; each is one rule from Operations: The mean of squares gives half of the error: 24(output−targets). Through the sigmoid it's multiplied by y(1−y), where y is the output. For the bias it's summed over the four rows, because the bias was added to each. For the weights it's ATG, and for what lies below GBT: the matrix product's two gradients. Then the same once more, through hidden. Which line would be missing if somebody forgot that the bias is broadcast? loss_by_bias1 = loss_by_add_1.sum(axis=0): the gradient would keep the shape (4, 1) of the batch, and the update would have to put four biases where there is one.",
"\\frac{\\partial\\,\\text{loss}}{\\partial\\,\\text{hidden}} \\frac{2}{4} (\\text{output} - \\text{targets}) y (1 - y) y A^T G G B^T \\frac{\\partial\\,\\text{loss}}{\\partial\\,\\text{hidden}} \\frac{2}{4}(\\text{output}-\\text{targets}) y(1-y) y A^TG GB^T ",
""
],
[
"The program",
"listing.html#why-its-fast",
"Why it's fast",
"Why it's fast There's no graph left in there: no loop over operations, no dictionary of values, no Python objects but arrays and local variables. That's all that \"compiled\" means here, and it's enough: a step costs what it costs by hand, as the measurements show. The compiler is three pages long, and you can read it next.",
"",
""
],
[
"The program",
"listing.html#youve-now-read-a-framework",
"You've now read a framework",
"You've now read a framework You can say what a tensor is, why the order is topological, why shares are added, and what a session does with all of it. Where to go from here: The course starts again from a sum, slowly, and ends with a transformer and many machines. The rooms and the compiler show how a framework grows without its heart growing. XLA runs the same graph on a GPU, and on several. The exercises ask you to write pieces of it yourself, backpropagation included.",
"",
""
],
[
"I. Computational graphs",
"part1_graphs.html#part-i-computational-graphs",
"Part I: Computational graphs",
"Part I: Computational graphs A neural network is a function, and training changes it. A Python function is no help there: you can call it, and that's all. We want one that a program can look into, evaluate, draw, and, in Part IV, differentiate. That's a computational graph, and a session evaluates it. python -m course.part1_graphs Run it in the project's folder, with the python of its environment. Each piece that it prints stands on this page, beside the code that prints it. It draws its pictures into course/pictures, or into the folder that you name after the command; they need pygraphviz, and from Part II on matplotlib too.",
"import numpy as np from course.plot import save_graph from gradients import topological_order from graph import Graph from session import Session",
"computational graph session"
],
[
"I. Computational graphs",
"part1_graphs.html#why-a-graph-when-pytorch-seems-to-do-without",
"Why a graph, when PyTorch seems to do without?",
"Why a graph, when PyTorch seems to do without? It doesn't. While you call a model, PyTorch records every operation, and loss.backward() walks back over that record and throws it away. The record is a graph. And torch.compile works hard to get the whole graph before the run, so that it can optimize it. We write the graph down first, where you can see it. You know PyTorch compares both ways.",
"import numpy as np from course.plot import save_graph from gradients import topological_order from graph import Graph from session import Session",
""
],
[
"I. Computational graphs",
"part1_graphs.html#a-sum",
"What's a sum before you compute it?",
"What's a sum before you compute it? We want z=x+y for any x and y. Here's the whole program:",
"z = x + y x y z=x+y x y def sum_of_two(): graph = Graph() x = graph.placeholder((), name=\"x\") y = graph.placeholder((), name=\"y\") z = graph.add(x, y, name=\"z\")",
""
],
[
"I. Computational graphs",
"part1_graphs.html#S44",
"What's a sum before you compute it?",
"A placeholder stands for a value that you'll give later. And graph.add doesn't add: it makes an operation that will, and returns its output. Print z, and you don't see a number, but a plan: \u003cTensor 'z' () float64 = add(x, y)>",
"print(z)",
"placeholder operation"
],
[
"I. Computational graphs",
"part1_graphs.html#S52",
"What's a sum before you compute it?",
"float64 is the type of its numbers, and () is its shape. A single number has the shape (), a vector of two numbers (2,), and a matrix with two rows and three columns (2, 3).",
"",
"shape"
],
[
"I. Computational graphs",
"part1_graphs.html#S56",
"What's a sum before you compute it?",
"Only a session computes. You tell it what you want, and what to feed to the placeholders. The graph doesn't change, so you can run it again with other inputs. 3.0 30.0",
"session = Session(graph) print(session.run(z, {x: 1, y: 2})) print(session.run(z, {x: 10, y: 20}))",
""
],
[
"I. Computational graphs",
"part1_graphs.html#S67",
"What's a sum before you compute it?",
"Since the function is data, you can draw it. Boxes with round corners are operations. Tensors that no operation makes have square corners: dashed for a placeholder and, further down, bold for a variable. Figure 1 One operation, and the two placeholders that it reads.",
"save_graph(\"part1-sum\", [z])",
""
],
[
"I. Computational graphs",
"part1_graphs.html#a-matrix-and-a-vector",
"Numbers, vectors and matrices are all tensors",
"Numbers, vectors and matrices are all tensors A tensor is a number, a vector, a matrix, or a stack of matrices. So graphs aren't limited to numbers. Here's z=Ax+b with A=(100−1)b=(11) A and b are variables. They belong to the function, while x is what you apply it to. A session keeps their values, and training will change them.",
"z = A x + b A = \\begin{pmatrix} 1 & 0 \\\\ 0 & -1 \\end{pmatrix} \\qquad b = \\begin{pmatrix} 1 \\\\ 1 \\end{pmatrix} z=Ax+b A=\\begin{pmatrix}1&0\\\\0&-1\\end{pmatrix}\\qquadb=\\begin{pmatrix}1\\\\1\\end{pmatrix} def affine_map(): graph = Graph() A = graph.variable([[1, 0], [0, -1]], name=\"A\") b = graph.variable([1, 1], name=\"b\") x = graph.placeholder((2,), name=\"x\") z = graph.add(A @ x, b, name=\"z\")",
"tensor variables"
],
[
"I. Computational graphs",
"part1_graphs.html#S95",
"Numbers, vectors and matrices are all tensors",
"By hand, x=(1,2) gives (1·1+0·2+1, 0·1−1·2+1). And by the session: [ 2. -1.]",
"x = (1, 2) (1 \\cdot 1 + 0 \\cdot 2 + 1,\\ 0 \\cdot 1 - 1 \\cdot 2 + 1) x=(1,2) (1\\cdot1+0\\cdot2+1,\\0\\cdot1-1\\cdot2+1) session = Session(graph) print(session.run(z, {x: [1, 2]}))",
""
],
[
"I. Computational graphs",
"part1_graphs.html#S103",
"Numbers, vectors and matrices are all tensors",
"Figure 2 The small letters beside a box are the shape of its output.",
"save_graph(\"part1-affine\", [z])",
""
],
[
"I. Computational graphs",
"part1_graphs.html#S109",
"Numbers, vectors and matrices are all tensors",
"From Part II on we have many vectors at once, a batch, with one in each row of a matrix X. Their number may differ from run to run, so we write None for it; pictures show ?. Each row must now become what the column became. Element i of Ax is ∑jAijxj. You get the same sum if you multiply the row x by a matrix W with Wji=Aij, the transpose AT. So from here on a layer is XW+b, and b is added to each row. [[ 2. -1.] [ 4. -3.]]",
"X i A x \\sum_j A_{ij} x_j x W W_{ji} = A_{ij} A^T X W + b b X i Ax \\sumAx x W W=A A^T XW+b b X = graph.placeholder((None, 2), name=\"X\") rows = X @ graph.transpose(A) + b print(session.run(rows, {X: [[1, 2], [3, 4]]}))",
"batch"
],
[
"I. Computational graphs",
"part1_graphs.html#what-a-session-does",
"A session in five lines",
"A session in five lines What does session.run do? An operation can only be computed after those that make its inputs. An order that respects this is a topological order, and topological_order finds one. The rest is a dictionary from tensors to values:",
"def five_line_session(): def run(tensor, values): values = dict(values) for op in topological_order([tensor]): inputs = [values[x] for x in op.inputs] values[op.output] = op.compute(np, *inputs) return values[tensor]",
"topological order"
],
[
"I. Computational graphs",
"part1_graphs.html#S140",
"A session in five lines",
"That's the heart of it. An operation's inputs are tensors; its compute takes their values, which are NumPy arrays, after NumPy itself. A real session also looks up constants and variables. Here we put everything that no operation makes into values ourselves. Take y=(a+b)(b+1). Two operations read b: they're its consumers. We print those, then the order, then the value of y. add add_1 add add_1 y 21.0",
"y = (a + b)(b + 1) y=(a+b)(b+1) graph = Graph() a = graph.placeholder((), name=\"a\") b = graph.placeholder((), name=\"b\") one = graph.constant(1.0, name=\"one\") y = graph.mul(a + b, b + one, name=\"y\") print(*[op.output.name for op in b.consumers]) print(*[op.output.name for op in topological_order([y])]) values = {a: 5.0, b: 2.0, one: 1.0} print(run(y, values))",
"consumers"
],
[
"I. Computational graphs",
"part1_graphs.html#S162",
"A session in five lines",
"This loop asks the same questions in every run. So our session asks them once, writes the steps down as a Python function, and calls that; Program shows how. state holds the variables, and the second part of the result their new values. This graph has no variables. def program(state, feeds): a, b = feeds add = a + b add_1 = b + 1 y = add * add_1 return (y,), ()",
"print(Session(graph).program(y, {a: None, b: None}))",
""
],
[
"I. Computational graphs",
"part1_graphs.html#S176",
"A session in five lines",
"Your turn: Exercise 1 asks for a run that looks up constants and variables by itself, and lets you feed any tensor.",
"",
""
],
[
"I. Computational graphs",
"part1_graphs.html#who-keeps-what",
"Where do values live?",
"Where do values live? It's easy to confuse four kinds of tensors: tensor gets its value keeps it placeholder when you feed it for this run constant when you write the graph forever variable when it's first needed, or assigned in its session output of an operation in each run that needs it for this run All four belong to the graph, and an operation can take any of them as an input. The value that you feed isn't part of the graph. Let's count. The obvious attempt adds 1, runs three times, and never gets anywhere, because nothing stores the sum: >>> graph = Graph() >>> count = graph.variable(0.0, name=\"count\") >>> more = count + 1 >>> session = Session(graph) >>> print(session.run(more), session.run(more), session.run(more)) 1.0 1.0 1.0 A variable changes only through an operation, assign. And nothing happens until you run that. 0.0 1.0 2.0 0.0",
"def who_keeps_what(): graph = Graph() count = graph.variable(0.0, name=\"count\") step = graph.assign(count, count + 1) session, other = Session(graph), Session(graph) print(session.run(count)) print(session.run(step), session.run(step)) print(other.run(count))",
"input"
],
[
"I. Computational graphs",
"part1_graphs.html#S220",
"Where do values live?",
"The last line comes from the other session. Each has a state of its own; the graph has none. Session makes use of that.",
"",
""
],
[
"I. Computational graphs",
"part1_graphs.html#what-may-surprise",
"Four things that surprise newcomers",
"Four things that surprise newcomers Using a tensor twice doesn't compute it twice. Each operation runs once, however many paths lead through it. Thirty doublings have 230 paths from top to bottom, about a billion, but they're only thirty additions. 1073741824.0",
"2^{30} 2^{30} def surprises(): graph = Graph() x = y = graph.placeholder((), name=\"x\") for _ in range(30): y = y + y print(Session(graph).run(y, {x: 1.0}))",
""
],
[
"I. Computational graphs",
"part1_graphs.html#S239",
"Four things that surprise newcomers",
"Python decides while you build the graph. At that time a tensor has no value, so if x > 0 fails. To decide in each run, you need an operation, where: tensor 'greater' has no value until a session runs it 5.0",
"try: if x > 0: y = x except TypeError as error: print(str(error).partition(\":\")[0]) absolute = graph.where(x > 0, x, -x) print(Session(graph).run(absolute, {x: -5.0}))",
""
],
[
"I. Computational graphs",
"part1_graphs.html#S253",
"Four things that surprise newcomers",
"There's always a graph. If you don't name one, you get the default graph, and with graph.as_default(): makes another the default for a while. True",
"with graph.as_default(): print(Graph.get_default() is graph)",
""
],
[
"I. Computational graphs",
"part1_graphs.html#S261",
"Four things that surprise newcomers",
"A mistake shows on the line where you make it, as far as a graph can tell. If two shapes don't fit, you learn it when you bring them together, not in some later run. dimensions must be equal, but are 3 and 2",
"try: graph.constant([1, 2, 3]) + graph.constant([1, 2]) except ValueError as error: print(str(error).partition(\": \")[2].partition(\";\")[0])",
""
],
[
"I. Computational graphs",
"part1_graphs.html#S272",
"Four things that surprise newcomers",
"After y = y + y has run thirty times, which operations does Session(graph).run(x, {x: 1.0}) compute? None. A run computes only what its result depends on, and x is fed. You can now write a function as a graph, evaluate it, and say where each value lives. In Part II such a function tells red points from blue ones.",
"def main(): sum_of_two() affine_map() five_line_session() who_keeps_what() surprises() if __name__ == \"__main__\": main()",
""
],
[
"II. Perceptrons",
"part2_perceptrons.html#part-ii-perceptrons",
"Part II: Perceptrons",
"Part II: Perceptrons Here are two clouds of points, red and blue. Along comes another point. Which cloud does it belong to, and how sure can you be? python -m course.part2_perceptrons A classifier is a function from the point to the answer. In PyTorch you'd take an nn.Linear and a sigmoid, train them, and never look at the weights. We first choose the weights by hand, to see what each one does.",
"import numpy as np from course.plot import BLUE, RED, draw_line, save_graph, save_plot from graph import Graph from session import Session",
"classifier"
],
[
"II. Perceptrons",
"part2_perceptrons.html#points",
"points",
"Fifty red points and fifty blue ones, each an array of shape (50, 2).",
"def points(): rng = np.random.default_rng(0) return rng.normal(size=(50, 2)) - 2, rng.normal(size=(50, 2)) + 2 def clouds():",
""
],
[
"II. Perceptrons",
"part2_perceptrons.html#two-clouds",
"Two clouds",
"Two clouds We scatter fifty points around each of (−2,−2) and (2,2), with a standard deviation of 1 in each coordinate. The seed makes every run repeatable, so your points are the ones on this page. Each row is one example: (50, 2) (50, 2) [-1.87 -2.13]",
"(-2, -2) (2, 2) (-2,-2) (2,2) red, blue = points() print(red.shape, blue.shape) print(red[0].round(2))",
""
],
[
"II. Perceptrons",
"part2_perceptrons.html#S39",
"Two clouds",
"Figure 1 A straight line fits between them.",
"def paint(axes): draw_clouds(axes, red, blue) axes.legend(frameon=False) save_plot(\"part2-clouds\", paint, 5, 4) return red, blue def draw_clouds(axes, red, blue, size=36): axes.scatter(*red.T, size, color=RED, marker=\"o\", label=\"red\") axes.scatter(*blue.T, size, color=BLUE, marker=\"^\", label=\"blue\") axes.set(xlabel=\"$x_1$\", ylabel=\"$x_2$\", aspect=\"equal\")",
""
],
[
"II. Perceptrons",
"part2_perceptrons.html#a-line",
"What do the weights of a line mean?",
"What do the weights of a line mean? A straight line between the clouds will do. It consists of all points x with w1x1+w2x2+b=0 Put any other point into the left side, and you get its score: positive on one side of the line, negative on the other. Which way do the weights w=(w1,w2) point? Subtract the equations of two points x and y on the line: w1(x1−y1)+w2(x2−y2)=0. So w is perpendicular to the line. A step along w adds w12+w22 to the score, so w points to the positive side. The bias b shifts the line. We choose w=(1,1) and b=0. How many points land on the correct side? 50 of 50 red, 50 of 50 blue",
"x w_1 x_1 + w_2 x_2 + b = 0 w = (w_1, w_2) x y w_1 (x_1 - y_1) + w_2 (x_2 - y_2) = 0 w w w_1^2 + w_2^2 w b w = (1, 1) b = 0 x wx+wx+b=0 w=(w,w) x y w(x-y)+w(x-y)=0 w w w^2+w^2 w b w=(1,1) b=0 def straight_line(red, blue): graph = Graph() X = graph.placeholder((None, 2), name=\"X\") w = graph.variable([[1], [1]], name=\"w\") b = graph.variable(0, name=\"b\") score = graph.add(X @ w, b, name=\"score\") session = Session(graph) below = session.run(score, {X: red}) \u003c 0 above = session.run(score, {X: blue}) > 0 print(f\"{below.sum()} of 50 red, {above.sum()} of 50 blue\")",
"score weights bias"
],
[
"II. Perceptrons",
"part2_perceptrons.html#S85",
"What do the weights of a line mean?",
"Figure 2 The weights are perpendicular to the line, and point to the positive side.",
"def paint(axes): draw_clouds(axes, red, blue) draw_line(axes, np.array([1, 1]), 0) axes.annotate(\"\", (1, 1), (0, 0), arrowprops={\"arrowstyle\": \"->\"}) axes.annotate(\"$w$\", (1.1, 0.7)) save_plot(\"part2-line\", paint, 5, 4)",
""
],
[
"II. Perceptrons",
"part2_perceptrons.html#S97",
"What do the weights of a line mean?",
"Double w and b. What happens to the line, and what to the scores? The line stays, since twice 0 is 0. All scores double.",
"w b w b return graph, X, score",
""
],
[
"II. Perceptrons",
"part2_perceptrons.html#how-sure",
"How sure? Where the sigmoid comes from",
"How sure? Where the sigmoid comes from Far from the line we're sure; close to it we aren't. Let p be the probability that a point is blue. Gamblers speak of odds, p/(1−p): above 1 you'd bet on blue, below 1 on red. Each step away from the line adds to the score a. We let it multiply the odds, as independent pieces of evidence do. An exponential turns sums into products, so p/(1−p)=ea. (Another base would only measure scores in other units.) Solve for p, and you get the sigmoid: p=ea1+ea=11+e−a=σ(a) On the line the score is 0, and the probability one half. The probability of red is 1−ea1+ea=11+ea, which is σ(−a): change the sign of the score, and the colors change places. Figure 3 A few steps from the line, the answer is nearly certain.",
"p p / (1 - p) a p / (1 - p) = e^a p p = \\frac{e^a}{1 + e^a} = \\frac{1}{1 + e^{-a}} = \\sigma(a) 1 - \\frac{e^a}{1 + e^a} = \\frac{1}{1 + e^a} \\sigma(-a) p p/(1-p) a p/(1-p)=e^a p p=\\frac{e^a}{1+e^a}=\\frac{1}{1+e^{-a}}=\\sigma(a) 1-\\frac{e^a}{1+e^a}=\\frac{1}{1+e^a} \\sigma(-a) def how_sure(graph, X, score): def paint(axes): a = np.linspace(-8, 8, 161) axes.plot(a, 1 / (1 + np.exp(-a)), color=BLUE, linewidth=2) axes.set(xlabel=\"score $a$\", ylabel=r\"$\\sigma(a)$\", yticks=[0, 0.5, 1]) axes.grid(color=\"#8884\", linewidth=0.6) save_plot(\"part2-sigmoid\", paint, 5, 2.8)",
"odds sigmoid"
],
[
"II. Perceptrons",
"part2_perceptrons.html#S133",
"How sure? Where the sigmoid comes from",
"Weights, a bias and a sigmoid: that's a perceptron. What does ours say about the point (3,2), whose score is 3+2=5? And about three points at once, one in each row? 0.99330715 [0.00669285 0.5 0.99330715]",
"(3, 2) 3 + 2 = 5 (3,2) 3+2=5 p = graph.sigmoid(score, name=\"p\") session = Session(graph) print(session.run(p, {X: [[3, 2]]})[0, 0].round(8)) print(session.run(p, {X: [[-3, -2], [1, -1], [3, 2]]})[:, 0].round(8))",
"perceptron"
],
[
"II. Perceptrons",
"part2_perceptrons.html#S145",
"How sure? Where the sigmoid comes from",
"The graph doesn't care how many rows there are. It adds the bias to each. Figure 4 A perceptron is three operations.",
"save_graph(\"part2-perceptron\", [p])",
""
],
[
"II. Perceptrons",
"part2_perceptrons.html#S152",
"How sure? Where the sigmoid comes from",
"For a score of −1000, e−a overflows to infinity. The sigmoid survives that, because 1/∞ is 0. The softplus ln(1+ea), whose derivative is the sigmoid, doesn't: Exercise 9 asks you to rescue it.",
"-1000 e^{-a} 1 / \\infty \\ln(1 + e^a) -1000 e^{-a} 1/\\infty \\ln(1+e^a) ",
"softplus"
],
[
"II. Perceptrons",
"part2_perceptrons.html#more-than-two",
"From two classes to many: the softmax",
"From two classes to many: the softmax With C classes we need C scores, one from each column of a matrix W, and a bias for each. For N points of d coordinates, in the rows of X: X∈ℝN×dW∈ℝd×Cb∈ℝC As before, the odds between two classes are the exponential of the difference of their scores, pi/pk=eai−ak. So all pj are eaj times one common factor, and since they sum to 1, we know the factor. That's the softmax: p=softmax(XW+b)pij=eaij∑keaikwitha=XW+b Let's choose weights for three clouds, around (−2,0), (2,0) and (0,3). A score that grows toward a point m has the weights m. Give it the bias −12mTm: then mTx−12mTm is 12xTx minus half the squared distance from x to m. So two scores are equal halfway between their points. We ask about a point in the middle of its cloud, one between two clouds, and one between all three: [[0.998 0. 0.002] [0.009 0.495 0.495] [0.333 0.333 0.333]]",
"C C W N d X X \\in \\mathbb{R}^{N \\times d} W \\in \\mathbb{R}^{d \\times C} b \\in \\mathbb{R}^C p_i / p_k = e^{a_i - a_k} p_j e^{a_j} p = \\mathrm{softmax}(X W + b) p_{ij} = \\frac{e^{a_{ij}}}{\\sum_k e^{a_{ik}}} \\quad\\text{with}\\quad a = X W + b (-2, 0) (2, 0) (0, 3) m m -\\frac{1}{2} m^T m m^T x - \\frac{1}{2} m^T m \\frac{1}{2} x^T x x m C C W N d X X\\in\\mathbb{R}^{N\\timesd} W\\in\\mathbb{R}^{d\\timesC} b\\in\\mathbb{R}^C p/p=e^{a-a} p e^{a} p=\\mathrm{softmax}(XW+b) p=\\frac{e^{a}}{\\sume^{a}}\\quad\\text{with}\\quada=XW+b (-2,0) (2,0) (0,3) m m -\\frac{1}{2}m^Tm m^Tx-\\frac{1}{2}m^Tm \\frac{1}{2}x^Tx x m def many_classes(): graph = Graph() X = graph.placeholder((None, 2), name=\"X\") centres = np.array([[-2.0, 0.0], [2.0, 0.0], [0.0, 3.0]]) W = graph.variable(centres.T, name=\"W\") b = graph.variable(-(centres**2).sum(axis=1) / 2, name=\"b\") scores = graph.add(X @ W, b, name=\"scores\") p = graph.softmax(scores, name=\"p\") session = Session(graph) print(session.run(p, {X: [[-2, 0], [1, 1.5], [0, 5 / 6]]}).round(3))",
"softmax"
],
[
"II. Perceptrons",
"part2_perceptrons.html#S198",
"From two classes to many: the softmax",
"Figure 5 Dark: nearly certain. Pale: two or three classes are equally likely.",
"def paint(axes): side = np.linspace(-4, 5, 91) grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2) best = session.run(p, {X: grid}).max(axis=1).reshape(91, 91).round(4) levels = [0, 0.5, 0.7, 0.9, 1] filled = axes.contourf(side, side, best, levels, cmap=\"Blues\") axes.figure.colorbar(filled, label=\"largest probability\") axes.plot(*centres.T, \"X\", color=RED, markeredgecolor=\"#ffffff\", markersize=11) axes.set(xlabel=\"$x_1$\", ylabel=\"$x_2$\", aspect=\"equal\") save_plot(\"part2-classes\", paint, 5, 4)",
""
],
[
"II. Perceptrons",
"part2_perceptrons.html#what-may-surprise-two-scores-are-one-too-many",
"Two scores are one too many",
"Two scores are one too many For two classes PyTorch offers you both: CrossEntropyLoss with two scores, or BCEWithLogitsLoss with one. Which is right? Divide numerator and denominator of the softmax by the numerator: p1=ea1ea0+ea1=11+e−(a1−a0)=σ(a1−a0) Only the difference of the scores matters. So a softmax of two is a perceptron with the weights W:1−W:0, the second column minus the first, and the bias b1−b0. We try random weights, and print the largest difference between the two answers: 0.0",
"p_1 = \\frac{e^{a_1}}{e^{a_0} + e^{a_1}} = \\frac{1}{1 + e^{-(a_1 - a_0)}} = \\sigma(a_1 - a_0) W_{:1} - W_{:0} b_1 - b_0 p=\\frac{e^{a}}{e^{a}+e^{a}}=\\frac{1}{1+e^{-(a-a)}}=\\sigma(a-a) W-W b-b def two_are_one(red, blue): rng = np.random.default_rng(1) graph = Graph() X = graph.constant(np.concatenate([red, blue])) W, b = graph.constant(rng.normal(size=(2, 2))), graph.constant([0.5, -1]) by_softmax = graph.softmax(X @ W + b)[:, 1] by_sigmoid = graph.sigmoid(X @ (W[:, 1] - W[:, 0]) + b[1] - b[0]) difference = graph.max(graph.abs(by_softmax - by_sigmoid)) print(Session(graph).run(difference).round(12))",
""
],
[
"II. Perceptrons",
"part2_perceptrons.html#S241",
"Two scores are one too many",
"Both classes are equally likely where (W:1−W:0)Tx+(b1−b0)=0. The line where just one of the scores is 0 is a different one, and means nothing. You can now read the weights of a perceptron, and turn scores into probabilities. Many lines separate our clouds, though. Which is best? Part III looks for a number that tells.",
"(W_{:1} - W_{:0})^T x + (b_1 - b_0) = 0 (W-W)^Tx+(b-b)=0 def main(): red, blue = clouds() graph, X, score = straight_line(red, blue) how_sure(graph, X, score) many_classes() two_are_one(red, blue) if __name__ == \"__main__\": main()",
""
],
[
"III. A criterion",
"part3_criterion.html#part-iii-a-criterion",
"Part III: A criterion",
"Part III: A criterion In PyTorch you write nn.CrossEntropyLoss() and go on. But why that one? Why not just count the mistakes? And what's a logarithm doing in there? To train a classifier we need one number that says how bad it is, a loss: a function of the weights that we can make smaller. We try the first two that come to mind, and watch both fail. python -m course.part3_criterion",
"import numpy as np from course.part2_perceptrons import points from course.plot import BLUE, RED, save_graph, save_plot from graph import Graph from session import Session",
"loss"
],
[
"III. A criterion",
"part3_criterion.html#a-classifier-to-judge",
"Which line is better?",
"Which line is better? We take the clouds of Part II, a hundred points in the rows of one matrix. Each point has a label c, a row with a 1 at its class and a 0 at the other. Red is class 0, blue is class 1. (100, 2) (100, 2) [1. 0.] [0. 1.]",
"c c def classifier(): red, blue = points() examples = np.concatenate([red, blue]) labels = np.repeat([[1.0, 0.0], [0.0, 1.0]], 50, axis=0) print(examples.shape, labels.shape) print(labels[0], labels[-1])",
"label"
],
[
"III. A criterion",
"part3_criterion.html#S36",
"Which line is better?",
"The classifier is a softmax of two scores. Its weights and biases are placeholders, because we don't train yet: we turn a line by some degrees, and see how bad it is.",
"graph = Graph() X = graph.placeholder((None, 2), name=\"X\") c = graph.placeholder((None, 2), name=\"c\") W = graph.placeholder((2, 2), name=\"W\") b = graph.placeholder((2,), name=\"b\") p = graph.softmax(X @ W + b, name=\"p\")",
""
],
[
"III. A criterion",
"part3_criterion.html#classifier.feeds",
"classifier.feeds",
"A line turned by degrees, its weights times as large, and the points.",
"def feeds(degrees, times=1, copies=1): weights, biases = turned(degrees) return { X: np.tile(examples, (copies, 1)), c: np.tile(labels, (copies, 1)), W: times * weights, b: times * biases, } return graph, c, p, feeds",
""
],
[
"III. A criterion",
"part3_criterion.html#turned",
"turned",
"The weights (2, 2) and biases (2,) of a line through the origin. At 0 degrees it runs between the clouds, with blue on its positive side; larger angles turn it counterclockwise.",
"def turned(degrees): angle = np.radians(45 + degrees) w = np.array([np.cos(angle), np.sin(angle)]) return np.stack([-w, w], axis=1), np.zeros(2) def misclassification(graph, c, p, feeds):",
""
],
[
"III. A criterion",
"part3_criterion.html#how-many-are-wrong",
"Why not just count the mistakes?",
"Why not just count the mistakes? The share of points that get the wrong class is the misclassification rate, 1 minus the accuracy. We turn the line: 0 degrees: 0.00 18 degrees: 0.00 62 degrees: 0.11 66 degrees: 0.11 90 degrees: 0.51",
"wrong = graph.not_equal(graph.argmax(p, axis=1), graph.argmax(c, axis=1)) rate = graph.mean(wrong, name=\"rate\") session = Session(graph) def rate_at(degrees): return session.run(rate, feeds(degrees)) for degrees in (0, 18, 62, 66, 90): print(f\"{degrees:2} degrees: {rate_at(degrees):.2f}\")",
"misclassification rate"
],
[
"III. A criterion",
"part3_criterion.html#S93",
"Why not just count the mistakes?",
"The rate measures what we want, but can't lead us to it. At 18 degrees the line almost touches a point, and the rate doesn't notice. From 62 to 66 degrees nothing changes either. It's a staircase: a step wherever the line crosses a point, and flat everywhere else. It can't say which way is down. (The graph refuses to try: a comparison has no derivative.)",
"return rate_at",
""
],
[
"III. A criterion",
"part3_criterion.html#how-probable-is-what-we-see",
"How probable is what we see?",
"How probable is what we see? The classifier gives each point's true class a probability. It should be large for all points at once. If no label depends on another, the probability of all of them is the product, the likelihood of the classifier. Larger is better. Here are the probabilities of the first three labels, and the likelihood of two lines: [0.9965 0.9901 0.9973] likelihood at 0 degrees: 6.8e-02 likelihood at 62 degrees: 4.3e-10",
"def likelihood(graph, c, p, feeds): of_truth = graph.sum(c * p, axis=1, name=\"of_truth\") session = Session(graph) print(session.run(of_truth, feeds(0))[:3].round(4)) for degrees in (0, 62): product = np.prod(session.run(of_truth, feeds(degrees))) print(f\"likelihood at {degrees:2} degrees: {product:.1e}\")",
"likelihood"
],
[
"III. A criterion",
"part3_criterion.html#S121",
"How probable is what we see?",
"It tells the lines apart, but look how small it gets: a product of numbers below 1, one for each point. Repeat each point fifty times, five thousand in all, and the product underflows to 0. Its logarithm is still an ordinary number: likelihood of 5000 points at 62 degrees: 0.0 its logarithm: -1078.5",
"many = session.run(of_truth, feeds(62, copies=50)) print(\"likelihood of 5000 points at 62 degrees:\", np.prod(many)) print(\"its logarithm:\", np.log(many).sum().round(2))",
""
],
[
"III. A criterion",
"part3_criterion.html#cross-entropy",
"A logarithm rescues the product",
"A logarithm rescues the product The logarithm of a product is the sum of the logarithms. It grows with the product, so the same weights make both largest. A loss should get smaller, so we change the sign. And we take the mean over the N points, so that it doesn't matter how many there are: L=−1N∑i∑jcijlnpij Only the true class has cij=1, so the inner sum picks the logarithm of its probability. L is the cross-entropy. It's 0 for a classifier that's always right, and certain of it. What's L for a classifier that answers one half to everything? −ln12=ln2=0.693. A training run that stays there has learned nothing. In code, the formula from the inside out:",
"N L = -\\frac{1}{N} \\sum_i \\sum_j c_{ij} \\ln p_{ij} c_{ij} = 1 L L -\\ln \\frac{1}{2} = \\ln 2 = 0.693 N L=-\\frac{1}{N}\\sum\\sumc\\lnp c=1 L L -\\ln\\frac{1}{2}=\\ln2=0.693 def cross_entropy(graph, c, p, feeds, rate_at): log_p = graph.log(p, name=\"log_p\") each = graph.sum(c * log_p, axis=1, name=\"each\") L = graph.neg(graph.mean(each), name=\"L\") session = Session(graph) def L_at(degrees, times=1): return session.run(L, feeds(degrees, times))",
"cross-entropy"
],
[
"III. A criterion",
"part3_criterion.html#S162",
"A logarithm rescues the product",
"Now 18 degrees costs more than 0, and 66 more than 62: 0 degrees: 0.0268 18 degrees: 0.0330 62 degrees: 0.2157 66 degrees: 0.2715 90 degrees: 1.0179",
"for degrees in (0, 18, 62, 66, 90): print(f\"{degrees:2} degrees: {L_at(degrees):.4f}\")",
""
],
[
"III. A criterion",
"part3_criterion.html#S173",
"A logarithm rescues the product",
"Figure 1 The cross-entropy has a slope where the rate is flat.",
"def paint(axes): angles = np.arange(-120, 121, 1) axes.plot( angles, [L_at(a) for a in angles], color=BLUE, label=\"cross-entropy $L$\" ) rates = [rate_at(a) for a in angles] axes.step(angles, rates, where=\"mid\", color=RED, label=\"misclassification rate\") axes.set(xlabel=\"angle of the line, in degrees\", xticks=range(-120, 121, 30)) axes.legend(frameon=False) save_plot(\"part3-angles\", paint)",
""
],
[
"III. A criterion",
"part3_criterion.html#S190",
"A logarithm rescues the product",
"Here's the whole graph. The softmax is drawn as its steps; it first subtracts the largest score, so that no exponential overflows. The mean is a sum divided by a count. Figure 2 From points and labels to one number.",
"save_graph(\"part3-loss\", [L]) return L_at",
""
],
[
"III. A criterion",
"part3_criterion.html#what-may-surprise-there-is-always-a-lower-point",
"Training never arrives",
"Training never arrives The best angle is near 0. But we can make L smaller without turning the line. Keep it at 0 degrees, and multiply its weights and biases by 1, 2, 5 and 10: 1 times: 0.026810 2 times: 0.007319 5 times: 0.000751 10 times: 0.000031",
"L L def no_end(L_at): for times in (1, 2, 5, 10): print(f\"{times:2} times: {L_at(0, times):.6f}\")",
""
],
[
"III. A criterion",
"part3_criterion.html#S216",
"Training never arrives",
"It's the same line with the same answers, only more certain. While every point is on its correct side, more certainty always pays. So where a line separates the clouds, the weights keep growing, more and more slowly, and we stop when we like. At 62 degrees, eleven points are on the wrong side. Do ten times larger weights help there? No, L rises from 0.2157 to 0.6140. The wrong answers get more certain, too, and cost more than the right ones save.",
"L L ",
""
],
[
"III. A criterion",
"part3_criterion.html#what-may-surprise-the-logarithm-of-0",
"Why a perfect answer can cost NaN",
"Why a perfect answer can cost NaN A perfect answer should cost 0, and one that's wrong but just as sure should cost a lot. We take scores so far apart that the softmax rounds to 0 and 1, first with the correct label, then with the wrong one, and print p, our L, and L from Graph.softmax_cross_entropy: [[0. 1.]] nan 0.0 [[0. 1.]] inf 1000.0",
"p L L p L L ",
""
],
[
"III. A criterion",
"part3_criterion.html#S245",
"Why a perfect answer can cost NaN",
"-0.0 + 0.0 is 0.0.",
"def surprise(): graph = Graph() scores, c = graph.constant([[-500.0, 500.0]]), graph.placeholder((1, 2)) p = graph.softmax(scores) L = graph.neg(graph.mean(graph.sum(c * graph.log(p), axis=1))) fused = graph.softmax_cross_entropy(scores, c) with np.errstate(divide=\"ignore\", invalid=\"ignore\"): for label in ([[0, 1]], [[1, 0]]): print(*[v + 0.0 for v in Session(graph).run([p, L, fused], {c: label})])",
""
],
[
"III. A criterion",
"part3_criterion.html#S248",
"Why a perfect answer can cost NaN",
"The logarithm of 0 is minus infinity, and 0 times infinity is NaN. One training step, and every weight is NaN, too. softmax_cross_entropy takes scores, so it never sees a rounded probability; Losses derives how. PyTorch's CrossEntropyLoss takes scores, too, so don't put a softmax in front of it. You can now judge any classifier by a number that has a slope. Part IV follows the slope down.",
"def main(): graph, *rest = classifier() rate_at = misclassification(graph, *rest) likelihood(graph, *rest) L_at = cross_entropy(graph, *rest, rate_at) no_end(L_at) surprise() if __name__ == \"__main__\": main()",
""
],
[
"IV. Gradient descent",
"part4_descent.html#part-iv-gradient-descent-and-backpropagation",
"Part IV: Gradient descent and backpropagation",
"Part IV: Gradient descent and backpropagation In PyTorch, training is three lines: zero_grad(), backward(), step(). You've typed them often. But what's a step made of, and what exactly goes backward? Part III left us with a loss, a number that says how bad a classifier is. Here we make it smaller by going downhill, and the graph itself tells us where down is. python -m course.part4_descent At the end, a line that started at random has found its way between the clouds.",
"import numpy as np from course.part2_perceptrons import draw_clouds, points from course.plot import BLUE, GREEN, RED, draw_line, save_graph, save_plot from gradients import topological_order from graph import Graph from session import Session from train import AdamOptimizer, GradientDescentOptimizer, MomentumOptimizer",
""
],
[
"IV. Gradient descent",
"part4_descent.html#down-a-mountain-in-fog",
"How do you get down a mountain in fog?",
"How do you get down a mountain in fog? You can't see the valley, but you can feel the slope under your feet. That's the derivative: how much you rise for a small step to the right. So take a step against it, longer where it's steeper, and feel again: θ←θ−ηL′(θ) This is gradient descent, and η is the learning rate. Our mountain is L=14θ4−2θ2+12θ, which has two valleys. We start once on each side, and once near the top between them:",
"\\theta \\leftarrow \\theta - \\eta\\, L'(\\theta) \\eta L = \\frac{1}{4} \\theta^4 - 2 \\theta^2 + \\frac{1}{2} \\theta \\theta\\leftarrow\\theta-\\eta\\,L'(\\theta) \\eta L=\\frac{1}{4}\\theta^4-2\\theta^2+\\frac{1}{2}\\theta def mountain(): graph = Graph() theta = graph.variable(0.0, name=\"theta\") L = graph.add(theta**4 / 4 - 2 * theta**2, theta / 2, name=\"L\") (slope,) = graph.gradients(L, [theta]) step = graph.assign(theta, theta - 0.05 * slope) place = graph.placeholder((), name=\"place\") put = graph.assign(theta, place) def descend(start, steps=30): session = Session(graph) session.run(put, {place: start}) path = [session.run([theta, L])] for _ in range(steps): session.run(step) path.append(session.run([theta, L])) return np.array(path)",
"derivative gradient descent learning rate"
],
[
"IV. Gradient descent",
"part4_descent.html#S53",
"How do you get down a mountain in fog?",
"Where do we end up, and how high is it there? from 2.9 to 1.934, height -3.02 from -2.9 to -2.060, height -5.02 from 0.1 to -2.020, height -5.01",
"paths = {start: descend(start) for start in (2.9, -2.9, 0.1)} for start, path in paths.items(): end, height = path[-1] print(f\"from {start:4} to {end:6.3f}, height {height:.2f}\")",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S64",
"How do you get down a mountain in fog?",
"The valley on the right is a local minimum: lower than everything around it, but not the lowest place there is. Once you're inside, every direction leads up, so gradient descent stays. Near the top it's almost flat, so the first steps are short: from there, thirty aren't quite enough. Figure 1 Where you end depends on where you start.",
"def paint(axes): at = np.linspace(-3, 3, 121) axes.plot(at, at**4 / 4 - 2 * at**2 + at / 2, color=\"#000000\", linewidth=1) for start, color in ((2.9, RED), (0.1, BLUE)): axes.plot(*paths[start].T, \"o-\", color=color, markersize=4, linewidth=0.6) axes.set(xlabel=r\"$\\theta$\", ylabel=\"$L$\") save_plot(\"part4-mountain\", paint, 5.5, 3.2)",
"local minimum"
],
[
"IV. Gradient descent",
"part4_descent.html#the-chain-rule-along-each-path",
"What goes backward?",
"What goes backward? A real loss depends on many parameters, the variables that we train, and it does so through many operations. For each parameter we need one slope: the gradient of L with respect to it, ∂L∂n. Along a single path, slopes multiply. If b changes three times as fast as a, and L twice as fast as b, then L changes six times as fast as a. Over several paths, the changes add up. That's the chain rule. We take one term for each consumer of n, each operation that reads it, with m for its output: ∂L∂n=∑m∂L∂m∂m∂n Gradients takes this formula apart. Here we use it. Let a act on L=ac directly, and also through b=3a and c=b2: Figure 2 Two paths lead from a to L, a short one and a long one.",
"L \\frac{\\partial L}{\\partial n} b a L b L a n m \\frac{\\partial L}{\\partial n} = \\sum_{m} \\frac{\\partial L}{\\partial m}\\, \\frac{\\partial m}{\\partial n} L = a c b = 3 a c = b^2 L \\frac{\\partialL}{\\partialn} b a L b L a n m \\frac{\\partialL}{\\partialn}=\\sum\\frac{\\partialL}{\\partialm}\\,\\frac{\\partialm}{\\partialn} L=ac b=3a c=b^2 def chain_rule(): graph = Graph() a = graph.variable(2.0, name=\"a\") b = graph.mul(3.0, a, name=\"b\") c = graph.square(b, name=\"c\") L = graph.mul(a, c, name=\"L\") save_graph(\"part4-paths\", [L])",
"parameters gradient chain rule consumer"
],
[
"IV. Gradient descent",
"part4_descent.html#S111",
"What goes backward?",
"We start at L, whose slope with respect to itself is 1, and walk back. L is a product, so ∂L∂c=a=2. c is a square, so ∂L∂b=2·2b=24. a gets two shares: c=36 on the short path, 24·3=72 on the long one. Together that's 108. By hand, L=9a3 has the derivative 27a2, which is 108 as well. And the graph agrees: c 2.0 b 24.0 a 108.0",
"L L \\frac{\\partial L}{\\partial c} = a = 2 c \\frac{\\partial L}{\\partial b} = 2 \\cdot 2 b = 24 c = 36 24 \\cdot 3 = 72 L = 9 a^3 27 a^2 L L \\frac{\\partialL}{\\partialc}=a=2 c \\frac{\\partialL}{\\partialb}=2\\cdot2b=24 c=36 24\\cdot3=72 L=9a^3 27a^2 for x, gradient in zip([c, b, a], graph.gradients(L, [c, b, a])): print(x.name, Session(graph).run(gradient))",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S128",
"What goes backward?",
"Why walk in the order of the operations, last made first? Try another order, level by level from L. You reach a on the short path, and move on with 36 before the 72 have arrived. In reverse topological order that can't happen: each operation has its turn after all its consumers, when the gradient with respect to its output is complete. It receives that gradient, and returns one for each input. This is backpropagation, and it takes six lines:",
"L L def gradients(y, xs): found = {y: y.graph.constant(1.0)} for op in reversed(list(topological_order([y]))): for x, share in zip(op.inputs, op.gradient(found[op.output])): found[x] = found[x] + share if x in found else share return [found[x] for x in xs]",
"topological order backpropagation"
],
[
"IV. Gradient descent",
"part4_descent.html#S144",
"What goes backward?",
"2.0 24.0 108.0",
"print(*[Session(graph).run(gradient) for gradient in gradients(L, [c, b, a])])",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S148",
"What goes backward?",
"Write found[x] = share instead of the sum. Which number do you get for a? 72. The product L has its turn first and leaves 36, and the multiplication by 3 overwrites it. Look at what comes out: not numbers, but tensors. You can run them, draw them, and differentiate them again. Graph.gradients does the same and a bit more. It also takes an L that isn't a scalar, inputs that don't lead to it, and shapes that were broadcast. And the cost? Each operation has one turn, with one share for each input. A million parameters need the same walk as one. (You could also walk forward, from an input to everything that depends on it. That's forward mode, and it takes a walk for each parameter.) Your turn: Exercise 15 asks for this loop with tensors of any shape.",
"L L ",
"forward mode"
],
[
"IV. Gradient descent",
"part4_descent.html#what-each-operation-hands-back",
"What does each operation have to know?",
"What does each operation have to know? Only one thing. Given the incoming gradient G, that of the loss with respect to its output, what's the gradient with respect to each of its inputs? operation returns because y=a+b G and G dy=da+db y=a−b G and −G dy=da−db y=−x −G dy=−dx y=ab Gb and Ga dy=bda+adb y=x2 2Gx dy=xdx+xdx y=ex Gy dy=ydx y=lnx G/x ey=x, so xdy=dx y=1/x −Gy2 xy=1, so ydx+xdy=0 y=σ(x) Gy(1−y) see Operations y=relu(x) G where x>0, else 0 dy=dx, or 0 y=∑ixi G to each xi dy=∑idxi yi=∑jxij Gi to each xij dyi=∑jdxij y=softmax(x) (G−∑iGiyi)y see Losses Y=AB GBT and ATG see Operations Losses has the softmax. And a bias, which is added to every row? It took part once for each row, and the chain rule adds up. So its gradient is the sum of G over the rows, and has the shape of the bias: who sums it is a question of its own. What does y=x return? G/(2y), because y2=x gives 2ydy=dx. How do we know that all this is right? A derivative that we find analytically, by formula, must agree with one that we find numerically: nudge one weight to both sides, and measure the slope. ∂L∂w≈L(w+h)−L(w−h)2h",
"G y = a + b G G dy = da + db y = a - b G -G dy = da - db y = -x -G dy = -dx y = a b G b G a dy = b\\,da + a\\,db y = x^2 2 G x dy = x\\,dx + x\\,dx y = e^x G\\, y dy = y\\,dx y = \\ln x G / x e^y = x x\\,dy = dx y = 1 / x -G\\, y^2 x y = 1 y\\,dx + x\\,dy = 0 y = \\sigma(x) G\\, y (1 - y) y = \\mathrm{relu}(x) G x > 0 dy = dx y = \\sum_i x_i G x_i dy = \\sum_i dx_i y_i = \\sum_j x_{ij} G_i x_{ij} dy_i = \\sum_j dx_{ij} y = \\mathrm{softmax}(x) (G - \\sum_i G_i y_i)\\, y Y = A B G B^T A^T G G y = \\sqrt{x} G / (2 y) y^2 = x 2 y\\,dy = dx \\frac{\\partial L}{\\partial w} \\approx \\frac{L(w + h) - L(w - h)}{2 h} G y=a+b G G dy=da+db y=a-b G -G dy=da-db y=-x -G dy=-dx y=ab Gb Ga dy=b\\,da+a\\,db y=x^2 2Gx dy=x\\,dx+x\\,dx y=e^x G\\,y dy=y\\,dx y=\\lnx G/x e^y=x x\\,dy=dx y=1/x -G\\,y^2 xy=1 y\\,dx+x\\,dy=0 y=\\sigma(x) G\\,y(1-y) y=\\mathrm{relu}(x) G x>0 dy=dx y=\\sumx G x dy=\\sumdx y=\\sumx G x dy=\\sumdx y=\\mathrm{softmax}(x) (G-\\sumGy)\\,y Y=AB GB^T A^TG G y=\\sqrt{x} G/(2y) y^2=x 2y\\,dy=dx \\frac{\\partialL}{\\partialw}\\approx\\frac{L(w+h)-L(w-h)}{2h} def derivatives(): graph = Graph() rng = np.random.default_rng(0) X, W = rng.normal(size=(5, 3)), graph.variable(rng.normal(size=(3, 2)), name=\"W\") b = graph.variable(np.zeros(2), name=\"b\") L = graph.mean(graph.square(graph.sigmoid(X @ W + b) - 0.2)) session = Session(graph)",
"incoming gradient analytically numerically"
],
[
"IV. Gradient descent",
"part4_descent.html#S212",
"What does each operation have to know?",
"You can feed a variable, too; that replaces its value for one run.",
"def numerically(variable, h=1e-6): value = session.run(variable) result = np.zeros_like(value) for i in np.ndindex(value.shape): move = np.zeros_like(value) move[i] = h above = session.run(L, {variable: value + move}) below = session.run(L, {variable: value - move}) result[i] = (above - below) / (2 * h) return result",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S225",
"What does each operation have to know?",
"Do the two agree, for every element, to 10−9? And would we notice a gradient that's wrong by a thousandth? A check that can't fail is worth nothing. W (3, 2) True False b (2,) True False",
"10^{-9} 10^{-9} for variable, gradient in zip([W, b], graph.gradients(L, [W, b])): right, other = session.run(gradient), numerically(variable) agree = [np.abs(g - other).max() \u003c 1e-9 for g in (right, 1.001 * right)] print(variable.name, gradient.shape, *agree)",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S236",
"What does each operation have to know?",
"Exercise 7 asks you to write this check.",
"",
""
],
[
"IV. Gradient descent",
"part4_descent.html#why-softmax-and-cross-entropy-are-one",
"One gradient to remember",
"One gradient to remember A classifier ends with a softmax and a cross-entropy. Put one into the other, and the gradient of an example's loss with respect to its scores is ∂L∂aj=pj−cj How far the answer is from the truth, and nothing else. Losses derives it, and shows how to compute both without overflow. That's why frameworks have the two as one operation: PyTorch's cross_entropy takes scores, as ours does. Let's check it on three examples. The loss is their mean, so each row has a third of p−c. The last example is surely wrong, by 1,800; its gradient is as finite as the others. [[ 0.09 0.244 -0.333] [-0.197 0.151 0.046] [ 0. -0.333 0.333]] True",
"\\frac{\\partial L}{\\partial a_j} = p_j - c_j p - c \\frac{\\partialL}{\\partiala}=p-c p-c def softmax_and_cross_entropy(): graph = Graph() scores = graph.constant([[1.0, 2.0, -5.0], [0.0, 0.1, -1.1], [0.0, -900.0, 900.0]]) labels = graph.one_hot([2, 0, 1], 3) L = graph.softmax_cross_entropy(scores, labels) (gradient,) = graph.gradients(L, [scores]) by_hand = (graph.softmax(scores) - labels) / 3 ours, other = Session(graph).run([gradient, by_hand]) print(ours.round(3) + 0.0) # -0.0 + 0.0 is 0.0 print(np.allclose(ours, other, rtol=0, atol=1e-12))",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S271",
"One gradient to remember",
"Exercise 2 asks for both in NumPy, correct for the largest scores too.",
"",
""
],
[
"IV. Gradient descent",
"part4_descent.html#training-a-perceptron",
"Let it learn",
"Let it learn We have everything. The clouds are those of Part II, and the weights start at random. What we did by hand on the mountain, an optimizer adds to the graph: one assign for each parameter, all in one step.",
"def training(): red, blue = points() graph = Graph() X = graph.constant(np.concatenate([red, blue]), name=\"X\") labels = graph.constant(np.repeat([[1, 0], [0, 1]], 50, axis=0), name=\"labels\") rng = np.random.default_rng(3) W = graph.variable(rng.normal(size=(2, 2)), name=\"W\") b = graph.variable(np.zeros(2), name=\"b\") scores = graph.add(X @ W, b, name=\"scores\") L = graph.softmax_cross_entropy(scores, labels, name=\"L\") step = GradientDescentOptimizer(0.3).minimize(L) hits = graph.equal(graph.argmax(scores, axis=1), graph.argmax(labels, axis=1)) accuracy = graph.mean(hits)",
"optimizer"
],
[
"IV. Gradient descent",
"part4_descent.html#S296",
"Let it learn",
"After 0, 1, 2, 5, 20, 100 and 1,000 steps: 0: L 10.8425, right 0% 1: L 6.4491, right 3% 2: L 2.4922, right 20% 5: L 0.1746, right 90% 20: L 0.0432, right 99% 100: L 0.0174, right 99% 1000: L 0.0045, right 100%",
"session, lines = Session(graph), {} for n in range(1001): if n in (0, 1, 2, 5, 20, 100, 1000): loss, right, *lines[n] = session.run([L, accuracy, W, b]) print(f\"{n:4}: L {loss:.4f}, right {right:.0%}\") session.run(step)",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S313",
"Let it learn",
"Notice 20 and 100: the loss halves, but one point stays on the wrong side. We minimize L, and the number of correct answers follows as it can. Where's the line between the classes? Where both scores are equal: (W:1−W:0)Tx+b1−b0=0. Take two points on it, and the softmax can't decide: [[0.5 0.5] [0.5 0.5]]",
"L (W_{:1} - W_{:0})^T x + b_1 - b_0 = 0 L (W-W)^Tx+b-b=0 weights, bias = session.run([W, b]) w, c = weights[:, 1] - weights[:, 0], bias[1] - bias[0] on_the_line = -c * w / (w @ w) + np.outer([0, 3], [-w[1], w[0]]) half = graph.softmax(on_the_line @ W + b) print(session.run(half).round(12))",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S329",
"Let it learn",
"Figure 3 The line after 0, 1, 2, 5, 20, 100 and 1,000 steps, from faint to strong.",
"def paint(axes): draw_clouds(axes, red, blue, 14) for i, (W, b) in enumerate(lines.values()): w, c = W[:, 1] - W[:, 0], b[1] - b[0] draw_line(axes, w, c, alpha=(i + 1) / len(lines)) axes.set(xlim=(-5, 5), ylim=(-5, 5)) save_plot(\"part4-lines\", paint, 4.6, 4.2)",
""
],
[
"IV. Gradient descent",
"part4_descent.html#momentum-and-adam",
"Why not just go downhill?",
"Why not just go downhill? A loss is often a long, narrow valley; ours is twenty times as steep across as along. In such a valley, the steepest way down leads to the other side. So gradient descent zigzags, and hardly moves along. Momentum steps along a sum of all gradients so far, in which older ones count less and less. Across the valley they cancel; along it they add up. Adam divides each parameter's step by the size of its recent gradients. So its first steps are as long along the valley as across. Optimizers has the formulas and the code of both.",
"def valley(): start, steepness = np.array([-4.0, 1.0]), np.array([0.05, 1.0]) def path(optimizer): graph = Graph() theta = graph.variable(start, name=\"theta\") L = graph.sum(graph.square(theta) * steepness) step, session = optimizer.minimize(L), Session(graph) return np.array([session.run([theta, step])[0] for _ in range(26)])",
"Momentum Adam"
],
[
"IV. Gradient descent",
"part4_descent.html#S366",
"Why not just go downhill?",
"When you fetch a variable together with a step, you get its value before the step. So path has the start and 25 steps. How high are we after them? gradient descent 0.007178 momentum 0.6 0.000003 momentum 0.9 0.043413 Adam 0.000151 Too much momentum hurts: at 0.9 we still swing from side to side, and are worse off than with none.",
"optimizers = { \"gradient descent\": GradientDescentOptimizer(0.9), \"momentum 0.6\": MomentumOptimizer(0.9, 0.6), \"momentum 0.9\": MomentumOptimizer(0.9, 0.9), \"Adam\": AdamOptimizer(0.5, beta1=0.7), } paths = {name: path(optimizer) for name, optimizer in optimizers.items()} for name, way in paths.items(): print(f\"{name:16} {(way[-1] ** 2 * steepness).sum():.6f}\")",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S387",
"Why not just go downhill?",
"Figure 4 Each mark is a step; the lowest point is at the origin.",
"def paint(axes): x, y = np.meshgrid(np.linspace(-4.5, 2, 80), np.linspace(-1.5, 1.5, 60)) height = np.round(steepness[0] * x**2 + steepness[1] * y**2, 6) axes.contour(x, y, height, levels=8, colors=\"#8888\", linewidths=0.7) marks = {\"gradient descent\": (RED, \"o\"), \"momentum 0.6\": (BLUE, \"s\")} for name, (color, mark) in {**marks, \"Adam\": (GREEN, \"v\")}.items(): axes.plot(*paths[name].T, f\"{mark}-\", color=color, markersize=3, label=name) axes.set(xlabel=r\"$\\theta_0$\", ylabel=r\"$\\theta_1$\", aspect=\"equal\") axes.legend(frameon=False, loc=\"lower left\", bbox_to_anchor=(0, 1), ncols=3) save_plot(\"part4-valley\", paint, 6.4, 3.8)",
""
],
[
"IV. Gradient descent",
"part4_descent.html#what-may-surprise-a-rate-that-is-too-large",
"A learning rate that's too large",
"A learning rate that's too large Sooner or later you'll see a loss that grows. Here's why. On L=θ2 the slope is 2θ, so one step turns θ into (1−2η)θ. At η=0.5 you arrive in one step. Above 1 the factor is below −1: each step jumps across the valley, and lands higher than it started. 0.1 [1. 0.8 0.64 0.51 0.41] 0.5 [1. 0. 0. 0. 0.] 0.9 [ 1. -0.8 0.64 -0.51 0.41] 1.1 [ 1. -1.2 1.44 -1.73 2.07]",
"L = \\theta^2 2 \\theta \\theta (1 - 2 \\eta)\\,\\theta \\eta = 0.5 -1 L=\\theta^2 2\\theta \\theta (1-2\\eta)\\,\\theta \\eta=0.5 -1 def surprise():",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S425",
"A learning rate that's too large",
"-0.0 + 0.0 is 0.0.",
"def descend(rate, examples=1): graph = Graph() theta = graph.variable(1.0) L = graph.sum(graph.square(theta) * np.ones(examples)) step, session = GradientDescentOptimizer(rate).minimize(L), Session(graph) return np.array([session.run([theta, step])[0] for _ in range(5)]) for rate in (0.1, 0.5, 0.9, 1.1): print(rate, descend(rate).round(2) + 0.0)",
""
],
[
"IV. Gradient descent",
"part4_descent.html#S428",
"A learning rate that's too large",
"This is also why a loss is a mean and not a sum. The slope of a sum over N examples is N times as large, and so is the step. With 0.5, the best rate for one example, a sum over three jumps out of the valley, each time twice as far: [ 1. -2. 4. -8. 16.]",
"N N N N print(descend(0.5, examples=3))",
""
],
[
"IV. Gradient descent",
"part4_descent.html#four-ways-down",
"Four ways down, in your hands",
"Four ways down, in your hands On θ2 the limit is 1, because each unit of θ changes the slope by 2. That's the curvature. If it's c, the rate must stay below 2/c, and in a valley, the direction across sets the limit. Try it. Here are gradient descent, momentum and Adam; your browser runs the update that each optimizer adds to the graph. Newton's method, of Part VII, uses the curvature as well. Press Run. Then raise gradient descent's rate, a little at a time, or drag the start: all four walk again. Here you could drag the start, change the rates, and see all four walk. For that, the page needs JavaScript.Figure 5 Choose the two valleys, and see where Newton's method ends.",
"\\theta^2 \\theta c 2 / c \\theta^2 \\theta c 2/c ",
"curvature Newton's method"
],
[
"IV. Gradient descent",
"part4_descent.html#and-what-one-line-cannot-do",
"What you can do, and what a line can't",
"What you can do, and what a line can't You can differentiate any graph in six lines, check a gradient numerically, and train. And it doesn't matter how deep the graph is: the chain rule goes through as many layers as you like. We'll need that. However long you train it, a perceptron is one straight line. Put the red points around two opposite corners of a square, and the blue ones around the other two: no line separates them. Part V puts one perceptron behind another.",
"def main(): mountain() chain_rule() derivatives() softmax_and_cross_entropy() training() valley() surprise() if __name__ == \"__main__\": main()",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#part-v-multi-layer-perceptrons",
"Part V: Multi-layer perceptrons",
"Part V: Multi-layer perceptrons A perceptron draws one straight line, and most questions need more than one. The cure is a hidden layer, two lines of code in PyTorch. But how many units should it have? Why must they start at random? And why do some networks never learn, however long you train them? python -m course.part5_layers To find out, we train three hundred small networks, which takes a few seconds.",
"import numpy as np from course.plot import BLUE, DARK, GREEN, RED, draw_line, save_graph, save_plot from graph import Graph from session import Session from train import GradientDescentOptimizer CORNERS = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])",
"hidden layer"
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#points",
"points",
"A hundred points, of shape (100, 2), and their classes: 0 is red, 1 is blue.",
"def points(): rng = np.random.default_rng(0) around = np.repeat(CORNERS, 25, axis=0) return around + 0.2 * rng.normal(size=(100, 2)), np.repeat([0, 0, 1, 1], 25) def draw_points(axes, examples, classes): edge = {\"edgecolors\": \"#ffffff\", \"linewidths\": 0.5} for which, color, marker in ((0, RED, \"o\"), (1, BLUE, \"^\")): at = examples[classes == which].T axes.scatter(*at, 22, color=color, marker=marker, **edge) axes.set(xlabel=\"$x_1$\", ylabel=\"$x_2$\", aspect=\"equal\") def four_clouds():",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#four-clouds",
"Four clouds that no line can separate",
"Four clouds that no line can separate We scatter twenty-five points around each corner of a square. A point is blue if exactly one of its coordinates is large, and red otherwise: it's XOR with noise. Figure 1 Any line leaves at least one cloud on the wrong side.",
"examples, classes = points() def paint(axes): draw_points(axes, examples, classes) save_plot(\"part5-clouds\", paint, 4.4, 3.8)",
"one"
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S55",
"Four clouds that no line can separate",
"What does the perceptron of Part IV make of them? We train it from three different starts. L 0.6925, right 53% L 0.6925, right 53% L 0.6925, right 53%",
"rng = np.random.default_rng(0) for _ in range(3): graph = Graph() W = graph.variable(rng.normal(size=(2, 2)), name=\"W\") b = graph.variable(np.zeros(2), name=\"b\") scores = graph.constant(examples) @ W + b L = graph.softmax_cross_entropy(scores, classes) right = share_right(graph, scores, classes) step, session = GradientDescentOptimizer(0.5).minimize(L), Session(graph) for _ in range(2000): session.run(step) print(\"L {:.4f}, right {:.0%}\".format(*session.run([L, right])))",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S75",
"Four clouds that no line can separate",
"Each start ends in the same place, hardly better than a shrug: answering one half for every point has the loss ln2=0.693. A line with three clouds on the correct side would get 75 points right. But it would be just as sure about the other 25, and they would cost more than the 75 save.",
"\\ln 2 = 0.693 \\ln2=0.693 return examples, classes",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#share_right",
"share_right",
"The share of examples whose largest score belongs to their label. Labels are class numbers, of shape (..., examples); scores are of shape (..., examples, classes).",
"def share_right(graph, scores, labels): return graph.mean(graph.equal(graph.argmax(scores, axis=-1), labels), axis=-1)",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#network",
"network",
"The hidden units of each row of X, and its scores. X is of shape (examples, inputs), W0 (inputs, units), b0 (units,), W1 (units, classes), b1 (classes,).",
"def network(graph, X, W0, b0, W1, b1): hidden = graph.sigmoid(X @ W0 + b0, name=\"hidden\") return hidden, graph.add(hidden @ W1, b1, name=\"scores\") def by_hand(examples, classes):",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#two-lines-and-one-more",
"Two lines, and one to combine them",
"Two lines, and one to combine them Let's split the question. Is at least one coordinate large? Are both? A straight line can answer each. A point is blue if the answers are yes and no, and a perceptron can decide that as well, given the two answers instead of the coordinates. So two perceptrons look at the point, and a third looks at those two. The first two are hidden units, and together they form the hidden layer h: h=σ(XW0+b0)p=softmax(hW1+b1) We can write down weights without any training. The first column of W0 asks whether x1+x2 is above one half, the second whether it's above one and a half. The score of blue is large if the first answer is yes and the second is no. network, above, is this formula without the softmax.",
"h h = \\sigma(X W_0 + b_0) p = \\mathrm{softmax}(h W_1 + b_1) W_0 x_1 + x_2 h h=\\sigma(XW+b) p=\\mathrm{softmax}(hW+b) W x+x graph = Graph() X = graph.placeholder((None, 2), name=\"X\") W0 = graph.variable([[20, 20], [20, 20]], name=\"W0\") b0 = graph.variable([-10, -30], name=\"b0\") W1 = graph.variable([[0, 20], [0, -20]], name=\"W1\") b1 = graph.variable([0, -10], name=\"b1\") hidden, scores = network(graph, X, W0, b0, W1, b1) p = graph.softmax(scores, name=\"p\")",
"hidden units hidden layer"
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S128",
"Two lines, and one to combine them",
"For each corner we print the answers of the two hidden units and the probability of blue; then the share of all points that the network gets right. [0. 0.] hidden [0. 0.] blue 0.0 [1. 1.] hidden [1. 1.] blue 0.0 [0. 1.] hidden [1. 0.] blue 1.0 [1. 0.] hidden [1. 0.] blue 1.0 right 93%",
"session = Session(graph) print_corners(session, X, hidden, p) right = share_right(graph, scores, classes) print(f\"right {session.run(right, {X: examples}):.0%}\")",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S142",
"Two lines, and one to combine them",
"Figure 2 Two layers of the same form: a product, a bias, a function.",
"save_graph(\"part5-network\", [p])",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S148",
"Two lines, and one to combine them",
"It all depends on the sigmoid between the layers. Leave it out, and two layers collapse into one with other weights: (XW0+b0)W1+b1=X(W0W1)+(b0W1+b1) Could ten layers without a sigmoid draw anything but a straight line? No. The formula turns two layers into one, so nine uses of it turn ten layers into one.",
"(X W_0 + b_0) W_1 + b_1 = X (W_0 W_1) + (b_0 W_1 + b_1) (XW+b)W+b=X(WW)+(bW+b) def print_corners(session, X, hidden, p): answers = session.run([hidden, p], {X: CORNERS}) for corner, h, (_, blue) in zip(CORNERS, *answers): print(corner, \"hidden\", h.round(2), \"blue\", blue.round(2))",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#letting-it-find-the-lines",
"Gradient descent finds lines of its own",
"Gradient descent finds lines of its own With real data we can't write down weights, so we start with random ones. Here is a network of four hidden units after 0, 100, 200 and 500 steps: 0: L 1.0372, right 50% 100: L 0.1781, right 98% 200: L 0.0638, right 100% 500: L 0.0229, right 100%",
"def training(examples, classes): rng = np.random.default_rng(2) graph = Graph() X = graph.placeholder((None, 2), name=\"X\") W0 = graph.variable(rng.normal(size=(2, 4)), name=\"W0\") b0 = graph.variable(np.zeros(4), name=\"b0\") W1 = graph.variable(rng.normal(size=(4, 2)), name=\"W1\") b1 = graph.variable(np.zeros(2), name=\"b1\") _, scores = network(graph, X, W0, b0, W1, b1) labels = graph.placeholder((None,), dtype=int, name=\"labels\") L = graph.softmax_cross_entropy(scores, labels) right = share_right(graph, scores, labels) step = GradientDescentOptimizer(2.0).minimize(L) session, feeds = Session(graph), {X: examples, labels: classes} for n in range(501): if n in (0, 100, 200, 500): loss, share = session.run([L, right], feeds) print(f\"{n:3}: L {loss:.4f}, right {share:.0%}\") session.run(step, feeds)",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S196",
"Gradient descent finds lines of its own",
"What does it say about the rest of the plane? On each thin line one of the hidden units is one half. A red band runs through both red clouds. Beyond its lower end, where there has never been a point, the network is confident of blue: at (-1.5, -1.5) blue 0.92 Figure 3 Lower left: a confident answer where there are no data. Hold on to this: a network sounds sure even far from anything it has seen.",
"p = graph.softmax(scores) print(f\"at (-1.5, -1.5) blue {session.run(p, {X: [[-1.5, -1.5]]})[0, 1]:.2f}\") draw_map(\"part5-map\", session, X, p, (W0, b0), examples, classes)",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#draw_map",
"draw_map",
"Draw the probability of blue over a square, and where xW0+b0=0.",
"x W_0 + b_0 = 0 xW+b=0 def draw_map(name, session, X, p, lines, examples, classes): side = np.linspace(-2, 2, 41) grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2) blue = session.run(p, {X: grid})[:, 1].reshape(41, 41).round(4) W0, b0 = session.run(lines) def paint(axes): levels = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1] colors = [RED, \"#e38f9a\", \"#f3cfd4\", \"#cfe0f4\", \"#86b3e6\", BLUE] filled = axes.contourf(side, side, blue, levels, colors=colors) axes.figure.colorbar(filled, ticks=levels, label=\"probability of blue\") draw_points(axes, examples, classes) for w, b in zip(W0.T, b0): draw_line(axes, w, b, linewidth=0.8, color=DARK) axes.set(xlim=(-2, 2), ylim=(-2, 2)) save_plot(name, paint, 5.4, 4.2) def how_many(examples, classes):",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#how-many-hidden-units",
"How many hidden units?",
"How many hidden units? Two are enough: we've written them down. But does gradient descent find them? One start can't tell, so we try a hundred, each with two, four and eight units. All hundred train at once. Their weights lie in one tensor with an extra axis in front, and a product of stacks multiplies matrix by matrix, as torch.bmm does; network doesn't change. We add up the hundred losses. Each depends on its own weights only, so each network gets its own gradient.",
"def train(units): rng = np.random.default_rng(1) graph = Graph() X = graph.placeholder((None, 2), name=\"X\") W0 = graph.variable(rng.normal(size=(100, 2, units)), name=\"W0\") b0 = graph.variable(np.zeros((100, 1, units)), name=\"b0\") W1 = graph.variable(rng.normal(size=(100, units, 2)), name=\"W1\") b1 = graph.variable(np.zeros((100, 1, 2)), name=\"b1\") _, scores = network(graph, X, W0, b0, W1, b1) labels = np.tile(classes, (100, 1)) each = graph.softmax_cross_entropy(scores, labels, mean=False) L = graph.sum(graph.mean(each, axis=-1)) right = share_right(graph, scores, labels) p = graph.softmax(scores, name=\"p\") step, session = GradientDescentOptimizer(2.0).minimize(L), Session(graph) for _ in range(500): session.run(step, {X: examples}) right = session.run(right, {X: examples}) return right, session.run([p, W0, b0, W1, b1], {X: CORNERS})",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S264",
"How many hidden units?",
"How many of the hundred get at least 95 of the 100 points right, and how many are stuck below 85? 2 units: 72 have learned, 25 are stuck 4 units: 100 have learned, 0 are stuck 8 units: 100 have learned, 0 are stuck",
"trained = {units: train(units) for units in (2, 4, 8)} for units, (right, _) in trained.items(): learned, stuck = (right >= 0.95).sum(), (right \u003c 0.85).sum() print(f\"{units} units: {learned} have learned, {stuck} are stuck\")",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S276",
"How many hidden units?",
"So we want more units than the solution needs, in order to find it. (The exact counts depend on the points, the learning rate and the size of the first weights.) Figure 4 With two units, a quarter of the starts ends far below the rest.",
"def paint(axes): marks = {2: (RED, \"o\"), 4: (BLUE, \"^\"), 8: (GREEN, \"s\")} for units, (color, mark) in marks.items(): right, label = np.sort(trained[units][0]), f\"{units} units\" axes.plot(right, mark, color=color, fillstyle=\"none\", ms=4, label=label) axes.set(xlabel=\"starts, from worst to best\", ylabel=\"share that is right\") axes.legend(frameon=False) save_plot(\"part5-units\", paint) return trained[2]",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#why-two-get-stuck",
"Why do two units get stuck?",
"Why do two units get stuck? For how many corners does each stuck network answer about one half? of 2 corners: 24 networks of 4 corners: 1 networks",
"def stuck(trained, examples, classes): right, (p, *parameters) = trained at = np.flatnonzero(right \u003c 0.85) undecided = (abs(p[at, :, 1] - 0.5) \u003c 0.2).sum(axis=1) for corners, networks in zip(*np.unique(undecided, return_counts=True)): print(f\"of {corners} corners: {networks} networks\")",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S310",
"Why do two units get stuck?",
"Does patience help? We train the first of them for twenty thousand more steps, and the loss only creeps toward half of ln2. 0 steps: 0.383 1000 steps: 0.368 20000 steps: 0.353 half of ln 2: 0.347",
"\\ln 2 \\ln2 graph = Graph() X = graph.placeholder((None, 2), name=\"X\") W0, b0, W1, b1 = (graph.variable(values[at[0]]) for values in parameters) hidden, scores = network(graph, X, W0, b0, W1, b1) L = graph.softmax_cross_entropy(scores, classes) step = GradientDescentOptimizer(2.0).minimize(L) session, losses = Session(graph), [] for _ in range(20_001): losses.append(session.run([L, step], {X: examples})[0]) for n in (0, 1000, 20_000): print(f\"{n:5} steps: {losses[n]:.3f}\") print(f\"half of ln 2: {np.log(2) / 2:.3f}\")",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S331",
"Why do two units get stuck?",
"What do its hidden units answer at the four corners? [0. 0.] hidden [0. 0.99] blue 0.0 [1. 1.] hidden [0. 0.] blue 0.5 [0. 1.] hidden [1. 0.63] blue 1.0 [1. 0.] hidden [0. 0.] blue 0.5",
"p = graph.softmax(scores) print_corners(session, X, hidden, p)",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S341",
"Why do two units get stuck?",
"At (1,1), which is red, and at (1,0), which is blue, both units say no. The layer behind them can't tell these corners apart, and answers one half to both. So half of the points cost ln2 each, and the rest almost nothing. To get out, a unit would have to change its answer at one of the two. But the gradient with respect to its weighted sum has the factor h(1−h), the slope of the sigmoid, and where h is almost 0 so is the slope. The unit should change, and hardly any signal tells it so: this is a vanishing gradient. Figure 5 Both clouds on the right lie on the same side of both lines.",
"(1, 1) (1, 0) \\ln 2 h (1 - h) h (1,1) (1,0) \\ln2 h(1-h) h lines = W0, graph.reshape(b0, (2,)) draw_map(\"part5-stuck\", session, X, p, lines, examples, classes)",
"vanishing gradient"
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S358",
"Why do two units get stuck?",
"The slope h(1−h) is never above one quarter. What do the slopes of ten sigmoid layers leave of a gradient, at most? 4−10 of it, about one millionth. That's why Part V b takes another function.",
"h (1 - h) 4^{-10} h(1-h) 4^{-10} ",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#why-at-random",
"Why start at random?",
"Why start at random? Suppose you give all units the same weights, in and out. They compute the same value, so they get the same gradient, take the same step, and stay the same. Here are four such units after 2,000 steps: one unit, four times over, and so one line. [[4.51 4.51 4.51 4.51] [4.25 4.25 4.25 4.25]] right 73%",
"def symmetry(examples, classes): graph = Graph() W0 = graph.variable(np.full((2, 4), 0.5), name=\"W0\") b0 = graph.variable(np.zeros(4), name=\"b0\") W1 = graph.variable(np.tile([[0.5, -0.5]], (4, 1)), name=\"W1\") b1 = graph.variable(np.zeros(2), name=\"b1\") _, scores = network(graph, graph.constant(examples), W0, b0, W1, b1) L = graph.softmax_cross_entropy(scores, classes) right = share_right(graph, scores, classes) step, session = GradientDescentOptimizer(2.0).minimize(L), Session(graph) for _ in range(2000): session.run(step) print(session.run(W0).round(2)) print(f\"right {session.run(right):.0%}\")",
""
],
[
"V. Multi-layer perceptrons",
"part5_layers.html#S390",
"Why start at random?",
"And if all weights and biases start at 0? Then nothing ever moves. All units and all probabilities are one half. No gradient gets back through W1=0; and in the gradients of W1 and b1 the 50 red and the 50 blue points cancel. You can now say what a hidden layer is for, why it starts at random, and how it gets stuck. Each step here relied on Graph.gradients, and Exercise 15 asks you to write it yourself. Next, the two layers read handwritten digits.",
"W_1 = 0 W_1 b_1 W=0 W b def main(): examples, classes = four_clouds() by_hand(examples, classes) training(examples, classes) trained = how_many(examples, classes) stuck(trained, examples, classes) symmetry(examples, classes) if __name__ == \"__main__\": main()",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#part-v-b-handwritten-digits",
"Part V b: Handwritten digits",
"Part V b: Handwritten digits Can two layers read what people write by hand? They can: ours gets 98.9% of a test right. Then we move each image by a single pixel, and it reads barely half of them. At the end you can draw a digit yourself. python -m course.part5b_digits We train twelve networks, which takes about ten seconds.",
"import pathlib import numpy as np from tqdm import tqdm from course.part5_layers import share_right from course.plot import BLUE, RED, save_plot from graph import Graph from session import Session from train import AdamOptimizer",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#digits",
"digits",
"Images of handwritten digits, and the digit that each shows. The images are integers from 0 (paper) to 16 (ink), of shape (1797, 8, 8); the labels are integers from 0 to 9, of shape (1797,).",
"def digits(): with np.load(pathlib.Path(__file__).with_name(\"digits.npz\")) as file: return file[\"images\"], file[\"labels\"] def handwriting():",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#handwritten-digits",
"What the network gets to see",
"What the network gets to see course/digits.npz holds the test images of a data set that E. Alpaydin and C. Kaynak made from the handwriting of forty-three people, thirteen of whom wrote these: Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998, doi 10.24432/C50P49, license CC BY 4.0. Each image has 8 x 8 pixels: (1797, 8, 8) (1797,) [0 1 2 3 4 5 6 7 8 9 0 1]",
"images, labels = digits() print(images.shape, labels.shape) print(labels[:12])",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#S48",
"What the network gets to see",
"Figure 1 The first twelve images, each with its label.",
"def paint(axes): show_images(axes, images[:12], labels[:12], 6) save_plot(\"part5b-digits\", paint, 6, 2.6)",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#S56",
"What the network gets to see",
"We want to know how the network does on digits that it has never seen. So we hold out a fifth of the images for the test, and train with the others. Each image becomes a row of 64 numbers from 0 to 1. (1437, 64) for training, (360, 64) for the test",
"X = images.reshape(-1, 64) / 16 order = np.random.default_rng(0).permutation(len(X)) fifths = np.array_split(order, 5) print(f\"{X[order[360:]].shape} for training, {X[fifths[0]].shape} for the test\") return X, labels, fifths",
"test"
],
[
"V b. Handwritten digits",
"part5b_digits.html#show_images",
"show_images",
"Draw images of 8 x 8 pixels in a table, each with its caption below.",
"def show_images(axes, images, captions, columns): for i, (image, caption) in enumerate(zip(images, captions)): x, y = 10 * (i % columns), -12 * (i // columns) axes.imshow(image, \"Greys\", extent=(x, x + 8, y, y + 8), interpolation=\"none\") axes.text(x + 4, y - 0.6, caption, ha=\"center\", va=\"top\") rows = -(-len(images) // columns) axes.set(xlim=(-1, 10 * columns - 1), ylim=(-12 * rows + 9, 9)) axes.axis(\"off\") class Classifier:",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#a-network-that-reads",
"A network that reads",
"A network that reads As in Part V there's a hidden layer, here of 64 units, and a softmax, here of ten classes. But the units are rectified linear units, relu(x)=max(x,0). Where such a unit isn't 0 its slope is 1. A sigmoid's slope is at most a quarter, and shrinks as the unit gets surer. h=relu(XW0+b0)p=softmax(hW1+b1) How large should the random weights be? A unit adds up n products of an input and a weight. If the weights are independent, with mean 0 and variance v, the square of that sum is on average nv times the mean square of the inputs. If w is as likely as −w, relu drops half of this. So with v=2/n the units are on average as large as their inputs, and values neither explode nor fade through a few layers. PyTorch calls this kaiming_normal_. How many numbers does this network learn? 64·64+64 for the hidden layer and 64·10+10 for the scores: 4,810.",
"\\mathrm{relu}(x) = \\max(x, 0) h = \\mathrm{relu}(X W_0 + b_0) p = \\mathrm{softmax}(h W_1 + b_1) n v n v w -w v = 2 / n 64 \\cdot 64 + 64 64 \\cdot 10 + 10 \\mathrm{relu}(x)=\\max(x,0) h=\\mathrm{relu}(XW+b) p=\\mathrm{softmax}(hW+b) n v nv w -w v=2/n 64\\cdot64+64 64\\cdot10+10 def __init__(self, rng): self.graph = graph = Graph() self.X = graph.placeholder((None, 64), name=\"X\") self.labels = graph.placeholder((None,), dtype=int, name=\"labels\") W0 = graph.variable(rng.normal(size=(64, 64)) * np.sqrt(2 / 64), name=\"W0\") b0 = graph.variable(np.zeros(64), name=\"b0\") W1 = graph.variable(rng.normal(size=(64, 10)) * np.sqrt(2 / 64), name=\"W1\") b1 = graph.variable(np.zeros(10), name=\"b1\") self.parameters = [W0, b0, W1, b1] self.hidden = graph.relu(self.X @ W0 + b0, name=\"hidden\") scores = graph.add(self.hidden @ W1, b1, name=\"scores\") self.p = graph.softmax(scores, name=\"p\") self.L = graph.softmax_cross_entropy(scores, self.labels, name=\"L\") self.right = share_right(graph, scores, self.labels) self.step = AdamOptimizer(0.003).minimize(self.L) self.session = Session(graph) def run(self, fetches, X, labels): return self.session.run(fetches, {self.X: X, self.labels: labels})",
"rectified linear units"
],
[
"V b. Handwritten digits",
"part5b_digits.html#minibatches",
"Must every step see all images?",
"Must every step see all images? The gradient of the whole loss needs all 1,437 images. The gradient of the mean over 32 of them, a minibatch, is right on average, and takes a forty-fifth of the arithmetic. So we shuffle the images and take 32 at a time until we've seen them all, which is an epoch; then we shuffle again. Exercise 3 asks for this as a generator.",
"def epoch(self, X, labels, rng): order = rng.permutation(len(X)) for start in range(0, len(X), 32): batch = order[start : start + 32] self.run(self.step, X[batch], labels[batch])",
"minibatch epoch"
],
[
"V b. Handwritten digits",
"part5b_digits.html#S141",
"Must every step see all images?",
"Before training, are the hidden units of five classifiers about as large as the pixels? mean square of the pixels 0.23 of the hidden units 0.23 0.20 0.17 0.15 0.26",
"def sizes(X): print(f\"mean square of the pixels {(X**2).mean():.2f}\") squares = [] for seed in range(5): classifier = Classifier(np.random.default_rng(seed)) hidden = classifier.session.run(classifier.hidden, {classifier.X: X}) squares.append((hidden**2).mean()) print(\"of the hidden units\", *[f\"{square:.2f}\" for square in squares])",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#learning-to-read",
"Learning to read",
"Learning to read We hold out the first fifth, train with the others, and look after 1, 5, 30, 75 and 200 epochs. epoch 1: training L 0.8801, 88.4% right; test L 0.8614, 89.7% epoch 5: training L 0.1637, 96.9% right; test L 0.1733, 97.2% epoch 30: training L 0.0169, 99.9% right; test L 0.0683, 98.3% epoch 75: training L 0.0019, 100.0% right; test L 0.0521, 98.9% epoch 200: training L 0.0000, 100.0% right; test L 0.0638, 98.9%",
"def reading(X, labels, fifths): test, training = fifths[0], np.concatenate(fifths[1:]) rng = np.random.default_rng(0) classifier = Classifier(rng) both, curves = [classifier.L, classifier.right], [] agreement = [cosine(classifier, X[training], labels[training])] for _ in tqdm(range(200), desc=\"training\", unit=\"epoch\"): classifier.epoch(X[training], labels[training], rng) curves.append([classifier.run(both, X[i], labels[i]) for i in (training, test)]) for epoch in (1, 5, 30, 75, 200): (L, right), (test_J, test_right) = curves[epoch - 1] print( f\"epoch {epoch:3}: training L {L:.4f}, {right:.1%} right; \" f\"test L {test_J:.4f}, {test_right:.1%}\" )",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#S183",
"Learning to read",
"Soon the network gets every training image right, and training only makes it surer. For a while that helps on the test too. Then the test's L rises: what the network gets wrong, it gets wrong with growing confidence. This is overfitting, and only held-out images show it. Figure 2 Training keeps improving; the test turns after about 75 epochs.",
"L L def paint(axes): L = np.array(curves)[:, :, 0] axes.semilogy(range(1, 201), L[:, 1], color=RED, label=\"test\") axes.semilogy(range(1, 201), L[:, 0], color=BLUE, label=\"training\") axes.set(xlabel=\"epoch\", ylabel=\"$L$\") axes.legend(frameon=False) axes.grid(color=\"#8884\", linewidth=0.6) save_plot(\"part5b-curves\", paint, 5.5, 3.2)",
"overfitting"
],
[
"V b. Handwritten digits",
"part5b_digits.html#S203",
"Learning to read",
"How well does the gradient of a minibatch agree with that of all training images? Here's the mean cosine of the angle between them, before training and after: 0.77 0.07",
"agreement.append(cosine(classifier, X[training], labels[training])) print(*[f\"{cosine:.2f}\" for cosine in agreement])",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#S211",
"Learning to read",
"At first every minibatch knows the way. When there's little left to learn, each asks mostly for what its own images need, and only the mean of many is right.",
"return classifier def cosine(classifier, X, labels): gradients = classifier.graph.gradients(classifier.L, classifier.parameters) def direction(which): parts = classifier.run(gradients, X[which], labels[which]) gradient = np.concatenate([part.ravel() for part in parts]) return gradient / np.linalg.norm(gradient) whole, batches = direction(np.arange(len(X))), np.arange(len(X) // 32 * 32) return np.mean([whole @ direction(batch) for batch in batches.reshape(-1, 32)])",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#what-is-taken-for-what",
"Which digits does it confuse?",
"Which digits does it confuse? The confusion matrix counts, for each digit, what the network took it for. Everything off the diagonal is a mistake. The network gets 98.9% of 360 images right. How many are off the diagonal? Four, since 356 of 360 are 98.9%.",
"def confusion(classifier, X, labels, fifths): test = fifths[0] p = classifier.session.run(classifier.p, {classifier.X: X[test]}) answers, truth = p.argmax(axis=1), labels[test] matrix = np.zeros((10, 10), dtype=int) np.add.at(matrix, (truth, answers), 1)",
"confusion matrix"
],
[
"V b. Handwritten digits",
"part5b_digits.html#S244",
"Which digits does it confuse?",
"Figure 3 Three of the four mistakes were answered with a 1.",
"def paint(axes): style = {\"ha\": \"center\", \"va\": \"center\"} for row, column in zip(*np.nonzero(matrix)): color = \"#000000\" if row == column else RED axes.text(column, row, matrix[row, column], color=color, **style) axes.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5), aspect=\"equal\") axes.set(xticks=range(10), yticks=range(10), xlabel=\"answer\", ylabel=\"truth\") axes.set_xticks(np.arange(0.5, 9), minor=True) axes.set_yticks(np.arange(0.5, 9), minor=True) axes.grid(which=\"minor\", color=\"#8884\", linewidth=0.6) axes.tick_params(which=\"minor\", length=0) save_plot(\"part5b-confusion\", paint, 4.4, 4.2)",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#S262",
"Which digits does it confuse?",
"Here are the mistakes, those with the least probability for the truth first. 3, with 0.0%, taken for 5 6, with 4.9%, taken for 1 2, with 9.4%, taken for 1 8, with 21.2%, taken for 1 Figure 4 Would you have read all four?",
"of_truth = p[np.arange(len(test)), truth] wrong = np.flatnonzero(answers != truth) worst = wrong[np.argsort(of_truth[wrong])][:6] for i in worst: print(f\"{truth[i]}, with {of_truth[i]:.1%}, taken for {answers[i]}\") def paint_worst(axes): captions = [f\"{truth[i]}, not {answers[i]}\" for i in worst] show_images(axes, X[test[worst]].reshape(-1, 8, 8), captions, 6) save_plot(\"part5b-worst\", paint_worst, 6.4, 1.6)",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#train",
"train",
"A classifier, trained with these images for thirty epochs.",
"def train(X, labels, seed): rng = np.random.default_rng(seed) classifier = Classifier(rng) for _ in range(30): classifier.epoch(X, labels, rng) return classifier",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#hold_out_each",
"hold_out_each",
"Print the share that is right of each part, by a network trained without it.",
"def hold_out_each(X, labels, parts): shares = [] for i, test in enumerate(tqdm(parts, desc=\"held out\", unit=\"part\")): training = np.concatenate(parts[:i] + parts[i + 1 :]) classifier = train(X[training], labels[training], seed=i) shares.append(classifier.run(classifier.right, X[test], labels[test])) mean = np.average(shares, weights=[len(test) for test in parts]) print(*[f\"{share:.1%}\" for share in shares], end=\": \") print(f\"{mean:.1%} of all images\") def luck(X, labels, fifths):",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#was-it-luck",
"Was it luck?",
"Was it luck? Another fifth might have been harder. So we hold out each of them once, and train five networks for thirty epochs, each without seeing its own test. 98.3% 96.4% 98.1% 97.8% 98.1%: 97.7% of all images",
"hold_out_each(X, labels, fifths)",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#S316",
"Was it luck?",
"The fifths differ by a percent or two, and a percent of 360 images is less than four. But there's more to be modest about. We chose the number of units and the learning rate with an eye on such numbers, so the test wasn't quite unseen. And we shuffled. Hold out each fifth as it lies in the file, and nearly three times as many images are wrong: 95.3% 90.8% 95.0% 95.5% 90.8%: 93.5% of all images",
"hold_out_each(X, labels, np.array_split(np.arange(len(X)), 5))",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#S327",
"Was it luck?",
"Neighbors look alike. How often does the most similar image, by the sum of squared differences, lie at most a hundred places away? And how often would it, if places were random? 54%, by chance 11%",
"squares = (X**2).sum(axis=1) distances = squares[:, None] + squares - 2 * X @ X.T np.fill_diagonal(distances, np.inf) places = abs(np.arange(len(X)) - distances.argmin(axis=1)) chance = abs(np.subtract.outer(np.arange(len(X)), np.arange(len(X)))) \u003c= 100 print(f\"{(places \u003c= 100).mean():.0%}, by chance {chance.mean():.0%}\")",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#S340",
"Was it luck?",
"So after shuffling, many test images have close relatives in the training. Which of the two numbers is right depends on your question: how well does the network read more of the same, or something unlike anything it has seen?",
"",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#what-may-surprise-one-pixel-to-the-right",
"One pixel to the right",
"One pixel to the right Here's the same test with each image moved by one pixel to the right. You'd hardly notice. moved to the right: 54.4%",
"def surprise(classifier, X, labels, fifths): test, training = fifths[0], np.concatenate(fifths[1:]) wide = np.pad(X.reshape(-1, 8, 8), [(0, 0), (0, 0), (1, 1)]) def moved(pixels): return wide[:, :, 1 - pixels : 9 - pixels].reshape(-1, 64) def share(classifier, images): return f\"{classifier.run(classifier.right, images[test], labels[test]):.1%}\" print(\"moved to the right:\", share(classifier, moved(1)))",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#S365",
"One pixel to the right",
"To the network a pixel is a column of X like any other. We never told it which pixels are neighbors, and each weight belongs to one place. So we train it with moved images too, which cost nothing; and it learns to read those, but not images moved to the left. trained with both: 98.3% moved to the right: 98.1% moved to the left: 44.7%",
"X X both = np.concatenate([X[training], moved(1)[training]]) classifier = train(both, np.tile(labels[training], 2), seed=0) print(\"trained with both:\", share(classifier, X)) print(\"moved to the right:\", share(classifier, moved(1))) print(\"moved to the left:\", share(classifier, moved(-1)))",
""
],
[
"V b. Handwritten digits",
"part5b_digits.html#draw-a-digit",
"Can it read yours?",
"Can it read yours? Draw a digit below, and the network that you've just seen reads it. First your drawing becomes an image like those that it learned from. They came from forms, and a program had made them alike: it stretched each digit to a height of 32 pixels and a width of about 20, pulled it upright until the first ink of the top row stood above that of the bottom row, evened out the pen, and counted the ink in each block of 4 x 4. We do the same. Is it worth the trouble? A script drew sixty digits for us with the mouse, in six hands that we made up. Prepared like this, 57 of them are read right. As they are, 28. Here you could draw a digit, and move what the network sees by one pixel. For that, the page needs JavaScript.Figure 5 Draw a digit. Then move what the network sees by one pixel, and take the other network. When your digit is read right, move what the network sees by one pixel. Then take the other network. It was trained with nine copies of each image, moved by up to one pixel in each direction. It hardly minds a pixel, and reads 58 of the sixty. Move by two pixels, and that network is lost as well. What would help? Copies moved by two pixels; or weights that don't belong to one place. A convolution looks at every place with the same few weights, as Part X does. You can now train a network on real data, and you know what to ask about a test. Next, Part VI trains this reader with TensorFlow.",
"def main(): X, labels, fifths = handwriting() sizes(X) classifier = reading(X, labels, fifths) confusion(classifier, X, labels, fifths) luck(X, labels, fifths) surprise(classifier, X, labels, fifths) if __name__ == \"__main__\": main()",
"convolution"
],
[
"VI. TensorFlow",
"part6_tensorflow.html#part-vi-tensorflow",
"Part VI: TensorFlow",
"Part VI: TensorFlow PyTorch hides its graph until you call torch.compile. TensorFlow's first version made you write it down, and worked as ours does: graphs, sessions, symbolic gradients, optimizers inside the graph. So can the two run the same program? With the names from tf they can. We write two programs once, and run both on both. Then we look at what a big framework does with a graph: prune it, fuse it, place it, and in the end hide it again. python -m course.part6_tensorflow You see the lines that begin with TensorFlow if it's installed; make peers does that. Without it, the chapter runs and leaves them out.",
"import os import sys import numpy as np import tf from compiler.program import Program from course.part5b_digits import digits from course.plot import save_graph from graph import Graph, topological_order from session import Session",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#installed",
"installed",
"This book's tf, and TensorFlow if it's installed, by the names we print.",
"def installed():",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S31",
"Part VI: TensorFlow",
"A short log; and no oneDNN, whose kernels depend on the processor and would change what we see.",
"os.environ.update(TF_CPP_MIN_LOG_LEVEL=\"3\", TF_ENABLE_ONEDNN_OPTS=\"0\") try: import tensorflow.compat.v1 as tensorflow except ImportError: print(\"TensorFlow's lines are left out: they need tensorflow\", file=sys.stderr) return {\"tf\": tf} return {\"tf\": tf, \"TensorFlow\": tensorflow}",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#xor-twice",
"Can TensorFlow run our XOR?",
"Can TensorFlow run our XOR? Here's XOR for TensorFlow 1. The function gets the library as tf. In a file of its own, the program begins with import tf; or with import tensorflow.compat.v1 as tf and tf.disable_v2_behavior(), because TensorFlow 2 computes at once unless you tell it not to.",
"def xor(tf): X = tf.constant([[0, 0], [0, 1], [1, 0], [1, 1]], tf.float32) targets = tf.constant([[0], [1], [1], [0]], tf.float32) rng = np.random.default_rng(0) W0 = tf.Variable(rng.normal(size=(2, 4)), dtype=tf.float32) b0 = tf.Variable(tf.zeros([4])) W1 = tf.Variable(rng.normal(size=(4, 1)), dtype=tf.float32) b1 = tf.Variable(tf.zeros([1])) hidden = tf.sigmoid(tf.matmul(X, W0) + b0) output = tf.sigmoid(tf.matmul(hidden, W1) + b1) loss = tf.reduce_mean(tf.square(output - targets)) update = tf.train.GradientDescentOptimizer(1.0).minimize(loss) with tf.Session() as session: session.run(tf.global_variables_initializer()) losses = [session.run([loss, update])[0] for _ in range(2001)] return losses, session.run(output)",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S71",
"Can TensorFlow run our XOR?",
"Both run it unchanged. Here's the loss after 0, 500, 1000 and 2000 steps, and the answers to the four inputs: tf 0.3430 0.2194 0.0237 0.0033, answers 0 1 1 0 TensorFlow 0.3430 0.2194 0.0237 0.0033, answers 0 1 1 0",
"def xor_by_both(libraries): for name, library in libraries.items(): with library.Graph().as_default(): losses, output = xor(library) some = \" \".join(f\"{losses[n]:.4f}\" for n in (0, 500, 1000, 2000)) print(f\"{name:10} {some}, answers\", *output[:, 0].round().astype(int))",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#digits-twice",
"A network that reads, on both",
"A network that reads, on both These are the digits of Part V b, in another order and for ten epochs, so the numbers are different from those. The placeholders leave their first dimension open, None, because they take minibatches and also all test images at once.",
"def train_reader(tf, images, labels, epochs=10): X = tf.placeholder(tf.float32, [None, 64]) truth = tf.placeholder(tf.int64, [None]) rng = np.random.default_rng(0) scale = np.sqrt(2 / 64) W0 = tf.Variable(scale * rng.normal(size=(64, 64)), dtype=tf.float32) b0 = tf.Variable(tf.zeros([64])) W1 = tf.Variable(scale * rng.normal(size=(64, 10)), dtype=tf.float32) b1 = tf.Variable(tf.zeros([10])) hidden = tf.nn.relu(tf.matmul(X, W0) + b0) scores = tf.matmul(hidden, W1) + b1 losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=truth, logits=scores) loss = tf.reduce_mean(losses) hits = tf.equal(tf.argmax(scores, 1), truth) right = tf.reduce_mean(tf.cast(hits, tf.float32)) update = tf.train.AdamOptimizer(0.003).minimize(loss) order = rng.permutation(len(images)) test, training = order[:360], order[360:] with tf.Session() as session: session.run(tf.global_variables_initializer()) for _ in range(epochs): training = rng.permutation(training) for start in range(0, len(training), 32): batch = training[start : start + 32] session.run(update, {X: images[batch], truth: labels[batch]}) yield session.run([loss, right], {X: images[test], truth: labels[test]})",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S123",
"A network that reads, on both",
"The loss on the test images, and the share that's read correctly, after 1, 5 and 10 epochs: tf 0.874 85%, 0.212 94%, 0.157 96% TensorFlow 0.874 85%, 0.212 94%, 0.157 96%",
"def digits_by_both(libraries): images, labels = digits() images = images.reshape(-1, 64) / 16 for name, library in libraries.items(): with library.Graph().as_default(): tests = list(train_reader(library, images, labels)) some = \", \".join(f\"{tests[n][0]:.3f} {tests[n][1]:.0%}\" for n in (0, 4, 9)) print(f\"{name:10} {some}\")",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#what-tensorflow-does-before-it-runs",
"It doesn't run the graph that you wrote",
"It doesn't run the graph that you wrote TensorFlow rewrites your graph before it runs, to save time, and our session turns it into a program. Let's watch both at work on one layer. We've added two silly things: a factor of 2 times 3, and unused, which we won't ask for.",
"def layer(tf): x = tf.placeholder(tf.float32, [None, 2], name=\"x\") W = tf.Variable([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]], name=\"W\") b = tf.Variable([0.5, 0.5, 0.5], name=\"b\") factor = tf.multiply(tf.constant(2.0), tf.constant(3.0), name=\"factor\") product = tf.matmul(x, W, name=\"product\") hidden = tf.nn.relu(tf.nn.bias_add(product, b), name=\"hidden\") y = tf.multiply(factor, hidden, name=\"y\") unused = tf.exp(y, name=\"unused\") return x, y, unused",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S158",
"It doesn't run the graph that you wrote",
"Figure 1 Two things here needn't be computed in a run. Ask our session for y, and it runs this: def program(state, feeds): W, b = state x, = feeds product = x.dot(W) add = product + b del product hidden = np.maximum(add, 0) del add y = 6 * hidden del hidden return (y,), ()",
"def what_ours_runs(): with tf.Graph().as_default(): x, y, unused = layer(tf) save_graph(\"part6-layer\", [unused]) print(tf.Session().program(y, {x: None}))",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S181",
"It doesn't run the graph that you wrote",
"unused is gone, because y doesn't depend on it: that's pruning. And 2 times 3 was computed once, when the program was written: that's constant folding.",
"",
"pruning constant folding"
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S186",
"It doesn't run the graph that you wrote",
"TensorFlow tells you what it runs, if you ask: the kind of each operation, its name, and its device. TensorFlow Const factor CPU:0 TensorFlow VarHandleOp W CPU:0 TensorFlow VarHandleOp b CPU:0 TensorFlow ReadVariableOp product/ReadVariableOp CPU:0 TensorFlow ReadVariableOp BiasAdd/ReadVariableOp CPU:0 TensorFlow _Arg _arg_x_0_0 CPU:0 TensorFlow _FusedMatMul hidden CPU:0 TensorFlow Mul y CPU:0 TensorFlow _Retval _retval_y_0_0 CPU:0",
"def what_tensorflow_runs(tensorflow): with tensorflow.Graph().as_default(), tensorflow.Session() as session: x, y, _ = layer(tensorflow) session.run(tensorflow.global_variables_initializer()) options = tensorflow.RunOptions(output_partition_graphs=True) seen = tensorflow.RunMetadata() session.run(y, {x: [[1, 2]]}, options, seen) for graph in seen.partition_graphs: for node in graph.node: device = node.device.partition(\"/device:\")[2] print(\"TensorFlow\", node.op, node.name, device)",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S210",
"It doesn't run the graph that you wrote",
"_Arg is the feed and _Retval the fetch. A handle stands for a variable, and a read gets its value. unused is pruned and factor folded, as in ours. But look at _FusedMatMul: of the product, the bias and the relu, one operation is left. That's fusion. Unfused, each operation writes an array that the next one reads again. A fused one finishes each number while it's at hand. Our program above can't fuse, because each of its lines is a call to NumPy. But give it to XLA, as XLASession does, and XLA merges the bias, the maximum and the factor, as torch.compile would. Hold on to this: you can only rewrite what you know before it runs.",
"",
"fusion"
],
[
"VI. TensorFlow",
"part6_tensorflow.html#where-it-runs",
"Where does it run?",
"Where does it run? The last column above is the placement, here the CPU for everything. In PyTorch you place tensors, with .to(\"cuda\"). TensorFlow places operations, on a GPU if there's one that can do them, and copies tensors between the memories. With tf.device you decide. We place whole graphs. A Session runs on the CPU, and an XLASession on a GPU, a TPU, or many. How can one graph do both? A program knows only np, which can be anything with NumPy's names, such as jax.numpy. Here it's a stand-in that announces each function. A Program takes the operations in order, the fetches and the feeds. Its bind swaps np, and returns a function of the values of variables and feeds. np.exp np.tanh 0.7616",
"def placement(): class Told: def __getattr__(self, name): print(\"np.\" + name) return getattr(np, name) graph = Graph() x = graph.placeholder((), name=\"x\") y = graph.tanh(graph.exp(x)) program = Program(topological_order([y]), [y], [x]) function = program.bind(Told(), convert=np.asarray) (value,), _ = function((), (np.float64(0),)) print(value.round(4))",
"placement"
],
[
"VI. TensorFlow",
"part6_tensorflow.html#control-dependencies",
"First count, then look",
"First count, then look In PyTorch, lines run in the order in which you wrote them. A graph only knows which operation needs which value. So how do you count, and look at the counter afterward? A control dependency says that one operation must run before another. In our graph, read looks at a variable after an assignment.",
"def counter(tf): count = tf.Variable(0.0, name=\"count\") grow = tf.assign_add(count, 1.0, name=\"grow\") with tf.control_dependencies([grow]): tenfold = tf.multiply(count, 10.0, name=\"tenfold\") return tenfold, grow, count",
"control dependency"
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S276",
"First count, then look",
"Each run counts first, and multiplies by ten afterward: tf 10.0 20.0 30.0 TensorFlow 10.0 20.0 30.0 Figure 2 The read needs what was assigned, so it can't come first.",
"def control_dependencies(libraries): for name, library in libraries.items(): with library.Graph().as_default(): tenfold, grow, count = counter(library) with library.Session() as session: session.run(library.global_variables_initializer()) print(f\"{name:10}\", *[session.run(tenfold) for _ in range(3)]) with tf.Graph().as_default(): tenfold, grow, count = counter(tf) save_graph(\"part6-control\", [tenfold])",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S295",
"First count, then look",
"Forget the dependency, and count isn't read after grow. Fetch both, and you get the value from before the run. In TensorFlow you may get the old value or the new one. 1.0 0.0 2.0 1.0",
"with tf.Session() as session: print(*session.run([grow, count])) print(*session.run([grow, count]))",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#Eager",
"Eager",
"The operations of Graph, each computed at once, from and to arrays.",
"class Eager:",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#eager-mode",
"Eager mode in six lines",
"Eager mode in six lines Since version 2, TensorFlow works like PyTorch: each operation runs where you write it, a tensor has its value, and there are no sessions. That's eager mode. It takes six lines: make a graph for each operation, run it, and throw it away.",
"def __getattr__(self, name): def compute(*values, **options): graph = Graph() return Session(graph).run(getattr(graph, name)(*values, **options)) return compute",
"eager mode"
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S325",
"Eager mode in six lines",
"The softmax of three scores, and no session in sight: ours [0.09 0.2447 0.6652] TensorFlow [0.09 0.2447 0.6652]",
"def eagerly(libraries): print(\"ours \", Eager().softmax([1.0, 2.0, 3.0]).round(4)) if \"TensorFlow\" in libraries: softmax = libraries[\"TensorFlow\"].nn.softmax([1.0, 2.0, 3.0]) print(\"TensorFlow\", softmax.numpy().round(4))",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S335",
"Eager mode in six lines",
"What do you gain? An error shows on the line that made it, with the values at hand, and Python's own if and for work. What do you lose? Everything that must see more than one operation: pruning, folding, fusion. And for a gradient, something must remember what was computed. PyTorch does it behind your back; in TensorFlow you ask for a GradientTape. It records each operation on what it watches, with its inputs. So it's a graph after all. For x3 at 2: TensorFlow 12.0",
"x^3 x^3 if \"TensorFlow\" in libraries: tensorflow = libraries[\"TensorFlow\"] x = tensorflow.constant(2.0) with tensorflow.GradientTape() as tape: tape.watch(x) y = x * x * x print(\"TensorFlow\", tape.gradient(y, x).numpy())",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#function",
"function",
"A function that runs the graph of python, traced once for each shape. It takes and returns arrays; python takes and returns tensors.",
"def function(python):",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#tracing-tffunction",
"Write eagerly, run a graph: tf.function",
"Write eagerly, run a graph: tf.function Can we have both? tf.function, jax.jit and torch.compile all say yes. You write a Python function as in eager mode. On its first call it gets placeholders instead of values, and so builds a graph: we trace it. Later calls run the graph. Values of another shape get a graph of their own. (TensorFlow also traces anew for another type, and for each number of Python's, so we pass arrays.)",
"traces = {} def call(*values): values = [np.asarray(value, dtype=float) for value in values] shapes = tuple(value.shape for value in values) if shapes not in traces: graph = Graph() inputs = [graph.placeholder(shape) for shape in shapes] traces[shapes] = inputs, python(*inputs), Session(graph) inputs, output, session = traces[shapes] return session.run(output, dict(zip(inputs, values))) return call",
"trace"
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S386",
"Write eagerly, run a graph: tf.function",
"A print inside tells us when Python runs:",
"def call_traced(name, function): @function def f(x): print(f\"{name:10} traced for the shape {x.shape}\") return x * x + 1 for value in (2.0, 3.0, [1.0, 2.0]): print(f\"{name:10} {np.array(f(np.array(value)))}\")",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S398",
"Write eagerly, run a graph: tf.function",
"We call it three times, and Python runs twice: ours traced for the shape () ours 5.0 ours 10.0 ours traced for the shape (2,) ours [2. 5.] TensorFlow traced for the shape () TensorFlow 5.0 TensorFlow 10.0 TensorFlow traced for the shape (2,) TensorFlow [2. 5.] Whatever isn't an operation, such as a print or a counter, happens while the function is traced, not when you call it: Python decides while you build the graph. (torch.compile interrupts the graph at a print, and prints in each call. And TensorFlow rewrites an if on a tensor into an operation; ours refuses it.) A traced function adds np.random.normal() to its input. How many different results do ten calls with the same value get? One. NumPy draws a number while the function is traced, and to the graph it's a constant.",
"def three_calls(libraries): call_traced(\"ours\", function) if \"TensorFlow\" in libraries: call_traced(\"TensorFlow\", libraries[\"TensorFlow\"].function)",
""
],
[
"VI. TensorFlow",
"part6_tensorflow.html#S427",
"Write eagerly, run a graph: tf.function",
"You can now read a TensorFlow 1 program, and say what a framework does with a graph before it runs. Part VII differentiates gradients, which are just more graph.",
"def main(): found = installed() xor_by_both(found) digits_by_both(found) what_ours_runs() if \"TensorFlow\" in found: what_tensorflow_runs(found[\"TensorFlow\"]) placement() control_dependencies(found) eagerly(found) three_calls(found) if __name__ == \"__main__\": main()",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#part-vii-second-derivatives",
"Part VII: Second derivatives",
"Part VII: Second derivatives A gradient tells you which way is down. But how far should you step? That depends on how fast the slope changes, and that's a second derivative. In PyTorch you must plan ahead for it, with create_graph=True. Here gradients are tensors of the same graph, so you just differentiate them again. python -m course.part7_curvature",
"import numpy as np from course.plot import BLUE, RED, save_graph, save_plot from graph import Graph from session import Session",
"second"
],
[
"VII. Second derivatives",
"part7_curvature.html#again-and-again",
"Can you differentiate a gradient?",
"Can you differentiate a gradient? Take y=x3, with the derivatives 3x2, 6x, 6 and 0. We ask for the gradient of y, for the gradient of that, and so on. At x=2: 8.0 12.0 12.0 6.0 0.0",
"y = x^3 3 x^2 6 x y x = 2 y=x^3 3x^2 6x y x=2 def again(): graph = Graph() x = graph.variable(2.0, name=\"x\") y = graph.mul(x * x, x, name=\"y\") derivatives = [y] for _ in range(4): derivatives += graph.gradients(derivatives[-1], [x]) print(*Session(graph).run(derivatives))",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#S33",
"Can you differentiate a gradient?",
"Gradients needs no new rule for this: the derivative of a product consists of products. Here's x2 with its derivative 2x, and with 2, the derivative of that: Figure 1 In orange, what the graph derived in two rounds.",
"x^2 2 x x^2 2x graph = Graph() x = graph.variable(2.0, name=\"x\") y = graph.square(x, name=\"y\") (slope,) = graph.gradients(y, [x]) (curvature,) = graph.gradients(slope, [x]) save_graph(\"part7-square\", [y, slope, curvature])",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#the-hessian",
"A matrix of second derivatives",
"A matrix of second derivatives A function f of n numbers has a gradient g with n elements, and each of these has n derivatives of its own. They form a matrix, the Hessian: Hij=∂gi∂θj=∂2f∂θj∂θi We ask for it row by row. By hand, f=θ02θ1+θ13 has the Hessian (2θ12θ02θ06θ1). The graph agrees at θ=(1,2): [[ 4. 2.] [ 2. 12.]]",
"f n g n n H_{ij} = \\frac{\\partial g_i}{\\partial \\theta_j} = \\frac{\\partial^2 f}{\\partial \\theta_j\\, \\partial \\theta_i} f = \\theta_0^2 \\theta_1 + \\theta_1^3 \\begin{pmatrix} 2 \\theta_1 & 2 \\theta_0 \\\\ 2 \\theta_0 & 6 \\theta_1 \\end{pmatrix} \\theta = (1, 2) f n g n n H=\\frac{\\partialg}{\\partial\\theta}=\\frac{\\partial^2f}{\\partial\\theta\\,\\partial\\theta} f=\\theta^2\\theta+\\theta^3 \\begin{pmatrix}2\\theta&2\\theta\\\\2\\theta&6\\theta\\end{pmatrix} \\theta=(1,2) def hessian(): graph = Graph() theta = graph.variable([1.0, 2.0], name=\"theta\") f = theta[0] ** 2 * theta[1] + theta[1] ** 3 (g,) = graph.gradients(f, [theta]) H = graph.stack([graph.gradients(g[i], [theta])[0] for i in range(2)]) session = Session(graph) print(session.run(H))",
"Hessian"
],
[
"VII. Second derivatives",
"part7_curvature.html#S73",
"A matrix of second derivatives",
"It's symmetric, and not by accident. At θ=(a,b), let θ0 grow by a small h, and see how f changes. Then see how that change changes when θ1 grows by k: hkH01≈f(a+h,b+k)−f(a,b+k)−f(a+h,b)+f(a,b) Let θ1 grow first, and you get the same four terms.",
"\\theta = (a, b) \\theta_0 h f \\theta_1 k \\begin{aligned} h k\\, H_{01} &\\approx f(a + h, b + k) - f(a, b + k) \\\\ &\\quad - f(a + h, b) + f(a, b) \\end{aligned} \\theta_1 \\theta=(a,b) \\theta h f \\theta k \\begin{aligned}hk\\,H&\\approxf(a+h,b+k)-f(a,b+k)\\\\&\\quad-f(a+h,b)+f(a,b)\\end{aligned} \\theta ",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#a-product-with-it",
"A direction costs one more walk back",
"A direction costs one more walk back With a million parameters you can't write down a million rows, and you rarely have to. You want to know how the gradient changes when you move along a direction v, and that's a vector, Hv: (Hv)i=∑j∂2f∂θi∂θjvj=∂∂θi∑jgjvj On the right is the gradient of a single number, g·v. So a Hessian-vector product costs one more backpropagation, through the gradient, however large n is. We pass v to Graph.gradients as the weights of g's elements. Below the answer, the product with the whole matrix: [10. 38.] [10. 38.] Exercise 6 asks you to write such a product.",
"v H v (H v)_i = \\sum_j \\frac{\\partial^2 f}{\\partial \\theta_i\\, \\partial \\theta_j}\\, v_j = \\frac{\\partial}{\\partial \\theta_i} \\sum_j g_j v_j g \\cdot v n v g v Hv (Hv)=\\sum\\frac{\\partial^2f}{\\partial\\theta\\,\\partial\\theta}\\,v=\\frac{\\partial}{\\partial\\theta}\\sumgv g\\cdotv n v g v = graph.placeholder((2,), name=\"v\") (product,) = graph.gradients(g, [theta], v) print(session.run(product, {v: [1.0, 3.0]})) print(session.run(H) @ [1.0, 3.0])",
"Hessian-vector product"
],
[
"VII. Second derivatives",
"part7_curvature.html#S111",
"A direction costs one more walk back",
"How much work is that? For a network with a hidden layer and 4,810 parameters, we count the operations that a session runs: 16 operations for the loss 22 operations for the gradient 52 operations for the product The whole Hessian would take one such product for each of its 4,810 rows.",
"def cost(): graph = Graph() X, labels = graph.constant(np.ones((5, 64))), np.arange(5) shapes = [(64, 64), (64,), (64, 10), (10,)] parameters = [graph.variable(np.zeros(shape)) for shape in shapes] W0, b0, W1, b1 = parameters scores = graph.tanh(X @ W0 + b0) @ W1 + b1 L = graph.softmax_cross_entropy(scores, labels) g = graph.gradients(L, parameters) v = [graph.placeholder(shape) for shape in shapes] along = [graph.sum(a * b) for a, b in zip(g, v)] product = graph.gradients(sum(along), parameters) session, feeds = Session(graph), dict.fromkeys(v) for name, fetches in {\"loss\": L, \"gradient\": g, \"product\": product}.items(): operations = len(session.program(fetches, feeds).values_at) print(operations, \"operations for the\", name)",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#points",
"points",
"A hundred points, of shape (100, 2), and their classes, 0 or 1.",
"def points(): rng = np.random.default_rng(0) red, blue = rng.normal(size=(50, 2)) - 0.7, rng.normal(size=(50, 2)) + 0.7 return np.concatenate([red, blue]) * [1, 0.2], np.repeat([0, 1], 50) class LogisticRegression:",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#logistic-regression",
"A valley to practice in",
"A valley to practice in From here on, L is the cross-entropy of a perceptron, p=σ(Xθ), with two weights and no bias. Statisticians call this logistic regression. It tells a red cloud from a blue one, as in Part II, but these overlap. (If a line could separate them, larger weights would always lower L, and it would have no lowest point.) We also measure the second coordinate in larger units. Its numbers are a fifth as large, and that makes the valley long and narrow.",
"L p = \\sigma(X \\theta) L L p=\\sigma(X\\theta) L def __init__(self, start, units=(1, 1)): X, classes = points() self.graph = graph = Graph() self.theta = graph.variable(start, name=\"theta\") scores = (X * units) @ self.theta self.L = graph.sigmoid_cross_entropy(scores, classes, name=\"L\") (self.g,) = graph.gradients(self.L, [self.theta]) rows = [graph.gradients(self.g[i], [self.theta])[0] for i in range(2)] self.H = graph.stack(rows, name=\"H\") self.v = graph.placeholder((2,), name=\"v\") (self.Hv,) = graph.gradients(self.g, [self.theta], self.v) self.step = graph.placeholder((2,), name=\"step\") self.move = graph.assign(self.theta, self.theta + self.step) self.session = Session(graph)",
"logistic regression"
],
[
"VII. Second derivatives",
"part7_curvature.html#LogisticRegression.loss_at",
"LogisticRegression.loss_at",
"The loss after a step that we don't take.",
"def loss_at(self, step): theta = self.session.run(self.theta) + step return self.session.run(self.L, {self.theta: theta})",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#LogisticRegression.descend",
"LogisticRegression.descend",
"Take steps of step(g, H); return theta, L, g and H from before each.",
"def descend(self, step, steps): met = [] for _ in range(steps): met.append(self.session.run([self.theta, self.L, self.g, self.H])) self.session.run(self.move, {self.step: step(*met[-1][2:])}) return met def by_hand():",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#S186",
"A valley to practice in",
"Does the graph derive the right thing? With classes c of 0 and 1, the derivative of the cross-entropy with respect to a score is p−c (Losses), and p itself has the derivative p(1−p) (Operations). A score ∑jXijθj has the derivative Xij with respect to θj. So by hand gj=1N∑iXij(pi−ci)Hjk=1N∑iXijpi(1−pi)Xik and the graph agrees on both: True True",
"c p - c p p (1 - p) \\sum_j X_{ij} \\theta_j X_{ij} \\theta_j g_j = \\frac{1}{N} \\sum_i X_{ij} (p_i - c_i) H_{jk} = \\frac{1}{N} \\sum_i X_{ij}\\, p_i (1 - p_i)\\, X_{ik} c p-c p p(1-p) \\sumX\\theta X \\theta g=\\frac{1}{N}\\sumX(p-c) H=\\frac{1}{N}\\sumX\\,p(1-p)\\,X X, c = points() theta = np.array([0.5, -0.3]) regression = LogisticRegression(theta) g, H = regression.session.run([regression.g, regression.H]) p = 1 / (1 + np.exp(-X @ theta)) print( np.allclose(g, X.T @ (p - c) / 100, rtol=0, atol=1e-12), np.allclose(H, X.T * (p * (1 - p)) @ X / 100, rtol=0, atol=1e-12), )",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#newtons-method",
"How far is it to the bottom?",
"How far is it to the bottom? You must tell gradient descent how far to go. The Hessian can predict it. Walk straight from θ to θ+d. At a fraction t of the way, the slope along d is about gTd+tdTHd. Sum this up from t=0 to 1: L(θ+d)≈L(θ)+gTd+12dTHd As a function of d that's a bowl, if H curves upward in all directions. At its bottom, the gradient with respect to d is 0: g+Hd=0. Newton's method steps right there: θ←θ−H−1g",
"\\theta \\theta + d t d g^T d + t\\, d^T H d t = 0 L(\\theta + d) \\approx L(\\theta) + g^T d + \\frac{1}{2} d^T H d d H d g + H d = 0 \\theta \\leftarrow \\theta - H^{-1} g \\theta \\theta+d t d g^Td+t\\,d^THd t=0 L(\\theta+d)\\approxL(\\theta)+g^Td+\\frac{1}{2}d^THd d H d g+Hd=0 \\theta\\leftarrow\\theta-H^{-1}g def newton(g, H): return -np.linalg.solve(H, g)",
"Newton's method"
],
[
"VII. Second derivatives",
"part7_curvature.html#S229",
"How far is it to the bottom?",
"How far are we from the lowest point before each step? We compare with gradient descent at a rate of 10, a bit more than half of the largest that works. 0 Newton 5.9e+00, gradient descent 5.9e+00 1 Newton 2.4e+00, gradient descent 5.6e+00 2 Newton 7.5e-01, gradient descent 5.0e+00 3 Newton 8.7e-02, gradient descent 4.7e+00 4 Newton 1.2e-03, gradient descent 4.4e+00 5 Newton 2.3e-07, gradient descent 4.1e+00 199 gradient descent 5.2e-04",
"def comparison(): start = [0.0, 0.0] by_newton = LogisticRegression(start).descend(newton, 9) by_gradient = LogisticRegression(start).descend(lambda g, H: -10 * g, 200) lowest = by_newton[-1] for n in range(6): far = [ np.linalg.norm(way[n][0] - lowest[0]) for way in (by_newton, by_gradient) ] print(n, \"Newton {:.1e}, gradient descent {:.1e}\".format(*far)) far = np.linalg.norm(by_gradient[-1][0] - lowest[0]) print(f\"199 gradient descent {far:.1e}\")",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#S252",
"How far is it to the bottom?",
"Look at Newton's exponents. The bowl's slope is wrong by about the square of the distance, so near the end each step doubles the number of correct digits. Figure 2 Gradient descent crosses the valley, then creeps along it; Newton's method arrives in four strides.",
"def paint(axes): x, y = np.meshgrid(np.linspace(-0.5, 3.5, 61), np.linspace(-1, 9, 61)) X, c = points() scores = np.stack([x, y], axis=-1) @ X.T L = (np.logaddexp(0, scores) - c * scores).mean(axis=-1).round(4) levels = [0.42, 0.43, 0.45, 0.48, 0.52, 0.57, 0.63, 0.7] axes.contour(x, y, L, levels=levels, colors=\"#8888\", linewidths=0.7) for way, color, mark, label in ( (by_gradient[:60], RED, \"o\", \"gradient descent\"), (by_newton[:6], BLUE, \"s\", \"Newton\"), ): at = np.array([theta for theta, *_ in way]) axes.plot(*at.T, f\"{mark}-\", color=color, markersize=3, label=label) axes.set(xlabel=r\"$\\theta_0$\", ylabel=r\"$\\theta_1$\") axes.legend(loc=\"lower left\", bbox_to_anchor=(0, 1), ncols=2, frameon=False) save_plot(\"part7-newton\", paint, 5.5, 4) return lowest",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#what-may-surprise-it-does-not-see-the-valley",
"To Newton, the valley is round",
"To Newton, the valley is round What if you measure in other units, θ=Au? By the chain rule, the gradient with respect to u is ATg, and the Hessian is ATHA. Newton's step for u, times A, is the step for θ, whatever A is: −A(ATHA)−1ATg=−H−1g Try it with the units of Part II: the second coordinate is five times as large, and the valley is round. How much do the losses on Newton's way differ? And how many steps does gradient descent, at a rate of 5, take to get as low as in 199 before? 0.0 15 steps Gradient descent does care about units. That's why you scale the inputs of a network before you train it.",
"\\theta = A u u A^T g A^T H A u A \\theta A -A\\, (A^T H A)^{-1} A^T g = -H^{-1} g \\theta=Au u A^Tg A^THA u A \\theta A -A\\,(A^THA)^{-1}A^Tg=-H^{-1}g def other_units(lowest): start, units = [0.0, 0.0], (1, 5) ways = [LogisticRegression(start, u).descend(newton, 9) for u in ((1, 1), units)] losses = np.array([[L for _, L, *_ in way] for way in ways]) print(abs(losses[0] - losses[1]).max().round(12)) way = LogisticRegression(start, units).descend(lambda g, H: -5 * g, 50) print(sum(L - lowest[1] > 5.9e-10 for _, L, *_ in way), \"steps\")",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#the-largest-rate",
"Which learning rate is too large?",
"Which learning rate is too large? In Part IV a step that was too long jumped across the valley, and landed higher. Where's the limit when there are many directions? Let r lead from the lowest point to us. If it's short, g is about Hr, and a step turns r into r−ηHr. Along an eigenvector of H, where Hr=λr, that's (1−ηλ)r. It shrinks as long as η\u003c2/λ, so the largest λ sets the limit. To find it, products Hv are enough. Think of v as a sum of eigenvectors. After n products each is multiplied by its λn, and the one with the largest λ outgrows the others. the largest eigenvalue is 0.1154, the limit 17.33",
"r g H r r r - \\eta H r H H r = \\lambda r (1 - \\eta \\lambda)\\, r \\eta \u003c 2 / \\lambda \\lambda H v v n \\lambda^n \\lambda r g Hr r r-\\etaHr H Hr=\\lambdar (1-\\eta\\lambda)\\,r \\eta\u003c2/\\lambda \\lambda Hv v n \\lambda^n \\lambda def largest_rate(lowest): at, *_ = lowest regression = LogisticRegression(at) v = np.array([1.0, 1.0]) for _ in range(50): Hv = regression.session.run(regression.Hv, {regression.v: v}) v, steepest = Hv / np.linalg.norm(Hv), np.linalg.norm(Hv) print(f\"the largest eigenvalue is {steepest:.4f}, the limit {2 / steepest:.2f}\")",
"eigenvector"
],
[
"VII. Second derivatives",
"part7_curvature.html#S334",
"Which learning rate is too large?",
"Let's test that, close to the lowest point, with a rate a little below the limit and one a little above. Our distance after 0, 50, 100 and 1,000 steps: rate 16.98: 0.0010 0.0001 0.0000 0.0000 rate 17.68: 0.0010 0.0069 0.0492 0.3226",
"for factor in (0.98, 1.02): rate = factor * 2 / steepest way = LogisticRegression(at + 0.001).descend(lambda g, H, r=rate: -r * g, 1001) far = [abs(way[n][0] - at).max() for n in (0, 50, 100, 1000)] print(f\"rate {rate:.2f}:\", *[f\"{distance:.4f}\" for distance in far])",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#S346",
"Which learning rate is too large?",
"Below the limit we arrive. Above it, each step multiplies the distance along the eigenvector by −1.04, until we're so far out that L isn't such a bowl anymore. There we stay, hopping from one side to the other. In the flattest direction λ is 0.0044. How much of a distance along it is left after 100 steps at a rate of 10? (1−10·0.0044)100=0.956100, about 1%. The steepest direction limits the rate, and the flattest one makes you wait.",
"-1.04 L \\lambda (1 - 10 \\cdot 0.0044)^{100} = 0.956^{100} -1.04 L \\lambda (1-10\\cdot0.0044)^{100}=0.956^{100} ",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#forward-mode",
"Forward mode needs no code",
"Forward mode needs no code Backpropagation starts at the output. Give it a vector u there, and you get DTu, where Dij=∂yi/∂xj is the Jacobian. PyTorch calls that a vjp. You can also start at the input: when x moves along a vector v, y moves along Dv. That's forward mode, a jvp. Do we need a second algorithm? No. DTu is a tensor that depends on u: a matrix times u. We differentiate it with respect to u, weighted by v, and what's left is the matrix and v: ∂∂ui∑jvj(DTu)j=∑jDijvj=(Dv)i Here's y=tanh(xW) for a batch of two x, and how it changes as each moves along its own v. Is it the same numerically? [[-0.4224 -0.4938 0.5239 -1.5062] [-0.623 0.0399 -1.0144 -0.2151]] True",
"u D^T u D_{ij} = \\partial y_i / \\partial x_j x v y D v D^T u u u u v v \\frac{\\partial}{\\partial u_i} \\sum_j v_j (D^T u)_j = \\sum_j D_{ij} v_j = (D v)_i y = \\tanh(x W) x v u D^Tu D=\\partialy/\\partialx x v y Dv D^Tu u u u v v \\frac{\\partial}{\\partialu}\\sumv(D^Tu)=\\sumDv=(Dv) y=\\tanh(xW) x v def forward(): rng = np.random.default_rng(0) graph = Graph() x = graph.variable(rng.normal(size=(2, 3)), name=\"x\") W = graph.variable(rng.normal(size=(3, 4)), name=\"W\") y = graph.tanh(x @ W, name=\"y\") u, v = graph.placeholder((2, 4), name=\"u\"), graph.placeholder((2, 3), name=\"v\") (backward,) = graph.gradients(y, [x], u) (forward,) = graph.gradients(backward, [u], v) session, along = Session(graph), np.array([[1.0, -1.0, 2.0], [0.0, 1.0, 0.0]]) at, h = session.run(x), 1e-6 above, below = (session.run(y, {x: at + s * h * along}) for s in (1, -1)) by_mode = session.run(forward, {v: along}) print(by_mode.round(4)) print(np.allclose(by_mode, (above - below) / (2 * h), rtol=0, atol=1e-8))",
"forward mode"
],
[
"VII. Second derivatives",
"part7_curvature.html#S397",
"Forward mode needs no code",
"One run of forward mode tells you how all outputs change along one direction; one run of backpropagation, how one combination of outputs depends on all inputs. A loss is one number with a million inputs, so we go backward.",
"",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#what-may-surprise-nobody-fed-u",
"Why don't we have to feed u?",
"Why don't we have to feed u? We made forward from u, and yet u isn't in its program: a function that's linear in u has a derivative without u. What's left runs from front to back, beside y itself. It multiplies v by W, and then by the slope of tanh, 1−y2. def program(state, feeds): x, W = state v, = feeds dot = x.dot(W) y = np.tanh(dot) mul = y * y sub = 1 - mul y_by_x_by_y_by_dot = v.dot(W) y_by_x_by_u = y_by_x_by_y_by_dot * sub return (y_by_x_by_u,), ()",
"y v 1 - y^2 y v 1-y^2 print(session.program(forward, {v: None}))",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#what-may-surprise-newtons-method-gets-lost",
"When Newton's method gets lost",
"When Newton's method gets lost Newton's method trusts its bowl. Here's what one step from a bad start does to the two parameters and the loss: [ 6. -30.] 3.09 [-89.74 474.23] 46.51",
"def astray(lowest): start = [6.0, -30.0] way = LogisticRegression(start).descend(newton, 2) for theta, L, _, _ in way: print(theta.round(2), L.round(2))",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#S436",
"When Newton's method gets lost",
"What went wrong? At this start, many of the p are within 0.01 of 0 or 1, where p(1−p) is almost 0: 49%",
"p p (1 - p) p p(1-p) p = 1 / (1 + np.exp(-points()[0] @ start)) print(f\"{(np.minimum(p, 1 - p) \u003c 0.01).mean():.0%}\")",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#S444",
"When Newton's method gets lost",
"So H is almost flat. Its eigenvalues at the start, and at the lowest point: [0.0002 0.0553] [0.0044 0.1154]",
"H H for *_, H in (way[0], lowest): print(np.linalg.eigvalsh(H).round(4))",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#S452",
"When Newton's method gets lost",
"In the flattest direction, the bowl has its bottom far away, where L looks nothing like it. But the direction of the step is good. Along d=−H−1g the slope of L is gTd=−gTH−1g, which is negative as long as H curves upward in all directions. So a short enough step goes down, and we halve it until L is lower. After 5 steps, how far is the loss above the lowest? 2.1e-09",
"L d = -H^{-1} g L g^T d = -g^T H^{-1} g H L L d=-H^{-1}g L g^Td=-g^TH^{-1}g H L regression = LogisticRegression(start) def careful(g, H): step, L = newton(g, H), regression.loss_at(np.zeros(2)) while regression.loss_at(step) > L: step = step / 2 return step L = regression.descend(careful, 6)[-1][1] print(f\"{L - lowest[1]:.1e}\")",
""
],
[
"VII. Second derivatives",
"part7_curvature.html#S473",
"When Newton's method gets lost",
"You can now differentiate gradients as often as you like, multiply by a Hessian too large to store, and say which learning rate is too large. Next, Part VIII lets a network choose where to look.",
"def main(): again() hessian() cost() by_hand() lowest = comparison() other_units(lowest) largest_rate(lowest) forward() astray(lowest) if __name__ == \"__main__\": main()",
""
],
[
"VIII. Attention",
"part8_attention.html#part-viii-attention",
"Part VIII: Attention",
"Part VIII: Attention A language model reads a text and predicts the next character. Which of the earlier ones matter? That differs from place to place, so each position must choose where to look. That's attention, and a network around it a transformer. python -m course.part8_attention We build what PyTorch calls nn.MultiheadAttention from matrix products and a softmax. Ours reads words from this book, and then makes up its own.",
"import pathlib import sys import time import numpy as np from tqdm import tqdm from course.plot import BLUE, RED, save_plot from graph import Graph from mixins.products import swap from session import Session from train import AdamOptimizer LETTERS = \"abcdefghijklmnopqrstuvwxyz\" END = len(LETTERS) # the character before a word, and after it BLOCK = 16 # T, the number of positions WIDTH = 16 # how many numbers there are for each HEADS = 4",
"attention transformer"
],
[
"VIII. Attention",
"part8_attention.html#words",
"words",
"Words from the prose of this book, kept in words.txt, in a random order.",
"def words(): path = pathlib.Path(__file__).with_name(\"words.txt\") return np.random.default_rng(0).permutation(path.read_text(\"utf-8\").split())",
""
],
[
"VIII. Attention",
"part8_attention.html#encode",
"encode",
"Each word as numbers, of shape (words, BLOCK + 1), with END on both sides.",
"def encode(some): codes = np.full((len(some), BLOCK + 1), END) for row, word in zip(codes, some): row[1 : len(word) + 1] = [LETTERS.index(letter) for letter in word] return codes def prepare():",
""
],
[
"VIII. Attention",
"part8_attention.html#what-is-wanted",
"What does the network see?",
"What does the network see? A text is a row of numbers, one for each character. Ours are words, with a 26 before and after. At each position, the network sees the characters so far and predicts the next. So the tokens are all numbers but the last, and the targets all but the first. We hold out a tenth of the words. 1085 words for training, 120 for the test tokens [26 6 17 0 15 7 26 26 26 26 26 26 26 26 26 26] targets [ 6 17 0 15 7 26 26 26 26 26 26 26 26 26 26 26]",
"test, training = np.split(words(), [120]) print(f\"{len(training)} words for training, {len(test)} for the test\") (codes,) = encode([\"graph\"]) print(\"tokens \", codes[:-1]) print(\"targets\", codes[1:]) return training, test",
"tokens targets"
],
[
"VIII. Attention",
"part8_attention.html#batch",
"batch",
"Tokens, targets, and a 1 where a target belongs to the word or ends it.",
"def batch(some): codes = encode(some) tokens, targets = codes[:, :-1], codes[:, 1:]",
""
],
[
"VIII. Attention",
"part8_attention.html#S70",
"What does the network see?",
"After the END of a word there's nothing left to predict.",
"counts = (tokens != END) | (np.arange(BLOCK) == 0) return tokens, targets, counts.astype(float)",
""
],
[
"VIII. Attention",
"part8_attention.html#what-is-to-be-beaten",
"What must it beat?",
"What must it beat? The simplest model only counts what followed each character in the training words. (We add 1 to each count, or an unseen pair would make the loss infinite.) Its loss on the test, and that of a model that knows nothing, ln27: 2.492, 3.296 Why not count what follows the last three characters? That takes 274 counts, half a million, and a thousand words can't fill them.",
"\\ln 27 27^4 \\ln27 27^4 def by_counting(training, test): follows = np.ones((27, 27)) tokens, targets, counts = batch(training) np.add.at(follows, (tokens, targets), counts) log_p = np.log(follows / follows.sum(axis=1, keepdims=True)) tokens, targets, counts = batch(test) L = -(log_p[tokens, targets] * counts).sum() / counts.sum() print(f\"{L:.3f}, {np.log(27):.3f}\") return L",
""
],
[
"VIII. Attention",
"part8_attention.html#attend",
"attend",
"The mean that each query gets, (..., T, d), and its weights, (..., T, T).",
"def attend(graph, queries, keys, values, mask):",
""
],
[
"VIII. Attention",
"part8_attention.html#looking-back",
"Each position asks, and all answer",
"Each position asks, and all answer Attention is a dictionary whose keys needn't match exactly. Each position has three vectors of d numbers: its query q says what it's looking for, its key k what it has to offer, and its value v what it hands over. How well position j suits position i is the product qi·kj. A softmax turns these scores into weights, and position i gets the mean of all values with these weights: attention(Q,K,V)=softmax(QKTd+M)V The mask M is 0 where i may look at j. Elsewhere it's −109, which makes the weight 0. This attention is causal: no position may look ahead, because the next character is what we're predicting. Why d? If the elements of q and k are independent, with mean 0 and variance 1, then q·k is a sum of d products of variance 1, so its variance is d. Divide by d, and it's 1. swap transposes each matrix of a stack. Exercise 11 asks you for a single head.",
"d q k v j i q_i \\cdot k_j i \\mathrm{attention}(Q, K, V) = \\mathrm{softmax}\\Big(\\frac{Q K^T}{\\sqrt{d}} + M\\Big)\\, V M i j -10^9 \\sqrt d q k q \\cdot k d d \\sqrt d d q k v j i q\\cdotk i \\mathrm{attention}(Q,K,V)=\\mathrm{softmax}\\Big(\\frac{QK^T}{\\sqrt{d}}+M\\Big)\\,V M i j -10^9 \\sqrtd q k q\\cdotk d d \\sqrtd scores = queries @ swap(keys) / np.sqrt(queries.shape[-1]) weights = graph.softmax(scores + mask, name=\"weights\") return weights @ values, weights def causal(positions): return np.where(np.tri(positions) > 0, 0.0, -1e9)",
"query key value mask causal"
],
[
"VIII. Attention",
"part8_attention.html#S135",
"Each position asks, and all answer",
"Watch it on four positions. Their keys are the rows of an identity matrix. Each query is 30 times the key of the position before, so it gets the value from there. The first can only take its own. [10. 10. 20. 30.] [[1. 0. 0. 0.] [1. 0. 0. 0.] [0. 1. 0. 0.] [0. 0. 1. 0.]]",
"def smallest(): graph = Graph() keys = graph.constant(np.eye(4)) queries = graph.constant(30 * np.eye(4)[[0, 0, 1, 2]]) values = graph.constant([[10.0], [20.0], [30.0], [40.0]]) got, weights = attend(graph, queries, keys, values, causal(4)) got, weights = Session(graph).run([got, weights]) print(got[:, 0].round(2)) print(weights.round(2))",
""
],
[
"VIII. Attention",
"part8_attention.html#S154",
"Each position asks, and all answer",
"What if you forget the mask? Let each query ask for the key after its own: >>> keys, ahead = np.eye(4), 30 * np.eye(4)[[1, 2, 3, 3]] >>> values = [[10.0], [20.0], [30.0], [40.0]] >>> for mask in (np.zeros((4, 4)), causal(4)): ... graph = Graph() ... tensors = [graph.constant(x) for x in (ahead, keys, values)] ... got, _ = attend(graph, *tensors, mask) ... print(Session(graph).run(got)[:, 0].round(2)) [20. 30. 40. 40.] [10. 15. 20. 40.] Without it, each position reads the very character that it should predict. A network would learn to copy, and have nothing to copy when it writes. With the mask, a query that fits no key in reach gets a plain mean. And without d? For random queries and keys of 4, 64 and 1,024 numbers, we print the average of the largest of sixteen weights, without it and with it: d 4: 0.49, 0.27 d 64: 0.85, 0.25 d 1024: 0.96, 0.24",
"\\sqrt d \\sqrtd rng = np.random.default_rng(0) for d in (4, 64, 1024): q, k = rng.normal(size=(1000, d)), rng.normal(size=(16, d)) graph = Graph() scores = graph.constant(q @ k.T) weights = [graph.softmax(scores), graph.softmax(scores / np.sqrt(d))] largest = [graph.mean(graph.max(w, axis=1)) for w in weights] print(f\"d {d:4}: {{:.2f}}, {{:.2f}}\".format(*Session(graph).run(largest)))",
"after"
],
[
"VIII. Attention",
"part8_attention.html#S186",
"Each position asks, and all answer",
"Without it, long keys make the softmax choose a single position. There its slope p(1−p) is almost 0, and nothing is learned: a vanishing gradient.",
"p (1 - p) p(1-p) ",
""
],
[
"VIII. Attention",
"part8_attention.html#the-network",
"A stream that each part adds to",
"A stream that each part adds to A character becomes a row of a table, its embedding of 16 numbers; gather picks the rows (Exercise 12). A mean doesn't know any order, so each position has an embedding too. The sum of both is the residual stream, 16 numbers for each position. Each part of the network reads the stream and adds to it. Figure 1 The stream goes around attention and the two layers; they only add to it. Why add? A sum hands its incoming gradient to both inputs unchanged, so there's always a way back around the parts. There are four heads, each with queries, keys and values of four numbers, so that a position can look at several places. We put what they get side by side, multiply it by a matrix, and add it to the stream. Then two layers, with 64 hidden units between them, add what they make of each position. At the end, each position has 27 scores for what comes next.",
"class Transformer: def __init__(self, rng): self.graph = graph = Graph() self.tokens = graph.placeholder((None, BLOCK), dtype=int, name=\"tokens\") self.targets = graph.placeholder((None, BLOCK), dtype=int, name=\"targets\") self.counts = graph.placeholder((None, BLOCK), name=\"counts\") def parameter(name, *shape): return graph.variable(0.08 * rng.normal(size=shape), name=name) characters = parameter(\"characters\", 27, WIDTH) positions = parameter(\"positions\", BLOCK, WIDTH) WQ, WK, WV, WO = (parameter(f\"W{k}\", WIDTH, WIDTH) for k in \"QKVO\") W0 = parameter(\"W0\", WIDTH, 4 * WIDTH) W1 = parameter(\"W1\", 4 * WIDTH, WIDTH) head = parameter(\"head\", WIDTH, 27) self.positions, self.WO = positions, WO self.parameters = [characters, positions, WQ, WK, WV, WO, W0, W1, head] x = self.norm(graph.gather(characters, self.tokens) + positions) y = self.norm(x) queries, keys, values = (self.split(y @ W) for W in (WQ, WK, WV)) got, self.weights = attend(graph, queries, keys, values, causal(BLOCK)) x = x + self.join(got) @ WO x = x + graph.relu(self.norm(x) @ W0) @ W1 self.scores = graph.dot(x, head, name=\"scores\") each = graph.softmax_cross_entropy(self.scores, self.targets, mean=False) total = graph.sum(each * self.counts) self.L = graph.div(total, graph.sum(self.counts), name=\"L\") self.rate = graph.placeholder((), name=\"rate\") self.step = AdamOptimizer(self.rate, beta1=0.85, beta2=0.99).minimize(self.L) self.session = Session(graph)",
"embedding residual stream heads"
],
[
"VIII. Attention",
"part8_attention.html#S246",
"A stream that each part adds to",
"RMSNorm divides by the root mean square, so that a part reads numbers of the same size, however much others have added. We normalize the embedding, and what each part reads: norm(x)=x1n∑ixi2+ϵ",
"\\mathrm{norm}(x) = \\frac{x}{\\sqrt{\\frac{1}{n} \\sum_i x_i^2 + \\epsilon}} \\mathrm{norm}(x)=\\frac{x}{\\sqrt{\\frac{1}{n}\\sumx^2+\\epsilon}} def norm(self, x): square = self.graph.mean(self.graph.square(x), axis=-1, keepdims=True) return x / self.graph.sqrt(square + 1e-5)",
"RMSNorm"
],
[
"VIII. Attention",
"part8_attention.html#S256",
"A stream that each part adds to",
"The heads are one more axis: of 16 numbers, the first four belong to the first head, and so on. split puts that axis before the positions, for a product of stacks, and join puts it back.",
"def split(self, x): x = self.graph.reshape(x, (-1, BLOCK, HEADS, WIDTH // HEADS)) return self.graph.transpose(x, (0, 2, 1, 3)) def join(self, x): x = self.graph.transpose(x, (0, 2, 1, 3)) return self.graph.reshape(x, (-1, BLOCK, WIDTH)) def feeds(self, some): return dict(zip((self.tokens, self.targets, self.counts), batch(some))) def loss(self, some): return self.session.run(self.L, self.feeds(some)) def train(self, some, rate): self.session.run(self.step, {**self.feeds(some), self.rate: rate})",
""
],
[
"VIII. Attention",
"part8_attention.html#learning-to-spell",
"Learning to spell",
"Learning to spell Each step takes 32 words, and the learning rate of Adam falls from 0.01 to 0 in a straight line. The parameters, and the loss on the test: 4192 parameters 0 steps: 3.392 20 steps: 2.543 100 steps: 2.385 300 steps: 2.325 600 steps: 2.251 words that it has seen: 2.014",
"def spelling(known, test, counted): model = Transformer(np.random.default_rng(0)) print(sum(np.prod(x.shape) for x in model.parameters), \"parameters\") losses = train(model, known, test, 600) for n in (0, 20, 100, 300, 600): print(f\"{n:3} steps: {losses[n]:.3f}\") print(f\"words that it has seen: {model.loss(known):.3f}\")",
""
],
[
"VIII. Attention",
"part8_attention.html#S299",
"Learning to spell",
"How much does counting save over knowing nothing, and how much more does the transformer? 0.803, and another 0.242",
"saved = np.log(27) - counted, counted - losses[600] print(\"{:.3f}, and another {:.3f}\".format(*saved))",
""
],
[
"VIII. Attention",
"part8_attention.html#S307",
"Learning to spell",
"Figure 2 Forty steps, and it knows more than pairs of letters can tell.",
"def paint(axes): axes.plot(losses.keys(), losses.values(), color=BLUE, label=\"transformer\") axes.axhline(counted, color=RED, label=\"counting\") axes.set(xlabel=\"step\", ylabel=\"$L$ on the test\") axes.legend(frameon=False) save_plot(\"part8-loss\", paint) return model",
""
],
[
"VIII. Attention",
"part8_attention.html#train",
"train",
"Train, and return the loss on the test by the number of steps, a dictionary.",
"def train(model, known, test, steps): rng, losses = np.random.default_rng(0), {0: model.loss(test)} for n in tqdm(range(1, steps + 1), desc=\"training\", unit=\"step\"): model.train(rng.choice(known, 32), 0.01 * (1 - n / steps)) if n % 20 == 0: losses[n] = model.loss(test) return losses def looking(model, test, word=\"attention\"):",
""
],
[
"VIII. Attention",
"part8_attention.html#where-does-it-look",
"Where does it look?",
"Where does it look? How much of what a head gets comes from the character before, and how much from the END at the beginning? From a test word's second letter on, the average is: by chance: 0.21 from each head 0: 0.28 from the one before, 0.12 from the END head 1: 0.30 from the one before, 0.18 from the END head 2: 0.31 from the one before, 0.19 from the END head 3: 0.35 from the one before, 0.20 from the END",
"weights = model.session.run(model.weights, model.feeds(test)) at = [(i, n) for i, word in enumerate(test) for n in range(2, len(word) + 1)] chance = np.mean([1 / (n + 1) for _, n in at]) print(f\"by chance: {chance:.2f} from each\") for k in range(HEADS): before = np.mean([weights[i, k, n, n - 1] for i, n in at]) first = np.mean([weights[i, k, n, 0] for i, n in at]) print(f\"head {k}: {before:.2f} from the one before, {first:.2f} from the END\")",
""
],
[
"VIII. Attention",
"part8_attention.html#S352",
"Where does it look?",
"All heads prefer the character before. Here's how they read a single word. Each row is a position that looks, with its letter on the left, and a dot for END. Each column is a position that it looks at. A strong blue is a weight close to 1, a faint one close to 0, and each row sums to 1. The first END can only look at itself. Figure 3 Rows look at columns; the future, above the diagonal, stays empty. Look at head 0, third row, the first t. Its square in the column of a is almost full blue: nearly all that this t gets comes from the a just before. In head 1, the last t and the i look at the same a, five and six places back. Counting pairs can't do that. Try a word of your own. The network below has the weights from above, rounded to four digits, and your browser runs the program that the session wrote for it. Here you could type a word, see where its letters look, and let it go on. For that, the page needs JavaScript.Figure 4 In heads 1 and 3, the h of graph looks at the a, two places back; put an o there, and only head 1 still looks.",
"weights = model.session.run(model.weights, model.feeds([word]))[0] n, letters = len(word) + 1, \".\" + word def paint(axes): for i, head in enumerate(weights): x, y = (i % 2) * (n + 2), -(i // 2) * (n + 3) axes.text(x + n / 2, y + 0.6, f\"head {i}\", ha=\"center\") for row, column in zip(*np.tril_indices(n)): corners = [column, column + 1, column + 1, column] axes.fill( x + np.array(corners), y - row - np.array([0, 0, 1, 1]), color=BLUE, alpha=round(head[row, column], 2), linewidth=0, ) for j, letter in enumerate(letters): axes.text(x + j + 0.5, y - n - 0.2, letter, ha=\"center\", va=\"top\") axes.text(x - 0.3, y - j - 0.5, letter, ha=\"right\", va=\"center\") axes.set(xlim=(-1, 2 * n + 2), ylim=(-2 * n - 4, 1.5), aspect=\"equal\") axes.axis(\"off\") save_plot(\"part8-heads\", paint, 4, 4.4)",
""
],
[
"VIII. Attention",
"part8_attention.html#S402",
"Where does it look?",
"Two things must hold. What comes later changes nothing: softmax and sofabed have the same scores as far as they agree. And attention by itself knows no order: without the embeddings of positions, the model expects the same after graph and pargh. True True",
"def checks(model): def scores(word, changes=None): feeds = {model.tokens: encode([word])[:, :-1], **(changes or {})} return model.session.run(model.scores, feeds)[0] print(np.allclose(scores(\"softmax\")[:4], scores(\"sofabed\")[:4], rtol=0, atol=1e-9)) nowhere = {model.positions: np.zeros((BLOCK, WIDTH))} last = [scores(word, nowhere)[5] for word in (\"graph\", \"pargh\")] print(np.allclose(*last, rtol=0, atol=1e-9))",
""
],
[
"VIII. Attention",
"part8_attention.html#S421",
"Where does it look?",
"What's each part worth? We feed zeros for the embeddings of positions, and then for the matrix that brings attention into the stream. Without either, the trained network does worse than counting: without positions: 2.619 without attention: 2.508",
"def without(model, test): for name, parameter in ((\"positions\", model.positions), (\"attention\", model.WO)): zeros = {parameter: np.zeros((16, 16))} L = model.session.run(model.L, {**model.feeds(test), **zeros}) print(f\"without {name}: {L:.3f}\")",
""
],
[
"VIII. Attention",
"part8_attention.html#words-of-its-own",
"It makes up words",
"It makes up words To write, we begin with END, draw a character from the probabilities, append it, and repeat. Dividing the scores by a temperature below 1 makes likely characters likelier. Of forty words, these are its own: aneck arge boothed coll collaces corne cown derferil difftion eaps enconging everecton fem foth horws inde keang lanttion lothoved malie maluter mand mingpthen molon mones posed pracest sifomed sime slow sose stare stee talns tengwn trap vionals wrackers",
"def sampling(model, known, test): rng = np.random.default_rng(1) p = model.graph.softmax(model.scores / 0.7) codes = np.full((40, BLOCK), END) for n in range(BLOCK - 1): chances = model.session.run(p, {model.tokens: codes})[:, n] codes[:, n + 1] = [rng.choice(27, p=chance) for chance in chances] given = {*known, *test} letters = [\"\".join((LETTERS + \" \")[code] for code in row[1:]) for row in codes] made = sorted({row.partition(\" \")[0] for row in letters} - given) for i in range(0, len(made), 5): print(*made[i : i + 5])",
"temperature"
],
[
"VIII. Attention",
"part8_attention.html#what-may-surprise-more-is-worse",
"More training makes it worse",
"More training makes it worse After four times as many steps, the network does better on the words that it has seen, and worse on the others. It has learned them by heart: a thousand words are few for four thousand parameters. That's overfitting. 2400 steps: 2.457, words that it has seen: 1.632",
"def more(known, test): model = Transformer(np.random.default_rng(0)) losses = train(model, known, test, 2400) print(f\"2400 steps: {losses[2400]:.3f}, words that it has seen:\", end=\" \") print(f\"{model.loss(known):.3f}\")",
""
],
[
"VIII. Attention",
"part8_attention.html#how-fast-is-it",
"How fast is it?",
"How fast is it? Andrej Karpathy's microgpt is this network as a graph of single numbers, and takes a thousand steps of one word each. We do the same, in about a second (more about speed). The loss ends higher, since a step sees one word and not 32: 2.376",
"def speed(known, test): model = Transformer(np.random.default_rng(0)) start = time.perf_counter() for n in range(1000): model.train(known[n : n + 1], 0.01 * (1 - n / 1000)) seconds = time.perf_counter() - start print(f\"{model.loss(test):.3f}\") print(f\"1,000 steps of one word each: {seconds:.1f} s\", file=sys.stderr)",
"microgpt"
],
[
"VIII. Attention",
"part8_attention.html#S497",
"How fast is it?",
"You can now build a transformer, look inside, and tell when it has trained too long. Next, Part IX trains on many machines.",
"def main(): known, test = prepare() counted = by_counting(known, test) smallest() model = spelling(known, test, counted) looking(model, test) checks(model) without(model, test) sampling(model, known, test) more(known, test) speed(known, test) if __name__ == \"__main__\": main()",
""
],
[
"IX. Many machines",
"part9_machines.html#part-ix-one-graph-many-machines",
"Part IX: One graph, many machines",
"Part IX: One graph, many machines One GPU isn't enough. In PyTorch you wrap the model in DistributedDataParallel, start it with torchrun, and it trains on eight GPUs, or on eight thousand. How do they share the work, and what must they tell each other? python -m course.part9_machines The first half needs only NumPy. The second half runs on JAX, which make jax installs; without it, its lines are left out.",
"import os import re import socket import subprocess import sys import tempfile import time import numpy as np from course.part5b_digits import digits from course.plot import BLUE, save_plot from graph import Graph from session import Session MACHINES, STEPS, RATE = 8, 20, 0.5",
""
],
[
"IX. Many machines",
"part9_machines.html#the-example",
"A network to share",
"A network to share It reads handwritten digits again, with a layer of 32 units, the cross-entropy, gradient descent, and batches of 64. 2410 parameters",
"class Model: def __init__(self): rng, self.graph = np.random.default_rng(0), Graph() graph = self.graph self.X = graph.placeholder((None, 64), name=\"X\") self.labels = graph.placeholder((None,), dtype=int, name=\"labels\") self.W0 = graph.variable(rng.normal(0, 0.2, (64, 32)), name=\"W0\") self.b0 = graph.variable(np.zeros(32), name=\"b0\") self.W1 = graph.variable(rng.normal(0, 0.2, (32, 10)), name=\"W1\") self.b1 = graph.variable(np.zeros(10), name=\"b1\") self.parameters = [self.W0, self.b0, self.W1, self.b1] hidden = graph.relu(self.X @ self.W0 + self.b0) scores = hidden @ self.W1 + self.b1 self.L = graph.softmax_cross_entropy(scores, self.labels, name=\"L\") self.gradients = graph.gradients(self.L, self.parameters) self.step = graph.group( [ graph.assign(parameter, parameter - RATE * gradient) for parameter, gradient in zip(self.parameters, self.gradients) ] ) def feeds(self, examples): images, labels = digits() X = images[examples].reshape(-1, 64) / 16 return {self.X: X, self.labels: labels[examples]}",
""
],
[
"IX. Many machines",
"part9_machines.html#batches",
"batches",
"For each step the indices of its examples, an array (STEPS, 64).",
"def batches(): return np.random.default_rng(1).permutation(1797)[: STEPS * 64].reshape(STEPS, 64) def in_parts(model):",
""
],
[
"IX. Many machines",
"part9_machines.html#a-mean-of-means",
"The mean of means is the mean",
"The mean of means is the mean The loss is a mean over the batch. Cut the batch into m equal parts, and the mean over all is the mean of the parts' means. The gradient of a sum is the sum of the gradients, so gradients average in the same way: ∂L∂θ=1m∑k=1m∂Lk∂θ Here Lk is the loss on part k. Is that so for each parameter of our network, with eight parts? True",
"m \\frac{\\partial L}{\\partial \\theta} = \\frac{1}{m} \\sum_{k=1}^m \\frac{\\partial L_k}{\\partial \\theta} L_k k m \\frac{\\partialL}{\\partial\\theta}=\\frac{1}{m}\\sum^m\\frac{\\partialL}{\\partial\\theta} L k session, batch = Session(model.graph), batches()[0] whole = session.run(model.gradients, model.feeds(batch)) parts = [ session.run(model.gradients, model.feeds(part)) for part in np.split(batch, MACHINES) ] means = [np.mean(gradients, axis=0) for gradients in zip(*parts)] print(all(np.allclose(a, b, rtol=0, atol=1e-12) for a, b in zip(whole, means)))",
""
],
[
"IX. Many machines",
"part9_machines.html#S94",
"The mean of means is the mean",
"Three losses, 1, 2 and 6, in a part of two and a part of one. Is the mean of means their mean? No, it's 3.75 instead of 3. The parts must be equally large. PyTorch's DistributedSampler repeats a few examples to make them so.",
"",
""
],
[
"IX. Many machines",
"part9_machines.html#data-parallelism",
"Each machine has a copy of the model",
"Each machine has a copy of the model So each machine keeps all parameters, and takes its part of the batch. It runs the graph forward and backward for that part, as if it were alone. Then the machines average their gradients, and all take the same step. That's data parallelism. A session can play such a machine, because it has a state of its own. You can feed any tensor, so we feed the mean in place of the gradient. What's the loss on the last batch after twenty steps, with one machine and with eight? And do the eight still have the same parameters, to the last bit? one machine: 0.6407 eight machines: 0.6407 True",
"def replicas(model): one = Session(model.graph) for batch in batches(): one.run(model.step, model.feeds(batch)) print(f\"one machine: {one.run(model.L, model.feeds(batch)):.4f}\") machines = [Session(model.graph) for _ in range(MACHINES)] for batch in batches(): parts = [ machine.run(model.gradients, model.feeds(part)) for machine, part in zip(machines, np.split(batch, MACHINES)) ] means = [np.mean(gradients, axis=0) for gradients in zip(*parts)] for machine in machines: machine.run(model.step, dict(zip(model.gradients, means))) print(f\"eight machines: {machines[0].run(model.L, model.feeds(batch)):.4f}\") first, *others = (machine.run(model.parameters) for machine in machines) print(all(np.array_equal(*pair) for other in others for pair in zip(first, other)))",
"data parallelism"
],
[
"IX. Many machines",
"part9_machines.html#S136",
"Each machine has a copy of the model",
"Forget the averaging, and each machine follows its own gradient. You get eight networks, each trained on an eighth of the data, and none comes close to 0.6407. Here's the best and the worst: >>> model = Model() >>> machines = [Session(model.graph) for _ in range(MACHINES)] >>> for batch in batches(): ... for machine, part in zip(machines, np.split(batch, MACHINES)): ... machine.run(model.step, model.feeds(part)) >>> losses = [m.run(model.L, model.feeds(batch)) for m in machines] >>> print(min(losses).round(4), max(losses).round(4)) 0.9157 1.4688",
"",
""
],
[
"IX. Many machines",
"part9_machines.html#all-reduce",
"How do they add up their gradients?",
"How do they add up their gradients? Each machine brings an array, and each leaves with the sum of all. That's an all-reduce. Suppose that all send their array to one machine. Then that one receives m−1 arrays, and a thousand machines wait for one cable. In a ring, each machine sends only to the next, and only a piece at a time. We cut the array into m pieces. For m−1 rounds, pieces travel around, and each machine adds its own numbers to what arrives. Then each machine has one complete piece, and for another m−1 rounds the complete pieces travel around.",
"m - 1 m m - 1 m - 1 m-1 m m-1 m-1 def ring(arrays): m = len(arrays) pieces = [np.array_split(array, m) for array in arrays] rounds, sent = [], 0 for step in range(2 * (m - 1)): adding = step \u003c m - 1",
"all-reduce ring"
],
[
"IX. Many machines",
"part9_machines.html#S167",
"How do they add up their gradients?",
"What each machine sends in this round, before any has received.",
"places = [(k - step) % m for k in range(m)] parcels = [pieces[k][place] for k, place in enumerate(places)] sent += parcels[0].size for k, (place, parcel) in enumerate(zip(places, parcels)): after = (k + 1) % m own = pieces[after][place] pieces[after][place] = own + parcel if adding else parcel rounds.append([list(row) for row in pieces]) return [np.concatenate(row) for row in pieces], sent, rounds",
""
],
[
"IX. Many machines",
"part9_machines.html#S180",
"How do they add up their gradients?",
"Divide the sum by m, and it's the mean. In each of 2(m−1) rounds, all machines send a piece at the same time. In total each sends this many arrays, less than two even with a thousand machines: 2m−1m 2 machines: sent 1.000 arrays, all have the sum: True 8 machines: sent 1.750 arrays, all have the sum: True 64 machines: sent 1.969 arrays, all have the sum: True",
"m 2 (m - 1) 2\\, \\frac{m - 1}{m} m 2(m-1) 2\\,\\frac{m-1}{m} def reducing(): for m in (2, 8, 64): arrays = np.random.default_rng(0).normal(size=(m, 64 * m)) got, sent, _ = ring(list(arrays)) right = np.allclose(got, arrays.sum(axis=0)) print( f\"{m} machines: sent {sent / (64 * m):.3f} arrays, all have the sum:\", right )",
""
],
[
"IX. Many machines",
"part9_machines.html#S198",
"How do they add up their gradients?",
"Send the pieces yourself, round by round: Here you could send the pieces round by round, for two to eight machines. For that, the page needs JavaScript.Figure 1 A deeper color: more machines' numbers are in it. Framed: it has just arrived. Here are four machines, a row for each, with their four pieces after each round. The number in a cell says how many machines' numbers it adds up, so 4 is complete. Figure 2 Three rounds to add up, three rounds to spread.",
"*_, rounds = ring([np.ones(4)] * 4) states = [np.ones((4, 4)), *(np.array(state)[:, :, 0] for state in rounds)] def paint(axes): for i, state in enumerate(states): x, y = (i % 4) * 5, -(i // 4) * 5.6 title = f\"round {i}\" if i else \"at first\" axes.text(x + 2, y + 0.4, title, ha=\"center\") for (row, column), count in np.ndenumerate(state): corners = x + column + np.array([0, 1, 1, 0]) sides = y - row - np.array([0, 0, 1, 1]) alpha = (count - 1) / 4 axes.fill(corners, sides, color=BLUE, alpha=alpha, linewidth=0) where = (x + column + 0.5, y - row - 0.5) axes.text(*where, f\"{count:.0f}\", ha=\"center\", va=\"center\") axes.set(xlim=(-0.2, 19.2), ylim=(-9.8, 1.2), aspect=\"equal\") axes.axis(\"off\") save_plot(\"part9-ring\", paint, 6, 3.6)",
""
],
[
"IX. Many machines",
"part9_machines.html#jax_here",
"jax_here",
"JAX with eight devices, or None if it isn't installed.",
"def jax_here():",
""
],
[
"IX. Many machines",
"part9_machines.html#xla-does-all-of-it",
"We don't write the all-reduce",
"We don't write the all-reduce In PyTorch, DistributedDataParallel puts an all-reduce into your backward pass. Here the compiler finds out where one is needed. You give an XLASession a mesh: devices in a line or a rectangle, with a name for each axis. It copies the parameters to each device, splits the batch, and leaves the rest to XLA. You don't need eight devices to try that. These settings, made before JAX is loaded, let it pretend that the CPU is eight of them. That's no faster, because they share its cores, but the program is the one that eight devices would run.",
"os.environ[\"JAX_PLATFORMS\"] = \"cpu\" os.environ[\"XLA_FLAGS\"] = \"--xla_force_host_platform_device_count=8\" try: import jax except ImportError: print(\"XLA's lines are left out: they need jax\", file=sys.stderr) return None return jax",
"mesh"
],
[
"IX. Many machines",
"part9_machines.html#trained",
"trained",
"Take all steps, and return the loss on the last batch.",
"def trained(session, model): for batch in batches(): session.run(model.step, model.feeds(batch)) return session.run(model.L, model.feeds(batch)) def on_a_mesh(model, jax):",
""
],
[
"IX. Many machines",
"part9_machines.html#S264",
"We don't write the all-reduce",
"The loss after the same twenty steps, on one device and on eight: XLA, one device: 0.6407 XLA, eight devices: 0.6407",
"from xla import XLASession one = XLASession(model.graph) mesh = jax.make_mesh((8,), (\"batch\",)) eight = XLASession(model.graph, mesh=mesh) print(f\"XLA, one device: {trained(one, model):.4f}\") print(f\"XLA, eight devices: {trained(eight, model):.4f}\")",
""
],
[
"IX. Many machines",
"part9_machines.html#S277",
"We don't write the all-reduce",
"What did XLA put into the program? hlo shows it as compiled. We look for collectives, operations in which all devices take part, with the types and shapes of their operands: XLA, one: none XLA, eight: all-reduce f32[] f32[64,32] f32[32] f32[32,10] f32[10] A single all-reduce sums the loss, which we fetch, and the four gradients. It follows from where things are: the gradient with respect to W0 is XTG, a sum over the examples, and the examples lie on eight devices. (Whether they use a ring is up to them.)",
"X^T G X^TG fetches, feeds = [model.L, model.step], model.feeds(batches()[0]) print(\"XLA, one:\", *collectives(one.hlo(fetches, feeds)) or [\"none\"]) print(\"XLA, eight:\", *collectives(eight.hlo(fetches, feeds)))",
"collectives"
],
[
"IX. Many machines",
"part9_machines.html#collectives",
"collectives",
"The collectives in a compiled program's text, with types and shapes.",
"def collectives(hlo): names = \"all-reduce|all-gather|reduce-scatter|all-to-all|collective-permute\" found = [] for types, name in re.findall(rf\"= (\\S.*?) ({names})(?:-start)?\\(\", hlo): types = re.findall(r\"\\w+\\[[\\d,]*\\]\", types) found.append(\" \".join([name, *types])) return found def cut_parameters(model, jax):",
""
],
[
"IX. Many machines",
"part9_machines.html#when-the-parameters-do-not-fit",
"What if the parameters don't fit?",
"What if the parameters don't fit? The largest networks don't fit on one device. So we split parameters, too, which PyTorch calls tensor parallelism. The mesh gets a second axis, and shards says which axis of a parameter it splits: the columns of W0, which are the units, and with them b0 and the rows of W1. XLA, W0: a device has (64, 16) of (64, 32) XLA, W1: a device has (16, 10) of (32, 10) XLA, four by two devices: 0.6407 XLA: all-reduce f32[16,10] XLA: all-reduce f32[] f32[64,16] f32[16] f32[16,10] f32[10] Each device has half of the units, and computes their part of the scores for its quarter of the batch. But a score is a sum over all units. So there's an all-reduce in the middle of the forward pass, between the two devices that share a quarter. Gradients are summed over the quarters only: each device needs those of its own half, and that of b1, which all have.",
"from xla import XLASession mesh = jax.make_mesh((4, 2), (\"batch\", \"model\")) shards = { model.W0: (None, \"model\"), model.b0: (\"model\",), model.W1: (\"model\", None), } session = XLASession(model.graph, mesh=mesh, shards=shards) loss = trained(session, model) for variable in (model.W0, model.W1): part = session.state[variable].addressable_shards[0].data.shape print(f\"XLA, {variable.name}: a device has {part} of {variable.shape}\") print(f\"XLA, four by two devices: {loss:.4f}\") feeds = model.feeds(batches()[0]) for collective in collectives(session.hlo([model.L, model.step], feeds)): print(\"XLA:\", collective)",
"tensor parallelism"
],
[
"IX. Many machines",
"part9_machines.html#several-hosts",
"Several hosts, one file",
"Several hosts, one file A host is a computer that runs Python and has some devices. All hosts run the same file. One line joins them, like init_process_group in PyTorch: it says where to reach the first host, how many there are, and which one this is. Then jax.devices() lists the devices of all, and the rest is as above. All hosts feed the same batch, and each puts on its devices what they need. What you fetch comes to all hosts. So all must make the same runs in the same order: a host that runs alone, even just to print a loss, hangs. And their sessions need the same seed, for initial values that are drawn.",
"def host(address, number, count): import jax jax.distributed.initialize(address, count, number) from xla import XLASession model, mesh = Model(), jax.make_mesh((8,), (\"batch\",)) loss = trained(XLASession(model.graph, seed=0, mesh=mesh), model) devices, all_devices = len(jax.local_devices()), len(jax.devices()) print(f\"host {number}: {devices} of {all_devices} devices, {loss:.4f}\")",
"host"
],
[
"IX. Many machines",
"part9_machines.html#S368",
"Several hosts, one file",
"We start two processes with four devices each. They talk over the network, as two computers would. XLA, host 0: 4 of 8 devices, 0.6407 XLA, host 1: 4 of 8 devices, 0.6407",
"def several_hosts(): with tempfile.TemporaryFile(\"w+\") as first, tempfile.TemporaryFile(\"w+\") as second: logs = [first, second] for number, (code, log) in enumerate(zip(run_hosts(logs), logs)): log.seek(0) said = log.read().splitlines() if code: raise RuntimeError( \"\\n\".join([f\"host {number} ended with {code}\", *said]) )",
""
],
[
"IX. Many machines",
"part9_machines.html#S383",
"Several hosts, one file",
"Other lines say how they found each other.",
"print(*(f\"XLA, {line}\" for line in said if line.startswith(\"host \")))",
""
],
[
"IX. Many machines",
"part9_machines.html#S386",
"run_hosts",
"You can now train one graph on many machines, and say what they tell each other: gradients in each step, and partial sums where you split a layer. That's the last part of the course. The end says what to read next.",
"def run_hosts(logs): with socket.socket() as free: free.bind((\"localhost\", 0)) address = f\"localhost:{free.getsockname()[1]}\" flags = {\"XLA_FLAGS\": \"--xla_force_host_platform_device_count=4\"} options = {\"env\": {**os.environ, **flags}, \"stderr\": subprocess.STDOUT} hosts = [] try: for number, log in enumerate(logs): program = ( f\"import course.part9_machines as it; it.host({address!r}, {number}, 2)\" ) command = [sys.executable, \"-c\", program] hosts.append(subprocess.Popen(command, stdout=log, **options)) codes = [None, None]",
""
],
[
"IX. Many machines",
"part9_machines.html#run_hosts",
"run_hosts",
"Run a host for each log until all end or one fails; return their exit codes.",
"def run_hosts(logs): with socket.socket() as free: free.bind((\"localhost\", 0)) address = f\"localhost:{free.getsockname()[1]}\" flags = {\"XLA_FLAGS\": \"--xla_force_host_platform_device_count=4\"} options = {\"env\": {**os.environ, **flags}, \"stderr\": subprocess.STDOUT} hosts = [] try: for number, log in enumerate(logs): program = ( f\"import course.part9_machines as it; it.host({address!r}, {number}, 2)\" ) command = [sys.executable, \"-c\", program] hosts.append(subprocess.Popen(command, stdout=log, **options)) codes = [None, None]",
""
],
[
"IX. Many machines",
"part9_machines.html#S407",
"Several hosts, one file",
"If one fails, the other would wait for it forever.",
"while None in codes and not any(codes): time.sleep(0.1) codes = [host.poll() for host in hosts] finally: for host in hosts: host.kill() host.wait() return codes def main(): model = Model() print(sum(np.prod(x.shape) for x in model.parameters), \"parameters\") in_parts(model) replicas(model) reducing() jax = jax_here() if jax is not None: on_a_mesh(model, jax) cut_parameters(model, jax) several_hosts() if __name__ == \"__main__\": main()",
""
],
[
"X. Pictures",
"part10_pictures.html#part-x-pictures",
"Part X: Pictures",
"Part X: Pictures In Part V b a network learned to read digits, and was lost when they moved by one pixel. It had learned each stroke in each place by itself. Here's the cure: weights that look everywhere. python -m course.part10_pictures We train two networks, which takes about twenty seconds.",
"import numpy as np from tqdm import tqdm from course.part5_layers import share_right from course.part5b_digits import digits, show_images from course.plot import save_plot from graph import Graph from session import Session from train import AdamOptimizer",
""
],
[
"X. Pictures",
"part10_pictures.html#one-filter",
"One filter, every place",
"One filter, every place Where does the ink begin, seen from the left? Where the pixels on the right of a window are darker than those on its left. You can ask that of 3 by 3 pixels, and you can ask it everywhere. Write it as weights, negative on the left and positive on the right, and slide them over the image: that's a convolution. (12, 8, 8, 1) (12, 8, 8, 2)",
"def edges(): images, _ = digits() x = images[:12, :, :, None] / 16 graph = Graph() across = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 4 filters = np.stack([across, across.T], axis=-1)[:, :, None, :] found = graph.conv2d(x, filters) y = Session(graph).run(found) print(x.shape, y.shape)",
"convolution"
],
[
"X. Pictures",
"part10_pictures.html#S41",
"One filter, every place",
"We've asked in two ways: from left to right, and from top to bottom. So each image has become two, its channels. Figure 1 Dark is where ink begins, bright where it ends.",
"def paint(axes): pictures = [x[i, :, :, 0] for i in (0, 4, 7)] rows = [ picture for i, picture in zip((0, 4, 7), pictures) for picture in (picture, y[i, :, :, 0], y[i, :, :, 1]) ] show_images(axes, rows, [\"image\", \"from left\", \"from top\"] * 3, 9) save_plot(\"part10-edges\", paint, 7.5, 1.5)",
"channels"
],
[
"X. Pictures",
"part10_pictures.html#S59",
"One filter, every place",
"Move the image, and what's found moves along. Nothing else changes: True",
"moved = np.roll(x, 1, axis=2) again = Session(graph).run(graph.conv2d(moved, filters)) print(np.allclose(again[:, 1:-1, 2:-1], y[:, 1:-1, 1:-2]))",
""
],
[
"X. Pictures",
"part10_pictures.html#S67",
"One filter, every place",
"These two filters are known since the sixties, as Sobel's. We won't choose any. The network will learn which questions are worth asking.",
"",
""
],
[
"X. Pictures",
"part10_pictures.html#gradient",
"Its gradient is a sum over places",
"Its gradient is a sum over places How does a filter learn? A weight wa is used once at each place i, times the pixel xi+a that it meets there. So it gets a share from each place, pixel times incoming gradient, and the shares are added up, as for anything that's used more than once: ∂L∂wa=∑ixi+agi Look at that sum: it slides g over x. The gradient of a convolution is a convolution. Let's check, in a single row: [ 4. 8. 15.] [ 4. 8. 15.]",
"w_a i x_{i+a} \\frac{\\partial L}{\\partial w_a} = \\sum_i x_{i+a} \\, g_i g x w i x \\frac{\\partialL}{\\partialw}=\\sumx\\,g g x def shares(): x = np.array([1.0, 2.0, 4.0, 7.0]) g = np.array([2.0, 1.0]) graph = Graph() row = graph.variable(x.reshape(1, 1, 4, 1), name=\"row\") w = graph.variable(np.zeros((1, 3, 1, 1)), name=\"w\") y = graph.conv2d(row, w, padding=\"VALID\") (by_w,) = graph.gradients(y, [w], grad_y=g.reshape(1, 1, 2, 1)) print(Session(graph).run(by_w).ravel()) print(np.array([x[a : a + 2] @ g for a in range(3)]))",
""
],
[
"X. Pictures",
"part10_pictures.html#S97",
"Its gradient is a sum over places",
"And a pixel? It's seen by a window at each of its weights. So it gets the weights back, in reverse order, times the gradients of those windows. Convolution derives both for images, and Exercise 16 asks you for them. The image has 64 pixels, and a filter 9 weights. How many shares does a weight get, if the output is as large as the image? 64, one from each place. (At the border some are 0, since the window sees nothing there.)",
"",
""
],
[
"X. Pictures",
"part10_pictures.html#a-lenet",
"A LeNet, in small",
"A LeNet, in small In 1989 a network by Yann LeCun and others read the digits on letters. We build one in that style, for 8 by 8 pixels. Its filters are 3 by 3. After the first eight, and after the next sixteen, which look at what the eight have found, we keep only the best fit of each 2 by 2 places: it doesn't matter much where exactly a stroke is. Then comes a layer that you know. shape numbers to learn image 8 x 8 x 1 8 filters, 3 x 3 x 1 8 x 8 x 8 80 the best of 2 x 2 4 x 4 x 8 16 filters, 3 x 3 x 8 4 x 4 x 16 1,168 the best of 2 x 2 2 x 2 x 16 ten scores 10 650 That's 1,898 numbers, against 4,810 in Part V b.",
"class ConvolutionalClassifier: def __init__(self, rng): self.graph = graph = Graph() self.X = graph.placeholder((None, 8, 8, 1), name=\"X\") self.labels = graph.placeholder((None,), dtype=int, name=\"labels\") self.parameters = [] def parameter(*shape): start = rng.normal(size=shape) * np.sqrt(2 / np.prod(shape[:-1])) self.parameters += [ graph.variable(start), graph.variable(np.zeros(shape[-1])), ] return self.parameters[-2:] def look(x, outputs): filters, b = parameter(3, 3, x.dims[3], outputs) return graph.relu(graph.conv2d(x, filters) + b) seen = self.features(look) W, b = parameter(seen.dims[1], 10) scores = graph.add(seen @ W, b, name=\"scores\") self.L = graph.softmax_cross_entropy(scores, self.labels, name=\"L\") self.right = share_right(graph, scores, self.labels) self.step = AdamOptimizer(0.003).minimize(self.L) self.session = Session(graph) def features(self, look): h = self.graph.max_pool(look(self.X, 8), 2) h = self.graph.max_pool(look(h, 16), 2) return self.graph.reshape(h, (-1, 2 * 2 * 16)) def run(self, fetches, X, labels): return self.session.run(fetches, {self.X: X, self.labels: labels})",
""
],
[
"X. Pictures",
"part10_pictures.html#ConvolutionalClassifier.train",
"ConvolutionalClassifier.train",
"Forty epochs with minibatches of 32.",
"def train(self, X, labels, rng): for _ in tqdm(range(40), desc=\"training\", unit=\"epoch\"): order = rng.permutation(len(X)) for start in range(0, len(X), 32): batch = order[start : start + 32] self.run(self.step, X[batch], labels[batch]) def trained(kind, X, labels): rng = np.random.default_rng(0) classifier = kind(rng) classifier.train(X, labels, rng) return classifier",
""
],
[
"X. Pictures",
"part10_pictures.html#shares_right",
"shares_right",
"The shares that are right: as they are, and moved by 1, -1 and 2 pixels.",
"def shares_right(classifier, X, labels): wide = np.pad(X, [(0, 0), (0, 0), (2, 2), (0, 0)]) moved = [wide[:, :, 2 - pixels : 10 - pixels] for pixels in (0, 1, -1, 2)] shares = [classifier.run(classifier.right, images, labels) for images in moved] return \" \".join(f\"{share:.1%}\" for share in shares) def reading():",
""
],
[
"X. Pictures",
"part10_pictures.html#one-pixel",
"One pixel to the right",
"One pixel to the right Now for the test that the other network failed. It's the same fifth of the images, and the other network read 98.9% of them as they are, and 54.4% moved to the right by one pixel. This one, as they are, moved right, left, and by two: 97.8% 58.3% 74.4% 30.8%",
"images, labels = digits() X = images[:, :, :, None] / 16 order = np.random.default_rng(0).permutation(len(X)) test, *rest = np.array_split(order, 5) training = np.concatenate(rest) data = X[training], labels[training] lenet = trained(ConvolutionalClassifier, *data) print(shares_right(lenet, X[test], labels[test]))",
""
],
[
"X. Pictures",
"part10_pictures.html#S205",
"One pixel to the right",
"That's hardly better! What went wrong? The filters look everywhere, and what they find moves along with the image. But the last layer has weights of its own for each of the 2 by 2 places that are left. Move the image, and what was in one of them is in another. We've put the old problem at the end.",
"return data, X[test], labels[test]",
""
],
[
"X. Pictures",
"part10_pictures.html#anywhere",
"Then don't ask where",
"Then don't ask where So take the best fit over all places. What's left is one number for each filter: is what you look for anywhere in this image? To make up for that, we have more filters, 16 and 32, and no pooling in between.",
"class EverywhereClassifier(ConvolutionalClassifier): def features(self, look): return self.graph.max(look(look(self.X, 16), 32), (1, 2))",
"all"
],
[
"X. Pictures",
"part10_pictures.html#S224",
"Then don't ask where",
"And the same test again, as it is, moved right, left, and by two: 98.9% 99.2% 98.1% 96.4%",
"def everywhere(data, X, labels): classifier = trained(EverywhereClassifier, *data) print(shares_right(classifier, X, labels))",
""
],
[
"X. Pictures",
"part10_pictures.html#S231",
"Then don't ask where",
"It has never seen a moved image. It didn't have to: we built into it that a stroke is a stroke, wherever it is. That's what an architecture is for. What you know about the data before you've seen any, you don't have to learn. Does it read images that are moved down by a pixel just as well? No, 79.7% of them, and it's not the network's fault. The images were made so that each digit fills them from top to bottom. Move one down, and its last row is cut off.",
"wide = np.pad(X, [(0, 0), (1, 1), (0, 0), (0, 0)]) down = classifier.run(classifier.right, wide[:, :8], labels) print(f\"moved down: {down:.1%}\")",
"architecture"
],
[
"X. Pictures",
"part10_pictures.html#S245",
"Then don't ask where",
"In numbers, the share of test images with ink in the last row, and in the last column: moved down: 79.7% 100% 12%",
"edges = X[:, -1], X[:, :, -1] print(*[f\"{(edge.sum(axis=(1, 2)) > 0).mean():.0%}\" for edge in edges])",
""
],
[
"X. Pictures",
"part10_pictures.html#S254",
"Then don't ask where",
"What do the filters look for? Here are the first sixteen. Figure 2 What the first sixteen filters look for. Dark fields want ink, bright ones want paper.",
"filters = classifier.session.run(classifier.parameters[0]) def paint(axes): captions = [str(i + 1) for i in range(16)] show_images(axes, filters[:, :, 0].transpose(2, 0, 1), captions, 8) save_plot(\"part10-filters\", paint, 6.4, 2.2)",
""
],
[
"X. Pictures",
"part10_pictures.html#S268",
"Then don't ask where",
"Nobody told it about edges. But there they are, in several directions, beside spots and corners, because edges are worth asking about. You can now build networks that see, and you know what to ask of each layer: what does it take for granted?",
"def main(): edges() shares() data, X, labels = reading() everywhere(data, X, labels) if __name__ == \"__main__\": main()",
""
],
[
"XI. Sequences",
"part11_sequences.html#part-xi-sequences",
"Part XI: Sequences",
"Part XI: Sequences Before there were transformers, a network read a text like you do: one character after the other, with something kept in mind. In Part VIII every position could look back at all others. Here there's only a memory, and it has to do. python -m course.part11_sequences We train eight networks, which takes about ten seconds.",
"import numpy as np from tqdm import tqdm from course.part8_attention import BLOCK, batch, words from course.plot import BLUE, GREEN, RED, save_plot from graph import Graph from session import Session from train import AdamOptimizer",
""
],
[
"XI. Sequences",
"part11_sequences.html#a-cell",
"One cell, used again and again",
"One cell, used again and again A recurrent cell takes what it reads, xt, and what it has in mind, ht−1, and makes of them what it will have in mind: ht=tanh(xtW+ht−1U+b) The same three parameters serve at each step. We write the steps one after the other: we unroll the cell. So its weights are used at each step, and their gradients are sums over the steps. You've seen that with filters, which are used at each place.",
"x_t h_{t-1} h_t = \\tanh(x_t W + h_{t-1} U + b) x h h=\\tanh(xW+hU+b) class Recurrent: gates = 1 def __init__(self, graph, inputs, width, rng): self.width, n = width, self.gates * width self.W = graph.variable(rng.normal(size=(inputs, n)) / np.sqrt(inputs)) self.U = graph.variable(rng.normal(size=(width, n)) / np.sqrt(width)) self.b = graph.variable(np.zeros(n)) self.parameters = [self.W, self.U, self.b]",
"cell unroll"
],
[
"XI. Sequences",
"part11_sequences.html#Recurrent.unroll",
"Recurrent.unroll",
"The outputs, and the memories, at each step of x: (batch, steps, inputs).",
"def unroll(self, x): state = self.start(x.graph.zeros_like(x[:, 0, :1] * np.zeros(self.width))) outputs, memories = [], [] for x_t in x.graph.unstack(x, axis=1): (*state,) = self.step(x_t, *state) outputs.append(state[0]) memories.append(state[-1]) return outputs, memories def start(self, zeros): return [zeros] def step(self, x, h): return [x.graph.tanh(x @ self.W + h @ self.U + self.b)] def fading():",
""
],
[
"XI. Sequences",
"part11_sequences.html#vanishing",
"Why does it forget?",
"Why does it forget? What you read long ago only matters if a nudge of it still reaches the end. At each step a nudge is multiplied by U, and by the slope of the tanh, which is at most 1: ∂ht∂ht−1=Udiag(1−ht2) After twenty steps, that's a product of twenty such matrices. If each shrinks a vector to seven tenths, less than a thousandth is left. So we take the gradient of the last memory with respect to earlier ones, with random inputs and before any training, and measure how long it is, 1, 5, 10 and 20 steps back: a simple cell: 0.6631 0.1193 0.0150 0.0002",
"U \\tanh \\frac{\\partial h_t}{\\partial h_{t-1}} = U \\,\\mathrm{diag}(1 - h_t^2) U \\tanh \\frac{\\partialh}{\\partialh}=U\\,\\mathrm{diag}(1-h^2) print(\"a simple cell:\", lengths(Recurrent))",
""
],
[
"XI. Sequences",
"part11_sequences.html#S79",
"lengths",
"That's the vanishing gradient. The network can't learn what it can't feel. (With larger weights, the product explodes instead, and training jumps about.)",
"def lengths(kind): rng, graph = np.random.default_rng(0), Graph() x = graph.constant(rng.normal(size=(64, 31, 8))) _, memories = kind(graph, 8, 32, rng).unroll(x) seed = rng.normal(size=(64, 32)) gradients = graph.gradients(memories[-1], memories, grad_y=seed) values = Session(graph).run(gradients)[::-1] found = np.array([np.linalg.norm(value, axis=1).mean() for value in values]) return \" \".join(f\"{found[n] / found[0]:.4f}\" for n in (1, 5, 10, 20)) class LSTM(Recurrent):",
"vanishing gradient"
],
[
"XI. Sequences",
"part11_sequences.html#lengths",
"lengths",
"How long the gradient of the last memory is, some steps back.",
"def lengths(kind): rng, graph = np.random.default_rng(0), Graph() x = graph.constant(rng.normal(size=(64, 31, 8))) _, memories = kind(graph, 8, 32, rng).unroll(x) seed = rng.normal(size=(64, 32)) gradients = graph.gradients(memories[-1], memories, grad_y=seed) values = Session(graph).run(gradients)[::-1] found = np.array([np.linalg.norm(value, axis=1).mean() for value in values]) return \" \".join(f\"{found[n] / found[0]:.4f}\" for n in (1, 5, 10, 20)) class LSTM(Recurrent):",
""
],
[
"XI. Sequences",
"part11_sequences.html#lstm",
"A memory that is only added to",
"A memory that is only added to In 1997, Sepp Hochreiter and Jürgen Schmidhuber found a way out: don't multiply the memory by a matrix, add to it. Their cell keeps a second vector, c. Three gates, numbers between 0 and 1, decide how much of it stays (f), how much of something new comes in (i), and how much of it shows (o). Each gate, and the new thing z itself, looks at xt and ht−1. ct=f⊙ct−1+i⊙tanh(z)ht=o⊙tanh(ct) On this way, a nudge of ct−1 reaches ct multiplied by f, and by nothing else. While the gate is open, it passes unharmed. (So we add 1 to what goes into f: at the start, the gates are open.) Exercise 17 asks you for this cell.",
"c f i o z x_t h_{t-1} c_t = f \\odot c_{t-1} + i \\odot \\tanh(z) h_t = o \\odot \\tanh(c_t) c_{t-1} c_t f f c f i o z x h c=f\\odotc+i\\odot\\tanh(z) h=o\\odot\\tanh(c) c c f f gates = 4 def start(self, zeros): return [zeros, zeros] def step(self, x, h, c): graph = x.graph i, f, o, z = graph.split(x @ self.W + h @ self.U + self.b, 4, axis=1) c = graph.sigmoid(f + 1) * c + graph.sigmoid(i) * graph.tanh(z) return [graph.sigmoid(o) * graph.tanh(c), c]",
"gates"
],
[
"XI. Sequences",
"part11_sequences.html#S124",
"A memory that is only added to",
"So how much of a nudge is left, 1, 5, 10 and 20 steps back? an LSTM: 0.7488 0.2791 0.1012 0.0177",
"def remembering(): print(\"an LSTM:\", lengths(LSTM))",
""
],
[
"XI. Sequences",
"part11_sequences.html#S130",
"A memory that is only added to",
"Is that worth anything? Here's a task that's all memory: read a row of random symbols, one of eight at each step, and at the end say which was the first. We train each cell for 600 steps on rows of 5, 10 and 20. Does it get more than 95% right? a simple cell: yes yes no an LSTM: yes yes yes",
"for name, kind in ((\"a simple cell\", Recurrent), (\"an LSTM\", LSTM)): shares = [recall(kind, steps) for steps in (5, 10, 20)] print(f\"{name}:\", *[\"yes\" if share > 0.95 else \"no\" for share in shares])",
""
],
[
"XI. Sequences",
"part11_sequences.html#S142",
"recall",
"Why can't you just train the simple cell longer? You can, but what it would have to learn from is a thousandth as strong as what tells it about the last symbols, which don't matter here.",
"def recall(kind, steps): rng, graph = np.random.default_rng(0), Graph() x = graph.placeholder((None, steps, 8), name=\"x\") first = graph.placeholder((None,), dtype=int, name=\"first\") outputs, _ = kind(graph, 8, 32, rng).unroll(x) scores = outputs[-1] @ graph.variable(rng.normal(size=(32, 8)) / np.sqrt(32)) step = AdamOptimizer(0.005).minimize(graph.softmax_cross_entropy(scores, first)) right = graph.mean(graph.equal(graph.argmax(scores, axis=1), first)) session = Session(graph) def rows(number): symbols = rng.integers(0, 8, (number, steps)) return {x: np.eye(8)[symbols], first: symbols[:, 0]} for _ in tqdm(range(600), desc=f\"{steps} symbols\", unit=\"step\"): session.run(step, rows(32)) return session.run(right, rows(1000)) class Reader:",
""
],
[
"XI. Sequences",
"part11_sequences.html#recall",
"recall",
"The share of rows whose first symbol a trained network names at the end.",
"def recall(kind, steps): rng, graph = np.random.default_rng(0), Graph() x = graph.placeholder((None, steps, 8), name=\"x\") first = graph.placeholder((None,), dtype=int, name=\"first\") outputs, _ = kind(graph, 8, 32, rng).unroll(x) scores = outputs[-1] @ graph.variable(rng.normal(size=(32, 8)) / np.sqrt(32)) step = AdamOptimizer(0.005).minimize(graph.softmax_cross_entropy(scores, first)) right = graph.mean(graph.equal(graph.argmax(scores, axis=1), first)) session = Session(graph) def rows(number): symbols = rng.integers(0, 8, (number, steps)) return {x: np.eye(8)[symbols], first: symbols[:, 0]} for _ in tqdm(range(600), desc=f\"{steps} symbols\", unit=\"step\"): session.run(step, rows(32)) return session.run(right, rows(1000)) class Reader:",
""
],
[
"XI. Sequences",
"part11_sequences.html#against-the-transformer",
"Against the transformer",
"Against the transformer Now for the words of Part VIII: predict each next character. A row of a table is what each character means to the network, the cell reads it, and a last layer scores 27 characters. The widths are chosen so that both networks have about as many parameters as the transformer, which has 4,192.",
"def __init__(self, kind, width, rng): self.graph = graph = Graph() self.tokens = graph.placeholder((None, BLOCK), dtype=int, name=\"tokens\") self.targets = graph.placeholder((None, BLOCK), dtype=int, name=\"targets\") self.counts = graph.placeholder((None, BLOCK), name=\"counts\") self.rate = graph.placeholder((), name=\"rate\") table = graph.variable(rng.normal(size=(27, width))) outputs, _ = kind(graph, width, width, rng).unroll( graph.gather(table, self.tokens) ) last = graph.variable(rng.normal(size=(width, 27)) / np.sqrt(width)) scores = graph.stack(outputs, axis=1) @ last + graph.variable(np.zeros(27)) each = graph.softmax_cross_entropy(scores, self.targets, mean=False) self.L = graph.sum(each * self.counts) / graph.sum(self.counts) self.step = AdamOptimizer(self.rate).minimize(self.L) self.session = Session(graph) self.size = sum(np.prod(x.shape) for x in graph.variables if x.trainable) def feeds(self, some): return dict(zip((self.tokens, self.targets, self.counts), batch(some)))",
""
],
[
"XI. Sequences",
"part11_sequences.html#Reader.train",
"Reader.train",
"Train, and return the loss on the test by the number of steps.",
"def train(self, known, test, steps): rng = np.random.default_rng(0) losses = {0: self.session.run(self.L, self.feeds(test))} for n in tqdm(range(1, steps + 1), desc=\"training\", unit=\"step\"): feeds = { **self.feeds(rng.choice(known, 32)), self.rate: 0.01 * (1 - n / steps), } self.session.run(self.step, feeds) if n % 20 == 0: losses[n] = self.session.run(self.L, self.feeds(test)) return losses def reading():",
""
],
[
"XI. Sequences",
"part11_sequences.html#S213",
"Against the transformer",
"We train as there, 600 steps of 32 words. The loss on the test, after which counting had 2.492, and the transformer 2.251: a simple cell: 4209 parameters, 2.216 an LSTM: 4017 parameters, 2.226",
"test, known = np.split(words(), [120]) curves = {} for name, kind, width in ((\"a simple cell\", Recurrent, 34), (\"an LSTM\", LSTM, 19)): reader = Reader(kind, width, np.random.default_rng(0)) curves[name] = reader.train(known, test, 600) print(f\"{name}: {reader.size} parameters, {curves[name][600]:.3f}\")",
""
],
[
"XI. Sequences",
"part11_sequences.html#S226",
"Against the transformer",
"Both do a little better than the transformer! A thousand words of a few letters can be read with a memory, and hardly any letter depends on one twenty steps back. Figure 1 On short words, a memory is enough. So why is everything a transformer today? For two reasons. Texts are long, and what matters may be a thousand steps back: attention gets there in one step. And a cell has to wait for its own last output, so sixteen steps take sixteen turns. A transformer computes all positions of a text at once, as one matrix product, and that's what GPUs are good at. In which of the two can a nudge of the first character reach the last one without getting weaker at each step? In the transformer: whatever the distance, it's one product and one softmax away. You can now read a paper about sequences, draw its cell as a graph, and ask how far back its gradient reaches.",
"def paint(axes): for (name, losses), color in zip(curves.items(), (BLUE, GREEN)): axes.plot(losses.keys(), losses.values(), color=color, label=name) axes.axhline(2.251, color=RED, label=\"the transformer, trained\") axes.set(xlabel=\"step\", ylabel=\"$L$ on the test\") axes.legend(frameon=False) save_plot(\"part11-loss\", paint) def main(): fading() remembering() reading() if __name__ == \"__main__\": main()",
""
],
[
"1. Evaluate a graph",
"ex01_evaluate.html#exercise-1-evaluate-a-graph",
"Exercise 1: Evaluate a graph",
"Exercise 1: Evaluate a graph What does session.run really do? Part I evaluates a graph in five lines, as long as you hand it every value that no operation makes. Write an evaluate that asks for less and does more. Constants and variables have a value already, their initial_value. You can ask for several tensors, and it computes each operation once for all of them. You can feed any tensor, even one that an operation makes. Then that operation is skipped, and so is anything that only it needs. Take s=x+2 and y=s·s. For x=1 the values of s and y are 3 and 9. If you feed 10 for s, y is 100, and x needs no value. Stuck? Here's a hint. What does the second argument of topological_order leave out? Once yours works, you'll recognize most of Session.",
"s = x + 2 y = s \\cdot s x = 1 s y s y x s=x+2 y=s\\cdots x=1 s y s y x import numpy as np from gradients import topological_order",
""
],
[
"1. Evaluate a graph",
"ex01_evaluate.html#evaluate",
"evaluate",
"The values of tensors: a list, in the same order. Args tensors a list of tensors of one graph. feed_dict a dictionary from tensors to their values; don't change it. Raises ValueError a placeholder that's needed isn't fed; the message names it.",
"def evaluate(tensors, feed_dict): raise NotImplementedError",
""
],
[
"2. Cross-entropy",
"ex02_cross_entropy.html#exercise-2-cross-entropy-from-scores",
"Exercise 2: Cross-entropy from scores",
"Exercise 2: Cross-entropy from scores A classifier gives each class a score aj, and the softmax turns the scores into probabilities pj=eaj/∑keak. Scores of 1000 aren't unusual, and e1000 is infinite to NumPy. Write the loss and its gradient so that they're right, with no warning, for such scores too. Do it in three functions. The first returns the logarithms of the probabilities, and never computes the probabilities themselves. For the scores (0,1000) it returns −1000 and 0. So if the label is 0, the loss is 1000, and its gradient is (−1,1). With c for the row that has a 1 at the label, the gradient with respect to a row of scores is (p−c)/N, because the loss is a mean over N rows. Stuck? Here's a hint. What happens to the softmax if you subtract the same number from all scores of a row? Part IV derives the gradient, and trains with it.",
"a_j p_j = e^{a_j} / \\sum_k e^{a_k} e^{1000} (0, 1000) -1000 0 (-1, 1) c (p - c) / N N a p=e^{a}/\\sume^{a} e^{1000} (0,1000) -1000 0 (-1,1) c (p-c)/N N import numpy as np",
""
],
[
"2. Cross-entropy",
"ex02_cross_entropy.html#log_probabilities",
"log_probabilities",
"The logarithm of the softmax of each row of scores, (examples, classes).",
"def log_probabilities(scores): raise NotImplementedError",
""
],
[
"2. Cross-entropy",
"ex02_cross_entropy.html#score_loss",
"score_loss",
"Minus the logarithm of the label's probability: its mean over the rows. Args scores of shape (examples, classes). labels integers of shape (examples,), the class of each row.",
"def score_loss(scores, labels): raise NotImplementedError",
""
],
[
"2. Cross-entropy",
"ex02_cross_entropy.html#score_slope",
"score_slope",
"The gradient of score_loss with respect to the scores, of their shape.",
"def score_slope(scores, labels): raise NotImplementedError",
""
],
[
"3. Minibatches",
"ex03_minibatches.html#exercise-3-an-epoch-of-minibatches",
"Exercise 3: An epoch of minibatches",
"Exercise 3: An epoch of minibatches A step of training looks at only a few examples, a minibatch. After an epoch of steps, you've used each example once. In PyTorch, a DataLoader does that. Write a generator that says which examples each step uses. For 10 examples and minibatches of 4 it yields three arrays of indices, of sizes 4, 4 and 2. Together they hold each of the numbers 0 to 9 once, in an order that rng draws; the next epoch gets another one. Neighbors in a file are often alike, so make sure that they can end up in different minibatches. Stuck? Here's a hint. rng.permutation(5) returns the numbers 0 to 4, shuffled. Part V b trains with such minibatches.",
"import numpy as np",
"minibatch epoch"
],
[
"3. Minibatches",
"ex03_minibatches.html#minibatches",
"minibatches",
"Yield arrays of at most size indices: together, 0 to count - 1, each once. Args count the number of examples; if it's 0, yield nothing. size the size of each minibatch; the last one may be smaller. rng a np.random.Generator. Raises ValueError the size is below 1.",
"def minibatches(count, size, rng): raise NotImplementedError",
""
],
[
"4. Topological order",
"ex04_order.html#exercise-4-topological-order",
"Exercise 4: Topological order",
"Exercise 4: Topological order Gradients gets its topological order almost for free: you can only make an operation after its inputs, so the order of making will do. Suppose you've lost that order. Find one from the connections alone, and notice if there can't be any. The graph is a dictionary from each node to the list of its inputs. In {\"a\": [], \"b\": [\"a\"], \"c\": [\"a\"], \"d\": [\"b\", \"c\", \"b\"]} the order for d is a, b, c, d or a, c, b, d; for b it's a, b. A chain can be 100,000 nodes long, too long for Python's recursion. And a ladder of diamonds has more paths than the world has atoms, so look at each node and each of its inputs only a few times. Stuck? Here's a hint. A node is on your to-do list twice: first to look at its inputs, then to take its place behind them. Exercise 15 walks such an order backward.",
"def order_by_inputs(inputs, targets): raise NotImplementedError",
""
],
[
"4. Topological order",
"ex04_order.html#order_by_inputs",
"order_by_inputs",
"targets and all nodes that they need, each once, after its inputs. Args inputs a dictionary from each node to the list of its inputs, in which a node can occur twice. A node is anything that can be a key. targets a list of nodes. Returns order a list. Raises ValueError a node needs itself, directly or through others.",
"def order_by_inputs(inputs, targets): raise NotImplementedError",
""
],
[
"5. Un-broadcasting",
"ex05_unbroadcast.html#exercise-5-un-broadcasting",
"Exercise 5: Un-broadcasting",
"Exercise 5: Un-broadcasting You add a bias of shape (3,) to each of four rows. The gradient with respect to the sum arrives with shape (4, 3), and if you don't mend that, b = b - rate * gradient quietly turns your bias into a matrix. Each element took part four times, and the chain rule adds up its shares. Write the function that brings a gradient back to the shape of the operand that was broadcast. A gradient of ones, of shape (4, 3), becomes [4. 4. 4.] for an operand of shape (3,) [[3.] [3.] [3.] [3.]] for an operand of shape (4, 1) 12.0 for an operand of shape () Stuck? Here's a hint. There are two ways to be broadcast, and shapes are lined up at their last axes. keepdims=True keeps an axis that you sum over, with size 1. Graph.fit, in Gradients, does the same for tensors.",
"import numpy as np",
""
],
[
"5. Un-broadcasting",
"ex05_unbroadcast.html#sum_to",
"sum_to",
"Sum gradient over the axes along which shape was broadcast. Args gradient an array; don't change it. shape a tuple that broadcasts to the shape of gradient. Returns result an array of this shape.",
"def sum_to(gradient, shape): raise NotImplementedError",
""
],
[
"6. Second derivatives",
"ex06_second_order.html#exercise-6-how-the-gradient-changes",
"Exercise 6: How the gradient changes",
"Exercise 6: How the gradient changes You move the parameters a little along v. How does the gradient of the loss change? By Hv, where the Hessian H is the matrix of all second derivatives ∂2L/∂xi∂xj. For a million parameters H has 1012 elements, but Hv only a million. Build Hv without building H: gradients are tensors, so Graph.gradients can differentiate them again. Let L=x02x1 at x=(1,2). The gradient is (2x0x1, x02), so the rows of H are (2x1, 2x0)=(4,2) and (2x0, 0)=(2,0), and for v=(1,0) the answer is (4,2). If v is a tensor that depends on x, the answer is the same: v is a direction, so hold it constant. Stuck? Here's a hint. Which number has the derivative ∑jvj∂2L/∂xi∂xj with respect to xi? Gradients says how; Part VII, what for.",
"v H v H \\partial^2 L / \\partial x_i\\, \\partial x_j H 10^{12} H v H v H L = x_0^2 x_1 x = (1, 2) (2 x_0 x_1,\\ x_0^2) H (2 x_1,\\ 2 x_0) = (4, 2) (2 x_0,\\ 0) = (2, 0) v = (1, 0) (4, 2) v x v \\sum_j v_j\\, \\partial^2 L / \\partial x_i\\, \\partial x_j x_i v Hv H \\partial^2L/\\partialx\\,\\partialx H 10^{12} Hv Hv H L=x^2x x=(1,2) (2xx,\\x^2) H (2x,\\2x)=(4,2) (2x,\\0)=(2,0) v=(1,0) (4,2) v x v \\sumv\\,\\partial^2L/\\partialx\\,\\partialx x def hessian_times(graph, loss, x, v): raise NotImplementedError",
"Hessian"
],
[
"6. Second derivatives",
"ex06_second_order.html#hessian_times",
"hessian_times",
"The Hessian of loss with respect to x, times v. Args graph the graph of all three. loss a scalar tensor. x a tensor that loss depends on, of any shape. v a tensor of the shape of x. Returns product a tensor of the shape of x.",
"def hessian_times(graph, loss, x, v): raise NotImplementedError",
""
],
[
"7. Is a gradient right?",
"ex07_by_trial.html#exercise-7-is-a-gradient-right",
"Exercise 7: Is a gradient right?",
"Exercise 7: Is a gradient right? You've derived a gradient analytically. If it's right, it agrees with one that you compute numerically. Write the checker that compares them. It must accept a right gradient and catch a wrong one, even if only one element is wrong, or is off by a thousandth. For f(x)=∑ixi2 at x=(1,2) it says yes to the gradient 2x, which is (2,4), and no to x. It also says no to a single number in place of an array of the shape of x, even if that number is right for each element: such a gradient has lost its shape on the way. Stuck? Here's a hint. Allow a relative difference of a millionth, and an absolute one of a millionth where the numbers are below 1. Rounding errors are smaller, and mistakes are larger. And what does NaN answer when you compare it? Checks has the formula, and checks the book's own derivatives.",
"f(x) = \\sum_i x_i^2 x = (1, 2) 2x (2, 4) x x f(x)=\\sumx^2 x=(1,2) 2x (2,4) x x import numpy as np",
""
],
[
"7. Is a gradient right?",
"ex07_by_trial.html#gradient_is_right",
"gradient_is_right",
"Whether gradient(x) agrees with differences of f around x. Args f a function that takes an array of the shape of x and returns a number. gradient a function that takes the same, and should return that shape. x an array of floats, of any shape; don't change it. h how far to move each element, to both sides. Returns answer True or False.",
"def gradient_is_right(f, gradient, x, h=1e-5): raise NotImplementedError",
""
],
[
"8. A scaled tanh",
"ex08_scaled_tanh.html#exercise-8-an-operation-and-its-derivative",
"Exercise 8: An operation and its derivative",
"Exercise 8: An operation and its derivative A hyperbolic tangent lies between −1 and 1. If your labels are exactly −1 and 1, training drives the scores to infinity. LeCun and others (Efficient BackProp, 1998) stretch it: y=atanh(bx) with a=1.7159 and b=2/3, so that y is 1 at x=1. Write it as an operation: what it computes, and its derivative. With a=2 and b=3, at x=0 the value is 0 and the slope is 6, its largest. Far out the value is 2 or −2, and the slope is 0. The keyword arguments in ScaledTanhOp([x], graph, a=1.7159, b=2 / 3).output become the attributes self.a and self.b. compute gets arrays and gradient gets tensors; Operations explains the difference. Stuck? Here's a hint. tanh′=1−tanh2, and you have y already: it's self.output. What's the derivative in terms of y? Next, exercise 10 has an operation with a corner.",
"-1 -1 y = a \\tanh(b x) a = 1.7159 b = 2/3 y x = 1 a = 2 b = 3 x = 0 -2 \\tanh' = 1 - \\tanh^2 y y -1 -1 y=a\\tanh(bx) a=1.7159 b=2/3 y x=1 a=2 b=3 x=0 -2 \\tanh'=1-\\tanh^2 y y from ops import ElementwiseOp",
""
],
[
"8. A scaled tanh",
"ex08_scaled_tanh.html#ScaledTanhOp",
"ScaledTanhOp",
"y = a tanh(b x), where the attributes a and b are numbers other than 0.",
"class ScaledTanhOp(ElementwiseOp): floating = True",
""
],
[
"8. A scaled tanh",
"ex08_scaled_tanh.html#ScaledTanhOp.compute",
"ScaledTanhOp.compute",
"The value of y, given the value of x.",
"def compute(self, np, x): raise NotImplementedError",
""
],
[
"8. A scaled tanh",
"ex08_scaled_tanh.html#ScaledTanhOp.gradient",
"ScaledTanhOp.gradient",
"The share of x, in a list of one tensor; grad is the incoming gradient.",
"def gradient(self, grad): raise NotImplementedError",
""
],
[
"9. A stable softplus",
"ex09_softplus.html#exercise-9-a-stable-softplus",
"Exercise 9: A stable softplus",
"Exercise 9: A stable softplus The softplus ln(1+ex) is a relu with a rounded corner. Typed in like that, it overflows for x=1000, where it should be 1000. For x=−40 it's 0, because a float can't tell 1+e−40 from 1, and should be e−40, about 4.2·10−18. Write it so that it's right and silent for all numbers, and its derivative too. At 0 the value is ln2=0.6931, and the derivative 0.5. The derivative is the sigmoid: about e−40 at −40, and 1 at 1000. NumPy's logaddexp would be too easy. Stuck? Here's a hint. ln(1+ex)=x+ln(1+e−x). Which side is safe for which x? And np.log1p(u) is ln(1+u), right even for the smallest u. Losses builds a cross-entropy on it that never overflows.",
"\\ln(1 + e^x) x = 1000 x = -40 1 + e^{-40} e^{-40} 4.2 \\cdot 10^{-18} \\ln 2 = 0.6931 e^{-40} -40 \\ln(1 + e^x) = x + \\ln(1 + e^{-x}) x \\ln(1 + u) u \\ln(1+e^x) x=1000 x=-40 1+e^{-40} e^{-40} 4.2\\cdot10^{-18} \\ln2=0.6931 e^{-40} -40 \\ln(1+e^x)=x+\\ln(1+e^{-x}) x \\ln(1+u) u import numpy as np",
""
],
[
"9. A stable softplus",
"ex09_softplus.html#smooth_relu",
"smooth_relu",
"ln(1 + e^x) for each element of x, an array of floats of any shape.",
"def smooth_relu(x): raise NotImplementedError",
""
],
[
"9. A stable softplus",
"ex09_softplus.html#smooth_relu_slope",
"smooth_relu_slope",
"The derivative of smooth_relu for each element of x, of the same shape.",
"def smooth_relu_slope(x): raise NotImplementedError",
""
],
[
"10. The larger of two",
"ex10_maximum.html#exercise-10-the-larger-of-two",
"Exercise 10: The larger of two",
"Exercise 10: The larger of two In y=max(a,b) the larger operand gets the whole gradient, and the smaller one nothing. At a tie there's no derivative, so an operation has to choose, and MaximumOp in Operations gives everything to a. Write one that's fair: it gives half to each. For a=(1,5,2) and b=(3,5,1) the output is (3,5,2). If the incoming gradient is (10,10,10), then a gets (0,5,10) and b gets (10,5,0). Operands of different shapes are broadcast, but you can write the derivative as if their shapes were the same. Stuck? Here's a hint. Graph.where chooses for each element, and Graph.equal compares. Then check yours numerically, with exercise 7.",
"y = \\max(a, b) a a = (1, 5, 2) b = (3, 5, 1) (3, 5, 2) (10, 10, 10) a (0, 5, 10) b (10, 5, 0) y=\\max(a,b) a a=(1,5,2) b=(3,5,1) (3,5,2) (10,10,10) a (0,5,10) b (10,5,0) from ops import ElementwiseOp",
""
],
[
"10. The larger of two",
"ex10_maximum.html#LargerOp",
"LargerOp",
"y = max(a, b): the gradient goes to the larger; at a tie, half to each.",
"class LargerOp(ElementwiseOp):",
""
],
[
"10. The larger of two",
"ex10_maximum.html#LargerOp.compute",
"LargerOp.compute",
"The value of y, given the values of a and b.",
"def compute(self, np, a, b): raise NotImplementedError",
""
],
[
"10. The larger of two",
"ex10_maximum.html#LargerOp.gradient",
"LargerOp.gradient",
"The shares of a and b, a list of two tensors; grad is the incoming one.",
"def gradient(self, grad): raise NotImplementedError",
""
],
[
"11. Attention",
"ex11_attention.html#exercise-11-attention-that-cant-see-the-future",
"Exercise 11: Attention that can't see the future",
"Exercise 11: Attention that can't see the future A language model reads a text step by step. Each step has a query, what it's looking for; a key, what it can be found by; and a value, what it has to say. Attention gives each step the mean of the values, weighted by how well its query fits the keys. A step may look only at itself and at earlier steps. With the queries, keys and values as the rows of Q, K and V, the scores are QKT/d, where d is the length of a key. The score of a later step becomes −∞. The softmax of each row turns scores into weights. The output is the weights times V. If all queries are 0, all scores are the same: for the values 1, 2 and 6 the output is 1, then 1.5, then 3. Build it from the graph's operations, such as Products, and you get the gradients for free. Stuck? Here's a hint. np.triu(np.ones((3, 3), bool), k=1) is true above the diagonal, and Graph.where takes it as its condition. Part VIII builds a language model from such heads.",
"Q K V Q K^T / \\sqrt{d} d -\\infty V Q K V QK^T/\\sqrt{d} d -\\infty V import numpy as np",
"query key value Attention"
],
[
"11. Attention",
"ex11_attention.html#attention",
"attention",
"The output of one head, a tensor of shape (steps, width). Args graph the graph of the tensors. Q the queries, (steps, d), a known shape. K the keys, of the same shape. V the values, (steps, width).",
"def attention(graph, Q, K, V): raise NotImplementedError",
""
],
[
"12. Picking rows",
"ex12_gather.html#exercise-12-picking-rows",
"Exercise 12: Picking rows",
"Exercise 12: Picking rows How does a network read words? You number the words, and a table has a row for each; PyTorch calls it nn.Embedding. To look words up, you pick rows of the table by integers, and the gradient of the picked rows must find its way back into the table. Write both. From a table with the rows (1,2) and (3,4) the indices 1,1,0 pick the rows (3,4), (3,4) and (1,2). If a gradient of ones comes back, row 0 of the table gets (1,1) and row 1, which you picked twice, gets (2,2). A row that you didn't pick gets zeros. Stuck? Here's a hint. a[[1, 1]] += 1 adds 1 once. np.add.at(a, [1, 1], 1) adds it twice. Graph.gather, in Indexing, does this for tensors.",
"(1, 2) (3, 4) 1, 1, 0 (3, 4) (3, 4) (1, 2) (1, 1) (2, 2) (1,2) (3,4) 1,1,0 (3,4) (3,4) (1,2) (1,1) (2,2) import numpy as np",
""
],
[
"12. Picking rows",
"ex12_gather.html#pick_rows",
"pick_rows",
"The rows of table at indices. Args table of shape (rows, width). indices integers from 0 to rows - 1, of any shape. Returns picked of the shape of indices, with the width as its last axis.",
"def pick_rows(table, indices): raise NotImplementedError",
""
],
[
"12. Picking rows",
"ex12_gather.html#pick_rows_slope",
"pick_rows_slope",
"The gradient with respect to the table. Args grad the incoming gradient, of the shape of the picked rows; don't change it. indices as above. shape the shape of the table. Returns gradient of shape shape, and of the type of grad.",
"def pick_rows_slope(grad, indices, shape): raise NotImplementedError",
""
],
[
"13. A program pass",
"ex13_simplify.html#exercise-13-a-pass-over-a-program",
"Exercise 13: A pass over a program",
"Exercise 13: A pass over a program How can a compiled graph do less work than you wrote down? Program writes a graph down as lines, and Simplifying makes them fewer. Write such a pass. A line is a name, a function, and a tuple of arguments: names, which are strings, and numbers. Here are five lines, of which we want y. (\"two\", add, (1, 1)) (\"a\", mul, (\"x\", \"two\")) (\"b\", mul, (\"x\", 2)) (\"c\", add, (\"a\", 5)) (\"y\", add, (\"a\", \"b\")) You can save lines in three ways. If all arguments are numbers, compute the line at once: two is 2. Don't compute the same thing again: if two is 2, a and b are the same. Leave out what you don't need: c isn't wanted, and no other line uses it. Two lines are left: (\"a\", mul, (\"x\", 2)) (\"y\", add, (\"a\", \"a\")) A name that no line defines, such as x, is an input. Stuck? Here's a hint. Do the first two going forward, with a dictionary that says what each name stands for. Do the third going backward. The book's own pass does these three, and a few more.",
"def simplify(lines, wanted): raise NotImplementedError",
""
],
[
"13. A program pass",
"ex13_simplify.html#simplify",
"simplify",
"Fewer lines that compute the same. Args lines a list of (name, function, arguments), each after those that it needs. Each name is defined once, and all functions are pure. wanted a list of names. Returns answer a tuple of two lists: the lines that are left, in their order, and for each of wanted the name or number that it turned into. Of lines that compute the same, the first stays. Lines compute the same if they apply the same function to the same arguments in the same order; numbers that are equal, such as 2 and 2.0, are the same.",
"def simplify(lines, wanted): raise NotImplementedError",
""
],
[
"14. A heavy ball",
"ex14_heavy_ball.html#exercise-14-a-heavy-ball",
"Exercise 14: A heavy ball",
"Exercise 14: A heavy ball Optimizers has momentum as TensorFlow 1 does it: the learning rate multiplies the speed, so lowering the rate slows the ball at once. Polyak's original (1964) applies the rate to the force alone, which is −g, so the ball keeps the speed that it has gathered: v←μv−ηg and θ←θ+v, with the new v, which is 0 before the first step. Write it as an optimizer. On L=12θ2, where g=θ, with η=0.1, μ=0.5 and θ=1 at first, the speed is −0.1, −0.14 and −0.146 in the first three steps, and θ is 0.9, 0.76 and 0.614 after them. Stuck? Here's a hint. All assignments of a run land together at its end. So the speed's variable still holds the old speed when you compute θ. You can train any network of Part V with it.",
"-g v \\leftarrow \\mu v - \\eta\\, g \\theta \\leftarrow \\theta + v v L = \\frac{1}{2} \\theta^2 g = \\theta \\eta = 0.1 \\mu = 0.5 \\theta = 1 -0.1 -0.14 -0.146 \\theta \\theta -g v\\leftarrow\\muv-\\eta\\,g \\theta\\leftarrow\\theta+v v L=\\frac{1}{2}\\theta^2 g=\\theta \\eta=0.1 \\mu=0.5 \\theta=1 -0.1 -0.14 -0.146 \\theta \\theta from train import Optimizer",
""
],
[
"14. A heavy ball",
"ex14_heavy_ball.html#HeavyBallOptimizer",
"HeavyBallOptimizer",
"Gradient descent with a speed that carries over from step to step. Args learning_rate a number, or a scalar tensor that you can feed in each run. momentum a number, the share of the speed that each step keeps.",
"class HeavyBallOptimizer(Optimizer): def __init__(self, learning_rate, momentum): super().__init__(learning_rate) self.momentum = momentum",
""
],
[
"14. A heavy ball",
"ex14_heavy_ball.html#HeavyBallOptimizer.updates",
"HeavyBallOptimizer.updates",
"Pairs (variable, new value): for variable, and for its speed. An optimizer remembers things about a variable in a slot; see Optimizer.slot.",
"def updates(self, graph, gradient, variable): raise NotImplementedError",
""
],
[
"15. Backpropagation",
"ex15_backpropagation.html#exercise-15-backpropagation",
"Exercise 15: Backpropagation",
"Exercise 15: Backpropagation loss.backward() looks like magic until you've written it. Write Graph.gradients yourself, with topological_order and op.gradient alone. The first tells you which operations y depends on, each after its inputs. The second turns the gradient with respect to an operation's output into a list of shares, one for each of its inputs. Part IV does it in six lines, but only for numbers. Write yours without looking, and make it cope with all of these: In y=x·x each use of x contributes a share, and both count. In y=b+tanh(tanh(b)) with b=ea, b must wait until both of its shares have arrived. At a=1 the gradient is 2.7383; if b goes too early, 2.7183. A bias that was broadcast gets a gradient of its own shape; graph.fit(share, x) sums the share. An input that y doesn't depend on gets zeros of its shape. A chain can be 5,000 operations long, too deep for recursion. Then you've written what trained every network of Part V. Stuck? Here's a hint. Keep a dictionary from tensors to what has arrived for them. Start it with y, by graph.fit(graph.constant(1), y). Then go through the operations backward. Some shares are None: skip those.",
"y = x \\cdot x x y = b + \\tanh(\\tanh(b)) b = e^a b a = 1 b y=x\\cdotx x y=b+\\tanh(\\tanh(b)) b=e^a b a=1 b from gradients import topological_order",
""
],
[
"15. Backpropagation",
"ex15_backpropagation.html#gradients",
"gradients",
"The gradient of y with respect to each of xs, as tensors of the same graph. Args y a tensor; if it has several elements, take their sum. xs a list of tensors of the same graph, whether y depends on them or not. Returns found a list of tensors, one for each x, of its shape.",
"def gradients(y, xs): raise NotImplementedError",
""
],
[
"16. A convolution",
"ex16_convolution.html#exercise-16-a-convolutions-gradients",
"Exercise 16: A convolution's gradients",
"Exercise 16: A convolution's gradients A filter slides over a row of numbers: yi=∑axi+awa. Each weight is used at each place, and each number is seen by several windows. So what are the two gradients? Write all three, for one row. Let x be (1,2,4,7) and w be (1,0,−1). Then y is (−3,−5). If the gradient (2,1) comes back for y, then w gets (4,8,15): its first weight met 1 and 2, and 2·1+1·2=4. And x gets (2,1,−2,−1): its first number was seen once, with the weight 1, and 2·1=2. Stuck? Here's a hint. Go through the weights, not through the places. For weight a, the numbers that it meets are a slice of x, as long as y. Part X needs them for images, and Convolution does it with strides and borders.",
"y_i = \\sum_a x_{i+a} w_a x (1, 2, 4, 7) w (1, 0, -1) y (-3, -5) (2, 1) y w (4, 8, 15) 2 \\cdot 1 + 1 \\cdot 2 = 4 x (2, 1, -2, -1) 2 \\cdot 1 = 2 y=\\sumxw x (1,2,4,7) w (1,0,-1) y (-3,-5) (2,1) y w (4,8,15) 2\\cdot1+1\\cdot2=4 x (2,1,-2,-1) 2\\cdot1=2 def convolve(x, w): raise NotImplementedError",
""
],
[
"16. A convolution",
"ex16_convolution.html#convolve",
"convolve",
"y[i] = the sum of x[i + a] * w[a] over a. Args x numbers, of shape (n,). w weights, of shape (k,), with k from 1 to n. Returns y of shape (n - k + 1,).",
"def convolve(x, w): raise NotImplementedError",
""
],
[
"16. A convolution",
"ex16_convolution.html#convolve_by_w",
"convolve_by_w",
"The gradient with respect to the weights. Args grad the incoming gradient, of the shape of y; don't change it. x as above. k how many weights there are. Returns gradient of shape (k,).",
"def convolve_by_w(grad, x, k): raise NotImplementedError",
""
],
[
"16. A convolution",
"ex16_convolution.html#convolve_by_x",
"convolve_by_x",
"The gradient with respect to the numbers. Args grad as above. w as above. n how many numbers there are. Returns gradient of shape (n,).",
"def convolve_by_x(grad, w, n): raise NotImplementedError",
""
],
[
"17. A cell that remembers",
"ex17_lstm.html#exercise-17-a-cell-that-remembers",
"Exercise 17: A cell that remembers",
"Exercise 17: A cell that remembers The cell of an LSTM has a memory c, and four rows of numbers that tell it what to do, i, f, o and z, each as wide as the memory. They come side by side, as one array a, before their sigmoids and their tanh: c′=σ(f)⊙c+σ(i)⊙tanh(z): keep some, add some, h′=σ(o)⊙tanh(c′): show some. Write one step, and the step back. Two gradients come back, one for what was shown, and one for what was kept, since the next step uses both. If a is four zeros and c is 2, then every gate is one half. So half of the memory stays, c′=1, and half of it shows, h′=tanh(1)/2=0.3808. Stuck? Here's a hint. First find the gradient with respect to c′: what comes back for it, plus what comes back through h′. After that, it's four products. Part XI tells why the memory is only added to.",
"c i f o z a \\tanh c' = \\sigma(f) \\odot c + \\sigma(i) \\odot \\tanh(z) h' = \\sigma(o) \\odot \\tanh(c') a c c' = 1 h' = \\tanh(1) / 2 = 0.3808 c' h' c i f o z a \\tanh c'=\\sigma(f)\\odotc+\\sigma(i)\\odot\\tanh(z) h'=\\sigma(o)\\odot\\tanh(c') a c c'=1 h'=\\tanh(1)/2=0.3808 c' h' import numpy as np",
""
],
[
"17. A cell that remembers",
"ex17_lstm.html#sigmoid",
"sigmoid",
"1 / (1 + e^-x); you may use it.",
"def sigmoid(x): return 1 / (1 + np.exp(-x))",
""
],
[
"17. A cell that remembers",
"ex17_lstm.html#lstm_step",
"lstm_step",
"One step of an LSTM. Args a what goes into i, f, o and z, side by side, of shape (batch, 4 * width). c the memory, of shape (batch, width). Returns h what is shown, of shape (batch, width). c the new memory, of shape (batch, width).",
"def lstm_step(a, c): raise NotImplementedError",
""
],
[
"17. A cell that remembers",
"ex17_lstm.html#lstm_step_slope",
"lstm_step_slope",
"The gradients with respect to a and c. Args a, c: as above. grad_h the incoming gradient for what is shown; don't change it. grad_c the incoming gradient for the new memory; don't change it. Returns by_a of shape (batch, 4 * width). by_c of shape (batch, width).",
"def lstm_step_slope(a, c, grad_h, grad_c): raise NotImplementedError",
""
],
[
"The list of rooms",
"mixins_rooms.html#how-does-a-framework-grow-while-its-heart-stays-small",
"How does a framework grow while its heart stays small?",
"How does a framework grow while its heart stays small? TensorFlow began with graphs and sessions, and ended with a million lines. Every feature is useful, and each hides the idea a little more. So ours live in rooms around the heart: a class and a page for each idea, and you may skip any of them. A room is a mixin. It adds methods, or it overrides one of the heart's: it does its part, and calls super() for the rest. These are the doors: door it opens when a room that uses it tensor you make a tensor Naming: on which line? operands you make an operation Checks: do they fit? fit a share reaches an input Shapes: which axes to sum? label a gradient is complete Naming: what's its name? compile a request is new Compiled: as a program feed you feed values Checks: are they numbers? start a variable is new Randomness: draw its value Let's build one that counts operations: >>> from graph import Graph >>> class Counting: ... operations = 0 ... def tensor(self, initial_value=None, op=None, *rest, **facts): ... self.operations += op is not None ... return super().tensor(initial_value, op, *rest, **facts) >>> class CountingGraph(Counting, Graph): ... pass How many operations does a gradient add to a product? >>> graph = CountingGraph() >>> a, b = graph.variable(2.0), graph.variable(3.0) >>> y = a * b >>> graph.operations 1 >>> gradients = graph.gradients(y, [a, b]) >>> graph.operations 3 Two: one share for each factor. You've extended the framework without touching it. Python asks the classes below in their order, and the heart last. So a room sees a call before the rooms that follow it. Checks is first because it wants your input as you wrote it.",
"from graph import BareGraph from mixins.branches import Branches from mixins.callables import Callables from mixins.checkpoint import Checkpoint from mixins.checks import CheckedSession, Checks from mixins.compiled import Compiled from mixins.control import Control from mixins.convolution import Convolution from mixins.defaults import DefaultGraph, DefaultSession, DefaultTensor from mixins.drawing import Drawn from mixins.dtypes import Dtypes, TypedTensor from mixins.functions import Functions, ModTensor from mixins.indexing import IndexedTensor, Indexing from mixins.logic import Logic, LogicTensor from mixins.loops import Loops from mixins.losses import Losses from mixins.matrices import Matrices from mixins.naming import NamedTensor, Naming from mixins.normalization import Normalization from mixins.pooling import Pooling from mixins.products import Products from mixins.randomness import Randomness, RandomSession from mixins.repeat import Repeat from mixins.scatters import Scatters from mixins.shapes import ShapedTensor, Shapes from mixins.sorting import Sorting from session import BareSession from tensor import FRAMEWORK from tensor import Tensor as BareTensor FRAMEWORK.add(__name__)",
"rooms mixin"
],
[
"The list of rooms",
"mixins_rooms.html#Tensor",
"Tensor",
"A tensor of a Graph.",
"class Tensor( NamedTensor, DefaultTensor, LogicTensor, ModTensor, IndexedTensor, TypedTensor, ShapedTensor, BareTensor, ):",
""
],
[
"The list of rooms",
"mixins_rooms.html#Graph",
"Graph",
"Tensors, and the operations between them. Args dtype the type of data unless you give another, float64 by default. Integers given as data become this type too; truth values stay. Each operation is a method. Its operands are tensors, or numbers, lists and arrays. These become constants, with the type of the tensor beside them if possible. name is for people; if it's taken, we number it. Attributes tensors all tensors, oldest first. variables the variables among them. control_inputs what an operation made here depends on, besides its inputs. Raises ValueError an operand belongs to another graph, or shapes don't fit. TypeError an operand is neither a tensor nor numeric.",
"class Graph( Checks, Loops, Branches, Control, DefaultGraph, Drawn, Normalization, Pooling, Convolution, Losses, Randomness, Matrices, Sorting, Scatters, Functions, Logic, Indexing, Products, Dtypes, Shapes, Naming, BareGraph, ): tensor_class = Tensor",
""
],
[
"The list of rooms",
"mixins_rooms.html#Session",
"Session",
"Runs parts of a graph, and keeps the values of its variables. Args graph the graph, or None for the default graph. seed the seed of its random numbers; None for different numbers each time. executor the class that computes a request; by default a program. Attributes state the value of each variable used or assigned so far.",
"class Session( Callables, Repeat, Checkpoint, RandomSession, CheckedSession, Compiled, DefaultSession, BareSession, ):",
""
],
[
"Rules",
"mixins_rules.html#what-does-a-room-know-about-an-operation-it-has-never-met",
"What does a room know about an operation it has never met?",
"What does a room know about an operation it has never met? Shapes must know the shape of every operation's output. But an operation in ops.py only knows what it computes, and its derivative. So a room keeps a table, with a function for each class of operation. And your own operation? A class that's missing from the table inherits its base class's rule, like everything else. Or you give it a method, and that's its rule: >>> import ops >>> from mixins.shapes import DIMS >>> class TwiceOp(ops.BaseOp): ... def infer_shape(self, dims): ... return (2, *dims) >>> DIMS[ops.MaxOp] is DIMS[ops.ReduceOp] True >>> DIMS[TwiceOp] is TwiceOp.infer_shape True",
"from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Rules",
"mixins_rules.html#Rules",
"Rules",
"A room's rule for each class of operation: an entry, or the class's method. A rule takes the operation, and what the room knows about each input.",
"class Rules(dict): def __init__(self, method): self.method = method",
""
],
[
"Rules",
"mixins_rules.html#Rules.of",
"Rules.of",
"A decorator that makes a function the rule of classes.",
"def of(self, *classes): def add(rule): self.update(dict.fromkeys(classes, rule)) return rule return add def __missing__(self, cls): rules = (vars(base).get(self.method) or self.get(base) for base in cls.__mro__) self[cls] = next(filter(None, rules)) return self[cls]",
""
],
[
"Rules",
"mixins_rules.html#is_foreign",
"is_foreign",
"Whether an operation is your own, not one of the framework's.",
"def is_foreign(op): return type(op).__module__ not in FRAMEWORK",
""
],
[
"Shapes",
"mixins_shapes.html#can-you-find-a-wrong-shape-before-you-run",
"Can you find a wrong shape before you run?",
"Can you find a wrong shape before you run? In PyTorch you learn about it when the data gets there, perhaps after an hour of loading. A graph can tell you on the line where you make the mistake, if each tensor knows its shape. But how many examples will be in a batch? Only a run knows, so we write None. Each None becomes a new object, equal only to itself. So we don't know how many rows X has, but we do know that X @ W has just as many. Whether Y does, we can't tell. >>> from graph import Graph >>> graph = Graph() >>> X = graph.placeholder((None, 3), name=\"X\") >>> Y = graph.placeholder((None, 2), name=\"Y\") >>> W = graph.constant(numpy.ones((3, 2)), name=\"W\") >>> X @ W \u003cTensor 'dot' (?, 2) float64 = dot(X, W)> >>> (X @ W).dims[0] is X.dims[0], X.dims[0] == Y.dims[0] (True, False)",
"import math import operator import numpy import ops from gradients import FitOp from mixins.rules import Rules from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
""
],
[
"Shapes",
"mixins_shapes.html#Unknown",
"Unknown",
"The size of an axis that only a run knows.",
"class Unknown: __slots__ = () def __repr__(self): return \"?\"",
""
],
[
"Shapes",
"mixins_shapes.html#show_shape",
"show_shape",
"Format dims for people: (?, 3), or \"unknown\" if the rank is unknown.",
"def show_shape(dims): if dims is None: return \"unknown\" return \"(\" + \", \".join(map(str, dims)) + (\",\" if len(dims) == 1 else \"\") + \")\"",
""
],
[
"Shapes",
"mixins_shapes.html#ShapedTensor",
"ShapedTensor",
"A tensor that knows its shape, as far as the graph can tell. Attributes dims the size of each axis, an int or an Unknown; None if the rank is unknown.",
"class ShapedTensor: dims = None",
""
],
[
"Shapes",
"mixins_shapes.html#ShapedTensor.shape",
"ShapedTensor.shape",
"A tuple with None for each unknown size, or just None for an unknown rank.",
"@property def shape(self): if self.dims is None: return None return tuple(None if isinstance(size, Unknown) else size for size in self.dims)",
""
],
[
"Shapes",
"mixins_shapes.html#ShapedTensor.rank",
"ShapedTensor.rank",
"The number of axes, or None if it's unknown.",
"@property def rank(self): return None if self.dims is None else len(self.dims)",
""
],
[
"Shapes",
"mixins_shapes.html#ShapedTensor.known",
"ShapedTensor.known",
"Whether every size is known.",
"@property def known(self): return self.dims is not None and all(isinstance(n, int) for n in self.dims)",
""
],
[
"Shapes",
"mixins_shapes.html#broadcasting",
"How does (5, 1, 3) meet (4, 1)?",
"How does (5, 1, 3) meet (4, 1)? An elementwise operation needs inputs of the same shape. So NumPy broadcasts them: it aligns their shapes on the right, and repeats along each axis that's missing or has size 1. >>> broadcast((4, 3), (3,)), broadcast((5, 1, 3), (4, 1)) ((4, 3), (5, 4, 3))",
"def broadcast(*shapes):",
"broadcasts"
],
[
"Shapes",
"mixins_shapes.html#broadcast",
"broadcast",
"Return the shape that NumPy broadcasts shapes to, None if a rank is unknown. Raises ValueError if they don't fit together.",
"def broadcast(*shapes):",
""
],
[
"Shapes",
"mixins_shapes.html#S93",
"How does (5, 1, 3) meet (4, 1)?",
"Usually the shapes are all alike, apart from scalars.",
"if len(shapes) \u003c 3 and shapes and shapes[0] == shapes[-1]: return shapes[0] distinct = {*shapes} - {()} if len(distinct) \u003c 2: return next(iter(distinct), ()) if None in shapes: return None result = [] for axis in range(-max(map(len, shapes)), 0):",
""
],
[
"Shapes",
"mixins_shapes.html#S103",
"How does (5, 1, 3) meet (4, 1)?",
"A dictionary drops duplicates, but keeps the order.",
"sizes = dict.fromkeys(shape[axis] for shape in shapes if len(shape) >= -axis) sizes.pop(1, None) known = [size for size in sizes if isinstance(size, int)] if len(known) > 1: raise ValueError( f\"dimensions must be equal, but are {known[0]} and {known[1]}; these \" \"shapes do not broadcast\" ) if known or len(sizes) \u003c 2: result.append((known or list(sizes) or [1])[0]) else:",
""
],
[
"Shapes",
"mixins_shapes.html#S115",
"How does (5, 1, 3) meet (4, 1)?",
"Two unknown sizes may be equal, or one of them may be 1.",
"result.append(Unknown()) return tuple(result)",
""
],
[
"Shapes",
"mixins_shapes.html#positive_axes",
"positive_axes",
"Return axis as a tuple, counted from 0; ValueError if one isn't there.",
"def positive_axes(axis, rank): if type(axis) is int and -rank \u003c= axis \u003c rank: return (axis % rank,) axes = range(rank) if axis is None else axis return numpy.lib.array_utils.normalize_axis_tuple(axes, rank)",
""
],
[
"Shapes",
"mixins_shapes.html#the-shape-of-each-operation",
"What shape comes out?",
"What shape comes out? Each class of operations has a rule that works out the output's shape. For your own class, write it as a method, infer_shape. The rules also catch your mistakes: >>> graph.concat([X, Y]) Traceback (most recent call last): ... ValueError: concat of 'X' (?, 3), 'Y' (?, 2): sizes differ on axis ...",
"DIMS = Rules(\"infer_shape\")",
""
],
[
"Shapes",
"mixins_shapes.html#_base_dims",
"_base_dims",
"Return the sizes it's given, or broadcast if elementwise, or None.",
"@DIMS.of(ops.BaseOp) def _base_dims(op, *dims): if op.sizes: return stated_dims(op.inputs[op.sizes[-1]]) return broadcast(*dims) if op.elementwise else None @DIMS.of(ops.ReduceOp) def _reduced_dims(op, dims): if dims is None: return () if op.axis is None and not op.keepdims else None axes = positive_axes(op.axis, len(dims)) sizes = [1 if i in axes else size for i, size in enumerate(dims)] return tuple(s for i, s in enumerate(sizes) if op.keepdims or i not in axes) @DIMS.of(ops.CountOp) def _count_dims(op, dims): if dims is not None: positive_axes(op.axis, len(dims)) return () @DIMS.of(ops.DotOp) def _dot_dims(op, a, b): if a is None or b is None: return None if not a or not b: raise ValueError(\"a matrix product needs vectors or matrices, not scalars\") inner, other = a[-1], b[-2] if len(b) > 1 else b[0] if isinstance(inner, int) and isinstance(other, int) and inner != other: raise ValueError( f\"dimensions must be equal, but are {inner} and {other}: the last axis \" f\"of the first, and the {'second to last' if len(b) > 1 else 'only'} \" \"axis of the second\" ) return broadcast(a[:-2], b[:-2]) + a[-2:-1] + b[-1:] * (len(b) > 1) @DIMS.of(ops.TransposeOp) def _transposed_dims(op, dims): return dims and dims[::-1] @DIMS.of(ops.PermuteOp) def _permuted_dims(op, dims): if dims is None: return tuple(Unknown() for _ in op.axes) if sorted(op.axes) != list(range(len(dims))): raise ValueError( f\"axes {op.axes} do not name each axis from 0 to {len(dims) - 1} once\" ) return tuple(dims[axis] for axis in op.axes) @DIMS.of(ops.ShapeOp) def _shape_dims(op, dims): return (Unknown() if dims is None else len(dims),) @DIMS.of(ops.ReshapeOp) def _reshaped_dims(op, dims, _): shape = stated_dims(op.inputs[1]) if shape is None: return None if shape.count(-1) > 1: raise ValueError(f\"more than one size is open in {shape}\") if dims is None or any(isinstance(size, Unknown) for size in dims + shape): return tuple(Unknown() if size == -1 else size for size in shape) have, want = math.prod(dims), math.prod(size for size in shape if size != -1) fits = want and have % want == 0 if -1 in shape else have == want if not fits: raise ValueError( f\"cannot reshape a tensor with {have} elements to shape {shape}\" ) return tuple(have // want if size == -1 else size for size in shape) @DIMS.of(ops.BroadcastOp) def _repeated_dims(op, dims, _): target = stated_dims(op.inputs[1]) if target is not None and None not in (*target, dims): broadcast(dims, target) return target @DIMS.of(ops.ExpandDimsOp) def _expanded_dims(op, dims): if op.axis is None: raise ValueError(\"expected an axis, or several, got None\") if dims is None: return None axes = (op.axis,) if isinstance(op.axis, int) else op.axis rank = len(dims) + len(axes) for axis in axes: if not -rank \u003c= axis \u003c rank: raise ValueError( f\"axis {axis} is not in [{-rank}, {rank - 1}]: {op.inputs[0]!r}\" ) axes, sizes = positive_axes(axes, rank), iter(dims) return tuple(1 if i in axes else next(sizes) for i in range(rank)) @DIMS.of(FitOp) def _fitted_dims(op, share, like): return like",
""
],
[
"Shapes",
"mixins_shapes.html#S251",
"What shape comes out?",
"A variable keeps its shape. Forget to sum a bias's gradient over a batch of eight, and the first update would turn one bias into eight, which then go on to \"learn\".",
"@DIMS.of(ops.AssignOp) def _assigned_dims(op, variable, value): if variable is None or value is None: return variable or value sizes = zip(variable, value) if len(variable) != len(value) or any( isinstance(a, int) and isinstance(b, int) and a != b for a, b in sizes ): raise ValueError(\"a variable keeps its shape\") return variable",
""
],
[
"Shapes",
"mixins_shapes.html#S267",
"stated_dims",
"Some operations take a shape as an input: a vector of sizes. The graph often knows them anyway, because the vector is a constant, another tensor's shape, or built from those.",
"def stated_dims(tensor): if tensor.kind == \"constant\": return tuple(int(size) for size in tensor.initial_value) if isinstance(tensor.op, ops.ShapeOp): return tensor.op.inputs[0].dims if isinstance(tensor.op, SizesOp): return tuple(map(stated_size, tensor.op.inputs)) if tensor.known: return tuple(Unknown() for _ in range(*tensor.dims)) return None",
""
],
[
"Shapes",
"mixins_shapes.html#stated_dims",
"stated_dims",
"Return the dims that tensor, a vector of sizes, stands for, or None.",
"def stated_dims(tensor): if tensor.kind == \"constant\": return tuple(int(size) for size in tensor.initial_value) if isinstance(tensor.op, ops.ShapeOp): return tensor.op.inputs[0].dims if isinstance(tensor.op, SizesOp): return tuple(map(stated_size, tensor.op.inputs)) if tensor.known: return tuple(Unknown() for _ in range(*tensor.dims)) return None",
""
],
[
"Shapes",
"mixins_shapes.html#stated_size",
"stated_size",
"Return the size that tensor, a single number, stands for, or an Unknown.",
"def stated_size(tensor): if tensor.kind == \"constant\": return int(tensor.initial_value) if tensor.kind == \"getitem\" and len(tensor.op.index) == 1: (vector,), (i,) = tensor.op.inputs, tensor.op.index if vector.kind == \"constant\" or isinstance(vector.op, ops.ShapeOp): sizes = stated_dims(vector) return Unknown() if sizes is None else sizes[i] return Unknown()",
""
],
[
"Shapes",
"mixins_shapes.html#operations-of-this-room",
"Three operations about shapes",
"Three operations about shapes",
"class SizesOp(ops.BaseOp): stops_gradient = True def compute(self, np, *sizes): return numpy.array(sizes, dtype=int) def infer_shape(self, *sizes): if any(sizes) or any(x.dtype.kind not in \"iu\" for x in self.inputs): raise ValueError(\"the size of an axis is a single integer\") return (len(sizes),) def infer_dtype(self, *_): return numpy.dtype(int)",
""
],
[
"Shapes",
"mixins_shapes.html#SizesOp",
"SizesOp",
"A shape built from the sizes of its axes.",
"class SizesOp(ops.BaseOp): stops_gradient = True def compute(self, np, *sizes): return numpy.array(sizes, dtype=int) def infer_shape(self, *sizes): if any(sizes) or any(x.dtype.kind not in \"iu\" for x in self.inputs): raise ValueError(\"the size of an axis is a single integer\") return (len(sizes),) def infer_dtype(self, *_): return numpy.dtype(int)",
""
],
[
"Shapes",
"mixins_shapes.html#EnsureShapeOp",
"EnsureShapeOp",
"y = x, but a run raises ValueError if x doesn't have the given shape.",
"class EnsureShapeOp(ops.BaseOp): sizes = (1,) def compute(self, np, x, shape): if x.shape != tuple(shape): expected = tuple(map(int, shape)) raise ValueError( f\"'{self.what}': expected the shape {expected}, got {x.shape}\" ) return x def gradient(self, grad): return [grad, None]",
""
],
[
"Shapes",
"mixins_shapes.html#SqueezeOp",
"SqueezeOp",
"x without its axes of size 1: those in axis, or all if that's None.",
"class SqueezeOp(ops.BaseOp): def compute(self, np, x): return np.squeeze(x, axis=self.axis) def gradient(self, grad): (x,), graph = self.inputs, self.graph return [graph.reshape(grad, graph.shape(x))] def infer_shape(self, dims): if dims is None: return None if self.axis is None: known = all(isinstance(size, int) for size in dims) return tuple(size for size in dims if size != 1) if known else None axes = positive_axes(self.axis, len(dims)) for axis in axes: if isinstance(dims[axis], int) and dims[axis] != 1: raise ValueError( f\"cannot squeeze axis {axis}: expected a size of 1, got \" f\"{dims[axis]}\" ) return tuple(size for i, size in enumerate(dims) if i not in axes)",
""
],
[
"Shapes",
"mixins_shapes.html#the-room",
"How does a graph use all this?",
"How does a graph use all this?",
"class Shapes: def operands(self, op, inputs): if op.sizes: least = -1 if isinstance(op, ops.ReshapeOp) else 0 inputs = list(inputs) for i in op.sizes: inputs[i] = self._sizes(inputs[i], least) return super().operands(op, inputs)",
""
],
[
"Shapes",
"mixins_shapes.html#Shapes",
"Shapes",
"A graph that knows shapes, and catches a wrong one before you run.",
"class Shapes: def operands(self, op, inputs): if op.sizes: least = -1 if isinstance(op, ops.ReshapeOp) else 0 inputs = list(inputs) for i in op.sizes: inputs[i] = self._sizes(inputs[i], least) return super().operands(op, inputs)",
""
],
[
"Shapes",
"mixins_shapes.html#Shapes._sizes",
"Shapes._sizes",
"Turn a shape, as you'd write it, into a tensor.",
"def _sizes(self, shape, least): if isinstance(shape, Tensor): if shape.rank not in (None, 1) or shape.dtype.kind not in \"iu\": raise TypeError(f\"a shape is a vector of integers, got {shape!r}\") for size in shape.initial_value if shape.kind == \"constant\" else (): as_size(size, least) return shape sizes = as_tuple(shape) if any(isinstance(size, Tensor) for size in sizes): sizes = [self.convert(size, int) for size in sizes] return SizesOp(sizes, self, \"shape\").output sizes = [as_size(size, least) for size in sizes] return self.constant(numpy.array(sizes, dtype=int), \"shape\", int) def tensor( self, initial_value=None, op=None, name=None, kind=None, shape=None, **facts ): if op is None: tensor = super().tensor(initial_value, None, name, kind, **facts) first = tensor.initial_value if first is None: tensor.dims = as_dims(shape) else: tensor.dims = ( as_dims(first.dims) if isinstance(first, Tensor) else first.shape ) return tensor try: dims = DIMS[type(op)](op, *[x.dims for x in op.inputs]) except ValueError as error: given = \", \".join(f\"'{x.name}' {show_shape(x.dims)}\" for x in op.inputs) raise ValueError(f\"{op.kind} of {given}: {error}\") from None tensor = super().tensor(None, op, name) tensor.dims = dims return tensor",
""
],
[
"Shapes",
"mixins_shapes.html#Shapes.reduce",
"Shapes.reduce",
"Reduce x with an operation of the class op_class.",
"def reduce(self, op_class, x, axis=None, keepdims=False, name=None): if axis is not None: axes = axis if isinstance(axis, (list, tuple)) else [axis] axes = tuple(whole(i, f\"an axis of {op_class.kind}\") for i in axes) axis = axes if isinstance(axis, (list, tuple)) else axes[0] return super().reduce(op_class, x, axis, keepdims, name)",
""
],
[
"Shapes",
"mixins_shapes.html#S419",
"How does a graph use all this?",
"In a run, a FitOp fits a gradient to its tensor. If we know both shapes, we can tell what it would do: usually nothing.",
"",
""
],
[
"Shapes",
"mixins_shapes.html#S429",
"How does a graph use all this?",
"Sum over an axis that like lacks; if it's a scalar, over all of them.",
"def fit(self, share, like): have, want = share.dims, like.dims if have == (): return share if want == () else self.broadcast_to(share, self.shape(like)) if have is None or want is None: return super().fit(share, like) if len(have) > len(want): return self.fit(self.sum(share, axis=0 if want else None), like) pairs = list(zip(have, want[len(want) - len(have) :])) for a, b in pairs: if a != b and 1 not in (a, b): if isinstance(a, int) and isinstance(b, int): raise ValueError(f\"{share!r} does not fit the shape of {like!r}\")",
""
],
[
"Shapes",
"mixins_shapes.html#S436",
"How does a graph use all this?",
"One of the sizes is unknown, and might be 1.",
"return super().fit(share, like) repeated = tuple(i for i, (a, b) in enumerate(pairs) if a != 1 and b == 1) if repeated: share = self.sum(share, repeated, keepdims=True) if share.dims != want: share = self.broadcast_to(share, self.shape(like)) return share",
""
],
[
"Shapes",
"mixins_shapes.html#S445",
"Shapes.shape",
"Two operations only care about the shape of x. If the graph knows it, they become constants.",
"def shape(self, x, name=None, dtype=int): x = self.convert(x) if not x.known: return super().shape(x, name, dtype) return self.constant(numpy.array(x.dims, dtype), name or \"shape\", dtype)",
""
],
[
"Shapes",
"mixins_shapes.html#Shapes.shape",
"Shapes.shape",
"Return the shape of x, a vector of integers; a constant if it's known.",
"def shape(self, x, name=None, dtype=int): x = self.convert(x) if not x.known: return super().shape(x, name, dtype) return self.constant(numpy.array(x.dims, dtype), name or \"shape\", dtype)",
""
],
[
"Shapes",
"mixins_shapes.html#Shapes.count",
"Shapes.count",
"Return how many elements of x a sum over axis adds up, as a float.",
"def count(self, x, axis=None, name=None): x, axis = self.convert(x), ops.as_axes(axis) if x.rank is not None and x.dtype is not None: sizes = [x.dims[i] for i in positive_axes(axis, x.rank)] if all(isinstance(size, int) for size in sizes): dtype = x.dtype if x.dtype.kind == \"f\" else self.dtype return self.constant(math.prod(sizes), name, dtype) return super().count(x, axis, name)",
""
],
[
"Shapes",
"mixins_shapes.html#Shapes.match_shape",
"Shapes.match_shape",
"Return x; raise ValueError, here or in a run, unless it has like's shape. Broadcasting would hide a mistake, like labels from another batch. The message shows given in place of x.",
"def match_shape(self, x, like, given=None, hint=\"\"): given = x if given is None else given if x.dims == like.dims is not None: return x if x.dims is not None and like.dims is not None: sizes = zip(x.dims, like.dims) both = [ (a, b) for a, b in sizes if isinstance(a, int) and isinstance(b, int) ] if x.rank != like.rank or any(a != b for a, b in both): raise ValueError(f\"{given!r} should have the shape of {like!r}{hint}\") return EnsureShapeOp([x, self.shape(like)], self, what=given.name).output",
""
],
[
"Shapes",
"mixins_shapes.html#Shapes.squeeze",
"Shapes.squeeze",
"Drop axes of size 1: those in axis, or all of them.",
"def squeeze(self, x, axis=None, name=None): return SqueezeOp([x], self, name, axis=ops.as_axes(axis)).output",
""
],
[
"Shapes",
"mixins_shapes.html#Shapes.zeros_like",
"Shapes.zeros_like",
"Return zeros with the shape of x.",
"def zeros_like(self, x, name=None): return self._fill(0, x, name)",
""
],
[
"Shapes",
"mixins_shapes.html#Shapes.ones_like",
"Shapes.ones_like",
"Return ones with the shape of x.",
"def ones_like(self, x, name=None): return self._fill(1, x, name) def _fill(self, value, x, name): x = self.convert(x) value = self.constant(value, dtype=x.dtype) return value if x.dims == () else self.broadcast_to(value, self.shape(x), name)",
""
],
[
"Shapes",
"mixins_shapes.html#as_tuple",
"as_tuple",
"Return a list or array as a tuple, and anything else in a tuple.",
"def as_tuple(value): return tuple(value) if isinstance(value, (list, tuple, numpy.ndarray)) else (value,)",
""
],
[
"Shapes",
"mixins_shapes.html#whole",
"whole",
"Return value as an int, or raise a TypeError that calls it what.",
"def whole(value, what): try: return operator.index(value) except TypeError: raise TypeError(f\"{what} is a whole number, got {value!r}\") from None",
""
],
[
"Shapes",
"mixins_shapes.html#as_size",
"as_size",
"Return a size as an int; ValueError if it's below least.",
"def as_size(size, least=0): size = whole(size, \"the size of an axis\") if size \u003c least: raise ValueError(f\"the size of an axis is at least {least}, got {size}\") return size",
""
],
[
"Shapes",
"mixins_shapes.html#as_dims",
"as_dims",
"Turn a shape, as you'd write it, into ShapedTensor.dims.",
"def as_dims(shape): if shape is None: return None unknown = (type(None), Unknown) sizes = as_tuple(shape) return tuple(Unknown() if isinstance(x, unknown) else as_size(x) for x in sizes)",
""
],
[
"Shapes",
"mixins_shapes.html#check_shape",
"check_shape",
"Raise ValueError if tensor can't have shape; verb says what you tried. sizes collects the values of the unknown sizes in this run.",
"def check_shape(tensor, shape, sizes, verb, made=\"\"): if tensor.dims is None: return fits, other = len(shape) == len(tensor.dims), None for dim, size in zip(tensor.dims, shape): if dim != size and not isinstance(dim, Unknown): fits = False elif dim != size and sizes.setdefault(dim, size) != size: fits, other = False, sizes[dim] if not fits: also = \"\" if other is None else f\", and ? is {other} in another feed\" raise ValueError( f\"Cannot {verb} value of shape {shape} for Tensor '{tensor.name}', which \" f\"has shape {show_shape(tensor.dims)}{also}{made}\" )",
""
],
[
"Types",
"mixins_dtypes.html#why-shouldnt-a-label-become-20",
"Why shouldn't a label become 2.0?",
"Why shouldn't a label become 2.0? Because you'd like to index with it. Data is made of floats, 64 bits unless you say otherwise. But labels and indices are integers, comparisons give truth values, and each should stay what it is. And the 2 in labels + 2? A plain number takes the tensor's type if it can. 2 can be an integer, 2.5 can't: >>> from graph import Graph >>> graph = Graph() >>> labels = graph.placeholder((3,), dtype=int, name=\"labels\") >>> labels + 2 \u003cTensor 'add' (3,) int64 = add(labels, constant)> >>> labels + 2.5 \u003cTensor 'add_1' (3,) float64 = add(labels, constant_1)>",
"import numpy import ops from mixins.rules import Rules from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
""
],
[
"Types",
"mixins_dtypes.html#numbers",
"numbers",
"Return value as a NumPy array of whatever type of number it holds. Raises TypeError if it's ragged or not numeric; the message calls it name.",
"def numbers(value, name): try: array = numpy.asarray(value) except ValueError: raise TypeError(f\"{name}: expected numbers, got a ragged list\") from None if array.dtype.kind not in \"biuf\": if hasattr(value, \"output\"): raise TypeError(f\"{name}: expected a tensor, got an operation; use .output\") raise TypeError( f\"{name}: expected numbers, got {type(value).__name__} {value!r:.60}, \" f\"which NumPy takes for {array.dtype}\" ) return array",
""
],
[
"Types",
"mixins_dtypes.html#as_array",
"as_array",
"Copy value to an array of type dtype, or to a NumPy scalar if it has rank 0. Raises TypeError as numbers does, or if the type can't hold a value (2.5 or 1e20 as an integer). A float that's too large for a smaller type becomes infinity.",
"def as_array(value, dtype, name): given, dtype = numbers(value, name), numpy.dtype(dtype) if given.dtype == dtype or given.dtype.kind != \"f\" == dtype.kind: return given.astype(dtype)[()] with numpy.errstate(all=\"ignore\"): array = given.astype(dtype) if dtype.kind != \"f\" and (array != given).any(): raise TypeError( f\"{name}: expected values of type {dtype}, got {given.dtype} values that \" \"it cannot hold\" )",
""
],
[
"Types",
"mixins_dtypes.html#S62",
"Why shouldn't a label become 2.0?",
"The index () turns an array of rank 0 into a scalar, and leaves others alone.",
"return array[()]",
""
],
[
"Types",
"mixins_dtypes.html#holds_tensors",
"holds_tensors",
"Whether a list, perhaps nested, contains tensors.",
"def holds_tensors(value): lists = (list, tuple) return isinstance(value, lists) and any( isinstance(part, Tensor) or holds_tensors(part) for part in value )",
""
],
[
"Types",
"mixins_dtypes.html#as_type",
"as_type",
"Return dtype as NumPy's; TypeError unless it's of real numbers or bools.",
"def as_type(dtype): dtype = numpy.dtype(dtype) if dtype.kind not in \"biuf\": raise TypeError(f\"expected a type of real numbers or truth values, got {dtype}\") return dtype",
""
],
[
"Types",
"mixins_dtypes.html#TypedTensor",
"TypedTensor",
"A tensor that knows the type of its value. Attributes dtype the NumPy type of its elements; None if it never has a value.",
"class TypedTensor: dtype = None",
""
],
[
"Types",
"mixins_dtypes.html#S91",
"Why shouldn't a label become 2.0?",
"// rounds down to a whole number, so it lives here, among the types.",
"def __floordiv__(self, other): return self.graph.floordiv(self, other) def __rfloordiv__(self, other): return self.graph.floordiv(other, self)",
""
],
[
"Types",
"mixins_dtypes.html#the-type-of-each-operation",
"What type comes out?",
"What type comes out? As with shapes, each class of operations has a rule. For yours, write a method infer_dtype.",
"DTYPES = Rules(\"infer_dtype\") @DTYPES.of(ops.BaseOp) def _first_dtype(op, *dtypes): return dtypes[0] if dtypes else op.graph.dtype @DTYPES.of(ops.ElementwiseOp, ops.DotOp) def _joint_dtype(op, *dtypes): first = dtypes[0] for dtype in dtypes: if dtype != first: return numpy.result_type(*dtypes) return first @DTYPES.of(ops.WhereOp) def _chosen_dtype(op, condition, a, b): return numpy.result_type(a, b) @DTYPES.of(ops.CompareOp) def _truth_dtype(op, *dtypes): return numpy.dtype(bool)",
""
],
[
"Types",
"mixins_dtypes.html#S135",
"What type comes out?",
"To NumPy, a power of truth values is a small integer, and a sum of small integers a larger one. How large? We ask it with empty arrays.",
"@DTYPES.of(ops.PowOp) def _computed_dtype(op, *dtypes): return op.compute(numpy, *[numpy.zeros(0, dtype) for dtype in dtypes]).dtype @DTYPES.of(ops.SumOp) def _summed_dtype(op, dtype): return numpy.zeros(0, dtype).sum().dtype @DTYPES.of(ops.ShapeOp) def _shape_dtype(op, _): return numpy.dtype(op.dtype) @DTYPES.of(ops.GroupOp) def _no_dtype(op, *_): return None",
""
],
[
"Types",
"mixins_dtypes.html#S155",
"What type comes out?",
"What's the square root of the integer 2? Some operations only make sense for floats, so we convert integers and truth values before they go in. If yours is one of them, give it floating = True.",
"ops.BaseOp.floating = False for _cls in ( *(ops.DivOp, ops.SqrtOp, ops.ExpOp, ops.LogOp, ops.SigmoidOp, ops.TanhOp), *(ops.ReluOp, ops.CountOp), ): _cls.floating = True",
""
],
[
"Types",
"mixins_dtypes.html#operations-of-this-room",
"Two operations about types",
"Two operations about types",
"class CastOp(ops.BaseOp): elementwise = True def compute(self, np, x): return x.astype(self.dtype) def gradient(self, grad): (x,) = self.inputs if self.output.dtype.kind != \"f\": return super().gradient(grad) return [self.graph.cast(grad, x.dtype) if x.dtype.kind == \"f\" else grad] def infer_dtype(self, dtype): return numpy.dtype(self.dtype)",
""
],
[
"Types",
"mixins_dtypes.html#CastOp",
"CastOp",
"y = x, converted to the type dtype.",
"class CastOp(ops.BaseOp): elementwise = True def compute(self, np, x): return x.astype(self.dtype) def gradient(self, grad): (x,) = self.inputs if self.output.dtype.kind != \"f\": return super().gradient(grad) return [self.graph.cast(grad, x.dtype) if x.dtype.kind == \"f\" else grad] def infer_dtype(self, dtype): return numpy.dtype(self.dtype)",
""
],
[
"Types",
"mixins_dtypes.html#S189",
"FloordivOp",
"Rounding down makes a staircase: wherever it has a derivative, it's flat.",
"class FloordivOp(ops.ElementwiseOp): stops_gradient = True def compute(self, np, a, b): return a // b infer_dtype = _computed_dtype",
""
],
[
"Types",
"mixins_dtypes.html#FloordivOp",
"FloordivOp",
"y = a / b rounded down to a whole number, so dy/da = dy/db = 0.",
"class FloordivOp(ops.ElementwiseOp): stops_gradient = True def compute(self, np, a, b): return a // b infer_dtype = _computed_dtype",
""
],
[
"Types",
"mixins_dtypes.html#the-room",
"What happens to a plain number?",
"What happens to a plain number?",
"class Dtypes: def __init__(self, dtype=float): super().__init__() self.dtype = as_type(dtype) if self.dtype.kind != \"f\": raise TypeError( f\"the type of a graph's data is one of floating point, got {self.dtype}\" ) def operands(self, op, inputs): if isinstance(op, ops.AssignOp): return super().operands(op, self._typed_assignment(*inputs)) for x in inputs: number = not isinstance(x, Tensor) if number or (op.floating and x.dtype.kind != \"f\"): return super().operands(op, self._typed(op, inputs)) return super().operands(op, inputs)",
""
],
[
"Types",
"mixins_dtypes.html#Dtypes",
"Dtypes",
"A graph that knows types, and converts where it must.",
"class Dtypes: def __init__(self, dtype=float): super().__init__() self.dtype = as_type(dtype) if self.dtype.kind != \"f\": raise TypeError( f\"the type of a graph's data is one of floating point, got {self.dtype}\" ) def operands(self, op, inputs): if isinstance(op, ops.AssignOp): return super().operands(op, self._typed_assignment(*inputs)) for x in inputs: number = not isinstance(x, Tensor) if number or (op.floating and x.dtype.kind != \"f\"): return super().operands(op, self._typed(op, inputs)) return super().operands(op, inputs)",
""
],
[
"Types",
"mixins_dtypes.html#Dtypes._typed",
"Dtypes._typed",
"Return the inputs, with numbers as constants, cast to floats if need be.",
"def _typed(self, op, inputs):",
""
],
[
"Types",
"mixins_dtypes.html#S228",
"What happens to a plain number?",
"Sizes are integers, and tell us nothing about the type of the data.",
"types = [ x.dtype for i, x in enumerate(inputs) if isinstance(x, Tensor) and x.dtype and i not in op.sizes ] floats = next((dtype for dtype in types if dtype.kind == \"f\"), None) integers = next((dtype for dtype in types if dtype.kind in \"iu\"), None) result = [] for i, x in enumerate(inputs): if holds_tensors(x) and i not in op.sizes: x = self.convert(x) elif not isinstance(x, Tensor) and i not in op.sizes: array = numbers(x, f\"an operand of {op.kind}\") like = {\"f\": floats, \"b\": None}.get( array.dtype.kind, floats or integers ) x = self.constant(x if like is None else array, dtype=like) if op.floating and x.dtype.kind != \"f\": x = self.cast(x, floats or self.dtype) result.append(x) return result",
""
],
[
"Types",
"mixins_dtypes.html#Dtypes._typed_assignment",
"Dtypes._typed_assignment",
"Return the variable, and the value cast to its type.",
"def _typed_assignment(self, variable, value): value = self.convert(value, variable.dtype) if value.dtype.kind == \"f\" and variable.dtype.kind != \"f\": raise TypeError( f\"cannot assign {value!r} to {variable!r}: cast it, and say so\" ) return [variable, self.cast(value, variable.dtype)] def tensor( self, initial_value=None, op=None, name=None, kind=None, dtype=None, **facts ): if op is not None: dtype = DTYPES[type(op)](op, *[x.dtype for x in op.inputs]) if type(op) is CastOp and op.inputs[0].dtype == dtype: x = op.inputs[0] return x if name is None else self.identity(x, name) tensor = super().tensor(None, op, name) elif holds_tensors(initial_value):",
""
],
[
"Types",
"mixins_dtypes.html#S270",
"What happens to a plain number?",
"If a list contains tensors, we stack its parts.",
"stack = self.stack([self.convert(part, dtype) for part in initial_value]) if kind == \"constant\": return stack return self.tensor(stack, None, name, kind, dtype, **facts) else: if kind is None: kind = \"placeholder\" if initial_value is None else \"variable\" what = name or kind if isinstance(initial_value, Tensor): initial_value = self.cast(initial_value, dtype or initial_value.dtype) dtype = initial_value.dtype elif kind in (\"constant\", \"variable\"): initial_value = self.data(initial_value, dtype, what) dtype = initial_value.dtype elif kind != \"generator\": dtype = self.dtype if dtype is None else as_type(dtype) tensor = super().tensor( initial_value, None, name, kind, dtype=dtype, **facts ) tensor.dtype = dtype return tensor",
""
],
[
"Types",
"mixins_dtypes.html#Dtypes.data",
"Dtypes.data",
"Return value as an array; by default of bools or the graph's floats.",
"def data(self, value, dtype, name): if dtype is None: value = numbers(value, name) dtype = value.dtype if value.dtype == bool else self.dtype return as_array(value, dtype, name)",
""
],
[
"Types",
"mixins_dtypes.html#S300",
"What happens to a plain number?",
"A tensor of floats and its gradient have the same type.",
"",
""
],
[
"Types",
"mixins_dtypes.html#S307",
"What happens to a plain number?",
"It gets the type of a sum, whether or not we sum it.",
"def fit(self, share, like): floating = like.dtype.kind == \"f\" if share.kind == \"constant\" and floating and share.dtype != like.dtype: share = self.constant(share.initial_value, dtype=like.dtype) if share.dtype.kind != \"f\": share = self.cast(share, numpy.zeros(0, share.dtype).sum().dtype) share = super().fit(share, like) if share.dtype == like.dtype or like.dtype.kind != \"f\": return share return self.cast(share, like.dtype)",
""
],
[
"Types",
"mixins_dtypes.html#Dtypes.cast",
"Dtypes.cast",
"Convert x to another type, or return x itself if it already has that type.",
"def cast(self, x, dtype, name=None): return CastOp([x], self, name, dtype=as_type(dtype).name).output",
""
],
[
"Names",
"mixins_naming.html#whats-that-tensor-called-and-who-made-it",
"What's that tensor called, and who made it?",
"What's that tensor called, and who made it? \"Invalid argument: node gradients_1/MatMul_7/grad/Reshape_3\" is how TensorFlow used to tell you about a mistake. Which of your lines does it mean? Our tensors remember the line that made them. And a gradient's name says what it is: loss_by_hidden is the gradient of loss with respect to hidden. If that's a sum, each share is also named for the consumer that it came back from. >>> from graph import Graph >>> graph = Graph() >>> x = graph.variable(3.0, name=\"x\") >>> y = graph.square(x, name=\"y\") >>> graph.gradients(y, [x]) [\u003cTensor 'y_by_x' () float64 = mul(mul, x)>]",
"import sys import ops from mixins.garbage import uncollected from mixins.shapes import show_shape from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Names",
"mixins_naming.html#NamedTensor",
"NamedTensor",
"A tensor that knows where it comes from. Attributes place the file and the number of the line in it that made the tensor. derived_from if Graph.gradients made it, the operation being differentiated; else None. gradient_of (y, x, None) for a gradient with a name, (y, x, consumer) for a share of one, all of them tensors; else None. word what the graph built its name from; None if you gave it one. trainable whether optimizers may change it.",
"class NamedTensor: derived_from = gradient_of = word = place = None trainable = False",
""
],
[
"Names",
"mixins_naming.html#NamedTensor.line",
"NamedTensor.line",
"The line of your program that made it, as \"file:number\".",
"@property def line(self): file, number = self.place return f\"{file}:{number}\"",
""
],
[
"Names",
"mixins_naming.html#NamedTensor.origin",
"NamedTensor.origin",
"What an error about its value calls it, and where it was made.",
"@property def origin(self): if self.op is not None: return f\"'{self.name}', made by {self.kind} at {self.line},\" return f\"the {self.kind} '{self.name}', made at {self.line},\" def __repr__(self): shape = show_shape(self.dims) return f\"\u003cTensor '{self.name}' {shape} {self.dtype} = {self.made}>\"",
""
],
[
"Names",
"mixins_naming.html#IdentityOp",
"IdentityOp",
"y = x under another name, so dy/dx = 1.",
"class IdentityOp(ops.ElementwiseOp): def compute(self, np, x): return x def gradient(self, grad): return [grad]",
""
],
[
"Names",
"mixins_naming.html#Naming",
"Naming",
"A graph that names its gradients for what they are. Attributes variables the graph's variables.",
"class Naming:",
""
],
[
"Names",
"mixins_naming.html#Naming.variables",
"Naming.variables",
"The variables, in the order you made them.",
"@property def variables(self): return [tensor for tensor in self.tensors if tensor.kind == \"variable\"] def tensor( self, initial_value=None, op=None, name=None, kind=None, trainable=True, **facts, ): given = name is not None and name != \"\" if given and not (isinstance(name, str) and name.isprintable()): raise TypeError(f\"a name is a printable string, got {name!r}\") if not given and op is not None and op.kind == \"transpose\": name = f\"{op.inputs[0].name}_T\" tensor = super().tensor(initial_value, op, name, kind, **facts) tensor.place = _users_place() if not given:",
""
],
[
"Names",
"mixins_naming.html#S100",
"What's that tensor called, and who made it?",
"If the name begins with a scope, so does the word.",
"word = name or tensor.kind tensor.word = tensor.name[: tensor.name.rindex(word) + len(word)] if tensor.kind == \"variable\": tensor.trainable = trainable if self.differentiating is not None: tensor.derived_from = self.differentiating.op return tensor def gradients(self, y, xs, grad_y=None, zeros=True): outside, self.differentiating = self.differentiating, y try: with uncollected(): return super().gradients(y, xs, grad_y, zeros) finally: self.differentiating = outside",
""
],
[
"Names",
"mixins_naming.html#S117",
"What's that tensor called, and who made it?",
"We rename only what was made for a gradient, only once, and never what your own gradient named. In high derivatives such names would get out of hand, so there we stay with \"mul_21\".",
"def label(self, gradient, y, x, consumer=None): super().label(gradient, y, x, consumer) name = f\"{y.name}_by_{x.name}\" if consumer is not None: name += f\"_via_{consumer.name}\" own = gradient.derived_from is not None and gradient.word is not None if own and gradient.gradient_of is None and len(name) \u003c= 60: self._release(gradient) gradient.name = self.unique(name) gradient.gradient_of = (y, x, consumer)",
""
],
[
"Names",
"mixins_naming.html#Naming._release",
"Naming._release",
"Free the name of tensor for reuse, if it was the last one given.",
"def _release(self, tensor): number = self.names.get(tensor.word) if number and tensor.name == f\"{tensor.word}_{number}\": del self.names[tensor.name] self.names[tensor.word] = number - 1",
""
],
[
"Names",
"mixins_naming.html#S140",
"What's that tensor called, and who made it?",
"Which of your lines made a tensor? The innermost caller outside the framework.",
"",
""
],
[
"Names",
"mixins_naming.html#S143",
"What's that tensor called, and who made it?",
"At least this many calls lie between your line and _users_place.",
"_INSIDE = 4",
""
],
[
"Names",
"mixins_naming.html#_users_place",
"_users_place",
"Return the file of your program that called us, and the number of the line.",
"def _users_place(): frame = sys._getframe(_INSIDE) while frame.f_back and frame.f_globals.get(\"__name__\") in FRAMEWORK: frame = frame.f_back return frame.f_code.co_filename, frame.f_lineno",
""
],
[
"Products",
"mixins_products.html#why-isnt-there-just-one-matrix-product",
"Why isn't there just one matrix product?",
"Why isn't there just one matrix product? Operations multiplies two matrices, and derives the gradient. But you also multiply a matrix by a vector, or a whole stack of matrices by one: a batch of texts, with a row for each word, times the weights. NumPy has two functions for this, a.dot(b) and a @ b. For vectors and matrices they agree, and on matrices as small as XOR's, dot is faster. For stacks only @ does what we want. A vector on the left counts as a matrix with one row, and a vector on the right as a matrix with one column. The result drops the added axis. What's the gradient with respect to weights that a whole stack shares? You could compute one for each matrix, and sum. There's a better way: write the rows of all matrices below each other, as one long matrix. A product takes each row by itself, so nothing else changes, and ∂L/∂B is a single product: >>> import numpy >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> texts = graph.placeholder((9, 5, 3), name=\"texts\") >>> W = graph.variable(numpy.ones((3, 2)), name=\"W\") >>> (by_W,) = graph.gradients(graph.square(texts @ W), [W]) >>> print(Session(graph).program(by_W, {texts: None})) def program(state, feeds): W, = state texts, = feeds matmul = np.matmul(texts, W) square_by_matmul = 2 * matmul reshape = texts.reshape((-1, 3)) reshape_T = reshape.T reshape_1 = square_by_matmul.reshape((-1, 2)) square_by_W = reshape_T.dot(reshape_1) return (square_by_W,), () Exercise 11 turns two products and a softmax into the attention of a language model.",
"\\partial L / \\partial B \\partialL/\\partialB import ops from gradients import unbroadcast from mixins.shapes import as_tuple from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Products",
"mixins_products.html#ProductOp",
"ProductOp",
"Y = A B, where A and B may be vectors or stacks of matrices.",
"class ProductOp(ops.DotOp): def gradient(self, grad): (a, b), graph = self.inputs, self.graph if a.rank is None or b.rank is None: return [ DotGradientOp([grad, a, b], graph, by=0).output, DotGradientOp([grad, a, b], graph, by=1).output, ] rows = a if a.rank > 1 else a[None, :] columns = b if b.rank > 1 else b[:, None] if b.rank == 1: grad = grad[..., None] if a.rank == 1: grad = grad[..., None, :] if a.rank > 2 and b.rank == 2 and b.known and 0 not in b.dims: n, m = b.dims long = graph.reshape(a, (-1, n)) by_b = swap(long) @ graph.reshape(grad, (-1, m)) else: by_b = swap(rows) @ grad return [grad @ swap(columns), by_b if b.rank > 1 else by_b[..., 0]]",
""
],
[
"Products",
"mixins_products.html#VectorDotOp",
"VectorDotOp",
"A product of vectors and matrices, as a.dot(b).",
"class VectorDotOp(ProductOp): kind = \"dot\"",
""
],
[
"Products",
"mixins_products.html#MatmulOp",
"MatmulOp",
"A product of stacks, or of operands of unknown rank, as np.matmul.",
"class MatmulOp(ProductOp): def compute(self, np, a, b): return np.matmul(a, b)",
""
],
[
"Products",
"mixins_products.html#swap",
"swap",
"x with its last two axes exchanged: each matrix of a stack, transposed.",
"def swap(x): axes = tuple(range(x.rank)) return x.graph.transpose(x, axes[:-2] + axes[:-3:-1])",
""
],
[
"Products",
"mixins_products.html#S93",
"DotGradientOp",
"If we don't know how many axes the operands have, we can't tell whether to add one. The run must decide. So how do we differentiate what it does? Write ⟨p,q⟩ for the sum of the elements of p⊙q, the elementwise product. The operation computes d, the gradient of ⟨g,ab⟩ with respect to a. A product is linear, so replacing a by u gives ⟨g,ub⟩=⟨d,u⟩. Differentiate d in turn, with the incoming gradient u. We want the gradients of ⟨d,u⟩, which is ⟨g,ub⟩. With respect to g that's ub; with respect to b it's the same operation again.",
"\\langle p, q\\rangle p \\odot q d \\langle g, a b\\rangle a a u \\langle g, u b\\rangle = \\langle d, u\\rangle d u \\langle d, u\\rangle \\langle g, u b\\rangle g u b b \\langlep,q\\rangle p\\odotq d \\langleg,ab\\rangle a a u \\langleg,ub\\rangle=\\langled,u\\rangle d u \\langled,u\\rangle \\langleg,ub\\rangle g ub b class DotGradientOp(ops.BaseOp): def compute(self, np, grad, a, b): rows, columns = np.atleast_2d(a), b if b.ndim > 1 else b[:, None] if b.ndim == 1: grad = grad[..., None] if a.ndim == 1: grad = grad[..., None, :] if self.by == 0: return unbroadcast(grad @ columns.swapaxes(-1, -2), a.shape) result = rows.swapaxes(-1, -2) @ grad return unbroadcast(result if b.ndim > 1 else result[..., 0], b.shape) def gradient(self, grad): (g, a, b), graph = self.inputs, self.graph if self.by == 0: by_b = DotGradientOp([g, grad, b], graph, by=1).output return [graph.dot(grad, b), None, by_b] by_a = DotGradientOp([g, a, grad], graph, by=0).output return [graph.dot(a, grad), by_a, None] def infer_shape(self, grad, a, b): return b if self.by else a",
""
],
[
"Products",
"mixins_products.html#DotGradientOp",
"DotGradientOp",
"The gradient of \u003cg, a b> with respect to a (by=0) or b (by=1), any ranks.",
"class DotGradientOp(ops.BaseOp): def compute(self, np, grad, a, b): rows, columns = np.atleast_2d(a), b if b.ndim > 1 else b[:, None] if b.ndim == 1: grad = grad[..., None] if a.ndim == 1: grad = grad[..., None, :] if self.by == 0: return unbroadcast(grad @ columns.swapaxes(-1, -2), a.shape) result = rows.swapaxes(-1, -2) @ grad return unbroadcast(result if b.ndim > 1 else result[..., 0], b.shape) def gradient(self, grad): (g, a, b), graph = self.inputs, self.graph if self.by == 0: by_b = DotGradientOp([g, grad, b], graph, by=1).output return [graph.dot(grad, b), None, by_b] by_a = DotGradientOp([g, a, grad], graph, by=0).output return [graph.dot(a, grad), by_a, None] def infer_shape(self, grad, a, b): return b if self.by else a",
""
],
[
"Products",
"mixins_products.html#Products",
"Products",
"A graph that multiplies whatever can be multiplied.",
"class Products:",
""
],
[
"Products",
"mixins_products.html#Products.dot",
"Products.dot",
"The matrix product a @ b of vectors, matrices, or stacks of matrices.",
"def dot(self, a, b, name=None): a, b = self.convert(a), self.convert(b) ranks = {a.rank, b.rank} if ranks == {2}: return super().dot(a, b, name) make = VectorDotOp if ranks \u003c= {1, 2} else MatmulOp return make([a, b], self, name).output",
""
],
[
"Products",
"mixins_products.html#Products.transpose",
"Products.transpose",
"x with its axes in the order axes, or reversed if you don't give any.",
"def transpose(self, x, axes=None, name=None): x = self.convert(x) if axes is not None: axes = ops.as_axes(as_tuple(axes)) axes = tuple(i + len(axes) if i \u003c 0 else i for i in axes)",
""
],
[
"Products",
"mixins_products.html#S150",
"Why isn't there just one matrix product?",
"No axes means all of them reversed, and is shorter to write.",
"if x.rank is not None and axes == tuple(range(x.rank))[::-1]: axes = None return super().transpose(x, axes, name)",
""
],
[
"Indexing",
"mixins_indexing.html#whats-the-gradient-of-x13",
"What's the gradient of x[1:3]?",
"What's the gradient of x[1:3]? You cut something out, compute with it, and a gradient comes back for the piece. What about the rest of x? It had no part in the result, so its gradient is 0. So we put the piece back where it was, into zeros. >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.variable([1.0, 2.0, 3.0, 4.0]) >>> (by_x,) = graph.gradients(graph.square(x[1:3]), [x]) >>> print(Session(graph).run(by_x)) [0. 4. 6. 0.]",
"import numpy import ops from mixins.shapes import Unknown, as_size, as_tuple, positive_axes, stated_dims, whole from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
""
],
[
"Indexing",
"mixins_indexing.html#IndexedTensor",
"IndexedTensor",
"A tensor that you can index with brackets.",
"class IndexedTensor: def __getitem__(self, index): return self.graph.getitem(self, index)",
""
],
[
"Indexing",
"mixins_indexing.html#GetitemOp",
"GetitemOp",
"y = x[index], with integers, slices, ... and None.",
"class GetitemOp(ops.BaseOp): def compute(self, np, x): return x[self.index] def gradient(self, grad): (x,), graph = self.inputs, self.graph return [PutOp([grad, graph.shape(x)], graph, index=self.index).output] def infer_shape(self, dims): if dims is None: return None if self.index.count(...) > 1: raise ValueError(\"an index can have one ... only\") used = sum(part is not None and part is not ... for part in self.index) if used > len(dims): raise ValueError(f\"{used} indices for {len(dims)} axes\") index = list(self.index) if ... in self.index else [*self.index, ...] at = index.index(...) index[at : at + 1] = [slice(None)] * (len(dims) - used) sizes, result = iter(dims), [] for part in index: size = 1 if part is None else next(sizes) if isinstance(part, int): if isinstance(size, int) and not -size \u003c= part \u003c size: raise ValueError(f\"index {part} is outside an axis of size {size}\") elif part is None or part == slice(None): result.append(size) elif isinstance(size, int): result.append(len(range(*part.indices(size)))) else: result.append(Unknown()) return tuple(result)",
""
],
[
"Indexing",
"mixins_indexing.html#_add_at",
"_add_at",
"Zeros of shape, with the elements of x added at index.",
"def _add_at(np, x, shape, index): zeros = np.zeros(shape, x.dtype) np.add.at(zeros, index, x) return zeros",
""
],
[
"Indexing",
"mixins_indexing.html#PutOp",
"PutOp",
"Zeros of the given shape, except that y[index] = x.",
"class PutOp(ops.BaseOp): sizes = (1,) def compute(self, np, x, shape): return _add_at(np, x, shape, self.index) def gradient(self, grad): return [grad[self.index], None]",
""
],
[
"Indexing",
"mixins_indexing.html#GatherOp",
"GatherOp",
"y = the slices of x at indices, an array of integers, along axis.",
"class GatherOp(ops.BaseOp): def compute(self, np, x, indices): return np.take(x, indices, axis=self.axis) def gradient(self, grad): (x, indices), graph = self.inputs, self.graph inputs = [grad, indices, graph.shape(x)] return [ScatterOp(inputs, graph, axis=self.axis).output, None] def infer_shape(self, dims, indices): if self.inputs[1].dtype.kind not in \"iu\": raise ValueError(\"expected integers as indices\") if dims is None or indices is None: return None (axis,) = positive_axes(self.axis, len(dims)) return dims[:axis] + indices + dims[axis + 1 :]",
""
],
[
"Indexing",
"mixins_indexing.html#S107",
"ScatterOp",
"This is how you look up words in an embedding: gather picks rows of a table by number. Pick a row twice, and it gets two shares of the gradient. array[rows] += grad would lose one of them, because NumPy reads the row once for both: >>> lost = numpy.zeros((2, 2)) >>> lost[[1, 1, 0]] += 1 >>> print(lost) [[1. 1.] [1. 1.]] So the gradient adds the shares one after the other, with numpy.add.at: Figure 1 Row 2 was gathered twice: 1 + 100 is 101. >>> table = graph.variable([[1.0, 2.0], [3.0, 4.0]]) >>> rows = graph.gather(table, [1, 1, 0]) >>> (by_table,) = graph.gradients(rows, [table]) >>> print(Session(graph).run(by_table)) [[1. 1.] [2. 2.]] Exercise 12 asks you for both directions in NumPy.",
"class ScatterOp(ops.BaseOp): sizes = (2,) def compute(self, np, x, indices, shape): return _add_at(np, x, shape, self.where(indices))",
""
],
[
"Indexing",
"mixins_indexing.html#ScatterOp",
"ScatterOp",
"Zeros of the given shape, plus slices of x at indices along axis.",
"class ScatterOp(ops.BaseOp): sizes = (2,) def compute(self, np, x, indices, shape): return _add_at(np, x, shape, self.where(indices))",
""
],
[
"Indexing",
"mixins_indexing.html#ScatterOp.where",
"ScatterOp.where",
"Return the index of the slices within the zeros.",
"def where(self, indices): before = (slice(None),) * self.axis if self.axis >= 0 else (...,) after = (slice(None),) * (-1 - self.axis) return (*before, indices, *after) def gradient(self, grad): indices = self.inputs[1] return [self.graph.gather(grad, indices, axis=self.axis), None, None]",
""
],
[
"Indexing",
"mixins_indexing.html#ConcatOp",
"ConcatOp",
"The inputs joined along axis; the gradient is cut into pieces again.",
"class ConcatOp(ops.BaseOp): def compute(self, np, *values): return np.concatenate(values, axis=self.axis) def gradient(self, grad): graph = self.graph sizes = [x.dims and x.dims[self.axis] for x in self.inputs] if not all(isinstance(size, int) for size in sizes): return [ ConcatPartOp([grad, *self.inputs], graph, axis=self.axis, part=i).output for i in range(len(self.inputs)) ] ends = [int(end) for end in numpy.cumsum(sizes)] before = (slice(None),) * (self.axis % grad.rank) return [ grad[(*before, slice(end - size, end))] for size, end in zip(sizes, ends) ] def infer_shape(self, *shapes): if not shapes: raise ValueError(\"there is nothing to put together\") known = [dims for dims in shapes if dims is not None] if not known: return None ranks = {len(dims) for dims in known} if len(ranks) > 1: raise ValueError(\"all must have the same number of axes\") (rank,) = ranks (axis,), result = positive_axes(self.axis, rank), [] for i in range(rank): sizes = [dims[i] for dims in known] numbers = [size for size in sizes if isinstance(size, int)] if i == axis: whole = len(numbers) == len(shapes) result.append(sum(numbers) if whole else Unknown()) elif len(set(numbers)) > 1: raise ValueError(f\"sizes differ on axis {i}, which is not joined\") else: result.append(numbers[0] if numbers else sizes[0]) return tuple(result) def infer_dtype(self, *dtypes): return numpy.result_type(*dtypes) if dtypes else self.graph.dtype",
""
],
[
"Indexing",
"mixins_indexing.html#ConcatPartOp",
"ConcatPartOp",
"The slice of x for input part, when only a run knows the sizes.",
"class ConcatPartOp(ops.BaseOp): def compute(self, np, x, *values): sizes = [value.shape[self.axis] for value in values] start, axis = sum(sizes[: self.part]), self.axis % x.ndim return x[(slice(None),) * axis + (slice(start, start + sizes[self.part]),)] def gradient(self, grad): graph, others = self.graph, self.inputs[1:] parts = [graph.zeros_like(x) for x in others] parts[self.part] = grad return [graph.concat(parts, axis=self.axis), *[None for _ in others]] def infer_shape(self, dims, *shapes): return shapes[self.part]",
""
],
[
"Indexing",
"mixins_indexing.html#PadOp",
"PadOp",
"x with ends before and after each axis, filled with value.",
"class PadOp(ops.BaseOp): def compute(self, np, x): return np.pad(x, self.ends, constant_values=self.value) def gradient(self, grad): inside = [slice(a, -b if b else None) for a, b in self.ends] return [grad[tuple(inside)]] def infer_shape(self, dims): if dims is None: return tuple(Unknown() for _ in self.ends) if len(dims) != len(self.ends): raise ValueError(f\"{len(self.ends)} pairs of numbers for {len(dims)} axes\") return tuple( size + a + b if isinstance(size, int) else size if a + b == 0 else Unknown() for size, (a, b) in zip(dims, self.ends) )",
""
],
[
"Indexing",
"mixins_indexing.html#OneHotOp",
"OneHotOp",
"A row of depth numbers for each index: 1 at the index, else 0.",
"class OneHotOp(ops.BaseOp): def compute(self, np, indices): return (indices[..., None] == np.arange(self.depth)).astype(self.dtype) def infer_shape(self, dims): return None if dims is None else (*dims, self.depth) def infer_dtype(self, _): return numpy.dtype(self.dtype)",
""
],
[
"Indexing",
"mixins_indexing.html#S250",
"TileOp",
"Broadcasting repeats an axis of size 1. A tile repeats everything: 1, 2 becomes 1, 2, 1, 2. Each element is in every copy, so its gradient is a sum over the copies: we cut the incoming gradient into tiles again, and add them up. >>> x = graph.variable([1.0, 2.0]) >>> tiled = graph.tile(x, [2]) * [1.0, 10.0, 100.0, 1000.0] >>> print(Session(graph).run(graph.gradients(tiled, [x])[0])) [ 101. 1010.]",
"class TileOp(ops.BaseOp): sizes = (1,) def compute(self, np, x, multiples): return np.tile(x, multiples) def gradient(self, grad): x, multiples = self.inputs inputs = [grad, multiples, self.graph.shape(x)] return [UntileOp(inputs, self.graph).output, None] def infer_shape(self, dims, _): multiples = stated_dims(self.inputs[1]) if multiples is None or dims is None: return None",
"tile"
],
[
"Indexing",
"mixins_indexing.html#TileOp",
"TileOp",
"x repeated multiples times along each axis, one copy after the other.",
"class TileOp(ops.BaseOp): sizes = (1,) def compute(self, np, x, multiples): return np.tile(x, multiples) def gradient(self, grad): x, multiples = self.inputs inputs = [grad, multiples, self.graph.shape(x)] return [UntileOp(inputs, self.graph).output, None] def infer_shape(self, dims, _): multiples = stated_dims(self.inputs[1]) if multiples is None or dims is None: return None",
""
],
[
"Indexing",
"mixins_indexing.html#S277",
"What's the gradient of x[1:3]?",
"NumPy would take fewer multiples than axes, and leave the first axes alone.",
"if len(multiples) != len(dims): raise ValueError(f\"{len(multiples)} multiples for {len(dims)} axes\") return tuple(map(_times, dims, multiples))",
""
],
[
"Indexing",
"mixins_indexing.html#_times",
"_times",
"Return the size of an axis after repeating it.",
"def _times(size, multiple): if isinstance(size, int) and isinstance(multiple, int): return size * multiple return size if multiple == 1 else Unknown()",
""
],
[
"Indexing",
"mixins_indexing.html#UntileOp",
"UntileOp",
"The sum of the tiles of x, multiples of them along each axis.",
"class UntileOp(ops.BaseOp): sizes = (1, 2) def compute(self, np, x, multiples, shape): gap = x.ndim - len(multiples), x.ndim - len(shape) multiples, sizes = (1,) * gap[0] + (*multiples,), (1,) * gap[1] + (*shape,) pairs = [size for pair in zip(multiples, sizes) for size in pair] tiles = x.reshape(pairs).sum(axis=tuple(range(0, len(pairs), 2))) return tiles.reshape(shape) def gradient(self, grad): multiples = self.inputs[1] return [self.graph.tile(grad, multiples), None, None]",
""
],
[
"Indexing",
"mixins_indexing.html#Indexing",
"Indexing",
"A graph that cuts tensors up and puts them together.",
"class Indexing:",
""
],
[
"Indexing",
"mixins_indexing.html#Indexing.getitem",
"Indexing.getitem",
"Return x[index], with integers, slices, ... and None.",
"def getitem(self, x, index, name=None): index = tuple(map(_index, index if isinstance(index, tuple) else (index,))) return GetitemOp([x], self, name, index=index).output",
""
],
[
"Indexing",
"mixins_indexing.html#Indexing.gather",
"Indexing.gather",
"Pick slices of x along axis by indices, integers in any shape.",
"def gather(self, x, indices, axis=0, name=None): inputs = [self.convert(x), self.convert(indices, int)] return GatherOp(inputs, self, name, axis=whole(axis, \"an axis\")).output",
""
],
[
"Indexing",
"mixins_indexing.html#Indexing.concat",
"Indexing.concat",
"Join values along axis.",
"def concat(self, values, axis=0, name=None): return ConcatOp(values, self, name, axis=whole(axis, \"an axis\")).output",
""
],
[
"Indexing",
"mixins_indexing.html#Indexing.stack",
"Indexing.stack",
"Join values, all of the same shape, along a new axis.",
"def stack(self, values, axis=0, name=None): return self.concat([self.expand_dims(x, axis) for x in values], axis, name)",
""
],
[
"Indexing",
"mixins_indexing.html#Indexing.pad",
"Indexing.pad",
"Return x with value around it: ends has a pair of numbers for each axis. [(0, 0), (1, 2)] adds one column before a matrix, and two behind it.",
"def pad(self, x, ends, value=0, name=None): pairs = [as_tuple(pair) for pair in as_tuple(ends)] if any(len(pair) != 2 for pair in pairs): raise ValueError( f\"pad: expected a pair of numbers for each axis, got {ends!r}\" ) ends = tuple(tuple(as_size(n) for n in pair) for pair in pairs) return PadOp([x], self, name, ends=ends, value=value).output",
""
],
[
"Indexing",
"mixins_indexing.html#Indexing.one_hot",
"Indexing.one_hot",
"Return a row of depth numbers for each index: 1 at the index, else 0.",
"def one_hot(self, indices, depth, dtype=None, name=None): indices, dtype = self.convert(indices, int), numpy.dtype(dtype or self.dtype) attributes = {\"depth\": as_size(depth), \"dtype\": dtype.name} return OneHotOp([indices], self, name, **attributes).output",
""
],
[
"Indexing",
"mixins_indexing.html#Indexing.tile",
"Indexing.tile",
"Repeat x along each axis, as often as multiples says.",
"def tile(self, x, multiples, name=None): return TileOp([x, multiples], self, name).output",
""
],
[
"Indexing",
"mixins_indexing.html#_index",
"_index",
"Return one part of an index, checked, with plain integers.",
"def _index(part): if isinstance(part, slice): ends = (part.start, part.stop, part.step) return slice(*(end if end is None else _index(end) for end in ends)) if part is None or part is ...: return part if isinstance(part, Tensor) or numpy.ndim(part): raise TypeError(\"an index of integers, slices, ... or None; else use gather\") if isinstance(part, (bool, numpy.bool_)): raise TypeError(f\"an index of integers, slices, ... or None, got {part}\") return whole(part, \"an index\")",
""
],
[
"Scatters",
"mixins_scatters.html#who-gets-which-share-if-many-point-at-one",
"Who gets which share, if many point at one?",
"Who gets which share, if many point at one? gather takes rows by number. Here's the other direction: you have numbers, each with an address, and send them there. Two with the same address add up. That's how you sum by group, without a loop: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> pay = graph.variable([10.0, 20.0, 30.0, 40.0], name=\"pay\") >>> by_team = graph.segment_sum(pay, [0, 1, 0, 2], 3) >>> print(Session(graph).run(by_team)) [40. 20. 40.] And the gradient? Each amount arrived at one address, so its gradient is picked up from there. Scattering and gathering are each other's gradients.",
"import ops from mixins.indexing import ScatterOp from mixins.shapes import Unknown, as_size from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Scatters",
"mixins_scatters.html#S26",
"by_axis",
"An address of several numbers, one for each axis, is a row of indices.",
"def by_axis(indices): return tuple(indices[..., i] for i in range(indices.shape[-1]))",
""
],
[
"Scatters",
"mixins_scatters.html#by_axis",
"by_axis",
"Rows of indices, as NumPy takes them: an array for each axis.",
"def by_axis(indices): return tuple(indices[..., i] for i in range(indices.shape[-1]))",
""
],
[
"Scatters",
"mixins_scatters.html#GatherNdOp",
"GatherNdOp",
"y[...] = x[indices[...]], where the last axis of indices is an index of x.",
"class GatherNdOp(ops.BaseOp): def compute(self, np, x, indices): return x[by_axis(indices)] def gradient(self, grad): (x, indices), graph = self.inputs, self.graph return [ScatterNdOp([grad, indices, graph.shape(x)], graph).output, None] def infer_shape(self, dims, indices): if self.inputs[1].dtype.kind not in \"iu\": raise ValueError(\"expected integers as indices\") if indices == (): raise ValueError(\"expected a row of indices for each element\") if dims is None or indices is None or isinstance(indices[-1], Unknown): return None if indices[-1] > len(dims): raise ValueError(f\"{indices[-1]} indices for {len(dims)} axes\") return indices[:-1] + dims[indices[-1] :]",
""
],
[
"Scatters",
"mixins_scatters.html#ScatterNdOp",
"ScatterNdOp",
"Zeros of the given shape, plus x[...] at indices[...].",
"class ScatterNdOp(ScatterOp):",
""
],
[
"Scatters",
"mixins_scatters.html#ScatterNdOp.where",
"ScatterNdOp.where",
"Return the index of the elements within the zeros.",
"def where(self, indices): return by_axis(indices) def gradient(self, grad): indices = self.inputs[1] return [self.graph.gather_nd(grad, indices), None, None]",
""
],
[
"Scatters",
"mixins_scatters.html#Scatters",
"Scatters",
"A graph that sends numbers to where they belong.",
"class Scatters:",
""
],
[
"Scatters",
"mixins_scatters.html#Scatters.gather_nd",
"Scatters.gather_nd",
"Return the elements, or slices, of x at each row of indices. indices has the shape (..., n): n integers for the first n axes of x.",
"def gather_nd(self, x, indices, name=None): inputs = [self.convert(x), self.convert(indices, int)] return GatherNdOp(inputs, self, name).output",
""
],
[
"Scatters",
"mixins_scatters.html#Scatters.scatter_nd",
"Scatters.scatter_nd",
"Return zeros of shape, with updates added at the rows of indices.",
"def scatter_nd(self, indices, updates, shape, name=None): inputs = [self.convert(updates), self.convert(indices, int), shape] return ScatterNdOp(inputs, self, name).output",
""
],
[
"Scatters",
"mixins_scatters.html#Scatters.segment_sum",
"Scatters.segment_sum",
"Return the sums of the rows of x with the same number in ids. ids has a number for each row, from 0 to count - 1, in any order. Raises ValueError the rank of x is unknown. IndexError in a run, a number is too large.",
"def segment_sum(self, x, ids, count, name=None): x, ids = self.convert(x), self.convert(ids, int) if not x.rank: raise ValueError(f\"segment_sum sums rows, so it needs an axis, got {x!r}\") numbered = ids.dims is None or ids.rank == 1 sizes = {n for n in (x.dims[0], *(ids.dims or ())[:1]) if isinstance(n, int)} if not numbered or len(sizes) > 1: raise ValueError( f\"segment_sum takes a number for each row of {x!r}, got {ids!r}\" ) rows = (self.shape(x)[i] for i in range(1, x.rank)) sizes = [n if isinstance(n, int) else row for n, row in zip(x.dims[1:], rows)] shape = [as_size(count), *sizes] return ScatterOp([x, ids, shape], self, name, axis=0).output",
""
],
[
"Scatters",
"mixins_scatters.html#Scatters.segment_mean",
"Scatters.segment_mean",
"Return the means of the rows of x with the same number; 0 for no rows.",
"def segment_mean(self, x, ids, count, name=None): x, ids = self.convert(x), self.convert(ids, int) total = self.segment_sum(x, ids, count) number = self.segment_sum(self.ones_like(self.stop_gradient(x)), ids, count) return self.div(total, self.maximum(number, 1), name)",
""
],
[
"Sorting",
"mixins_sorting.html#how-does-a-gradient-find-its-way-back-through-a-sort",
"How does a gradient find its way back through a sort?",
"How does a gradient find its way back through a sort? Your classifier is wrong. Was the right answer at least its second guess? For that you need the two largest of its logits, and which ones they are: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> logits = graph.variable([0.5, 3.0, -1.0, 2.0], name=\"logits\") >>> values, indices = graph.top_k(logits, 2) >>> print(*Session(graph).run([values, indices])) [3. 2.] [1 3] A sort only moves numbers. Nudge the 2, and it's still the second, at the same place. So the indices stay as they are, and have no derivative. And the values? They were taken from the places that the indices say, so that's where their gradient goes back to: >>> (by_logits,) = graph.gradients(values * [1.0, 10.0], [logits]) >>> print(Session(graph).run(by_logits)) [ 0. 1. 0. 10.]",
"import numpy import ops from mixins.dtypes import DTYPES from mixins.indexing import ScatterOp from mixins.shapes import Unknown, as_size, positive_axes, whole from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"taken"
],
[
"Sorting",
"mixins_sorting.html#RankingOp",
"RankingOp",
"The indices of the k largest along the last axis, largest first.",
"class RankingOp(ops.BaseOp): stops_gradient = True def compute(self, np, x):",
""
],
[
"Sorting",
"mixins_sorting.html#S40",
"How does a gradient find its way back through a sort?",
"Sorted backwards and read backwards, so that of equals the first comes first.",
"order = np.argsort(x[..., ::-1], axis=-1, stable=True)[..., ::-1] return x.shape[-1] - 1 - order[..., : self.k] def infer_shape(self, dims): if dims is None: return None if not dims: raise ValueError(\"expected at least one axis, got a single number\") if isinstance(dims[-1], int) and dims[-1] \u003c self.k: raise ValueError(f\"expected at least k = {self.k} of them, got {dims[-1]}\") return (*dims[:-1], self.k) def infer_dtype(self, _): return numpy.dtype(int)",
""
],
[
"Sorting",
"mixins_sorting.html#TakeAlongOp",
"TakeAlongOp",
"y[..., i] = x[..., indices[..., i]]: elements of the last axis, by number.",
"class TakeAlongOp(ops.BaseOp): def compute(self, np, x, indices): return np.take_along_axis(x, indices, axis=-1) def gradient(self, grad): (x, indices), graph = self.inputs, self.graph inputs = [grad, indices, graph.shape(x)] return [PutAlongOp(inputs, graph).output, None] def infer_shape(self, dims, indices): return indices",
""
],
[
"Sorting",
"mixins_sorting.html#PutAlongOp",
"PutAlongOp",
"Zeros of the given shape, plus x[..., i] at indices[..., i].",
"class PutAlongOp(ScatterOp):",
""
],
[
"Sorting",
"mixins_sorting.html#PutAlongOp.where",
"PutAlongOp.where",
"Return the index of the elements within the zeros.",
"def where(self, indices): rows = numpy.indices(indices.shape[:-1] + (1,), sparse=True)[:-1] return (*rows, indices) def gradient(self, grad): indices = self.inputs[1] return [TakeAlongOp([grad, indices], self.graph).output, None, None]",
""
],
[
"Sorting",
"mixins_sorting.html#cumsum",
"The sum so far",
"The sum so far In a cumulative sum, yi=x0+…+xi. How often is xi used? In yi, and in all that come after it. So its gradient is a cumulative sum too, from the other end. >>> x = graph.variable([1.0, 2.0, 3.0, 4.0]) >>> total = graph.cumsum(x) >>> (by_x,) = graph.gradients(total, [x]) >>> print(*Session(graph).run([total, by_x])) [ 1. 3. 6. 10.] [4. 3. 2. 1.]",
"y_i = x_0 + \\dots + x_i x_i y_i y=x+\\dots+x x y class CumsumOp(ops.BaseOp): def compute(self, np, x): return np.cumsum(x, axis=self.axis) def gradient(self, grad): return [self.graph.cumsum(grad, self.axis, reverse=True)] def infer_shape(self, dims): if dims is not None: positive_axes(self.axis, len(dims)) return dims DTYPES[CumsumOp] = DTYPES[ops.SumOp]",
"cumulative sum"
],
[
"Sorting",
"mixins_sorting.html#CumsumOp",
"CumsumOp",
"y[i] = x[0] + ... + x[i] along axis.",
"class CumsumOp(ops.BaseOp): def compute(self, np, x): return np.cumsum(x, axis=self.axis) def gradient(self, grad): return [self.graph.cumsum(grad, self.axis, reverse=True)] def infer_shape(self, dims): if dims is not None: positive_axes(self.axis, len(dims)) return dims DTYPES[CumsumOp] = DTYPES[ops.SumOp]",
""
],
[
"Sorting",
"mixins_sorting.html#Sorting",
"Sorting",
"A graph that finds the largest few, sums up, and takes tensors apart.",
"class Sorting:",
""
],
[
"Sorting",
"mixins_sorting.html#Sorting.top_k",
"Sorting.top_k",
"Return the k largest along the last axis, largest first, and their indices. Of equals, the first comes first.",
"def top_k(self, x, k=1, name=None): if whole(k, \"k\") \u003c 0: raise ValueError(f\"top_k: k is at least 0, got {k}\") indices = RankingOp([x], self, k=whole(k, \"k\")).output return TakeAlongOp([x, indices], self, name).output, indices",
""
],
[
"Sorting",
"mixins_sorting.html#Sorting.cumsum",
"Sorting.cumsum",
"Return the sum so far along axis; reverse starts at the end. An exclusive sum leaves out the element itself: it starts with 0.",
"def cumsum(self, x, axis=0, exclusive=False, reverse=False, name=None): x, axis = self.convert(x), whole(axis, \"an axis\") whole_axis, backwards = slice(None), slice(None, None, -1) def along(part): if axis \u003c 0: return (..., part, *[whole_axis] * (-1 - axis)) return (*[whole_axis] * axis, part) x = x[along(backwards)] if reverse else x if exclusive: zero = self.zeros_like(x[along(slice(1))]) x = self.concat([zero, x[along(slice(-1))]], axis) if not reverse: return CumsumOp([x], self, name, axis=axis).output total = CumsumOp([x], self, axis=axis).output return self.getitem(total, along(backwards), name)",
""
],
[
"Sorting",
"mixins_sorting.html#taking-apart",
"Taking apart",
"Taking apart split is the opposite of concat, and unstack that of stack. Both are slices, and a slice knows its gradient.",
"def split(self, x, parts, axis=0): x = self.convert(x) axis, size = self._known(x, axis, \"split\") if isinstance(parts, (list, tuple)): sizes = [as_size(n) for n in parts] else: number = as_size(parts, 1) sizes = [size // number] * number if sum(sizes) != size: raise ValueError(f\"split: {parts} parts don't make up an axis of {size}\") before, start, pieces = (slice(None),) * axis, 0, [] for n in sizes: pieces.append(x[(*before, slice(start, start + n))]) start += n return pieces",
""
],
[
"Sorting",
"mixins_sorting.html#Sorting.split",
"Sorting.split",
"Return x cut along axis, as a list. parts is a number of equal parts, or a list of their sizes. Raises ValueError the parts don't add up, or the size of the axis is unknown.",
"def split(self, x, parts, axis=0): x = self.convert(x) axis, size = self._known(x, axis, \"split\") if isinstance(parts, (list, tuple)): sizes = [as_size(n) for n in parts] else: number = as_size(parts, 1) sizes = [size // number] * number if sum(sizes) != size: raise ValueError(f\"split: {parts} parts don't make up an axis of {size}\") before, start, pieces = (slice(None),) * axis, 0, [] for n in sizes: pieces.append(x[(*before, slice(start, start + n))]) start += n return pieces",
""
],
[
"Sorting",
"mixins_sorting.html#Sorting.unstack",
"Sorting.unstack",
"Return the slices of x along axis, as a list.",
"def unstack(self, x, axis=0): x = self.convert(x) axis, size = self._known(x, axis, \"unstack\") return [x[(*(slice(None),) * axis, i)] for i in range(size)]",
""
],
[
"Sorting",
"mixins_sorting.html#Sorting._known",
"Sorting._known",
"Return the axis, counted from 0, and its size.",
"def _known(self, x, axis, what): if x.rank is None: raise ValueError(f\"{what} needs the rank of {x!r}; reshape it first\") (axis,) = positive_axes(whole(axis, \"an axis\"), x.rank) if isinstance(x.dims[axis], Unknown): raise ValueError(f\"{what} needs the size of axis {axis} of {x!r}\") return axis, x.dims[axis]",
""
],
[
"Functions",
"mixins_functions.html#which-functions-does-a-network-need-besides",
"Which functions does a network need besides?",
"Which functions does a network need besides? Sines tell a transformer where in a sentence it is. A remainder tells you which hour of the day it is. And rounding is harmless, unless you want to learn through it: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.variable([0.4, 1.6, 2.5, 3.5], name=\"x\") >>> y = graph.square(graph.round(x)) >>> (by_x,) = graph.gradients(y, [x]) >>> print(*Session(graph).run([y, by_x])) [ 0. 4. 4. 16.] [0. 0. 0. 0.] A staircase is flat wherever it has a derivative, so nothing comes back. (And 2.5 became 2: NumPy rounds a half to the even neighbor, so that halves don't all go up.)",
"import numpy import ops from mixins.dtypes import DTYPES from mixins.shapes import Unknown, as_size from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
""
],
[
"Functions",
"mixins_functions.html#sine-and-cosine",
"Sine and cosine",
"Sine and cosine Walk along the unit circle, by an angle of x. You're at (cosx,sinx). Your direction is at a right angle to that, (−sinx,cosx): there are both derivatives.",
"x (\\cos x, \\sin x) (-\\sin x, \\cos x) x (\\cosx,\\sinx) (-\\sinx,\\cosx) class SinOp(ops.ElementwiseOp): floating = True def compute(self, np, x): return np.sin(x) def gradient(self, grad): (x,) = self.inputs return [grad * self.graph.cos(x)]",
""
],
[
"Functions",
"mixins_functions.html#SinOp",
"SinOp",
"y = sin x, so dy/dx = cos x.",
"class SinOp(ops.ElementwiseOp): floating = True def compute(self, np, x): return np.sin(x) def gradient(self, grad): (x,) = self.inputs return [grad * self.graph.cos(x)]",
""
],
[
"Functions",
"mixins_functions.html#CosOp",
"CosOp",
"y = cos x, so dy/dx = -sin x.",
"class CosOp(ops.ElementwiseOp): floating = True def compute(self, np, x): return np.cos(x) def gradient(self, grad): (x,) = self.inputs return [-grad * self.graph.sin(x)]",
""
],
[
"Functions",
"mixins_functions.html#staircases",
"Staircases",
"Staircases",
"class FloorOp(ops.ElementwiseOp): floating = stops_gradient = True def compute(self, np, x): return np.floor(x)",
""
],
[
"Functions",
"mixins_functions.html#FloorOp",
"FloorOp",
"y = the largest whole number that isn't above x, so dy/dx = 0.",
"class FloorOp(ops.ElementwiseOp): floating = stops_gradient = True def compute(self, np, x): return np.floor(x)",
""
],
[
"Functions",
"mixins_functions.html#CeilOp",
"CeilOp",
"y = the smallest whole number that isn't below x, so dy/dx = 0.",
"class CeilOp(ops.ElementwiseOp): floating = stops_gradient = True def compute(self, np, x): return np.ceil(x)",
""
],
[
"Functions",
"mixins_functions.html#RoundOp",
"RoundOp",
"y = the whole number next to x, a half to the even one, so dy/dx = 0.",
"class RoundOp(ops.ElementwiseOp): floating = stops_gradient = True def compute(self, np, x): return np.round(x)",
""
],
[
"Functions",
"mixins_functions.html#whats-left",
"What's left",
"What's left The remainder is y=a−b⌊a/b⌋. Between its jumps the floor is constant, so y moves with a, and against b by as much as that floor.",
"y = a - b \\lfloor a / b \\rfloor y a b y=a-b\\lfloora/b\\rfloor y a b class ModOp(ops.ElementwiseOp): def compute(self, np, a, b): return np.remainder(a, b) def gradient(self, grad): a, b = self.inputs return [grad, -grad * self.graph.floordiv(a, b)]",
""
],
[
"Functions",
"mixins_functions.html#ModOp",
"ModOp",
"y = a - b floor(a / b), so dy/da = 1 and dy/db = -floor(a / b).",
"class ModOp(ops.ElementwiseOp): def compute(self, np, a, b): return np.remainder(a, b) def gradient(self, grad): a, b = self.inputs return [grad, -grad * self.graph.floordiv(a, b)]",
""
],
[
"Functions",
"mixins_functions.html#S107",
"What's left",
"As with a power, the remainder of truth values is a small integer.",
"DTYPES[ModOp] = DTYPES[ops.PowOp]",
""
],
[
"Functions",
"mixins_functions.html#ModTensor",
"ModTensor",
"A tensor with the operator %.",
"class ModTensor: def __mod__(self, other): return self.graph.mod(self, other) def __rmod__(self, other): return self.graph.mod(other, self)",
""
],
[
"Functions",
"mixins_functions.html#rows",
"Rows of numbers",
"Rows of numbers linspace mixes its two ends: the first number is all start, the last all stop. >>> stop = graph.variable(2.0, name=\"stop\") >>> row = graph.linspace(0.0, stop, 5) >>> print(*Session(graph).run([row, graph.gradients(row, [stop])[0]])) [0. 0.5 1. 1.5 2. ] 2.5 How often was stop used? 0 + 0.25 + 0.5 + 0.75 + 1 times.",
"class RangeOp(ops.BaseOp): stops_gradient = True def compute(self, np, start, limit, delta): return np.arange(start, limit, delta) def infer_shape(self, *shapes): if any(shapes): raise ValueError(\"start, limit and delta are single numbers\") return (Unknown(),) def infer_dtype(self, *dtypes): return numpy.result_type(*dtypes)",
""
],
[
"Functions",
"mixins_functions.html#RangeOp",
"RangeOp",
"start, start + delta, ..., below limit; only a run knows how many.",
"class RangeOp(ops.BaseOp): stops_gradient = True def compute(self, np, start, limit, delta): return np.arange(start, limit, delta) def infer_shape(self, *shapes): if any(shapes): raise ValueError(\"start, limit and delta are single numbers\") return (Unknown(),) def infer_dtype(self, *dtypes): return numpy.result_type(*dtypes)",
""
],
[
"Functions",
"mixins_functions.html#Functions",
"Functions",
"A graph with rows of numbers; sin, mod and others are operations.",
"class Functions:",
""
],
[
"Functions",
"mixins_functions.html#Functions.range",
"Functions.range",
"Return start, start + delta, ..., as long as they're below limit. With one argument, that's the limit, and we start at 0. Whole numbers stay whole. An operand may be a tensor, and then only a run knows how many there are.",
"def range(self, start, limit=None, delta=1, name=None): start, limit = (0, start) if limit is None else (start, limit) operands = start, limit, delta if any(isinstance(x, Tensor) for x in operands): dtypes = [x.dtype for x in operands if isinstance(x, Tensor)] operands = [self.convert(x, numpy.result_type(*dtypes)) for x in operands] return RangeOp(operands, self, name).output if delta == 0: raise ValueError(\"range: delta is 0, so the limit is never reached\") row = numpy.arange(*operands) dtype = self.dtype if row.dtype.kind == \"f\" else row.dtype return self.constant(row, name, dtype)",
""
],
[
"Functions",
"mixins_functions.html#Functions.linspace",
"Functions.linspace",
"Return number numbers from start to stop, evenly spaced.",
"def linspace(self, start, stop, number, name=None): number = as_size(number, 1) part = numpy.linspace(0, 1, number) return self.add((1 - part) * self.convert(start), part * stop, name)",
""
],
[
"Functions",
"mixins_functions.html#Functions.rsqrt",
"Functions.rsqrt",
"1 / sqrt(x).",
"def rsqrt(self, x, name=None): return self.div(1, self.sqrt(x), name)",
""
],
[
"Matrices",
"mixins_matrices.html#whats-the-derivative-of-an-inverse",
"What's the derivative of an inverse?",
"What's the derivative of an inverse? Nobody remembers. But everybody knows that AA−1=I. Nudge A by dA; then the inverse Y=A−1 moves by some dY, and the product stays I: dAY+AdY=0 Multiply by Y from the left, and there it is: dY=−YdAY. It's what you know from numbers, where y=1/a has dy=−y2da. Only the order matters, for matrices. With the incoming gradient G, a product's gradient turns that around into −YTGYT. >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> A = graph.variable([[2.0, 1.0], [1.0, 1.0]], name=\"A\") >>> Y = graph.inverse(A) >>> (by_A,) = graph.gradients(graph.trace(Y), [A]) >>> for value in Session(graph).run([Y, by_A]): ... print(value) [[ 1. -1.] [-1. 2.]] [[-2. 3.] [ 3. -5.]]",
"A A^{-1} = I A dA Y = A^{-1} dY I dA \\, Y + A \\, dY = 0 Y dY = -Y \\, dA \\, Y y = 1/a dy = -y^2 \\, da G -Y^T G \\, Y^T AA^{-1}=I A dA Y=A^{-1} dY I dA\\,Y+A\\,dY=0 Y dY=-Y\\,dA\\,Y y=1/a dy=-y^2\\,da G -Y^TG\\,Y^T import numpy import ops from mixins.products import swap from mixins.shapes import broadcast from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Matrices",
"mixins_matrices.html#square",
"square",
"Return dims; raise ValueError unless the last two axes may be equal.",
"def square(dims, what=\"matrices\"): if dims is None: return dims if len(dims) \u003c 2: raise ValueError(f\"expected {what} with two axes or more, got {len(dims)}\") rows, columns = dims[-2:] if isinstance(rows, int) and isinstance(columns, int) and rows != columns: raise ValueError(f\"expected square {what}, got {rows} rows, {columns} columns\") return dims",
""
],
[
"Matrices",
"mixins_matrices.html#InverseOp",
"InverseOp",
"Y = the inverse of A, so dY = -Y dA Y.",
"class InverseOp(ops.BaseOp): floating = True def compute(self, np, a): return np.linalg.inv(a) def gradient(self, grad): y = transposed(self.output) return [-(y @ grad @ y)] def infer_shape(self, dims): return square(dims)",
""
],
[
"Matrices",
"mixins_matrices.html#transposed",
"transposed",
"Each matrix of x, transposed.",
"def transposed(x): return SwapOp([x], x.graph).output if x.rank is None else swap(x)",
""
],
[
"Matrices",
"mixins_matrices.html#SwapOp",
"SwapOp",
"Each matrix of x, transposed, where only a run knows how many axes it has.",
"class SwapOp(ops.BaseOp): def compute(self, np, x): return x.swapaxes(-1, -2) def gradient(self, grad): return [transposed(grad)]",
""
],
[
"Matrices",
"mixins_matrices.html#solve",
"Solve, don't invert",
"Solve, don't invert You rarely want the inverse itself. To find X with AX=B, solve: it takes a third of the work, and rounds less. For the gradient, nudge both sides: dAX+AdX=dB. So B gets A−TG, which is another system to solve, and A gets minus that times XT.",
"X A X = B dA \\, X + A \\, dX = dB B A^{-T} G A X^T X AX=B dA\\,X+A\\,dX=dB B A^{-T}G A X^T class SolveOp(ops.BaseOp): floating = True def compute(self, np, a, b): return np.linalg.solve(a, b) def gradient(self, grad): a, _ = self.inputs by_b = self.graph.solve(transposed(a), grad) return [-(by_b @ transposed(self.output)), by_b] def infer_shape(self, a, b): square(a) if a is None or b is None: return None if len(b) \u003c 2: raise ValueError(\"expected a right-hand side with two axes or more\") rows, wanted = b[-2], a[-1] if isinstance(rows, int) and isinstance(wanted, int) and rows != wanted: raise ValueError(f\"{wanted} unknowns, and {rows} rows on the right\") return (*broadcast(a[:-2], b[:-2]), *b[-2:]) def infer_dtype(self, a, b): return numpy.result_type(a, b)",
""
],
[
"Matrices",
"mixins_matrices.html#SolveOp",
"SolveOp",
"X with A X = B, so dX = A^-1 (dB - dA X).",
"class SolveOp(ops.BaseOp): floating = True def compute(self, np, a, b): return np.linalg.solve(a, b) def gradient(self, grad): a, _ = self.inputs by_b = self.graph.solve(transposed(a), grad) return [-(by_b @ transposed(self.output)), by_b] def infer_shape(self, a, b): square(a) if a is None or b is None: return None if len(b) \u003c 2: raise ValueError(\"expected a right-hand side with two axes or more\") rows, wanted = b[-2], a[-1] if isinstance(rows, int) and isinstance(wanted, int) and rows != wanted: raise ValueError(f\"{wanted} unknowns, and {rows} rows on the right\") return (*broadcast(a[:-2], b[:-2]), *b[-2:]) def infer_dtype(self, a, b): return numpy.result_type(a, b)",
""
],
[
"Matrices",
"mixins_matrices.html#cholesky",
"A square root for matrices",
"A square root for matrices A covariance A is symmetric, and positive definite. Then there's one lower triangular matrix L, with a positive diagonal, so that A=LLT: the Cholesky factor. Multiply it by independent random numbers, and they get the covariance A. Nudge both sides: dA=dLLT+LdLT. Take L off on both ends, with M=L−1dL, which is lower triangular too: L−1dAL−T=M+MT The lower half of the right side is M, except that its diagonal counts twice. So let Φ keep the lower triangle of a matrix, and halve its diagonal. Then dL=LΦ(L−1dAL−T). Turned around, for the gradient: ∂loss∂A=L−TΦ(LTG)L−1 which we make symmetric, since A is.",
"A L A = L L^T A dA = dL \\, L^T + L \\, dL^T L M = L^{-1} dL L^{-1} \\, dA \\, L^{-T} = M + M^T M \\Phi dL = L \\, \\Phi(L^{-1} dA \\, L^{-T}) \\frac{\\partial \\text{loss}}{\\partial A} = L^{-T} \\, \\Phi(L^T G) \\, L^{-1} A A L A=LL^T A dA=dL\\,L^T+L\\,dL^T L M=L^{-1}dL L^{-1}\\,dA\\,L^{-T}=M+M^T M \\Phi dL=L\\,\\Phi(L^{-1}dA\\,L^{-T}) \\frac{\\partial\\text{loss}}{\\partialA}=L^{-T}\\,\\Phi(L^TG)\\,L^{-1} A class CholeskyOp(ops.BaseOp): floating = True def compute(self, np, a): return np.linalg.cholesky(a) def gradient(self, grad): graph, factor = self.graph, transposed(self.output) product = graph.lower(factor @ grad) half = product - graph.diag(graph.diag_part(product)) / 2",
"positive definite Cholesky factor"
],
[
"Matrices",
"mixins_matrices.html#CholeskyOp",
"CholeskyOp",
"L, lower triangular, with A = L L^T.",
"class CholeskyOp(ops.BaseOp): floating = True def compute(self, np, a): return np.linalg.cholesky(a) def gradient(self, grad): graph, factor = self.graph, transposed(self.output) product = graph.lower(factor @ grad) half = product - graph.diag(graph.diag_part(product)) / 2",
""
],
[
"Matrices",
"mixins_matrices.html#S147",
"A square root for matrices",
"One system takes off L^T on the left, another L on the right.",
"left = graph.solve(factor, half) share = transposed(graph.solve(factor, transposed(left))) return [(share + transposed(share)) / 2] def infer_shape(self, dims): return square(dims)",
""
],
[
"Matrices",
"mixins_matrices.html#LowerOp",
"LowerOp",
"Each matrix of x, with zeros above the diagonal.",
"class LowerOp(ops.BaseOp): def compute(self, np, x): return np.tril(x) def gradient(self, grad): return [self.graph.lower(grad)] def infer_shape(self, dims): if dims is not None and len(dims) \u003c 2: raise ValueError(\"expected matrices with two axes or more\") return dims",
""
],
[
"Matrices",
"mixins_matrices.html#diagonal",
"The diagonal",
"The diagonal It's what a matrix does to each direction by itself. Taking it out and putting it in are each other's gradients.",
"class DiagOp(ops.BaseOp): def compute(self, np, x):",
""
],
[
"Matrices",
"mixins_matrices.html#DiagOp",
"DiagOp",
"A matrix with the vector x on its diagonal, and zeros elsewhere.",
"class DiagOp(ops.BaseOp): def compute(self, np, x):",
""
],
[
"Matrices",
"mixins_matrices.html#S181",
"The diagonal",
"Zeros are chosen, not multiplied: infinity times 0 isn't 0.",
"return np.where(eye(np, x.shape[-1]), x[..., None], np.zeros((), x.dtype)) def gradient(self, grad): return [self.graph.diag_part(grad)] def infer_shape(self, dims): if dims == (): raise ValueError(\"expected a vector, got a single number\") return dims and (*dims, dims[-1])",
""
],
[
"Matrices",
"mixins_matrices.html#DiagPartOp",
"DiagPartOp",
"The diagonal of each matrix of x.",
"class DiagPartOp(ops.BaseOp): def compute(self, np, x): return np.where(eye(np, x.shape[-1]), x, np.zeros((), x.dtype)).sum( axis=-1, dtype=x.dtype ) def gradient(self, grad): return [self.graph.diag(grad)] def infer_shape(self, dims): return dims if dims is None else square(dims)[:-1]",
""
],
[
"Matrices",
"mixins_matrices.html#eye",
"eye",
"Which elements of an n by n matrix are on the diagonal.",
"def eye(np, n): return np.eye(n) > 0",
""
],
[
"Matrices",
"mixins_matrices.html#Matrices",
"Matrices",
"A graph with the algebra of matrices; all take stacks of them too.",
"class Matrices:",
""
],
[
"Matrices",
"mixins_matrices.html#Matrices.inverse",
"Matrices.inverse",
"Return the inverse of a square matrix; a run refuses a singular one.",
"def inverse(self, a, name=None): return InverseOp([a], self, name).output",
""
],
[
"Matrices",
"mixins_matrices.html#Matrices.solve",
"Matrices.solve",
"Return x with a @ x = b, for a square matrix a, and columns b.",
"def solve(self, a, b, name=None): return SolveOp([a, b], self, name).output",
""
],
[
"Matrices",
"mixins_matrices.html#Matrices.cholesky",
"Matrices.cholesky",
"Return L, lower triangular, with L L^T = a, symmetric, positive definite.",
"def cholesky(self, a, name=None): return CholeskyOp([a], self, name).output",
""
],
[
"Matrices",
"mixins_matrices.html#Matrices.lower",
"Matrices.lower",
"Return x with zeros above the diagonal.",
"def lower(self, x, name=None): return LowerOp([x], self, name).output",
""
],
[
"Matrices",
"mixins_matrices.html#Matrices.diag",
"Matrices.diag",
"Return a matrix with the vector x on its diagonal.",
"def diag(self, x, name=None): return DiagOp([x], self, name).output",
""
],
[
"Matrices",
"mixins_matrices.html#Matrices.diag_part",
"Matrices.diag_part",
"Return the diagonal of a square matrix, a vector.",
"def diag_part(self, x, name=None): return DiagPartOp([x], self, name).output",
""
],
[
"Matrices",
"mixins_matrices.html#Matrices.trace",
"Matrices.trace",
"Return the sum of the diagonal.",
"def trace(self, x, name=None): return self.sum(self.diag_part(x), -1, name=name)",
""
],
[
"Convolution",
"mixins_convolution.html#how-do-you-find-a-stroke-wherever-it-is-slide-a-window",
"How do you find a stroke, wherever it is? Slide a window",
"How do you find a stroke, wherever it is? Slide a window Give a layer of 100 units an image of 28 by 28 pixels, and each unit has 784 weights. Teach one of them to find a vertical stroke on the left, and it has learned nothing about strokes on the right. Yet a stroke is a stroke. So look at the image through a small window, and use the same weights wherever the window stands. That's a convolution, and its weights are a filter: >>> import numpy >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> image = numpy.zeros((1, 4, 6, 1)) >>> image[0, :, 1] = image[0, 1:3, 4] = 1 >>> print(image[0, :, :, 0]) [[0. 1. 0. 0. 0. 0.] [0. 1. 0. 0. 1. 0.] [0. 1. 0. 0. 1. 0.] [0. 1. 0. 0. 0. 0.]] >>> x = graph.variable(image, name=\"x\") >>> stroke = graph.variable(numpy.ones((3, 1, 1, 1)), name=\"stroke\") >>> found = graph.conv2d(x, stroke, padding=\"VALID\") >>> print(Session(graph).run(found)[0, :, :, 0]) [[0. 3. 0. 0. 2. 0.] [0. 3. 0. 0. 2. 0.]] A stroke three pixels high answers 3, wherever it is, and a shorter one answers less. The four axes of an image are the batch, its rows, its columns, and its channels: red, green and blue, or what the filters of the layer before have found. A filter has rows, columns, channels to read, and channels to write. At row i and column j the window covers the pixels from there on, and we sum over all that it sees: ynijm=∑abcxn,i+a,j+b,cfabcm (Mathematicians call that a cross-correlation. Their convolution turns the filter upside down first; since we learn the filter, it doesn't matter to us.) Two numbers more. With a stride of 2 the window takes two steps at a time, so pixel i+a becomes 2i+a. With a dilation of 2 it looks at every second pixel only, and i+a becomes i+2a. And at the border? With the padding \"VALID\", the window stays within the image, and the output is a bit smaller. With \"SAME\" we put zeros around, as many as it takes for an output of the same size, or for half of that if the stride is 2.",
"i j y_{n i j m} = \\sum_{a b c} x_{n, i+a, j+b, c} \\, f_{a b c m} i + a 2i + a i + a i + 2a i j y=\\sumx\\,f i+a 2i+a i+a i+2a import itertools import math import typing import numpy import ops from mixins.shapes import Unknown, as_tuple, show_shape, stated_dims, whole from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"window convolution filter batch channels stride dilation padding"
],
[
"Convolution",
"mixins_convolution.html#one-product",
"One matrix product",
"One matrix product Six nested loops in Python would take forever. Instead, write what the window sees at each place as a row, and the filters as the columns of a matrix. Then the sums are a single matrix product. For 64 images of 28 by 28 pixels and 6 filters of 5 by 5, it has 64 · 24 · 24 = 36,864 rows of 25, times a matrix of 25 by 6. Each pixel is copied up to 25 times, and that's still a bargain. NumPy can look at an array as all its windows, by sliding_window_view, and reshape makes the copy.",
"class WindowsOp(ops.BaseOp):",
""
],
[
"Convolution",
"mixins_convolution.html#WindowsOp",
"WindowsOp",
"What the window sees: (batch, rows, columns, all that's in the window).",
"class WindowsOp(ops.BaseOp):",
""
],
[
"Convolution",
"mixins_convolution.html#S74",
"One matrix product",
"Conv2dOp sends its gradient to the image directly.",
"stops_gradient = True def compute(self, np, x): slide = self.slide (down, right), (below, beside) = slide.strides, slide.dilation view = numpy.lib.stride_tricks.sliding_window_view seen = view(slide.pad(np, x), slide.reach, axis=(1, 2)) seen = seen[:, ::down, ::right, :, ::below, ::beside] batch, rows, columns, channels, *size = seen.shape seen = seen.transpose(0, 1, 2, 4, 5, 3) return seen.reshape(batch, rows, columns, math.prod(size) * channels) def infer_shape(self, dims): *places, channels = slid(self.slide, dims) if isinstance(channels, int): return (*places, channels * math.prod(self.slide.size)) return (*places, Unknown())",
""
],
[
"Convolution",
"mixins_convolution.html#Conv2dOp",
"Conv2dOp",
"y[n,i,j,m] = the sum of x[n,i+a,j+b,c] f[a,b,c,m] over a, b, c. The windows of x are an input of their own, because the gradient needs them too.",
"class Conv2dOp(ops.BaseOp): def compute(self, np, x, windows, filters): *places, size = windows.shape rows = windows.reshape(math.prod(places), size) matrix = filters.reshape(size, filters.shape[3]) return rows.dot(matrix).reshape(*places, filters.shape[3]) def gradient(self, grad): (x, windows, filters), graph, slide = self.inputs, self.graph, self.slide by_x = [grad, filters, graph.shape(x)] by_filters = [grad, x, windows, graph.shape(filters)] return [ Conv2dByInputOp(by_x, graph, slide=slide).output, None, Conv2dByFiltersOp(by_filters, graph, slide=slide).output, ] def infer_shape(self, x, windows, filters): read, wanted = x[3] if x else Unknown(), filters[2] if isinstance(read, int) and isinstance(wanted, int) and read != wanted: raise ValueError( f\"images have {read} channels, and filters of \" f\"{show_shape(filters)} read {wanted}\" ) return slid(self.slide, x, filters[3]) def infer_dtype(self, x, windows, filters): return numpy.result_type(x, filters)",
""
],
[
"Convolution",
"mixins_convolution.html#two-gradients",
"Two gradients",
"Two gradients A weight fabcm takes part once at each place, as a factor of the pixel that it meets there. So its gradient is a sum over all places, pixel times incoming gradient: ∂L∂fabcm=∑nijxn,i+a,j+b,cgnijm In terms of matrices, that's the windows transposed, times the incoming gradient, as for any product. It's where weight sharing happens: one weight, 36,864 shares.",
"f_{abcm} \\frac{\\partial L}{\\partial f_{abcm}} = \\sum_{nij} x_{n, i+a, j+b, c} \\, g_{nijm} f \\frac{\\partialL}{\\partialf}=\\sumx\\,g class Conv2dByFiltersOp(ops.BaseOp): sizes = (3,) def compute(self, np, grad, x, windows, shape): places = math.prod(grad.shape[:3]) rows = windows.reshape(places, windows.shape[3]) return rows.T.dot(grad.reshape(places, grad.shape[3])).reshape(shape) def gradient(self, grad): (g, x, windows, _), graph, slide = self.inputs, self.graph, self.slide by_x = Conv2dByInputOp([g, grad, graph.shape(x)], graph, slide=slide).output by_g = Conv2dOp([x, windows, grad], graph, slide=slide).output return [by_g, by_x, None, None] def infer_dtype(self, grad, x, *_): return numpy.result_type(grad, x)",
""
],
[
"Convolution",
"mixins_convolution.html#Conv2dByFiltersOp",
"Conv2dByFiltersOp",
"The gradient with respect to the filters: sums of x[n,i+a,j+b,c] g[n,i,j,m].",
"class Conv2dByFiltersOp(ops.BaseOp): sizes = (3,) def compute(self, np, grad, x, windows, shape): places = math.prod(grad.shape[:3]) rows = windows.reshape(places, windows.shape[3]) return rows.T.dot(grad.reshape(places, grad.shape[3])).reshape(shape) def gradient(self, grad): (g, x, windows, _), graph, slide = self.inputs, self.graph, self.slide by_x = Conv2dByInputOp([g, grad, graph.shape(x)], graph, slide=slide).output by_g = Conv2dOp([x, windows, grad], graph, slide=slide).output return [by_g, by_x, None, None] def infer_dtype(self, grad, x, *_): return numpy.result_type(grad, x)",
""
],
[
"Convolution",
"mixins_convolution.html#S161",
"SeenOp",
"And a pixel? The window that stands a rows above it and b columns to the left of it sees it at (a,b). So the pixel gets a share from each of these places: ∂L∂xnpqc=∑abmgn,p−a,q−b,mfabcm That's a convolution again, with the filter upside down. But we don't go through the pixels of the image; we go through those of the window. For (a,b), the product of g with the matrix fab is a share for each place, and we add them all where the windows saw them. That's 25 products, and no row is copied. Figure 1 Each number that comes back brings the whole filter with it, and meets the pixels that the window saw.",
"a b (a, b) \\frac{\\partial L}{\\partial x_{n p q c}} = \\sum_{a b m} g_{n, p-a, q-b, m} \\, f_{abcm} (a, b) g f_{ab} a b (a,b) \\frac{\\partialL}{\\partialx}=\\sumg\\,f (a,b) g f class SeenOp(ops.BaseOp): def compute(self, np, grad, *more): padded, inside = self.slide.padded(more[-1]) image = np.zeros(padded, grad.dtype) for pixel, index in self.slide.seen(more[-1]): image[index] += self.part(np, pixel, grad, *more) return image[inside]",
""
],
[
"Convolution",
"mixins_convolution.html#SeenOp",
"SeenOp",
"An image to which each pixel (a, b) of the window adds what part says. The inputs end with the shape of the image.",
"class SeenOp(ops.BaseOp): def compute(self, np, grad, *more): padded, inside = self.slide.padded(more[-1]) image = np.zeros(padded, grad.dtype) for pixel, index in self.slide.seen(more[-1]): image[index] += self.part(np, pixel, grad, *more) return image[inside]",
""
],
[
"Convolution",
"mixins_convolution.html#SeenOp.part",
"SeenOp.part",
"What all windows add at pixel: (batch, rows, columns, channels).",
"def part(self, np, pixel, grad, *more): raise NotImplementedError",
""
],
[
"Convolution",
"mixins_convolution.html#Conv2dByInputOp",
"Conv2dByInputOp",
"The gradient with respect to the image: y[n,i+a,j+b,c] += g[n,i,j,m] f[a,b,c,m]. By itself, it's called a transposed convolution.",
"class Conv2dByInputOp(SeenOp): sizes = (2,) def part(self, np, pixel, grad, filters, shape): channels, outputs = filters.shape[2:] rows = grad.reshape(math.prod(grad.shape[:3]), outputs) return rows.dot(filters[pixel].T).reshape(*grad.shape[:3], channels) def infer_shape(self, grad, filters, shape): dims = stated_dims(self.inputs[2]) expected = slid(self.slide, dims, filters[3]) pairs = zip(grad or expected, expected) if len(grad or expected) != 4 or any( a != b for a, b in pairs if isinstance(a, int) and isinstance(b, int) ): raise ValueError( f\"from images of {show_shape(dims)}, conv2d makes \" f\"{show_shape(expected)}; got {show_shape(grad)}\" ) return dims def gradient(self, grad): (g, filters, _), graph, slide = self.inputs, self.graph, self.slide windows = WindowsOp([grad], graph, slide=slide).output by_filters = [g, grad, windows, graph.shape(filters)] return [ Conv2dOp([grad, windows, filters], graph, slide=slide).output, Conv2dByFiltersOp(by_filters, graph, slide=slide).output, None, ]",
""
],
[
"Convolution",
"mixins_convolution.html#S233",
"Convolution",
"Look at the three together. Each one's gradients are the other two, so you can differentiate a convolution as often as you like. >>> loss = graph.sum(graph.square(found)) >>> (by_stroke,) = graph.gradients(loss, [stroke]) >>> print(Session(graph).run(by_stroke)[:, :, 0, 0]) [[16.] [20.] [16.]] All found strokes together give ∑y2=26. Can you check the 16? The derivative is 2y times the pixel that the upper weight meets. On the long stroke these are 2 · 3 · 1 in both places, on the short one 2 · 2 · 0 and 2 · 2 · 1.",
"\\sum y^2 = 26 2 y \\sumy^2=26 2y class Convolution:",
""
],
[
"Convolution",
"mixins_convolution.html#Convolution",
"Convolution",
"A graph that slides filters over images.",
"class Convolution:",
""
],
[
"Convolution",
"mixins_convolution.html#Convolution.conv2d",
"Convolution.conv2d",
"Slide filters over images x: (batch, rows, columns, channels written). Args x images, (batch, rows, columns, channels read). filters (rows, columns, channels read, channels written). strides, dilation: one number, or two, for rows and for columns. padding \"SAME\", so that there's a place for each stride pixels, with zeros around the image; or \"VALID\", where windows stay within it. Raises ValueError the shapes don't fit; the window is larger than the image.",
"def conv2d(self, x, filters, strides=1, padding=\"SAME\", dilation=1, name=None): x, filters = self.convert(x), self.convert(filters) slide = _slide(filters, strides, padding, dilation) windows = WindowsOp([x], self, slide=slide).output return Conv2dOp([x, windows, filters], self, name, slide=slide).output",
""
],
[
"Convolution",
"mixins_convolution.html#Convolution.conv2d_transpose",
"Convolution.conv2d_transpose",
"What has y's shape after conv2d, spread over images of shape again. It's the gradient of conv2d with respect to its images, with y as the incoming gradient; the other arguments are those of that conv2d.",
"def conv2d_transpose( self, y, filters, shape, strides=1, padding=\"SAME\", dilation=1, name=None ): y, filters = self.convert(y), self.convert(filters) slide = _slide(filters, strides, padding, dilation) return Conv2dByInputOp([y, filters, shape], self, name, slide=slide).output",
""
],
[
"Convolution",
"mixins_convolution.html#slide",
"Where does the window stand?",
"Where does the window stand? The rest is counting. A Slide knows the window, and works out the places for an image of any size, whether that's known while building or in a run only.",
"class Slide(typing.NamedTuple): size: tuple strides: tuple dilation: tuple padding: str",
""
],
[
"Convolution",
"mixins_convolution.html#Slide",
"Slide",
"How a window slides over an image; each pair is for rows and columns.",
"class Slide(typing.NamedTuple): size: tuple strides: tuple dilation: tuple padding: str",
""
],
[
"Convolution",
"mixins_convolution.html#Slide.of",
"Slide.of",
"A slide, from one number or two for each pair.",
"@classmethod def of(cls, size, strides, padding, dilation=1): if padding not in (\"SAME\", \"VALID\"): raise ValueError(f\"padding is 'SAME' or 'VALID', got {padding!r}\") pairs = [] for given in (size, strides, dilation): pair = as_tuple(given) * (1 if numpy.ndim(given) else 2) pair = tuple(whole(n, \"a number of pixels\") for n in pair) if len(pair) != 2 or min(pair) \u003c 1: raise ValueError( \"size, strides and dilation are a number from 1 on, or two for \" f\"rows and columns, got {given!r}\" ) pairs.append(pair) return cls(*pairs, padding)",
""
],
[
"Convolution",
"mixins_convolution.html#Slide.reach",
"Slide.reach",
"How many rows and columns the window covers, with the gaps in it.",
"@property def reach(self): return tuple((n - 1) * gap + 1 for n, gap in zip(self.size, self.dilation))",
""
],
[
"Convolution",
"mixins_convolution.html#Slide.axis",
"Slide.axis",
"How many places a window has on axis i, and the padding at its two ends.",
"def axis(self, i, pixels): stride, reach = self.strides[i], self.reach[i] if self.padding == \"VALID\": return max((pixels - reach) // stride + 1, 0), 0, 0 places = -(-pixels // stride) missing = max((places - 1) * stride + reach - pixels, 0) return places, missing // 2, missing - missing // 2",
""
],
[
"Convolution",
"mixins_convolution.html#Slide.pad",
"Slide.pad",
"The image x with its padding.",
"def pad(self, np, x, value=0): ends = [self.axis(i, x.shape[1 + i])[1:] for i in (0, 1)] if ends == [(0, 0), (0, 0)]: return x return np.pad(x, [(0, 0), *ends, (0, 0)], constant_values=value)",
""
],
[
"Convolution",
"mixins_convolution.html#Slide.seen",
"Slide.seen",
"For each pixel of the window, the index of what all the windows see there. It's an index into a padded image; shape is that of the image. With 24 places in a row, pixel (0, 2) of the window sees columns 2 to 25.",
"def seen(self, shape): places = [self.axis(i, shape[1 + i])[0] for i in (0, 1)] for pixel in itertools.product(*map(range, self.size)): index = [slice(None)] for a, gap, stride, n in zip(pixel, self.dilation, self.strides, places): index.append(slice(a * gap, a * gap + stride * n, stride)) yield pixel, tuple(index)",
""
],
[
"Convolution",
"mixins_convolution.html#Slide.padded",
"Slide.padded",
"The shape of an image of shape with its padding, and its index in there.",
"def padded(self, shape): sizes, inside = list(shape), [slice(None)] for i, pixels in enumerate(shape[1:3]): _, before, after = self.axis(i, int(pixels)) sizes[1 + i] = before + pixels + after inside.append(slice(before, before + pixels)) return tuple(map(int, sizes)), tuple(inside) def _slide(filters, strides, padding, dilation): if filters.rank != 4 or not all(isinstance(n, int) for n in filters.dims[:2]): raise ValueError( \"filters have the shape (rows, columns, channels read, channels written), \" f\"the first two known, got {filters!r}\" ) return Slide.of(filters.dims[:2], strides, padding, dilation)",
""
],
[
"Convolution",
"mixins_convolution.html#slid",
"slid",
"The dims of what a window makes of images with dims; ValueError if it can't. It has as many channels as the images, unless you say how many.",
"def slid(slide, dims, channels=None): dims = tuple(Unknown() for _ in range(4)) if dims is None else dims if len(dims) != 4: raise ValueError( \"images have the shape (batch, rows, columns, channels), got \" f\"{show_shape(dims)}\" ) places = [] for i, pixels in enumerate(dims[1:3]): known = isinstance(pixels, int) places.append(slide.axis(i, pixels)[0] if known else Unknown()) if places[i] == 0: reach = \" x \".join(map(str, slide.reach)) raise ValueError( f\"a window of {reach} pixels doesn't fit into an image of \" f\"{show_shape(dims[1:3])}; use a smaller one, or padding='SAME'\" ) return (dims[0], *places, dims[3] if channels is None else channels)",
""
],
[
"Pooling",
"mixins_pooling.html#does-it-matter-exactly-where-the-stroke-is",
"Does it matter exactly where the stroke is?",
"Does it matter exactly where the stroke is? Not to a reader. A seven is a seven if its bar sits one pixel higher. So behind a convolution, which says how well a filter fits at each place, we keep only the best fit within a small window. That's max pooling. With windows of 2 by 2, side by side, three quarters of the numbers are gone, and what's left hardly changes when the image moves by a pixel. >>> import numpy >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> image = numpy.array([[1.0, 2.0, 0.0, 0.0], [4.0, 3.0, 0.0, 5.0]]) >>> x = graph.variable(image.reshape(1, 2, 4, 1), name=\"x\") >>> largest, mean = graph.max_pool(x, 2), graph.avg_pool(x, 2) >>> for value in Session(graph).run([largest, mean]): ... print(value.ravel()) [4. 5.] [2.5 1.25] Nudge the 4, and the maximum moves with it. Nudge the 3 beside it, and nothing happens. So the whole gradient goes to the largest, wherever that was, and the others get nothing. A mean treats all alike, so each gets a quarter. >>> for pooled in (largest, mean): ... (by_x,) = graph.gradients(graph.sum(pooled), [x]) ... print(Session(graph).run(by_x).reshape(2, 4)) [[0. 0. 0. 0.] [1. 0. 0. 1.]] [[0.25 0.25 0.25 0.25] [0.25 0.25 0.25 0.25]]",
"import functools import numpy import ops from mixins.convolution import SeenOp, Slide, slid from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"max pooling"
],
[
"Pooling",
"mixins_pooling.html#who-gets-the-gradient",
"Who gets the gradient?",
"Who gets the gradient? We don't compare windows one by one. For each pixel of the window, one slice of the image has what all windows see there, so four slices have it all. Their largest is the output.",
"def views(slide, np, x): lowest = -numpy.inf if x.dtype.kind == \"f\" else numpy.iinfo(x.dtype).min padded = slide.pad(np, x, lowest) return [padded[index] for _, index in slide.seen(x.shape)]",
""
],
[
"Pooling",
"mixins_pooling.html#views",
"views",
"For each pixel of the window, what all the windows see there.",
"def views(slide, np, x): lowest = -numpy.inf if x.dtype.kind == \"f\" else numpy.iinfo(x.dtype).min padded = slide.pad(np, x, lowest) return [padded[index] for _, index in slide.seen(x.shape)]",
""
],
[
"Pooling",
"mixins_pooling.html#MaxPoolOp",
"MaxPoolOp",
"The largest that each window sees; the gradient goes to the first of them.",
"class MaxPoolOp(ops.BaseOp): def compute(self, np, x): return functools.reduce(np.maximum, views(self.slide, np, x)) def gradient(self, grad): (x,), graph, slide = self.inputs, self.graph, self.slide winner = WinnerOp([x], graph, slide=slide).output inputs = [grad, winner, graph.shape(x)] return [PlaceOp(inputs, graph, slide=slide).output] def infer_shape(self, dims): return slid(self.slide, dims)",
""
],
[
"Pooling",
"mixins_pooling.html#S74",
"WinnerOp",
"The gradient has to know which pixel won. If two are equally large, the first one wins: TensorFlow and PyTorch decide like that as well.",
"class WinnerOp(MaxPoolOp): stops_gradient = True def compute(self, np, x): largest, *others = views(self.slide, np, x) winner = np.zeros(largest.shape, int) for i, seen in enumerate(others, 1):",
""
],
[
"Pooling",
"mixins_pooling.html#WinnerOp",
"WinnerOp",
"Which pixel of the window is the first of the largest: 0, 1, 2, ...",
"class WinnerOp(MaxPoolOp): stops_gradient = True def compute(self, np, x): largest, *others = views(self.slide, np, x) winner = np.zeros(largest.shape, int) for i, seen in enumerate(others, 1):",
""
],
[
"Pooling",
"mixins_pooling.html#S87",
"Who gets the gradient?",
"The numbers grow, so the last one to beat all before it remains.",
"winner = np.maximum(winner, i * (seen > largest)) largest = np.maximum(seen, largest) return winner def infer_dtype(self, _): return numpy.dtype(int)",
""
],
[
"Pooling",
"mixins_pooling.html#S96",
"PlaceOp",
"So a max pooling picks one pixel of each window, and its gradient places a number where that pixel was. What's the gradient of placing? Picking, from the same pixels.",
"class PlaceOp(SeenOp): sizes = (2,) def part(self, np, pixel, grad, winner, shape): number = pixel[0] * self.slide.size[1] + pixel[1] return grad * (winner == number) def gradient(self, grad): winner = self.inputs[1] picked = PickOp([grad, winner], self.graph, slide=self.slide).output return [picked, None, None]",
"picks places"
],
[
"Pooling",
"mixins_pooling.html#PlaceOp",
"PlaceOp",
"Zeros, with each number added to the pixel that won its window.",
"class PlaceOp(SeenOp): sizes = (2,) def part(self, np, pixel, grad, winner, shape): number = pixel[0] * self.slide.size[1] + pixel[1] return grad * (winner == number) def gradient(self, grad): winner = self.inputs[1] picked = PickOp([grad, winner], self.graph, slide=self.slide).output return [picked, None, None]",
""
],
[
"Pooling",
"mixins_pooling.html#PickOp",
"PickOp",
"From each window, the pixel that won.",
"class PickOp(ops.BaseOp): def compute(self, np, x, winner): picked, *others = views(self.slide, np, x) for i, seen in enumerate(others, 1): picked = np.where(winner == i, seen, picked) return picked def gradient(self, grad): (x, winner), graph = self.inputs, self.graph inputs = [grad, winner, graph.shape(x)] return [PlaceOp(inputs, graph, slide=self.slide).output, None] def infer_shape(self, dims, winner): return winner",
""
],
[
"Pooling",
"mixins_pooling.html#the-mean",
"The mean, and why the border counts",
"The mean, and why the border counts A mean is a sum, divided by a count. With the padding \"SAME\", windows at the border see zeros that aren't pixels. They'd pull the mean down, so we count only pixels. How many are there in each window? Pool an image of ones: >>> ones = graph.constant(numpy.ones((1, 3, 3, 1))) >>> slide = Slide.of(2, strides=2, padding=\"SAME\") >>> count = SumPoolOp([ones], graph, slide=slide).output >>> print(Session(graph).run(count)[0, :, :, 0]) [[4. 2.] [2. 1.]]",
"class SumPoolOp(ops.BaseOp): def compute(self, np, x): padded = self.slide.pad(np, x) seen = [padded[index] for _, index in self.slide.seen(x.shape)] return functools.reduce(np.add, seen) def gradient(self, grad): (x,), graph = self.inputs, self.graph return [SpreadOp([grad, graph.shape(x)], graph, slide=self.slide).output] def infer_shape(self, dims): return slid(self.slide, dims)",
""
],
[
"Pooling",
"mixins_pooling.html#SumPoolOp",
"SumPoolOp",
"The sum of what each window sees.",
"class SumPoolOp(ops.BaseOp): def compute(self, np, x): padded = self.slide.pad(np, x) seen = [padded[index] for _, index in self.slide.seen(x.shape)] return functools.reduce(np.add, seen) def gradient(self, grad): (x,), graph = self.inputs, self.graph return [SpreadOp([grad, graph.shape(x)], graph, slide=self.slide).output] def infer_shape(self, dims): return slid(self.slide, dims)",
""
],
[
"Pooling",
"mixins_pooling.html#SpreadOp",
"SpreadOp",
"Zeros, with each number added to all the pixels of its window.",
"class SpreadOp(SeenOp): sizes = (1,) def part(self, np, pixel, grad, shape): return grad def gradient(self, grad): return [SumPoolOp([grad], self.graph, slide=self.slide).output, None]",
""
],
[
"Pooling",
"mixins_pooling.html#Pooling",
"Pooling",
"A graph that keeps one number for each window of an image.",
"class Pooling:",
""
],
[
"Pooling",
"mixins_pooling.html#Pooling.max_pool",
"Pooling.max_pool",
"Return the largest of each window, for each channel of images x. Args x images, (batch, rows, columns, channels). size that of the window, one number, or two, for rows and columns. strides by default size, so that windows stand side by side. padding as in conv2d. Raises ValueError x isn't a batch of images, or the window is larger than they.",
"def max_pool(self, x, size, strides=None, padding=\"VALID\", name=None): slide = Slide.of(size, size if strides is None else strides, padding) return MaxPoolOp([x], self, name, slide=slide).output",
""
],
[
"Pooling",
"mixins_pooling.html#Pooling.avg_pool",
"Pooling.avg_pool",
"Return the mean over each window; everything else is as in max_pool. Pixels that only pad the image don't count.",
"def avg_pool(self, x, size, strides=None, padding=\"VALID\", name=None): slide = Slide.of(size, size if strides is None else strides, padding) x = self.convert(x) total = SumPoolOp([x], self, slide=slide).output ones = self.ones_like(x[:1, :, :, :1]) count = SumPoolOp([ones], self, slide=slide).output return self.div(total, count, name)",
""
],
[
"Pooling",
"mixins_pooling.html#S206",
"The mean, and why the border counts",
"Part X builds a network that sees: convolution, pooling, and at the end a layer that you know.",
"",
""
],
[
"Normalization",
"mixins_normalization.html#how-do-you-keep-signals-from-fading-or-exploding-measure-and-rescale",
"How do you keep signals from fading or exploding? Measure, and rescale",
"How do you keep signals from fading or exploding? Measure, and rescale Multiply by a hundred random matrices, one layer after the other, and your signal has long vanished, or overflowed. You can start the weights at just the right size, but they change. Batch normalization doesn't hope. It measures: over the examples of the batch, each unit's values get a mean of 0 and a variance of 1. y=γx−μσ2+ϵ+β Here μ and σ2 are the batch's own mean and variance, and a small ϵ saves us from a division by 0. A scale γ and an offset β are learned, so the network may undo all of it, if that's better. >>> import numpy >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.variable([[1.0, 10], [2, 20], [3, 60]], name=\"x\") >>> mean, variance = graph.moments(x, 0) >>> y = graph.batch_normalization(x, mean, variance, 1, 2) >>> for value in Session(graph).run([mean, variance, y]): ... print(value.round(3)) [ 2. 30.] [ 0.667 466.667] [[-1.448 -0.852] [ 1. 0.074] [ 3.448 3.777]] Both columns now have a mean of 1 and a spread of 2, although one began thirty times as large. And the gradient? Everything here is made of operations that know their derivatives, μ and σ included. Hold on to what that means: an example's gradient depends on the other examples of its batch. Add the same number to all of them, and y doesn't change. So the gradients of a batch sum to 0: >>> weights = graph.constant([[1.0, 2], [3, 4], [5, -6]]) >>> (by_x,) = graph.gradients(graph.sum(y * weights), [x]) >>> bool(abs(Session(graph).run(by_x).sum(axis=0)).max() \u003c 1e-12) True What about a single example, later, when there's no batch? Then you take a mean and a variance that you've averaged while training. That's why they're arguments.",
"y = \\gamma \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\epsilon}} + \\beta \\mu \\sigma^2 \\epsilon \\gamma \\beta \\mu \\sigma y y=\\gamma\\frac{x-\\mu}{\\sqrt{\\sigma^2+\\epsilon}}+\\beta \\mu \\sigma^2 \\epsilon \\gamma \\beta \\mu \\sigma y from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"Batch normalization"
],
[
"Normalization",
"mixins_normalization.html#Normalization",
"Normalization",
"A graph that measures means and variances, and normalizes by them.",
"class Normalization:",
""
],
[
"Normalization",
"mixins_normalization.html#Normalization.moments",
"Normalization.moments",
"Return the mean and the variance of x over axis, as in Graph.mean.",
"def moments(self, x, axis=None, keepdims=False): x = self.convert(x) mean = self.mean(x, axis, keepdims=True) variance = self.mean(self.square(x - mean), axis, keepdims) return (mean if keepdims else self.mean(x, axis)), variance",
""
],
[
"Normalization",
"mixins_normalization.html#Normalization.batch_normalization",
"Normalization.batch_normalization",
"(x - mean) / sqrt(variance + epsilon) * scale + offset. All broadcast. offset and scale may be None, as if they were 0 and 1.",
"def batch_normalization( self, x, mean, variance, offset=0, scale=1, epsilon=0.001, name=None ): factor = 1 / self.sqrt(self.convert(variance) + epsilon) if scale is not None: factor = factor * scale centered = self.convert(x) - mean if offset is None: return self.mul(centered, factor, name) return self.add(centered * factor, offset, name)",
""
],
[
"Logic",
"mixins_logic.html#why-cant-you-write-a-and-b",
"Why can't you write a and b?",
"Why can't you write a and b? Because Python would ask a for its truth value on the spot, and a tensor has none until a run. Python won't let a class redefine and, or and not. But you can redefine &, |, ^ and ~, so those build operations. Mind the parentheses: & binds tighter than >. >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.constant([1.0, 2.0, 3.0]) >>> print(Session(graph).run((x > 1) & ~(x > 2))) [False True False]",
"import numpy import ops from mixins.shapes import whole from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Logic",
"mixins_logic.html#LogicTensor",
"LogicTensor",
"A tensor with the operators &, |, ^ and ~.",
"class LogicTensor: def __and__(self, other): return self.graph.logical_and(self, other) def __rand__(self, other): return self.graph.logical_and(other, self) def __or__(self, other): return self.graph.logical_or(self, other) def __ror__(self, other): return self.graph.logical_or(other, self) def __xor__(self, other): return self.graph.logical_xor(self, other) def __rxor__(self, other): return self.graph.logical_xor(other, self) def __abs__(self): return self.graph.abs(self) def __invert__(self): return self.graph.logical_not(self)",
""
],
[
"Logic",
"mixins_logic.html#NotEqualOp",
"NotEqualOp",
"Whether a and b differ.",
"class NotEqualOp(ops.CompareOp): def compute(self, np, a, b): return a != b",
""
],
[
"Logic",
"mixins_logic.html#AbsOp",
"AbsOp",
"y = |x|, so dy/dx is the sign of x; at the kink, 0.",
"class AbsOp(ops.ElementwiseOp): def compute(self, np, x): return np.abs(x) def gradient(self, grad): (x,) = self.inputs return [grad * self.graph.sign(x)]",
""
],
[
"Logic",
"mixins_logic.html#S70",
"SignOp",
"A sign is as flat as a comparison. But you compute with it, as with a rounded quotient, so its gradient is 0 instead of an error.",
"class SignOp(ops.ElementwiseOp): stops_gradient = True def compute(self, np, x): return np.sign(x)",
""
],
[
"Logic",
"mixins_logic.html#SignOp",
"SignOp",
"y = -1, 0 or 1, so dy/dx = 0; at the jump, 0 too.",
"class SignOp(ops.ElementwiseOp): stops_gradient = True def compute(self, np, x): return np.sign(x)",
""
],
[
"Logic",
"mixins_logic.html#MinimumOp",
"MinimumOp",
"y = min(a, b): the gradient goes to the smaller; on a tie, to a.",
"class MinimumOp(ops.ElementwiseOp): def compute(self, np, a, b): return np.minimum(a, b) def gradient(self, grad): (a, b), where = self.inputs, self.graph.where return [where(a \u003c= b, grad, 0), where(a \u003c= b, 0, grad)]",
""
],
[
"Logic",
"mixins_logic.html#MinOp",
"MinOp",
"y = the minimum of x over axis: the gradient goes there; ties share it.",
"class MinOp(ops.MaxOp): def compute(self, np, x): return x.min(axis=self.axis, keepdims=self.keepdims)",
""
],
[
"Logic",
"mixins_logic.html#LogicalOp",
"LogicalOp",
"An operation on truth values; TypeError for numbers.",
"class LogicalOp(ops.CompareOp): def infer_dtype(self, *dtypes): for x in self.inputs: if x.dtype.kind != \"b\": raise TypeError( f\"{self.kind} takes truth values, got {x!r}; compare it first\" ) return numpy.dtype(bool)",
""
],
[
"Logic",
"mixins_logic.html#LogicalAndOp",
"LogicalAndOp",
"Whether a and b are both true.",
"class LogicalAndOp(LogicalOp): def compute(self, np, a, b): return np.logical_and(a, b)",
""
],
[
"Logic",
"mixins_logic.html#LogicalOrOp",
"LogicalOrOp",
"Whether a or b is true, or both.",
"class LogicalOrOp(LogicalOp): def compute(self, np, a, b): return np.logical_or(a, b)",
""
],
[
"Logic",
"mixins_logic.html#LogicalXorOp",
"LogicalXorOp",
"Whether exactly one of a and b is true.",
"class LogicalXorOp(LogicalOp): def compute(self, np, a, b): return np.logical_xor(a, b)",
""
],
[
"Logic",
"mixins_logic.html#LogicalNotOp",
"LogicalNotOp",
"Whether x is false.",
"class LogicalNotOp(LogicalOp): def compute(self, np, x): return np.logical_not(x)",
""
],
[
"Logic",
"mixins_logic.html#ArgmaxOp",
"ArgmaxOp",
"The index of the largest element along axis; on a tie, the first.",
"class ArgmaxOp(ops.ReduceOp): keepdims = False def compute(self, np, x): return x.argmax(axis=self.axis) def infer_dtype(self, dtype): return numpy.dtype(int)",
""
],
[
"Logic",
"mixins_logic.html#ArgminOp",
"ArgminOp",
"The index of the smallest element along axis; on a tie, the first.",
"class ArgminOp(ArgmaxOp): def compute(self, np, x): return x.argmin(axis=self.axis)",
""
],
[
"Logic",
"mixins_logic.html#Logic",
"Logic",
"A graph that combines truth values, finds the largest element, and clips.",
"class Logic:",
""
],
[
"Logic",
"mixins_logic.html#Logic.min",
"Logic.min",
"Return the smallest element over axis.",
"def min(self, x, axis=None, keepdims=False, name=None): return self.reduce(MinOp, x, axis, keepdims, name)",
""
],
[
"Logic",
"mixins_logic.html#Logic.clip",
"Logic.clip",
"Limit x to the range from low to high.",
"def clip(self, x, low, high, name=None): return self.minimum(self.maximum(x, low), high, name)",
""
],
[
"Logic",
"mixins_logic.html#Logic.argmax",
"Logic.argmax",
"Return the index of the largest element along axis, or of all of x.",
"def argmax(self, x, axis=None, name=None): return ArgmaxOp([x], self, name, axis=one_axis(axis)).output",
""
],
[
"Logic",
"mixins_logic.html#Logic.argmin",
"Logic.argmin",
"Return the index of the smallest element along axis, or of all of x.",
"def argmin(self, x, axis=None, name=None): return ArgminOp([x], self, name, axis=one_axis(axis)).output",
""
],
[
"Logic",
"mixins_logic.html#one_axis",
"one_axis",
"Return axis as an int, or None.",
"def one_axis(axis): return axis if axis is None else whole(axis, \"an axis\")",
""
],
[
"Losses",
"mixins_losses.html#how-wrong-is-a-classifier-and-how-do-you-say-it-without-nan",
"How wrong is a classifier, and how do you say it without NaN?",
"How wrong is a classifier, and how do you say it without NaN? A classifier gives each class a number, its logit. The softmax turns logits into probabilities, positive numbers that sum to 1: pj=exj∑kexk Compute it as it stands, and logits of 1000 and 0 give you inf / inf. The way out: the softmax doesn't change when you subtract a number c from all logits, since ex−c=ex/ec and ec cancels. So we subtract the largest logit. Then no exponential is above 1, and one of them is 1, so their sum is neither infinite nor 0. The result doesn't depend on c, so no gradient needs to flow through c, and Graph.stop_gradient says so. >>> import numpy >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.constant([1000.0, 0.0]) >>> naive = graph.exp(x) / graph.sum(graph.exp(x)) >>> with numpy.errstate(over=\"ignore\", invalid=\"ignore\"): ... print(*Session(graph).run([naive, graph.softmax(x)])) [nan 0.] [1. 0.] And its gradient? We needn't derive it: the softmax is made of operations that know their derivatives. But you can check it by hand. With s=∑kexk, the quotient rule has two cases, because xj is in the numerator of pj and in the denominator of every pi: ∂pj∂xj=exjs−exjexjs2=pj−pjpj∂pi∂xj=−exiexjs2=−pipj Let g be the incoming gradient, ∂L/∂p. Then xj gets the sum of gi∂pi/∂xj over all i, which is gjpj−∑igipipj=pj(gj−∑igipi) >>> x = graph.constant([1.0, 2.0, 3.0]) >>> g = graph.constant([1.0, 0.0, 0.0]) >>> p = graph.softmax(x) >>> (ours,) = graph.gradients(p, [x], grad_y=g) >>> by_hand = p * (g - graph.sum(g * p)) >>> for value in Session(graph).run([p, ours, by_hand]): ... print(value.round(4)) [0.09 0.2447 0.6652] [ 0.0819 -0.022 -0.0599] [ 0.0819 -0.022 -0.0599]",
"p_j = \\frac{e^{x_j}}{\\sum_k e^{x_k}} c e^{x - c} = e^x / e^c e^c c c s = \\sum_k e^{x_k} x_j p_j p_i \\frac{\\partial p_j}{\\partial x_j} = \\frac{e^{x_j} s - e^{x_j} e^{x_j}}{s^2} = p_j - p_j p_j \\frac{\\partial p_i}{\\partial x_j} = -\\frac{e^{x_i} e^{x_j}}{s^2} = -p_i p_j g \\partial L / \\partial p x_j g_i \\, \\partial p_i / \\partial x_j i g_j p_j - \\sum_i g_i p_i p_j = p_j \\left(g_j - \\sum_i g_i p_i\\right) p=\\frac{e^{x}}{\\sume^{x}} c e^{x-c}=e^x/e^c e^c c c s=\\sume^{x} x p p \\frac{\\partialp}{\\partialx}=\\frac{e^{x}s-e^{x}e^{x}}{s^2}=p-pp \\frac{\\partialp}{\\partialx}=-\\frac{e^{x}e^{x}}{s^2}=-pp g \\partialL/\\partialp x g\\,\\partialp/\\partialx i gp-\\sumgpp=p\\left(g-\\sumgp\\right) import ops from mixins.dtypes import numbers from mixins.indexing import OneHotOp from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
"logit softmax"
],
[
"Losses",
"mixins_losses.html#S58",
"SoftplusOp",
"The chain rule on ln(1+ex) gives 1/(1+ex), times ex. NumPy's logaddexp(a, b) is ln(ea+eb) without overflow; Exercise 9 asks you to do without it.",
"\\ln(1 + e^x) 1 / (1 + e^x) e^x \\ln(e^a + e^b) \\ln(1+e^x) 1/(1+e^x) e^x \\ln(e^a+e^b) class SoftplusOp(ops.ElementwiseOp): floating = True def compute(self, np, x): return np.logaddexp(0, x) def gradient(self, grad): (x,) = self.inputs return [grad * self.graph.sigmoid(x)]",
""
],
[
"Losses",
"mixins_losses.html#SoftplusOp",
"SoftplusOp",
"y = ln(1 + e^x), so dy/dx = e^x / (1 + e^x) = sigmoid(x).",
"class SoftplusOp(ops.ElementwiseOp): floating = True def compute(self, np, x): return np.logaddexp(0, x) def gradient(self, grad): (x,) = self.inputs return [grad * self.graph.sigmoid(x)]",
""
],
[
"Losses",
"mixins_losses.html#ClassesOp",
"ClassesOp",
"A one-hot row for each label; ValueError if it's not in 0 to depth - 1.",
"class ClassesOp(OneHotOp): def compute(self, np, indices):",
""
],
[
"Losses",
"mixins_losses.html#S80",
"How wrong is a classifier, and how do you say it without NaN?",
"A small integer type may be too small for depth.",
"indices = indices.astype(int) outside = (indices \u003c 0) | (indices >= self.depth) if outside.any(): raise ValueError( f\"the label {indices[outside].ravel()[0]} is not among the classes 0 \" f\"to {self.depth - 1}\" ) return super().compute(np, indices)",
""
],
[
"Losses",
"mixins_losses.html#Losses",
"Losses",
"A graph with softmax, and with the cross-entropies of classifiers.",
"class Losses:",
""
],
[
"Losses",
"mixins_losses.html#Losses.softmax",
"Losses.softmax",
"e^x, divided by its sum over axis: positive numbers that sum to 1.",
"def softmax(self, x, axis=-1, name=None): exp = self.exp(self._below_zero(x, axis)) return self.div(exp, self.sum(exp, axis, keepdims=True), name)",
""
],
[
"Losses",
"mixins_losses.html#Losses.log_softmax",
"Losses.log_softmax",
"The logarithm of the softmax, finite where the softmax rounds to 0.",
"def log_softmax(self, x, axis=-1, name=None): x = self._below_zero(x, axis) return self.sub(x, self.log(self.sum(self.exp(x), axis, keepdims=True)), name) def _below_zero(self, x, axis): return x - self.stop_gradient(self.max(x, axis, keepdims=True))",
""
],
[
"Losses",
"mixins_losses.html#why-do-softmax-and-cross-entropy-go-together",
"Why do softmax and cross-entropy go together?",
"Why do softmax and cross-entropy go together? Let the label t be 1 for the right class and 0 for the others. An example's cross-entropy is minus the logarithm of the right class's probability: 0 if that's 1, and large if it's small. L=−∑jtjlnpj Why a logarithm? Because it turns products into sums. The probability of all labels together is a product over the examples, and it's largest where the sum of the negative logarithms is smallest. With lnpj=xj−ln∑kexk this is L=−∑jtjxj+(∑jtj)ln∑kexk=−∑jtjxj+ln∑kexk since t sums to 1. The first part has the derivative −tj with respect to xj. The second needs the chain rule: lns has the derivative 1/s, and only one term of s=∑kexk contains xj, so ∂s/∂xj=exj. ∂∂xjln∑kexk=1∑kexk·exj=pj Together ∂L∂xj=pj−tj Hold on to this one: the gradient is how far the probabilities are from the label, and nothing else. >>> x = graph.constant([[1.0, 2.0, 3.0]]) >>> t = graph.constant([[1.0, 0.0, 0.0]]) >>> L = graph.softmax_cross_entropy(x, t) >>> (gradient,) = graph.gradients(L, [x]) >>> values = Session(graph).run([L, gradient, graph.softmax(x) - t]) >>> print(*(value.round(4) for value in values)) 2.4076 [[-0.91 0.2447 0.6652]] [[-0.91 0.2447 0.6652]] That's why the two go together. Take an answer that's wrong and sure of itself, 10 against 0. Its gradient is almost 1, so it learns. A squared error would keep the softmax's factors pj(1−pj), and its gradient almost vanishes: >>> x, t = graph.constant([10.0, 0.0]), graph.constant([0.0, 1.0]) >>> squared = graph.sum(graph.square(graph.softmax(x) - t)) >>> for loss in [graph.softmax_cross_entropy(x, t), squared]: ... (gradient,) = graph.gradients(loss, [x]) ... print(Session(graph).run(gradient).round(4)) [ 1. -1.] [ 0.0002 -0.0002] And Graph.log_softmax stays finite where the softmax itself rounds to 0.",
"t L = -\\sum_j t_j \\ln p_j \\ln p_j = x_j - \\ln \\sum_k e^{x_k} L = -\\sum_j t_j x_j + \\left(\\sum_j t_j\\right) \\ln \\sum_k e^{x_k} = -\\sum_j t_j x_j + \\ln \\sum_k e^{x_k} t -t_j x_j \\ln s 1/s s = \\sum_k e^{x_k} x_j \\partial s / \\partial x_j = e^{x_j} \\frac{\\partial}{\\partial x_j} \\ln \\sum_k e^{x_k} = \\frac{1}{\\sum_k e^{x_k}} \\cdot e^{x_j} = p_j \\frac{\\partial L}{\\partial x_j} = p_j - t_j p_j (1 - p_j) t L=-\\sumt\\lnp \\lnp=x-\\ln\\sume^{x} L=-\\sumtx+\\left(\\sumt\\right)\\ln\\sume^{x}=-\\sumtx+\\ln\\sume^{x} t -t x \\lns 1/s s=\\sume^{x} x \\partials/\\partialx=e^{x} \\frac{\\partial}{\\partialx}\\ln\\sume^{x}=\\frac{1}{\\sume^{x}}\\cdote^{x}=p \\frac{\\partialL}{\\partialx}=p-t p(1-p) def softmax_cross_entropy(self, logits, labels, name=None, mean=True): logits = self.convert(logits) if not isinstance(labels, Tensor): array = numbers(labels, \"labels\") indices = array.dtype.kind in \"iu\" and array.ndim + 1 == logits.rank labels = self.constant(array, dtype=int if indices else logits.dtype) given = labels = self.convert(labels) if labels.dtype.kind in \"iu\": attributes = {\"depth\": _classes(logits), \"dtype\": logits.dtype.name} labels = ClassesOp([labels], self, **attributes).output labels = self.match_shape( self.cast(labels, logits.dtype), logits, given, \"; or, if they are classes of type int, that without the last axis\", ) each = self.sum(labels * self.log_softmax(logits), axis=-1) return self.neg(self.mean(each) if mean else each, name)",
"label cross-entropy"
],
[
"Losses",
"mixins_losses.html#Losses.softmax_cross_entropy",
"Losses.softmax_cross_entropy",
"The mean over examples of -sum(labels * log(softmax(logits))). logits has shape (..., classes). labels has the same shape, and a distribution in each row, or shape (...,) and integer indices of classes. Without mean, there's one number for each example.",
"def softmax_cross_entropy(self, logits, labels, name=None, mean=True): logits = self.convert(logits) if not isinstance(labels, Tensor): array = numbers(labels, \"labels\") indices = array.dtype.kind in \"iu\" and array.ndim + 1 == logits.rank labels = self.constant(array, dtype=int if indices else logits.dtype) given = labels = self.convert(labels) if labels.dtype.kind in \"iu\": attributes = {\"depth\": _classes(logits), \"dtype\": logits.dtype.name} labels = ClassesOp([labels], self, **attributes).output labels = self.match_shape( self.cast(labels, logits.dtype), logits, given, \"; or, if they are classes of type int, that without the last axis\", ) each = self.sum(labels * self.log_softmax(logits), axis=-1) return self.neg(self.mean(each) if mean else each, name)",
""
],
[
"Losses",
"mixins_losses.html#S186",
"Losses.sigmoid_cross_entropy",
"For two classes a single logit is enough: one has the probability p=σ(x), the other 1−p. Because −lnσ(x)=ln(1+e−x), which is softplus(-x), and −ln(1−σ(x))=ln(1+ex), which is softplus(x), the loss is L=tln(1+e−x)+(1−t)ln(1+ex) The derivative of softplus is the sigmoid, so ∂L/∂x=−t(1−p)+(1−t)p=p−t, as before. (Here the loss is a mean over three examples, so each gradient is a third of that.) >>> x = graph.constant([-1e4, 0.5, 1e4]) >>> t = graph.constant([0.0, 1.0, 0.0]) >>> L = graph.sigmoid_cross_entropy(x, t) >>> (gradient,) = graph.gradients(L, [x]) >>> by_hand = graph.sigmoid(x) - t >>> for value in Session(graph).run([3 * gradient, by_hand]): ... print(value) [ 0. -0.37754067 1. ] [ 0. -0.37754067 1. ]",
"p = \\sigma(x) 1 - p -\\ln \\sigma(x) = \\ln(1 + e^{-x}) -\\ln (1 - \\sigma(x)) = \\ln(1 + e^x) L = t \\ln(1 + e^{-x}) + (1 - t) \\ln(1 + e^x) \\partial L / \\partial x = -t\\,(1 - p) + (1 - t)\\,p = p - t p=\\sigma(x) 1-p -\\ln\\sigma(x)=\\ln(1+e^{-x}) -\\ln(1-\\sigma(x))=\\ln(1+e^x) L=t\\ln(1+e^{-x})+(1-t)\\ln(1+e^x) \\partialL/\\partialx=-t\\,(1-p)+(1-t)\\,p=p-t def sigmoid_cross_entropy(self, logits, labels, name=None, mean=True): logits = self.convert(logits) given = self.convert(labels) labels = self.match_shape(self.cast(given, logits.dtype), logits, given) ones = labels * self.softplus(-logits) zeros = (1 - labels) * self.softplus(logits) each = self.add(ones, zeros, None if mean else name) return self.mean(each, name=name) if mean else each def _classes(logits): if not logits.rank or not isinstance(logits.dims[-1], int): raise ValueError(f\"the number of classes in {logits!r} must be known\") return logits.dims[-1]",
""
],
[
"Losses",
"mixins_losses.html#Losses.sigmoid_cross_entropy",
"Losses.sigmoid_cross_entropy",
"The mean of -labels log(sigmoid(logits)) - (1 - labels) log(1 - ...). Without mean, there's one number for each logit.",
"def sigmoid_cross_entropy(self, logits, labels, name=None, mean=True): logits = self.convert(logits) given = self.convert(labels) labels = self.match_shape(self.cast(given, logits.dtype), logits, given) ones = labels * self.softplus(-logits) zeros = (1 - labels) * self.softplus(logits) each = self.add(ones, zeros, None if mean else name) return self.mean(each, name=name) if mean else each def _classes(logits): if not logits.rank or not isinstance(logits.dims[-1], int): raise ValueError(f\"the number of classes in {logits!r} must be known\") return logits.dims[-1]",
""
],
[
"Randomness",
"mixins_randomness.html#how-can-an-operation-be-random",
"How can an operation be random?",
"How can an operation be random? An operation is a function of its inputs: same inputs, same output. A random number isn't like that. So we make the generator an input as well. Each session brings its own, and two sessions with the same seed draw the same numbers: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.random_uniform((2,)) >>> first, second = (Session(graph, seed=0).run(x) for _ in range(2)) >>> (first == second).all() np.True_",
"import numpy import ops from mixins.dtypes import as_array from session import Interpreter from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
""
],
[
"Randomness",
"mixins_randomness.html#RandomOp",
"RandomOp",
"Numbers of type dtype, drawn in each run.",
"class RandomOp(ops.BaseOp): pure = False stops_gradient = True sizes = (1,) def infer_dtype(self, _, __): return numpy.dtype(self.dtype)",
""
],
[
"Randomness",
"mixins_randomness.html#RandomNormalOp",
"RandomNormalOp",
"Numbers from a normal distribution with mean and stddev.",
"class RandomNormalOp(RandomOp): def compute(self, np, rng, shape): return np.asarray(rng.normal(self.mean, self.stddev, shape), self.dtype)",
""
],
[
"Randomness",
"mixins_randomness.html#TruncatedNormalOp",
"TruncatedNormalOp",
"Normal numbers, redrawn if over two stddev from mean.",
"class TruncatedNormalOp(RandomOp): def compute(self, np, rng, shape): drawn = np.asarray(rng.normal(size=shape)) while (far := abs(drawn) > 2).any(): drawn[far] = rng.normal(size=far.sum()) return np.asarray(self.mean + self.stddev * drawn, self.dtype)",
""
],
[
"Randomness",
"mixins_randomness.html#RandomUniformOp",
"RandomUniformOp",
"Numbers spread evenly between low and high.",
"class RandomUniformOp(RandomOp): def compute(self, np, rng, shape): return np.asarray(rng.uniform(self.low, self.high, shape), self.dtype)",
""
],
[
"Randomness",
"mixins_randomness.html#Randomness",
"Randomness",
"A graph that draws random numbers. Attributes generator the tensor that stands for a session's generator; None if unused.",
"class Randomness: generator = None",
""
],
[
"Randomness",
"mixins_randomness.html#Randomness.random_normal",
"Randomness.random_normal",
"Normally distributed numbers, drawn anew in each run.",
"def random_normal(self, shape, mean=0.0, stddev=1.0, dtype=None, name=None): limits = {\"mean\": float(mean), \"stddev\": _not_negative(stddev)} return self._random(RandomNormalOp, shape, dtype, name, limits)",
""
],
[
"Randomness",
"mixins_randomness.html#Randomness.random_uniform",
"Randomness.random_uniform",
"Numbers spread evenly from low to high, drawn anew in each run.",
"def random_uniform(self, shape, low=0.0, high=1.0, dtype=None, name=None): limits = {\"low\": float(low), \"high\": float(high)} if not limits[\"low\"] \u003c= limits[\"high\"]: raise ValueError(f\"low is at most high, got {low} and {high}\") return self._random(RandomUniformOp, shape, dtype, name, limits)",
""
],
[
"Randomness",
"mixins_randomness.html#Randomness.truncated_normal",
"Randomness.truncated_normal",
"Normally distributed numbers within two stddev of mean.",
"def truncated_normal(self, shape, mean=0.0, stddev=1.0, dtype=None, name=None): limits = {\"mean\": float(mean), \"stddev\": _not_negative(stddev)} return self._random(TruncatedNormalOp, shape, dtype, name, limits) def _random(self, op_class, shape, dtype, name, limits): if self.generator is None: self.generator = self.tensor(name=\"rng\", kind=\"generator\", shape=()) dtype = numpy.dtype(dtype or self.dtype).name inputs = [self.generator, shape] return op_class(inputs, self, name, dtype=dtype, **limits).output",
""
],
[
"Randomness",
"mixins_randomness.html#S93",
"Randomness.dropout",
"A network that relies on one unit is brittle. Dropout leaves some out at random in each run, so it can't. We divide the ones that we keep by keep_prob, so that on average a sum over many units stays the same. You keep a unit with probability 0.8. What's its value, on average? 0.8·x/0.8=x. Nothing needs to change when you stop dropping.",
"0.8 \\cdot x / 0.8 = x 0.8\\cdotx/0.8=x def dropout(self, x, keep_prob, name=None): if not isinstance(keep_prob, Tensor) and not 0 \u003c keep_prob \u003c= 1: raise ValueError(f\"keep_prob is above 0 and at most 1, got {keep_prob}\") x = self.convert(x) if x.dtype.kind != \"f\": raise TypeError(f\"dropout of floating point, got {x!r}\") if isinstance(keep_prob, Tensor):",
"Dropout"
],
[
"Randomness",
"mixins_randomness.html#Randomness.dropout",
"Randomness.dropout",
"Keep each element of x with probability keep_prob, divided by it; else 0. Raises ValueError keep_prob is a number that's not in (0, 1]. TypeError x isn't a tensor of floats.",
"def dropout(self, x, keep_prob, name=None): if not isinstance(keep_prob, Tensor) and not 0 \u003c keep_prob \u003c= 1: raise ValueError(f\"keep_prob is above 0 and at most 1, got {keep_prob}\") x = self.convert(x) if x.dtype.kind != \"f\": raise TypeError(f\"dropout of floating point, got {x!r}\") if isinstance(keep_prob, Tensor):",
""
],
[
"Randomness",
"mixins_randomness.html#S114",
"How can an operation be random?",
"As a single number it can't change the shape of x.",
"keep_prob = self.reshape(keep_prob, ()) kept = self.random_uniform(self.shape(x), dtype=x.dtype) \u003c keep_prob return self.where(kept, x / keep_prob, 0, name) def _not_negative(stddev): if not stddev >= 0: raise ValueError(f\"stddev is at least 0, got {stddev}\") return float(stddev)",
""
],
[
"Randomness",
"mixins_randomness.html#when-does-a-variable-get-its-first-value",
"When does a variable get its first value?",
"When does a variable get its first value? When a run first needs it. The initial value may be a tensor, random or not, that needs other variables. You made those earlier, so we go in the order they were made. And if the run fails, it's as if it never drew a number or set a first value. >>> w = graph.variable(graph.random_normal((2,)), name=\"w\") >>> twice = graph.variable(2 * w, name=\"twice\") >>> a, b = Session(graph).run([w, twice]) >>> (b == 2 * a).all() np.True_",
"class RandomSession: def __init__(self, graph=None, seed=None, executor=None): super().__init__(graph, executor) self.random = numpy.random.default_rng(seed) def start(self, executor, feeds, feed_dict): generator, drawn = self.graph.generator, self.random.bit_generator.state if generator is None: return super().start(executor, feeds, feed_dict)",
""
],
[
"Randomness",
"mixins_randomness.html#RandomSession",
"RandomSession",
"A session that draws random numbers, and evaluates first values. Attributes random its numpy.random.Generator.",
"class RandomSession: def __init__(self, graph=None, seed=None, executor=None): super().__init__(graph, executor) self.random = numpy.random.default_rng(seed) def start(self, executor, feeds, feed_dict): generator, drawn = self.graph.generator, self.random.bit_generator.state if generator is None: return super().start(executor, feeds, feed_dict)",
""
],
[
"Randomness",
"mixins_randomness.html#S154",
"When does a variable get its first value?",
"During the run, the generator is a value like any other.",
"self.state[generator] = self.random try: return super().start(executor, feeds, feed_dict) except BaseException: self.random.bit_generator.state = drawn raise finally: del self.state[generator]",
""
],
[
"Randomness",
"mixins_randomness.html#S165",
"When does a variable get its first value?",
"A first value may need variables that need a first value too.",
"def first_values(self, reads, feed_dict): feeds = {x: value for x, value in feed_dict.items() if x.kind == \"placeholder\"} first, waiting = {}, list(reads) while waiting: found = super().first_values(waiting, feed_dict) tensors = [x for x in found.values() if isinstance(x, Tensor)] waiting = [ x for tensor in tensors for x in self.prepare((tensor,), tuple(feeds), Interpreter).reads if x not in first and x not in found and x.kind != \"generator\" ] first.update(found) values = {**self.state, self.graph.generator: self.random} for x in sorted(first, key=lambda x: x.index): value = x.initial_value if isinstance(value, Tensor): value = self._evaluate(value, values, feeds) value = as_array(value, x.dtype, x.name) first[x] = values[x] = self.keep(value, x) return first",
""
],
[
"Randomness",
"mixins_randomness.html#RandomSession._evaluate",
"RandomSession._evaluate",
"Compute the value of tensor with NumPy, in any kind of session.",
"def _evaluate(self, tensor, values, feeds): executor = self.prepare((tensor,), tuple(feeds), Interpreter) state = [self.on_host(values[x], x) for x in executor.reads] fed = self.feed(executor, feeds) if feeds else () fed = [self.on_host(y, x) for x, y in zip(executor.feeds, fed)] (value,), _ = executor(state, fed) return value",
""
],
[
"Randomness",
"mixins_randomness.html#S196",
"RandomSession.keep",
"Another kind of session may keep its values elsewhere, on a GPU, say. Here they stay as they are.",
"def keep(self, array, variable): return array",
""
],
[
"Randomness",
"mixins_randomness.html#RandomSession.keep",
"RandomSession.keep",
"Return an array in the form that the state keeps.",
"def keep(self, array, variable): return array",
""
],
[
"Randomness",
"mixins_randomness.html#RandomSession.on_host",
"RandomSession.on_host",
"Return a kept or fed value as a NumPy array of the tensor's type.",
"def on_host(self, value, tensor): return value",
""
],
[
"Control inputs",
"mixins_control.html#first-this-then-that-control-inputs",
"First this, then that: control inputs",
"First this, then that: control inputs A run is a snapshot: every read sees the values from before it. But sometimes a step must come after another and see what it did. Clip a weight after its update, say. Make the second operation within control_dependencies of the first. The first is then its control input: it runs whenever the second one does, and where the second reads a variable that it assigns, it gets the assigned value. >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> w = graph.variable(0.9, name=\"w\") >>> grow = graph.assign(w, w + 0.2) >>> with graph.control_dependencies([grow]): ... limit = graph.assign(w, graph.minimum(w, 1.0)) >>> session = Session(graph) >>> print(*session.run([w, limit]), session.run(w)) 0.9 1.0 1.0 Fetching limit ran grow too. The variable itself, fetched beside it, is still the one from before the run. And in the program nothing waits: \"after\" has become data, because the sum simply goes where w was read. >>> print(session.program(graph.group([limit]))) def program(state, feeds): w, = state add = w + 0.2 new_w = np.minimum(add, 1) return (None,), (new_w,)",
"import contextlib import ops from gradients import topological_order from mixins.shapes import EnsureShapeOp from session import assignments from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
"after control input"
],
[
"Control inputs",
"mixins_control.html#S41",
"ReadOp",
"An operation that must see the new value takes it from the assignment. To a gradient it's the variable all the same.",
"class ReadOp(ops.BaseOp): used = slice(1, None) def compute(self, np, variable, value): return value def gradient(self, grad): return [grad, None] def infer_shape(self, variable, value): return value",
""
],
[
"Control inputs",
"mixins_control.html#ReadOp",
"ReadOp",
"The variable as an assignment leaves it, so dy/dvariable = 1.",
"class ReadOp(ops.BaseOp): used = slice(1, None) def compute(self, np, variable, value): return value def gradient(self, grad): return [grad, None] def infer_shape(self, variable, value): return value",
""
],
[
"Control inputs",
"mixins_control.html#Control",
"Control",
"A graph whose operations can depend on more than their inputs. Attributes control_inputs what an operation made here depends on, beside its inputs.",
"class Control: control_inputs = () def __init__(self, dtype=float): super().__init__(dtype)",
""
],
[
"Control inputs",
"mixins_control.html#S71",
"First this, then that: control inputs",
"What the control inputs assign, and what each former control input assigns.",
"self._assigned, self._assigned_by = {}, {} def operands(self, op, inputs): inputs = super().operands(op, inputs) if self.control_inputs: op.control_inputs = self.control_inputs",
""
],
[
"Control inputs",
"mixins_control.html#S78",
"First this, then that: control inputs",
"A derivative is taken at the values that the forward operations read.",
"if self._assigned and self.differentiating is None: inputs = self._current(op, inputs) return inputs",
""
],
[
"Control inputs",
"mixins_control.html#Control._current",
"Control._current",
"The inputs, with assigned values in place of the variables.",
"def _current(self, op, inputs): if isinstance(op, ops.AssignOp): op.replaces = self._assigned.get(inputs[0]) if isinstance(op, ReadOp): return inputs inputs = list(inputs) for i in range(len(inputs))[op.used]: if inputs[i] in self._assigned: inputs[i] = self._read(inputs[i], self._assigned[inputs[i]]) return tuple(inputs)",
""
],
[
"Control inputs",
"mixins_control.html#Control._read",
"Control._read",
"The variable x as the assignment that makes value leaves it.",
"def _read(self, x, value): if x.known and value.op.inputs[1].dims != x.dims:",
""
],
[
"Control inputs",
"mixins_control.html#S98",
"First this, then that: control inputs",
"The session checks only what it keeps, and another assignment may follow.",
"value = EnsureShapeOp([value, x.dims], self, what=value.name).output return ReadOp([x, value], self).output",
""
],
[
"Control inputs",
"mixins_control.html#Control.control_dependencies",
"Control.control_dependencies",
"Operations made in this with run after tensors, and make them run. They read what tensors assign, by a ReadOp, and may assign it again; elsewhere, two assignments of a variable in one run are an error. None instead of a list lifts all control inputs, outer ones too. Raises TypeError tensors is no list of tensors. ValueError one is of another graph.",
"@contextlib.contextmanager def control_dependencies(self, tensors): if tensors is None: inputs, assigned = (), {} elif not isinstance(tensors, (list, tuple)): raise TypeError(f\"a list of control inputs, got {type(tensors).__name__}\") else: implied, assigned = set(), dict(self._assigned) for x in tensors: if not isinstance(x, Tensor): got = f\"{type(x).__name__} {x!r}\" raise TypeError(f\"control inputs are tensors, got {got}\") _merge(assigned, self._assignments(self.convert(x)))",
""
],
[
"Control inputs",
"mixins_control.html#S125",
"First this, then that: control inputs",
"Its own control inputs needn't be named again.",
"implied.update(x.op.control_inputs if x.op else ()) outer = (x for x in self.control_inputs if x not in implied) inputs = (*outer, *tensors) with self._control(inputs, assigned): yield",
""
],
[
"Control inputs",
"mixins_control.html#Control._assignments",
"Control._assignments",
"For each variable that is assigned when tensor runs, the last assignment. We keep the answer for each tensor, and never look behind it twice.",
"def _assignments(self, tensor): known = self._assigned_by if tensor not in known: order = topological_order([tensor], given=known) found = assignments(order) for op in order: for x in (*op.inputs, *op.control_inputs): _merge(found, known.get(x, {})) known[tensor] = found return known[tensor] @contextlib.contextmanager def _control(self, inputs, assigned): outside = self.control_inputs, self._assigned self.control_inputs, self._assigned = inputs, assigned try: yield finally: self.control_inputs, self._assigned = outside",
""
],
[
"Control inputs",
"mixins_control.html#_merge",
"_merge",
"Add the later assignments in others to assigned.",
"def _merge(assigned, others): for variable, output in others.items(): if variable not in assigned or assigned[variable].index \u003c output.index: assigned[variable] = output",
""
],
[
"Branches",
"mixins_branches.html#why-cant-pythons-if-decide-inside-a-graph",
"Why can't Python's if decide inside a graph?",
"Why can't Python's if decide inside a graph? Because it decides once, while you build, and a run can't change its mind: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.placeholder((), name=\"x\") >>> y = graph.sqrt(x) if x.shape == () else 0.5 * x >>> y.op.kind 'sqrt' That if could look at the shape, but not at the value, since there's none yet. You could compute both, and choose with where. But both take time, and a NaN that's not chosen still spoils the gradient: >>> session = Session(graph) >>> y = graph.where(x > 0, graph.sqrt(x), 0.5 * x) >>> with numpy.errstate(invalid=\"ignore\"): ... print(*session.run([y, *graph.gradients(y, [x])], {x: -4})) -2.0 nan The root of -4 is NaN, and so is its slope, and 0 times NaN is NaN. So we give the graph two functions, and a run computes only one of them: >>> y = graph.cond(x > 0, lambda: graph.sqrt(x), lambda: 0.5 * x) >>> (by_x,) = graph.gradients(y, [x]) >>> for value in (4, -4): ... print(*session.run([y, by_x], {x: value})) 2.0 0.25 -2.0 0.5 In the program it's Python's if again, with a function for each branch: >>> print(session.program(y, {x: None})) def cond_then(x): sqrt_2 = np.sqrt(x) return sqrt_2, def cond_else(x): mul_4 = 0.5 * x return mul_4, def cond(greater_1, x): if greater_1: return cond_then(x) return cond_else(x) def program(state, feeds): x, = feeds greater_1 = x > 0 cond_1 = cond(greater_1, x) item = cond_1[0] return (np.array(item)[()],), ()",
"import contextlib import numpy import ops from gradients import topological_order from mixins.shapes import Unknown from session import assignments from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Branches",
"mixins_branches.html#a-part-of-the-graph-as-a-function",
"A part of the graph, as a function",
"A part of the graph, as a function We call your function once, while we build. What it makes belongs to a part of the graph. What it uses, and was there before, is captured: a stand-in takes its place, and becomes a parameter of the part.",
"class Part: def __init__(self, inputs, outputs, names): self.inputs, self.outputs, self.names = list(inputs), list(outputs), names self.order = topological_order(self.outputs, given=set(self.inputs))",
"part captured"
],
[
"Branches",
"mixins_branches.html#Part",
"Part",
"A function of tensors: some of a graph's operations. Attributes inputs the placeholders that stand for its arguments. outputs the tensors that it returns. names what a program calls its parameters. order the operations between them, in topological order.",
"class Part: def __init__(self, inputs, outputs, names): self.inputs, self.outputs, self.names = list(inputs), list(outputs), names self.order = topological_order(self.outputs, given=set(self.inputs))",
""
],
[
"Branches",
"mixins_branches.html#Part.__call__",
"Part.__call__",
"The values of the outputs, computed operation by operation.",
"def __call__(self, np, arguments, computes): values = dict(zip(self.inputs, arguments)) def value(x): constant = x.kind == \"constant\" return x.initial_value if constant else values.get(x) for op in self.order: compute = computes.get(type(op), type(op).compute) values[op.output] = compute(op, np, *map(value, op.inputs)) return tuple(map(value, self.outputs))",
""
],
[
"Branches",
"mixins_branches.html#Capture",
"Capture",
"What the functions of one operation use of the graph around them. Attributes start the tensors from this one on are their own. stand_ins for each tensor that they use, the placeholder inside. before the tensors around that have to run before.",
"class Capture: def __init__(self, graph): self.graph, self.start = graph, len(graph.tensors) self.stand_ins, self.before = {}, {}",
""
],
[
"Branches",
"mixins_branches.html#Capture.inside",
"Capture.inside",
"What stands for tensor inside: itself, or a placeholder.",
"def inside(self, tensor):",
""
],
[
"Branches",
"mixins_branches.html#S115",
"A part of the graph, as a function",
"A graph makes its generator when it's first needed, perhaps in here.",
"if tensor.index >= self.start and tensor is not self.graph.generator: return tensor if tensor not in self.stand_ins: self.stand_ins[tensor] = stand_in(tensor) return self.stand_ins[tensor]",
""
],
[
"Branches",
"mixins_branches.html#stand_in",
"stand_in",
"A placeholder for values like those of tensor.",
"def stand_in(tensor, dims=None): graph, dims = tensor.graph, tensor.dims if dims is None else dims if tensor.kind == \"generator\": return graph.tensor(name=tensor.name, kind=\"generator\", shape=()) return graph.placeholder(dims, tensor.dtype, tensor.name)",
""
],
[
"Branches",
"mixins_branches.html#one-operation-several-results",
"One operation, several results",
"One operation, several results Our operations have one output. So this one's value is a tuple, and an ItemOp picks a result from it. The gradient goes from the item straight to what was captured: the item has those inputs too, and never looks at them.",
"class FlowOp(ops.BaseOp):",
""
],
[
"Branches",
"mixins_branches.html#FlowOp",
"FlowOp",
"An operation that runs parts of the graph; its value is a tuple. Attributes parts for each name of a function, the Part that it is. results how many items the tuple has.",
"class FlowOp(ops.BaseOp):",
""
],
[
"Branches",
"mixins_branches.html#FlowOp.pure",
"FlowOp.pure",
"Whether all that the parts compute is, so that we may merge two like it.",
"@property def pure(self): return all(op.pure for part in self.parts.values() for op in part.order)",
""
],
[
"Branches",
"mixins_branches.html#FlowOp.names",
"FlowOp.names",
"What the parameters of its function are called.",
"def names(self): return [x.name for x in self.inputs]",
""
],
[
"Branches",
"mixins_branches.html#FlowOp.text",
"FlowOp.text",
"The lines of the function name, which calls the functions parts.",
"def text(self, name, parameters, parts): raise NotImplementedError def infer_shape(self, *shapes): return (self.results,) def infer_dtype(self, *dtypes): return numpy.dtype(object)",
""
],
[
"Branches",
"mixins_branches.html#FlowOp.shares",
"FlowOp.shares",
"The gradients with respect to the inputs, if grad is that of one result.",
"def shares(self, index, grad): raise NotImplementedError",
""
],
[
"Branches",
"mixins_branches.html#ItemOp",
"ItemOp",
"One result of a FlowOp, whose inputs are its other inputs.",
"class ItemOp(ops.BaseOp): used = slice(0, 1) def compute(self, np, flow, *_): return flow[self.index] def gradient(self, grad): return [None, *self.inputs[0].op.shares(self.index, grad)] def infer_shape(self, *_): return self.dims def infer_dtype(self, *_): return numpy.dtype(self.dtype)",
""
],
[
"Branches",
"mixins_branches.html#items",
"items",
"A tensor for each result of flow, the output of a FlowOp.",
"def items(flow, dims, dtypes): inputs, graph = [flow, *flow.op.inputs], flow.graph return [ ItemOp(inputs, graph, index=i, dims=d, dtype=t.name).output for i, (d, t) in enumerate(zip(dims, dtypes)) ]",
""
],
[
"Branches",
"mixins_branches.html#floats",
"floats",
"Those of tensors that can have a gradient.",
"def floats(tensors): return [x for x in tensors if x.dtype is not None and x.dtype.kind == \"f\"]",
""
],
[
"Branches",
"mixins_branches.html#spread",
"spread",
"For each tensor its share, None for those that aren't floats.",
"def spread(tensors, shares): found = iter(shares) return [next(found) if floats([x]) else None for x in tensors]",
""
],
[
"Branches",
"mixins_branches.html#CallOp",
"CallOp",
"The results of one part.",
"class CallOp(FlowOp): def compute(self, np, *values): (part,) = self.parts.values() return part(np, values, {}) def text(self, name, parameters, parts): given = \", \".join(parameters) return [f\"def {name}({given}):\", f\" return {parts[0]}({given})\"] def shares(self, index, grad): found = derived(self, self.inputs, index, grad) return spread(self.inputs, found)",
""
],
[
"Branches",
"mixins_branches.html#CondOp",
"CondOp",
"The results of one of two parts, as a predicate decides.",
"class CondOp(FlowOp): def compute(self, np, predicate, *captured): then, otherwise = self.parts.values() return (then if predicate else otherwise)(np, captured, {}) def text(self, name, parameters, parts): given = \", \".join(parameters[1:]) then, otherwise = parts return [ f\"def {name}({', '.join(parameters)}):\", f\" if {parameters[0]}:\", f\" return {then}({given})\", f\" return {otherwise}({given})\", ]",
""
],
[
"Branches",
"mixins_branches.html#S241",
"One operation, several results",
"The gradient is a choice too, by the same predicate. Each branch computes its own gradients, and again what it needs of the way there.",
"def shares(self, index, grad): captured = self.inputs[1:] return [None, *spread(captured, derived(self, captured, index, grad))]",
""
],
[
"Branches",
"mixins_branches.html#derived",
"derived",
"The gradients with respect to the floats in captured: a flow like op.",
"def derived(op, captured, index, grad): graph, by, parts = op.graph, floats(captured), {} with graph.capturing(None), differentiating(graph): given = stand_in(grad) for name, part in op.parts.items(): inputs, output = floats(part.inputs), part.outputs[index] gradients = graph.gradients(output, inputs, grad_y=given) names = [*part.names, grad.name] parts[name] = Part([*part.inputs, given], gradients, names) inputs = [*op.inputs, grad] flow = type(op)(inputs, graph, parts=parts, results=len(by)).output return items(flow, [x.dims for x in by], [x.dtype for x in by])",
""
],
[
"Branches",
"mixins_branches.html#differentiating",
"differentiating",
"Remember which gradient graph was handing on, while it computes others.",
"@contextlib.contextmanager def differentiating(graph): outer = graph.differentiating try: yield finally: graph.differentiating = outer",
""
],
[
"Branches",
"mixins_branches.html#Branches",
"Branches",
"A graph that computes one of two branches.",
"class Branches: _capture = None",
""
],
[
"Branches",
"mixins_branches.html#Branches.capturing",
"Branches.capturing",
"Replace what operations made here use of the graph around; None: nothing.",
"@contextlib.contextmanager def capturing(self, capture): outer, self._capture = self._capture, capture try: yield finally: self._capture = outer def operands(self, op, inputs): inputs, capture = super().operands(op, inputs), self._capture if capture is None: return inputs outside = [x for x in op.control_inputs if x.index \u003c capture.start] capture.before.update(dict.fromkeys(outside)) op.control_inputs = tuple(x for x in op.control_inputs if x not in outside)",
""
],
[
"Branches",
"mixins_branches.html#S295",
"One operation, several results",
"An assignment needs the variable itself, and not its value.",
"fixed = inputs[:1] if isinstance(op, ops.AssignOp) else () return (*fixed, *map(capture.inside, inputs[len(fixed) :]))",
""
],
[
"Branches",
"mixins_branches.html#Branches.cond",
"Branches.cond",
"Return what true_fn() returns if the predicate holds, else false_fn(). Both are functions without parameters, which use any tensors around them and return a tensor, or a list of as many tensors. A run computes one of them. If it assigns a variable, the variable changes only if that branch is taken. Raises TypeError the predicate isn't a truth value; or the branches return different numbers of tensors, or other types.",
"def cond(self, predicate, true_fn, false_fn, name=None): if not (callable(true_fn) and callable(false_fn)): raise TypeError( f\"cond takes two functions without parameters, got {true_fn!r} and \" f\"{false_fn!r}; write lambda: ...\" ) predicate = self.convert(predicate) if predicate.dtype.kind != \"b\" or predicate.rank not in (0, None): raise TypeError(f\"cond takes a single truth value, got {predicate!r}\") capture = Capture(self) with self.capturing(capture): many, then, assigned = self._branch(capture, true_fn) _, otherwise, assigned_else = self._branch(capture, false_fn) if len(then) != len(otherwise): raise TypeError( \"cond: both branches return as many tensors, got \" f\"{len(then)} and {len(otherwise)}\" ) for i, (one, other) in enumerate(zip(then, otherwise)): if one.dtype != other.dtype: raise TypeError( f\"cond: result {i} is {one.dtype} in one branch and {other.dtype} \" \"in the other; cast one of them\" )",
""
],
[
"Branches",
"mixins_branches.html#S333",
"One operation, several results",
"A variable that a branch assigns is one more result. The other branch returns the value that it has.",
"variables = list({**assigned, **assigned_else}) then += [assigned.get(x, capture.inside(x)) for x in variables] otherwise += [assigned_else.get(x, capture.inside(x)) for x in variables] inside, names = capture.stand_ins.values(), [x.name for x in capture.stand_ins] parts = { \"then\": Part(inside, then, names), \"else\": Part(inside, otherwise, names), } inputs, before = [predicate, *capture.stand_ins], list(capture.before) with self.control_dependencies(before) if before else contextlib.nullcontext(): attributes = {\"parts\": parts, \"results\": len(then)} flow = CondOp(inputs, self, name, **attributes).output dims = [_common(a.dims, b.dims) for a, b in zip(then, otherwise)] found = items(flow, dims, [x.dtype for x in then]) number = len(then) - len(variables) pairs = zip(variables, found[number:]) changed = [self.assign(*pair) for pair in pairs] if number == 0: return self.group(changed) if changed: with self.control_dependencies(changed): found = [self.identity(x) for x in found[:number]] return found if many else found[0]",
""
],
[
"Branches",
"mixins_branches.html#Branches._branch",
"Branches._branch",
"What a branch returns: whether a list; its tensors; what it assigns.",
"def _branch(self, capture, function): start, returned = len(self.tensors), function() many = isinstance(returned, (list, tuple)) tensors = [self.convert(x) for x in (returned if many else [returned])] inside = [x for x in topological_order(tensors) if x.output.index >= start] assigned, values = assignments(inside), [x for x in tensors if x.dtype] return many, [capture.inside(x) for x in values], assigned",
""
],
[
"Branches",
"mixins_branches.html#_common",
"_common",
"What is known of a shape that is one of two.",
"def _common(dims, other): if dims is None or other is None or len(dims) != len(other): return None return tuple(a if a == b else Unknown() for a, b in zip(dims, other))",
""
],
[
"Loops",
"mixins_loops.html#how-often-let-the-run-decide",
"How often? Let the run decide",
"How often? Let the run decide A loop that you write in Python is unrolled. Its body is in the graph as often as it goes round, and that's fine for ten rounds. But what if there are ten thousand? Or if a run has to find out? Newton's way to a square root is done when it's close enough: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> a = graph.placeholder((), name=\"a\") >>> def far(guess, rounds): ... return graph.abs(guess * guess - a) > 1e-9 >>> def nearer(guess, rounds): ... return (guess + a / guess) / 2, rounds + 1 >>> root, rounds = graph.while_loop(far, nearer, [1.0, 0.0]) >>> session = Session(graph) >>> for number in (2, 1e6): ... print(*session.run([root, rounds], {a: number})) 1.4142135623746899 4.0 1000.0 15.0 guess and rounds are the loop variables: what one round hands on to the next. In the program it's Python's while: >>> print(session.program(root, {a: None})) # constants: constant, constant_1 def loop_condition(guess, rounds, a): mul = guess * guess sub = mul - a abs_ = np.abs(sub) greater = abs_ > 1e-09 return greater, def loop_body(guess, rounds, a): div = a / guess add = guess + div div_1 = add / 2 add_1 = rounds + 1 return div_1, add_1 def loop(guess, rounds, a): while loop_condition(guess, rounds, a)[0]: guess, rounds = loop_body(guess, rounds, a) return guess, rounds def program(state, feeds): a, = feeds loop_1 = loop(constant, constant_1, a) item = loop_1[0] return (np.array(item)[()],), ()",
"import contextlib import inspect import numpy from gradients import topological_order from mixins.branches import ( CallOp, Capture, FlowOp, Part, derived, differentiating, floats, items, spread, stand_in, ) from mixins.shapes import as_dims, show_shape from session import assignments from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"loop variables"
],
[
"Loops",
"mixins_loops.html#S74",
"How often? Let the run decide",
"A loop of more rounds is never unrolled.",
"MOST_UNROLLED = 1000",
""
],
[
"Loops",
"mixins_loops.html#LoopOp",
"LoopOp",
"The loop variables, after as many rounds as the condition lets pass. Attributes variables how many loop variables there are; they're the first inputs. body the function that a round is, as it was given.",
"class LoopOp(FlowOp): def compute(self, np, *values): (condition, body), n = self.parts.values(), self.variables while condition(np, values, {})[0]: values = (*body(np, values, {}), *values[n:]) return values[:n] def names(self): return self.parts[\"body\"].names def text(self, name, parameters, parts): given, state = \", \".join(parameters), _row(parameters[: self.variables]) condition, body = parts return [ f\"def {name}({given}):\", f\" while {condition}({given})[0]:\", f\" {state} = {body}({given})\", f\" return {state}\", ]",
""
],
[
"Loops",
"mixins_loops.html#backwards",
"Backwards through a loop",
"Backwards through a loop If we can tell how many rounds there will be, we unroll the loop: call the body that often, and differentiate what it made, like any other graph. >>> x = graph.variable(3.0, name=\"x\") >>> def multiplied(i, power): ... return i + 1, power * x >>> def few(i, power): ... return i \u003c 4 >>> _, power = graph.while_loop(few, multiplied, [0, 1.0]) >>> (by_x,) = graph.gradients(power, [x]) >>> print(*session.run([power, by_x])) 81.0 108.0",
"def shares(self, index, grad): rounds, graph, n = self.rounds(), self.graph, self.variables if rounds is None: return self.shares_of_saved(index, grad) capture = Capture(graph) with graph.capturing(capture): start = variables = [stand_in(x) for x in self.inputs[:n]] for _ in range(rounds): variables = listed(self.body(*variables)) y = capture.inside(graph.convert(variables[index])) inside = [*start, *capture.stand_ins.values()] used = [*self.inputs[:n], *capture.stand_ins] part = Part(inside, [y], [x.name for x in used]) loop = CallOp(used, graph, parts={\"rounds\": part}, results=1)",
"unroll"
],
[
"Loops",
"mixins_loops.html#S134",
"Backwards through a loop",
"What the loop used besides decides how often it goes round, and no more.",
"found = spread(used, derived(loop, used, 0, grad)) more = dict(zip(capture.stand_ins, found[n:])) return [*found[:n], *(more.get(x) for x in self.inputs[n:])]",
""
],
[
"Loops",
"mixins_loops.html#LoopOp.rounds",
"LoopOp.rounds",
"How many rounds there will be, if constants alone decide; else None.",
"def rounds(self): (condition, body), needed = self.parts.values(), set() waiting = [(condition, condition.outputs[0])] while waiting: part, output = waiting.pop() for i in _used(part, output) - needed: if self.inputs[i].kind != \"constant\": return None needed.add(i) if i \u003c self.variables: waiting.append((body, body.outputs[i])) needed = [i for i in needed if i \u003c self.variables] body = Part(body.inputs, [body.outputs[i] for i in needed], body.names) values = [x.initial_value for x in self.inputs] for rounds in range(MOST_UNROLLED + 1): if not condition(numpy, values, {})[0]: return rounds for i, value in zip(needed, body(numpy, values, {})): values[i] = value return None",
""
],
[
"Loops",
"mixins_loops.html#S161",
"Backwards through a loop",
"And if only a run can tell? Then we go forward first and save the loop variables as each round finds them. Then we go back, last round first. Each is differentiated at what it found, hands on the gradients with respect to the loop variables, and adds its share to those of everything else that it used. >>> times = graph.placeholder((), name=\"times\") >>> def some(i, power): ... return i \u003c times >>> _, power = graph.while_loop(some, multiplied, [0, 1.0]) >>> (by_x,) = graph.gradients(power, [x]) >>> print(session.run(by_x, {times: 4})) 108.0 That's what any framework does in a loop, and it's why memory grows with the number of rounds.",
"def shares_of_saved(self, index, grad): graph, n = self.graph, self.variables body, before = self.parts[\"body\"], self.inputs[:n] inner = body.inputs[:n] with graph.capturing(None), differentiating(graph): by = [stand_in(x) for x in floats(inner)] xs = floats(body.inputs) shares = {x: [] for x in xs} for y, given in zip(floats(body.outputs), by): for x, share in zip(xs, graph.gradients(y, xs, given, zeros=False)): shares[x] += [] if share is None else [share] totals = [ graph.fit(sum(parts[1:], parts[0]) if parts else graph.convert(0.0), x) for x, parts in shares.items() ] names = [*body.names, *(f\"by_{x.name}\" for x in floats(inner))] back = Part([*body.inputs, *by], totals, names) saved = SavedOp(self.inputs, graph, **vars(self)).output attributes = {\"parts\": {\"back\": back}, \"results\": len(totals), \"variables\": n} attributes[\"by\"] = len(floats(before[:index])) attributes[\"smooth\"] = tuple(bool(floats([x])) for x in self.inputs) inputs = [saved, *self.inputs, grad] flow = LoopGradientOp(inputs, graph, **attributes).output found = items(flow, [x.dims for x in xs], [x.dtype for x in xs]) return spread(self.inputs, found)",
"save"
],
[
"Loops",
"mixins_loops.html#SavedOp",
"SavedOp",
"The loop variables as each round of a loop finds them.",
"class SavedOp(LoopOp): def compute(self, np, *values): (condition, body), n = self.parts.values(), self.variables rounds = [] while condition(np, values, {})[0]: rounds.append(values[:n]) values = (*body(np, values, {}), *values[n:]) return rounds def text(self, name, parameters, parts): given, state = \", \".join(parameters), _row(parameters[: self.variables]) condition, body = parts return [ f\"def {name}({given}):\", \" rounds = []\", f\" while {condition}({given})[0]:\", f\" rounds.append(({state}))\", f\" {state} = {body}({given})\", \" return rounds\", ]",
""
],
[
"Loops",
"mixins_loops.html#LoopGradientOp",
"LoopGradientOp",
"The gradients of one result of a loop, from the last round to the first. Attributes by the number of that result among the loop variables that are floats. smooth for each input of the loop, whether it has a gradient.",
"class LoopGradientOp(FlowOp): def compute(self, np, rounds, *values): *values, grad = values (back,), n = self.parts.values(), self.variables by = [np.zeros_like(x) for x, f in zip(values, self.smooth) if f] count = sum(self.smooth[:n]) by, shares = by[:count], by[count:] by[self.by] = grad for state in reversed(rounds): found = back(np, [*state, *values[n:], *by], {}) by = found[:count] shares = [a + b for a, b in zip(shares, found[count:])] return (*by, *shares) def text(self, name, parameters, parts): rounds, *inputs, grad = parameters (back,), n = parts, self.variables floating = [x for x, f in zip(inputs, self.smooth) if f] count = sum(self.smooth[:n]) by = [f\"by_{x}\" for x in floating] zeros = [f\"np.zeros_like({x})\" for x in floating] zeros[self.by] = grad new = [*by[:count], *(f\"more_{x}\" for x in floating[count:])] given = \", \".join([\"*values\", *inputs[n:], *by[:count]]) return [ f\"def {name}({', '.join(parameters)}):\", *(f\" {x} = {zero}\" for x, zero in zip(by, zeros)), f\" for values in reversed({rounds}):\", f\" {_row(new)} = {back}({given})\", *(f\" {x} = {x} + {y}\" for x, y in zip(by[count:], new[count:])), f\" return {_row(by)}\", ] def shares(self, index, grad): raise ValueError( \"a loop has a second derivative only if the graph can tell how many rounds \" \"there are: let its condition depend on constants\" )",
""
],
[
"Loops",
"mixins_loops.html#_row",
"_row",
"Names as Python writes a tuple of them, without parentheses.",
"def _row(names): return \", \".join(names) + \",\" * (len(names) == 1) def listed(returned): return list(returned) if isinstance(returned, (list, tuple)) else [returned]",
""
],
[
"Loops",
"mixins_loops.html#_used",
"_used",
"The positions of the inputs of part that output depends on.",
"def _used(part, output): order = topological_order([output], given=set(part.inputs)) used = {output, *(x for op in order for x in op.inputs)} return {i for i, x in enumerate(part.inputs) if x in used}",
""
],
[
"Loops",
"mixins_loops.html#Loops",
"Loops",
"A graph that goes round until a condition fails.",
"class Loops:",
""
],
[
"Loops",
"mixins_loops.html#Loops.while_loop",
"Loops.while_loop",
"Return the loop variables, after rounds of body while condition holds. Args condition a function of the loop variables, which returns a truth value. body a function of the loop variables, which returns their next values. Both may use any other tensors. loop_vars the values at the start, a list; or a single one. maximum_iterations how many rounds there may be at most. shapes the shapes of the loop variables, if they change from round to round: None where a size does. Raises TypeError the condition isn't a truth value; or the body returns other types, or more tensors or fewer. ValueError the body returns another shape, or assigns a variable.",
"def while_loop( self, condition, body, loop_vars, maximum_iterations=None, shapes=None, name=None, ): many = isinstance(loop_vars, (list, tuple)) given = [self.convert(x) for x in listed(loop_vars)] if maximum_iterations is not None: limited = _limited(condition, body, self.convert(maximum_iterations, int)) shapes = None if shapes is None else [(), *shapes] start = [self.constant(0, dtype=int), *given] found = self.while_loop(*limited, start, None, shapes, name)[1:] return found if many else found[0] capture = Capture(self) with self.capturing(capture): inner = [ stand_in(x, as_dims(shapes[i]) if shapes else None) for i, x in enumerate(given) ] holds = capture.inside(self.convert(condition(*inner))) returned = [self.convert(x) for x in listed(body(*inner))] outputs = [capture.inside(x) for x in returned] self._check_loop(holds, given, inner, outputs) inside = [*inner, *capture.stand_ins.values()] names = [*_names(body, given), *(x.name for x in capture.stand_ins)] parts = { \"condition\": Part(inside, [holds], names), \"body\": Part(inside, outputs, names), } if assignments([op for part in parts.values() for op in part.order]): raise ValueError( \"while_loop: the body assigns a variable; make it a loop variable, and \" \"assign what the loop returns\" ) inputs, before = [*given, *capture.stand_ins], list(capture.before) attributes = {\"parts\": parts, \"body\": body} attributes |= {\"variables\": len(given), \"results\": len(given)} with self.control_dependencies(before) if before else contextlib.nullcontext(): flow = LoopOp(inputs, self, name, **attributes).output found = items(flow, [x.dims for x in inner], [x.dtype for x in given]) return found if many else found[0] def _check_loop(self, holds, given, inner, outputs): if holds.dtype.kind != \"b\" or holds.rank not in (0, None): raise TypeError( f\"while_loop: the condition is a single truth value, got {holds!r}\" ) if len(outputs) != len(given): raise TypeError( f\"while_loop: the body returns {len(outputs)} tensors for \" f\"{len(given)} loop variables\" ) for x, start, output in zip(given, inner, outputs): what = f\"while_loop: the loop variable '{x.name}'\" if x.dtype != output.dtype: raise TypeError( f\"{what} is {x.dtype} at the start, and {output.dtype} after a \" \"round; cast one of them\" ) if None in (start.dims, output.dims): continue pairs = zip(start.dims, output.dims) known = [pair for pair in pairs if {*map(type, pair)} == {int}] if len(start.dims) != len(output.dims) or any(a != b for a, b in known): raise ValueError( f\"{what} is {show_shape(start.dims)} at the start, and \" f\"{show_shape(output.dims)} after a round; say so by `shapes`\" )",
""
],
[
"Loops",
"mixins_loops.html#_limited",
"_limited",
"The condition and the body of a loop that counts its rounds.",
"def _limited(condition, body, limit): graph = limit.graph def another(round_, *values): return graph.logical_and(round_ \u003c limit, condition(*values)) def counted(round_, *values): return [round_ + 1, *listed(body(*values))] return another, counted",
""
],
[
"Loops",
"mixins_loops.html#_names",
"_names",
"What a program calls the loop variables: as function does, if it names each.",
"def _names(function, tensors): with contextlib.suppress(TypeError, ValueError): parameters = inspect.signature(function).parameters.values() names = [x.name for x in parameters if x.kind == x.POSITIONAL_OR_KEYWORD] if len(names) == len(tensors): return names return [x.name for x in tensors]",
""
],
[
"Defaults",
"mixins_defaults.html#which-graph-if-you-dont-say",
"Which graph, if you don't say?",
"Which graph, if you don't say? TensorFlow 1 programs hardly ever name their graph or their session. There's always a default one. graph.as_default() makes another graph the default, and with graph.as_default(): does so until the block ends: >>> from graph import Graph >>> graph = Graph() >>> with graph.as_default(): ... print(Graph.get_default() is graph) True tensor.eval() uses the session whose with you're in: >>> from session import Session >>> total = graph.variable(190.0, name=\"total\") >>> with Session(graph): ... print(total.eval()) 190.0 Each thread has its own defaults, and never sees another thread's.",
"import threading from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Defaults",
"mixins_defaults.html#_Defaults",
"_Defaults",
"The defaults of one thread.",
"class _Defaults(threading.local): def __init__(self): self.graph, self.sessions = None, [] _defaults = _Defaults()",
""
],
[
"Defaults",
"mixins_defaults.html#DefaultTensor",
"DefaultTensor",
"A tensor that can be evaluated in a default session.",
"class DefaultTensor:",
""
],
[
"Defaults",
"mixins_defaults.html#DefaultTensor.eval",
"DefaultTensor.eval",
"Run this tensor in session, or in the default one, and return its value.",
"def eval(self, feed_dict=None, session=None): if session is None and not self.graph.sessions: raise ValueError( f\"Cannot evaluate '{self.name}': No default session is registered. \" \"Pass session=... or call it inside `with Session(graph):`\" ) return (session or self.graph.sessions[-1]).run(self, feed_dict)",
""
],
[
"Defaults",
"mixins_defaults.html#DefaultGraph",
"DefaultGraph",
"A graph that can be the default.",
"class DefaultGraph:",
""
],
[
"Defaults",
"mixins_defaults.html#DefaultGraph.get_default",
"DefaultGraph.get_default",
"The default graph of this thread.",
"@staticmethod def get_default(): if _defaults.graph is None: from graph import Graph _defaults.graph = Graph() return _defaults.graph",
""
],
[
"Defaults",
"mixins_defaults.html#DefaultGraph.as_default",
"DefaultGraph.as_default",
"Make this the default graph, for good or until its with ends.",
"def as_default(self): previous, _defaults.graph = _defaults.graph, self return _Default(self, previous)",
""
],
[
"Defaults",
"mixins_defaults.html#DefaultGraph.sessions",
"DefaultGraph.sessions",
"The sessions whose with this thread is in, the innermost one last.",
"@property def sessions(self): return [session for session in _defaults.sessions if session.graph is self]",
""
],
[
"Defaults",
"mixins_defaults.html#_Default",
"_Default",
"What as_default returns: leaving its with restores the old default.",
"class _Default: def __init__(self, graph, previous): self.graph, self.previous = graph, previous def __enter__(self): return self.graph def __exit__(self, *_): _defaults.graph = self.previous",
""
],
[
"Defaults",
"mixins_defaults.html#DefaultSession",
"DefaultSession",
"A session that can be the default; given no graph, it takes the default one.",
"class DefaultSession: def __init__(self, graph=None, executor=None): from graph import Graph if graph is None: graph = Graph.get_default() elif not isinstance(graph, Graph): raise TypeError(f\"a session is of a graph, got {type(graph).__name__}\") super().__init__(graph, executor) def __enter__(self): _defaults.sessions.append(self) return self def __exit__(self, *_): self.leave()",
""
],
[
"Defaults",
"mixins_defaults.html#DefaultSession.leave",
"DefaultSession.leave",
"Stop being the default session.",
"def leave(self): sessions = _defaults.sessions for i in reversed(range(len(sessions))): if sessions[i] is self: del sessions[i] return",
""
],
[
"Checks",
"mixins_checks.html#what-do-you-get-when-you-ask-for-something-impossible",
"What do you get when you ask for something impossible?",
"What do you get when you ask for something impossible? The heart does what you tell it, and a mistake surfaces wherever it happens to hurt. This room catches mistakes where you make them. Its errors name the tensor, what was expected, what came, and what to do, and they leave everything as it was. The commonest mistake of all looks innocent. == can't build an operation, because tensors are keys of dictionaries, so Python answers at once: >>> from graph import Graph >>> graph = Graph() >>> x = graph.variable(1.0, name=\"x\") >>> graph.sum(x == 1.0) Traceback (most recent call last): ... TypeError: sum of False: == says whether two tensors are the same ...",
"import numpy import ops from mixins.dtypes import CastOp, as_array from mixins.rules import is_foreign from mixins.shapes import check_shape, show_shape from session import Interpreter, assignments from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__) LEAVES = (\"constant\", \"variable\", \"placeholder\", \"generator\")",
""
],
[
"Checks",
"mixins_checks.html#Checks",
"Checks",
"A graph that tells you what is wrong with its input. Attributes finalized whether nothing may be added any more.",
"class Checks: finalized = False def operands(self, op, inputs): if op.kind in LEAVES: raise TypeError( f\"{type(op).__name__} would be called {op.kind!r}, which is no \" \"operation; give the class another name, or another `kind`\" ) for x in inputs: if not isinstance(x, Tensor): if isinstance(x, bool) and isinstance(op, (ops.SumOp, CastOp)): self._refuse_comparison(x, op.kind) continue if x.graph is not self: self.convert(x) group = x.dtype is None and isinstance(x.op, ops.GroupOp) if group and not isinstance(op, ops.GroupOp): raise ValueError(f\"'{x.name}' is a group: it has no value to use\") if isinstance(op, ops.AssignOp): variable = self.convert(inputs[0]) fixed = variable.op is not None or variable.kind == \"constant\" if fixed or variable.kind == \"generator\": raise ValueError(f\"cannot assign to {variable!r}: it is not a variable\") return super().operands(op, inputs)",
""
],
[
"Checks",
"mixins_checks.html#Checks.mean",
"Checks.mean",
"The mean over axis; of truth values, the share of true ones.",
"def mean(self, x, axis=None, keepdims=False, name=None): if isinstance(x, bool): self._refuse_comparison(x, \"mean\") return super().mean(x, axis, keepdims, name) def _refuse_comparison(self, x, name): raise TypeError( f\"{name} of {x}: == says whether two tensors are the same one; \" \"graph.equal compares their values\" )",
""
],
[
"Checks",
"mixins_checks.html#Checks.gradients",
"Checks.gradients",
"The gradient of y with respect to each of xs, as Gradients.gradients. grad_y has the shape of y, or is a single number. Raises ValueError an operation on the way from an x to y has no derivative, or an x is not of floating point. TypeError xs is not a list of tensors.",
"def gradients(self, y, xs, grad_y=None, zeros=True): y = self.convert(y) if not isinstance(xs, (list, tuple)): raise TypeError(f\"gradients by a list of tensors, got {type(xs).__name__}\") for x in [y, *xs]: if not isinstance(x, Tensor): raise TypeError(f\"gradients by tensors, got {type(x).__name__} {x!r}\") if self.convert(x).dtype is None or x.dtype.kind != \"f\": raise ValueError(f\"{x!r} is not of floating point: no derivatives\") if grad_y is not None: grad_y = self.convert(grad_y) if grad_y.dims != (): grad_y = self.match_shape(grad_y, y) return super().gradients(y, xs, grad_y, zeros)",
""
],
[
"Checks",
"mixins_checks.html#S101",
"Checks.finalize",
"Make an operation inside your training loop, and every round gets slower, without a word. Finalize the graph before the loop, and you get the word: >>> graph.finalize() >>> x + 1 Traceback (most recent call last): ... RuntimeError: Graph is finalized and cannot be modified: ...",
"def finalize(self): self.finalized = True self.tensor = self._refuse def _refuse(self, *_, **__): raise RuntimeError( \"Graph is finalized and cannot be modified: make all operations before \" \"finalize(), outside of the loop that runs them\" )",
"Finalize"
],
[
"Checks",
"mixins_checks.html#Checks.finalize",
"Checks.finalize",
"Let nothing be added from here on: each attempt raises RuntimeError.",
"def finalize(self): self.finalized = True self.tensor = self._refuse def _refuse(self, *_, **__): raise RuntimeError( \"Graph is finalized and cannot be modified: make all operations before \" \"finalize(), outside of the loop that runs them\" )",
""
],
[
"Checks",
"mixins_checks.html#what-can-go-wrong-in-a-run",
"What can go wrong in a run?",
"What can go wrong in a run? A session checks what you fetch and what you feed. It isn't made for several threads at once: give each its own.",
"class CheckedSession:",
""
],
[
"Checks",
"mixins_checks.html#CheckedSession",
"CheckedSession",
"A session that tells you what is wrong with what you ask of it.",
"class CheckedSession:",
""
],
[
"Checks",
"mixins_checks.html#CheckedSession.check_ours",
"CheckedSession.check_ours",
"Raise ValueError if this session cannot verb the tensor.",
"def check_ours(self, tensor, verb): if not isinstance(tensor, Tensor): problem = f\"a {type(tensor).__name__} is no tensor\" elif tensor.graph is not self.graph: problem = \"it is not an element of this graph\" elif tensor.dtype is None and ( verb == \"feed\" or not isinstance(tensor.op, ops.GroupOp) ): problem = \"it has no value\" elif verb == \"feed\" and is_built_on(tensor): problem = \"the graph is built on its value\" else: return cannot = { \"feed\": f\"Cannot interpret feed_dict key as Tensor: {tensor!r}\", \"fetch\": f\"Argument `fetch` = {tensor!r} cannot be interpreted as a Tensor\", \"keep\": f\"Cannot save or restore {tensor!r}\", \"shard\": f\"Cannot shard {tensor!r}\", } raise ValueError(f\"{cannot[verb]}: {problem}\") def compile(self, make, order, fetches, feeds): for tensor in fetches: self.check_ours(tensor, \"fetch\") for tensor in feeds: self.check_ours(tensor, \"feed\") check_assignments(order) executor = super().compile(make, order, fetches, feeds) return self.guarded(executor, order)",
""
],
[
"Checks",
"mixins_checks.html#CheckedSession.guarded",
"CheckedSession.guarded",
"The executor, and around it the checks that only a run can do.",
"def guarded(self, executor, order):",
""
],
[
"Checks",
"mixins_checks.html#S164",
"What can go wrong in a run?",
"The graph can't vouch for what your own operation returns.",
"foreign = any(map(is_foreign, order)) unproven = [ output for variable, output in assignments(order).items() if foreign or not variable.known or output.op.inputs[1].dims != variable.dims ] return Guard(executor, unproven) if unproven else executor",
""
],
[
"Checks",
"mixins_checks.html#CheckedSession.feed",
"CheckedSession.feed",
"The values to feed, with the type and shape of their tensors.",
"def feed(self, executor, feed_dict): stacked = getattr(executor, \"stacked\", ()) values, shapes = {}, [] for tensor, value in feed_dict.items(): if isinstance(value, Tensor): raise TypeError( f\"The value of a feed cannot be a tensor: {value!r} for {tensor!r}\" ) plain = type(value) is numpy.ndarray and value.ndim > 0 if not plain or value.dtype != tensor.dtype: value = self.fed(value, tensor) values[tensor] = value shapes.append(value.shape[1:] if tensor in stacked else value.shape)",
""
],
[
"Checks",
"mixins_checks.html#S189",
"What can go wrong in a run?",
"Shapes that fitted last time fit again.",
"if getattr(executor, \"fitting\", None) != shapes: sizes = {} for tensor, shape in zip(feed_dict, shapes): check_shape(tensor, shape, sizes, \"feed\") executor.fitting = shapes return [values[tensor] for tensor in executor.feeds]",
""
],
[
"Checks",
"mixins_checks.html#CheckedSession.fed",
"CheckedSession.fed",
"A value to feed, as an array of its tensor's type.",
"def fed(self, value, tensor): return as_array(value, tensor.dtype, f\"feed of '{tensor.name}'\") def first_values(self, reads, feed_dict): for x in reads: if x.kind == \"placeholder\" and x not in self.state: raise ValueError( f\"You must feed a value for placeholder tensor '{x.name}' with \" f\"dtype {x.dtype} and shape {show_shape(x.dims)}, made at {x.line}\" ) return super().first_values(reads, feed_dict)",
""
],
[
"Checks",
"mixins_checks.html#check_assignments",
"check_assignments",
"Raise ValueError if a variable is assigned twice, neither after the other.",
"def check_assignments(order): assigned = {} for op in order: if isinstance(op, ops.AssignOp): variable = op.inputs[0] if assigned.get(variable) not in (None, op.replaces): raise ValueError( f\"'{variable.name}' is assigned twice in one run, by \" f\"'{assigned[variable].name}' and by '{op.output.name}'; make one \" \"within control_dependencies of the other\" ) assigned[variable] = op.output",
""
],
[
"Checks",
"mixins_checks.html#is_built_on",
"is_built_on",
"Whether the graph has taken a shape from the value of tensor.",
"def is_built_on(tensor): sizes = any(tensor is op.inputs[i] for op in tensor.consumers for i in op.sizes) return sizes and tensor.kind != \"placeholder\"",
""
],
[
"Checks",
"mixins_checks.html#Around",
"Around",
"An executor that wraps another one.",
"class Around: def __init__(self, executor): self.executor, self.reads = executor, executor.reads self.feeds, self.assigned = executor.feeds, executor.assigned",
""
],
[
"Checks",
"mixins_checks.html#Guard",
"Guard",
"Checks the shapes and types of new values that are known only in a run.",
"class Guard(Around): def __init__(self, executor, unproven): super().__init__(executor) self.unproven = unproven def __call__(self, state, feeds): fetched, updates = self.executor(state, feeds) updates = dict(zip(self.assigned, updates)) for output in self.unproven: variable = output.op.inputs[0] made = f\", by the assignment at {output.line}\" value = as_array(updates[variable], variable.dtype, output.name) check_shape(variable, value.shape, {}, \"assign\", made) updates[variable] = value return fetched, updates.values()",
""
],
[
"Checks",
"mixins_checks.html#is-a-derivative-right",
"How do you know that a derivative is right?",
"How do you know that a derivative is right? You derived it with pen and paper: analytically. Now compute it numerically, which takes no thought at all. Nudge one element of x to both sides, and see how far the sum of the output moves: ∂L∂xi≈L(x+hei)−L(x−hei)2h where ei is 1 at i and 0 elsewhere. Because we go to both sides, the error shrinks with h2. With h=10−6 it's tiny, and in 64 bits rounding doesn't yet drown the difference. >>> import numpy >>> from session import Session >>> def by_trial(y, x, value, h=1e-6): ... session, result = Session(y.graph), numpy.zeros_like(value) ... for i in numpy.ndindex(value.shape): ... e = numpy.zeros_like(value) ... e[i] = h ... above = session.run(y, {x: value + e}).sum() ... below = session.run(y, {x: value - e}).sum() ... result[i] = (above - below) / (2 * h) ... return result >>> graph = Graph() >>> x = graph.variable([1.0, 2.0], name=\"x\") >>> cube = x * x * x >>> print(by_trial(cube, x, numpy.array([1.0, 2.0])).round(6)) [ 3. 12.] Mind its limits. The values must be 64-bit floats: in 32 bits this h leaves no digit right, and in an array of integers the nudge is lost entirely. And at a kink, such as that of a relu at 0, it finds the slope in the middle. Why not make h a thousand times smaller, and the error a million times? Because then rounding wins: L is known to about 16 digits, and its difference over 2h keeps only as many as L moves. tests/heart/test_derivatives.py checks every operation so, for scalars, vectors, matrices and broadcast pairs, and then checks the derivative of each derivative. Exercise 7 asks you for such a test.",
"\\frac{\\partial L}{\\partial x_i} \\approx \\frac{L(x + h e_i) - L(x - h e_i)}{2h} e_i i h^2 h = 10^{-6} h L 2h L \\frac{\\partialL}{\\partialx}\\approx\\frac{L(x+he)-L(x-he)}{2h} e i h^2 h=10^{-6} h L 2h L ",
"analytically numerically"
],
[
"Checks",
"mixins_checks.html#where-did-the-nan-come-from",
"Where did the NaN come from?",
"Where did the NaN come from? Usually from somewhere long before the loss that shows it. With check_numerics, a run goes operation by operation and stops at the first one that made a NaN or an infinity.",
"class CheckingInterpreter(Interpreter): def __call__(self, state, feeds): leaves = zip(self.reads + self.feeds, [*state, *feeds]) for x, value in [*self.constants.items(), *leaves]: if x.kind != \"generator\": self._check(x, value) return super().__call__(state, feeds) def compute(self, op, values): value = super().compute(op, values) if value is not None: self._check(op.output, value) return value def _check(self, tensor, value): if tensor.dtype == object:",
""
],
[
"Checks",
"mixins_checks.html#CheckingInterpreter",
"CheckingInterpreter",
"Raises FloatingPointError at the first value that has NaN or infinity.",
"class CheckingInterpreter(Interpreter): def __call__(self, state, feeds): leaves = zip(self.reads + self.feeds, [*state, *feeds]) for x, value in [*self.constants.items(), *leaves]: if x.kind != \"generator\": self._check(x, value) return super().__call__(state, feeds) def compute(self, op, values): value = super().compute(op, values) if value is not None: self._check(op.output, value) return value def _check(self, tensor, value): if tensor.dtype == object:",
""
],
[
"Checks",
"mixins_checks.html#S327",
"Where did the NaN come from?",
"Several values; each is checked when it's taken out.",
"return array = numpy.asarray(value) if array.dtype.kind == \"f\" and not numpy.isfinite(array).all(): what = \"NaN\" if numpy.isnan(array).any() else \"infinity\" raise FloatingPointError(f\"{tensor.origin} has {what}\")",
""
],
[
"Garbage",
"mixins_garbage.html#why-does-python-look-for-garbage-where-there-is-none",
"Why does Python look for garbage where there is none?",
"Why does Python look for garbage where there is none? Python frees an object when nothing refers to it any more. But two objects that refer to each other, like a tensor and the operation that makes it, are never free in that sense. So now and then Python stops, and goes through all objects to find those that nobody can reach. The more objects you make, the more often it looks. Differentiating or compiling a large graph makes many objects, and nearly all of them are kept, so looking takes long and finds nothing. Meanwhile, Python doesn't look: >>> with uncollected(): ... print(gc.isenabled()) False >>> gc.isenabled() True",
"import contextlib import gc from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Garbage",
"mixins_garbage.html#uncollected",
"uncollected",
"Within, Python doesn't look for garbage.",
"@contextlib.contextmanager def uncollected(): enabled = gc.isenabled() gc.disable() try: yield finally: if enabled: gc.enable()",
""
],
[
"Compiled",
"mixins_compiled.html#what-did-my-graph-become-print-it",
"What did my graph become? Print it",
"What did my graph become? Print it The first time you run a request, the session compiles it to a NumPy program. It keeps the program, so a training loop compiles its step once. You can read it any time: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.variable([1.0, 2.0], name=\"x\") >>> y = graph.square(x, name=\"y\") >>> print(Session(graph).program(y)) def program(state, feeds): x, = state y = x * x return (y,), ()",
"import warnings from compiler.program import Program from mixins.garbage import uncollected from mixins.repeat import flatten from tensor import FRAMEWORK FRAMEWORK.add(__name__) MANY_PROGRAMS = 100",
""
],
[
"Compiled",
"mixins_compiled.html#Compiled",
"Compiled",
"A session whose executor is a Program, unless you choose another. Attributes compiler the class of its programs. programs each request's program, by fetches and feeds.",
"class Compiled: compiler = Program def __init__(self, graph=None, executor=None): if isinstance(executor, type) and issubclass(executor, Program): self.compiler = executor super().__init__(graph, executor or self.compiler) self.programs = {} self._alike = {}",
""
],
[
"Compiled",
"mixins_compiled.html#Compiled.program",
"Compiled.program",
"The program that run would run; print it to read its text. Only the tensors in feed_dict matter, and their order, not their values.",
"def program(self, fetches, feed_dict=None): request = tuple(flatten(fetches)), tuple(feed_dict or ()) self.prepare(*request, self.compiler) return self.programs[request] def compile(self, make, order, fetches, feeds): with uncollected(): executor = super().compile(make, order, fetches, feeds) if isinstance(executor, Program): self.programs[fetches, feeds] = executor self._warn_of_many(fetches, feeds) return executor",
""
],
[
"Compiled",
"mixins_compiled.html#S64",
"What did my graph become? Print it",
"Here's the classic mistake with a graph: making operations inside the loop that runs them. Each round then compiles another program, and takes longer than the last. After a hundred such programs we warn you, once, and name the line.",
"",
""
],
[
"Compiled",
"mixins_compiled.html#S76",
"What did my graph become? Print it",
"No tensor here was made after the last such program.",
"def _warn_of_many(self, fetches, feeds): tensors = fetches + feeds if not tensors: return newest = max(tensors, key=lambda tensor: tensor.index) lines = tuple(tensor.line for tensor in tensors) number, before = self._alike.get(lines, (0, 0)) if newest.index \u003c before: return self._alike[lines] = number + 1, len(self.graph.tensors) if number + 1 == MANY_PROGRAMS: warnings.warn( f\"{MANY_PROGRAMS} programs were compiled for tensors that were made \" f\"anew, at {newest.line}: make operations once, before the loop that \" \"runs them, and only run them in it; graph.finalize() finds those that \" \"are made later\", stacklevel=1, )",
""
],
[
"Repeat",
"mixins_repeat.html#ten-thousand-steps-in-one-call",
"Ten thousand steps in one call",
"Ten thousand steps in one call Training is the same run, over and over, so why call it over and over? Say how many steps you want. Each step reads what the one before assigned. The session keeps what the last one leaves, and if a step fails, nothing changes. If your feeds differ from step to step, pass them as batches, with one more axis in front: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> amount = graph.placeholder((), name=\"amount\") >>> total = graph.variable(100.0, name=\"total\") >>> deposit = graph.assign(total, total + amount) >>> session = Session(graph) >>> print(session.run(deposit, {amount: 5}, steps=4)) 120.0 >>> print(session.run(deposit, batches={amount: [10, 20, 40]})) 190.0 In NumPy this is just a loop, and saves you the checks before each call. A session that compiles for another machine, like XLA's, takes the whole loop along, and that's where it pays.",
"import numpy from mixins.checks import Around, CheckingInterpreter from mixins.dtypes import numbers from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
""
],
[
"Repeat",
"mixins_repeat.html#Loop",
"Loop",
"An executor of many steps. Each step reads what the one before assigned. stacked holds the feeds that differ from step to step.",
"class Loop(Around): def __init__(self, executor, steps, stacked): super().__init__(executor) self.steps, self.stacked = steps, stacked def __call__(self, state, feeds): values = dict(zip(self.reads, state)) for step in range(self.steps): fed = [ value[step] if tensor in self.stacked else value for tensor, value in zip(self.feeds, feeds) ] try: state = [values[x] for x in self.reads] fetched, updates = self.executor(state, fed) except Exception as error: error.add_note(f\"in step {step + 1} of {self.steps}\") raise updates = list(updates) values.update(zip(self.assigned, updates)) return fetched, updates",
""
],
[
"Repeat",
"mixins_repeat.html#Repeat",
"Repeat",
"A session that can run many steps in one call, and check each value.",
"class Repeat: checker = CheckingInterpreter",
""
],
[
"Repeat",
"mixins_repeat.html#Repeat.run",
"Repeat.run",
"The values of fetches, in the same form. Args fetches a tensor, or a list, tuple or dict of fetches. A group gives None. feed_dict values for placeholders, or for other tensors, which then aren't computed. check_numerics whether to raise at the first NaN or infinity. steps how many times to run; you get the values of the last time. By default, once, or once for each batch. batches feeds that differ from step to step: arrays with a value for each step along the first axis. Raises ValueError a placeholder isn't fed; a feed doesn't have its tensor's shape; a tensor belongs to another graph; shapes don't fit; a variable is assigned twice; steps is less than 1, or not the number of batches. TypeError a fetch isn't a tensor, a feed isn't numeric, or steps isn't a whole number. FloatingPointError there's a NaN or infinity, and check_numerics is set. No variable has changed then.",
"def run( self, fetches, feed_dict=None, check_numerics=False, steps=None, batches=None ): if feed_dict is None: feed_dict = {} elif not isinstance(feed_dict, dict): raise TypeError(f\"feed_dict is a dict, got {type(feed_dict).__name__}\") make = self.checker if check_numerics else None flat = is_flat(fetches) wanted = tuple(fetches if flat else flatten(fetches)) if steps is None and batches is None: executor = self.prepare(wanted, tuple(feed_dict), make) else: batches = {} if batches is None else batches steps = _count_steps(steps, batches, feed_dict) feed_dict = {**feed_dict, **batches} executor = self.prepare(wanted, tuple(feed_dict), make) executor = self.repeat(executor, steps, frozenset(batches)) fetched = self.execute(executor, feed_dict) return list(fetched) if flat else rebuild(fetches, iter(fetched))",
""
],
[
"Repeat",
"mixins_repeat.html#Repeat.repeat",
"Repeat.repeat",
"An executor that runs executor for many steps.",
"def repeat(self, executor, steps, stacked): return Loop(executor, steps, stacked) def start(self, executor, feeds, feed_dict):",
""
],
[
"Repeat",
"mixins_repeat.html#S114",
"Ten thousand steps in one call",
"We compute initial values before the first step, so no batch applies to them.",
"stacked = getattr(executor, \"stacked\", ()) feed_dict = {x: value for x, value in feed_dict.items() if x not in stacked} return super().start(executor, feeds, feed_dict)",
""
],
[
"Repeat",
"mixins_repeat.html#_count_steps",
"_count_steps",
"How many steps to run; ValueError if steps and the batches disagree.",
"def _count_steps(steps, batches, feed_dict): if not isinstance(batches, dict): raise TypeError(f\"batches is a dict, got {type(batches).__name__}\") for tensor, value in batches.items(): name = getattr(tensor, \"name\", tensor) if isinstance(value, Tensor): raise TypeError(f\"batches of '{name}' are arrays, got {value!r}\") shape = getattr(value, \"shape\", None) shape = numbers(value, f\"batches of '{name}'\").shape if shape is None else shape if shape == (): raise ValueError(f\"batches of '{name}' are a value for each step, got one\") if tensor in feed_dict: raise ValueError(f\"'{name}' is fed twice, in feed_dict and in batches\") steps = shape[0] if steps is None else steps if steps != shape[0]: raise ValueError( f\"batches of '{name}' are for {shape[0]} steps, expected {steps}\" ) steps = 1 if steps is None else steps if type(steps) is bool or not isinstance(steps, (int, numpy.integer)): raise TypeError(f\"steps is a whole number, got {steps!r}\") if not 1 \u003c= steps \u003c 2**31: raise ValueError(f\"steps is from 1 to 2**31 - 1, got {steps}\") return int(steps)",
""
],
[
"Repeat",
"mixins_repeat.html#is_flat",
"is_flat",
"Whether this is a list of tensors and nothing else, as in most steps.",
"def is_flat(fetches): return type(fetches) is list and all(isinstance(x, Tensor) for x in fetches)",
""
],
[
"Repeat",
"mixins_repeat.html#flatten",
"flatten",
"The tensors in fetches, a tensor or a list, tuple or dict of fetches.",
"def flatten(fetches): if isinstance(fetches, Tensor): return [fetches] if not isinstance(fetches, (list, tuple, dict)): raise TypeError( f\"Argument `fetch` = {fetches!r} has invalid type \" f'\"{type(fetches).__name__}\": it must be a Tensor, or a list, tuple or ' \"dict of fetches\" ) parts = fetches.values() if isinstance(fetches, dict) else fetches return [tensor for part in parts for tensor in flatten(part)]",
""
],
[
"Repeat",
"mixins_repeat.html#rebuild",
"rebuild",
"fetches with the next of values in place of each tensor.",
"def rebuild(fetches, values): if isinstance(fetches, Tensor): return next(values) if isinstance(fetches, dict): return {key: rebuild(part, values) for key, part in fetches.items()} parts = [rebuild(part, values) for part in fetches] if isinstance(fetches, list): return parts return type(fetches)(*parts) if hasattr(fetches, \"_fields\") else tuple(parts)",
""
],
[
"Callables",
"mixins_callables.html#why-ask-for-the-same-thing-ten-thousand-times",
"Why ask for the same thing ten thousand times?",
"Why ask for the same thing ten thousand times? In a training loop every step asks for the same tensors, and feeds the same placeholders. run finds the program that it compiled for the first step, but to find it, it must look at your request again. Say once what you'll ask for, and you get a function that looks at nothing but the values: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> amount = graph.placeholder((), name=\"amount\") >>> total = graph.variable(100.0, name=\"total\") >>> deposit = graph.assign(total, total + amount) >>> session = Session(graph) >>> pay_in = session.make_callable(deposit, [amount]) >>> print(pay_in(20.0), pay_in(3.0)) 120.0 123.0 The values may differ from call to call, so it still checks theirs, each time: >>> pay_in([1.0, 2.0]) Traceback (most recent call last): ... ValueError: Cannot feed value of shape (2,) for Tensor 'amount', ... >>> print(session.run(total)) 123.0 In a small network like XOR's, the questions take a tenth of a step. In a large one you won't notice.",
"from mixins.repeat import flatten, is_flat, rebuild from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Callables",
"mixins_callables.html#Callables",
"Callables",
"A session that makes functions of requests.",
"class Callables:",
""
],
[
"Callables",
"mixins_callables.html#Callables.make_callable",
"Callables.make_callable",
"A function that runs fetches, and takes a value for each of feed_list. Args fetches a tensor, or a list, tuple or dict of fetches. feed_list the tensors that you will feed, in the order of the function's arguments. Raises ValueError as run does, for what you fetch and feed; or a tensor is in feed_list twice. TypeError a fetch isn't a tensor, or feed_list isn't a list. The function raises it if it gets more or fewer values than that.",
"def make_callable(self, fetches, feed_list=None): if feed_list is not None and not isinstance(feed_list, (list, tuple)): raise TypeError(f\"feed_list is a list, got {type(feed_list).__name__}\") wanted, feeds = tuple(flatten(fetches)), tuple(feed_list or ()) executor = self.prepare(wanted, feeds) for tensor in feeds: if feeds.count(tensor) > 1: raise ValueError(f\"'{tensor.name}' is in feed_list twice\") def call(*values): if len(values) != len(feeds): names = \", \".join(tensor.name for tensor in feeds) or \"none\" raise TypeError( f\"values to feed: expected {len(feeds)} ({names}), \" f\"got {len(values)}\" ) feed_dict = dict(zip(feeds, values)) if feeds else {} fetched = self.execute(executor, feed_dict) return list(fetched) if flat else rebuild(fetches, iter(fetched)) flat = is_flat(fetches) return call",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#the-power-goes-out-on-day-three",
"The power goes out on day three",
"The power goes out on day three A long training run must survive that. A checkpoint holds the value of every variable, the optimizers' included, and the state of the random generator. A session that restores it goes on as if nothing had happened. >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> total = graph.variable(190.0, name=\"total\") >>> session = Session(graph) >>> import tempfile >>> with tempfile.TemporaryDirectory() as folder: ... session.save(f\"{folder}/bank\") ... other = Session(graph) ... other.restore(f\"{folder}/bank\") >>> print(other.run(total)) 190.0 Maybe you want only a model's parameters, without the optimizer's memory. Then say which variables, and if you like, which names they have in the file: >>> balance = graph.variable(0.0, name=\"balance\") >>> with tempfile.TemporaryDirectory() as folder: ... session.save(f\"{folder}/bank\", [total]) ... other.restore(f\"{folder}/bank\", {\"total\": balance}) >>> print(other.run(balance)) 190.0 The file is a zip with one .npy for each variable, as numpy.savez makes it. It's not a pickle, because reading a pickle can run code. And we never write into your old file: we write another one beside it, and rename that. Interrupt us whenever you like; you'll find the old file or the new one, whole.",
"import contextlib import glob import json import os import socket import threading import zipfile import numpy from mixins.dtypes import as_array from mixins.shapes import check_shape from tensor import FRAMEWORK FRAMEWORK.add(__name__) _RANDOM = \"random.json\"",
"checkpoint"
],
[
"Checkpoint",
"mixins_checkpoint.html#Checkpoint",
"Checkpoint",
"A session that can be saved and restored.",
"class Checkpoint:",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#Checkpoint.save",
"Checkpoint.save",
"Write variables, and the state of the random generator, to a file. variables is a list or a dict by name in the file; by default, all of them. If you save only some, say which again to restore them. If the process is killed meanwhile, it may leave a \".part\" file behind. The next save to the same path on that machine deletes it. Raises ValueError two variables have the same name, or one isn't a variable. TypeError variables isn't a list, or a dict with strings as keys. OSError the file can't be written. The old one is unchanged.",
"def save(self, path, variables=None): drawn = self.random.bit_generator.state try: needed = self.graph.variables if variables is not None: needed = [variable for _, variable in self._names_of(variables)] self.state.update(self.first_values(needed, {})) except BaseException: self.random.bit_generator.state = drawn raise saved = self._names_of(list(self.state) if variables is None else variables) names = [name for name, _ in saved] if len(set(names)) \u003c len(names): twice = _some([name for name in names if names.count(name) > 1]) raise ValueError(f\"cannot save: a name is there twice: {twice}\") values = ((name, self.on_host(self.state[x], x)) for name, x in saved) self.write(os.path.realpath(os.fsdecode(path)), values)",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#Checkpoint.write",
"Checkpoint.write",
"Write values and their names to a file, wholly or not at all.",
"def write(self, path, values): part = f\"{_parts(path)}{os.getpid()}-{threading.get_ident()}.part\" _remove_orphans(path) try: with open(part, \"wb\") as file: with zipfile.ZipFile(file, \"w\") as archive: for name, value in values: with archive.open( f\"{name}.npy\", \"w\", force_zip64=True ) as entry: numpy.lib.format.write_array( entry, numpy.asarray(value), allow_pickle=False ) random = json.dumps(self.random.bit_generator.state) archive.writestr(_RANDOM, random) file.flush() os.fsync(file.fileno()) os.replace(part, path) except BaseException: if os.path.exists(part): os.remove(part) raise _sync_folder(os.path.dirname(path))",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#Checkpoint.restore",
"Checkpoint.restore",
"Take the state from a file that save wrote. Give variables, a list or a dict by name in the file, and only they change. Other variables and the random generator stay as they are, and the file may hold more. Raises FileNotFoundError there's no such file. ValueError it isn't a checkpoint, isn't whole, or is from another model. TypeError variables isn't a list, or a dict with strings as keys. The state hasn't changed then.",
"def restore(self, path, variables=None): arrays, random = _read(path) if variables is None: kinds = (\"variable\", \"placeholder\") by_name = {x.name: x for x in self.graph.tensors if x.kind in kinds} needed = [x.name for x in self.graph.variables] else: by_name = dict(self._names_of(variables)) needed = list(by_name) arrays = {name: arrays[name] for name in arrays if name in by_name} absent = [name for name in needed if name not in arrays] unknown = [name for name in arrays if name not in by_name] if absent or unknown: raise ValueError( f\"{path} is of another model: \" f\"it lacks {_some(absent)} and has {_some(unknown)} besides\" ) state = {} if variables is None else dict(self.state) for name, array in arrays.items(): variable = by_name[name] try: check_shape(variable, array.shape, {}, \"restore\") array = as_array(array, variable.dtype, f\"'{name}'\") state[variable] = self.keep(array, variable) except (TypeError, ValueError) as error: raise ValueError(f\"{path} is of another model: {error}\") from None if variables is None: self.random.bit_generator.state = random self.state.clear() self.state.update(state)",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#Checkpoint._names_of",
"Checkpoint._names_of",
"Pairs (name, variable), from a list of variables or a dict by name. Raises ValueError if one isn't a variable of this session's graph.",
"def _names_of(self, variables): if not isinstance(variables, (list, tuple, dict)): got = type(variables).__name__ raise TypeError(f\"variables come as a list or a dict, got {got}\") if isinstance(variables, dict): pairs = list(variables.items()) else: pairs = [(getattr(x, \"name\", None), x) for x in variables] for name, x in pairs: self.check_ours(x, \"keep\") if not (isinstance(name, str) and name.isprintable()): raise TypeError(f\"a name is a printable string, got {name!r}\") if x.kind != \"variable\" and x not in self.state: raise ValueError(f\"Cannot save or restore {x!r}: it is not a variable\") return pairs",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#S178",
"_parts",
"A process that's killed while it saves can't clean up. The next one does, where it can see that nobody is writing: the name says which process of which machine it was.",
"def _parts(path): return f\"{path}.{socket.gethostname()}-\"",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#_parts",
"_parts",
"How the names of our unfinished files begin.",
"def _parts(path): return f\"{path}.{socket.gethostname()}-\"",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#_remove_orphans",
"_remove_orphans",
"Remove the unfinished files of processes that don't live any more.",
"def _remove_orphans(path): for part in glob.glob(f\"{glob.escape(_parts(path))}*.part\"): number = part.removeprefix(_parts(path)).partition(\"-\")[0]",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#S191",
"The power goes out on day three",
"One that somebody else removes, or that isn't ours, is no reason to fail.",
"with contextlib.suppress(OSError, ValueError, OverflowError): if not _lives(int(number)): os.remove(part) def _lives(process): try:",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#S199",
"The power goes out on day three",
"Signal 0 does nothing, but only to a process that there is.",
"os.kill(process, 0) except ProcessLookupError: return False return True",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#_read",
"_read",
"The arrays of a checkpoint by name, and the state of its random generator.",
"def _read(path): with open(path, \"rb\") as file: try: return _read_archive(zipfile.ZipFile(file)) except Exception as error: raise ValueError( f\"{path} is not a checkpoint, or not a whole one: {error}\" ) from None def _read_archive(archive): names = archive.namelist() if len(set(names)) \u003c len(names): raise ValueError(\"a name is there twice\") if _RANDOM not in names: raise ValueError(f\"it lacks {_RANDOM}\") names.remove(_RANDOM) random = json.loads(archive.read(_RANDOM)) numpy.random.default_rng().bit_generator.state = random arrays = {} for name in names: if not name.endswith(\".npy\"): raise ValueError(f\"it has {name}, which is no array\") with archive.open(name) as entry: array = numpy.lib.format.read_array(entry, allow_pickle=False) arrays[name.removesuffix(\".npy\")] = array return arrays, random",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#_some",
"_some",
"A few of names, for a message.",
"def _some(names): more = f\" and {len(names) - 3} more\" if len(names) > 3 else \"\" return (\", \".join(f\"'{name}'\" for name in names[:3]) or \"nothing\") + more",
""
],
[
"Checkpoint",
"mixins_checkpoint.html#_sync_folder",
"_sync_folder",
"Make sure that a rename in folder is on disk.",
"def _sync_folder(folder): descriptor = os.open(folder, os.O_RDONLY) try: os.fsync(descriptor) finally: os.close(descriptor)",
""
],
[
"Drawn",
"mixins_drawing.html#ask-the-graph-what-it-looks-like",
"Ask the graph what it looks like",
"Ask the graph what it looks like Every graph in this book drew its own picture. Boxes with round corners are operations, and the lines between them are tensors. A tensor that no operation makes needs a place to begin: a box with square corners, dashed for a placeholder. Here's z=Ax+b, a matrix times a vector, plus a vector: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.placeholder((2,), name=\"x\") >>> A = graph.constant([[1, 0], [0, -1]], name=\"A\") >>> b = graph.constant([1, 1], name=\"b\") >>> z = graph.add(A @ x, b, name=\"z\") >>> print(Session(graph).run(z, {x: [1, 2]})) [ 2. -1.] Figure 1 A x + b: a product, then a sum. Draw shows you how a picture is laid out.",
"z = A x + b z=Ax+b from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
""
],
[
"Drawn",
"mixins_drawing.html#Drawn",
"Drawn",
"A graph that can be drawn.",
"class Drawn:",
""
],
[
"Drawn",
"mixins_drawing.html#Drawn.draw",
"Drawn.draw",
"Draw what tensors depend on, or the whole graph; return a Drawing. Raises ImportError pygraphviz is not installed. TypeError something to draw isn't a tensor. ValueError a tensor belongs to another graph.",
"def draw(self, tensors=None):",
""
],
[
"Drawn",
"mixins_drawing.html#S39",
"Ask the graph what it looks like",
"You need pygraphviz only to draw.",
"from draw import Drawing if tensors is None: tensors = self.tensors tensors = tensors if isinstance(tensors, (list, tuple)) else [tensors] for tensor in tensors: if not isinstance(tensor, Tensor): got = f\"{type(tensor).__name__} {tensor!r}\" raise TypeError(f\"expected tensors to draw, got {got}\") self.convert(tensor) return Drawing(tensors)",
""
],
[
"Optimizers",
"train.html#you-know-which-way-is-down-how-far-do-you-go",
"You know which way is down. How far do you go?",
"You know which way is down. How far do you go? optimizer.step() looks like magic in a loop. It's a formula. It takes the gradient g of the loss with respect to a parameter θ, and says how far to move it. Let's fit a slope: >>> import numpy >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.placeholder((3,), name=\"x\") >>> y = graph.placeholder((3,), name=\"y\") >>> slope = graph.variable(0.0, name=\"slope\") >>> loss = graph.mean(graph.square(slope * x - y), name=\"loss\") >>> update = GradientDescentOptimizer(learning_rate=0.1).minimize(loss) >>> session = Session(graph) >>> feeds = {x: [1.0, 2.0, 3.0], y: [2.0, 4.0, 6.0]} >>> for _ in range(10): ... session.run(update, feeds) >>> print(session.run(slope).round(4)) 2.0 Where's the optimizer? It's in the graph. minimize adds the gradients, and a few operations that compute the new value. So one program does the whole step. And what an optimizer remembers between steps, its slots, are variables: a checkpoint saves them like any other. >>> print(session.program(update, feeds)) def program(state, feeds): slope, = state x, y = feeds mul = slope * x sub = mul - y loss_by_sub = 0.6666666666666666 * sub mul_3 = loss_by_sub * x loss_by_slope = mul_3.sum() mul_5 = 0.1 * loss_by_slope new_slope = slope - mul_5 return (None,), (new_slope,) The formulas and defaults are TensorFlow 1's. In them η is the learning rate, and an arrow points from a variable's new value to where we keep it. Figure 1 Three optimizers from the same start. A dot is a step.",
"g \\theta \\eta g \\theta \\eta import numbers from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
"slots"
],
[
"Optimizers",
"train.html#Optimizer",
"Optimizer",
"What all optimizers share. A subclass defines updates. Args learning_rate a number, or a scalar tensor, which you can feed in each run. Raises TypeError it's neither.",
"class Optimizer: def __init__(self, learning_rate): is_number = isinstance(learning_rate, numbers.Real) is_scalar = isinstance(learning_rate, Tensor) and learning_rate.rank in ( 0, None, ) if not is_number and not is_scalar: raise TypeError( f\"the learning rate of {type(self).__name__} is a number or a scalar \" f\"tensor, got {learning_rate!r}\" ) self.learning_rate = learning_rate self._slots = {}",
""
],
[
"Optimizers",
"train.html#Optimizer.minimize",
"Optimizer.minimize",
"A tensor that takes one step on loss each time you run it. var_list lists the variables to change, by default all trainable ones. Raises ValueError the loss depends on none of them.",
"def minimize(self, loss, var_list=None, name=None): return self.apply_gradients(self.compute_gradients(loss, var_list), name)",
""
],
[
"Optimizers",
"train.html#Optimizer.compute_gradients",
"Optimizer.compute_gradients",
"Pairs (gradient, variable), with None where the loss doesn't depend on it. Raises ValueError the loss depends on none of them, or one isn't a variable. TypeError the loss isn't a tensor, or var_list isn't a list.",
"def compute_gradients(self, loss, var_list=None): if not isinstance(loss, Tensor): raise TypeError(f\"a loss is a tensor, got {type(loss).__name__} {loss!r}\") if var_list is None: trainable = [x for x in loss.graph.variables if x.trainable] var_list = [x for x in trainable if x.dtype.kind == \"f\"] if isinstance(var_list, Tensor): raise TypeError(f\"var_list is a list of variables, got {var_list!r}\") if not var_list: raise ValueError( f\"No variables to optimize: the graph of '{loss.name}' has none that \" \"are trainable and hold floating point numbers\" ) for x in var_list: if not isinstance(x, Tensor) or x.kind != \"variable\": raise ValueError(f\"var_list has variables only, got {x!r}\") gradients = loss.graph.gradients(loss, var_list, zeros=False) if all(gradient is None for gradient in gradients): names = \", \".join(f\"'{variable.name}'\" for variable in var_list) raise ValueError( f\"No gradients provided for any variable: '{loss.name}' depends on \" f\"none of {names}\" ) return list(zip(gradients, var_list))",
""
],
[
"Optimizers",
"train.html#Optimizer.apply_gradients",
"Optimizer.apply_gradients",
"One step, as a group of assignments. Skips pairs whose gradient is None. Raises ValueError all gradients are None.",
"def apply_gradients(self, grads_and_vars, name=None): pairs = [(g, v) for g, v in grads_and_vars if g is not None] if not pairs: raise ValueError(\"No gradients provided for any variable\") graph = pairs[0][1].graph updates = self.shared_updates(graph, [variable for _, variable in pairs]) for gradient, variable in pairs: updates += self.updates(graph, gradient, variable) return graph.group([graph.assign(*update) for update in updates], name)",
""
],
[
"Optimizers",
"train.html#Optimizer.slot",
"Optimizer.slot",
"A variable of the shape of variable, made at its first use.",
"def slot(self, variable, name, initial_value): if (variable, name) not in self._slots: graph = variable.graph",
""
],
[
"Optimizers",
"train.html#S140",
"You know which way is down. How far do you go?",
"An initial value waits for nothing.",
"with graph.control_dependencies(None): self._slots[variable, name] = slot = graph.variable( graph.zeros_like(variable) + initial_value, name=f\"{variable.name}_{name}\", trainable=False, )",
""
],
[
"Optimizers",
"train.html#S147",
"You know which way is down. How far do you go?",
"On several devices, each part of it lies beside that of the variable.",
"slot.beside = variable return self._slots[variable, name]",
""
],
[
"Optimizers",
"train.html#Optimizer.updates",
"Optimizer.updates",
"Pairs (variable, new value): what one step assigns for variable.",
"def updates(self, graph, gradient, variable): raise NotImplementedError",
""
],
[
"Optimizers",
"train.html#Optimizer.shared_updates",
"Optimizer.shared_updates",
"The same pairs, for what these variables share.",
"def shared_updates(self, graph, variables): return []",
""
],
[
"Optimizers",
"train.html#gradient-descent",
"Why against the gradient?",
"Why against the gradient? A small step d changes the loss by g·d, the sum of gidi. Of all steps of the same length, the one straight against g makes that smallest. How long can it be? The gradient can't tell. On L=c2θ2, the gradient is g=cθ, and a step turns θ into (1−ηc)θ. Above η=2/c it grows instead of shrinking: >>> def descend(optimizer, steps, curvature=1.0): ... graph = Graph() ... theta = graph.variable(numpy.ones_like(curvature), name=\"theta\") ... loss = graph.sum(graph.square(theta) * curvature) / 2 ... update, session = optimizer.minimize(loss), Session(graph) ... for _ in range(steps): ... session.run(update) ... return session.run(theta).round(4) + 0.0 >>> print(descend(GradientDescentOptimizer(1.5), 10)) 0.001 >>> print(descend(GradientDescentOptimizer(2.5), 10)) 57.665",
"d g \\cdot d g_i d_i g L = \\frac{c}{2} \\theta^2 g = c\\,\\theta \\theta (1 - \\eta c)\\,\\theta \\eta = 2 / c d g\\cdotd gd g L=\\frac{c}{2}\\theta^2 g=c\\,\\theta \\theta (1-\\etac)\\,\\theta \\eta=2/c class GradientDescentOptimizer(Optimizer): def updates(self, graph, gradient, variable): return [(variable, variable - self.learning_rate * gradient)]",
""
],
[
"Optimizers",
"train.html#GradientDescentOptimizer",
"GradientDescentOptimizer",
"Straight downhill. θ←θ−ηg",
"\\theta \\leftarrow \\theta - \\eta\\, g \\theta\\leftarrow\\theta-\\eta\\,g class GradientDescentOptimizer(Optimizer): def updates(self, graph, gradient, variable): return [(variable, variable - self.learning_rate * gradient)]",
""
],
[
"Optimizers",
"train.html#momentum",
"Let it roll",
"Let it roll A loss is often a narrow valley, steep across and almost flat along. Your learning rate has to suit the steep direction. Along the valley it's far too small. A ball would do better. It doesn't stop and start again in each step. Its speed v adds up along the valley; across, where the gradient changes sign, it cancels. >>> valley = numpy.array([1.0, 100.0]) >>> print(descend(GradientDescentOptimizer(0.015), 50, valley)) [0.4697 0. ] >>> print(descend(MomentumOptimizer(0.015, momentum=0.8), 50, valley)) [-0.0046 -0.0003] Exercise 14 asks for the form that Polyak gave it.",
"v v class MomentumOptimizer(Optimizer): def __init__(self, learning_rate, momentum, *, use_nesterov=False): super().__init__(learning_rate) self.momentum, self.use_nesterov = momentum, use_nesterov def updates(self, graph, gradient, variable): v = self.slot(variable, \"momentum\", 0.0) new_v = self.momentum * v + gradient step = gradient + self.momentum * new_v if self.use_nesterov else new_v return [(v, new_v), (variable, variable - self.learning_rate * step)]",
""
],
[
"Optimizers",
"train.html#MomentumOptimizer",
"MomentumOptimizer",
"Downhill with a memory of where we were going. v←μv+gθ←θ−ηv or, with use_nesterov, θ←θ−η(g+μv), with the new v; μ is momentum. (Sutskever et al. 2013.)",
"v \\leftarrow \\mu v + g \\theta \\leftarrow \\theta - \\eta\\, v \\theta \\leftarrow \\theta - \\eta\\,(g + \\mu v) v \\mu v\\leftarrow\\muv+g \\theta\\leftarrow\\theta-\\eta\\,v \\theta\\leftarrow\\theta-\\eta\\,(g+\\muv) v \\mu class MomentumOptimizer(Optimizer): def __init__(self, learning_rate, momentum, *, use_nesterov=False): super().__init__(learning_rate) self.momentum, self.use_nesterov = momentum, use_nesterov def updates(self, graph, gradient, variable): v = self.slot(variable, \"momentum\", 0.0) new_v = self.momentum * v + gradient step = gradient + self.momentum * new_v if self.use_nesterov else new_v return [(v, new_v), (variable, variable - self.learning_rate * step)]",
""
],
[
"Optimizers",
"train.html#steps-of-their-own-size",
"A step size for each parameter",
"A step size for each parameter If one parameter has large gradients and another small ones, no learning rate suits both. So the next three divide each parameter's step by the usual size of its gradient. In our valley one gradient is a hundred times the other, and yet both coordinates go almost the same way: >>> print(descend(AdagradOptimizer(0.5), 5, valley)) [0.0617 0.0509]",
"class AdagradOptimizer(Optimizer): def __init__(self, learning_rate, initial_accumulator_value=0.1): super().__init__(learning_rate) self.initial_accumulator_value = initial_accumulator_value def updates(self, graph, gradient, variable): s = self.slot(variable, \"accumulator\", self.initial_accumulator_value) new_s = s + graph.square(gradient) step = self.learning_rate * gradient / graph.sqrt(new_s) return [(s, new_s), (variable, variable - step)]",
""
],
[
"Optimizers",
"train.html#AdagradOptimizer",
"AdagradOptimizer",
"Steps that shrink as a parameter's squared gradients add up, to s. s←s+g2θ←θ−ηgs (Duchi et al. 2011.)",
"s s \\leftarrow s + g^2 \\theta \\leftarrow \\theta - \\eta\\, \\frac{g}{\\sqrt{s}} s s\\leftarrows+g^2 \\theta\\leftarrow\\theta-\\eta\\,\\frac{g}{\\sqrt{s}} class AdagradOptimizer(Optimizer): def __init__(self, learning_rate, initial_accumulator_value=0.1): super().__init__(learning_rate) self.initial_accumulator_value = initial_accumulator_value def updates(self, graph, gradient, variable): s = self.slot(variable, \"accumulator\", self.initial_accumulator_value) new_s = s + graph.square(gradient) step = self.learning_rate * gradient / graph.sqrt(new_s) return [(s, new_s), (variable, variable - step)]",
""
],
[
"Optimizers",
"train.html#RMSPropOptimizer",
"RMSPropOptimizer",
"The same with a running mean s of the squares, which forgets. s←ρs+(1−ρ)g2m←μm+ηgs+ϵθ←θ−m with s=1 at first, and ϵ inside the root; ρ is decay and μ is momentum. (Tieleman and Hinton 2012.)",
"s s \\leftarrow \\rho s + (1 - \\rho)\\, g^2 m \\leftarrow \\mu m + \\eta\\, \\frac{g}{\\sqrt{s + \\epsilon}} \\theta \\leftarrow \\theta - m s = 1 \\epsilon \\rho \\mu s s\\leftarrow\\rhos+(1-\\rho)\\,g^2 m\\leftarrow\\mum+\\eta\\,\\frac{g}{\\sqrt{s+\\epsilon}} \\theta\\leftarrow\\theta-m s=1 \\epsilon \\rho \\mu class RMSPropOptimizer(Optimizer): def __init__(self, learning_rate, decay=0.9, momentum=0.0, epsilon=1e-10): super().__init__(learning_rate) self.decay, self.momentum, self.epsilon = decay, momentum, epsilon def updates(self, graph, gradient, variable): s = self.slot(variable, \"rms\", 1.0) new_s = self.decay * s + (1 - self.decay) * graph.square(gradient) step = self.learning_rate * gradient / graph.sqrt(new_s + self.epsilon) if self.momentum == 0: return [(s, new_s), (variable, variable - step)] m = self.slot(variable, \"momentum\", 0.0) new_m = self.momentum * m + step return [(s, new_s), (m, new_m), (variable, variable - new_m)]",
""
],
[
"Optimizers",
"train.html#adam",
"Adam, and why it corrects itself",
"Adam, and why it corrects itself Adam keeps two running means: m of the gradients, and v of their squares. Both start at 0, so at first they're too small. By how much? If all gradients are g, then after t steps m=(1−β1)(1+β1+…+β1t−1)g=(1−β1t)g and v=(1−β2t)g2. Adam puts both factors into the learning rate. So its first step moves each parameter by η, however large the gradient is (unless it's as small as ϵ): >>> print(descend(AdamOptimizer(0.01), 1, valley)) [0.99 0.99] You can now train any network of this book. Part V b uses Adam to teach one to read handwriting.",
"m v g t m = (1 - \\beta_1)(1 + \\beta_1 + \\dots + \\beta_1^{t-1})\\,g = (1 - \\beta_1^t)\\,g v = (1 - \\beta_2^t)\\,g^2 \\eta \\epsilon m v g t m=(1-\\beta)(1+\\beta+\\dots+\\beta^{t-1})\\,g=(1-\\beta^t)\\,g v=(1-\\beta^t)\\,g^2 \\eta \\epsilon class AdamOptimizer(Optimizer): def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8): super().__init__(learning_rate) self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon self._powers = {} def shared_updates(self, graph, variables):",
""
],
[
"Optimizers",
"train.html#AdamOptimizer",
"AdamOptimizer",
"Momentum, divided by the usual size of the gradient. m←β1m+(1−β1)gv←β2v+(1−β2)g2 θ←θ−η1−β2t1−β1tmv+ϵ with t=1 in the first step. ϵ stands outside of the root and isn't corrected: \"epsilon hat\" in Kingma and Ba 2014, section 2.",
"m \\leftarrow \\beta_1 m + (1 - \\beta_1)\\, g v \\leftarrow \\beta_2 v + (1 - \\beta_2)\\, g^2 \\theta \\leftarrow \\theta - \\eta\\, \\frac{\\sqrt{1 - \\beta_2^t}}{1 - \\beta_1^t}\\, \\frac{m}{\\sqrt{v} + \\epsilon} t = 1 \\epsilon m\\leftarrow\\betam+(1-\\beta)\\,g v\\leftarrow\\betav+(1-\\beta)\\,g^2 \\theta\\leftarrow\\theta-\\eta\\,\\frac{\\sqrt{1-\\beta^t}}{1-\\beta^t}\\,\\frac{m}{\\sqrt{v}+\\epsilon} t=1 \\epsilon class AdamOptimizer(Optimizer): def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8): super().__init__(learning_rate) self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon self._powers = {} def shared_updates(self, graph, variables):",
""
],
[
"Optimizers",
"train.html#S324",
"Adam, and why it corrects itself",
"Variables that take their first step together count their steps together.",
"starting = [x for x in variables if x not in self._powers] if starting: powers = ( graph.variable(self.beta1, name=\"beta1_t\", trainable=False), graph.variable(self.beta2, name=\"beta2_t\", trainable=False), ) self._powers.update(dict.fromkeys(starting, powers)) betas, updates = (self.beta1, self.beta2), [] for powers in dict.fromkeys(self._powers[x] for x in variables): updates += [(power, power * beta) for power, beta in zip(powers, betas)] return updates def updates(self, graph, gradient, variable): m = self.slot(variable, \"m\", 0.0) v = self.slot(variable, \"v\", 0.0)",
""
],
[
"Optimizers",
"train.html#S340",
"Adam, and why it corrects itself",
"We round the betas to the variable's type, as we do their powers.",
"beta1, beta2 = ( graph.constant(beta, dtype=variable.dtype) for beta in (self.beta1, self.beta2) ) new_m = beta1 * m + (1 - beta1) * gradient new_v = beta2 * v + (1 - beta2) * graph.square(gradient) powers = self._powers[variable] beta1_t, beta2_t = (graph.cast(power, variable.dtype) for power in powers) rate = self.learning_rate * graph.sqrt(1 - beta2_t) / (1 - beta1_t) step = rate * new_m / (graph.sqrt(new_v) + self.epsilon) return [(m, new_m), (v, new_v), (variable, variable - step)]",
""
],
[
"Drawing",
"draw.html#what-does-a-graph-look-like",
"What does a graph look like?",
"What does a graph look like? You can read a program for an hour, or look at its picture for ten seconds. >>> from graph import Graph >>> graph = Graph() >>> x = graph.placeholder((2,), name=\"x\") >>> y = graph.sum(graph.exp(x), name=\"y\") >>> picture = graph.draw([y, *graph.gradients(y, [x])]) Figure 1 Ink is what you wrote; orange is what was derived. picture.save(\"y.svg\") writes it to a file, and a notebook shows it by itself. Boxes with round corners are operations, each with its sign above the name of its output. Boxes with square corners are leaves, which no operation makes: constants, placeholders (dashed) and variables (bold). The lines are tensors, with their shapes where they begin. A dotted line carries no value; it comes from a control input. Everything that Graph.gradients made is orange. It climbs from the result back to the leaves, beside what it's derived from. The box ∂y/∂exp is the tensor that the program calls y_by_exp. Graphviz finds a place for each box and a path for each line, and we write the picture.",
"import collections import html import re import unicodedata from mixins.shapes import show_shape from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"leaves"
],
[
"Drawing",
"draw.html#S39",
"What does a graph look like?",
"We show an operation by its usual sign, if it has one.",
"_SIGNS = { **{\"add\": \"+\", \"sub\": \"−\", \"mul\": \"×\", \"div\": \"÷\", \"neg\": \"−\", \"pow\": \"^\"}, **{\"dot\": \"@\", \"matmul\": \"@\", \"sum\": \"Σ\", \"sigmoid\": \"σ\", \"square\": \"x²\"}, **{\"sqrt\": \"√\", \"transpose\": \"T\", \"assign\": \"←\", \"abs\": \"|x|\"}, **{\"less\": \"\u003c\", \"greater\": \">\", \"less_equal\": \"≤\", \"greater_equal\": \"≥\"}, **{\"equal\": \"=\", \"getitem\": \"[ ]\"}, } _LINE, _MARGIN = 16, 8 # pixels",
""
],
[
"Drawing",
"draw.html#_width",
"_width",
"Roughly the width of a text in pixels; too wide rather than too narrow.",
"def _width(text): return sum( 13 if unicodedata.east_asian_width(letter) in \"WF\" else 11 if letter.isupper() or letter in \"mw@%\" else 7 for letter in text )",
""
],
[
"Drawing",
"draw.html#title",
"title",
"The name of a tensor; for the gradient loss_by_hidden, ∂loss/∂hidden.",
"def title(tensor): if tensor.gradient_of is None: return tensor.name y, x, consumer = tensor.gradient_of y = f\"({title(y)})\" if y.gradient_of else y.name via = \"\" if consumer is None else f\" via {title(consumer)}\" return f\"∂{y}/∂{title(x)}{via}\"",
""
],
[
"Drawing",
"draw.html#sign",
"sign",
"The sign of the operation that makes a tensor, or its kind.",
"def sign(tensor): return _SIGNS.get(tensor.kind, tensor.kind)",
""
],
[
"Drawing",
"draw.html#Drawing",
"Drawing",
"A picture of the operations that some tensors depend on. Args tensors what to draw, with everything it depends on. Attributes svg the picture as a complete SVG file. body the same without its style sheet; the page around it must include STYLE. Each box has the name of its tensor as data-tensor. Raises ImportError pygraphviz is not installed.",
"class Drawing: def __init__(self, tensors): self.tensors = _shown(tensors) edges = _edges(self.tensors, _inputs) control = _edges(self.tensors, _control_inputs) boxes, paths, (width, height) = _layout(self.tensors, edges + control) parts = [ _path(path, target, control=key >= len(edges)) for key, (path, _, target) in enumerate(paths) ]",
""
],
[
"Drawing",
"draw.html#S102",
"What does a graph look like?",
"A shape goes on the side that the lines lean away from.",
"self.leaning = collections.Counter() for path, source, _ in paths: self.leaning[source] += path[3][0] - path[0][0] parts += [self._box(tensor, *box) for tensor, box in boxes.items()] size = f'width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\"' inside = \"\\n\".join(parts) tag = f'\u003csvg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph\" {size}>' self.svg = f\"{tag}\\n\u003cstyle>{STYLE}\u003c/style>\\n{inside}\\n\u003c/svg>\\n\" self.body = f'\u003csvg class=\"graph\" {size}>\\n{inside}\\n\u003c/svg>'",
""
],
[
"Drawing",
"draw.html#Drawing.save",
"Drawing.save",
"Write the picture to a file.",
"def save(self, path): with open(path, \"w\", encoding=\"utf-8\") as file: file.write(self.svg) def _repr_svg_(self): return self.svg def _box(self, tensor, x, y, width, height): lines, kind = _lines(tensor), tensor.kind if tensor.op is None else \"operation\" derived = \" derived\" * _is_derived(tensor) name = html.escape(tensor.name) result = [ f'\u003cg class=\"node {kind}{derived}\" data-tensor=\"{name}\">', f\"\u003ctitle>{html.escape(repr(tensor)[8:-1])}\u003c/title>\", f'\u003crect x=\"{x - width // 2}\" y=\"{y - height // 2}\" width=\"{width}\" ' f'height=\"{height}\" rx=\"{0 if tensor.op is None else 9}\"/>', ] top = y - _LINE * (len(lines) - 1) // 2 + 4 for i, line in enumerate(lines): small = ' class=\"name\"' if i else \"\" text = html.escape(line) result.append(f'\u003ctext x=\"{x}\" y=\"{top + i * _LINE}\"{small}>{text}\u003c/text>') if tensor.dtype is not None and not _is_number(tensor):",
""
],
[
"Drawing",
"draw.html#S137",
"What does a graph look like?",
"Beside the point where the lines begin.",
"side = y - height // 2 - 5 if derived else y + height // 2 + 12 shape = show_shape(tensor.dims) left = self.leaning[tensor] > 0 place = f'class=\"shape{\" left\" * left}\" x=\"{x - 5 if left else x + 5}\"' result.append(f'\u003ctext {place} y=\"{side}\">{shape}\u003c/text>') return \"\".join([*result, \"\u003c/g>\"]) def _is_derived(tensor): return tensor.derived_from is not None def _is_number(tensor): return tensor.kind == \"constant\" and tensor.dims == ()",
""
],
[
"Drawing",
"draw.html#_shown",
"_shown",
"tensors and everything they depend on, except shapes; oldest first.",
"def _shown(tensors): found, waiting = set(), list(tensors) while waiting: tensor = waiting.pop() if tensor not in found: found.add(tensor) waiting += (*_inputs(tensor), *_control_inputs(tensor)) return sorted(found, key=lambda tensor: tensor.index)",
""
],
[
"Drawing",
"draw.html#_inputs",
"_inputs",
"The inputs to draw. A shape is written beside the line instead, and an assigned variable in the box.",
"def _inputs(tensor): if tensor.op is None: return () if tensor.kind == \"assign\": return tensor.op.inputs[1:] shapes = (1,) if tensor.kind == \"fit\" else tensor.op.sizes return tuple(x for i, x in enumerate(tensor.op.inputs) if i not in shapes)",
""
],
[
"Drawing",
"draw.html#_control_inputs",
"_control_inputs",
"The control inputs to draw: those that we don't reach through an input.",
"def _control_inputs(tensor): if tensor.op is None: return [] inputs, control = tensor.op.inputs, tensor.op.control_inputs shown = {*inputs}.union(*(x.op.control_inputs for x in inputs if x.op)) return [x for x in dict.fromkeys(control) if x not in shown]",
""
],
[
"Drawing",
"draw.html#_edges",
"_edges",
"Pairs (input, output), one for each of the inputs of each tensor.",
"def _edges(tensors, inputs): return [(x, tensor) for tensor in tensors for x in inputs(tensor)]",
""
],
[
"Drawing",
"draw.html#_lines",
"_lines",
"The one or two lines in a box; no names like \"mul_21\" in a gradient.",
"def _lines(tensor): automatic = re.sub(r\"_\\d+$\", \"\", tensor.name) == tensor.kind automatic = automatic and tensor.gradient_of is None if _is_number(tensor): value = tensor.initial_value value = f\"{value:g}\" if tensor.dtype.kind == \"f\" else str(value) return [value] if automatic else [value, title(tensor)] if tensor.op is None: return [tensor.name] if tensor.kind == \"assign\": return [sign(tensor), tensor.op.inputs[0].name] if automatic and _is_derived(tensor): return [sign(tensor)] if automatic and tensor.kind not in _SIGNS: return [tensor.name] return [sign(tensor), title(tensor)]",
""
],
[
"Drawing",
"draw.html#layout",
"The same picture on every machine",
"The same picture on every machine Graphviz would measure the texts in whatever fonts your machine has, and your picture would differ from ours. So we hand it empty boxes, and size them by counting letters. And we tell it a white lie. We reverse each line between two derived tensors, and lines from the forward pass to derived tensors get no say in what's above what. So the gradient climbs beside the operations that it belongs to.",
"def _layout(tensors, edges): try: import pygraphviz except ImportError: raise ImportError( \"to draw a graph, install pygraphviz: pip install pygraphviz\" ) from None",
""
],
[
"Drawing",
"draw.html#_layout",
"_layout",
"Each tensor's box (x, y, width, height), the paths, and the picture's size.",
"def _layout(tensors, edges): try: import pygraphviz except ImportError: raise ImportError( \"to draw a graph, install pygraphviz: pip install pygraphviz\" ) from None",
""
],
[
"Drawing",
"draw.html#S229",
"The same picture on every machine",
"The shapes beside the boxes need room.",
"widest = max(_width(show_shape(tensor.dims)) * 3 // 4 for tensor in tensors) left = max(_MARGIN, widest - 10) picture = pygraphviz.AGraph( directed=True, strict=False, nodesep=max(0.3, (widest - 20) / 72), ranksep=0.42 ) sizes, names = {}, {tensor: f\"n{i}\" for i, tensor in enumerate(tensors)} for tensor in tensors: lines = _lines(tensor) sizes[tensor] = ( max(*map(_width, lines), 18) // 2 * 2 + 2 * _MARGIN, len(lines) * _LINE + _MARGIN, ) width, height = sizes[tensor] picture.add_node( names[tensor], **{\"label\": \"\", \"shape\": \"box\", \"fixedsize\": \"true\"}, **{\"width\": width / 72, \"height\": height / 72}, ) for key, (source, target) in enumerate(edges): if _is_back(source, target): picture.add_edge(names[target], names[source], key, dir=\"back\") else: aside = _is_derived(target) picture.add_edge(names[source], names[target], key, constraint=not aside) picture.layout(prog=\"dot\") *_, width, height = (round(float(x)) for x in picture.graph_attr[\"bb\"].split(\",\")) boxes = {} for tensor in tensors: x, y = map(float, picture.get_node(names[tensor]).attr[\"pos\"].split(\",\")) boxes[tensor] = (round(x) + left, height - round(y) + 16, *sizes[tensor]) paths = [] for key, (source, target) in enumerate(edges): back = _is_back(source, target) ends = (target, source) if back else (source, target) edge = picture.get_edge(*(names[end] for end in ends), key) points = _points(edge.attr[\"pos\"], left, height) paths.append((points[::-1] if back else points, source, target)) return boxes, paths, (width + left + widest, height + 34)",
""
],
[
"Drawing",
"draw.html#_is_back",
"_is_back",
"Whether we hand Graphviz the line reversed.",
"def _is_back(source, target): return _is_derived(source) and _is_derived(target)",
""
],
[
"Drawing",
"draw.html#_points",
"_points",
"The points of a path; the tip of the arrow comes first or last.",
"def _points(position, left, height): start, end, points = [], [], [] for part in position.split(): *letter, x, y = part.split(\",\") place = {\"s\": start, \"e\": end}[letter[0]] if letter else points place.append((round(float(x)) + left, height - round(float(y)) + 16)) return start + points + end",
""
],
[
"Drawing",
"draw.html#_path",
"_path",
"The SVG of a line that ends in an arrow; dotted for a control input.",
"def _path(points, target, control): *_, (x0, y0), (x1, y1) = points length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1) dx, dy = (x1 - x0) / length, (y1 - y0) / length base = (round(x1 - 8 * dx), round(y1 - 8 * dy)) corners = [ (x1, y1), (round(x1 - 8 * dx - 3 * dy), round(y1 - 8 * dy + 3 * dx)), (round(x1 - 8 * dx + 3 * dy), round(y1 - 8 * dy - 3 * dx)), ] head, *curve = points[:-1] classes = \"to\" + \" derived\" * _is_derived(target) + \" control\" * control marks = f'class=\"{classes}\"' marks += f' data-to=\"{html.escape(target.name)}\"' return ( f'\u003cpath {marks} d=\"M{_pairs([head])} C{_pairs(curve)} L{_pairs([base])}\"/>' f'\u003cpolygon {marks} points=\"{_pairs(corners)}\"/>' ) def _pairs(points): return \" \".join(f\"{x},{y}\" for x, y in points)",
""
],
[
"Drawing",
"draw.html#what-it-looks-like",
"What it looks like",
"What it looks like In light mode and in dark, all text has a contrast of at least 4.5 to 1.",
"STYLE = \"\"\" .graph { font: 13px system-ui, sans-serif; background: #fff; } .graph text { text-anchor: middle; fill: #1c1f24; } .graph .shape { text-anchor: start; font-size: 11px; fill: #5b6472; paint-order: stroke; stroke: #fff; stroke-width: 4px; } .graph .shape.left { text-anchor: end; } .graph .name { font-size: 11px; fill: #434b57; } .graph rect { fill: #f4f6f9; stroke: #5b6472; stroke-width: 1.2; } .graph .constant rect { fill: #fff; } .graph .placeholder rect { fill: #fff; stroke-dasharray: 4 3; } .graph .variable rect { fill: #fff; stroke-width: 2.6; } .graph .derived rect { fill: #fdf0e3; stroke: #a8560f; } .graph path { fill: none; stroke: #5b6472; stroke-width: 1.2; } .graph path.control { stroke-dasharray: 2 4; } .graph polygon { fill: #5b6472; } .graph path.derived { stroke: #a8560f; } .graph polygon.derived { fill: #a8560f; } @media (prefers-color-scheme: dark) { .graph { background: #16191d; } .graph text { fill: #e6e8eb; } .graph .shape, .graph .name { fill: #b3bac4; } .graph .shape { stroke: #16191d; } .graph rect { fill: #262b33; stroke: #98a1ae; } .graph .constant rect, .graph .placeholder rect, .graph .variable rect { fill: #16191d; } .graph .derived rect { fill: #3a2a18; stroke: #e39a52; } .graph path { stroke: #98a1ae; } .graph polygon { fill: #98a1ae; } .graph path.derived { stroke: #e39a52; } .graph polygon.derived { fill: #e39a52; } } \"\"\"",
""
],
[
"Program",
"compiler_program.html#what-would-you-write-if-you-ran-the-graph-by-hand",
"What would you write if you ran the graph by hand?",
"What would you write if you ran the graph by hand? A session that goes from operation to operation asks the same questions in each step: which comes next, where are its inputs? The answers don't change. By hand, you'd answer once, and write one line of NumPy for each operation. A Program is that text, and the function that Python compiles from it: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> X = graph.placeholder((4, 2), name=\"X\") >>> weights = graph.variable(numpy.ones((2, 3)), name=\"weights\") >>> hidden = graph.sigmoid(X @ weights, name=\"hidden\") >>> print(Session(graph).program(hidden, {X: None})) def program(state, feeds): weights, = state X, = feeds dot = X.dot(weights) hidden = 1 / (1 + np.exp(-dot)) return (hidden,), () It takes the values of variables and feeds, and returns what you asked for, plus the variables' new values. It changes nothing. It knows np and the graph's constants, and nothing else. So you can hand it another module with NumPy's names, like jax.numpy; that's how XLA runs it. XOR's training step shows you a program at full size, gradients and all. What you read is the text as you'd write it. What runs says the same in the way that NumPy takes fastest.",
"import contextvars import itertools import linecache import math import textwrap import types import weakref import numpy import ops from compiler.fast import Fast from compiler.simplify import RESERVED, Simplifier, unique_name from compiler.tracing import Expression from mixins.branches import FlowOp from mixins.rules import is_foreign from session import describe from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Program",
"compiler_program.html#how-it-comes-about",
"Three pages make a compiler",
"Three pages make a compiler First we trace what each operation computes, to get its text. Then we simplify, until only values worth a line remain. On this page we name them, and write the lines.",
"import contextvars import itertools import linecache import math import textwrap import types import weakref import numpy import ops from compiler.fast import Fast from compiler.simplify import RESERVED, Simplifier, unique_name from compiler.tracing import Expression from mixins.branches import FlowOp from mixins.rules import is_foreign from session import describe from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"trace simplify name write"
],
[
"Program",
"compiler_program.html#naming-and-writing",
"When may a value be dropped?",
"When may a value be dropped? A value gets the name of its tensor, as far as Python allows. The new value of the variable weights is new_weights. After a value's last use we del it, so a step needs no more memory than one you'd write by hand. If the value is small, or the whole program is, a del is only noise, and we leave it out. And what you fetch must never change afterwards. But a variable's value is the array in the session's state, and a transpose shares its input's memory. Write into either, and you'd write into the model. So where it has to, the program returns copies: >>> print(Session(graph).program([weights, weights], {})) def program(state, feeds): weights, = state return (weights.copy(), weights.copy()), ()",
"_SMALL_VALUE, _SMALL_PROGRAM = 1 \u003c\u003c 10, 1 \u003c\u003c 20 # bytes _numbers = itertools.count(1)",
"is"
],
[
"Program",
"compiler_program.html#functions",
"Where does an if stand in a straight line?",
"Where does an if stand in a straight line? In a function that the line calls. Where a graph decides, or goes round and round, each of its parts becomes a function, written like a program, by the same rules. They stand above the program.",
"class Writer(Simplifier): def __init__(self, order, feeds, computes, outer=None): self.functions = outer.functions if outer else {} self.constants = outer.constants if outer else {} super().__init__(order, feeds, computes, outer and outer.called) def call(self, op): if not isinstance(op, FlowOp) or type(op) in self.computes: return super().call(op) name = self.reserve(op.kind) parts = [self.write(f\"{name}_{part}\", op.parts[part]) for part in op.parts] parameters, taken = [], self.taken() for given in op.names(): parameters.append(unique_name(given, {*taken, *parameters})) self.functions[name] = op.text(name, parameters, parts) operands = [piece for i in range(len(op.inputs)) for piece in (\", \", i)] return Expression((f\"{name}(\", *operands[1:], \")\"), set(), fresh=False)",
""
],
[
"Program",
"compiler_program.html#Writer",
"Writer",
"A Simplifier that writes functions for the parts of a graph. Attributes functions the lines of each of them, by name. constants the constants that they use, by name.",
"class Writer(Simplifier): def __init__(self, order, feeds, computes, outer=None): self.functions = outer.functions if outer else {} self.constants = outer.constants if outer else {} super().__init__(order, feeds, computes, outer and outer.called) def call(self, op): if not isinstance(op, FlowOp) or type(op) in self.computes: return super().call(op) name = self.reserve(op.kind) parts = [self.write(f\"{name}_{part}\", op.parts[part]) for part in op.parts] parameters, taken = [], self.taken() for given in op.names(): parameters.append(unique_name(given, {*taken, *parameters})) self.functions[name] = op.text(name, parameters, parts) operands = [piece for i in range(len(op.inputs)) for piece in (\", \", i)] return Expression((f\"{name}(\", *operands[1:], \")\"), set(), fresh=False)",
""
],
[
"Program",
"compiler_program.html#Writer.taken",
"Writer.taken",
"The names that are neither parameters nor variables of a function.",
"def taken(self): return {*RESERVED, *self.called, *self.constants}",
""
],
[
"Program",
"compiler_program.html#Writer.reserve",
"Writer.reserve",
"A name for a function, which will be defined by the text.",
"def reserve(self, name): name = unique_name(name, self.taken()) self.called[name] = None return name",
""
],
[
"Program",
"compiler_program.html#Writer.write",
"Writer.write",
"Write the function of a part, and return its name.",
"def write(self, name, part): name = self.reserve(name) inner = type(self)(part.order, set(part.inputs), self.computes, self) results, _ = inner.results(part.outputs) lines = inner.needed(results) parameters = [inner.value(x) for x in part.inputs] constants = [x for x in _leaves(lines, results) if x.role == \"constant\"] taken = self.taken() for value, given in zip(parameters, part.names): value.name = unique_name(given, taken) taken.add(value.name) _name((), (), constants + lines, taken) text = _Text((), lines) text.lines = [f\"def {name}({', '.join(value.name for value in parameters)}):\"] text.compute(results) for value in results: if value.role == \"constant\": text.bind(value) text.lines += _wrap(\"return \", [value.name for value in results], \"\") self.constants.update(text.constants) self.functions[name] = text.lines return name",
""
],
[
"Program",
"compiler_program.html#Program",
"Program",
"A straight-line NumPy program: from state and feeds to values and new state. It's an executor. Call it with two lists, the values of reads and of feeds. It returns the fetched values and the new values of assigned. Args order the operations to run, in topological order. fetches the tensors to return. feeds the tensors that are fed. Attributes source its text. executed the same, as NumPy takes it fastest. function that, compiled. It takes the values of variables and of feeds, and a random generator if the program is random. It returns two tuples, the fetched values and the new values of assigned. reads the variables, and the random generator if the program is random. variables the tensors it reads from the state. feeds the fed tensors that it reads. assigned the variables that get a new value. outputs the tensors of those new values, in the same order. random whether it draws random numbers. values_at by line number in the text, the Value computed there.",
"class Program:",
""
],
[
"Program",
"compiler_program.html#S176",
"Where does an if stand in a straight line?",
"By class of operation, what to call instead of its compute; what simplifies; and what writes the text that is executed.",
"computes, simplifier, writer = types.MappingProxyType({}), Writer, Fast",
""
],
[
"Program",
"compiler_program.html#S205",
"Where does an if stand in a straight line?",
"Your own operations may use the context, so they get the one around them.",
"def __init__(self, order, fetches, feeds=()): simple = self.simplifier(order, set(feeds), self.computes) fetched, updates = simple.results(fetches) results = [value for value in fetched if value is not None] + updates lines = simple.needed(results) leaves = _leaves(lines, results) by_role = {role: [] for role in (\"state\", \"feed\", \"rng\", \"constant\")} for leaf in leaves: by_role[leaf.role].append(leaf.tensor) self.variables, self.feeds = by_role[\"state\"], by_role[\"feed\"] self.reads = self.variables + by_role[\"rng\"] self.assigned, self.outputs = list(simple.assigned), [*simple.assigned.values()] self.random = bool(by_role[\"rng\"]) names = {\"np\": numpy, **simple.called} taken = {*RESERVED, *names, *simple.constants} _name(simple.assigned, updates, leaves + lines, taken) fast = self.writer(lines, results, self.feeds, taken) text = _Text(leaves, lines, fast) text.give_back(fetched, updates) self.source, self.executed, self.values_at = text.finish(simple.functions) self.globals = {**names, **simple.constants, **text.constants} self.filename = _remembered(self.source, owner=self) self.function = self.made(self.compiled(self.executed, fast.constants), fast) if any(value.op.overflows for value in lines): foreign = any(is_foreign(value.op) for value in lines) silence = numpy.errstate(over=\"ignore\") if foreign else silenced self.function = silence(self.function) def __repr__(self): return self.source.rstrip()",
""
],
[
"Program",
"compiler_program.html#running",
"Running",
"Running",
"def __call__(self, state, feeds): try: if self.random: return self.function(state[:-1], feeds, state[-1]) return self.function(state, feeds) except Exception as error: self.explain(error) raise",
""
],
[
"Program",
"compiler_program.html#Program.bind",
"Program.bind",
"The same function with another module as np, and converted constants. Shapes stay in NumPy, like the output of a ShapeOp.",
"def bind(self, np, convert): shapes = { value.args[i].name for value in self.values_at.values() for i in value.op.sizes } constants = { name: convert(value) for name, value in self.globals.items() if isinstance(value, (numpy.ndarray, numpy.generic)) and name not in shapes } return self.compiled(self.source, {**constants, \"np\": np})",
""
],
[
"Program",
"compiler_program.html#Program.made",
"Program.made",
"The function to call, from the one that fast has written.",
"def made(self, function, fast): return function",
""
],
[
"Program",
"compiler_program.html#Program.compiled",
"Program.compiled",
"The function that Python compiles from a text, with more names.",
"def compiled(self, text, names): names = {**self.globals, **names} exec(compile(text, self.filename, \"exec\"), names) return names.pop(\"program\")",
""
],
[
"Program",
"compiler_program.html#Program.explain",
"Program.explain",
"Add a note to error, raised in function: which operation it came from.",
"def explain(self, error): trace, code = error.__traceback__, (self.filename, \"program\") while trace and _place(trace.tb_frame.f_code) != code: trace = trace.tb_next value = trace and self.values_at.get(trace.tb_lineno) if value is None: return names = {**self.globals, **trace.tb_frame.f_locals} values = [names.get(arg.name, arg.constant) for arg in value.args] error.add_note( describe(value.tensor, [arg.tensor for arg in value.args], values) ) def _place(code): return code.co_filename, code.co_name",
""
],
[
"Program",
"compiler_program.html#S270",
"silenced",
"Some operations, like sigmoid, overflow on their way to a right result, and NumPy warns. Silencing it takes as long as two operations. But what it sets is part of the thread's context, and looking at that is quick. So we keep a silent context for as long as the one around it stays the same.",
"def silenced(function): known = None, None def silent(*args): nonlocal known context, (seen, inside) = contextvars.copy_context(), known if not _equal(context, seen): with numpy.errstate(over=\"ignore\"): inside = contextvars.copy_context() known = context, inside",
"context"
],
[
"Program",
"compiler_program.html#silenced",
"silenced",
"function, without NumPy's warnings of overflow.",
"def silenced(function): known = None, None def silent(*args): nonlocal known context, (seen, inside) = contextvars.copy_context(), known if not _equal(context, seen): with numpy.errstate(over=\"ignore\"): inside = contextvars.copy_context() known = context, inside",
""
],
[
"Program",
"compiler_program.html#S287",
"Running",
"Two threads can't be in one context.",
"return inside.copy().run(function, *args) return silent",
""
],
[
"Program",
"compiler_program.html#S297",
"Running",
"Someone's variable holds what can't be compared, like an array.",
"def _equal(a, b): try: return a == b except Exception: return False",
""
],
[
"Program",
"compiler_program.html#_name",
"_name",
"Give each of values a name that isn't in taken.",
"def _name(assigned, updates, values, taken): for variable, value in zip(assigned, updates): if value.role == \"line\" and value.name is None: value.name = unique_name(f\"new_{variable.name}\", taken) taken.add(value.name) for value in values: if value.name is None: value.name = unique_name(value.tensor.name, taken) taken.add(value.name)",
""
],
[
"Program",
"compiler_program.html#_Text",
"_Text",
"The lines of a program, from the first to the last. Attributes lines the lines so far. executed by their indices, the lines that are executed unlike they're written. values_at by line number, from 1, the Value computed there. constants by name, the constants that aren't written out as numbers.",
"class _Text: def __init__(self, leaves, lines, fast=None): self.leaves, self.values, self.fast, self.executed = leaves, lines, fast, {} self.constants, self.values_at = {}, {} rng = [leaf.name for leaf in leaves if leaf.role == \"rng\"] parameters = [\"state\", \"feeds\", *rng] self.lines = [f\"def program({', '.join(parameters)}):\"] if fast and fast.parameters: parameters += fast.parameters self.executed[0] = f\"def program({', '.join(parameters)}):\" for source, role in ((\"state\", \"state\"), (\"feeds\", \"feed\")): given = [leaf.name for leaf in leaves if leaf.role == role] self.lines += _wrap(\"\", given, f\" = {source}\") if given else []",
""
],
[
"Program",
"compiler_program.html#_Text.give_back",
"_Text.give_back",
"Write the lines that compute the results, and the return.",
"def give_back(self, fetched, updates): self.compute(fetched + updates) given = set() updates = _tuple(self.result(value, given) for value in updates) fetched = _tuple(value and self.result(value, given) for value in fetched) self.lines += _wrap(\"return \", [fetched, updates], \"\")",
""
],
[
"Program",
"compiler_program.html#_Text.compute",
"_Text.compute",
"Write the lines that compute the results.",
"def compute(self, results): dropped = _last_uses(self.values, results) for value in self.values: operands = [ self.constant(value, i) if arg.role == \"constant\" else arg.name for i, arg in enumerate(value.args) ] text = value.expression.write(operands) fast = self.fast and self.fast.write(value, operands) if fast: self.executed[len(self.lines)] = f\" {value.name} = {fast}\" self.lines.append(f\" {value.name} = {text}\") self.values_at[len(self.lines)] = value if dropped.get(value): self.lines.append(f\" del {', '.join(dropped[value])}\")",
""
],
[
"Program",
"compiler_program.html#_Text.finish",
"_Text.finish",
"Both texts, with constants and functions on top, and values_at.",
"def finish(self, functions): bound = \", \".join(x.name for x in self.leaves if x.name in self.constants) header = [] if bound: header = textwrap.wrap(f\"# constants: {bound}\", 88, subsequent_indent=\"# \")",
""
],
[
"Program",
"compiler_program.html#S367",
"Running",
"Not all that were written are still called.",
"called, needed = \"\".join(self.lines), [] for name, lines in reversed(functions.items()): if f\"{name}(\" in called: called += \"\".join(lines) needed[:0] = lines header += needed values_at = {n + len(header): value for n, value in self.values_at.items()} executed = [self.executed.get(n, line) for n, line in enumerate(self.lines)] texts = [header + lines for lines in (self.lines, executed)] return *(\"\".join(f\"{line}\\n\" for line in text) for text in texts), values_at",
""
],
[
"Program",
"compiler_program.html#_Text.constant",
"_Text.constant",
"The text of a constant operand of value: a name or a number.",
"def constant(self, value, position): arg = value.args[position] if position not in value.expression.bases: text = _literal_text(arg, value) if text is not None: return text return self.bind(arg)",
""
],
[
"Program",
"compiler_program.html#_Text.bind",
"_Text.bind",
"Give the program a constant by name, and return the name.",
"def bind(self, constant): self.constants[constant.name] = constant.constant return constant.name",
""
],
[
"Program",
"compiler_program.html#_Text.result",
"_Text.result",
"The text that returns a value: its name, or a copy.",
"def result(self, value, given): if value.tensor.dtype == object:",
""
],
[
"Program",
"compiler_program.html#S396",
"Running",
"It's no array: nobody can write into it.",
"return value.name if value.role == \"line\": shared = value in given or not value.expression.fresh given.add(value) copy = f\"np.array({value.name})\" + \"[()]\" * (value.dims == ()) return copy if shared else value.name if value.role == \"constant\": self.bind(value) return f\"{value.name}.copy()\"",
""
],
[
"Program",
"compiler_program.html#S408",
"_remembered",
"Tracebacks take their source lines from Python's linecache. We add ours, so that a traceback shows which line of the program failed. They stay as long as the owner lives.",
"def _remembered(source, owner): filename = f\"\u003cprogram {next(_numbers)}>\" lines = source.splitlines(keepends=True) linecache.cache[filename] = (len(source), None, lines, filename) weakref.finalize(owner, linecache.cache.pop, filename, None) return filename",
""
],
[
"Program",
"compiler_program.html#_remembered",
"_remembered",
"The name of a file that Python takes for the one with a program's source.",
"def _remembered(source, owner): filename = f\"\u003cprogram {next(_numbers)}>\" lines = source.splitlines(keepends=True) linecache.cache[filename] = (len(source), None, lines, filename) weakref.finalize(owner, linecache.cache.pop, filename, None) return filename",
""
],
[
"Program",
"compiler_program.html#_wrap",
"_wrap",
"A tuple between two texts, as lines; in parentheses if it needs several.",
"def _wrap(before, names, after): names = \", \".join(names) + \",\" * (len(names) == 1) line = f\" {before}{names}{after}\" if len(line) \u003c= 88: return [line] indent = \" \" * 8 wrapper = textwrap.TextWrapper(88, indent, indent, break_long_words=False) return [f\" {before}(\", *wrapper.wrap(names), f\" ){after}\"]",
""
],
[
"Program",
"compiler_program.html#_tuple",
"_tuple",
"The text of a tuple: \"()\", \"(a,)\", \"(a, b)\".",
"def _tuple(names): names = [str(name) for name in names] return f\"({', '.join(names)}{',' * (len(names) == 1)})\"",
""
],
[
"Program",
"compiler_program.html#_leaves",
"_leaves",
"The leaves that lines and results use, oldest first.",
"def _leaves(lines, results): used = dict.fromkeys([*(arg for x in lines for arg in x.args), *results]) leaves = [value for value in used if value.role != \"line\"] return sorted(leaves, key=lambda leaf: leaf.tensor.index)",
""
],
[
"Program",
"compiler_program.html#_last_uses",
"_last_uses",
"For each line, the names to drop after it; none in a small program.",
"def _last_uses(lines, results): sizes = {value: _bytes(value) for value in lines} if sum(sizes.values()) \u003c _SMALL_PROGRAM: return {} dropped, used = {}, set(results) used.update(value for value, size in sizes.items() if size \u003c _SMALL_VALUE) for value in reversed(lines): last = {arg: None for arg in (*value.args, value) if arg.role == \"line\"} dropped[value] = [arg.name for arg in last if arg not in used] used.update(last) return dropped",
""
],
[
"Program",
"compiler_program.html#_bytes",
"_bytes",
"How much memory a value takes; infinite if we can't know.",
"def _bytes(value): if value.dims is None or not all(isinstance(size, int) for size in value.dims): return math.inf return math.prod(value.dims) * value.tensor.dtype.itemsize",
""
],
[
"Program",
"compiler_program.html#S467",
"_literal_text",
"Beside an array, a Python number takes the array's type. So we may write out a constant if the arrays beside it have its type. If it's alone, it must be a float64, like Python's floats.",
"def _literal_text(constant, value): op, number = value.op, constant.constant",
""
],
[
"Program",
"compiler_program.html#_literal_text",
"_literal_text",
"The text of a constant as an operand of value; None if it needs a name.",
"def _literal_text(constant, value): op, number = value.op, constant.constant",
""
],
[
"Program",
"compiler_program.html#S475",
"Running",
"An operation on constants alone is still here only if we couldn't fold it.",
"alone = {arg.role for arg in value.args} == {\"constant\"}",
""
],
[
"Program",
"compiler_program.html#S477",
"Running",
"Your own operation may use what only NumPy's numbers can do.",
"if alone or is_foreign(op): return None if op.sizes and any(constant is value.args[i] for i in op.sizes): return _tuple(number.tolist()) if not op.elementwise or constant.dims != () or not math.isfinite(number): return None",
""
],
[
"Program",
"compiler_program.html#S484",
"Running",
"The condition of a where doesn't affect the type of what's chosen.",
"beside = value.args[1:] if isinstance(op, ops.WhereOp) else value.args alone = {arg.role for arg in beside} == {\"constant\"} if {arg.tensor.dtype for arg in beside} != {number.dtype}: return None return _number_text(number, alone)",
""
],
[
"Program",
"compiler_program.html#_number_text",
"_number_text",
"The text of a number, alone or beside an array; None if it needs a name.",
"def _number_text(number, alone): dtype = number.dtype if dtype.kind == \"b\" or (alone and dtype != numpy.float64): return None text = repr(number.item()) if dtype in (float, int) else str(number) if dtype.kind == \"f\" and dtype.type(float(text)) != number: return None if not alone and text != \"-0.0\": text = text.removesuffix(\".0\") return f\"({text})\" if text.startswith(\"-\") else text",
""
],
[
"Tracing",
"compiler_tracing.html#how-do-you-get-the-text-of-a-function-by-calling-it",
"How do you get the text of a function by calling it?",
"How do you get the text of a function by calling it? Most operations are a short expression: return a + b. A program could call such a function for each operation. But you'd have to look up each one as you read, and a call takes longer than adding two small arrays. We want the expression itself in the program. So we call compute once, and hand it stand-ins instead of arrays. A stand-in can't add. It writes down that it was added. This is tracing, and it's what torch.compile, tf.function and jax.jit do with your whole model: >>> from graph import Graph >>> graph = Graph() >>> x = graph.placeholder((), name=\"x\") >>> from compiler.tracing import trace >>> trace(graph.sigmoid(x).op).write([\"z\"]) '1 / (1 + np.exp(-z))' A stand-in has no value, so it can't decide an if or count the rounds of a loop. Then there's no expression, and the program calls compute as a function: >>> from mixins.losses import ClassesOp >>> checked = ClassesOp([[0, 2]], graph, depth=3, dtype=\"float64\") >>> print(trace(checked)) None",
"import ast import dis import functools import math import re import typing import numpy import ops from mixins.rules import is_foreign from mixins.shapes import positive_axes from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"tracing"
],
[
"Tracing",
"compiler_tracing.html#Expression",
"Expression",
"The text of an operation: its pieces are strings, or positions of operands. bases holds the operands with a dot or a bracket behind them, like a in a.dot(b). fresh means that the value is surely a new array, and can't be an operand or a view of one.",
"class Expression(typing.NamedTuple): pieces: tuple bases: set fresh: bool",
""
],
[
"Tracing",
"compiler_tracing.html#Expression.write",
"Expression.write",
"The expression, with a string for each operand.",
"def write(self, operands): return template(self.pieces).format(*operands)",
""
],
[
"Tracing",
"compiler_tracing.html#template",
"template",
"Pieces as a text for format: \"{0} * {1}\" for (0, \" * \", 1).",
"@functools.lru_cache(maxsize=1 \u003c\u003c 12) def template(pieces): return \"\".join( f\"{{{x}}}\" if isinstance(x, int) else x.replace(\"{\", \"{{\").replace(\"}\", \"}}\") for x in pieces )",
""
],
[
"Tracing",
"compiler_tracing.html#S70",
"How do you get the text of a function by calling it?",
"NumPy's reductions go over all axes and drop them, unless told otherwise.",
"_REDUCTIONS = {\"sum\", \"max\", \"min\", \"argmax\", \"argmin\"} _FRESH = {*_REDUCTIONS, \"dot\"} _IMPLIED = {(\"axis\", None), (\"keepdims\", False)} _OPERAND = re.compile(r\"\\b_(\\d+)_\\b\") # at first, operand 3 is written _3_",
""
],
[
"Tracing",
"compiler_tracing.html#_Traced",
"_Traced",
"Stands in for a value; each use of it returns a stand-in for the result.",
"class _Traced: def __init__(self, text, bases, fresh=False): self._text, self._bases, self._fresh = text, bases, fresh def __getattr__(self, name): self._bases.add(self._text) return _Traced(f\"({self._text}).{name}\", self._bases) def __getitem__(self, index): self._bases.add(self._text)",
""
],
[
"Tracing",
"compiler_tracing.html#S90",
"How do you get the text of a function by calling it?",
"These are the only brackets where you can write a slice with colons.",
"slices = isinstance(index, tuple) and index != () text = \", \".join(map(_text, index)) if slices else _text(index) if slices and len(index) == 1 and isinstance(index[0], tuple):",
""
],
[
"Tracing",
"compiler_tracing.html#S94",
"How do you get the text of a function by calling it?",
"It's a list of rows, not an index for each axis.",
"text += \",\" return _Traced(f\"({self._text})[{text}]\", self._bases) def __call__(self, *args, **keywords): *_, name = self._text.split(\".\") if not {\"out\", \"copy\"}.isdisjoint(keywords): raise TypeError(\"to write into a value is more than an expression\") if name in _REDUCTIONS: keywords = dict(keywords.items() - _IMPLIED) args = [_text(arg) for arg in args] args += [f\"{key}={_text(value)}\" for key, value in sorted(keywords.items())] fresh = name in _FRESH or ( self._text == f\"(np).{name}\" and isinstance(getattr(numpy, name, None), numpy.ufunc) ) return _Traced(f\"{self._text}({', '.join(args)})\", self._bases, fresh) def __neg__(self): return _Traced(f\"-({self._text})\", self._bases, fresh=True) def __bool__(self): raise TypeError(\"a stand-in is neither true nor false\") __iter__ = __contains__ = None def _binary(sign, reflected=False): def write(self, other): a, b = (other, self) if reflected else (self, other) text = f\"({_text(a)}) {sign} ({_text(b)})\" return _Traced(text, self._bases, fresh=True) return write for _name, _sign in { **{\"add\": \"+\", \"sub\": \"-\", \"mul\": \"*\", \"truediv\": \"/\", \"pow\": \"**\", \"matmul\": \"@\"}, **{\"eq\": \"==\", \"ne\": \"!=\", \"lt\": \"\u003c\", \"le\": \"\u003c=\", \"gt\": \">\", \"ge\": \">=\"}, }.items(): setattr(_Traced, f\"__{_name}__\", _binary(_sign)) setattr(_Traced, f\"__r{_name}__\", _binary(_sign, reflected=True))",
""
],
[
"Tracing",
"compiler_tracing.html#_text",
"_text",
"value as Python text; TypeError if no text is sure to mean the same.",
"def _text(value): if isinstance(value, _Traced): return value._text if isinstance(value, slice): parts = [\"\" if x is None else _text(x) for x in (value.start, value.stop)] return \":\".join(parts if value.step is None else [*parts, _text(value.step)]) if isinstance(value, tuple): return f\"({', '.join(map(_text, value))}{',' * (len(value) == 1)})\" if value is ...: return \"...\" if value is None or type(value) in (bool, int): return repr(value) if type(value) is str and not _OPERAND.search(value): return repr(value) if type(value) is float and math.isfinite(value): return repr(value) raise TypeError(f\"{value!r} cannot be written down\")",
""
],
[
"Tracing",
"compiler_tracing.html#_Attributes",
"_Attributes",
"Stands in for an operation, and allows only attributes that have a text.",
"class _Attributes: def __init__(self, op): self._op = op def __getattr__(self, name): if isinstance(getattr(type(self._op), name, None), property): raise TypeError(f\"{name} may be another each time\") value = getattr(self._op, name) _text(value) return value",
""
],
[
"Tracing",
"compiler_tracing.html#S172",
"How do you get the text of a function by calling it?",
"Tracing sees only what happens to the operands. Anything else a function does would happen once, while we trace, and never in a run. So we trace only plain expressions of the parameters: code that stores nothing, ignores no result, and uses no other names.",
"_MORE = ( *(\"STORE\", \"DELETE\", \"POP_TOP\", \"LOAD_GLOBAL\", \"LOAD_DEREF\", \"IMPORT\", \"YIELD\"), *(\"MAKE_FUNCTION\", \"IS_OP\", \"FORMAT\", \"BUILD_STRING\"), )",
""
],
[
"Tracing",
"compiler_tracing.html#trace",
"trace",
"The expression that op.compute returns; None if it does more than that.",
"def trace(op): compute = type(op).compute try: steps = [step.opname for step in dis.get_instructions(compute)] more = any(name.startswith(_MORE) for name in steps) or compute.__defaults__ if more or \"compute\" in vars(op): return None bases = set() operands = [_Traced(f\"_{i}_\", bases) for i in range(len(op.inputs))] result = compute(_Attributes(op), _Traced(\"np\", bases), *operands) tree = ast.parse(result._text, mode=\"eval\") except Exception:",
""
],
[
"Tracing",
"compiler_tracing.html#S195",
"How do you get the text of a function by calling it?",
"What we can't trace, we can still call.",
"return None bases = {i for i, operand in enumerate(operands) if operand._text in bases}",
""
],
[
"Tracing",
"compiler_tracing.html#S198",
"How do you get the text of a function by calling it?",
"Your own operation may write its result into an operand.",
"return Expression(as_pieces(tree), bases, result._fresh and not is_foreign(op))",
""
],
[
"Tracing",
"compiler_tracing.html#as_pieces",
"as_pieces",
"An expression whose operands are written _0_, _1_, ..., in pieces.",
"def as_pieces(tree):",
""
],
[
"Tracing",
"compiler_tracing.html#S204",
"How do you get the text of a function by calling it?",
"Parsing and unparsing drops the parentheses that we don't need.",
"pieces = _OPERAND.split(ast.unparse(tree)) pieces[1::2] = map(int, pieces[1::2]) return tuple(pieces)",
""
],
[
"Tracing",
"compiler_tracing.html#S210",
"spelled",
"np.expand_dims works out the axes in each run. If we know the rank, we can do that now, and write the index that you'd write.",
"def spelled(op): if not isinstance(op, ops.ExpandDimsOp) or op.output.rank is None: return None axes = positive_axes(op.axis, op.output.rank) index = [\"None\" if i in axes else \":\" for i in range(op.output.rank)] return Expression((0, f\"[{', '.join(index)}]\"), {0}, fresh=False)",
""
],
[
"Tracing",
"compiler_tracing.html#spelled",
"spelled",
"The text of op, if you'd write it unlike its compute; else None.",
"def spelled(op): if not isinstance(op, ops.ExpandDimsOp) or op.output.rank is None: return None axes = positive_axes(op.axis, op.output.rank) index = [\"None\" if i in axes else \":\" for i in range(op.output.rank)] return Expression((0, f\"[{', '.join(index)}]\"), {0}, fresh=False)",
""
],
[
"Tracing",
"compiler_tracing.html#frozen",
"frozen",
"value as a dictionary key; TypeError if it may change.",
"def frozen(value): if isinstance(value, slice): return (slice, value.start, value.stop, value.step) if isinstance(value, tuple): return tuple([frozen(part) for part in value]) hash(value) floating = isinstance(value, (float, numpy.floating)) return (type(value), repr(value) if floating else value)",
""
],
[
"Simplifying",
"compiler_simplify.html#why-compute-a-line-that-changes-nothing",
"Why compute a line that changes nothing?",
"Why compute a line that changes nothing? The chain rule is thorough and a little silly. It multiplies by 1, sums single terms, and computes 1 - hidden again for each use. Look at what it derives for XOR's loss, from the loss down to the error: >>> from gradients import topological_order >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> error = graph.placeholder((4, 1), name=\"error\") >>> loss = graph.mean(graph.square(error), name=\"loss\") >>> (loss_by_error,) = graph.gradients(loss, [error]) >>> for op in topological_order([loss_by_error]): ... print(op.output) \u003cTensor 'loss_by_sum' () float64 = div(loss_by_loss, constant)> \u003cTensor 'loss_by_square' (4, 1) float64 = broadcast(loss_by_sum, shape)> \u003cTensor 'mul_1' (4, 1) float64 = mul(loss_by_square, constant_1)> \u003cTensor 'loss_by_error' (4, 1) float64 = mul(mul_1, error)> It divides 1 by 4, repeats that for each example, doubles it, and multiplies by the error. You'd have written half the error, and so does the program: >>> print(Session(graph).program(loss_by_error, {error: None})) def program(state, feeds): error, = feeds loss_by_error = 0.5 * error return (loss_by_error,), () How? We walk through the operations once, in topological order. For each output we find the simplest value that can stand for it, by five rules: If all inputs are constants, compute the output at once. It's a constant too. Skip an operation that changes nothing, like a product with 1. Write a number down once, however often it occurs. Compute the same expression of the same operands only once. Don't repeat a small array to a larger shape while only elementwise operations follow. NumPy does it for us. Here all five are at work: >>> graph = Graph() >>> a = graph.placeholder((3,), name=\"a\") >>> b = graph.placeholder((3,), name=\"b\") >>> z = (a - 0) * b + graph.broadcast_to(2.0, (3,)) * 3 + a * b >>> print(Session(graph).program(z, {a: None, b: None})) def program(state, feeds): a, b = feeds mul = a * b add = mul + 6 add_1 = add + mul return (add_1,), () Watch them one at a time. Each stage was compiled with one rule more than the one before it, and run: A line for each operation# constants: X, targets, constant, loss_by_loss def program(state, feeds): weights0, bias0, weights1, bias1 = state dot = X.dot(weights0) add = dot + bias0 hidden = 1 / (1 + np.exp(-add)) dot_1 = hidden.dot(weights1) add_1 = dot_1 + bias1 output = 1 / (1 + np.exp(-add_1)) error = output - targets square = error * error sum_ = square.sum() loss = sum_ / 4 loss_by_sum = loss_by_loss / constant loss_by_square = np.broadcast_to(loss_by_sum, (4, 1)) mul_1 = loss_by_square * 2 loss_by_error = mul_1 * error mul_2 = loss_by_error * output sub = 1 - output loss_by_add_1 = mul_2 * sub loss_by_bias1 = loss_by_add_1.sum(axis=0) hidden_T = hidden.T loss_by_weights1 = hidden_T.dot(loss_by_add_1) weights1_T = weights1.T loss_by_hidden = loss_by_add_1.dot(weights1_T) mul_3 = loss_by_hidden * hidden sub_1 = 1 - hidden loss_by_add = mul_3 * sub_1 loss_by_bias0 = loss_by_add.sum(axis=0) X_T = X.T loss_by_weights0 = X_T.dot(loss_by_add) mul_4 = 1 * loss_by_weights0 new_weights0 = weights0 - mul_4 mul_5 = 1 * loss_by_bias0 new_bias0 = bias0 - mul_5 mul_6 = 1 * loss_by_weights1 new_weights1 = weights1 - mul_6 mul_7 = 1 * loss_by_bias1 new_bias1 = bias1 - mul_7 return (None, loss), (new_weights0, new_bias0, new_weights1, new_bias1)After all rules# constants: X, targets, X_T def program(state, feeds): weights0, bias0, weights1, bias1 = state dot = X.dot(weights0) add = dot + bias0 hidden = 1 / (1 + np.exp(-add)) dot_1 = hidden.dot(weights1) add_1 = dot_1 + bias1 output = 1 / (1 + np.exp(-add_1)) error = output - targets square = error * error sum_ = square.sum() loss = sum_ / 4 loss_by_error = 0.5 * error mul_2 = loss_by_error * output sub = 1 - output loss_by_add_1 = mul_2 * sub loss_by_bias1 = loss_by_add_1.sum(axis=0) hidden_T = hidden.T loss_by_weights1 = hidden_T.dot(loss_by_add_1) weights1_T = weights1.T loss_by_hidden = loss_by_add_1.dot(weights1_T) mul_3 = loss_by_hidden * hidden sub_1 = 1 - hidden loss_by_add = mul_3 * sub_1 loss_by_bias0 = loss_by_add.sum(axis=0) loss_by_weights0 = X_T.dot(loss_by_add) new_weights0 = weights0 - loss_by_weights0 new_bias0 = bias0 - loss_by_bias0 new_weights1 = weights1 - loss_by_weights1 new_bias1 = bias1 - loss_by_bias1 return (None, loss), (new_weights0, new_bias0, new_weights1, new_bias1)Here you could apply the rules one by one, to four programs. For that, the page needs JavaScript.Figure 1 What is gone is struck out, and beside it stands why. What has changed is lit. Why don't we have a rule that turns x * 0 into 0? It would be wrong: where x is infinite or NaN, the product is NaN. Exercise 13 asks you for a small pass like this one.",
"import builtins import functools import itertools import keyword import typing import unicodedata from dataclasses import dataclass import numpy import ops from compiler.tracing import Expression, frozen, spelled, trace from mixins.control import ReadOp from mixins.naming import IdentityOp from mixins.rules import is_foreign from mixins.shapes import broadcast from session import assignments, read_only from tensor import FRAMEWORK, Tensor FRAMEWORK.add(__name__)",
"value"
],
[
"Simplifying",
"compiler_simplify.html#Value",
"Value",
"The result of a line, or a leaf that the program starts from.",
"@dataclass(eq=False, slots=True) class Value: tensor: Tensor # the first tensor with this value; lends it a name role: str # \"line\", \"constant\", \"state\", \"feed\" or \"rng\" dims: tuple | None op: ops.BaseOp | None = None # for a line: its operation and its operands args: tuple | list = () expression: Expression | None = None constant: numpy.ndarray | None = None name: str | None = None",
""
],
[
"Simplifying",
"compiler_simplify.html#Value.equals",
"Value.equals",
"Whether this is a constant scalar equal to number.",
"def equals(self, number): return self.role == \"constant\" and self.dims == () and self.constant == number",
""
],
[
"Simplifying",
"compiler_simplify.html#Value.is_output_of",
"Value.is_output_of",
"Whether this is a line that computes an operation of op_class.",
"def is_output_of(self, op_class): return self.role == \"line\" and type(self.op) is op_class",
""
],
[
"Simplifying",
"compiler_simplify.html#Repeated",
"Repeated",
"A smaller value that stands for tensor, because NumPy will broadcast it. If we need the whole tensor after all, op computes it from args.",
"class Repeated(typing.NamedTuple): tensor: Tensor value: Value op: ops.BaseOp args: list _ROLES = {\"constant\": \"constant\", \"generator\": \"rng\"} RESERVED = {*keyword.kwlist, *dir(builtins), \"np\", \"program\", \"state\", \"feeds\"}",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier",
"Simplifier",
"Finds the simplest values for operations that come in topological order. Attributes values for each tensor, the Value or Repeated that stands for it. lines the values that need a line, in topological order. assigned for each assigned variable, the tensor of its new value. called the functions that the program calls, by name.",
"class Simplifier: def __init__(self, order, feeds, computes, called=None): self.feeds, self.assigned = feeds, assignments(order) self.computes, self.called = computes, {} if called is None else called self.values, self.lines = {}, []",
""
],
[
"Simplifying",
"compiler_simplify.html#S143",
"Why compute a line that changes nothing?",
"Expressions by an operation's signature; values by signature and operands.",
"self.expressions, self.same = {}, {} for op in order: self.visit(op)",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.results",
"Simplifier.results",
"The values of fetches, None for a group; and the assigned values.",
"def results(self, fetches): fetched = [ None if isinstance(x.op, ops.GroupOp) else self.whole(self.value(x)) for x in fetches ] return fetched, [self.values[output] for output in self.assigned.values()]",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.needed",
"Simplifier.needed",
"The lines that results depend on, and those that have an effect.",
"def needed(self, results): needed = set(results) for value in reversed(self.lines): if value in needed or not value.op.pure: needed.add(value) needed.update(value.args) return [value for value in self.lines if value in needed]",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.value",
"Simplifier.value",
"The value that stands for tensor; for a leaf, made at its first use.",
"def value(self, tensor): if tensor not in self.values: role = \"feed\" if tensor in self.feeds else _ROLES.get(tensor.kind, \"state\") leaf = Value(tensor, role, tensor.dims) if role == \"constant\": leaf.constant = number = tensor.initial_value if leaf.dims == (): leaf = self.same.setdefault((number.dtype, number.tobytes()), leaf) self.values[tensor] = leaf return self.values[tensor]",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.whole",
"Simplifier.whole",
"The value in full size: if it's Repeated, a line that repeats it.",
"def whole(self, value): if not isinstance(value, Repeated): return value args = [self.whole(arg) for arg in value.args] return self.line(value.op, args, value.tensor) def visit(self, op): tensor = op.output if isinstance(op, ops.GroupOp): return if isinstance(op, ops.AssignOp): self.values[tensor] = self.whole(self.value(op.inputs[1])) return args = [self.values.get(x) or self.value(x) for x in op.inputs] if isinstance(op, (IdentityOp, ops.StopGradientOp, ReadOp)): self.values[tensor] = args[-1] elif op.elementwise: self.values[tensor] = self.elementwise(op, args) elif isinstance(op, ops.BroadcastOp): self.values[tensor] = self.repeat(tensor, *args, op) elif isinstance(op, ops.ExpandDimsOp): self.values[tensor] = self.expand(op, *args) else: args = [self.whole(arg) for arg in args] self.values[tensor] = self.line(op, args, tensor)",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.expand",
"Simplifier.expand",
"The value of op, which adds axes to value.",
"def expand(self, op, value): if isinstance(value, Repeated) and value.value.dims == ():",
""
],
[
"Simplifying",
"compiler_simplify.html#S207",
"Why compute a line that changes nothing?",
"A repeated number is still one, whatever axes we add.",
"return Repeated(op.output, value.value, op, [value]) return self.line(op, [self.whole(value)], op.output)",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.repeat",
"Simplifier.repeat",
"The value of tensor, for which op repeats value to shape.",
"def repeat(self, tensor, value, shape, op): if isinstance(value, Repeated): value = value.value if _certain(value, tensor) else self.whole(value) if tensor.dims is not None and tensor.dims == value.dims: return value return Repeated(tensor, value, op, [value, shape])",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.elementwise",
"Simplifier.elementwise",
"The value of an elementwise op, as small as possible.",
"def elementwise(self, op, args): tensor, dims = op.output, None if Repeated not in map(type, args) and type(op) is not ops.WhereOp: return self.line(op, args, tensor) small = [ arg.value if isinstance(arg, Repeated) and _certain(arg, tensor) else arg for arg in args ] small = [self.whole(arg) for arg in small] if type(op) is ops.WhereOp and _same_number(*small[1:]): return Repeated(tensor, small[1], op, [self.whole(arg) for arg in args]) if tensor.dims is not None and all(arg.dims is not None for arg in small): dims = broadcast(*(arg.dims for arg in small)) if dims is not None and dims == tensor.dims: return self.line(op, small, tensor) for arg in args:",
""
],
[
"Simplifying",
"compiler_simplify.html#S236",
"Why compute a line that changes nothing?",
"If an operand is repeated to the output's shape, we can do it afterwards.",
"if dims is not None and isinstance(arg, Repeated): broadcasts = isinstance(arg.op, ops.BroadcastOp) if broadcasts and arg.tensor.dims == tensor.dims: value = self.line(op, small, tensor, dims) return self.repeat(tensor, value, arg.args[1], arg.op) return self.line(op, [self.whole(arg) for arg in args], tensor)",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.line",
"Simplifier.line",
"The value of op on args: one we have already, a constant, or a line.",
"def line(self, op, args, tensor, dims=None): dims = tensor.dims if dims is None else dims unchanged = self.unchanged(op, args, dims) if unchanged is not None: return unchanged signature = self.signature(op) key = (signature, *map(id, args)) if signature is not None and key in self.same: return self.same[key] value = Value(tensor, \"line\", dims, op, args)",
""
],
[
"Simplifying",
"compiler_simplify.html#S255",
"Why compute a line that changes nothing?",
"Your own operation may return another type than its tensor has.",
"constants = {arg.role for arg in args} \u003c= {\"constant\"} if constants and op.pure and not (is_foreign(op) or tensor.dtype == object): self.fold(value) if value.role == \"line\": value.expression = self.expression(op, signature) self.lines.append(value) if op.pure and signature is not None: self.same[key] = value return value",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.unchanged",
"Simplifier.unchanged",
"The value we already have that op would return; None if there isn't one.",
"def unchanged(self, op, args, dims): op_class, inverses = type(op), (ops.NegOp, ops.TransposeOp) if op_class in inverses and args[0].is_output_of(op_class): return args[0].args[0] if op_class is ops.ReshapeOp and dims is not None and dims == args[0].dims: return args[0] number, sides = _NEUTRAL.get(op_class, (None, ())) for side in sides: operand, other = args[side], args[1 - side] if operand.role != \"constant\" or dims is None or other.dims != dims: continue same = other.tensor.dtype == op.output.dtype if same and _is_neutral(op_class, operand, number, op.output.dtype): return other return None",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.fold",
"Simplifier.fold",
"Replace a line of constants by its value; if that fails, leave it.",
"def fold(self, value): try: with numpy.errstate(all=\"ignore\"): result = value.op.compute(numpy, *(arg.constant for arg in value.args)) value.constant = numpy.asarray(result, value.tensor.dtype)[()] except Exception:",
""
],
[
"Simplifying",
"compiler_simplify.html#S290",
"Why compute a line that changes nothing?",
"The program will fail in the same way, and say where.",
"return if not is_finite(value.constant): return value.constant.setflags(write=False) value.role, value.dims = \"constant\", value.constant.shape",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.signature",
"Simplifier.signature",
"A key for op without its operands; None if an attribute may change.",
"def signature(self, op): try: attributes = frozen(tuple(vars(op).items())) if vars(op) else () return (type(op), type(op).compute, len(op.inputs), attributes) except TypeError: return None",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.expression",
"Simplifier.expression",
"The expression of op, or a call if compute is more than that.",
"def expression(self, op, signature): if signature is None or signature not in self.expressions: replaced = type(op) in self.computes self.expressions[signature] = None if replaced else trace(op) return spelled(op) or self.expressions[signature] or self.call(op) def call(self, op): name = f\"compute_{op.kind}\" name = f\"{name}_{len(self.called)}\" if name in self.called else name name = unique_name(name, self.called) self.called[name] = self.function(op) operands = [piece for i in range(len(op.inputs)) for piece in (\", \", i)] return Expression((f\"{name}(np\", *operands, \")\"), set(), fresh=False)",
""
],
[
"Simplifying",
"compiler_simplify.html#Simplifier.function",
"Simplifier.function",
"The function to call for op, with np and its operands.",
"def function(self, op): if type(op) in self.computes: return functools.partial(self.computes[type(op)], op) if not is_foreign(op): return op.compute return lambda np, *values: op.compute(np, *map(read_only, values))",
""
],
[
"Simplifying",
"compiler_simplify.html#_certain",
"_certain",
"Whether we know before a run that repeated fits into tensor.",
"def _certain(repeated, tensor): dims, into = repeated.tensor.dims, tensor.dims if repeated.tensor.known or dims is None or into is None: return repeated.tensor.known",
""
],
[
"Simplifying",
"compiler_simplify.html#S334",
"Why compute a line that changes nothing?",
"Two sizes that only a run knows are equal if they're the same object.",
"aligned = zip(reversed(dims), reversed(into)) return len(dims) \u003c= len(into) and all(a == b or a == 1 for a, b in aligned)",
""
],
[
"Simplifying",
"compiler_simplify.html#_same_number",
"_same_number",
"Whether two values are the same constant scalar, of the same type.",
"def _same_number(a, b): scalars = all(x.role == \"constant\" and x.dims == () for x in (a, b)) return scalars and repr(a.constant) == repr(b.constant)",
""
],
[
"Simplifying",
"compiler_simplify.html#S345",
"Why compute a line that changes nothing?",
"Which number leaves the other operand unchanged, and on which sides? For a sum of floats it's -0: adding 0 turns -0 into 0, and then 1 / x has another sign.",
"_NEUTRAL = { ops.AddOp: (0, (0, 1)), ops.SubOp: (0, (1,)), ops.MulOp: (1, (0, 1)), ops.DivOp: (1, (1,)), ops.PowOp: (1, (1,)), }",
""
],
[
"Simplifying",
"compiler_simplify.html#_is_neutral",
"_is_neutral",
"Whether operand is number, and leaves the other operand unchanged.",
"def _is_neutral(op_class, operand, number, dtype): if not operand.equals(number): return False if number != 0 or dtype.kind != \"f\": return True negative = operand.constant.dtype.kind == \"f\" and numpy.signbit(operand.constant) return bool(negative) == (op_class is ops.AddOp)",
""
],
[
"Simplifying",
"compiler_simplify.html#is_finite",
"is_finite",
"Whether array has no NaN and no infinity.",
"def is_finite(array): return bool(numpy.isfinite(numpy.asarray(array)).all())",
""
],
[
"Simplifying",
"compiler_simplify.html#unique_name",
"unique_name",
"name, changed to be a valid Python name that isn't in taken.",
"def unique_name(name, taken): if not (name.isascii() and name.isidentifier()): name = unicodedata.normalize(\"NFKC\", name) name = \"\".join(c if f\"a{c}\".isidentifier() else \"_\" for c in name) name = name if name.isidentifier() else f\"_{name}\" name = f\"{name}_\" if name in RESERVED else name if name not in taken: return name numbered = (f\"{name}_{number}\" for number in itertools.count(1)) return next(x for x in numbered if x not in taken)",
""
],
[
"Numbers",
"compiler_fast.html#why-is-05-error-slower-than-it-looks",
"Why is 0.5 * error slower than it looks?",
"Why is 0.5 * error slower than it looks? Because 0.5 is a number of Python's. Beside a small array, NumPy needs longer to find out what it's been given, and which type that should have, than to multiply. It finds out again in each step, and the answer never changes. You'd write the 0.5 all the same, since that's what you'd want to read. So a program has two texts. You read source. What's executed says the same, line by line, in the way that NumPy takes fastest: each number is an array, made once, and a sum is what the method sum would call in the end. >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> error = graph.placeholder((4, 1), name=\"error\") >>> loss = graph.mean(graph.square(error), name=\"loss\") >>> (loss_by_error,) = graph.gradients(loss, [error]) >>> session = Session(graph) >>> program = session.program([loss, loss_by_error], {error: None}) >>> print(program.source, end=\"\") def program(state, feeds): error, = feeds square = error * error sum_ = square.sum() loss = sum_ / 4 loss_by_error = 0.5 * error return (loss, loss_by_error), () >>> print(program.executed, end=\"\") def program(state, feeds): error, = feeds square = error * error sum_ = np.add.reduce(square, axis=None) loss = sum_ / 4 loss_by_error = _0_5 * error return (loss, loss_by_error), () The 4 stays, because sum_ isn't an array: between two numbers, Python's are fast. What all this gains you find in figures.",
"import ast import functools import typing import numpy from compiler.simplify import unique_name from compiler.tracing import as_pieces, template from mixins.rules import is_foreign from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"Numbers",
"compiler_fast.html#arrays-for-numbers",
"When is an array as good as a number?",
"When is an array as good as a number? Beside an array of 32 bits, the number 0.5 has 32 bits. An array keeps the type that we made it with, whatever stands beside it. So we take one only where we know what does: floats, all of one type, in an elementwise operation. Your own operation may return another type than its tensor's, so we trust nothing that depends on one.",
"class Fast:",
""
],
[
"Numbers",
"compiler_fast.html#Fast",
"Fast",
"Writes the lines of a program as NumPy takes them fastest. Args lines the values that the program computes. results the values that it returns. feeds the tensors that are fed. taken the names that aren't free. Attributes constants the arrays that stand for numbers, by name. uncertain the values that may have another type or shape than their tensors.",
"class Fast:",
""
],
[
"Numbers",
"compiler_fast.html#S75",
"When is an array as good as a number?",
"The names of more parameters of the program, behind all others.",
"parameters = () def __init__(self, lines, results, feeds, taken): self.taken, self.constants = taken, {} self.names, self.uncertain = {}, set() for value in lines: if is_foreign(value.op) or not self.uncertain.isdisjoint(value.args): self.uncertain.add(value)",
""
],
[
"Numbers",
"compiler_fast.html#Fast.write",
"Fast.write",
"The text that computes value, or None if it's the reader's. The operands are written as for a reader.",
"def write(self, value, operands): dtype = self.floats(value) parts = translate(value.expression.pieces, dtype is not None) if dtype is None and parts.pieces == value.expression.pieces: return None return parts.write(self.operands(value, operands, parts, dtype))",
""
],
[
"Numbers",
"compiler_fast.html#Fast.operands",
"Fast.operands",
"What stands at each position in parts.",
"def operands(self, value, operands, parts, dtype): if dtype is not None: operands = [ self.number(arg.constant.item(), arg.constant.dtype) if text != arg.name and i not in parts.exponents else text for i, (arg, text) in enumerate(zip(value.args, operands)) ] return [*operands, *(self.number(number, dtype) for number in parts.numbers)]",
""
],
[
"Numbers",
"compiler_fast.html#Fast.floats",
"Fast.floats",
"The type of the operands if all are floats, and arrays; else None.",
"def floats(self, value): if value.dims == () or not value.op.elementwise or value in self.uncertain: return None first, *others = [arg.tensor.dtype for arg in value.args] return first if first.kind == \"f\" and all(x == first for x in others) else None",
""
],
[
"Numbers",
"compiler_fast.html#Fast.number",
"Fast.number",
"The name of an array that holds a number.",
"def number(self, number, dtype): key = repr(number).removesuffix(\".0\"), dtype if key not in self.names: name = unique_name(f\"_{key[0]}\".replace(\"-\", \"minus_\"), self.taken) self.taken.add(name) self.names[key], self.constants[name] = name, numpy.array(number, dtype) return self.names[key]",
""
],
[
"Numbers",
"compiler_fast.html#rewriting",
"How do you rewrite an expression?",
"How do you rewrite an expression? As a tree. Python parses the text, and we visit its nodes: a product, a comparison, a call.",
"ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div) _FLOATING = {\"abs\", \"exp\", \"log\", \"log1p\", \"maximum\", \"minimum\", \"sqrt\", \"tanh\"} _REDUCTIONS = {\"sum\": \"add\", \"max\": \"maximum\", \"min\": \"minimum\"}",
""
],
[
"Numbers",
"compiler_fast.html#Parts",
"Parts",
"An expression in pieces: text, or the position of an operand. Behind the operands come numbers. The operands in exponents stay as they are: NumPy squares where it sees x ** 2, but not if that 2 is an array. first is for buffers.",
"class Parts(typing.NamedTuple): pieces: tuple numbers: tuple exponents: frozenset first: frozenset = frozenset() def write(self, operands): return template(self.pieces).format(*operands)",
""
],
[
"Numbers",
"compiler_fast.html#translate",
"translate",
"The fastest form of an expression; floating if all operands are, and arrays.",
"@functools.lru_cache(maxsize=1 \u003c\u003c 12) def translate(pieces, floating): tree, numbers, exponents = rewritten(pieces, floating) return Parts(as_pieces(tree), numbers, exponents)",
""
],
[
"Numbers",
"compiler_fast.html#rewritten",
"rewritten",
"The same as a tree, its numbers, and the operands in exponents.",
"def rewritten(pieces, floating): text = \"\".join(f\"_{x}_\" if isinstance(x, int) else x for x in pieces) translator = _Translator(count(pieces), floating) tree = translator.visit(ast.parse(text, mode=\"eval\")) return tree.body, tuple(translator.numbers), frozenset(translator.exponents)",
""
],
[
"Numbers",
"compiler_fast.html#count",
"count",
"How many operands there are.",
"def count(pieces): return 1 + max((piece for piece in pieces if isinstance(piece, int)), default=-1)",
""
],
[
"Numbers",
"compiler_fast.html#_Translator",
"_Translator",
"Rewrites an expression of count operands.",
"class _Translator(ast.NodeTransformer): def __init__(self, count, floating): self.count, self.floating = count, floating self.numbers, self.exponents = [], set() def visit_BinOp(self, node): if isinstance(node.op, ARITHMETIC): node.left, node.right = self.pair(node.left, node.right) elif isinstance(node.op, ast.Pow): names = [x.id for x in ast.walk(node.right) if isinstance(x, ast.Name)] self.exponents.update(int(x.strip(\"_\")) for x in names if x != \"np\") return self.generic_visit(node) def visit_Compare(self, node): (right,) = node.comparators node.left, right = self.pair(node.left, right) node.comparators = [right] return self.generic_visit(node) def visit_Call(self, node): if is_numpy(node.func, _FLOATING) and len(node.args) == 2: node.args = self.pair(*node.args) if getattr(node.func, \"attr\", None) in _REDUCTIONS and not node.args: node = _reduction(node) return self.generic_visit(node)",
""
],
[
"Numbers",
"compiler_fast.html#_Translator.pair",
"_Translator.pair",
"Two operands, the numbers beside floats replaced by arrays.",
"def pair(self, a, b): if self.floating and is_floating(b): a = self.array(a) elif self.floating and is_floating(a): b = self.array(b) return [a, b] def array(self, node): if not isinstance(node, ast.Constant) or type(node.value) not in (int, float): return node self.numbers.append(node.value) return ast.Name(f\"_{self.count + len(self.numbers) - 1}_\")",
""
],
[
"Numbers",
"compiler_fast.html#is_numpy",
"is_numpy",
"Whether a node is one of NumPy's functions.",
"def is_numpy(node, names): return ( isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == \"np\" and node.attr in names )",
""
],
[
"Numbers",
"compiler_fast.html#is_floating",
"is_floating",
"Whether a node gives what all operands are: an array of floats of their type.",
"def is_floating(node): if isinstance(node, ast.BinOp) and isinstance(node.op, ARITHMETIC): return are_floating(node.left, node.right) if isinstance(node, ast.UnaryOp): return isinstance(node.op, ast.USub) and is_floating(node.operand) if isinstance(node, ast.Call) and is_numpy(node.func, _FLOATING): return are_floating(*node.args) return isinstance(node, ast.Name) def are_floating(*nodes): arrays = [node for node in nodes if not isinstance(node, ast.Constant)] return bool(arrays) and all(map(is_floating, arrays))",
""
],
[
"Numbers",
"compiler_fast.html#_reduction",
"_reduction",
"np.add.reduce(x, axis=0) for x.sum(axis=0).",
"def _reduction(node): keywords = {keyword.arg: keyword.value for keyword in node.keywords} keywords = {\"axis\": ast.Constant(None), **keywords} ufunc = ast.Attribute(ast.Name(\"np\"), _REDUCTIONS[node.func.attr]) keywords = [ast.keyword(key, value) for key, value in keywords.items()] return ast.Call(ast.Attribute(ufunc, \"reduce\"), [node.func.value], keywords)",
""
],
[
"Buffers",
"compiler_buffers.html#where-should-a-value-be-written",
"Where should a value be written?",
"Where should a value be written? In memory, of course, but which? a + b asks for some, writes the sum there, and gives it back when you don't need the sum any more. In the next step it asks again, for just as much. By hand you could do better: keep an array from step to step, and have NumPy write into it. You don't, since you'd have to know when each array is free again, and a mistake overwrites what you still need. A compiler knows. In a straight line of code, it sees where a value is used for the last time. That's liveness, and to give each value its memory by it is buffer assignment. XLA does it in every program. Here you choose it: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> X = graph.placeholder((4, 2), name=\"X\") >>> weights = graph.variable(numpy.ones((2, 3)), name=\"weights\") >>> hidden = graph.tanh(X @ weights, name=\"hidden\") >>> gap = graph.sub(hidden, 0.5, name=\"gap\") >>> loss = graph.mean(graph.square(gap), name=\"loss\") >>> session = Session(graph, executor=Buffered) >>> print(session.run(loss, {X: numpy.ones((4, 2))}).round(4)) 0.2153 Before, each of the four lines that compute an array asks for memory. Read what's executed instead: >>> program = session.program(loss, {X: None}) >>> print(program.executed, end=\"\") def program(state, feeds, out): weights, = state X, = feeds dot = X.dot(weights, out[0]) hidden = np.tanh(dot, out[1]) gap = np.subtract(hidden, _0_5, out[2]) square = np.multiply(gap, gap, out[3]) sum_ = np.add.reduce(square, axis=None) loss = sum_ / 12 return (loss,), () Nothing reads dot after hidden is computed. So hidden is written over it, and gap over hidden. One buffer is enough, with twelve numbers of 8 bytes: >>> places = program.places.values() >>> [math.prod(place.dims) * 8 for place in places] [96, 96, 96, 96] >>> _, buffers = assign_buffers(program.places) >>> buffers [96] What this saves in time is in the table. It's most in small steps, where asking costs as much as adding.",
"import ast import collections import functools import math import typing import numpy from compiler.fast import Fast, Parts, count, is_floating, is_numpy, rewritten from compiler.program import Program from compiler.simplify import unique_name from compiler.tracing import as_pieces from mixins.rules import is_foreign from mixins.shapes import Unknown from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
"liveness buffer assignment buffer"
],
[
"Buffers",
"compiler_buffers.html#liveness",
"When is memory free again?",
"When is memory free again? After the last line that uses its value. A transpose or a slice of the value uses it too, for as long as it's used itself: they share its memory. So we go backwards through the lines, and each tells its operands until when they are needed. Some values get no memory of ours. What you fetch is yours to keep, and so are the new values of variables. Your own operation may keep what it gets. And of some we don't know the shape.",
"class Place(typing.NamedTuple): text: str dims: tuple dtype: numpy.dtype start: int end: float over: list",
""
],
[
"Buffers",
"compiler_buffers.html#Place",
"Place",
"The memory that a value needs, and how long. Attributes text what it's called. dims the size of each axis. dtype the type of its elements. start the index of the line that computes it. end the index of the line that uses it last. over the operands that it may overwrite, since nothing reads them afterwards.",
"class Place(typing.NamedTuple): text: str dims: tuple dtype: numpy.dtype start: int end: float over: list",
""
],
[
"Buffers",
"compiler_buffers.html#Place.shape",
"Place.shape",
"Its shape, with the values of unknown sizes.",
"def shape(self, sizes): return tuple([sizes.get(size, size) for size in self.dims])",
""
],
[
"Buffers",
"compiler_buffers.html#Into",
"Into",
"Writes lines that write into places. Attributes places the Place of each value that has one. parts the text of each value, written into a place; None if there's no such. known for each Unknown size that a feed tells, the feed and its axis.",
"class Into(Fast): def __init__(self, lines, results, feeds, taken): super().__init__(lines, results, feeds, taken) self.known = { size: (i, axis) for i, tensor in enumerate(feeds) for axis, size in enumerate(tensor.dims or ()) if isinstance(size, Unknown) } out = unique_name(\"out\", taken) taken.add(out) self.parameters, self.places = [out], {} self.parts = {value: self.into(value) for value in lines} ends = self.liveness(lines, results) for start, value in enumerate(lines): if value in ends: over = self.overwritten(value, start, ends) text, dtype = f\"{out}[{len(self.places)}]\", value.tensor.dtype place = Place(text, value.dims, dtype, start, ends[value], over) self.places[value] = place",
""
],
[
"Buffers",
"compiler_buffers.html#Into.into",
"Into.into",
"The text of value, written into a place; None if there is no such text.",
"def into(self, value): if value.dims in ((), None) or value in self.uncertain: return None sizes = {size for size in value.dims if isinstance(size, Unknown)} if not sizes \u003c= self.known.keys(): return None return written(value.expression.pieces, self.floats(value) is not None)",
""
],
[
"Buffers",
"compiler_buffers.html#Into.liveness",
"Into.liveness",
"For each value that has a place, the index of the line that uses it last.",
"def liveness(self, lines, results): results, kept = set(results), set() placed, ends = {}, dict.fromkeys(results, math.inf) for n, value in reversed([*enumerate(lines)]): end = ends.get(value, n) ours = value not in results and value not in kept if ours and self.parts[value]: placed[value] = end shares = value not in placed and not value.expression.fresh keeps = is_foreign(value.op) or not value.op.pure for arg in value.args: ends[arg] = max(ends.get(arg, n), end if shares else n) if keeps or (shares and value in kept): kept.add(arg) return placed",
""
],
[
"Buffers",
"compiler_buffers.html#Into.overwritten",
"Into.overwritten",
"The operands in whose places value may be computed.",
"def overwritten(self, value, line, ends): shared = [x for x in value.args if x.role == \"line\" and x not in ends] if shared and not all(x.expression.fresh for x in shared):",
""
],
[
"Buffers",
"compiler_buffers.html#S166",
"When is memory free again?",
"It may be a view of another operand.",
"return [] same = value.dims, value.tensor.dtype operands = [value.args[i] for i in self.parts[value].first] return [ x for x in operands if ends.get(x) == line and (x.dims, x.tensor.dtype) == same ] def write(self, value, operands): if value not in self.places: return super().write(value, operands) parts = self.parts[value] operands = self.operands(value, operands, parts, self.floats(value)) return parts.write([*operands, self.places[value].text])",
""
],
[
"Buffers",
"compiler_buffers.html#writing-into",
"How do you say where?",
"How do you say where? Each of NumPy's functions takes one argument more, the array that it writes into. So a + b becomes np.add(a, b, out[0]). In an expression of several steps, each step overwrites what the one before it wrote.",
"@functools.lru_cache(maxsize=1 \u003c\u003c 12) def written(pieces, floating): tree, numbers, exponents = rewritten(pieces, floating) operands = range(count(pieces)) place = ast.Name(f\"_{len(operands) + len(numbers)}_\") call = inner = _call(tree) if call is None: return None while floating:",
""
],
[
"Buffers",
"compiler_buffers.html#written",
"written",
"An expression that writes into a place, which comes behind the numbers. Its first are the operands that nothing reads once the place is written into. Returns None if NumPy can't write this expression.",
"@functools.lru_cache(maxsize=1 \u003c\u003c 12) def written(pieces, floating): tree, numbers, exponents = rewritten(pieces, floating) operands = range(count(pieces)) place = ast.Name(f\"_{len(operands) + len(numbers)}_\") call = inner = _call(tree) if call is None: return None while floating:",
""
],
[
"Buffers",
"compiler_buffers.html#S205",
"How do you say where?",
"The first operand that is computed at all is computed in the same place.",
"steps = [i for i, arg in enumerate(inner.args) if not _is_leaf(arg)] if not steps or not is_floating(inner.args[steps[0]]): break step = _call(inner.args[steps[0]]) inner.args[steps[0]] = step _write(inner, place) inner = step reads, all_reads = _names(inner), _names(call) first = { i for i in operands if 0 \u003c reads.count(f\"_{i}_\") == all_reads.count(f\"_{i}_\") } _write(inner, place) return Parts(as_pieces(call), numbers, exponents, frozenset(first)) _FUNCTIONS = { **{ast.Add: \"add\", ast.Sub: \"subtract\", ast.Mult: \"multiply\", ast.Div: \"divide\"}, **{ast.Gt: \"greater\", ast.GtE: \"greater_equal\", ast.Lt: \"less\"}, **{ast.LtE: \"less_equal\", ast.Eq: \"equal\", ast.NotEq: \"not_equal\"}, **{ast.MatMult: \"matmul\", ast.USub: \"negative\"}, }",
""
],
[
"Buffers",
"compiler_buffers.html#_call",
"_call",
"A node as a call of a function that can write into an array, or None.",
"def _call(node): match node: case ast.Call(): return node if _can_write(node) else None case ast.BinOp(left, sign, right) | ast.Compare(left, [sign], [right]): operands = [left, right] case ast.UnaryOp(sign, operand): operands = [operand] case _: return None if type(sign) not in _FUNCTIONS: return None function = ast.Attribute(ast.Name(\"np\"), _FUNCTIONS[type(sign)]) return ast.Call(function, operands, [])",
""
],
[
"Buffers",
"compiler_buffers.html#_can_write",
"_can_write",
"Whether a call is a matrix product, a reduction, or elementwise.",
"def _can_write(call): name = getattr(call.func, \"attr\", None) if name in (\"dot\", \"reduce\"): return True ufunc = getattr(numpy, name or \"\", None) known = isinstance(ufunc, numpy.ufunc) and is_numpy(call.func, {name}) return known and not call.keywords and ufunc.nin == len(call.args)",
""
],
[
"Buffers",
"compiler_buffers.html#_write",
"_write",
"Have a call write into a place.",
"def _write(call, place):",
""
],
[
"Buffers",
"compiler_buffers.html#S258",
"How do you say where?",
"reduce has more arguments in between, and NumPy allows these two no third one.",
"if call.func.attr in (\"reduce\", \"maximum\", \"minimum\"): call.keywords.append(ast.keyword(\"out\", place)) else: call.args.append(place) def _is_leaf(node): return isinstance(node, (ast.Name, ast.Constant)) def _names(tree): return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]",
""
],
[
"Buffers",
"compiler_buffers.html#buffer-assignment",
"Who lives where?",
"Who lives where? We go through the lines in order, with a list of free buffers, blocks of memory. A value takes the place of an operand that it may overwrite. If there's none, it takes the smallest free buffer that's large enough. If there's none, a buffer is added. After its last use, its buffer is free again:",
"def assign_buffers(places, sizes=None): buffers, given, seen = [], {}, 0 free = collections.defaultdict(list) # by size ending = collections.defaultdict(list) # by the line that uses them last for value, place in places.items(): for line in range(seen, place.start): for buffer in ending.pop(line, ()): free[buffers[buffer]].append(buffer) seen = place.start size = math.prod(place.shape(sizes or {})) * place.dtype.itemsize fitting = [there for there in free if there >= size and free[there]] if place.over: buffer = given[place.over[0]] ending[place.start].remove(buffer) elif fitting: buffer = free[min(fitting)].pop() else: buffer = len(buffers) buffers.append(size) ending[place.end].append(buffer) given[value] = buffer return given, buffers",
"buffers"
],
[
"Buffers",
"compiler_buffers.html#assign_buffers",
"assign_buffers",
"Which buffer each value gets, by number; and how many bytes each buffer has. Args places the Place of each value, in the order of the lines. sizes the values of the Unknown sizes in their shapes.",
"def assign_buffers(places, sizes=None): buffers, given, seen = [], {}, 0 free = collections.defaultdict(list) # by size ending = collections.defaultdict(list) # by the line that uses them last for value, place in places.items(): for line in range(seen, place.start): for buffer in ending.pop(line, ()): free[buffers[buffer]].append(buffer) seen = place.start size = math.prod(place.shape(sizes or {})) * place.dtype.itemsize fitting = [there for there in free if there >= size and free[there]] if place.over: buffer = given[place.over[0]] ending[place.start].remove(buffer) elif fitting: buffer = free[min(fitting)].pop() else: buffer = len(buffers) buffers.append(size) ending[place.end].append(buffer) given[value] = buffer return given, buffers",
""
],
[
"Buffers",
"compiler_buffers.html#sharing",
"May two runs share them?",
"May two runs share them? One after the other, yes: that's what they're for. At the same time, no. So a run takes a set of arrays from a pile, and puts it back when it's done, even if it fails. If the pile is empty, another thread has the set, and the run makes a new one. If you feed a batch of another size, the arrays don't fit. So there's a pile for each size, and we keep those of the eight sizes that came last.",
"SIZES_KEPT = 8",
""
],
[
"Buffers",
"compiler_buffers.html#Buffered",
"Buffered",
"A program that keeps the memory of its values from run to run. Attributes places the Place of each value that has one.",
"class Buffered(Program): writer = Into def made(self, function, fast): self.places, piles = fast.places, {} unknown = dict.fromkeys( size for place in self.places.values() for size in place.dims if isinstance(size, Unknown) )",
""
],
[
"Buffers",
"compiler_buffers.html#S340",
"May two runs share them?",
"Which axis of which feed tells us?",
"axes = [fast.known[size] for size in unknown] def buffered(state, feeds, *rng): sizes = tuple([feeds[i].shape[axis] for i, axis in axes]) if axes else () pile = piles.get(sizes) if pile is None: pile = piles[sizes] = [] while len(piles) > SIZES_KEPT: piles.pop(next(iter(piles)), None) try: out = pile.pop() except IndexError: out = make_arrays(self.places, dict(zip(unknown, sizes))) try: return function(state, feeds, *rng, out) finally: pile.append(out) return buffered",
""
],
[
"Buffers",
"compiler_buffers.html#make_arrays",
"make_arrays",
"An array for each place; those that share a buffer share its memory.",
"def make_arrays(places, sizes): given, buffers = assign_buffers(places, sizes) memory = [numpy.empty(size, numpy.uint8) for size in buffers]",
""
],
[
"Buffers",
"compiler_buffers.html#S367",
"May two runs share them?",
"NumPy sees at once that it writes into an operand if both are one object.",
"@functools.cache def array(shape, dtype, buffer): return numpy.ndarray(shape, dtype, memory[buffer]) return [ array(place.shape(sizes), place.dtype, given[value]) for value, place in places.items() ]",
""
],
[
"XLA",
"xla.html#how-do-you-move-a-graph-to-a-gpu-swap-numpy-for-jax",
"How do you move a graph to a GPU? Swap NumPy for JAX",
"How do you move a graph to a GPU? Swap NumPy for JAX Everything so far ran in NumPy, on one processor. But a program is a pure function, and np is all it knows of the world. Hand it jax.numpy instead, wrap it in jax.jit, and the same text runs on a GPU, or on many. XLA compiles it, the compiler behind JAX, which TensorFlow can use too. If you know torch.compile, you know the idea: take a whole step, merge its operations, and write machine code for the device at hand. An XLASession does that, and is otherwise a Session: >>> import numpy >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> X = graph.placeholder((None, 2), name=\"X\") >>> y = graph.placeholder((None, 1), name=\"y\") >>> weights = graph.variable([[0.0], [0.0]], name=\"weights\") >>> loss = graph.mean(graph.square(X @ weights - y), name=\"loss\") >>> (gradient,) = graph.gradients(loss, [weights]) >>> update = graph.assign(weights, weights - 0.5 * gradient) >>> feeds = {X: [[0, 1], [1, 0], [1, 1]], y: [[1], [2], [3]]} >>> for make in (Session, XLASession): ... session = make(graph) ... before, after = session.run([loss, update], feeds) ... print(before.round(4), after.ravel().round(4)) 4.6667 [1.6667 1.3333] 4.6667 [1.6667 1.3333] Only this page and the second half of Part IX need JAX; make jax installs it.",
"import contextlib import functools import types import warnings import numpy from compiler.program import Program from mixins.branches import CallOp, CondOp from mixins.checks import Around, CheckingInterpreter from mixins.convolution import Conv2dByFiltersOp, Conv2dByInputOp, Conv2dOp, WindowsOp from mixins.dtypes import as_array from mixins.indexing import OneHotOp, PutOp, ScatterOp from mixins.loops import LoopOp, SavedOp from mixins.losses import ClassesOp from mixins.pooling import PlaceOp, SpreadOp from mixins.randomness import TruncatedNormalOp from mixins.repeat import Loop, flatten from mixins.scatters import ScatterNdOp from mixins.shapes import Unknown, check_shape, show_shape from mixins.sorting import PutAlongOp from session import Session from tensor import FRAMEWORK try: import jax except ImportError as error: raise ImportError( \"xla.py runs graphs by JAX, which is not installed; for the processor, \" \"`make jax` or `pip install jax` installs it, for an NVIDIA GPU \" \"`pip install jax[cuda13]`\" ) from error from jax.experimental.multihost_utils import sync_global_devices from jax.sharding import ( AxisType, Mesh, NamedSharding, PartitionSpec, SingleDeviceSharding, ) FRAMEWORK.add(__name__) MANY_LINES = 10_000 _NO_MESH = Mesh(numpy.empty((), object), ())",
"XLA"
],
[
"XLA",
"xla.html#what-is-compiled-and-when",
"What does XLA gain by reading first?",
"What does XLA gain by reading first? NumPy computes 1 / (1 + np.exp(-z)) in four passes over the memory, one for each operation. XLA reads the whole program before it runs any of it. So it fuses the four into one pass, and plans in advance where each value goes. Compiling takes a few tenths of a second, or seconds for a large program. You pay once for each program, and once more for each new shape that you feed. You train on batches of 64, and the last batch of each epoch has 37. What happens? XLA compiles the step twice, once for each size. Two sizes are cheap; a new size in every step would be a disaster. You take the gradient of a chain of 10,000 operations. How long do you wait? Minutes. The longer a program is, the more XLA takes for each line of it, as the figures show. From 10,000 lines on, we warn you. A loop says the same in a few. You start again tomorrow. Does XLA compile again? Not if JAX keeps what it compiled. Name a folder before you run anything: jax.config.update(\"jax_compilation_cache_dir\", \"compiled\").",
"import contextlib import functools import types import warnings import numpy from compiler.program import Program from mixins.branches import CallOp, CondOp from mixins.checks import Around, CheckingInterpreter from mixins.convolution import Conv2dByFiltersOp, Conv2dByInputOp, Conv2dOp, WindowsOp from mixins.dtypes import as_array from mixins.indexing import OneHotOp, PutOp, ScatterOp from mixins.loops import LoopOp, SavedOp from mixins.losses import ClassesOp from mixins.pooling import PlaceOp, SpreadOp from mixins.randomness import TruncatedNormalOp from mixins.repeat import Loop, flatten from mixins.scatters import ScatterNdOp from mixins.shapes import Unknown, check_shape, show_shape from mixins.sorting import PutAlongOp from session import Session from tensor import FRAMEWORK try: import jax except ImportError as error: raise ImportError( \"xla.py runs graphs by JAX, which is not installed; for the processor, \" \"`make jax` or `pip install jax` installs it, for an NVIDIA GPU \" \"`pip install jax[cuda13]`\" ) from error from jax.experimental.multihost_utils import sync_global_devices from jax.sharding import ( AxisType, Mesh, NamedSharding, PartitionSpec, SingleDeviceSharding, ) FRAMEWORK.add(__name__) MANY_LINES = 10_000 _NO_MESH = Mesh(numpy.empty((), object), ())",
"fuses"
],
[
"XLA",
"xla.html#no-values",
"Why can't an if look at a value?",
"Why can't an if look at a value? Because XLA compiles before there are values. JAX calls the function with stand-ins, as our tracing does. They know their shapes and types, but an if has nothing to decide by. torch.compile breaks the graph there, and lets Python decide. JAX refuses: >>> from ops import ElementwiseOp >>> class RampOp(ElementwiseOp): ... def compute(self, np, x): ... return x if x > 0 else 0 * x >>> x = graph.variable(3.0, name=\"x\") >>> session.run(RampOp([x], graph).output) Traceback (most recent call last): ... jax.errors.TracerBoolConversionError: Attempted boolean conversion ... The way out is to compute both branches, and to choose elementwise: >>> class SelectOp(ElementwiseOp): ... def compute(self, np, x): ... return np.where(x > 0, x, 0 * x) >>> print(session.run(SelectOp([x], graph).output)) 3.0 So the compute of your own operation can look at shapes, and use np and the methods of its operands. It can't write into an array either: JAX's arrays never change.",
"import contextlib import functools import types import warnings import numpy from compiler.program import Program from mixins.branches import CallOp, CondOp from mixins.checks import Around, CheckingInterpreter from mixins.convolution import Conv2dByFiltersOp, Conv2dByInputOp, Conv2dOp, WindowsOp from mixins.dtypes import as_array from mixins.indexing import OneHotOp, PutOp, ScatterOp from mixins.loops import LoopOp, SavedOp from mixins.losses import ClassesOp from mixins.pooling import PlaceOp, SpreadOp from mixins.randomness import TruncatedNormalOp from mixins.repeat import Loop, flatten from mixins.scatters import ScatterNdOp from mixins.shapes import Unknown, check_shape, show_shape from mixins.sorting import PutAlongOp from session import Session from tensor import FRAMEWORK try: import jax except ImportError as error: raise ImportError( \"xla.py runs graphs by JAX, which is not installed; for the processor, \" \"`make jax` or `pip install jax` installs it, for an NVIDIA GPU \" \"`pip install jax[cuda13]`\" ) from error from jax.experimental.multihost_utils import sync_global_devices from jax.sharding import ( AxisType, Mesh, NamedSharding, PartitionSpec, SingleDeviceSharding, ) FRAMEWORK.add(__name__) MANY_LINES = 10_000 _NO_MESH = Mesh(numpy.empty((), object), ())",
""
],
[
"XLA",
"xla.html#nan",
"Where did the error go? It's a NaN now",
"Where did the error go? It's a NaN now Without values, a program can't check them. A wrong label raises no error. Its loss is NaN, and one step later so are your parameters: >>> labels = graph.placeholder((None,), dtype=int, name=\"labels\") >>> wrong = graph.softmax_cross_entropy([[0.0, 0.0]], labels) >>> session = XLASession(graph) >>> print(session.run(wrong, {labels: [2]})) nan Gather at an index out of range, and you get NaN (for integers, the smallest one) and no gradient. And if only the run knows that x is too short for x[5], you get the last element. When you see a NaN, ask again with check_numerics. We don't compile that run. It goes from operation to operation, and stops where something is wrong: >>> session.run(wrong, {labels: [2]}, check_numerics=True) Traceback (most recent call last): ... ValueError: the label 2 is not among the classes 0 to 1 ... One more difference: floats and integers have 32 bits here, even where the graph says 64. XLASession(graph, float64=True) computes as the graph says. Each kind of session reads the other's checkpoints, with the precision of the one that wrote them.",
"import contextlib import functools import types import warnings import numpy from compiler.program import Program from mixins.branches import CallOp, CondOp from mixins.checks import Around, CheckingInterpreter from mixins.convolution import Conv2dByFiltersOp, Conv2dByInputOp, Conv2dOp, WindowsOp from mixins.dtypes import as_array from mixins.indexing import OneHotOp, PutOp, ScatterOp from mixins.loops import LoopOp, SavedOp from mixins.losses import ClassesOp from mixins.pooling import PlaceOp, SpreadOp from mixins.randomness import TruncatedNormalOp from mixins.repeat import Loop, flatten from mixins.scatters import ScatterNdOp from mixins.shapes import Unknown, check_shape, show_shape from mixins.sorting import PutAlongOp from session import Session from tensor import FRAMEWORK try: import jax except ImportError as error: raise ImportError( \"xla.py runs graphs by JAX, which is not installed; for the processor, \" \"`make jax` or `pip install jax` installs it, for an NVIDIA GPU \" \"`pip install jax[cuda13]`\" ) from error from jax.experimental.multihost_utils import sync_global_devices from jax.sharding import ( AxisType, Mesh, NamedSharding, PartitionSpec, SingleDeviceSharding, ) FRAMEWORK.add(__name__) MANY_LINES = 10_000 _NO_MESH = Mesh(numpy.empty((), object), ())",
""
],
[
"XLA",
"xla.html#random-numbers",
"Where do random numbers come from?",
"Where do random numbers come from? A generator changes whenever you draw, and a compiled function changes nothing. So JAX draws from a key, a pair of numbers. The same key always gives the same numbers, and split makes two keys out of one. For each run, the session draws a key from its own generator. So its seed makes every run repeatable, and a checkpoint holds everything you need to go on. You get other numbers than from a Session. But NumPy draws the initial values, so two sessions with the same seed start alike, whatever their kind.",
"class Random: def __init__(self, words):",
"key"
],
[
"XLA",
"xla.html#Random",
"Random",
"The methods of a NumPy generator that operations use, drawing from a key.",
"class Random: def __init__(self, words):",
""
],
[
"XLA",
"xla.html#S179",
"Where do random numbers come from?",
"We name the algorithm, because its default is a setting of JAX's.",
"self.key = jax.random.wrap_key_data(words, impl=\"threefry2x32\") def _next(self): self.key, key = jax.random.split(self.key) return key def normal(self, loc=0.0, scale=1.0, size=()): return loc + scale * jax.random.normal(self._next(), _sizes(size)) def truncated_normal(self, size): return jax.random.truncated_normal(self._next(), -2, 2, _sizes(size)) def uniform(self, low=0.0, high=1.0, size=()): return jax.random.uniform(self._next(), _sizes(size), None, low, high) def _sizes(shape): return tuple(int(size) for size in shape)",
""
],
[
"XLA",
"xla.html#what-is-computed-in-another-way",
"Operations that need another way",
"Operations that need another way A compiled compute can't write into arrays, and can't look at values. Some of our operations do one or the other, so we replace theirs.",
"def _put(op, np, x, shape): return np.zeros(shape, x.dtype).at[op.index].add(x) def _scatter(op, np, x, indices, shape): return np.zeros(shape, x.dtype).at[op.where(indices)].add(x)",
""
],
[
"XLA",
"xla.html#S215",
"Operations that need another way",
"NumPy's version draws again until all fit; here we can't ask whether they do.",
"def _truncated_normal(op, np, rng, shape): drawn = rng.truncated_normal(shape) return np.asarray(op.mean + op.stddev * drawn, op.dtype)",
""
],
[
"XLA",
"xla.html#S221",
"Operations that need another way",
"We can't refuse a wrong label, so its row is NaN.",
"def _classes(op, np, indices): indices = indices.astype(int) outside = (indices \u003c 0) | (indices >= op.depth) return np.where(outside[..., None], np.nan, OneHotOp.compute(op, np, indices))",
""
],
[
"XLA",
"xla.html#S228",
"Operations that need another way",
"XLA has its own, and never needs the windows.",
"def _convolution(op, np, x, windows, filters): dtype = np.result_type(x, filters) pads = [op.slide.axis(i, x.shape[1 + i])[1:] for i in (0, 1)] return jax.lax.conv_general_dilated( *(x.astype(dtype), filters.astype(dtype)), *(op.slide.strides, pads), rhs_dilation=op.slide.dilation, dimension_numbers=(\"NHWC\", \"HWIO\", \"NHWC\"), ) def _windows(op, np, x): padded = op.slide.pad(np, x) seen = [padded[index] for _, index in op.slide.seen(x.shape)] return np.concatenate(seen, axis=-1)",
""
],
[
"XLA",
"xla.html#S246",
"Operations that need another way",
"A convolution is linear in its filters, and JAX transposes what's linear.",
"def _by_filters(op, np, grad, x, windows, shape): def convolved(filters): return _convolution(op, np, x.astype(grad.dtype), None, filters) filters = jax.ShapeDtypeStruct(_sizes(shape), grad.dtype) return jax.linear_transpose(convolved, filters)(grad)[0] def _by_input(op, np, grad, filters, shape): def convolved(x): return _convolution(op, np, x, None, filters.astype(grad.dtype)) x = jax.ShapeDtypeStruct(_sizes(shape), grad.dtype) return jax.linear_transpose(convolved, x)(grad)[0] def _seen(op, np, grad, *more): padded, inside = op.slide.padded(more[-1]) image = np.zeros(padded, grad.dtype) for pixel, index in op.slide.seen(_sizes(more[-1])): image = image.at[index].add(op.part(np, pixel, grad, *more)) return image[inside]",
""
],
[
"XLA",
"xla.html#S270",
"Operations that need another way",
"XLA has a fork and a loop of its own. JAX wants the parts as functions, which return the same types in each branch, and after each round.",
"def _part(part, like): def function(*values): found = part(jax.numpy, values, COMPUTES) return tuple(jax.numpy.asarray(x, _dtype(y)) for x, y in zip(found, like)) return function def _dtype(tensor): return jax.dtypes.canonicalize_dtype(tensor.dtype) def _cond(op, np, predicate, *captured): _no_generator(op) branches = [_part(part, part.outputs) for part in op.parts.values()] return jax.lax.cond(np.asarray(predicate, bool), *branches, *captured) def _call(op, np, *values): (part,) = op.parts.values() return _part(part, part.outputs)(*values) def _loop(op, np, *values): _no_generator(op) (condition, body), n = op.parts.values(), op.variables captured, inner = values[n:], body.inputs[:n] holds, another = _part(condition, condition.outputs), _part(body, inner) start = tuple(np.asarray(x, _dtype(y)) for x, y in zip(values[:n], inner)) return jax.lax.while_loop( lambda state: holds(*state, *captured)[0].reshape(()), lambda state: another(*state, *captured), start, ) def _no_generator(op): if any(x.kind == \"generator\" for x in op.inputs): raise ValueError( f\"{op.output.origin} draws random numbers, and under XLA a branch or a \" \"loop can't; draw them outside\" ) def _saved(op, np, *values): raise ValueError( \"under XLA, the gradient of a loop needs a number of rounds that the graph can \" \"tell: let its condition depend on constants\" ) COMPUTES = { CondOp: _cond, CallOp: _call, LoopOp: _loop, SavedOp: _saved, WindowsOp: _windows, Conv2dOp: _convolution, Conv2dByFiltersOp: _by_filters, Conv2dByInputOp: _by_input, PlaceOp: _seen, SpreadOp: _seen, PutOp: _put, ScatterOp: _scatter, ScatterNdOp: _scatter, PutAlongOp: _scatter, TruncatedNormalOp: _truncated_normal, ClassesOp: _classes, }",
""
],
[
"XLA",
"xla.html#XLAProgram",
"XLAProgram",
"A program that XLA can compile.",
"class XLAProgram(Program): computes = COMPUTES",
""
],
[
"XLA",
"xla.html#a-session",
"Variables never leave the device",
"Variables never leave the device A new value travels to the host, where Python runs, only when you fetch it, and arrives as a NumPy array. Between steps, variables stay where they're computed. A NumPy array that you feed travels in every run. Feed an array of JAX's instead, and it's there already.",
"class XLASession(Session): def __init__( self, graph=None, seed=None, device=None, mesh=None, shards=None, float64=False, ): super().__init__(graph, seed) self.float64 = bool(float64) self.device = _find(device) if mesh is None else None self.mesh = None if mesh is None else _automatic(mesh) self._axes = {} self.checker = functools.partial(XLAChecker, session=self) if device is not None and mesh is not None: raise ValueError(\"a session is on a device or on a mesh, not on both\") if mesh is not None and seed is None and jax.process_count() > 1: raise ValueError( \"a session on several hosts needs a seed, the same on each, or each \" \"would draw other numbers\" ) if shards and mesh is None: raise ValueError(\"shards are those of a mesh, and none is given\") if not isinstance(shards, dict | None): raise TypeError(f\"shards is a dict, got {type(shards).__name__}\") for tensor, axes in (shards or {}).items(): self.check_ours(tensor, \"shard\") self._axes[tensor] = self._check_axes(tensor, axes)",
"host"
],
[
"XLA",
"xla.html#XLASession",
"XLASession",
"A session that computes with XLA, and keeps its variables on the device. Args graph, seed: as in Session. device \"cpu\", \"gpu\", \"tpu\", or one of jax.devices(), by default the first. mesh a jax.sharding.Mesh of several devices instead, such as jax.make_mesh((8,), (\"batch\",)). shards how to split variables and placeholders over the mesh. {weights: (None, \"model\")} leaves the first axis of weights whole, and splits the second one evenly along the mesh axis \"model\". float64 whether to compute with 64 bits where the graph says so. Attributes state the value of each variable, as a jax.Array. Raises ValueError there's no such device or axis; you give both a device and a mesh; there are several hosts and no seed. TypeError mesh isn't a mesh.",
"class XLASession(Session): def __init__( self, graph=None, seed=None, device=None, mesh=None, shards=None, float64=False, ): super().__init__(graph, seed) self.float64 = bool(float64) self.device = _find(device) if mesh is None else None self.mesh = None if mesh is None else _automatic(mesh) self._axes = {} self.checker = functools.partial(XLAChecker, session=self) if device is not None and mesh is not None: raise ValueError(\"a session is on a device or on a mesh, not on both\") if mesh is not None and seed is None and jax.process_count() > 1: raise ValueError( \"a session on several hosts needs a seed, the same on each, or each \" \"would draw other numbers\" ) if shards and mesh is None: raise ValueError(\"shards are those of a mesh, and none is given\") if not isinstance(shards, dict | None): raise TypeError(f\"shards is a dict, got {type(shards).__name__}\") for tensor, axes in (shards or {}).items(): self.check_ours(tensor, \"shard\") self._axes[tensor] = self._check_axes(tensor, axes)",
""
],
[
"XLA",
"xla.html#XLASession._check_axes",
"XLASession._check_axes",
"For each axis of a tensor, the mesh axis that splits it, as a tuple.",
"def _check_axes(self, tensor, axes): axes = (axes,) if isinstance(axes, str) else axes named = f\"the shards of '{tensor.name}' {show_shape(tensor.dims)}\" if tensor.kind not in (\"variable\", \"placeholder\"): raise ValueError(f\"{named}: it is no variable and no placeholder\") if not isinstance(axes, (tuple, list)): raise TypeError(f\"{named} are a tuple of names of mesh axes, got {axes!r}\") if tensor.rank is not None and len(axes) > tensor.rank: raise ValueError(f\"{named} are for {len(axes)} axes: {tuple(axes)}\") for name in axes: if name is not None and name not in self.mesh.axis_names: there = \", \".join(map(repr, self.mesh.axis_names)) raise ValueError(f\"{named}: the mesh has no axis {name!r}, but {there}\") return tuple(axes)",
""
],
[
"XLA",
"xla.html#a-step",
"One step, as a function to compile",
"One step, as a function to compile bind turns the program into a function, with jax.numpy for np. Around it we put what a Session puts around a program: a generator, and a check of the shapes that only a run knows. A Session checks them in every run. Here we check them once, while compiling.",
"def _step(self, program): function = program.bind(jax.numpy, self.constant) def step(state, feeds, words): rng = [Random(words)] if program.random else [] with warnings.catch_warnings():",
""
],
[
"XLA",
"xla.html#XLASession._step",
"XLASession._step",
"A function of state, feeds and a key's words; returns values and updates.",
"def _step(self, program): function = program.bind(jax.numpy, self.constant) def step(state, feeds, words): rng = [Random(words)] if program.random else [] with warnings.catch_warnings():",
""
],
[
"XLA",
"xla.html#S441",
"One step, as a function to compile",
"If an operation asks for 64 bits by name, it gets 32.",
"warnings.filterwarnings(\"ignore\", \"Explicitly requested dtype\") values, updates = function(state, feeds, *rng) updates = list(updates) pairs = zip(program.assigned, program.outputs) for i, (variable, output) in enumerate(pairs): made = f\", by the assignment at {output.line}\" check_shape(variable, updates[i].shape, {}, \"assign\", made) updates[i] = jax.numpy.asarray(updates[i], variable.dtype) return values, updates return step",
""
],
[
"XLA",
"xla.html#many-steps-in-one-call",
"Why compile the loop too?",
"Why compile the loop too? Because each call of a compiled function takes tens of microseconds, and a small network needs less than that to compute. With steps, you make one call for all of them: >>> session = XLASession(graph) >>> _, after = session.run([loss, update], feeds, steps=1000) >>> print(after.ravel().round(4)) [2. 1.] JAX's fori_loop wants the body as a function. The body takes the number of the step and what we carry along, here the variables and the fetched values, and returns what to carry on.",
"def _loop(self, program): step = self._step(program) read, assigned = program.variables, program.assigned kept = list(dict.fromkeys([*read, *assigned])) def loop(state, feeds, batches, words, steps): def body(i, carried): before, _ = carried fed = [ value if stacked is None else stacked[i] for value, stacked in zip(feeds, batches) ] key = None if words is None else words[i] values, updates = step(before[: len(read)], fed, key) state = dict(zip(kept, before)) for variable, update in zip(assigned, updates): _check_kept(variable, state.get(variable), update) state[variable] = update return [state[variable] for variable in kept], values",
""
],
[
"XLA",
"xla.html#XLASession._loop",
"XLASession._loop",
"The same for many steps, with a batch and a key for each.",
"def _loop(self, program): step = self._step(program) read, assigned = program.variables, program.assigned kept = list(dict.fromkeys([*read, *assigned])) def loop(state, feeds, batches, words, steps): def body(i, carried): before, _ = carried fed = [ value if stacked is None else stacked[i] for value, stacked in zip(feeds, batches) ] key = None if words is None else words[i] values, updates = step(before[: len(read)], fed, key) state = dict(zip(kept, before)) for variable, update in zip(assigned, updates): _check_kept(variable, state.get(variable), update) state[variable] = update return [state[variable] for variable in kept], values",
""
],
[
"XLA",
"xla.html#S490",
"Why compile the loop too?",
"Before the first step, we carry zeros where nothing is computed yet.",
"shapes = jax.eval_shape(body, 0, (state, None)) zeros, values = jax.tree.map(jax.numpy.zeros_like, shapes) start = [*state, *zeros[len(read) :]], values after, values = jax.lax.fori_loop(0, steps, body, start) after = dict(zip(kept, after)) return values, [after[variable] for variable in assigned] return loop",
""
],
[
"XLA",
"xla.html#a-run",
"Why does a run wait?",
"Why does a run wait? JAX returns arrays before it has computed them, and works in the background. We wait for the result. Only then do we know that nothing failed, and only then may you write into an array that you fed. JAX can also write the new parameters over the old ones, and save their memory. It's called donating them. Why don't we? A run that fails must leave the state as it was, and what's overwritten is gone.",
"compiler = XLAProgram def guarded(self, executor, order): if isinstance(executor, Program): return Step(executor, self) return super().guarded(executor, order) def repeat(self, executor, steps, stacked): if isinstance(executor, Step): return Steps(executor, steps, stacked) return super().repeat(executor, steps, stacked)",
"donating"
],
[
"XLA",
"xla.html#XLASession.compiled",
"XLASession.compiled",
"The function of one step of program, or of many.",
"def compiled(self, program, many): _warn_of_length(program) function = self._loop(program) if many else self._step(program) places = {} if self.mesh is not None:",
""
],
[
"XLA",
"xla.html#S529",
"Why does a run wait?",
"Fetched values come whole; variables stay split as they were.",
"updates = [self._sharding(variable) for variable in program.assigned] places = {\"out_shardings\": (self._named(()), updates)} elif self.device != jax.local_devices()[0]: here = SingleDeviceSharding(self.device) places = {\"in_shardings\": here, \"out_shardings\": here} return jax.jit(function, **places)",
""
],
[
"XLA",
"xla.html#XLASession.rest",
"XLASession.rest",
"What a compiled function takes after the state.",
"def rest(self, program, feeds, loop): if loop is None: words = self.words(2) if program.random else None return self.placed(program.feeds, feeds), words steps, batches = loop words = None if program.random:",
""
],
[
"XLA",
"xla.html#S545",
"Why does a run wait?",
"XLA compiles for each shape, so there are only a few: powers of two.",
"rows = max(1 \u003c\u003c 10, 1 \u003c\u003c (steps - 1).bit_length()) words = numpy.pad(self.words((steps, 2)), [(0, rows - steps), (0, 0)]) feeds = self.placed(program.feeds, feeds, batches) stacked = [tensor in batches for tensor in program.feeds] same = [None if cut else value for value, cut in zip(feeds, stacked)] slices = [value if cut else None for value, cut in zip(feeds, stacked)] return same, slices, words, numpy.int32(steps)",
""
],
[
"XLA",
"xla.html#XLASession.settings",
"XLASession.settings",
"Our precision within, and no mesh of JAX's own around us.",
"@contextlib.contextmanager def settings(self): with jax.enable_x64(self.float64), jax.set_mesh(_NO_MESH): yield",
""
],
[
"XLA",
"xla.html#XLASession.is_set",
"XLASession.is_set",
"Whether these are the settings already.",
"def is_set(self): meshless = jax.sharding.get_abstract_mesh().empty return meshless and jax.config.jax_enable_x64 == self.float64",
""
],
[
"XLA",
"xla.html#XLASession.words",
"XLASession.words",
"Random 32-bit numbers, two of which make a key.",
"def words(self, size): return self.random.integers(2**32, size=size, dtype=numpy.uint32)",
""
],
[
"XLA",
"xla.html#XLASession.hlo",
"XLASession.hlo",
"What XLA compiles a request to, as text in its own language. HLO is short for high level operations. This runs nothing.",
"def hlo(self, fetches, feed_dict=None): feed_dict = feed_dict or {} request = tuple(flatten(fetches)), tuple(feed_dict) step = self.prepare(*request, self.compiler) program, drawn = step.executor, self.random.bit_generator.state feeds = self.feed(program, feed_dict) try: first = self.first_values(program.variables, feed_dict) values = {**self.state, **first} with self.settings(): rest = self.rest(program, feeds, None) state = [values[variable] for variable in program.variables] return step.once.lower(state, *rest).compile().as_text() finally: self.random.bit_generator.state = drawn",
"high level operations"
],
[
"XLA",
"xla.html#where-values-are",
"Who holds which part of an array?",
"Who holds which part of an array? On a mesh of several devices, each array is either sharded, split among the devices, or whole on each of them. We say which, and XLA computes as if all of it lay in one place. Where a device needs what others hold, XLA inserts an operation that brings it, a collective: Figure 1 Each device sums its own rows; the all-reduce adds up the sums. By default we split batches and nothing else. A batch is a value that you feed where the graph leaves the size of the first axis open. We split it along the first axis of the mesh, if it divides evenly. Otherwise each device computes all of it. Every other array is whole on each device, unless you name it in shards. However you split, the results are the same up to rounding.",
"def _sharding(self, tensor, shape=None, stacked=False): if tensor in self._axes or shape is None:",
"mesh sharded collective"
],
[
"XLA",
"xla.html#XLASession._sharding",
"XLASession._sharding",
"How we split a variable, or a feed of this shape.",
"def _sharding(self, tensor, shape=None, stacked=False): if tensor in self._axes or shape is None:",
""
],
[
"XLA",
"xla.html#S612",
"Who holds which part of an array?",
"What an optimizer remembers of a variable is split like the variable.",
"beside = getattr(tensor, \"beside\", None) axes = self._axes.get(tensor, self._axes.get(beside, ())) else: name = self.mesh.axis_names[0] even = len(shape) > stacked and shape[stacked] % self.mesh.shape[name] == 0 axes = (name,) if even and _is_batch(tensor) else () return self._named((None, *axes) if stacked else axes) def _named(self, axes): return NamedSharding(self.mesh, PartitionSpec(*axes))",
""
],
[
"XLA",
"xla.html#XLASession.placed",
"XLASession.placed",
"The feeds, in a type that XLA has, and split if there's a mesh.",
"def placed(self, tensors, feeds, batches=()): placed = [] for tensor, value in zip(tensors, feeds): if value.dtype.kind in \"iu\" and not isinstance(value, jax.Array): value = self.fed(value, tensor) if self.mesh is not None: value = self.put(value, tensor, value.shape, tensor in batches) placed.append(value) return placed",
""
],
[
"XLA",
"xla.html#XLASession.put",
"XLASession.put",
"array where it belongs, as the value of a variable or as a feed.",
"def put(self, array, tensor, *how): if self.mesh is None: return jax.device_put(array, self.device) sharding = self._sharding(tensor, *how) try: if isinstance(array, jax.Array) or jax.process_count() == 1: return jax.device_put(array, sharding)",
""
],
[
"XLA",
"xla.html#S643",
"Who holds which part of an array?",
"Each host places its own part.",
"return jax.make_array_from_callback( array.shape, sharding, lambda index: array[index] ) except ValueError as error: error.add_note(f\"for the {tensor.kind} '{tensor.name}'\") raise def fed(self, value, tensor): with self.settings(): dtype = jax.dtypes.canonicalize_dtype(tensor.dtype) if isinstance(value, jax.Array) and value.dtype.kind == \"f\" == dtype.kind: value = value if value.dtype == dtype else value.astype(dtype) elif not isinstance(value, jax.Array) or value.dtype != dtype: return as_array(value, dtype, f\"feed of '{tensor.name}'\") elsewhere = self.mesh is None and value.devices() != {self.device} return jax.device_put(value, self.device) if elsewhere else value def keep(self, array, variable): with self.settings(): dtype = jax.dtypes.canonicalize_dtype(variable.dtype) return self.put(as_array(array, dtype, f\"'{variable.name}'\"), variable)",
""
],
[
"XLA",
"xla.html#XLASession.write",
"XLASession.write",
"Write a checkpoint; of several hosts, only the first does.",
"def write(self, path, values): if self.mesh is None or not self.mesh.is_multi_process: return super().write(path, values)",
""
],
[
"XLA",
"xla.html#S670",
"Who holds which part of an array?",
"To bring a value here takes them all, and each goes on when it's written.",
"values = list(values) try: if jax.process_index() == 0: super().write(path, values) finally: sync_global_devices(f\"{path} is written\") def on_host(self, value, tensor): if isinstance(value, jax.Array) and not value.is_fully_addressable: value = jax.jit(lambda x: x, out_shardings=self._named(()))(value) return numpy.asarray(value, tensor.dtype)[()] def constant(self, array): dtype = jax.dtypes.canonicalize_dtype(array.dtype) return jax.numpy.asarray(as_array(array, dtype, \"constant\"))",
""
],
[
"XLA",
"xla.html#Step",
"Step",
"An executor: a program that XLA compiles, on a session's devices.",
"class Step(Around): def __init__(self, program, session): super().__init__(program) self.session = session integers = any(tensor.dtype.kind in \"iu\" for tensor in program.feeds)",
""
],
[
"XLA",
"xla.html#S695",
"Who holds which part of an array?",
"A small step is faster if it takes its feeds as they come.",
"self.plain = not (integers or program.random or session.mesh) @functools.cached_property def once(self): return self.session.compiled(self.executor, many=False) @functools.cached_property def many(self): return self.session.compiled(self.executor, many=True)",
""
],
[
"XLA",
"xla.html#Step.__call__",
"Step.__call__",
"The values and updates of one step, or of a loop of them.",
"def __call__(self, state, feeds, loop=None): session, program = self.session, self.executor",
""
],
[
"XLA",
"xla.html#S709",
"Who holds which part of an array?",
"Changing settings takes time, so we do it only if we must.",
"if not session.is_set(): with session.settings(): return self(state, feeds, loop) if program.random:",
""
],
[
"XLA",
"xla.html#S714",
"Who holds which part of an array?",
"The generator comes last; we draw from it ourselves.",
"state = state[:-1] try: plain = loop is None and self.plain rest = (feeds, None) if plain else session.rest(program, feeds, loop) function = self.once if loop is None else self.many values, updates = function(state, *rest) values = [x if x is None else _fetched(x) for x in values] if updates and all(x is None for x in values): updates[0].block_until_ready() except Exception as error: program.explain(error) raise _explained(error) from None return values, updates",
""
],
[
"XLA",
"xla.html#Steps",
"Steps",
"An executor of many steps, whose loop XLA compiles too.",
"class Steps(Loop): def __call__(self, state, feeds): return self.executor(state, feeds, (self.steps, self.stacked))",
""
],
[
"XLA",
"xla.html#S737",
"XLAChecker",
"To find a NaN, we go from operation to operation, and let JAX compute each.",
"class XLAChecker(CheckingInterpreter): np = jax.numpy",
""
],
[
"XLA",
"xla.html#XLAChecker",
"XLAChecker",
"Computes operation by operation, on JAX's arrays, and checks each value.",
"class XLAChecker(CheckingInterpreter): np = jax.numpy",
""
],
[
"XLA",
"xla.html#S744",
"Who holds which part of an array?",
"Here we have values, so we can refuse a wrong label.",
"computes = types.MappingProxyType( {op: compute for op, compute in COMPUTES.items() if op is not ClassesOp} ) def __init__(self, order, fetches, feeds, session): if session.mesh is not None and jax.process_count() > 1: raise ValueError(\"check_numerics needs all values on one host\") super().__init__(order, fetches, feeds) self.session = session",
""
],
[
"XLA",
"xla.html#S758",
"Who holds which part of an array?",
"If an operation asks for 64 bits by name, it gets 32.",
"def __call__(self, state, feeds): session = self.session with session.settings(), warnings.catch_warnings(): warnings.filterwarnings(\"ignore\", \"Explicitly requested dtype\") fed = session.placed(self.feeds, feeds) fed = [jax.numpy.asarray(value) for value in fed] state = [ Random(session.words(2)) if x.kind == \"generator\" else value for x, value in zip(self.reads, state) ] try: fetched, updates = super().__call__(state, fed) except Exception as error: raise _explained(error) from None fetched = [x if x is None else _fetched(x) for x in fetched]",
""
],
[
"XLA",
"xla.html#S771",
"Who holds which part of an array?",
"From constants alone, JAX computes on a device of its own choice.",
"pairs = zip(updates, self.assigned) return fetched, [session.put(x, variable) for x, variable in pairs] def compute(self, op, values): constant = [x.kind == \"constant\" for x in op.inputs] values = [ self.session.constant(x) if fixed and i not in op.sizes else x for i, (x, fixed) in enumerate(zip(values, constant)) ] return super().compute(op, values) def result(self, value): return value",
""
],
[
"XLA",
"xla.html#S787",
"_is_batch",
"You can now run any graph of this book on a GPU, or on a rack of them, and you haven't touched the graph. Part IX splits one over eight devices, and How fast is it? measures it on a GPU.",
"def _is_batch(tensor): return tensor.dims is None or isinstance(next(iter(tensor.dims), None), Unknown)",
""
],
[
"XLA",
"xla.html#_is_batch",
"_is_batch",
"Whether the graph leaves the number of rows open.",
"def _is_batch(tensor): return tensor.dims is None or isinstance(next(iter(tensor.dims), None), Unknown)",
""
],
[
"XLA",
"xla.html#_check_kept",
"_check_kept",
"Raise ValueError if a step changes the shape of a variable.",
"def _check_kept(variable, before, after): if before is not None and before.shape != after.shape: raise ValueError( f\"a step makes of '{variable.name}' {before.shape} one of {after.shape}; \" \"where shapes change, run the steps one by one\" ) def _warn_of_length(program): length = len(program.values_at) if length >= MANY_LINES: warnings.warn( f\"XLA compiles a program of {length:,} lines, and the time for it grows \" \"faster than their number: it may take minutes; a shorter request, or a \" \"loop in the graph, takes less\", stacklevel=1, )",
""
],
[
"XLA",
"xla.html#_fetched",
"_fetched",
"A fetched value as a NumPy array that you can write into, unlike JAX's.",
"def _fetched(value): array = numpy.asarray(value) return array.copy() if array.ndim else array[()]",
""
],
[
"XLA",
"xla.html#_find",
"_find",
"The device of this name, or the first one; ValueError if there's none.",
"def _find(device): if device is None: return jax.local_devices()[0] if isinstance(device, jax.Device): return device if not isinstance(device, str): raise TypeError(f\"device is a name or a device of JAX's, got {device!r}\") try: return jax.devices(device)[0] except RuntimeError: here = \", \".join(sorted({there.platform for there in jax.devices()})) raise ValueError(f\"there is no device {device!r}, but {here}\") from None",
""
],
[
"XLA",
"xla.html#_automatic",
"_automatic",
"The mesh, with axes along which XLA decides how to split what it computes.",
"def _automatic(mesh): if not isinstance(mesh, Mesh): raise TypeError( f\"mesh is a jax.sharding.Mesh, got {type(mesh).__name__}; make one by \" 'jax.make_mesh((8,), (\"batch\",))' ) if not mesh.axis_names: raise ValueError(\"the mesh has no axis\") axes = (AxisType.Auto,) * len(mesh.axis_names) return Mesh(mesh.devices, mesh.axis_names, axis_types=axes)",
""
],
[
"XLA",
"xla.html#_explained",
"_explained",
"The error of a run, in our words where JAX's say little.",
"def _explained(error): if isinstance(error, jax.errors.JAXTypeError): error.add_note( \"XLA compiles before there are values: `compute` can use `np` and the \" \"methods of its operands, but cannot look at their values\" ) elif isinstance(error, TypeError) and \"shape\" in str(error):",
""
],
[
"XLA",
"xla.html#S859",
"Who holds which part of an array?",
"When shapes don't fit, JAX raises a TypeError.",
"notes, trace = getattr(error, \"__notes__\", []), error.__traceback__ error = ValueError(str(error)).with_traceback(trace) for note in notes: error.add_note(note) return error",
""
],
[
"How fast is it?",
"speed.html#isnt-a-framework-for-reading-slow",
"Isn't a framework for reading slow?",
"Isn't a framework for reading slow? No. A training step takes about as long as the same step written by hand in NumPy, because that's what the program is: the step that you'd have written. This page has the figures. You can measure them again on your own machine, below. This many times as long as by hand: a step ofby handherehere, with buffersPyTorch eagerTensorFlow 1 session XOR 28 µs 0.87 0.74 5.05 7.87 digits 153 µs 1.07 1.01 1.96 2.24 transformer 3.51 ms 1.05 1.07 – – LeNet 10.9 ms 0.87 0.88 0.55 0.41 Measured on 2026-11-28 by Python 3.11.7 with numpy 2.4.6, jax 0.10.2, torch 2.13.0+cpu, tensorflow-cpu 2.21.0, autograd 1.9.1. System: Linux; processor: Intel(R) Xeon(R) Processor, 2 cores. What counts here are ratios. All contenders take turns in one process, round after round, and each one's best round counts. So when the machine is busy with something else, it slows all of them. The times themselves tell you more about the machine than about the code.",
"",
""
],
[
"How fast is it?",
"speed.html#a-training-step",
"A training step",
"A training step Each contender does the same work from the same parameters, on one thread (only JAX takes as many as it likes). Before we time anything, we check that all have the same loss in the first three steps. A step computes the loss, its gradients and the new parameters, and fetches the loss. First XOR, as main.py trains it: 2, 4 and 1 units, four examples, 64 bits. The arrays are so small that you measure little else than what a framework does around them. Figure 1 XOR, times as long as by hand. A shorter bar is faster. Then the digits: 64, 128 and 10 units, a fresh batch of 128 in each step, relu and softmax cross-entropy, 32 bits. Figure 2 The digits, times as long as by hand. And the transformer of Part VIII: 32 words, a step of Adam, 64 bits. We wrote the step by hand too, with each derivative worked out with pen and paper. It's in benchmarks/transformer.py, and it wasn't fun. Figure 3 The transformer, times as long as by hand. And a LeNet, a network of convolutions: 64 images of 28 by 28 pixels, 6 and 16 filters, max pooling, and three layers behind, 32 bits. By hand, we write each window as a row of a matrix, keep that for the way back, and so does the program. PyTorch and TensorFlow win here: they have kernels for a convolution, written for the processor, while in NumPy most of the step isn't the matrix products, but copying windows and comparing pixels. Figure 4 A LeNet, times as long as by hand.",
"",
""
],
[
"How fast is it?",
"speed.html#faster-than-by-hand",
"How can it be faster than by hand?",
"How can it be faster than by hand? It isn't the same text. Beside a small array, NumPy needs longer for the number 0.5 than for an array that holds it, so the program runs arrays. \"A callable\" looks at your request once, and not in each step. \"With buffers\" is a callable that keeps the memory of its values from step to step. You could do all that by hand. But you'd have to read it afterwards.",
"",
""
],
[
"How fast is it?",
"speed.html#interpreted-or-compiled",
"What does the compiler buy?",
"What does the compiler buy? \"Here, interpreted\" is the same graph, run by the interpreter. It goes from operation to operation, looks up each value in a dictionary, and keeps it to the end of the run. \"The heart alone\" has no rooms either. It doesn't know the shapes while you build, so its gradients find out in each run which axes to sum over. Both pay for every operation, however much that operation computes. In XOR that's most of the step. The larger your arrays, the less it matters, and the easier it is to live without a compiler.",
"",
""
],
[
"How fast is it?",
"speed.html#in-proportion",
"In proportion to the graph",
"In proportion to the graph Does it still work when the graph is large? Take a chain of n operations, and a ladder of n rungs, each used twice: there are 2n paths from top to bottom. How long do we take to build the graph, to add its gradients, to compile them, and to run the program? Ten times as many operations take about ten times as long, paths or no paths. Figure 5 Straight lines: the cost is in proportion to the graph. How long do you wait for the first gradient, if you start from nothing? Building, differentiating, compiling, and one run: the first gradient ofhereTensorFlow 1JAX a chain of 1,000 0.257 s 2.97 s 3.96 s a chain of 4,000 1.07 s 9.25 s 36.9 s a ladder of 1,000 0.567 s 6.57 s 13.7 s a ladder of 4,000 2.04 s 24.8 s over a minute JAX compiles by XLA, and four times the length takes it far more than four times as long.",
"2^n 2^n ",
"chain ladder"
],
[
"How fast is it?",
"speed.html#memory",
"Memory",
"Memory A step of a network with 1,000 layers keeps what the way back needs. It drops everything else after its last use, as you would by hand. With buffers it drops nothing, so the new parameters need memory of their own. stepat most in usetimes by hand by hand 131.6 MB 1.000 here 131.5 MB 0.999 here, with buffers 164.3 MB 1.248",
"",
""
],
[
"How fast is it?",
"speed.html#compiled-by-xla",
"Compiled by XLA",
"Compiled by XLA Here XLASession runs the same graphs, against the same work written by hand in JAX. Both use 32 bits and as many threads as XLA takes, and both fetch the loss as a number. Beside the compiled function, a call costs what our session does in Python. The smaller the step, the more you notice. With steps=10_000 the loop is compiled as well. a step ofJAX by handheretimes by hand XOR, a call for each step 20.8 µs 28.8 µs 1.39 XOR, 10,000 steps in a call 1.54 µs 1.43 µs 0.93 digits 193 µs 232 µs 1.20 the transformer 1.59 ms 1.7 ms 1.07",
"",
""
],
[
"How fast is it?",
"speed.html#start-up",
"Start-up",
"Start-up How long do you wait after typing python main.py? Mostly for the training. And of the imports, NumPy and tqdm take more than our own modules. Figure 6 Where the time goes when you start python main.py.",
"",
""
],
[
"How fast is it?",
"speed.html#on-a-gpu",
"On a GPU",
"On a GPU On NVIDIA H200 (gpu), 2026-11-26, by python benchmarks/gpu.py: a step ofJAX by handheretimes by handof the matrix rate 3 layers, 8192 wide, batch 8192 28.6 ms 29.2 ms 1.020 73% the transformer of Part VIII 791 µs 935 µs 1.181 – python benchmarks/gpu.py measures this on your GPU, against the same in JAX: the transformer, and a network of three layers, 8,192 wide, on a batch of 8,192. It also measures how fast the chip multiplies matrices, and what share of that the wide network reaches.",
"",
""
],
[
"How fast is it?",
"speed.html#again",
"Measure it yourself",
"Measure it yourself make peers make bench make docs make peers installs the contenders, about 2 GB. Without it, you get the rest of the figures. make bench takes some minutes and writes benchmarks/results.json, and make docs draws this page from that file. The order of the contenders should be ours; if it isn't, we'd like to know. Curious how the program gets so fast? Program shows how it's written, and Simplify what it leaves out.",
"",
""
],
[
"A line of your own",
"line.html#whats-the-derivative-of-your-line",
"What's the derivative of your line?",
"What's the derivative of your line? Type it. While you type, your browser builds the graph, walks back through it, and writes the program that computes both. Then it runs that program. Drag a number, and everything follows. You have + - * / ** @, comparisons, .T, and exp, log, sqrt, square, tanh, sigmoid, relu, maximum, where, sum and mean. Here you could type a line, and see its graph, gradient, program and numbers. For that, the page needs JavaScript.Figure 1 Two boxes with the same input send it two shares. Take the second example, and find both. Take the power. The graph has ten operations, and the program three lines. What were the others for? The derivative has to be right even where base and exponent are both 0, so it chooses its exponent by a where in a where. But here the exponent is 3. Both choices are 2, and the program doesn't ask.",
"",
"your"
],
[
"A line of your own",
"line.html#a-port",
"No Python is near",
"No Python is near None of this was computed when the page was made. It's the heart of the framework once more, in JavaScript: a graph, two dozen operations with their gradients, and one walk back. Then the rules of the compiler, and the text that runs. So the heart isn't Python's. Could you write it in your language? Here is how you know that you're done: cases.json holds a few hundred lines like yours, each with values for its variables, and what comes out: the value, the gradient with respect to each variable, and the program. The page agrees with Python on all of them, on the text of the programs too, word by word. (Our tests draw two thousand more.) A case has a text, the values of its leaves, and the program, value and gradients to find. An array is its elements in one row, its shape, and its type. Values are rounded to ten digits, since processors differ in the last ones.",
"",
"your"
],
[
"Python, in the page",
"live_program.html#the-text-that-you-read-is-the-text-that-runs",
"The text that you read is the text that runs",
"The text that you read is the text that runs A session writes a NumPy program. This page translates that text, line for line, into JavaScript, and the browser runs it. So what you see beside a live figure is no picture of the program. Change a line, and the change runs. hidden = 1 / (1 + np.exp(-add)) becomes let $hidden = np.divide(1, np.add(1, np.exp(np.negative($add)))); JavaScript has no operators for arrays, so each becomes a function of our NumPy. The $ keeps your tensor called new or Math apart from JavaScript's own words.",
"\"use strict\";",
""
],
[
"Python, in the page",
"live_program.html#words-and-signs",
"Words and signs",
"Words and signs First we cut a line into its words, numbers, strings and signs.",
"const TOKEN = /\\s*(?:([\\p{L}_][\\p{L}\\p{N}\\p{M}_]*)|((?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?)|'([^']*)'|(\\*\\*|\\/\\/|==|!=|\u003c=|>=|\\.\\.\\.|\\S))/uy; function tokens(text) { const found = []; TOKEN.lastIndex = 0; while (text.slice(TOKEN.lastIndex).trim()) { const [, name, number, string, sign] = TOKEN.exec(text); if (name !== undefined) found.push({ kind: \"name\", text: name }); else if (number !== undefined) found.push({ kind: \"number\", text: number }); else if (string !== undefined) found.push({ kind: \"string\", text: string }); else found.push({ kind: \"sign\", text: sign }); } return found; }",
""
],
[
"Python, in the page",
"live_program.html#what-binds-tighter",
"What binds tighter?",
"What binds tighter? Then we read them. a + b * c is a + (b * c), since * binds tighter, so each operator has a number. To read an expression is to read one operand, and then, as long as the next operator binds at least as tightly as it must, that operator and its right operand.",
"const OPERATORS = { \"==\": [1, \"equal\"], \"!=\": [1, \"not_equal\"], \"\u003c\": [1, \"less\"], \"\u003c=\": [1, \"less_equal\"], \">\": [1, \"greater\"], \">=\": [1, \"greater_equal\"], \"+\": [2, \"add\"], \"-\": [2, \"subtract\"], \"*\": [3, \"multiply\"], \"/\": [3, \"divide\"], \"//\": [3, \"floor_divide\"], \"@\": [3, \"matmul\"], \"**\": [5, \"power\"], }; const SIGNED = 4; // -a ** b is -(a ** b) const WORDS = { None: \"null\", True: \"true\", False: \"false\" }; class Reader { constructor(text) { this.text = text; this.rest = tokens(text); } is(sign) { const [next] = this.rest; return next !== undefined && next.kind === \"sign\" && next.text === sign; } take(sign) { const found = this.is(sign); if (found) this.rest.shift(); return found; } expect(sign) { if (this.take(sign)) return; const found = this.rest.length ? `'${this.rest[0].text}'` : \"its end\"; throw new SyntaxError(`expected '${sign}' before ${found}: ${this.text.trim()}`); } end() { if (this.rest.length) this.expect(\"the end of the line\"); } expression(tightness = 0) { let left = this.operand(); while (this.rest.length && this.rest[0].kind === \"sign\") { const [binds, name] = OPERATORS[this.rest[0].text] || []; if (binds === undefined || binds \u003c tightness) break; this.rest.shift(); const right = this.expression(name === \"power\" ? SIGNED : binds + 1); left = this.applied(name, left, right); } return left; } applied(name, ...operands) { return `np.${name}(${operands.join(\", \")})`; } operand() { if (this.take(\"-\")) { const value = this.expression(SIGNED); return /^[\\d.]/.test(value) ? `-${value}` : this.applied(\"negative\", value); } if (this.take(\"...\")) return '\"...\"'; if (this.take(\"(\")) return this.after(this.brackets()); const token = this.rest.shift(); if (token === undefined) throw new SyntaxError(`an operand is missing: ${this.text.trim()}`); if (token.kind === \"number\") return this.number(token.text); if (token.kind === \"string\") return JSON.stringify(token.text); if (token.kind === \"sign\") throw new SyntaxError(`'${token.text}' in ${this.text.trim()}`); if (token.text === \"np\") return this.after(this.numpy()); if (this.is(\"(\")) return this.after(this.call(token.text)); return this.after(this.name(token.text)); } number(text) { return text; } name(text) { return WORDS[text] ?? `$${text}`; } // An expression in brackets, or a tuple, which becomes a list. brackets() { const parts = []; let comma = false; while (!this.is(\")\")) { parts.push(this.expression()); comma = this.take(\",\") || comma; if (!this.is(\")\") && !comma) this.expect(\")\"); } this.expect(\")\"); return parts.length === 1 && !comma ? parts[0] : `[${parts.join(\", \")}]`; } numpy() { this.expect(\".\"); const name = this.rest.shift().text; if (!(name in np)) throw new SyntaxError(`np.${name} isn't in our NumPy`); return `np.${name}${this.arguments()}`; } // `compute_count(np, x)` is the operation's own function. call(name) { this.expect(\"(\"); if (this.rest.shift().text !== \"np\") throw new SyntaxError(`what is ${name}?`); this.take(\",\"); this.rest.unshift({ kind: \"sign\", text: \"(\" }); return `calls.${name}${this.arguments()}`; } // Keywords come last, as the fields of an object. arguments() { this.expect(\"(\"); const [args, keywords] = [[], []]; while (!this.is(\")\")) { const [name, sign] = this.rest; if (name.kind === \"name\" && sign.text === \"=\") { this.rest.splice(0, 2); keywords.push(`${name.text}: ${this.expression()}`); } else { args.push(this.expression()); } if (!this.is(\")\")) this.expect(\",\"); } this.expect(\")\"); if (keywords.length) args.push(`{ ${keywords.join(\", \")} }`); return `(${args.join(\", \")})`; } // What may follow a value: `.T`, a method, an index. after(value) { for (;;) { if (this.take(\".\")) { const name = this.rest.shift().text; if (!(name in NDArray.prototype)) throw new SyntaxError(`no array has .${name}`); value = `${value}.${name}${this.is(\"(\") ? this.arguments() : \"\"}`; } else if (this.take(\"[\")) { value = `${value}.at(${this.index().join(\", \")})`; } else { return value; } } } index() { const parts = []; if (this.take(\"(\")) { this.expect(\")\"); this.expect(\"]\"); return parts; } while (!this.is(\"]\")) { const ends = []; let colons = 0; while (!this.is(\",\") && !this.is(\"]\")) { if (this.take(\":\")) colons += 1; else ends[colons] = this.expression(); } const slice = [0, 1, 2].map((i) => ends[i] || \"null\"); parts.push(colons ? `[${slice.join(\", \")}]` : ends[0]); if (!this.is(\"]\")) this.expect(\",\"); } this.expect(\"]\"); return parts; } }",
""
],
[
"Python, in the page",
"live_program.html#line-for-line",
"Line for line",
"Line for line A program has four kinds of lines: it takes its inputs apart, computes, drops, and returns. Each becomes one line, at the same number.",
"function line(text) { const reader = new Reader(text); const [first] = reader.rest; if (first.text === \"return\") { reader.rest.shift(); return `return ${tuple(reader)};`; } if (first.text === \"del\") { return `${text.trim().slice(4).split(\", \").map((name) => `$${name} = `).join(\"\")}null;`; } const names = []; const bracket = reader.take(\"(\"); do { if (reader.is(\")\") || reader.is(\"=\")) break; names.push(`$${reader.rest.shift().text}`); } while (reader.take(\",\")); if (bracket) reader.expect(\")\"); reader.expect(\"=\"); const [{ text: source }] = reader.rest; if (source === \"state\" || source === \"feeds\") return `let [${names.join(\", \")}] = ${source};`; const value = reader.expression(); reader.end(); return `let ${names[0]} = ${value};`; } function tuple(reader) { const parts = []; while (reader.rest.length) { parts.push(reader.expression()); if (!reader.take(\",\")) break; } reader.end(); return parts.length === 1 ? parts[0] : `[${parts.join(\", \")}]`; }",
""
],
[
"Python, in the page",
"live_program.html#S253",
"Line for line",
"A line that's too long goes on in brackets. We join it, and leave the others empty.",
"function joined(lines) { const result = []; for (let i = 0; i \u003c lines.length; i++) { let whole = lines[i]; const start = result.push(whole) - 1; const open = (text) => text.split(/[([]/).length - text.split(/[)\\]]/).length; while (open(whole) > 0 && i + 1 \u003c lines.length) { whole += ` ${lines[++i].trim()}`; result.push(\"\"); } result[start] = whole; } return result; }",
""
],
[
"Python, in the page",
"live_program.html#S270",
"Line for line",
"The lines become a function. stepper makes of the same lines a generator, which stops after each and hands out what it has just computed.",
"class Program { constructor({ source, constants = {}, calls = {}, assigned = [] }) { this.source = source; this.assigned = assigned; this.constants = constants; this.calls = {}; for (const [name, op] of Object.entries(calls)) { this.calls[name] = (...values) => computes[op.kind](op, ...values); } const lines = joined(source.split(\"\\n\")); this.lines = lines.map((text) => (text.startsWith(\" \") ? line(text) : \"\")); this.run = this.compiled(this.lines, false); } compiled(lines, stepwise) { const names = Object.keys(this.constants); const values = names.map((name) => this.constants[name]); const body = stepwise ? lines.map(stopped) : lines; const text = `return function${stepwise ? \"*\" : \"\"} program(state, feeds) {${body.join(\"\\n\")}}`; return new Function(\"calls\", ...names.map((name) => `$${name}`), text)(this.calls, ...values); } // A training step: the values that were fetched, and the next state. step(state, feeds) { const [fetched, updates] = this.run(state, feeds); const next = state.slice(); for (let i = 0; i \u003c updates.length; i++) next[this.assigned[i]] = updates[i]; return [fetched, next]; } stepper(state, feeds) { return this.compiled(this.lines, true)(state, feeds); } }",
""
],
[
"Python, in the page",
"live_program.html#S308",
"Line for line",
"A name that has just been given a value: stop, and say in which line.",
"function stopped(text, i) { const [, name] = /^let (\\$\\w+) =/.exec(text) || []; return name ? `${text} yield { line: ${i + 1}, value: ${name} };` : text; }",
""
],
[
"Python, in the page",
"live_program.html#from-a-page",
"From a page",
"From a page A page holds a program as JSON. JSON has no NaN and no infinity, so they come as strings.",
"function loaded(data) { const constants = {}; for (const [name, value] of Object.entries(data.constants)) constants[name] = unpacked(value); return new Program({ ...data, constants }); } function unpacked({ data, shape, dtype }) { const elements = row(data.length); for (let i = 0; i \u003c data.length; i++) elements[i] = Number(data[i]); return new NDArray(elements, shape, dtype); }",
""
],
[
"NumPy, in the page",
"live_array.html#how-much-of-numpy-does-a-training-step-need",
"How much of NumPy does a training step need?",
"How much of NumPy does a training step need? The pages of this book run programs that were written for NumPy, and a browser has none. It turns out that a training step needs little of it: an operation on each element, moves that put elements elsewhere, sums, and matrix products. This page is that little, in plain JavaScript. An array is its elements in one row, with the last axis running fastest, and its shape. The elements are always 64-bit floats. dtype says what they stand for: \"float64\", \"int64\" or \"bool\". A whole number is exact up to 2^53, and a program with any other type is refused before it gets here. const X = np.array([[1, 2], [3, 4]]); X.T.dot(X).data // [10, 14, 14, 20]",
"\"use strict\"; class NDArray { constructor(data, shape, dtype = \"float64\") { this.data = data; this.shape = shape; this.dtype = dtype; } get ndim() { return this.shape.length; } get T() { return this.transpose(); } // The methods that a program calls; what they do is written below. dot(other) { return np.matmul(this, other); } sum(options) { return sum(this, options); } max(options) { return max(this, options); } min(options) { return min(this, options); } argmax(options) { return argmax(this, options); } argmin(options) { return argmin(this, options); } transpose(axes) { return transpose(this, axes); } reshape(shape) { return reshape(this, shape); } astype(dtype) { return astype(this, dtype); } at(...index) { return at(this, index); } copy() { return new NDArray(this.data.slice(), this.shape, this.dtype); } }",
""
],
[
"NumPy, in the page",
"live_array.html#S42",
"How much of NumPy does a training step need?",
"The browser takes half a microsecond to make a typed array, as long as a dozen additions, and a tenth of that for a short list. So few elements are a list.",
"function row(n) { return n \u003c= 256 ? new Array(n).fill(0) : new Float64Array(n); }",
""
],
[
"NumPy, in the page",
"live_array.html#S49",
"How much of NumPy does a training step need?",
"Nested lists become an array; a number becomes one without axes.",
"function array(value) { if (value instanceof NDArray) return value.copy(); const shape = []; for (let part = value; Array.isArray(part); part = part[0]) shape.push(part.length); const data = Array.isArray(value) ? value.flat(Infinity) : [value]; const dtype = typeof data[0] === \"boolean\" ? \"bool\" : \"float64\"; return new NDArray(data.map(Number), shape, dtype); }",
""
],
[
"NumPy, in the page",
"live_array.html#S60",
"How much of NumPy does a training step need?",
"A number that stands in the text of a program has no type of its own. It takes the type of its neighbor, as in Python.",
"function operand(x) { return x instanceof NDArray ? x : new NDArray([Number(x)], [], \"number\"); } function typeOf(a, b) { if (a.dtype === b.dtype || b.dtype === \"number\") return a.dtype; if (a.dtype === \"number\") return b.dtype; return a.dtype === \"float64\" || b.dtype === \"float64\" ? \"float64\" : \"int64\"; } function count(shape) { let product = 1; for (const size of shape) product *= size; return product; } function same(a, b) { if (a.length !== b.length) return false; for (let i = 0; i \u003c a.length; i++) if (a[i] !== b[i]) return false; return true; }",
""
],
[
"NumPy, in the page",
"live_array.html#moves",
"Moves",
"Moves A transpose, a slice and a broadcast have one thing in common: in the row of elements, you get to the next along an axis by a constant step. A transpose exchanges steps, a slice with a step of 2 doubles one, and along an axis that is repeated the step is 0: you stay where you are. So all of them are this walk:",
"function walk(data, shape, steps, start = 0) { const out = row(count(shape)); if (!out.length) return out; const last = shape.length - 1; let n = 0; function along(axis, place) { if (axis \u003c last) { for (let i = 0; i \u003c shape[axis]; i++) along(axis + 1, place + i * steps[axis]); } else { for (let i = 0; i \u003c shape[axis]; i++) out[n++] = data[place + i * steps[axis]]; } } if (last \u003c 0) out[0] = data[start]; else along(0, start); return out; } function stepsOf(shape) { const steps = new Array(shape.length); let step = 1; for (let axis = shape.length - 1; axis >= 0; axis--) { steps[axis] = step; step *= shape[axis]; } return steps; } function transpose(a, axes = a.shape.map((_, i) => a.ndim - 1 - i)) { const steps = stepsOf(a.shape); axes = axes.map((axis) => (axis \u003c 0 ? axis + a.ndim : axis)); const shape = axes.map((axis) => a.shape[axis]); const data = walk(a.data, shape, axes.map((axis) => steps[axis])); return new NDArray(data, shape, a.dtype); }",
"step"
],
[
"NumPy, in the page",
"live_array.html#S127",
"Moves",
"Two shapes fit if their sizes, from the last axis on, are equal or 1.",
"function together(a, b) { if (a.length \u003c b.length) [a, b] = [b, a]; if (!b.length || same(a, b)) return a; const shape = a.slice(); const more = a.length - b.length; for (let i = 0; i \u003c b.length; i++) { const [m, n] = [a[i + more], b[i]]; if (m !== n && m !== 1 && n !== 1) { throw new Error(`operands could not be broadcast together: (${a}) and (${b})`); } shape[i + more] = m === 1 ? n : m; } return shape; } function broadcastTo(a, shape) { a = operand(a); shape = sizes(shape); if (!same(together(a.shape, shape), shape)) { throw new Error(`(${a.shape}) cannot be broadcast to (${shape})`); } const own = stepsOf(a.shape); const more = shape.length - a.ndim; const steps = shape.map((_, i) => (i \u003c more || a.shape[i - more] === 1 ? 0 : own[i - more])); return new NDArray(walk(a.data, shape, steps), shape, a.dtype); }",
""
],
[
"NumPy, in the page",
"live_array.html#S156",
"Moves",
"A shape is a list, or an array that another operation has computed.",
"function sizes(shape) { if (shape instanceof NDArray) return Array.from(shape.data); return Array.isArray(shape) ? shape.map(Number) : [Number(shape)]; } function reshape(a, shape) { shape = sizes(shape); const unknown = shape.indexOf(-1); if (unknown >= 0) { const rest = shape.filter((size) => size !== -1); shape = shape.with(unknown, a.data.length / count(rest)); } if (count(shape) !== a.data.length) { throw new Error(`cannot reshape (${a.shape}) into (${shape})`); } return new NDArray(a.data, shape, a.dtype); } function expandDims(a, axis) { const axes = [axis].flat(); const rank = a.ndim + axes.length; const added = new Set(axes.map((i) => (i \u003c 0 ? i + rank : i))); const rest = a.shape.slice(); const shape = Array.from({ length: rank }, (_, i) => (added.has(i) ? 1 : rest.shift())); return new NDArray(a.data, shape, a.dtype); } function squeeze(a, { axis = null } = {}) { const axes = axis === null ? a.shape.keys() : [axis].flat(); const dropped = new Set([...axes].map((i) => (i \u003c 0 ? i + a.ndim : i))); const shape = a.shape.filter((size, i) => !(dropped.has(i) && size === 1)); return new NDArray(a.data, shape, a.dtype); }",
""
],
[
"NumPy, in the page",
"live_array.html#S192",
"Moves",
"An index has integers, slices, null for a new axis, and \"...\" for all the axes that it leaves out. A slice comes as [start, stop, step], and counts from the end where it is negative, as Python's does.",
"function at(a, index) { const { shape, steps, start } = indexed(a.shape, index); return new NDArray(walk(a.data, shape, steps, start), shape, a.dtype); } function indexed(shape, index) { const named = index.filter((part) => part !== null && part !== \"...\").length; const rest = Array(shape.length - named).fill([null, null, 1]); const dots = index.indexOf(\"...\"); const parts = dots \u003c 0 ? [...index, ...rest] : index.toSpliced(dots, 1, ...rest); const own = stepsOf(shape); const result = { shape: [], steps: [], start: 0 }; let axis = 0; for (const part of parts) { if (part === null) { result.shape.push(1); result.steps.push(0); continue; } const size = shape[axis]; const step = own[axis++]; if (Array.isArray(part)) { const [first, length, stride] = slice(size, ...part); result.start += length ? first * step : 0; result.shape.push(length); result.steps.push(stride * step); } else { if (part \u003c -size || part >= size) throw new Error(`index ${part} of ${size}`); result.start += (part \u003c 0 ? part + size : part) * step; } } return result; } function slice(size, start, stop, step) { step = step ?? 1; const [low, high] = step > 0 ? [0, size] : [-1, size - 1]; const inside = (i, missing) => i === null ? missing : Math.min(Math.max(i \u003c 0 ? i + size : i, low), high); const first = inside(start, step > 0 ? low : high); const end = inside(stop, step > 0 ? high : low); return [first, Math.max(0, Math.ceil((end - first) / step)), step]; }",
""
],
[
"NumPy, in the page",
"live_array.html#S240",
"Moves",
"The gradient of an index adds elements where it took them from. Where was that? Index an array that has its own places as elements, and you know.",
"function addAt(x, shape, places) { const out = row(count(shape)); const data = x.data.length === places.length ? x.data : broadcastTo(x, [places.length]).data; for (let i = 0; i \u003c places.length; i++) out[places[i]] += data[i]; return new NDArray(out, shape, x.dtype); } function placesOf(shape) { return new NDArray(Array.from({ length: count(shape) }, (_, i) => i), shape, \"int64\"); } function take(a, indices, { axis = 0 } = {}) { if (axis \u003c 0) axis += a.ndim; indices = operand(indices); const size = a.shape[axis]; const after = count(a.shape.slice(axis + 1)); const rows = Array.from(indices.data, function (i) { if (i \u003c -size || i >= size) throw new Error(`index ${i} of an axis of ${size}`); return i \u003c 0 ? i + size : i; }); const shape = [...a.shape.slice(0, axis), ...indices.shape, ...a.shape.slice(axis + 1)]; const out = row(count(shape)); let n = 0; for (let before = 0; n \u003c out.length; before += size) { for (const row of rows) { for (let i = 0; i \u003c after; i++) out[n++] = a.data[(before + row) * after + i]; } } return new NDArray(out, shape, a.dtype); } function concatenate(arrays, { axis = 0 } = {}) { arrays = arrays.map(operand); if (axis \u003c 0) axis += arrays[0].ndim; const total = arrays.reduce((length, a) => length + a.shape[axis], 0); const shape = arrays[0].shape.with(axis, total); const out = row(count(shape)); const rows = count(shape.slice(0, axis)); let n = 0; for (let row = 0; row \u003c rows; row++) { for (const a of arrays) { const length = a.data.length / rows; for (let i = 0; i \u003c length; i++) out[n++] = a.data[row * length + i]; } } return new NDArray(out, shape, arrays.map((a) => a.dtype).reduce(wider)); } function wider(a, b) { return typeOf({ dtype: a }, { dtype: b }); }",
"adds"
],
[
"NumPy, in the page",
"live_array.html#S295",
"Moves",
"A tile is a broadcast: of shape (2, 3), repeated (4, 5) times, it's of shape (1, 2, 1, 3), broadcast to (4, 2, 5, 3), and reshaped.",
"function tile(a, multiples) { multiples = sizes(multiples); const rank = Math.max(a.ndim, multiples.length); const own = [...Array(rank - a.ndim).fill(1), ...a.shape]; const times = [...Array(rank - multiples.length).fill(1), ...multiples]; const apart = reshape(a, own.flatMap((size) => [1, size])); const repeated = broadcastTo(apart, own.flatMap((size, i) => [times[i], size])); return reshape(repeated, own.map((size, i) => size * times[i])); }",
""
],
[
"NumPy, in the page",
"live_array.html#one-loop-for-each-function",
"One loop for each function",
"One loop for each function The loop around Math.exp is the same as the one around Math.tanh. To write it once and call the function for each element would be slow, because the browser can't compile what it doesn't know. So we do what this framework does: we write a program. new Function makes a loop from the text of an expression. An operand with a single element has the step 0, and is read again and again.",
"function unary(expression, dtype) { const loop = new Function( \"a\", \"out\", `for (let i = 0; i \u003c out.length; i++) { const x = a[i]; out[i] = ${expression}; }` ); return function (x) { const a = operand(x); const out = row(a.data.length); loop(a.data, out); return settled(out, a.shape, dtype || a.dtype); }; } function binary(expression, dtype) { const loop = new Function( \"a\", \"stepA\", \"b\", \"stepB\", \"out\", `for (let i = 0, j = 0, k = 0; i \u003c out.length; i++, j += stepA, k += stepB) { const x = a[j], y = b[k]; out[i] = ${expression}; }` ); return function (x, y) { const a = operand(x); const b = operand(y); const shape = together(a.shape, b.shape); const n = count(shape); const out = row(n); loop( spread(a, shape, n), a.data.length === 1 ? 0 : 1, spread(b, shape, n), b.data.length === 1 ? 0 : 1, out ); return settled(out, shape, dtype || typeOf(a, b)); }; }",
""
],
[
"NumPy, in the page",
"live_array.html#S353",
"One loop for each function",
"Whole numbers have no -0, and a division by zero gives them 0; true plus true is true.",
"function settled(out, shape, dtype) { if (dtype === \"int64\") { for (let i = 0; i \u003c out.length; i++) out[i] = Number.isFinite(out[i]) ? out[i] + 0 : 0; } else if (dtype === \"bool\") { for (let i = 0; i \u003c out.length; i++) out[i] = out[i] ? 1 : 0; } return new NDArray(out, shape, dtype); }",
""
],
[
"NumPy, in the page",
"live_array.html#S364",
"One loop for each function",
"With as many elements as the result, they're in the same order already.",
"function spread(a, shape, n) { return a.data.length === n || a.data.length === 1 ? a.data : broadcastTo(a, shape).data; } function where(condition, x, y) { const [c, a, b] = [operand(condition), operand(x), operand(y)]; const shape = together(together(c.shape, a.shape), b.shape); const [p, q, r] = [c, a, b].map((part) => broadcastTo(part, shape).data); const out = p.map((chosen, i) => (chosen ? q[i] : r[i])); const dtype = typeOf(a, b); return new NDArray(out, shape, dtype === \"number\" ? \"float64\" : dtype); } function astype(a, dtype) { if (dtype === \"bool\") return np.not_equal(a, 0); return dtype === \"float64\" ? identity(a, dtype) : truncated(a); } function identity(a, dtype = a.dtype) { return new NDArray(a.data.slice(), a.shape, dtype); } const truncated = unary(\"Math.trunc(x)\", \"int64\");",
""
],
[
"NumPy, in the page",
"live_array.html#S390",
"One loop for each function",
"In three corners JavaScript and NumPy disagree: 1 to the power of NaN, -1 to the power of infinity, and the rounding of a quotient of negative numbers.",
"function power(x, y) { return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y; } function floorDivide(x, y) { if (y === 0) return x / y; let rest = x % y; let quotient = (x - rest) / y; if (rest && rest \u003c 0 !== y \u003c 0) quotient -= 1; return quotient ? Math.round(quotient) : 0 * (x / y); } function logAddExp(x, y) { if (x === y) return x + Math.LN2; return Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y))); }",
""
],
[
"NumPy, in the page",
"live_array.html#reductions",
"Reductions",
"Reductions We walk so that the axes to reduce come last. Then each result is made from elements that lie side by side, and again one loop serves them all.",
"function reduction(first, expression, result = \"r\", dtype = null) { const loop = new Function( \"a\", \"n\", \"out\", `for (let i = 0; i \u003c out.length; i++) { let best = 0, r = ${first}; for (let k = 0; k \u003c n; k++) { const x = a[i * n + k]; ${expression}; } out[i] = ${result}; }` ); return function (a, { axis = null, keepdims = false } = {}) { const all = axis === null || !a.ndim; const axes = (all ? [...a.shape.keys()] : [axis].flat()).map( (i) => (i \u003c 0 ? i + a.ndim : i) ); const kept = [...a.shape.keys()].filter((i) => !axes.includes(i)); const n = count(axes.map((i) => a.shape[i])); const out = row(count(kept.map((i) => a.shape[i]))); if (!n && first !== \"0\" && out.length) throw new Error(\"nothing to reduce\"); const order = [...kept, ...axes]; const sorted = order.every((axis, i) => axis === i); loop(sorted ? a.data : transpose(a, order).data, n, out); const shape = keepdims ? a.shape.map((size, i) => (axes.includes(i) ? 1 : size)) : kept.map((i) => a.shape[i]); const whole = a.dtype === \"bool\" && first === \"0\" ? \"int64\" : a.dtype; return new NDArray(out, shape, dtype || whole); }; }",
""
],
[
"NumPy, in the page",
"live_array.html#S444",
"Reductions",
"NaN is larger than any number, and smaller too: it must not get lost.",
"const sum = reduction(\"0\", \"r += x\"); const max = reduction(\"a[i * n]\", \"if (x > r || x !== x) r = x\"); const min = reduction(\"a[i * n]\", \"if (x \u003c r || x !== x) r = x\"); const argmax = reduction( \"a[i * n]\", \"if (x > r || (x !== x && r === r)) { r = x; best = k; }\", \"best\", \"int64\" ); const argmin = reduction( \"a[i * n]\", \"if (x \u003c r || (x !== x && r === r)) { r = x; best = k; }\", \"best\", \"int64\" );",
""
],
[
"NumPy, in the page",
"live_array.html#products",
"Products",
"Products The product of an n by m and an m by p matrix adds up rows of b: row i of the result is the sum of the rows of b, each times an element of row i of a. Four rows at a time, since each element of the result is then fetched and stored a quarter as often.",
"function product(a, startA, b, startB, n, m, p, out, startOut) { for (let i = 0; i \u003c n; i++) { const row = startOut + i * p; let k = 0; for (; k + 3 \u003c m; k += 4) { const place = startA + i * m + k; const [a0, a1, a2, a3] = [a[place], a[place + 1], a[place + 2], a[place + 3]]; const b0 = startB + k * p; const b1 = b0 + p, b2 = b1 + p, b3 = b2 + p; for (let j = 0; j \u003c p; j++) { out[row + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j]; } } for (; k \u003c m; k++) { const a0 = a[startA + i * m + k]; const b0 = startB + k * p; for (let j = 0; j \u003c p; j++) out[row + j] += a0 * b[b0 + j]; } } } function ofMatrices(a, b) { const [n, m] = a.shape; const [rows, p] = b.shape; if (m !== rows) throw new Error(`a product of (${a.shape}) and (${b.shape})`); const out = row(n * p); product(a.data, 0, b.data, 0, n, m, p, out, 0); return new NDArray(out, [n, p], typeOf(a, b)); }",
""
],
[
"NumPy, in the page",
"live_array.html#S493",
"Products",
"A vector on the left is a row, one on the right a column, and the axis goes again. What has more axes is a stack of matrices, and stacks broadcast.",
"function matmul(x, y) { const [a, b] = [operand(x), operand(y)]; if (!a.ndim || !b.ndim) return np.multiply(a, b); if (a.ndim === 2 && b.ndim === 2) return ofMatrices(a, b); const left = a.ndim === 1 ? [1, ...a.shape] : a.shape; const right = b.ndim === 1 ? [...b.shape, 1] : b.shape; const [n, m] = left.slice(-2); const [rows, p] = right.slice(-2); if (m !== rows) throw new Error(`a product of (${a.shape}) and (${b.shape})`); const stack = together(left.slice(0, -2), right.slice(0, -2)); const out = row(count(stack) * n * p); const [placesA, placesB] = [left, right].map(function (shape) { const own = placesOf(shape.slice(0, -2)); return stack.length ? broadcastTo(own, stack).data : [0]; }); for (let i = 0; i * n * p \u003c out.length; i++) { product( a.data, placesA[i] * n * m, b.data, placesB[i] * m * p, n, m, p, out, i * n * p ); } const shape = [...stack, ...(a.ndim > 1 ? [n] : []), ...(b.ndim > 1 ? [p] : [])]; return new NDArray(out, shape, typeOf(a, b)); }",
""
],
[
"NumPy, in the page",
"live_array.html#S520",
"Products",
"The sum so far, along one axis: each element is the one before it, plus its own.",
"function cumsum(a, { axis = 0 } = {}) { if (axis \u003c 0) axis += a.ndim; const data = Array.from(a.data); const step = stepsOf(a.shape)[axis]; const size = a.shape[axis]; for (let i = 0; i \u003c data.length; i++) { if (Math.floor(i / step) % size) data[i] += data[i - step]; } return new NDArray(data, a.shape, a.dtype === \"bool\" ? \"int64\" : a.dtype); }",
""
],
[
"NumPy, in the page",
"live_array.html#S533",
"Products",
"Elements of the last axis, by number, row by row.",
"function takeAlong(a, indices) { const [size, number] = [a.shape.at(-1), indices.shape.at(-1)]; const data = Array.from(indices.data, (index, i) => a.data[Math.floor(i / number) * size + (index \u003c 0 ? index + size : index)] ); return new NDArray(data, indices.shape, a.dtype); }",
""
],
[
"NumPy, in the page",
"live_array.html#S543",
"Products",
"Zeros above the diagonal of each matrix.",
"function tril(a) { const [rows, columns] = a.shape.slice(-2); const data = Array.from(a.data, (x, i) => i % columns > Math.floor(i / columns) % rows ? 0 : x ); return new NDArray(data, a.shape, a.dtype); } function arange(start, stop, step = 1) { if (stop === undefined) [start, stop] = [0, start]; const [first, end, by] = [start, stop, step].map((x) => operand(x).data[0]); const n = Math.max(Math.ceil((end - first) / by), 0); const whole = [start, stop, step].every((x) => operand(x).dtype !== \"float64\"); const integers = whole && [first, end, by].every(Number.isInteger); const data = Array.from({ length: n }, (_, i) => first + i * by); return new NDArray(data, [n], integers ? \"int64\" : \"float64\"); }",
""
],
[
"NumPy, in the page",
"live_array.html#S563",
"Products",
"A half goes to the even neighbor, as in NumPy; Math.round would take the upper one.",
"function roundHalf(x) { const down = Math.floor(x); if (x - down !== 0.5) return x - down \u003c 0.5 ? down : Math.ceil(x); return down % 2 === 0 ? down : Math.ceil(x); }",
""
],
[
"NumPy, in the page",
"live_array.html#S571",
"Products",
"The remainder has the sign of the divisor.",
"function remainder(x, y) { const rest = x % y; if (rest === 0) return y \u003c 0 ? -0 : 0; return (rest \u003c 0) !== (y \u003c 0) ? rest + y : rest; }",
""
],
[
"NumPy, in the page",
"live_array.html#S579",
"Products",
"Padding puts an array into a larger one, which is full of one number.",
"function pad(a, ends, { constant_values = 0 } = {}) { const shape = a.shape.map((size, i) => size + ends[i][0] + ends[i][1]); const inside = a.shape.map((size, i) => [ends[i][0], ends[i][0] + size, 1]); const beyond = astype(operand(constant_values), a.dtype).data[0]; const data = row(count(shape)).fill(beyond); placesOf(shape).at(...inside).data.forEach((place, i) => (data[place] = a.data[i])); return new NDArray(data, shape, a.dtype); }",
""
],
[
"NumPy, in the page",
"live_array.html#by-their-names-in-numpy",
"By their names in NumPy",
"By their names in NumPy",
"const np = { array, asarray: operand, add: binary(\"x + y\"), subtract: binary(\"x - y\"), multiply: binary(\"x * y\"), divide: binary(\"x / y\", \"float64\"), floor_divide: binary(\"floorDivide(x, y)\"), power: binary(\"power(x, y)\"), negative: unary(\"-x\"), exp: unary(\"Math.exp(x)\", \"float64\"), log: unary(\"Math.log(x)\", \"float64\"), sqrt: unary(\"Math.sqrt(x)\", \"float64\"), tanh: unary(\"Math.tanh(x)\", \"float64\"), abs: unary(\"Math.abs(x)\"), sign: unary(\"x > 0 ? 1 : x \u003c 0 ? -1 : x === 0 ? 0 : x\"), sin: unary(\"Math.sin(x)\", \"float64\"), cos: unary(\"Math.cos(x)\", \"float64\"), floor: unary(\"Math.floor(x)\"), ceil: unary(\"Math.ceil(x)\"), round: unary(\"roundHalf(x)\"), remainder: binary(\"remainder(x, y)\"), maximum: binary(\"x >= y || x !== x ? x : y\"), minimum: binary(\"x \u003c= y || x !== x ? x : y\"), logaddexp: binary(\"logAddExp(x, y)\", \"float64\"), equal: binary(\"x === y\", \"bool\"), not_equal: binary(\"x !== y\", \"bool\"), less: binary(\"x \u003c y\", \"bool\"), less_equal: binary(\"x \u003c= y\", \"bool\"), greater: binary(\"x > y\", \"bool\"), greater_equal: binary(\"x >= y\", \"bool\"), logical_and: binary(\"x && y ? 1 : 0\", \"bool\"), logical_or: binary(\"x || y ? 1 : 0\", \"bool\"), logical_xor: binary(\"!x !== !y\", \"bool\"), logical_not: unary(\"!x\", \"bool\"), where, matmul, broadcast_to: broadcastTo, expand_dims: expandDims, squeeze, take, concatenate, tile, pad, tril, cumsum, take_along_axis: takeAlong, arange, };",
""
],
[
"Operations, in the page",
"live_compute.html#operations-that-are-more-than-an-expression",
"Operations that are more than an expression",
"Operations that are more than an expression Most operations stand in a program as an expression, a + b. The others, with an if or a loop in them, are called: count = compute_count(np, x). Here they are again, each a few lines, with the same names and the same answers as in Python. The first argument is the operation, with its attributes.",
"\"use strict\"; function shapeOf(x) { return new NDArray(x.shape.slice(), [x.ndim], \"int64\"); }",
""
],
[
"Operations, in the page",
"live_compute.html#S15",
"Operations that are more than an expression",
"A share of a gradient, summed or repeated to have the shape of what it belongs to; Gradients tells why.",
"function unbroadcast(share, shape) { const more = Math.max(share.ndim - shape.length, 0); share = share.sum({ axis: [...Array(more).keys()] }); const own = shape.slice(shape.length - share.ndim); const repeated = [...own.keys()].filter((axis) => own[axis] === 1); return share.sum({ axis: repeated, keepdims: true }); } const computes = { fit(op, share, like) { if (same(share.shape, like.shape)) return share; return np.broadcast_to(unbroadcast(share, like.shape), like.shape); }, count(op, x) { const axes = op.axis === null ? [...x.shape.keys()] : [op.axis].flat(); return array(count(axes.map((axis) => x.shape.at(axis)))); }, floordiv(op, a, b) { return np.floor_divide(a, b); }, shape(op, x) { return shapeOf(x); }, sizes(op, ...sizes) { const data = sizes.map((size) => operand(size).data[0]); return new NDArray(data, [sizes.length], \"int64\"); }, ensure_shape(op, x, shape) { shape = sizes(shape); if (same(x.shape, shape)) return x; throw new Error(`'${op.what}': expected the shape (${shape}), got (${x.shape})`); }, // Zeros with elements added at an index, and with slices added at many. put(op, x, shape) { shape = sizes(shape); return addAt(x, shape, placesOf(shape).at(...op.index).data); }, scatter(op, x, indices, shape) { shape = sizes(shape); return addAt(x, shape, np.take(placesOf(shape), indices, { axis: op.axis }).data); }, scatter_nd(op, x, indices, shape) { shape = sizes(shape); return addAt(x, shape, rowsOf(placesOf(shape), indices).data); }, gather_nd(op, x, indices) { return rowsOf(x, indices); }, put_along(op, x, indices, shape) { shape = sizes(shape); return addAt(x, shape, np.take_along_axis(placesOf(shape), indices).data); }, ranking(op, x) { const size = x.shape.at(-1); const out = []; for (let start = 0; start \u003c x.data.length; start += size) { const row = Array.from(x.data.slice(start, start + size)); // Sorting keeps the order of equals. const order = row.map((_, i) => i).sort((i, j) => row[j] - row[i]); out.push(...order.slice(0, op.k)); } return new NDArray(out, [...x.shape.slice(0, -1), op.k], \"int64\"); }, diag(op, x) { const n = x.shape.at(-1); return np.where(onDiagonal(n), x.at(\"...\", null), 0); }, diag_part(op, x) { return np.where(onDiagonal(x.shape.at(-1)), x, 0).sum({ axis: -1 }); }, concat_part(op, x, ...values) { const lengths = values.map((value) => value.shape.at(op.axis)); const start = lengths.slice(0, op.part).reduce((a, b) => a + b, 0); const axis = op.axis \u003c 0 ? op.axis + x.ndim : op.axis; const whole = Array(axis).fill([null, null, 1]); return x.at(...whole, [start, start + lengths[op.part], 1]); }, classes(op, labels) { const wrong = labels.data.find((label) => label \u003c 0 || label >= op.depth); if (wrong !== undefined) { const last = op.depth - 1; throw new Error(`the label ${wrong} is not among the classes 0 to ${last}`); } return np.equal(labels.at(\"...\", null), np.arange(op.depth)).astype(op.dtype); }, untile(op, x, multiples, shape) { [multiples, shape] = [sizes(multiples), sizes(shape)]; const padded = (list) => [...Array(x.ndim - list.length).fill(1), ...list]; const own = padded(shape); const pairs = padded(multiples).flatMap((times, i) => [times, own[i]]); const axis = [...own.keys()].map((i) => 2 * i); return x.reshape(pairs).sum({ axis }).reshape(shape); }, // For vectors and stacks of matrices; [Products](mixins/products.py) derives it. dot_gradient(op, grad, a, b) { const rows = a.ndim > 1 ? a : a.at(null); const columns = b.ndim > 1 ? b : b.at(\"...\", null); if (b.ndim === 1) grad = grad.at(\"...\", null); if (a.ndim === 1) grad = grad.at(\"...\", null, [null, null, 1]); const flipped = (x) => x.transpose([...x.shape.keys()].slice(0, -2).concat(-1, -2)); if (op.by === 0) return unbroadcast(np.matmul(grad, flipped(columns)), a.shape); const result = np.matmul(flipped(rows), grad); return unbroadcast(b.ndim > 1 ? result : result.at(\"...\", 0), b.shape); }, // Windows that slide over images; [Convolution](mixins/convolution.py) and // [Pooling](mixins/pooling.py) derive them. windows(op, x) { const seen = look(op, x, 0); const [size, channels] = seen.shape.slice(3); return seen.reshape([...seen.shape.slice(0, 3), size * channels]); }, conv2d(op, x, windows, filters) { const [size, outputs] = [windows.shape[3], filters.shape[3]]; const places = windows.shape.slice(0, 3); const rows = windows.reshape([count(places), size]); return rows.dot(filters.reshape([size, outputs])).reshape([...places, outputs]); }, conv2d_by_filters(op, grad, x, windows, shape) { const places = count(grad.shape.slice(0, 3)); const rows = windows.reshape([places, windows.shape[3]]); return rows.T.dot(grad.reshape([places, grad.shape[3]])).reshape(shape); }, conv2d_by_input(op, grad, filters, shape) { const [channels, outputs] = filters.shape.slice(2); const size = filters.shape[0] * filters.shape[1]; const places = grad.shape.slice(0, 3); const rows = grad.reshape([count(places), outputs]); const parts = rows.dot(filters.reshape([size * channels, outputs]).T); return addSeen(op, parts.reshape([...places, size, channels]), sizes(shape)); }, max_pool(op, x) { return look(op, x, -Infinity).max({ axis: 3 }); }, winner(op, x) { return look(op, x, -Infinity).argmax({ axis: 3 }); }, pick(op, x, winner) { const hit = np.equal(winner.at(\"...\", null, [null, null, 1]), pixels(op)); return np.where(hit, look(op, x, 0), 0).sum({ axis: 3 }); }, place(op, grad, winner, shape) { const hit = np.equal(winner.at(\"...\", null, [null, null, 1]), pixels(op)); const parts = np.where(hit, grad.at(\"...\", null, [null, null, 1]), 0); return addSeen(op, parts, sizes(shape)); }, sum_pool(op, x) { return look(op, x, 0).sum({ axis: 3 }); }, spread(op, grad, shape) { return addSeen(op, grad.at(\"...\", null, [null, null, 1]), sizes(shape)); }, };",
""
],
[
"Operations, in the page",
"live_compute.html#S201",
"Operations that are more than an expression",
"The elements, or slices, at rows of indices.",
"function rowsOf(x, indices) { const used = indices.shape.at(-1); const [first, rest] = [x.shape.slice(0, used), x.shape.slice(used)]; const steps = stepsOf(first); const numbers = []; for (let start = 0; start \u003c indices.data.length; start += used) { let number = 0; for (let axis = 0; axis \u003c used; axis++) { const [index, size] = [indices.data[start + axis], first[axis]]; if (index \u003c -size || index >= size) { throw new Error(`index ${index} of an axis of ${size}`); } number += (index \u003c 0 ? index + size : index) * steps[axis]; } numbers.push(number); } const places = new NDArray(numbers, indices.shape.slice(0, -1), \"int64\"); return np.take(x.reshape([count(first), ...rest]), places, { axis: 0 }); } function onDiagonal(n) { return np.equal(np.arange(n).at(\"...\", null), np.arange(n)); }",
""
],
[
"Operations, in the page",
"live_compute.html#S227",
"Operations that are more than an expression",
"Which rows, or columns, does a window see on axis i of an image? For each place of the window a list; some lie beyond the image.",
"function coordinates(op, i, pixels) { const [size, stride, gap] = op.slide.slice(0, 3).map((pair) => pair[i]); const reach = (size - 1) * gap + 1; const padded = op.slide[3] === \"SAME\"; const places = padded ? Math.ceil(pixels / stride) : Math.max(Math.floor((pixels - reach) / stride) + 1, 0); const missing = Math.max((places - 1) * stride + reach - pixels, 0); const before = padded ? Math.floor(missing / 2) : 0; const numbers = (n) => [...Array(n).keys()]; return numbers(places).map((place) => numbers(size).map((a) => place * stride + a * gap - before) ); }",
""
],
[
"Operations, in the page",
"live_compute.html#S245",
"Operations that are more than an expression",
"All that the windows see, as places in the row of the image's elements: (batch, rows, columns, pixels of the window, channels). Whatever lies beyond the image gets the place behind its last element.",
"function seen(op, shape) { const [batch, height, width, channels] = shape; const [rows, columns] = [coordinates(op, 0, height), coordinates(op, 1, width)]; const [size, beyond] = [count(op.slide[0]), count(shape)]; const places = []; for (let n = 0; n \u003c batch; n++) { for (const down of rows) for (const across of columns) { for (const i of down) for (const j of across) { const inside = i >= 0 && i \u003c height && j >= 0 && j \u003c width; const first = ((n * height + i) * width + j) * channels; for (let c = 0; c \u003c channels; c++) places.push(inside ? first + c : beyond); } } } const all = [batch, rows.length, columns.length, size, channels]; return new NDArray(places, all, \"int64\"); } function look(op, x, beyond) { const places = seen(op, x.shape); const data = places.data.map((at) => (at \u003c x.data.length ? x.data[at] : beyond)); return new NDArray(data, places.shape, x.dtype); } function addSeen(op, parts, shape) { const places = seen(op, shape); const sum = addAt(broadcastTo(parts, places.shape), [count(shape) + 1], places.data); return new NDArray(sum.data.slice(0, -1), shape, parts.dtype); }",
""
],
[
"Operations, in the page",
"live_compute.html#S279",
"Operations that are more than an expression",
"The numbers of the window's pixels, on the axis where seen has them.",
"function pixels(op) { return np.arange(count(op.slide[0])).at(null, null, null, \"...\", null); }",
""
],
[
"The heart, in JavaScript",
"live_heart.html#could-you-write-the-heart-in-another-language",
"Could you write the heart in another language?",
"Could you write the heart in another language? Here it is once more, in JavaScript. You type a line, and your browser builds a graph, differentiates it, and simplifies it to a program. No Python is near. const graph = new Graph(); const x = graph.variable(array(3), \"x\"); const y = graph.square(x, \"y\"); const [y_by_x] = graph.gradients(y, [x]); How do we know that it's right? Python and this page must find the same program, word by word, for thousands of random lines. A few hundred of them, with their values and gradients, are in cases.json. If you write a port of your own, test it by those.",
"\"use strict\";",
""
],
[
"The heart, in JavaScript",
"live_heart.html#what-a-tensor-knows",
"What a tensor knows",
"What a tensor knows As in Python, it has no value, only a name, and the operation that makes it. Here all shapes are known.",
"class Tensor { constructor(graph, name, kind, { op = null, value = null, shape, truth = false }) { this.graph = graph; this.name = name; this.kind = kind; this.op = op; this.value = value; // of a constant; of a variable, the first one this.shape = shape; this.truth = truth; // whether its elements are true or false this.index = graph.tensors.length; this.word = null; // what its name was built from, if you gave none this.derivedFrom = null; // for a gradient, the operation that was differentiated this.labelled = false; } }",
""
],
[
"The heart, in JavaScript",
"live_heart.html#what-an-operation-knows",
"What an operation knows",
"What an operation knows How to compute its output, and what it hands back to its inputs. JavaScript has no operators for arrays. So compute gets the names of the inputs, and returns the text of a line of Python, which another page can run. gradient gets the incoming gradient, and returns a share for each input, or null, as in Operations. Most work elementwise. The others say which shape comes out, and if the result may be a view of an input, it's not fresh.",
"const operations = { add: { compute: (a, b) => `${a} + ${b}`, gradient: (grad) => [grad, grad], }, sub: { compute: (a, b) => `${a} - ${b}`, gradient: (grad, { graph }) => [grad, graph.neg(grad)], }, mul: { compute: (a, b) => `${a} * ${b}`, gradient: (grad, { graph, inputs: [a, b] }) => [graph.mul(grad, b), graph.mul(grad, a)], }, div: { compute: (a, b) => `${a} / ${b}`, gradient: (grad, { graph, inputs: [, b], output }) => [ graph.div(grad, b), graph.div(graph.mul(graph.neg(grad), output), b), ], }, neg: { compute: (x) => `-${x}`, gradient: (grad, { graph }) => [graph.neg(grad)], }, pow: { compute: (a, b) => `${a} ** ${b}`, gradient(grad, { graph, inputs: [a, b], output }) { const atZero = graph.where(graph.equal(b, 0), 1, graph.sub(b, 1)); const exponent = graph.where(graph.equal(a, 0), atZero, graph.sub(b, 1)); const lower = graph.pow(a, exponent); const logA = graph.log(graph.where(graph.greater(a, 0), a, 1)); const power = graph.where(graph.greater(a, 0), output, 0); return [ graph.mul(graph.mul(grad, b), lower), graph.mul(graph.mul(grad, power), logA), ]; }, }, square: { compute: (x) => `${x} * ${x}`, gradient: (grad, { graph, inputs: [x] }) => [graph.mul(graph.mul(grad, 2), x)], }, sqrt: { compute: (x) => `np.sqrt(${x})`, gradient: (grad, { graph, output }) => [graph.div(grad, graph.mul(2, output))], }, exp: { compute: (x) => `np.exp(${x})`, gradient: (grad, { graph, output }) => [graph.mul(grad, output)], }, log: { compute: (x) => `np.log(${x})`, gradient: (grad, { graph, inputs: [x] }) => [graph.div(grad, x)], }, sigmoid: { compute: (x) => `1 / (1 + np.exp(-${x}))`, gradient: (grad, { graph, output }) => [ graph.mul(graph.mul(grad, output), graph.sub(1, output)), ], }, tanh: { compute: (x) => `np.tanh(${x})`, gradient: (grad, { graph, output }) => [ graph.mul(grad, graph.sub(1, graph.mul(output, output))), ], }, relu: { compute: (x) => `np.maximum(${x}, 0)`, gradient: (grad, { graph, inputs: [x] }) => [ graph.mul(grad, graph.stop_gradient(graph.greater(x, 0))), ], }, maximum: { compute: (a, b) => `np.maximum(${a}, ${b})`, gradient: (grad, { graph, inputs: [a, b] }) => [ graph.where(graph.greater_equal(a, b), grad, 0), graph.where(graph.greater_equal(a, b), 0, grad), ], }, // A comparison has no derivative; a condition chooses where the gradient goes. equal: { compute: (a, b) => `${a} == ${b}`, truth: true }, greater: { compute: (a, b) => `${a} > ${b}`, truth: true }, greater_equal: { compute: (a, b) => `${a} >= ${b}`, truth: true }, less: { compute: (a, b) => `${a} \u003c ${b}`, truth: true }, less_equal: { compute: (a, b) => `${a} \u003c= ${b}`, truth: true }, where: { compute: (condition, a, b) => `np.where(${condition}, ${a}, ${b})`, gradient: (grad, { graph, inputs: [condition] }) => [ null, graph.where(condition, grad, 0), graph.where(condition, 0, grad), ], fresh: false, }, identity: { compute: (x) => x, gradient: (grad) => [grad] }, stop_gradient: { compute: (x) => x, stops: true }, // The others see more than one element. sum: { compute: (x, { axis, keepdims }) => `${x}.sum(${summed(axis, keepdims)})`, gradient: (grad, { graph, axis, keepdims }) => [ keepdims || axis === null ? grad : graph.expand_dims(grad, axis), ], shape([x], { axis, keepdims }) { const axes = axesOf(axis, x.shape.length); const sizes = x.shape.map((size, i) => (axes.includes(i) ? 1 : size)); return keepdims ? sizes : sizes.filter((_, i) => !axes.includes(i)); }, }, dot: { compute: (a, b) => `${a}.dot(${b})`, gradient(grad, { graph, inputs: [a, b] }) { const byB = graph.dot(graph.transpose(a), grad); return [graph.dot(grad, graph.transpose(b)), byB]; }, shape([a, b]) { if (a.shape.length !== 2 || b.shape.length !== 2) { throw new Error(`@ multiplies two matrices, got ${described(a)} and ${described(b)}`); } if (a.shape[1] !== b.shape[0]) { throw new Error( `${described(a)} @ ${described(b)}: the first has ${a.shape[1]} columns, the ` + `second ${b.shape[0]} rows, and they must be equal`); } return [a.shape[0], b.shape[1]]; }, }, transpose: { compute: (x) => `${x}.T`, gradient: (grad, { graph }) => [graph.transpose(grad)], shape: ([x]) => x.shape.slice().reverse(), fresh: false, }, // A shape is an input, too, always a constant here. reshape: { compute: (x, shape) => `${x}.reshape(${shape})`, gradient: (grad, { graph, inputs: [x] }) => [graph.reshape(grad, x.shape), null], shape: ([, shape]) => shape.value, fresh: false, }, broadcast: { compute: (x, shape) => `np.broadcast_to(${x}, ${shape})`, gradient: (grad) => [grad, null], shape: ([, shape]) => shape.value, fresh: false, }, expand_dims: { compute: (x, { axis, output }) => `${x}[${output.shape.map((_, i) => (axesOf(axis, output.shape.length).includes(i) ? \"None\" : \":\")).join(\", \")}]`, gradient: (grad, { graph, inputs: [x] }) => [graph.reshape(grad, x.shape)], shape([x], { axis }) { const sizes = x.shape.slice(); for (const i of axesOf(axis, sizes.length + [axis].flat().length)) sizes.splice(i, 0, 1); return sizes; }, fresh: false, }, }; function summed(axis, keepdims) { const parts = []; if (axis !== null) parts.push(`axis=${Array.isArray(axis) ? tupleText(axis) : axis}`); if (keepdims) parts.push(\"keepdims=True\"); return parts.join(\", \"); } function tupleText(parts) { return `(${parts.join(\", \")}${parts.length === 1 ? \",\" : \"\"})`; } function axesOf(axis, rank) { if (axis === null) return [...Array(rank).keys()]; const axes = [axis].flat().map((i) => (i \u003c 0 ? i + rank : i)); if (axes.every((i) => i >= 0 && i \u003c rank)) return axes.sort((a, b) => a - b); throw new Error(`there is no axis ${axis} among ${rank}`); } function described(tensor) { return `'${tensor.name}' ${tupleText(tensor.shape)}`; }",
""
],
[
"The heart, in JavaScript",
"live_heart.html#the-graph",
"The graph",
"The graph All that it knows is in one list. A number becomes a constant.",
"class Graph { constructor() { this.tensors = []; this.names = new Map(); // the last number put behind each name this.differentiating = null; } variable(value, name) { return this.tensor(\"variable\", { value, shape: value.shape }, name); } constant(value, name) { return this.tensor(\"constant\", { value: array(value), shape: [] }, name); } convert(x) { return x instanceof Tensor ? x : this.constant(x); } sizes(shape) { return this.tensor(\"constant\", { value: shape, shape: [shape.length] }, \"shape\"); } tensor(kind, facts, name = null) { const tensor = new Tensor(this, this.unique(name ?? kind), kind, facts); if (name === null) tensor.word = kind; if (this.differentiating !== null) tensor.derivedFrom = this.differentiating.op; this.tensors.push(tensor); return tensor; } unique(name) { let unique = name; while (this.names.has(unique)) { this.names.set(name, this.names.get(name) + 1); unique = `${name}_${this.names.get(name)}`; } this.names.set(unique, 0); return unique; } make(kind, inputs, name, attributes = {}) { const rule = operations[kind]; inputs = inputs.map((x) => this.convert(x)); const op = { kind, ...rule, ...attributes, inputs, graph: this }; const shape = rule.shape ? rule.shape(inputs, op) : broadcastShape(kind, inputs); const truth = rule.truth || (kind === \"stop_gradient\" && inputs[0].truth); op.output = this.tensor(kind, { op, shape, truth }, name); return op.output; } // Five methods take more than inputs. sum(x, axis = null, keepdims = false, name) { return this.make(\"sum\", [x], name, { axis, keepdims }); } mean(x, axis = null, name) { x = this.convert(x); const total = this.sum(x, axis); const number = count(axesOf(axis, x.shape.length).map((i) => x.shape[i])); return this.div(total, number, name); } expand_dims(x, axis) { return this.make(\"expand_dims\", [x], undefined, { axis }); } reshape(x, shape) { return this.make(\"reshape\", [x, this.sizes(shape)]); } broadcast_to(x, shape) { return this.make(\"broadcast\", [x, this.sizes(shape)]); } transpose(x, name) { x = this.convert(x); const result = this.make(\"transpose\", [x], name ?? `${x.name}_T`); if (name === undefined) result.word = `${x.name}_T`; return result; } // ## Backwards // // The same walk as in [Gradients](gradients.py): each operation that lies between the // xs and y has one turn, the last one first. gradients(y, xs) { const reached = new Set(xs); const path = []; for (const op of topologicalOrder([y])) { if (!op.stops && op.inputs.some((x) => reached.has(x))) { reached.add(op.output); path.push(op); } } const shares = new Map(); const gradients = new Map(); const arrive = (x, share, consumer) => { share = this.fit(share, x); if (!shares.has(x)) shares.set(x, []); shares.get(x).push([share, consumer]); }; const complete = (x) => { gradients.set(x, this.total(shares.get(x), y, x)); shares.delete(x); }; this.differentiating = y; if (reached.has(y)) arrive(y, this.constant(1), y); for (const op of path.reverse()) { if (!shares.has(op.output)) continue; this.differentiating = op.output; complete(op.output); op.gradient(gradients.get(op.output), op).forEach((share, i) => { if (share !== null && reached.has(op.inputs[i])) arrive(op.inputs[i], share, op.output); }); } this.differentiating = y; for (const x of xs) { if (shares.has(x)) complete(x); else if (!gradients.has(x)) gradients.set(x, this.fit(this.constant(0), x)); } this.differentiating = null; return xs.map((x) => gradients.get(x)); } // Every share counts. total(shares, y, x) { if (shares.length > 1) { for (const [share, consumer] of shares) { this.label(share, `${y.name}_by_${x.name}_via_${consumer.name}`); } } const total = shares.map(([share]) => share).reduce((a, b) => this.add(a, b)); this.label(total, `${y.name}_by_${x.name}`); return total; } // What broadcasting repeated is summed, and what a sum has summed is repeated. fit(share, like) { const [have, want] = [share.shape, like.shape]; if (same(have, want)) return share; if (!have.length) return this.broadcast_to(share, want); if (have.length > want.length) return this.fit(this.sum(share, want.length ? 0 : null), like); const own = want.slice(want.length - have.length); const repeated = [...own.keys()].filter((i) => have[i] !== 1 && own[i] === 1); if (repeated.length) share = this.sum(share, repeated, true); return same(share.shape, want) ? share : this.broadcast_to(share, want); } // A gradient is called for what it is. The number that it had is free again. label(gradient, name) { const own = gradient.derivedFrom !== null && gradient.word !== null; if (!own || gradient.labelled || name.length > 60) return; const number = this.names.get(gradient.word); if (number && gradient.name === `${gradient.word}_${number}`) { this.names.delete(gradient.name); this.names.set(gradient.word, number - 1); } gradient.name = this.unique(name); gradient.labelled = true; } }",
""
],
[
"The heart, in JavaScript",
"live_heart.html#S422",
"The graph",
"All others are methods by themselves: graph.add(a, b).",
"for (const [kind, { compute }] of Object.entries(operations)) { if (kind in Graph.prototype) continue; Graph.prototype[kind] = function (...args) { return this.make(kind, args.slice(0, compute.length), args[compute.length]); }; } function broadcastShape(kind, inputs) { try { return inputs.map((x) => x.shape).reduce(together, []); } catch { throw new Error( `${kind} of ${inputs.map(described).join(\", \")}: from the right, sizes must be equal ` + \"or 1\"); } }",
""
],
[
"The heart, in JavaScript",
"live_heart.html#S441",
"The graph",
"An operation can be made only when its inputs are there, so the order of making will do.",
"function topologicalOrder(tensors) { const found = new Set(); const waiting = [...tensors]; while (waiting.length) { const tensor = waiting.pop(); if (found.has(tensor)) continue; found.add(tensor); if (tensor.op !== null) waiting.push(...tensor.op.inputs); } const made = [...found].filter((tensor) => tensor.op !== null); return made.sort((a, b) => a.index - b.index).map((tensor) => tensor.op); }",
""
],
[
"Simplifying, in the page",
"live_simplify.html#from-a-graph-to-a-program-in-the-page",
"From a graph to a program, in the page",
"From a graph to a program, in the page The heart in JavaScript has made operations. Which of them are worth a line? The rules are those of the compiler, and so must be the text that comes out. It's a little shorter here, because all shapes are known.",
"\"use strict\";",
""
],
[
"Simplifying, in the page",
"live_simplify.html#S9",
"From a graph to a program, in the page",
"A value is the result of a line, a constant, or a variable's value in the state. A Repeated value is a smaller one, which NumPy will repeat where it's used.",
"class Value { constructor(tensor, role, shape, facts = {}) { Object.assign(this, { tensor, role, shape, op: null, args: [], constant: null, ...facts }); this.id = Value.made++; } equals(number) { return this.role === \"constant\" && !this.shape.length && this.constant.data[0] === number; } get finite() { return Array.from(this.constant.data).every(Number.isFinite); } } Value.made = 0; class Repeated { constructor(tensor, value, op, args) { Object.assign(this, { tensor, value, op, args }); } }",
""
],
[
"Simplifying, in the page",
"live_simplify.html#which-lines-are-needed",
"Which lines are needed?",
"Which lines are needed?",
"class Simplifier { constructor(order) { this.values = new Map(); this.lines = []; this.same = new Map(); // by its kind and its text, a value that we have already for (const op of order) this.values.set(op.output, this.visit(op)); } value(tensor) { if (!this.values.has(tensor)) this.values.set(tensor, this.leaf(tensor)); return this.values.get(tensor); } leaf(tensor) { if (tensor.kind === \"variable\") return new Value(tensor, \"state\", tensor.shape); const constant = Array.isArray(tensor.value) ? new NDArray(tensor.value, tensor.shape, \"int64\") : tensor.value; const leaf = new Value(tensor, \"constant\", tensor.shape, { constant }); if (tensor.shape.length) return leaf; const [number] = constant.data; return this.known(`number ${Object.is(number, -0) ? \"-0\" : number}`, () => leaf); } known(key, make) { if (!this.same.has(key)) this.same.set(key, make()); return this.same.get(key); } whole(value) { if (!(value instanceof Repeated)) return value; return this.line(value.op, value.args.map((arg) => this.whole(arg)), value.tensor); } visit(op) { const args = op.inputs.map((x) => this.value(x)); if (op.kind === \"identity\" || op.kind === \"stop_gradient\") return args[0]; if (op.kind === \"broadcast\") return this.repeat(op.output, ...args, op); if (op.kind === \"expand_dims\" && args[0] instanceof Repeated && isNumber(args[0].value)) { return new Repeated(op.output, args[0].value, op, args); } if (!op.shape) return this.elementwise(op, args); return this.line(op, args.map((arg) => this.whole(arg)), op.output); } repeat(tensor, value, shape, op) { const small = smaller(value); return new Repeated(tensor, small, op, [small, shape]); } // As small as possible, since NumPy repeats by itself. elementwise(op, args) { const tensor = op.output; const small = args.map(smaller); if (op.kind === \"where\" && sameNumber(small[1], small[2])) { return new Repeated(tensor, small[1], op, args.map((arg) => this.whole(arg))); } const shape = small.map((arg) => arg.shape).reduce(together); if (same(shape, tensor.shape)) return this.line(op, small, tensor); for (const arg of args) { const repeats = arg instanceof Repeated && arg.op.kind === \"broadcast\"; if (repeats && same(arg.tensor.shape, tensor.shape)) { return this.repeat(tensor, this.line(op, small, tensor, shape), arg.args[1], arg.op); } } return this.line(op, args.map((arg) => this.whole(arg)), tensor); } line(op, args, tensor, shape = tensor.shape) { const unchanged = unchangedBy(op, args, shape); if (unchanged) return unchanged; const text = op.compute(...args.map((arg) => `_${arg.id}_`), op); return this.known(`${op.kind} ${text}`, () => { const value = new Value(tensor, \"line\", shape, { op, args }); if (args.every((arg) => arg.role === \"constant\")) fold(value); if (value.role === \"line\") this.lines.push(value); return value; }); } } function smaller(value) { return value instanceof Repeated ? value.value : value; } function isNumber(value) { return !value.shape.length; } function sameNumber(a, b) { const scalars = [a, b].every((x) => x.role === \"constant\" && isNumber(x)); return scalars && Object.is(a.constant.data[0], b.constant.data[0]); }",
""
],
[
"Simplifying, in the page",
"live_simplify.html#S127",
"Which lines are needed?",
"A product with 1 changes nothing. Nor does a sum with -0; but a sum with 0 turns -0 into 0. Each operation has its number, and the sides on which that may stand.",
"const NEUTRAL = { add: [-0, [0, 1]], sub: [0, [1]], mul: [1, [0, 1]], div: [1, [1]], pow: [1, [1]], }; function unchangedBy(op, args, shape) { if (op.kind === \"neg\" || op.kind === \"transpose\") { const [{ role, op: before, args: [inner] }] = args; if (role === \"line\" && before.kind === op.kind) return inner; } if (op.kind === \"reshape\" && same(shape, args[0].shape)) return args[0]; const [number, sides] = NEUTRAL[op.kind] || [0, []]; for (const side of sides) { const other = args[1 - side]; const alike = same(other.shape, shape) && other.tensor.truth === op.output.truth; if (alike && args[side].equals(number) && Object.is(args[side].constant.data[0], number)) { return other; } } return null; }",
""
],
[
"Simplifying, in the page",
"live_simplify.html#S151",
"Which lines are needed?",
"An operation on constants is one itself, unless it's no finite number.",
"function fold(value) { const names = value.args.map((_, i) => `arg${i}`); const constants = Object.fromEntries(value.args.map((arg, i) => [names[i], arg.constant])); const source = `def program(state, feeds):\\n return ${value.op.compute(...names, value.op)}`; const constant = new Program({ source, constants }).run([], []); const folded = { role: \"constant\", constant, shape: constant.shape }; if (Array.from(constant.data).every(Number.isFinite)) Object.assign(value, folded); }",
""
],
[
"Simplifying, in the page",
"live_simplify.html#the-text",
"The text",
"The text programFor returns what Session.program would print, and the constants that have a name in it. reserved are the names that mean something to Python.",
"function programFor(fetches, reserved) { const simple = new Simplifier(topologicalOrder(fetches)); const results = fetches.map((tensor) => simple.whole(simple.value(tensor))); const lines = needed(simple.lines, results); const leaves = new Set([...lines.flatMap((value) => value.args), ...results] .filter((value) => value.role !== \"line\")); const ordered = [...leaves].sort((a, b) => a.tensor.index - b.tensor.index); const taken = new Set(reserved); for (const value of [...ordered, ...lines]) { const { name } = value.tensor; value.name = uniqueName(reserved.has(name) ? `${name}_` : name, taken); taken.add(value.name); } return new Text(ordered, lines, results); } function needed(lines, results) { const found = new Set(results); const backwards = lines.slice().reverse(); for (const value of backwards) { if (found.has(value)) value.args.forEach((arg) => found.add(arg)); } return lines.filter((value) => found.has(value)); } function uniqueName(name, taken) { let unique = name; for (let n = 1; taken.has(unique); n++) unique = `${name}_${n}`; return unique; } class Text { constructor(leaves, lines, results) { this.constants = {}; const state = leaves.filter((leaf) => leaf.role === \"state\"); this.state = state.map((leaf) => leaf.tensor); const written = [\"def program(state, feeds):\"]; const names = listed(state.map((leaf) => leaf.name)); if (state.length) written.push(...wrapped(\"\", names, \" = state\")); const at = new Map(); // the value computed in each line of `written` for (const value of lines) { at.set(written.length, value); const operands = value.args.map((arg, i) => this.operand(value, arg, i)); written.push(` ${value.name} = ${value.op.compute(...operands, value.op)}`); } const given = new Set(); const returned = results.map((value) => this.result(value, given)); written.push(...wrapped(\"return \", `${tupleText(returned)}, ()`, \"\")); const bound = leaves.map((leaf) => leaf.name).filter((name) => name in this.constants); const header = bound.length ? filled(`# constants: ${bound.join(\", \")}`, \"\", \"# \") : []; this.source = [...header, ...written, \"\"].join(\"\\n\"); this.values = new Map([...at].map(([i, value]) => [i + header.length + 1, value])); } operand(value, arg, position) { if (arg.role !== \"constant\") return arg.name; // A dot or a bracket can't follow a number. const followed = position === 0 && value.op.shape && value.op.kind !== \"broadcast\"; const text = followed ? null : literal(arg, value, position); return text ?? this.bind(arg); } bind(value) { this.constants[value.name] = value.constant; return value.name; } // What you hold must never change: a copy, unless the array is new. result(value, given) { if (value.role === \"line\") { const shared = given.has(value) || value.op.fresh === false; given.add(value); const copy = `np.array(${value.name})${isNumber(value) ? \"[()]\" : \"\"}`; return shared ? copy : value.name; } if (value.role === \"constant\") this.bind(value); return `${value.name}.copy()`; } } function literal(arg, value, position) { const { op, args } = value; if (args.every((x) => x.role === \"constant\") || !arg.finite) return null; if (position === 1 && (op.kind === \"reshape\" || op.kind === \"broadcast\")) { return tupleText(Array.from(arg.constant.data)); } if (op.shape || !isNumber(arg)) return null; const beside = op.kind === \"where\" ? args.slice(1) : args; if (arg.tensor.truth || beside.some((x) => x.tensor.truth)) return null; const alone = beside.every((x) => x.role === \"constant\"); const text = numberText(arg.constant.data[0]); const short = alone || text === \"-0.0\" ? text : text.replace(/\\.0$/, \"\"); return short.startsWith(\"-\") ? `(${short})` : short; }",
""
],
[
"Simplifying, in the page",
"live_simplify.html#S262",
"The text",
"As Python writes a float: 2.0, 0.1, 1e-05.",
"function numberText(x) { if (Object.is(x, -0)) return \"-0.0\"; const [digits, exponent] = x.toExponential().split(\"e\"); if (x !== 0 && (exponent \u003c -4 || exponent >= 16)) { const places = exponent.slice(1).padStart(2, \"0\"); return `${digits}e${exponent[0]}${places}`; } return Number.isInteger(x) ? `${x}.0` : String(x); }",
""
],
[
"Simplifying, in the page",
"live_simplify.html#S274",
"The text",
"A line has up to 88 characters.",
"function listed(names) { return names.join(\", \") + (names.length === 1 ? \",\" : \"\"); } function wrapped(before, text, after) { const line = ` ${before}${text}${after}`; if (line.length \u003c= 88) return [line]; const indent = \" \".repeat(8); return [` ${before}(`, ...filled(text, indent, indent), ` )${after}`]; } function filled(text, first, rest) { const lines = []; let line = first; for (const word of text.split(\" \")) { const longer = line.trim() && line !== rest ? `${line} ${word}` : `${line}${word}`; if (longer.length > 88 && line.trim()) { lines.push(line); line = `${rest}${word}`; } else { line = longer; } } return [...lines, line]; }",
""
],
[
"Your lines",
"live_lines.html#from-your-lines-to-a-graph",
"From your lines to a graph",
"From your lines to a graph We have a reader of Python already. It hands back JavaScript. This one hands back functions: call one, perhaps with a name, and it makes a tensor, by the heart in JavaScript. const { names, build } = readLines(\"y = tanh(a * b) + a\"); const { y, variables } = build({ a: array(2), b: array(0.5) });",
"\"use strict\"; const METHODS = { add: \"add\", subtract: \"sub\", multiply: \"mul\", divide: \"div\", power: \"pow\", matmul: \"dot\", negative: \"neg\", less: \"less\", less_equal: \"less_equal\", greater: \"greater\", greater_equal: \"greater_equal\", };",
""
],
[
"Your lines",
"live_lines.html#S18",
"From your lines to a graph",
"With how many inputs you call a function.",
"const FUNCTIONS = { exp: 1, log: 1, sqrt: 1, square: 1, tanh: 1, sigmoid: 1, relu: 1, maximum: 2, where: 3, sum: 1, mean: 1, }; class LineReader extends Reader { constructor(text, lookup) { super(text); this.lookup = lookup; // a function that finds the tensor of a name } number(text) { return () => Number(text); } name(text) { checkName(text); return this.lookup(text); } applied(name, ...parts) { const method = METHODS[name]; if (!method) throw new SyntaxError(`this page has no ${name}; it has + - * / ** @ and \u003c >`); const comparison = operations[method].truth; return this.made(method, parts, comparison ? null : np[name]); } // What `graph.method(...)` would make. Python computes with numbers at once. made(method, parts, ofNumbers = null, ...more) { return function (graph, name) { const inputs = parts.map((part) => part(graph)); if (ofNumbers && inputs.every((x) => typeof x === \"number\")) { return ofNumbers(...inputs).data[0]; } inputs.forEach(function (x, i) { const condition = method === \"where\" && i === 0; if (!condition && x.truth) { throw new TypeError(\"a comparison is true or false, and no number: it can only \" + \"choose, as in where(a > 0, b, c)\"); } if (condition && !x.truth) { throw new TypeError(\"where chooses by a comparison, as in where(a > 0, b, c)\"); } }); return graph[method](...inputs, ...more, name); }; } brackets() { const inner = this.expression(); this.expect(\")\"); return inner; } numpy() { this.expect(\".\"); return this.call(this.rest.shift()?.text); } call(name) { const places = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : null; if (places === null) { const known = Object.keys(FUNCTIONS).join(\", \"); throw new SyntaxError(`this page has no ${name}; it has ${known}`); } this.expect(\"(\"); const parts = []; let axis = null; while (!this.is(\")\")) { if (this.rest[0]?.text === \"axis\" && this.rest[1]?.text === \"=\") { this.rest.splice(0, 2); axis = this.expression()(); } else { parts.push(this.expression()); } if (!this.is(\")\")) this.expect(\",\"); } this.expect(\")\"); if (parts.length !== places) { throw new SyntaxError(`${name} takes ${places}, got ${parts.length}`); } if (name === \"sum\") return this.made(\"sum\", parts, null, axis, false); if (name === \"mean\") return this.made(\"mean\", parts, null, axis); if (axis !== null) throw new SyntaxError(`${name} has no axis`); return this.made(name, parts); } after(value) { while (this.take(\".\")) { const { text } = this.rest.shift() ?? { text: \"nothing\" }; if (text !== \"T\") throw new SyntaxError(`this page knows .T, and no .${text}`); value = this.made(\"transpose\", [value]); } return value; } } const KEYWORDS = new Set( (\"False None True and as assert async await break class continue def del elif else except \" + \"finally for from global if import in is lambda nonlocal not or pass raise return try \" + \"while with yield\").split(\" \")); function checkName(text) { if (KEYWORDS.has(text)) throw new SyntaxError(`${text} is one of Python's own words`); }",
""
],
[
"Your lines",
"live_lines.html#all-lines",
"All lines",
"All lines What no line before has named is a variable, and you choose its value.",
"const STATEMENT = /^\\s*(?:([\\p{L}_][\\p{L}\\p{N}_]*)\\s*=(?!=))?(.*)$/u; function readLines(text) { const names = []; // of the variables, as they come const given = new Set(); // the names that lines have given const statements = []; const known = new Map(); for (const line of text.split(\"\\n\")) { const code = line.split(\"#\")[0]; if (!code.trim()) continue; const [, target = \"y\", expression] = STATEMENT.exec(code); const reader = new LineReader(expression, function (name) { if (!given.has(name) && !names.includes(name)) names.push(name); return () => known.get(name); }); if (reader.text.includes(\"^\")) throw new SyntaxError(\"Python writes a power as a ** b\"); checkName(target); const part = reader.expression(); reader.end(); given.add(target); statements.push([target, part]); } if (!statements.length) throw new SyntaxError(\"write a line, such as y = a * b\"); function build(leaves) { const graph = new Graph(); const variables = Object.entries(leaves).map(([name, value]) => graph.variable(value, name)); variables.forEach((x) => known.set(x.name, x)); let y; for (const [name, part] of statements) { y = part(graph, name); if (typeof y === \"number\") y = graph.constant(y, name); else if (y.truth) throw new TypeError(\"a comparison has no derivative; where chooses by one\"); else if ([...known.values()].includes(y)) y = graph.identity(y, name); known.set(name, y); } return { graph, y, variables }; } return { names, build }; }",
""
],
[
"A live figure",
"live_figure.html#what-live-figures-share",
"What live figures share",
"What live figures share A live figure is a place in a page, and a script that builds it there. The script gets that place, and what Python computed for it when the page was made. live.figure(\"broadcasting\", (stage, data) => { ... });",
"\"use strict\"; const live = { figure(name, build) { const stage = document.getElementById(`live-${name}`); if (!stage) return; const data = JSON.parse(document.getElementById(`live-${name}-data`).textContent); stage.parentElement.querySelector(\".still\").hidden = true; build(stage, data); }, // ## Elements // // A field of an element is set as a field (`className`), anything else as an attribute // (`aria-label`), and `onclick` and its like are listened to. element(tag, attributes = {}, ...children) { const node = document.createElement(tag); for (const [name, value] of Object.entries(attributes)) { if (name.startsWith(\"on\")) node.addEventListener(name.slice(2), value); else if (name in node && name !== \"list\") node[name] = value; else node.setAttribute(name, value); } node.append(...children); return node; }, // Elements in a drawing have only attributes. drawn(tag, attributes = {}, ...children) { const node = document.createElementNS(\"http://www.w3.org/2000/svg\", tag); for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value); node.append(...children); return node; }, // Buttons, sliders and the like of a figure stand in rows. controls(...children) { return live.element(\"div\", { className: \"controls\" }, ...children); }, button(text, onclick, attributes = {}) { return live.element(\"button\", { type: \"button\", onclick, ...attributes }, text); }, // A label with a slider, and the value that it has. `set` moves it from elsewhere. slider(name, { min, max, step = 1, value, show = String }, oninput) { // A label belongs to the first control in it, and an \u003coutput> would be one. const output = live.element(\"span\", { className: \"value\" }); const input = live.element(\"input\", { type: \"range\", min, max, step, value, oninput() { told(); oninput(Number(input.value)); }, }); function told() { output.textContent = show(Number(input.value)); input.setAttribute(\"aria-valuetext\", output.textContent); } told(); const node = live.element(\"label\", { className: \"slider\" }, `${name} `, output, input); node.set = (x) => { input.value = x; told(); }; return node; }, select(name, options, onchange) { const select = live.element(\"select\", { onchange: () => onchange(select.value) }); for (const [value, text] of Object.entries(options)) { select.append(live.element(\"option\", { value }, text)); } return live.element(\"label\", {}, `${name} `, select); }, // What a reader types: `onchange` is called with each text. input(name, value, oninput, attributes = {}) { const input = live.element(\"input\", { type: \"text\", value, spellcheck: false, autocomplete: \"off\", oninput: () => oninput(input.value), ...attributes, }); return live.element(\"label\", {}, `${name} `, input); }, // What has changed is said to screen readers only where a reader asked for it: put // text into this. said() { return live.element(\"p\", { className: \"said\", ariaLive: \"polite\" }); }, // ## Pictures // // A canvas of a size in CSS pixels, which `paint(context, width, height)` draws. The // colors are those of the page, so it's drawn again when they change. canvas(width, height, label, paint) { const node = live.element(\"canvas\", { role: \"img\", ariaLabel: label }); node.style.aspectRatio = `${width} / ${height}`; node.style.width = `${width}px`; const context = node.getContext(\"2d\"); function draw() { // What isn't in the page yet is drawn with it, so that the page opens sooner. if (!node.isConnected) return requestAnimationFrame(draw); const scale = window.devicePixelRatio || 1; const size = [Math.round(width * scale), Math.round(height * scale)]; if (node.width !== size[0] || node.height !== size[1]) [node.width, node.height] = size; context.setTransform(scale, 0, 0, scale, 0, 0); context.clearRect(0, 0, width, height); return paint(context, width, height); } matchMedia(\"(prefers-color-scheme: dark)\").addEventListener(\"change\", draw); return { node, draw }; }, color(name) { return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim(); }, // Where an event on an element was, as shares of its width and height. place(event, node = event.currentTarget) { const box = node.getBoundingClientRect(); return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]; }, // ## Numbers number(x, digits = 4) { const text = Number.isInteger(x) ? String(x) : x.toFixed(digits); return text.replace(\"-\", \"−\"); }, // 12,345. The browser has a function for that, but loading it takes 20 ms. grouped(n) { const [whole, ...rest] = String(n).split(\".\"); return [whole.replace(/\\B(?=(\\d{3})+$)/g, \",\"), ...rest].join(\".\"); }, // An array as a table with its name and shape on top. All tables of a figure have one // scale of colors: at `largest` a cell is as deep as it gets. By the root, so that // small numbers show a color too. table(name, value, largest, digits = 4) { const columns = value.shape.at(-1) ?? 1; const table = live.element(\"table\"); Array.from(value.data).forEach(function (x, i) { const row = i % columns ? table.rows[table.rows.length - 1] : table.insertRow(); const cell = row.insertCell(); cell.textContent = live.number(x, digits); live.tint(cell, x, largest); }); const shape = value.shape.length ? ` (${value.shape.join(\", \")})` : \"\"; const caption = live.element(\"figcaption\", {}, live.element(\"code\", {}, name), shape); return live.element(\"figure\", {}, caption, table); }, tint(cell, x, largest) { const share = Math.sqrt(Math.min(Math.abs(x) / largest, 1)); cell.style.setProperty(\"--tint\", `var(--${x \u003c 0 ? \"negative\" : \"positive\"})`); cell.style.setProperty(\"--share\", Number.isFinite(share) ? share : 0); }, // ## What moves // // A loop calls `tick` once for each frame that the screen shows. It starts when a // reader starts it, and stops when the page is out of sight. loop(tick, changed = () => {}) { let frame = null; function next() { frame = requestAnimationFrame(next); tick(); } const loop = { get running() { return frame !== null; }, start() { if (frame !== null) return; frame = requestAnimationFrame(next); changed(true); }, stop() { if (frame === null) return; cancelAnimationFrame(frame); frame = null; changed(false); }, toggle() { loop.running ? loop.stop() : loop.start(); }, }; document.addEventListener(\"visibilitychange\", () => document.hidden && loop.stop()); return loop; }, // Whether the reader has asked their system for less motion. get still() { return matchMedia(\"(prefers-reduced-motion: reduce)\").matches; }, };",
""
],
[
"You know PyTorch",
"pytorch.html#you-know-pytorch-so-what-does-backward-really-do",
"You know PyTorch. So what does backward() really do?",
"You know PyTorch. So what does backward() really do? You've written loss.backward() a thousand times. It fills in .grad, and you call optimizer.zero_grad() because everybody does. What happens in between, and why would anybody want a graph first?",
"",
""
],
[
"You know PyTorch",
"pytorch.html#a-tape-in-a-dozen-lines",
"A tape, in a dozen lines",
"A tape, in a dozen lines PyTorch computes at once, and writes down what it did: a tape. Here's one for numbers. Each result remembers its inputs, each with the slope of the result with respect to it. >>> tape = [] >>> class Eager: ... def __init__(self, value, inputs=()): ... self.value, self.inputs, self.grad = value, inputs, 0.0 ... tape.append(self) ... def __add__(self, other): ... slopes = [(self, 1), (other, 1)] ... return Eager(self.value + other.value, slopes) ... def __mul__(self, other): ... slopes = [(self, other.value), (other, self.value)] ... return Eager(self.value * other.value, slopes) ... def backward(self): ... self.grad = 1.0 ... for result in reversed(tape): ... for x, slope in result.inputs: ... x.grad += slope * result.grad The derivative of x·x+x is 2x+1, and at 3 that's 7: >>> x = Eager(3.0) >>> y = x * x + x >>> y.backward() >>> x.grad 7.0 That's all of it: a walk back over the tape, and a +=, because x was used three times and every use has its share. The tape is in the order of making, so its reverse is a reverse topological order for free.",
"x \\cdot x + x 2x + 1 x\\cdotx+x 2x+1 ",
"tape"
],
[
"You know PyTorch",
"pytorch.html#why-is-calling-it-twice-wrong",
"Why is calling it twice wrong?",
"Why is calling it twice wrong? Run it again and you might expect 7, or 14. >>> y.backward() >>> x.grad 20.0 It's neither. The += that adds up the shares also adds to whatever an earlier call left behind, in x and in everything between. PyTorch frees the tape after one call, so that you get an error instead, and leaves the sums in the leaves to you: that's what zero_grad() is for. Here the question doesn't come up. graph.gradients returns new tensors, and leaves nothing behind: >>> from graph import Graph >>> from session import Session >>> graph = Graph() >>> x = graph.placeholder((), name=\"x\") >>> y = x * x + x >>> (y_by_x,) = graph.gradients(y, [x]) >>> (again,) = graph.gradients(y, [x]) >>> print(*Session(graph).run([y_by_x, again], {x: 3.0})) 7.0 7.0 What's the derivative of y_by_x with respect to x, and how would you get it here? It's 2, by graph.gradients(y_by_x, [x]): a gradient is a tensor like any other. PyTorch needs create_graph=True for that, because by default the walk back isn't taped.",
"",
"new tensors"
],
[
"You know PyTorch",
"pytorch.html#eager-or-a-graph",
"Eager, or a graph?",
"Eager, or a graph? eager (PyTorch, TensorFlow 2) graph (TensorFlow 1, this book) a line computes at once in each run, later print(y) shows a value a name, a shape, an operation if and for decide in each step decide once, while the graph is built derivative a walk over the tape, each step more graph, derived once who can optimize nobody: the next line isn't known a compiler: it sees the whole step a mistake shows on its line in the run, with the line that made it Eager is more pleasant to write, and it won. But the question who can optimize came back: a small step is mostly overhead (XOR takes PyTorch several times as long), and only a compiler that sees the whole step can fuse it, reorder it, or move it to another machine. So torch.compile, tf.function and jax.jit all do the same thing: they trace your eager code once, to get the graph that TensorFlow 1 made you write. You'll see tracing in a small version here, for single operations.",
"",
"trace"
],
[
"You know PyTorch",
"pytorch.html#the-same-in-other-frameworks",
"The names that you know",
"The names that you know Once you know one framework you know them all; only the names change. The table has what plays the same part elsewhere; a dash says that the framework itself has nothing for it. TensorFlow 2 and PyTorch compute at once and need no sessions; in JAX there are only functions, and their caller keeps the state. The same part isn't always the same thing: Graph.dropout takes the share to keep, PyTorch and TensorFlow 2 the share to drop; our losses are means, and TensorFlow's aren't. this projectTensorFlow 1TensorFlow 2PyTorchJAX Graph tf.Graph tf.function torch.compile jax.jit Session.run tf.Session – – – graph.placeholder tf.placeholder tf.keras.Input – – graph.variable tf.Variable tf.Variable torch.nn.Parameter – graph.constant tf.constant tf.constant torch.tensor jax.numpy.array graph.zeros_like tf.zeros_like tf.zeros_like torch.zeros_like jax.numpy.zeros_like graph.ones_like tf.ones_like tf.ones_like torch.ones_like jax.numpy.ones_like graph.shape tf.shape tf.shape torch.Tensor.size jax.numpy.shape graph.cast tf.cast tf.cast torch.Tensor.to jax.numpy.astype graph.gradients tf.gradients tf.GradientTape torch.autograd.grad jax.grad graph.stop_gradient tf.stop_gradient tf.stop_gradient torch.Tensor.detach jax.lax.stop_gradient graph.assign tf.assign tf.Variable.assign torch.Tensor.copy_ – graph.group tf.group tf.group – – graph.control_dependencies tf.control_dependencies tf.control_dependencies – – graph.identity tf.identity tf.identity torch.nn.Identity jax.nn.identity graph.add tf.add tf.add torch.add jax.numpy.add graph.sub tf.subtract tf.subtract torch.sub jax.numpy.subtract graph.mul tf.multiply tf.multiply torch.mul jax.numpy.multiply graph.div tf.divide tf.divide torch.div jax.numpy.divide graph.floordiv tf.floordiv tf.math.floordiv torch.floor_divide jax.numpy.floor_divide graph.pow tf.pow tf.pow torch.pow jax.numpy.power graph.neg tf.negative tf.negative torch.neg jax.numpy.negative graph.abs tf.abs tf.abs torch.abs jax.numpy.abs graph.sign tf.sign tf.sign torch.sign jax.numpy.sign graph.square tf.square tf.square torch.square jax.numpy.square graph.sqrt tf.sqrt tf.sqrt torch.sqrt jax.numpy.sqrt graph.exp tf.exp tf.exp torch.exp jax.numpy.exp graph.log tf.log tf.math.log torch.log jax.numpy.log graph.maximum tf.maximum tf.maximum torch.maximum jax.numpy.maximum graph.minimum tf.minimum tf.minimum torch.minimum jax.numpy.minimum graph.clip tf.clip_by_value tf.clip_by_value torch.clamp jax.numpy.clip graph.equal tf.equal tf.equal torch.eq jax.numpy.equal graph.not_equal tf.not_equal tf.not_equal torch.ne jax.numpy.not_equal graph.greater tf.greater tf.greater torch.gt jax.numpy.greater graph.greater_equal tf.greater_equal tf.greater_equal torch.ge jax.numpy.greater_equal graph.less tf.less tf.less torch.lt jax.numpy.less graph.less_equal tf.less_equal tf.less_equal torch.le jax.numpy.less_equal graph.logical_and tf.logical_and tf.logical_and torch.logical_and jax.numpy.logical_and graph.logical_or tf.logical_or tf.logical_or torch.logical_or jax.numpy.logical_or graph.logical_xor tf.logical_xor tf.math.logical_xor torch.logical_xor jax.numpy.logical_xor graph.logical_not tf.logical_not tf.logical_not torch.logical_not jax.numpy.logical_not graph.where tf.where tf.where torch.where jax.numpy.where graph.sum tf.reduce_sum tf.reduce_sum torch.sum jax.numpy.sum graph.mean tf.reduce_mean tf.reduce_mean torch.mean jax.numpy.mean graph.max tf.reduce_max tf.reduce_max torch.amax jax.numpy.max graph.min tf.reduce_min tf.reduce_min torch.amin jax.numpy.min graph.argmax tf.argmax tf.argmax torch.argmax jax.numpy.argmax graph.argmin tf.argmin tf.argmin torch.argmin jax.numpy.argmin graph.dot tf.matmul tf.matmul torch.matmul jax.numpy.matmul graph.transpose tf.transpose tf.transpose torch.permute jax.numpy.transpose graph.reshape tf.reshape tf.reshape torch.reshape jax.numpy.reshape graph.broadcast_to tf.broadcast_to tf.broadcast_to torch.broadcast_to jax.numpy.broadcast_to graph.tile tf.tile tf.tile torch.tile jax.numpy.tile graph.expand_dims tf.expand_dims tf.expand_dims torch.unsqueeze jax.numpy.expand_dims graph.squeeze tf.squeeze tf.squeeze torch.squeeze jax.numpy.squeeze graph.concat tf.concat tf.concat torch.cat jax.numpy.concatenate graph.stack tf.stack tf.stack torch.stack jax.numpy.stack graph.gather tf.gather tf.gather torch.index_select jax.numpy.take graph.top_k tf.nn.top_k tf.math.top_k torch.topk jax.lax.top_k graph.cumsum tf.cumsum tf.cumsum torch.cumsum jax.numpy.cumsum graph.split tf.split tf.split torch.split jax.numpy.split graph.pad tf.pad tf.pad torch.nn.functional.pad jax.numpy.pad graph.segment_sum tf.unsorted_segment_sum tf.math.unsorted_segment_sum – jax.ops.segment_sum graph.inverse tf.matrix_inverse tf.linalg.inv torch.linalg.inv jax.numpy.linalg.inv graph.solve tf.matrix_solve tf.linalg.solve torch.linalg.solve jax.numpy.linalg.solve graph.cholesky tf.cholesky tf.linalg.cholesky torch.linalg.cholesky jax.numpy.linalg.cholesky graph.conv2d tf.nn.conv2d tf.nn.conv2d torch.nn.functional.conv2d jax.lax.conv graph.max_pool tf.nn.max_pool tf.nn.max_pool2d torch.nn.functional.max_pool2d jax.lax.reduce_window graph.batch_normalization tf.nn.batch_normalization tf.nn.batch_normalization torch.nn.functional.batch_norm – graph.cond tf.cond tf.cond torch.cond jax.lax.cond graph.while_loop tf.while_loop tf.while_loop – jax.lax.while_loop graph.one_hot tf.one_hot tf.one_hot torch.nn.functional.one_hot jax.nn.one_hot graph.sigmoid tf.sigmoid tf.sigmoid torch.sigmoid jax.nn.sigmoid graph.tanh tf.tanh tf.tanh torch.tanh jax.numpy.tanh graph.relu tf.nn.relu tf.nn.relu torch.relu jax.nn.relu graph.softplus tf.nn.softplus tf.nn.softplus torch.nn.functional.softplus jax.nn.softplus graph.softmax tf.nn.softmax tf.nn.softmax torch.softmax jax.nn.softmax graph.log_softmax tf.nn.log_softmax tf.nn.log_softmax torch.log_softmax jax.nn.log_softmax graph.softmax_cross_entropy tf.nn.softmax_cross_entropy_with_logits tf.nn.softmax_cross_entropy_with_logits torch.nn.functional.cross_entropy – graph.sigmoid_cross_entropy tf.nn.sigmoid_cross_entropy_with_logits tf.nn.sigmoid_cross_entropy_with_logits torch.nn.functional.binary_cross_entropy_with_logits – graph.dropout tf.nn.dropout tf.nn.dropout torch.nn.functional.dropout – graph.random_normal tf.random_normal tf.random.normal torch.randn jax.random.normal graph.random_uniform tf.random_uniform tf.random.uniform torch.rand jax.random.uniform graph.truncated_normal tf.truncated_normal tf.random.truncated_normal torch.nn.init.trunc_normal_ jax.random.truncated_normal train.GradientDescentOptimizer tf.train.GradientDescentOptimizer tf.keras.optimizers.SGD torch.optim.SGD – train.MomentumOptimizer tf.train.MomentumOptimizer tf.keras.optimizers.SGD torch.optim.SGD – train.AdagradOptimizer tf.train.AdagradOptimizer tf.keras.optimizers.Adagrad torch.optim.Adagrad – train.RMSPropOptimizer tf.train.RMSPropOptimizer tf.keras.optimizers.RMSprop torch.optim.RMSprop – train.AdamOptimizer tf.train.AdamOptimizer tf.keras.optimizers.Adam torch.optim.Adam – Session.save tf.train.Saver tf.train.Checkpoint torch.save –",
"",
"keep drop"
],
[
"TensorFlow 1 programs",
"tf.html#you-have-a-tensorflow-1-program-does-it-still-run",
"You have a TensorFlow 1 program. Does it still run?",
"You have a TensorFlow 1 program. Does it still run? Here it does. Put it beside the folder tf/, and where it says import tensorflow.compat.v1 as tf, write import tf. It prints the same numbers, and you don't have to install TensorFlow. >>> import tf >>> tf.disable_v2_behavior() >>> x = tf.placeholder(tf.float32, [None, 2], name=\"x\") >>> y = tf.placeholder(tf.float32, [None, 1], name=\"y\") >>> W = tf.Variable(tf.zeros([2, 1]), name=\"W\") >>> b = tf.Variable(0.0, name=\"b\") >>> error = tf.matmul(x, W) + b - y >>> loss = tf.reduce_mean(tf.square(error), name=\"loss\") >>> step = tf.train.GradientDescentOptimizer(0.3).minimize(loss) >>> data = {x: [[0, 0], [0, 1], [1, 0]], y: [[1], [3], [4]]} >>> with tf.Session() as sess: ... sess.run(tf.global_variables_initializer()) ... for _ in range(200): ... _, value = sess.run([step, loss], feed_dict=data) ... print(W.eval().round(3).tolist(), b.eval().round(3)) [[3.0], [2.0]] 1.0 Networks of matrix products run, convolutions, recurrent cells, loops inside graphs, datasets and summaries. Files read by threads, strings that you compute with, and most of tf.contrib don't, and if you ask for one, an error says so. This package computes nothing itself, and differentiates nothing. It translates names and types, and adds scopes, counted steps, and TensorFlow's words for errors. It's also how we know that TensorFlow works as this book says: tests/peers/test_tensorflow.py runs 23 programs twice, once with TensorFlow and once with this package, and changes only the import. Floats must agree to 10−5, everything else exactly.",
"10^{-5} 10^{-5} from tensor import FRAMEWORK from tf import ( collections, contrib, data, datatypes, errors, flow, graphs, layers, nn, operations, queues, scopes, settings, summary, train, updates, values, ) from tf.collections import * from tf.datatypes import * from tf.flow import * from tf.graphs import * from tf.names import missing as _missing from tf.operations import * from tf.queues import * from tf.scopes import * from tf.settings import * from tf.updates import * from tf.values import * FRAMEWORK.add(__name__) _TOPICS = (datatypes, graphs, operations, values, updates, scopes) _TOPICS += (collections, flow, queues, settings) __all__ = [\"contrib\", \"data\", \"errors\", \"layers\", \"nn\", \"summary\", \"train\"] __all__ += [name for topic in _TOPICS for name in topic.__all__] __all__.sort() def __getattr__(name): raise AttributeError(_missing(f\"tf.{name}\"))",
""
],
[
"TensorFlow 1 programs",
"tf.html#differences",
"What breaks, and what stays?",
"What breaks, and what stays? Two of TensorFlow's errors don't happen here: You forget to initialize a variable. It takes its initial value. (TensorFlow: \"Attempting to use uninitialized value W\".) You mix types. float32 times int32 gives you float64, as in NumPy. And some things come out differently: A run is a snapshot. In TensorFlow, the rest of the run may or may not see an update. Here you see it within tf.control_dependencies and nowhere else. To assign a variable twice in one run, you need that too. We differentiate the softmax cross-entropy as its formula says. TensorFlow assumes that your labels sum to 1. Sizes in a shape can be tensors. Axes, slices and depths can't. You get other random numbers. The first seed that you give to an operation seeds everything that later sessions draw. Names don't end in \":0\", and default names are ours: \"constant\", not \"Const\". But you can fetch and feed by name, with \":0\" or without. A variable has no op, so write v.name, not v.op.name. tf.nn.dynamic_rnn and tf.map_fn are unrolled, so they need to know how many steps there are. Feed 2.7 as an integer, and you get an error. TensorFlow feeds 2. sess.run([step, loss]): is that the loss before the step, or after it? Before it, in every run. TensorFlow promises neither.",
"from tensor import FRAMEWORK from tf import ( collections, contrib, data, datatypes, errors, flow, graphs, layers, nn, operations, queues, scopes, settings, summary, train, updates, values, ) from tf.collections import * from tf.datatypes import * from tf.flow import * from tf.graphs import * from tf.names import missing as _missing from tf.operations import * from tf.queues import * from tf.scopes import * from tf.settings import * from tf.updates import * from tf.values import * FRAMEWORK.add(__name__) _TOPICS = (datatypes, graphs, operations, values, updates, scopes) _TOPICS += (collections, flow, queues, settings) __all__ = [\"contrib\", \"data\", \"errors\", \"layers\", \"nn\", \"summary\", \"train\"] __all__ += [name for topic in _TOPICS for name in topic.__all__] __all__.sort() def __getattr__(name): raise AttributeError(_missing(f\"tf.{name}\"))",
""
],
[
"TensorFlow 1 programs",
"tf.html#which-page-has-what",
"Which page do you need?",
"Which page do you need? Types and shapes, and graphs and sessions: how they differ from ours. Operations, values, and tf.nn: other names, mostly. Gradients and updates, variables and scopes, and tf.train: everything that trains a network. Layers, recurrent cells, and tf.contrib: networks in few lines. Branches and loops, datasets, summaries for TensorBoard, collections, queues, and settings. tf.errors: what a run raises. Names: what's missing. Once your program runs, where to next? This table translates its names to TensorFlow 2, PyTorch and JAX.",
"from tensor import FRAMEWORK from tf import ( collections, contrib, data, datatypes, errors, flow, graphs, layers, nn, operations, queues, scopes, settings, summary, train, updates, values, ) from tf.collections import * from tf.datatypes import * from tf.flow import * from tf.graphs import * from tf.names import missing as _missing from tf.operations import * from tf.queues import * from tf.scopes import * from tf.settings import * from tf.updates import * from tf.values import * FRAMEWORK.add(__name__) _TOPICS = (datatypes, graphs, operations, values, updates, scopes) _TOPICS += (collections, flow, queues, settings) __all__ = [\"contrib\", \"data\", \"errors\", \"layers\", \"nn\", \"summary\", \"train\"] __all__ += [name for topic in _TOPICS for name in topic.__all__] __all__.sort() def __getattr__(name): raise AttributeError(_missing(f\"tf.{name}\"))",
""
],
[
"TensorFlow 1 programs",
"tf.html#S131",
"Which page do you need?",
"Once you've imported this package, the default graph has TensorFlow's types.",
"graphs.reset_default_graph()",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#what-do-you-know-before-anything-runs-types-and-shapes",
"What do you know before anything runs? Types and shapes",
"What do you know before anything runs? Types and shapes Enough to find most mistakes. Ask a tensor for its type and its shape; None is a size that only a run knows: >>> import tf >>> x = tf.placeholder(\"float\", [None, 3], name=\"x\") >>> x.dtype.name, x.shape.as_list() ('float32', [None, 3])",
"import math import numpy from mixins.shapes import Unknown, show_shape from tensor import FRAMEWORK from tensor import Tensor as BaseTensor FRAMEWORK.add(__name__) __all__ = [\"bool\", \"double\", \"float16\", \"float32\", \"float64\", \"half\"] __all__ += [\"int8\", \"int16\", \"int32\", \"int64\", \"uint8\", \"uint16\"] __all__ += [\"Dimension\", \"TensorShape\", \"UnknownDimension\", \"as_dtype\"]",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#types",
"A float has 32 bits",
"A float has 32 bits The types are NumPy's, and you can give them by name. But \"float\" means float32: most networks need no more digits, it takes half the memory, and GPUs are faster with it.",
"float16 = half = numpy.dtype(\"float16\") float32 = numpy.dtype(\"float32\") float64 = double = numpy.dtype(\"float64\") int8, int16 = numpy.dtype(\"int8\"), numpy.dtype(\"int16\") int32, int64 = numpy.dtype(\"int32\"), numpy.dtype(\"int64\") uint8, uint16 = numpy.dtype(\"uint8\"), numpy.dtype(\"uint16\") bool = numpy.dtype(\"bool\") _TYPES = {\"float\": float32, \"double\": float64, \"half\": float16, float: float32} _TYPES[int] = int32",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#as_dtype",
"as_dtype",
"The NumPy type for a name, or for a Python or NumPy type.",
"def as_dtype(type_value): try: if type_value is not None: return numpy.dtype(_TYPES.get(type_value, type_value)) raise TypeError except TypeError: raise TypeError( f\"Cannot convert the argument `type_value`: {type_value!r} to a \" \"TensorFlow DType.\" ) from None",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#type_or_none",
"type_or_none",
"The NumPy type for dtype, or None for None.",
"def type_or_none(dtype): return None if dtype is None else as_dtype(dtype)",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#is_whole",
"is_whole",
"Whether a tensor or a number has an integer type.",
"def is_whole(value): if isinstance(value, BaseTensor): return value.dtype is not None and value.dtype.kind in \"iu\" return numpy.asarray(value).dtype.kind in \"iu\"",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#shapes",
"A shape can have gaps",
"A shape can have gaps In the shape of x above, None is one. You can check types and shapes before a run; graphs and sessions do the running.",
"class Dimension(int):",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#Dimension",
"Dimension",
"The known size of an axis.",
"class Dimension(int):",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#Dimension.value",
"Dimension.value",
"The size as a plain number.",
"@property def value(self): return int(self)",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#UnknownDimension",
"UnknownDimension",
"A size that only a run knows.",
"class UnknownDimension(Unknown): value = None",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#TensorShape",
"TensorShape",
"The sizes of axes, each a Dimension or an UnknownDimension.",
"class TensorShape(tuple): def __new__(cls, sizes): values = (getattr(size, \"value\", size) for size in sizes) return super().__new__( cls, (UnknownDimension() if n is None else Dimension(n) for n in values) )",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#TensorShape.ndims",
"TensorShape.ndims",
"The number of axes.",
"@property def ndims(self): return len(self)",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#TensorShape.num_elements",
"TensorShape.num_elements",
"The number of elements; None if a size is unknown.",
"def num_elements(self): sizes = self.as_list() return None if None in sizes else math.prod(sizes)",
""
],
[
"tf: types and shapes",
"tf_datatypes.html#TensorShape.as_list",
"TensorShape.as_list",
"The sizes as a list of plain numbers and None.",
"def as_list(self): return [size.value for size in self] def __getitem__(self, index): part = super().__getitem__(index) return TensorShape(part) if isinstance(index, slice) else part def __repr__(self): return show_shape(self)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#what-differs-inside-graphs-tensors-and-sessions",
"What differs inside? Graphs, tensors and sessions",
"What differs inside? Graphs, tensors and sessions This package takes our graphs, tensors and sessions, and gives them other types and more methods. Everything that works differently is on this page; most of the others only rename functions.",
"import contextlib import functools import numpy from graph import Graph as BaseGraph from mixins.dtypes import numbers from session import Session as BaseSession from tensor import FRAMEWORK from tensor import Tensor as BaseTensor from tf import errors from tf.datatypes import TensorShape, float32, float64, int32, is_whole from tf.names import Listed FRAMEWORK.add(__name__) __all__ = [\"Graph\", \"InteractiveSession\", \"Session\", \"Tensor\", \"VariableScope\"] __all__ += [\"disable_v2_behavior\", \"get_default_graph\", \"get_default_session\"] __all__ += [\"reset_default_graph\", \"set_random_seed\"]",
"works"
],
[
"tf: graphs, sessions",
"tf_graphs.html#tensors",
"Three classes in one",
"Three classes in one TensorFlow has a class for tensors, one for variables, and one for operations. Our tensor has the methods of all three. What it can't do is answer you while you build: >>> import tf >>> x = tf.constant(1.0, name=\"x\") >>> if x > 0: ... print(\"positive\") Traceback (most recent call last): ... TypeError: Using a `tf.Tensor` as a Python `bool` is not allowed: ... x has no value until a session runs it, so put the choice into the graph too: >>> sign = tf.where(x > 0, 1.0, -1.0) >>> print(tf.Session().run(sign)) 1.0",
"class Tensor(Listed, BaseGraph.tensor_class):",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor",
"Tensor",
"A tensor with TensorFlow's methods.",
"class Tensor(Listed, BaseGraph.tensor_class):",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.shape",
"Tensor.shape",
"The TensorShape; None if the rank is unknown.",
"@property def shape(self): sizes = super().shape return None if sizes is None else TensorShape(sizes)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.get_shape",
"Tensor.get_shape",
"The TensorShape; ValueError if the rank is unknown.",
"def get_shape(self): if self.dims is None: raise ValueError(f\"the shape of '{self.name}' is unknown\") return self.shape",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.eval",
"Tensor.eval",
"The value in a run of session, or of the default session. You can also give the session alone, as TensorFlow lets you do for a variable.",
"def eval(self, feed_dict=None, session=None): if isinstance(feed_dict, BaseSession): feed_dict, session = None, feed_dict return super().eval(feed_dict, session)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.run",
"Tensor.run",
"Run this in session, or in the default session, and return nothing.",
"def run(self, feed_dict=None, session=None): self.eval(feed_dict, session)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.value",
"Tensor.value",
"This variable itself.",
"def value(self): return self",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.read_value",
"Tensor.read_value",
"The value of this variable after the current control inputs.",
"def read_value(self): return self.graph.identity(self)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.assign",
"Tensor.assign",
"See tf.assign.",
"def assign(self, value, use_locking=None, name=None): return self.graph.assign(self, value, name)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.assign_add",
"Tensor.assign_add",
"See tf.assign_add.",
"def assign_add(self, delta, use_locking=None, name=None): return self.graph.assign(self, self.graph.add(self, delta), name)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.assign_sub",
"Tensor.assign_sub",
"See tf.assign_sub.",
"def assign_sub(self, delta, use_locking=None, name=None): return self.graph.assign(self, self.graph.sub(self, delta), name)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Tensor.initializer",
"Tensor.initializer",
"The operation that assigns the initial value; made once.",
"@property def initializer(self): if \"_initializer\" not in vars(self): with self.graph.control_dependencies(None): self._initializer = self.graph.assign(self, self.initial_value) return self._initializer def __bool__(self): raise TypeError( f\"Using a `tf.Tensor` as a Python `bool` is not allowed: '{self.name}' has \" \"no value until a session runs it. Use tf.where to choose by a condition\" ) def __iter__(self): raise TypeError( f\"Iterating over a `tf.Tensor` is not allowed: '{self.name}' has no value \" \"until a session runs it\" )",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#graphs",
"Which type does a number get?",
"Which type does a number get? A number without a decimal point becomes int32, one with a point float32. A NumPy array keeps its type. Divide integers, and you get float64: >>> half = tf.constant(1) / 2 >>> [x.dtype.name for x in (tf.constant(1), tf.constant(1.0), half)] ['int32', 'float32', 'float64'] One more thing. Where an operation has no derivative, such as a comparison, TensorFlow's gradient ends silently, and so does this one. Our own Graph.gradients raises an error, because it's usually a mistake.",
"class Graph(Listed, BaseGraph): tensor_class = Tensor def __init__(self): super().__init__(float32) self.seed = None self.scope, self.variable_scope = \"\", VariableScope(\"\") self.shared, self.collections = {}, {}",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Graph",
"Graph",
"A graph with TensorFlow's types, and with scopes. Attributes seed the seed of its sessions; None for a different one each time. scope the prefix of names. variable_scope the VariableScope that tf.get_variable uses. shared the variables made by tf.get_variable, by name. collections lists of what belongs together, by name.",
"class Graph(Listed, BaseGraph): tensor_class = Tensor def __init__(self): super().__init__(float32) self.seed = None self.scope, self.variable_scope = \"\", VariableScope(\"\") self.shared, self.collections = {}, {}",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Graph.div",
"Graph.div",
"a / b; never rounds, not even integers",
"def div(self, a, b, name=None): if is_whole(a) and is_whole(b): a, b = self.cast(a, float64), self.cast(b, float64) return super().div(a, b, name) def data(self, value, dtype, name):",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#S156",
"Which type does a number get?",
"Unless you ask for another, a number gets TensorFlow's type.",
"if dtype is None and isinstance(value, (numpy.ndarray, numpy.generic)): dtype = value.dtype elif dtype is None and is_whole(array := numbers(value, name)): fits = (array == array.astype(int32)).all() dtype = int32 if fits else array.dtype return super().data(value, dtype, name)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Graph.get_tensor_by_name",
"Graph.get_tensor_by_name",
"The tensor of this name, with or without \":0\" at its end.",
"def get_tensor_by_name(self, name): for tensor in self.tensors: if tensor.name == name.removesuffix(\":0\"): return tensor raise KeyError(f\"The name {name!r} refers to a Tensor which does not exist.\") get_operation_by_name = get_tensor_by_name def unique(self, name):",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#S174",
"Which type does a number get?",
"Names begin with the scope that we're in.",
"if isinstance(name, str) and not name.startswith(self.scope): name = self.scope + name return super().unique(name) def tensor(self, initial_value=None, op=None, name=None, kind=None, **facts): tensor = super().tensor(initial_value, op, name, kind, **facts) if op is not None and (tensor.dtype is None or tensor.dtype.kind != \"f\"): op.stops_gradient = True return tensor",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#VariableScope",
"VariableScope",
"The settings of tf.get_variable. Attributes name the prefix of variables' names. reuse True to share existing variables, False to make new ones, AUTO_REUSE to share those that exist and make the others. initializer the default initializer, or None.",
"class VariableScope: def __init__(self, name, reuse=False, initializer=None): self.name, self.reuse, self.initializer = name, reuse, initializer",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#VariableScope.reuse_variables",
"VariableScope.reuse_variables",
"From here on, share existing variables, and make none.",
"def reuse_variables(self): self.reuse = True",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#get_default_graph",
"get_default_graph",
"The graph that functions add to if no operand is a tensor. Raises TypeError the default graph isn't a tf.Graph.",
"def get_default_graph(): graph = BaseGraph.get_default() if not isinstance(graph, Graph): raise TypeError(\"the default graph is none of tf.Graph; make one the default\") return graph",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#reset_default_graph",
"reset_default_graph",
"Make a new, empty graph the default.",
"def reset_default_graph(): Graph().as_default()",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#set_random_seed",
"set_random_seed",
"Seed the random numbers of the default session, and of all later ones.",
"def set_random_seed(seed): seed_graph(get_default_graph(), seed)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#seed_graph",
"seed_graph",
"Seed the sessions of graph, including those whose with you're in.",
"def seed_graph(graph, seed): graph.seed = seed for session in graph.sessions: session.random = numpy.random.default_rng(seed)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#disable_v2_behavior",
"disable_v2_behavior",
"Do nothing: this is version 1.",
"def disable_v2_behavior():",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#graph_of",
"graph_of",
"The graph of the first tensor among values, or the default graph.",
"def graph_of(*values): waiting = list(reversed(values)) while waiting: value = waiting.pop() if isinstance(value, BaseTensor): return value.graph if isinstance(value, (list, tuple)): waiting += reversed(value) return get_default_graph()",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#as_list",
"as_list",
"A list or tuple as a list; any other value as a list of one.",
"def as_list(value): return list(value) if isinstance(value, (list, tuple)) else [value]",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#seeded",
"seeded",
"The graph of the tensors in shape, seeded with seed unless it has one.",
"def seeded(shape, seed): graph = graph_of(*as_list(shape)) if graph.seed is None and seed is not None: seed_graph(graph, seed) return graph",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#sessions",
"A closed session doesn't run",
"A closed session doesn't run Leave its with, and a session forgets its variables: >>> with tf.Session() as sess: ... pass >>> sess.run(x) Traceback (most recent call last): ... RuntimeError: Attempted to use a closed Session. That's all that works differently. On to the names of operations.",
"class Session(Listed, BaseSession): def __init__(self, target=\"\", graph=None, config=None): if not isinstance(target, str): raise TypeError(f\"Argument `target` must be a string, but got {target!r}\") graph = get_default_graph() if graph is None else graph super().__init__(graph, graph.seed) self._closed = False",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Session",
"Session",
"A session that can be closed.",
"class Session(Listed, BaseSession): def __init__(self, target=\"\", graph=None, config=None): if not isinstance(target, str): raise TypeError(f\"Argument `target` must be a string, but got {target!r}\") graph = get_default_graph() if graph is None else graph super().__init__(graph, graph.seed) self._closed = False",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Session.run",
"Session.run",
"See Session.run. Raises RuntimeError the session is closed. InvalidArgumentError instead of a ValueError or an IndexError.",
"def run(self, fetches, feed_dict=None, options=None, run_metadata=None): if any(isinstance(key, str) for key in feed_dict or ()): feed_dict = {self._named(key): x for key, x in feed_dict.items()} return self._translated(super().run, self._named(fetches), feed_dict)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Session.make_callable",
"Session.make_callable",
"See make_callable.",
"def make_callable(self, fetches, feed_list=None, accept_options=False): request = self._named(fetches), self._named(feed_list) call = self._translated(super().make_callable, *request) return functools.partial(self._translated, call)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Session._translated",
"Session._translated",
"What call returns; errors become TensorFlow's.",
"def _translated(self, call, *args): self._check_open() try: return call(*args) except (IndexError, ValueError) as error: where = \"; \".join(getattr(error, \"__notes__\", ())) words = f\"{error}; {where}\" if where else str(error) raise errors.InvalidArgumentError(words) from error",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Session._named",
"Session._named",
"Tensors in place of their names, in lists too.",
"def _named(self, fetches): if isinstance(fetches, str): return self.graph.get_tensor_by_name(fetches) if isinstance(fetches, list): return [self._named(part) for part in fetches] return fetches",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Session.save",
"Session.save",
"See Session.save.",
"def save(self, path, variables=None): self._check_open() super().save(path, variables)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Session.restore",
"Session.restore",
"See Session.restore.",
"def restore(self, path, variables=None): self._check_open() super().restore(path, variables) def _check_open(self): if self._closed: raise RuntimeError(\"Attempted to use a closed Session.\")",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Session.close",
"Session.close",
"Drop the state, and refuse further runs.",
"def close(self): self._closed = True self.state.clear()",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#Session.as_default",
"Session.as_default",
"Make this the default session within a with, and don't close it.",
"@contextlib.contextmanager def as_default(self): super().__enter__() try: yield self finally: super().__exit__() def __enter__(self): self._outside = self.graph.as_default() return super().__enter__() def __exit__(self, *error): super().__exit__(*error) self._outside.__exit__(*error) self.close()",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#get_default_session",
"get_default_session",
"The session that Tensor.eval uses, or None.",
"def get_default_session(): sessions = get_default_graph().sessions return sessions[-1] if sessions else None",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#InteractiveSession",
"InteractiveSession",
"A session that's the default one from the start until you close it.",
"class InteractiveSession(Session): def __init__(self, target=\"\", graph=None, config=None): super().__init__(target, graph, config) self.graph.as_default() BaseSession.__enter__(self)",
""
],
[
"tf: graphs, sessions",
"tf_graphs.html#InteractiveSession.close",
"InteractiveSession.close",
"Drop the state, and stop being the default session.",
"def close(self): super().close() self.leave()",
""
],
[
"tf: operations",
"tf_operations.html#what-was-graphmul-called-the-operations-other-names",
"What was graph.mul called? The operations' other names",
"What was graph.mul called? The operations' other names tf.multiply. For most operations, only names differ: their own, and those of their parameters. So each takes us one line: >>> import tf >>> import inspect >>> inspect.signature(tf.clip_by_value) \u003cSignature (t, clip_value_min, clip_value_max, name=None)>",
"import builtins import functools import inspect from graph import Graph as BaseGraph from mixins.products import swap from tensor import FRAMEWORK from tensor import Tensor as BaseTensor from tf.datatypes import as_dtype, bool, float64, int32, int64, is_whole from tf.graphs import Graph, as_list, graph_of from tf.names import missing FRAMEWORK.add(__name__) __all__ = [\"abs\", \"add\", \"divide\", \"exp\", \"floordiv\", \"log\", \"multiply\", \"negative\"] __all__ += [\"pow\", \"sigmoid\", \"sign\", \"sqrt\", \"square\", \"subtract\", \"tanh\", \"truediv\"] __all__ += [\"clip_by_value\", \"maximum\", \"minimum\"] __all__ += [\"equal\", \"greater\", \"greater_equal\", \"less\", \"less_equal\", \"not_equal\"] __all__ += [\"logical_and\", \"logical_not\", \"logical_or\", \"logical_xor\"] __all__ += [\"broadcast_to\", \"identity\", \"stop_gradient\", \"transpose\"] __all__ += [\"add_n\", \"cast\", \"concat\", \"div\", \"matmul\", \"reshape\", \"shape\", \"stack\"] __all__ += [\"expand_dims\", \"gather\", \"one_hot\", \"squeeze\", \"tile\", \"where\"] __all__ += [\"reduce_max\", \"reduce_mean\", \"reduce_min\", \"reduce_sum\"] __all__ += [\"arg_max\", \"arg_min\", \"argmax\", \"argmin\"] __all__ += [\"ceil\", \"cos\", \"floor\", \"floormod\", \"mod\", \"round\", \"rsqrt\", \"sin\"] __all__ += [\"cumsum\", \"lin_space\", \"linspace\", \"pad\", \"range\", \"squared_difference\"] __all__ += [\"gather_nd\", \"reverse\", \"scatter_nd\", \"split\", \"unstack\"] __all__ += [\"segment_sum\", \"unsorted_segment_mean\", \"unsorted_segment_sum\"] __all__ += [\"cholesky\", \"diag\", \"diag_part\", \"matrix_diag\", \"matrix_diag_part\"] __all__ += [\"matrix_inverse\", \"matrix_solve\", \"trace\"] __all__ += [\"clip_by_global_norm\", \"clip_by_norm\", \"global_norm\", \"norm\"]",
""
],
[
"tf: operations",
"tf_operations.html#named",
"named",
"A method of Graph as a function with these parameters and name. If no operand is a tensor, the first one decides the type for all.",
"def named(method, *parameters): _, *ours = inspect.signature(method).parameters.values() names = [*parameters, \"name\"] signature = inspect.Signature([x.replace(name=n) for x, n in zip(ours, names)]) def function(*args, **keywords): bound = signature.bind(*args, **keywords) bound.apply_defaults() first, *others = bound.args graph = graph_of(first, *others) if not any(isinstance(operand, BaseTensor) for operand in others): first = graph.convert(first) return method(graph, first, *others) function.__doc__, function.__signature__ = method.__doc__, signature return function add = named(BaseGraph.add, \"x\", \"y\") subtract = named(BaseGraph.sub, \"x\", \"y\") multiply = named(BaseGraph.mul, \"x\", \"y\") divide = truediv = named(Graph.div, \"x\", \"y\") floordiv = named(BaseGraph.floordiv, \"x\", \"y\") pow = named(BaseGraph.pow, \"x\", \"y\") negative = named(BaseGraph.neg, \"x\") abs = named(BaseGraph.abs, \"x\") sign = named(BaseGraph.sign, \"x\") square = named(BaseGraph.square, \"x\") sqrt = named(BaseGraph.sqrt, \"x\") exp = named(BaseGraph.exp, \"x\") log = named(BaseGraph.log, \"x\") sigmoid = named(BaseGraph.sigmoid, \"x\") tanh = named(BaseGraph.tanh, \"x\") maximum = named(BaseGraph.maximum, \"x\", \"y\") minimum = named(BaseGraph.minimum, \"x\", \"y\") clip_by_value = named(BaseGraph.clip, \"t\", \"clip_value_min\", \"clip_value_max\") sin = named(BaseGraph.sin, \"x\") cos = named(BaseGraph.cos, \"x\") floor = named(BaseGraph.floor, \"x\") ceil = named(BaseGraph.ceil, \"x\") round = named(BaseGraph.round, \"x\") rsqrt = named(BaseGraph.rsqrt, \"x\") floormod = mod = named(BaseGraph.mod, \"x\", \"y\") diag = matrix_diag = named(BaseGraph.diag, \"diagonal\") diag_part = matrix_diag_part = named(BaseGraph.diag_part, \"input\") trace = named(BaseGraph.trace, \"x\") cholesky = named(BaseGraph.cholesky, \"input\") equal = named(BaseGraph.equal, \"x\", \"y\") not_equal = named(BaseGraph.not_equal, \"x\", \"y\") greater = named(BaseGraph.greater, \"x\", \"y\") greater_equal = named(BaseGraph.greater_equal, \"x\", \"y\") less = named(BaseGraph.less, \"x\", \"y\") less_equal = named(BaseGraph.less_equal, \"x\", \"y\") logical_and = named(BaseGraph.logical_and, \"x\", \"y\") logical_or = named(BaseGraph.logical_or, \"x\", \"y\") logical_xor = named(BaseGraph.logical_xor, \"x\", \"y\") logical_not = named(BaseGraph.logical_not, \"x\") broadcast_to = named(BaseGraph.broadcast_to, \"input\", \"shape\") identity = named(BaseGraph.identity, \"input\") stop_gradient = named(BaseGraph.stop_gradient, \"input\") transpose = named(BaseGraph.transpose, \"a\", \"perm\")",
""
],
[
"tf: operations",
"tf_operations.html#other-parameters",
"Where more than the name differs",
"Where more than the name differs These functions have parameters that our methods lack, or other defaults.",
"def concat(values, axis, name=None): return graph_of(values).concat(values, axis, name)",
""
],
[
"tf: operations",
"tf_operations.html#concat",
"concat",
"The tensors in values, joined along axis.",
"def concat(values, axis, name=None): return graph_of(values).concat(values, axis, name)",
""
],
[
"tf: operations",
"tf_operations.html#stack",
"stack",
"The tensors in values, joined along a new axis.",
"def stack(values, axis=0, name=None): return graph_of(values).stack(values, axis, name)",
""
],
[
"tf: operations",
"tf_operations.html#div",
"div",
"x / y, which rounds integers down, as Python 2 did.",
"def div(x, y, name=None): whole = is_whole(x) and is_whole(y) return (floordiv if whole else divide)(x, y, name)",
""
],
[
"tf: operations",
"tf_operations.html#add_n",
"add_n",
"The sum of the tensors in a list; ValueError if it's empty.",
"def add_n(inputs, name=None): if not inputs: raise ValueError(\"inputs must be a list of at least one Tensor\") return identity(functools.reduce(add, inputs), name)",
""
],
[
"tf: operations",
"tf_operations.html#cast",
"cast",
"x in another type; integers drop what's after the decimal point.",
"def cast(x, dtype, name=None): return graph_of(x).cast(x, as_dtype(dtype), name)",
""
],
[
"tf: operations",
"tf_operations.html#matmul",
"matmul",
"The matrix product a @ b, of matrices or stacks of them. transpose_a and transpose_b first swap the last two axes.",
"def matmul(a, b, transpose_a=False, transpose_b=False, *, name=None): graph = graph_of(a, b) a = _swap(graph.convert(a)) if transpose_a else a b = _swap(graph.convert(b)) if transpose_b else b return graph.dot(a, b, name) def _swap(x): if x.rank is None or x.rank \u003c 2: raise ValueError(f\"cannot transpose {x!r}: a matrix or a stack is expected\") return swap(x)",
""
],
[
"tf: operations",
"tf_operations.html#reshape",
"reshape",
"The elements in another shape, which can contain tensors, and one -1.",
"def reshape(tensor, shape, name=None): return graph_of(tensor, *as_list(shape)).reshape(tensor, shape, name)",
""
],
[
"tf: operations",
"tf_operations.html#shape",
"shape",
"The shape of a tensor in a run, as a vector of integers.",
"def shape(input, name=None, out_type=int32): return graph_of(input).shape(input, name, as_dtype(out_type))",
""
],
[
"tf: operations",
"tf_operations.html#S175",
"Where more than the name differs",
"Over the years, TensorFlow renamed some parameters. Old programs use the old names, so both work.",
"def _either(name, value, old_name, old_value): if value is not None and old_value is not None: raise ValueError(f\"Cannot specify both '{old_name}' and '{name}'.\") return old_value if value is None else value",
""
],
[
"tf: operations",
"tf_operations.html#expand_dims",
"expand_dims",
"input with a new axis of size 1 before axis.",
"def expand_dims(input, axis=None, name=None, dim=None): axis = _either(\"axis\", axis, \"dim\", dim) if axis is None: raise ValueError(\"Must specify an axis argument to tf.expand_dims\") return graph_of(input).expand_dims(input, axis, name)",
""
],
[
"tf: operations",
"tf_operations.html#squeeze",
"squeeze",
"input without the axes in axis, by default all of size 1.",
"def squeeze(input, axis=None, name=None, squeeze_dims=None): axis = _either(\"axis\", axis, \"squeeze_dims\", squeeze_dims) return graph_of(input).squeeze(input, None if axis == [] else axis, name)",
""
],
[
"tf: operations",
"tf_operations.html#tile",
"tile",
"input repeated along its axes.",
"def tile(input, multiples, name=None): return graph_of(input, *as_list(multiples)).tile(input, multiples, name)",
""
],
[
"tf: operations",
"tf_operations.html#gather",
"gather",
"The slices of params at indices along axis.",
"def gather(params, indices, validate_indices=None, name=None, axis=0): return graph_of(params, indices).gather(params, indices, axis or 0, name)",
""
],
[
"tf: operations",
"tf_operations.html#one_hot",
"one_hot",
"on_value (by default 1) at the index, off_value (0) everywhere else. axis says where the axis of size depth goes, by default last.",
"def one_hot( indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None ): graph = graph_of(indices) hot = graph.one_hot(indices, depth, bool) if axis not in (None, -1): if hot.rank is None or not 0 \u003c= axis \u003c hot.rank: raise ValueError(f\"axis {axis} of {hot!r}: expected -1, or one from 0 on\") before = list(builtins.range(hot.rank - 1)) hot = graph.transpose(hot, [*before[:axis], hot.rank - 1, *before[axis:]]) given = [value for value in (on_value, off_value, 1.0) if value is not None] dtype = graph.convert(given[0]).dtype if dtype is None else as_dtype(dtype) on, off = ( graph.cast(graph.convert(other if value is None else value), dtype) for value, other in [(on_value, 1), (off_value, 0)] ) return graph.where(hot, on, off, name)",
""
],
[
"tf: operations",
"tf_operations.html#where",
"where",
"x where the condition holds, else y. If the condition is a vector, it chooses whole rows of x and y. Raises ValueError x or y is missing (TensorFlow would return the indices where the condition holds), or a rank is unknown.",
"def where(condition, x=None, y=None, name=None): if x is None or y is None: raise ValueError(missing(\"tf.where without x and y\")) graph = graph_of(condition, x, y) condition, x = graph.convert(condition), graph.convert(x) if condition.rank is None or x.rank is None: raise ValueError(f\"tf.where needs the ranks of {condition!r} and {x!r}\") if condition.rank == 1 and x.rank > 1: condition = graph.reshape(condition, (-1,) + (1,) * (x.rank - 1)) return graph.where(condition, x, y, name)",
""
],
[
"tf: operations",
"tf_operations.html#squared_difference",
"squared_difference",
"(x - y)^2.",
"def squared_difference(x, y, name=None): return square(subtract(x, y), name)",
""
],
[
"tf: operations",
"tf_operations.html#range",
"range",
"start, start + delta, ..., below limit; with one argument, from 0 to that.",
"def range(start, limit=None, delta=1, dtype=None, name=\"range\"): graph = graph_of(start, limit, delta) row = graph.range(start, limit, delta, name) whole = row.kind == \"constant\" and is_whole(row) default = int32 if whole else row.dtype return graph.cast(row, default if dtype is None else as_dtype(dtype))",
""
],
[
"tf: operations",
"tf_operations.html#linspace",
"linspace",
"num numbers from start to stop, evenly spaced.",
"def linspace(start, stop, num, name=None): return graph_of(start, stop).linspace(start, stop, num, name) lin_space = linspace",
""
],
[
"tf: operations",
"tf_operations.html#cumsum",
"cumsum",
"The sum so far along axis.",
"def cumsum(x, axis=0, exclusive=False, reverse=False, name=None): return graph_of(x).cumsum(x, axis, exclusive, reverse, name)",
""
],
[
"tf: operations",
"tf_operations.html#pad",
"pad",
"tensor with a border of one number: before and after each axis.",
"def pad(tensor, paddings, mode=\"CONSTANT\", name=None, constant_values=0): if mode.upper() != \"CONSTANT\": raise ValueError(missing(f\"tf.pad with mode={mode!r}\")) return graph_of(tensor).pad(tensor, paddings, constant_values, name)",
""
],
[
"tf: operations",
"tf_operations.html#reverse",
"reverse",
"tensor, backwards along each axis in the list axis.",
"def reverse(tensor, axis, name=None): graph = graph_of(tensor) tensor = graph.convert(tensor) turned = {i % tensor.rank for i in as_list(axis)} backwards = slice(None, None, -1) index = [ backwards if i in turned else slice(None) for i in builtins.range(tensor.rank) ] return graph.getitem(tensor, tuple(index), name)",
""
],
[
"tf: operations",
"tf_operations.html#split",
"split",
"value cut along axis, into equal parts, or parts of these sizes.",
"def split(value, num_or_size_splits, axis=0, num=None, name=\"split\"): return graph_of(value).split(value, num_or_size_splits, axis)",
""
],
[
"tf: operations",
"tf_operations.html#unstack",
"unstack",
"The slices of value along axis, as a list.",
"def unstack(value, num=None, axis=0, name=\"unstack\"): return graph_of(value).unstack(value, axis)",
""
],
[
"tf: operations",
"tf_operations.html#gather_nd",
"gather_nd",
"The elements, or slices, of params at each row of indices.",
"def gather_nd(params, indices, name=None): return graph_of(params, indices).gather_nd(params, indices, name)",
""
],
[
"tf: operations",
"tf_operations.html#scatter_nd",
"scatter_nd",
"Zeros of shape, with updates added at the rows of indices.",
"def scatter_nd(indices, updates, shape, name=None): return graph_of(indices, updates).scatter_nd(indices, updates, shape, name)",
""
],
[
"tf: operations",
"tf_operations.html#unsorted_segment_sum",
"unsorted_segment_sum",
"The sums of the rows with the same number.",
"def unsorted_segment_sum(data, segment_ids, num_segments, name=None): graph = graph_of(data, segment_ids) return graph.segment_sum(data, segment_ids, num_segments, name)",
""
],
[
"tf: operations",
"tf_operations.html#unsorted_segment_mean",
"unsorted_segment_mean",
"The means of the rows with the same number.",
"def unsorted_segment_mean(data, segment_ids, num_segments, name=None): graph = graph_of(data, segment_ids) return graph.segment_mean(data, segment_ids, num_segments, name)",
""
],
[
"tf: operations",
"tf_operations.html#segment_sum",
"segment_sum",
"The sums of the rows with the same number; the numbers are known, and sorted.",
"def segment_sum(data, segment_ids, name=None): ids = graph_of(data, segment_ids).convert(segment_ids) if ids.kind != \"constant\": raise ValueError( \"tf.segment_sum needs to know how many segments there are; use \" \"tf.unsorted_segment_sum, and say so\" ) count = int(ids.initial_value.max()) + 1 return unsorted_segment_sum(data, segment_ids, count, name)",
""
],
[
"tf: operations",
"tf_operations.html#matrix_inverse",
"matrix_inverse",
"The inverse of a square matrix, or of each of a stack.",
"def matrix_inverse(input, adjoint=False, name=None): graph = graph_of(input) input = graph.convert(input) return graph.inverse(_swap(input) if adjoint else input, name)",
""
],
[
"tf: operations",
"tf_operations.html#matrix_solve",
"matrix_solve",
"x with matrix @ x = rhs.",
"def matrix_solve(matrix, rhs, adjoint=False, name=None): graph = graph_of(matrix, rhs) matrix = graph.convert(matrix) return graph.solve(_swap(matrix) if adjoint else matrix, rhs, name)",
""
],
[
"tf: operations",
"tf_operations.html#norms",
"How long is a gradient?",
"How long is a gradient? A recurrent network's gradient can explode. Clip each of its parts, and you'd change its direction; so scale them all by the same factor.",
"def norm(tensor, ord=\"euclidean\", axis=None, keepdims=None, name=None): if ord == 1: return reduce_sum(abs(tensor), axis, keepdims, name) if ord not in (\"euclidean\", 2): raise ValueError(missing(f\"tf.norm with ord={ord!r}\")) return sqrt(reduce_sum(square(tensor), axis, keepdims), name)",
""
],
[
"tf: operations",
"tf_operations.html#norm",
"norm",
"The root of the sum of squares; ord=1 sums absolute values.",
"def norm(tensor, ord=\"euclidean\", axis=None, keepdims=None, name=None): if ord == 1: return reduce_sum(abs(tensor), axis, keepdims, name) if ord not in (\"euclidean\", 2): raise ValueError(missing(f\"tf.norm with ord={ord!r}\")) return sqrt(reduce_sum(square(tensor), axis, keepdims), name)",
""
],
[
"tf: operations",
"tf_operations.html#global_norm",
"global_norm",
"The norm of all tensors together; None among them doesn't count.",
"def global_norm(t_list, name=None): squares = [reduce_sum(square(t)) for t in t_list if t is not None] return sqrt(add_n(squares), name)",
""
],
[
"tf: operations",
"tf_operations.html#clip_by_global_norm",
"clip_by_global_norm",
"The tensors, scaled to have a norm of at most clip_norm; and their norm.",
"def clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None): whole = global_norm(t_list) if use_norm is None else use_norm factor = clip_norm / maximum(whole, clip_norm) return [None if t is None else multiply(t, factor) for t in t_list], whole",
""
],
[
"tf: operations",
"tf_operations.html#clip_by_norm",
"clip_by_norm",
"t, scaled so that its norm is at most clip_norm.",
"def clip_by_norm(t, clip_norm, axes=None, name=None): length = norm(t, axis=axes, keepdims=axes is not None) return multiply(t, clip_norm / maximum(length, clip_norm), name)",
""
],
[
"tf: operations",
"tf_operations.html#reductions",
"The mean of 1 and 2 is 1",
"The mean of 1 and 2 is 1 A reduction keeps the type, and 1.5 isn't an integer. So cast before you average: >>> one = tf.reduce_mean([1, 2]) >>> right = tf.reduce_mean(tf.cast([1, 2], tf.float32)) >>> print(*tf.Session().run([one, right])) 1 1.5 Those are all the operations. Next come the values that they start from.",
"def _reduction(method): @functools.wraps(method) def reduce( input_tensor, axis=None, keepdims=None, name=None, reduction_indices=None, keep_dims=None, ): axis = _either(\"axis\", axis, \"reduction_indices\", reduction_indices) kept = _either(\"keepdims\", keepdims, \"keep_dims\", keep_dims) or False graph = graph_of(input_tensor) x = graph.convert(input_tensor) if not is_whole(x): return method(graph, x, axis, kept, name) exact = graph.cast(x, float64) if method is BaseGraph.mean else x return _called(graph.cast(method(graph, exact, axis, kept), x.dtype), name) return reduce reduce_sum = _reduction(BaseGraph.sum) reduce_mean = _reduction(BaseGraph.mean) reduce_max = _reduction(BaseGraph.max) reduce_min = _reduction(BaseGraph.min)",
""
],
[
"tf: operations",
"tf_operations.html#argmax",
"argmax",
"The index of the largest element along axis, by default the first axis.",
"def argmax(input, axis=None, name=None, dimension=None, output_type=int64): return _arg(BaseGraph.argmax, input, axis, dimension, output_type, name)",
""
],
[
"tf: operations",
"tf_operations.html#argmin",
"argmin",
"The index of the smallest element along axis, by default the first axis.",
"def argmin(input, axis=None, name=None, dimension=None, output_type=int64): return _arg(BaseGraph.argmin, input, axis, dimension, output_type, name)",
""
],
[
"tf: operations",
"tf_operations.html#arg_max",
"arg_max",
"The index of the largest element along the axis dimension.",
"def arg_max(input, dimension, output_type=int64, name=None): return argmax(input, dimension, name, output_type=output_type)",
""
],
[
"tf: operations",
"tf_operations.html#arg_min",
"arg_min",
"The index of the smallest element along the axis dimension.",
"def arg_min(input, dimension, output_type=int64, name=None): return argmin(input, dimension, name, output_type=output_type) def _arg(method, input, axis, dimension, output_type, name): axis = _either(\"axis\", axis, \"dimension\", dimension) graph = graph_of(input) index = method(graph, input, 0 if axis is None else axis) return _called(graph.cast(index, as_dtype(output_type)), name) def _called(tensor, name): return tensor if name is None else tensor.graph.identity(tensor, name)",
""
],
[
"tf: values",
"tf_values.html#where-do-values-come-from",
"Where do values come from?",
"Where do values come from? You feed them, a session keeps them, the graph holds them, or chance draws them. One thing may surprise you. Give a constant too few numbers for its shape, and it repeats the last one: >>> import tf >>> with tf.Session() as sess: ... sess.run(tf.constant([1, 2], shape=[2, 3])).tolist() [[1, 2, 2], [2, 2, 2]]",
"import numpy import ops from graph import Graph as BaseGraph from tensor import FRAMEWORK from tensor import Tensor as BaseTensor from tf.datatypes import as_dtype, float32, float64, type_or_none from tf.graphs import get_default_graph, graph_of, seeded from tf.operations import add, multiply FRAMEWORK.add(__name__) __all__ = [\"Variable\", \"constant\", \"fill\", \"ones\", \"ones_like\", \"placeholder\"] __all__ += [\"random_normal\", \"random_uniform\", \"truncated_normal\"] __all__ += [\"zeros\", \"zeros_like\"]",
""
],
[
"tf: values",
"tf_values.html#placeholder",
"placeholder",
"A tensor whose value you feed in each run.",
"def placeholder(dtype, shape=None, name=None): return get_default_graph().placeholder(shape, as_dtype(dtype), name)",
""
],
[
"tf: values",
"tf_values.html#_Variables",
"_Variables",
"isinstance(x, tf.Variable) asks whether a tensor is a variable.",
"class _Variables(type): def __instancecheck__(cls, x): return isinstance(x, BaseTensor) and x.kind == \"variable\"",
""
],
[
"tf: values",
"tf_values.html#Variable",
"Variable",
"A tensor whose value the session keeps from run to run. initial_value is numbers, a tensor, or a function that returns either. Raises ValueError there's no initial value.",
"class Variable(metaclass=_Variables): def __new__( cls, initial_value=None, trainable=True, collections=None, validate_shape=True, caching_device=None, name=None, variable_def=None, dtype=None, ): if initial_value is None: raise ValueError(\"initial_value must be specified.\") if callable(initial_value): initial_value = initial_value() graph = graph_of(initial_value) variable = graph.variable(initial_value, name, trainable, type_or_none(dtype)) for key in collections or (): graph.collections.setdefault(key, []).append(variable) return variable",
""
],
[
"tf: values",
"tf_values.html#S72",
"TextOp",
"Text is a value, too, though you can't compute with it.",
"class TextOp(ops.BaseOp): kind = \"text\" def compute(self, np): return self.text def infer_shape(self): return () def infer_dtype(self): return numpy.dtype(object)",
""
],
[
"tf: values",
"tf_values.html#TextOp",
"TextOp",
"A constant text, as bytes.",
"class TextOp(ops.BaseOp): kind = \"text\" def compute(self, np): return self.text def infer_shape(self): return () def infer_dtype(self): return numpy.dtype(object)",
""
],
[
"tf: values",
"tf_values.html#constant",
"constant",
"A constant, of the shape shape if you give one. If it needs more numbers, it repeats the last one; too many raise a ValueError.",
"def constant(value, dtype=None, shape=None, name=None): graph = get_default_graph() if isinstance(value, (str, bytes)): text = value.encode() if isinstance(value, str) else value return TextOp([], graph, name, text=text).output if shape is None: return graph.constant(value, name, type_or_none(dtype)) dtype, what = type_or_none(dtype), name or \"constant\" array = numpy.ravel(graph.data(value, dtype, what)) missing = int(numpy.prod(shape)) - array.size if missing \u003c 0: raise ValueError( f\"Too many elements provided. Takes at most {numpy.prod(shape)}, but got \" f\"{array.size}.\" ) array = numpy.pad(array, (0, missing), mode=\"edge\").reshape(shape) return graph.constant(array, name)",
""
],
[
"tf: values",
"tf_values.html#fill",
"fill",
"A tensor of the shape dims, filled with value.",
"def fill(dims, value, name=None): graph = graph_of(value, dims) return graph.broadcast_to(graph.convert(value), dims, name)",
""
],
[
"tf: values",
"tf_values.html#zeros",
"zeros",
"Zeros of a shape, which can contain tensors.",
"def zeros(shape, dtype=float32, name=None): return fill(shape, numpy.zeros((), as_dtype(dtype)), name)",
""
],
[
"tf: values",
"tf_values.html#ones",
"ones",
"Ones of a shape, which can contain tensors.",
"def ones(shape, dtype=float32, name=None): return fill(shape, numpy.ones((), as_dtype(dtype)), name)",
""
],
[
"tf: values",
"tf_values.html#zeros_like",
"zeros_like",
"Zeros of the same shape as tensor.",
"def zeros_like(tensor, dtype=None, name=None): return _like(BaseGraph.zeros_like, tensor, dtype, name)",
""
],
[
"tf: values",
"tf_values.html#ones_like",
"ones_like",
"Ones of the same shape as tensor.",
"def ones_like(tensor, dtype=None, name=None): return _like(BaseGraph.ones_like, tensor, dtype, name) def _like(method, tensor, dtype, name): graph = graph_of(tensor) tensor = graph.convert(tensor) return method(graph, graph.cast(tensor, type_or_none(dtype) or tensor.dtype), name)",
""
],
[
"tf: values",
"tf_values.html#random-numbers",
"A seed seeds all sessions",
"A seed seeds all sessions Only the first seed that you give to an operation counts, and it seeds whole sessions. With values and operations you can build networks; tf.nn helps.",
"def random_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None): drawn = seeded(shape, seed).random_normal(shape, dtype=as_dtype(dtype)) return add(multiply(drawn, stddev), mean, name)",
""
],
[
"tf: values",
"tf_values.html#random_normal",
"random_normal",
"Normally distributed numbers.",
"def random_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None): drawn = seeded(shape, seed).random_normal(shape, dtype=as_dtype(dtype)) return add(multiply(drawn, stddev), mean, name)",
""
],
[
"tf: values",
"tf_values.html#truncated_normal",
"truncated_normal",
"Normally distributed numbers, none more than two stddev from mean.",
"def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=float32, seed=None, name=None): drawn = seeded(shape, seed).truncated_normal(shape, dtype=as_dtype(dtype)) return add(multiply(drawn, stddev), mean, name)",
""
],
[
"tf: values",
"tf_values.html#random_uniform",
"random_uniform",
"Uniform numbers from minval up to maxval, by default 1. Raises ValueError dtype is an integer type, and there's no maxval.",
"def random_uniform(shape, minval=0, maxval=None, dtype=float32, seed=None, name=None): graph, dtype = seeded(shape, seed), as_dtype(dtype) if dtype.kind == \"f\": drawn = graph.random_uniform(shape, dtype=dtype) return add(minval, ((1 if maxval is None else maxval) - minval) * drawn, name) if maxval is None: raise ValueError(f\"Must specify maxval for integer dtype {dtype}\") drawn = (maxval - minval) * graph.random_uniform(shape, dtype=float64) return graph.cast(minval + graph.floordiv(drawn, 1), dtype, name)",
""
],
[
"tf.nn",
"tf_nn.html#one-loss-for-each-example-tfnn",
"One loss for each example: tf.nn",
"One loss for each example: tf.nn A trap, if you know PyTorch or our own losses: those take the mean over the batch. TensorFlow's cross-entropies don't: >>> import tf >>> losses = tf.nn.sparse_softmax_cross_entropy_with_logits( ... labels=[0, 1], logits=[[0.0, 0.0], [0.0, 1.0]] ... ) >>> with tf.Session() as sess: ... print(*(f\"{loss:.4f}\" for loss in sess.run(losses))) 0.6931 0.3133 Minimize losses, and you minimize their sum: with a batch of 64, your steps are 64 times too long. Minimize tf.reduce_mean(losses). Losses derives the formulas. Next: gradients and updates.",
"import math import typing from graph import Graph as BaseGraph from tensor import FRAMEWORK from tensor import Tensor as BaseTensor from tf.datatypes import float64, int32, is_whole from tf.graphs import as_list, graph_of, seeded from tf.names import missing from tf.operations import ( add, cast, clip_by_value, concat, divide, gather, matmul, multiply, named, reduce_sum, rsqrt, sigmoid, square, stop_gradient, tanh, ) FRAMEWORK.add(__name__) __all__ = [\"bias_add\", \"dropout\", \"l2_loss\", \"log_softmax\", \"relu\", \"sigmoid\"] __all__ += [\"sigmoid_cross_entropy_with_logits\", \"softmax\"] __all__ += [\"softmax_cross_entropy_with_logits\"] __all__ += [\"softmax_cross_entropy_with_logits_v2\", \"softplus\"] __all__ += [\"sparse_softmax_cross_entropy_with_logits\", \"tanh\"] __all__ += [\"avg_pool\", \"batch_normalization\", \"conv2d\", \"conv2d_transpose\"] __all__ += [\"elu\", \"embedding_lookup\", \"in_top_k\", \"l2_normalize\", \"leaky_relu\"] __all__ += [\"max_pool\", \"moments\", \"nce_loss\", \"relu6\", \"sampled_softmax_loss\"] __all__ += [\"top_k\", \"xw_plus_b\"]",
""
],
[
"tf.nn",
"tf_nn.html#S59",
"One loss for each example: tf.nn",
"These are in tf/rnn.py, which uses this module.",
"RECURRENT = (\"bidirectional_dynamic_rnn\", \"dynamic_rnn\", \"static_bidirectional_rnn\") RECURRENT += (\"static_rnn\",) relu = named(BaseGraph.relu, \"features\") softplus = named(BaseGraph.softplus, \"features\")",
""
],
[
"tf.nn",
"tf_nn.html#softmax",
"softmax",
"Probabilities: positive, with sum 1 over axis, by default the last.",
"def softmax(logits, axis=None, name=None, dim=-1): return graph_of(logits).softmax(logits, dim if axis is None else axis, name)",
""
],
[
"tf.nn",
"tf_nn.html#log_softmax",
"log_softmax",
"The logarithm of the softmax.",
"def log_softmax(logits, axis=None, name=None, dim=-1): return graph_of(logits).log_softmax(logits, dim if axis is None else axis, name)",
""
],
[
"tf.nn",
"tf_nn.html#softmax_cross_entropy_with_logits",
"softmax_cross_entropy_with_logits",
"-sum(labels * log(softmax(logits))), with labels held constant.",
"def softmax_cross_entropy_with_logits(labels=None, logits=None, *, name=None): labels = stop_gradient(labels) return softmax_cross_entropy_with_logits_v2(labels, logits, name=name)",
""
],
[
"tf.nn",
"tf_nn.html#softmax_cross_entropy_with_logits_v2",
"softmax_cross_entropy_with_logits_v2",
"-sum(labels * log(softmax(logits))), over the last axis.",
"def softmax_cross_entropy_with_logits_v2(labels=None, logits=None, *, name=None): graph = graph_of(logits, labels) labels = graph.cast(labels, graph.convert(logits).dtype) return graph.softmax_cross_entropy(logits, labels, name, mean=False)",
""
],
[
"tf.nn",
"tf_nn.html#sparse_softmax_cross_entropy_with_logits",
"sparse_softmax_cross_entropy_with_logits",
"-log(softmax(logits)) at the labels, which are indices of classes. Raises TypeError the labels aren't integers. ValueError their rank isn't one less than that of the logits.",
"def sparse_softmax_cross_entropy_with_logits(labels=None, logits=None, name=None): graph = graph_of(logits, labels) labels, logits = graph.convert(labels, int32), graph.convert(logits) if not is_whole(labels): raise TypeError(f\"labels are integers, one for each example, got {labels!r}\") if None not in (labels.rank, logits.rank) and labels.rank != logits.rank - 1: raise ValueError( \"`labels.shape.rank` must equal `logits.shape.rank - 1`. Received: \" f\"{labels!r} and {logits!r}\" ) return graph.softmax_cross_entropy(logits, labels, name, mean=False)",
""
],
[
"tf.nn",
"tf_nn.html#sigmoid_cross_entropy_with_logits",
"sigmoid_cross_entropy_with_logits",
"-labels log(sigmoid(logits)) - (1 - labels) log(1 - sigmoid(logits)).",
"def sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None): graph = graph_of(logits, labels) return graph.sigmoid_cross_entropy(logits, labels, name, mean=False)",
""
],
[
"tf.nn",
"tf_nn.html#l2_loss",
"l2_loss",
"Half the sum of the squares of all elements.",
"def l2_loss(t, name=None): return divide(reduce_sum(square(t)), 2, name)",
""
],
[
"tf.nn",
"tf_nn.html#bias_add",
"bias_add",
"value plus a vector along its last axis. Raises ValueError bias isn't a vector of that axis's size.",
"def bias_add(value, bias, *, name=None): graph = graph_of(value, bias) value, bias = graph.convert(value), graph.convert(bias) if bias.rank not in (None, 1): raise ValueError(f\"Shape must be rank 1 but is rank {bias.rank}: {bias!r}\") if value.rank and bias.rank: last, size = value.dims[-1], bias.dims[0] if isinstance(last, int) and isinstance(size, int) and last != size: raise ValueError( f\"Dimensions must be equal, but are {last} and {size}: the last \" f\"axis of {value!r}, and {bias!r}\" ) return graph.add(value, bias, name)",
""
],
[
"tf.nn",
"tf_nn.html#dropout",
"dropout",
"Each element divided by keep_prob, with that probability; else 0. You can give rate instead, the probability of 0. Raises ValueError you give neither or both, or a number out of range.",
"def dropout(x, keep_prob=None, *, seed=None, name=None, rate=None): if keep_prob is None and rate is None: raise ValueError(\"`rate` must be provided. Received: rate=None\") if keep_prob is not None and rate is not None: raise ValueError(\"only one of `keep_prob` and `rate` may be given\") keep_prob = 1 - rate if keep_prob is None else keep_prob if not isinstance(keep_prob, BaseTensor) and not 0 \u003c keep_prob \u003c= 1: raise ValueError( \"`rate` must be a scalar tensor or a float in the range [0, 1). \" f\"Received: rate={1 - keep_prob}\" ) seeded(x, seed) return graph_of(x).dropout(x, keep_prob, name)",
""
],
[
"tf.nn",
"tf_nn.html#leaky_relu",
"leaky_relu",
"x where it's positive, else alpha times x.",
"def leaky_relu(features, alpha=0.2, name=None): graph = graph_of(features) return graph.maximum(multiply(features, alpha), features, name)",
""
],
[
"tf.nn",
"tf_nn.html#relu6",
"relu6",
"x, limited to the range from 0 to 6.",
"def relu6(features, name=None): return clip_by_value(features, 0.0, 6.0, name)",
""
],
[
"tf.nn",
"tf_nn.html#elu",
"elu",
"x where it's positive, else e^x - 1.",
"def elu(features, name=None): graph = graph_of(features) x = graph.convert(features) below = graph.exp(graph.minimum(x, 0.0)) - 1 return graph.where(x > 0, x, below, name)",
""
],
[
"tf.nn",
"tf_nn.html#l2_normalize",
"l2_normalize",
"x, divided by its norm along axis.",
"def l2_normalize(x, axis=None, epsilon=1e-12, name=None, dim=None): squares = reduce_sum(square(x), dim if axis is None else axis, keepdims=True) return multiply(x, rsqrt(graph_of(x).maximum(squares, epsilon)), name)",
""
],
[
"tf.nn",
"tf_nn.html#xw_plus_b",
"xw_plus_b",
"x @ weights + biases.",
"def xw_plus_b(x, weights, biases, name=None): return bias_add(matmul(x, weights), biases, name=name)",
""
],
[
"tf.nn",
"tf_nn.html#embedding_lookup",
"embedding_lookup",
"The rows of a table, by number.",
"def embedding_lookup(params, ids, partition_strategy=\"mod\", name=None): if isinstance(params, (list, tuple)): (params,) = params return gather(params, ids, name=name)",
""
],
[
"tf.nn",
"tf_nn.html#top_k",
"top_k",
"The k largest along the last axis, and their indices.",
"def top_k(input, k=1, sorted=True, name=None): graph = graph_of(input) values, indices = graph.top_k(input, k, name) return TopK(values, graph.cast(indices, int32))",
""
],
[
"tf.nn",
"tf_nn.html#TopK",
"TopK",
"What tf.nn.top_k returns.",
"class TopK(typing.NamedTuple): values: BaseTensor indices: BaseTensor",
""
],
[
"tf.nn",
"tf_nn.html#in_top_k",
"in_top_k",
"Whether each target, a number of a class, is among the k best predictions.",
"def in_top_k(predictions, targets, k, name=None): graph = graph_of(predictions, targets) predictions = graph.convert(predictions) own = graph.one_hot(targets, predictions.dims[-1], predictions.dtype) * predictions better = predictions > reduce_sum(own, -1, keepdims=True) return graph.less(reduce_sum(cast(better, int32), -1), k, name)",
""
],
[
"tf.nn",
"tf_nn.html#images",
"Images",
"Images Convolution and pooling are ours. TensorFlow writes strides and sizes with a number for each of the four axes, where those for batch and channels are 1.",
"def _pair(given, what, data_format): if data_format not in (None, \"NHWC\"): raise ValueError(missing(f\"tf.nn with data_format={data_format!r}\")) pair = as_list(given) if len(pair) == 4: if (pair[0], pair[3]) != (1, 1): raise ValueError(f\"{what} are [1, rows, columns, 1], got {given}\") pair = pair[1:3] return pair[0] if len(pair) == 1 else tuple(pair)",
""
],
[
"tf.nn",
"tf_nn.html#conv2d",
"conv2d",
"filter slid over images: (batch, rows, columns, channels).",
"def conv2d( input, filter=None, strides=1, padding=\"SAME\", use_cudnn_on_gpu=True, data_format=\"NHWC\", dilations=1, name=None, filters=None, ): filter = filters if filter is None else filter strides = _pair(strides, \"strides\", data_format) dilations = _pair(dilations, \"dilations\", data_format) graph = graph_of(input, filter) return graph.conv2d(input, filter, strides, padding, dilations, name)",
""
],
[
"tf.nn",
"tf_nn.html#conv2d_transpose",
"conv2d_transpose",
"The gradient of conv2d, used by itself: it makes images larger.",
"def conv2d_transpose( value, filter=None, output_shape=None, strides=1, padding=\"SAME\", data_format=\"NHWC\", name=None, input=None, filters=None, ): value = input if value is None else value filter = filters if filter is None else filter strides = _pair(strides, \"strides\", data_format) graph = graph_of(value, filter, *as_list(output_shape)) return graph.conv2d_transpose( value, filter, output_shape, strides, padding, name=name )",
""
],
[
"tf.nn",
"tf_nn.html#max_pool",
"max_pool",
"The largest of each window.",
"def max_pool(value, ksize, strides, padding, data_format=\"NHWC\", name=None, input=None): value = input if value is None else value window = (_pair(n, \"sizes\", data_format) for n in (ksize, strides)) return graph_of(value).max_pool(value, *window, padding, name)",
""
],
[
"tf.nn",
"tf_nn.html#avg_pool",
"avg_pool",
"The mean of each window.",
"def avg_pool(value, ksize, strides, padding, data_format=\"NHWC\", name=None, input=None): value = input if value is None else value window = (_pair(n, \"sizes\", data_format) for n in (ksize, strides)) return graph_of(value).avg_pool(value, *window, padding, name)",
""
],
[
"tf.nn",
"tf_nn.html#moments",
"moments",
"The mean and the variance of x over axes.",
"def moments(x, axes, shift=None, name=None, keep_dims=None, keepdims=None): kept = bool(keep_dims if keepdims is None else keepdims) return graph_of(x).moments(x, axes, kept)",
""
],
[
"tf.nn",
"tf_nn.html#batch_normalization",
"batch_normalization",
"(x - mean) / sqrt(variance + epsilon) * scale + offset.",
"def batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None): given = x, mean, variance, offset, scale, variance_epsilon, name return graph_of(x, mean, variance).batch_normalization(*given)",
""
],
[
"tf.nn",
"tf_nn.html#sampling",
"A vocabulary is too large for a softmax",
"A vocabulary is too large for a softmax To predict one of 50,000 words, you'd compute 50,000 logits for each example. Noise-contrastive estimation asks less: tell the true word from a few that are drawn at random, frequent ones more often. Words are numbered by how frequent they are, so we draw number k with probability lnk+2k+1/ln(classes+1). Each logit loses the logarithm of how often its word is expected among those drawn. (TensorFlow draws until all are different; we draw independently.)",
"k \\ln \\frac{k+2}{k+1} / \\ln(\\text{classes} + 1) k \\ln\\frac{k+2}{k+1}/\\ln(\\text{classes}+1) def _sampled_logits( weights, biases, labels, inputs, num_sampled, num_classes, num_true, seed ): graph = graph_of(weights, inputs) labels = graph.reshape(cast(labels, int32), (-1, num_true)) drawn = seeded(inputs, seed).random_uniform((num_sampled,), dtype=float64) drawn = graph.floor(graph.exp(drawn * math.log(num_classes + 1))) - 1 drawn = cast(clip_by_value(drawn, 0, num_classes - 1), int32) def expected(classes): k = cast(classes, inputs.dtype) share = graph.log((k + 2) / (k + 1)) / math.log(num_classes + 1) return graph.log(share * num_sampled) rows = gather(weights, labels) true = reduce_sum(rows * graph.expand_dims(inputs, 1), -1) true = true + gather(biases, labels) - expected(labels) sampled = matmul(inputs, gather(weights, drawn), transpose_b=True) sampled = sampled + gather(biases, drawn) - expected(drawn) return true, sampled, graph.equal(labels, drawn)",
"Noise-contrastive estimation"
],
[
"tf.nn",
"tf_nn.html#_sampled_logits",
"_sampled_logits",
"Logits of the true classes and of random ones, and which of these are true.",
"def _sampled_logits( weights, biases, labels, inputs, num_sampled, num_classes, num_true, seed ): graph = graph_of(weights, inputs) labels = graph.reshape(cast(labels, int32), (-1, num_true)) drawn = seeded(inputs, seed).random_uniform((num_sampled,), dtype=float64) drawn = graph.floor(graph.exp(drawn * math.log(num_classes + 1))) - 1 drawn = cast(clip_by_value(drawn, 0, num_classes - 1), int32) def expected(classes): k = cast(classes, inputs.dtype) share = graph.log((k + 2) / (k + 1)) / math.log(num_classes + 1) return graph.log(share * num_sampled) rows = gather(weights, labels) true = reduce_sum(rows * graph.expand_dims(inputs, 1), -1) true = true + gather(biases, labels) - expected(labels) sampled = matmul(inputs, gather(weights, drawn), transpose_b=True) sampled = sampled + gather(biases, drawn) - expected(drawn) return true, sampled, graph.equal(labels, drawn)",
""
],
[
"tf.nn",
"tf_nn.html#nce_loss",
"nce_loss",
"How badly each example's true classes are told from num_sampled random ones.",
"def nce_loss( weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None, remove_accidental_hits=False, partition_strategy=\"mod\", name=\"nce_loss\", seed=None, ): given = weights, biases, labels, inputs, num_sampled, num_classes, num_true, seed true, sampled, _ = _sampled_logits(*given) graph = true.graph ours = graph.sigmoid_cross_entropy( true, graph.ones_like(true) / num_true, mean=False ) others = graph.sigmoid_cross_entropy(sampled, graph.zeros_like(sampled), mean=False) return add(reduce_sum(ours, -1), reduce_sum(others, -1), name)",
""
],
[
"tf.nn",
"tf_nn.html#sampled_softmax_loss",
"sampled_softmax_loss",
"The cross-entropy of the true class against num_sampled random ones.",
"def sampled_softmax_loss( weights, biases, labels, inputs, num_sampled, num_classes, num_true=1, sampled_values=None, remove_accidental_hits=True, partition_strategy=\"mod\", name=\"sampled_softmax_loss\", seed=None, ): if num_true != 1: raise ValueError(f\"sampled_softmax_loss takes one true class, got {num_true}\") given = weights, biases, labels, inputs, num_sampled, num_classes, num_true, seed true, sampled, hit = _sampled_logits(*given) if remove_accidental_hits: sampled = true.graph.where(hit, -1e30, sampled) logits = concat([true, sampled], -1) first = true.graph.zeros_like(true[:, 0]) return sparse_softmax_cross_entropy_with_logits(cast(first, int32), logits, name) def __getattr__(name): if name in RECURRENT or name == \"rnn_cell\": from tf import rnn return rnn if name == \"rnn_cell\" else getattr(rnn, name) raise AttributeError(missing(f\"tf.nn.{name}\"))",
""
],
[
"tf.layers",
"tf_layers.html#a-layer-in-one-line-tflayers",
"A layer in one line: tf.layers",
"A layer in one line: tf.layers You've written relu(x @ W + b) often enough, and made its variables each time. A layer makes them for you: it takes a tensor, looks at its shape, and returns what comes behind. >>> import tf >>> x = tf.placeholder(tf.float32, [None, 28, 28, 1], name=\"x\") >>> h = tf.layers.conv2d(x, 6, 5, activation=tf.nn.relu) >>> h = tf.layers.flatten(tf.layers.max_pooling2d(h, 2, 2)) >>> logits = tf.layers.dense(h, 10, name=\"logits\") >>> [(v.name, v.shape) for v in tf.global_variables()][::2] [('conv2d/kernel', (5, 5, 1, 6)), ('logits/kernel', (864, 10))]",
"from tensor import FRAMEWORK from tensor import Tensor as BaseTensor from tf import nn from tf.collections import GraphKeys, add_to_collection from tf.flow import cond from tf.graphs import as_list, graph_of from tf.names import missing from tf.operations import reshape from tf.scopes import get_variable, ones_initializer, variable_scope, zeros_initializer from tf.updates import assign FRAMEWORK.add(__name__) __all__ = [\"average_pooling2d\", \"batch_normalization\", \"conv2d\", \"conv2d_transpose\"] __all__ += [\"dense\", \"dropout\", \"flatten\", \"max_pooling2d\"] def _variable(name, shape, initializer, regularizer=None, trainable=True): variable = get_variable(name, shape, initializer=initializer, trainable=trainable) if regularizer is not None: add_to_collection(GraphKeys.REGULARIZATION_LOSSES, regularizer(variable)) return variable def _activated(x, activation): return x if activation is None else activation(x)",
"layer"
],
[
"tf.layers",
"tf_layers.html#dense",
"dense",
"activation(inputs @ kernel + bias), over the last axis.",
"def dense( inputs, units, activation=None, use_bias=True, kernel_initializer=None, bias_initializer=zeros_initializer, kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True, name=None, reuse=None, ): inputs = graph_of(inputs).convert(inputs) with variable_scope(name, \"dense\", reuse=reuse): shape = [inputs.get_shape()[-1].value, units] kernel = _variable( \"kernel\", shape, kernel_initializer, kernel_regularizer, trainable ) outputs = inputs.graph.dot(inputs, kernel) if use_bias: bias = _variable( \"bias\", [units], bias_initializer, bias_regularizer, trainable ) outputs = nn.bias_add(outputs, bias) return _activated(outputs, activation)",
""
],
[
"tf.layers",
"tf_layers.html#conv2d",
"conv2d",
"activation(conv2d(inputs, kernel) + bias), over images.",
"def conv2d( inputs, filters, kernel_size, strides=1, padding=\"valid\", data_format=\"channels_last\", dilation_rate=1, activation=None, use_bias=True, kernel_initializer=None, bias_initializer=zeros_initializer, kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True, name=None, reuse=None, ): _check_format(data_format) inputs = graph_of(inputs).convert(inputs) with variable_scope(name, \"conv2d\", reuse=reuse): shape = [*_pair(kernel_size), inputs.get_shape()[-1].value, filters] kernel = _variable( \"kernel\", shape, kernel_initializer, kernel_regularizer, trainable ) slide = _pair(strides), padding.upper(), _pair(dilation_rate) outputs = inputs.graph.conv2d(inputs, kernel, *slide) if use_bias: bias = _variable( \"bias\", [filters], bias_initializer, bias_regularizer, trainable ) outputs = nn.bias_add(outputs, bias) return _activated(outputs, activation)",
""
],
[
"tf.layers",
"tf_layers.html#conv2d_transpose",
"conv2d_transpose",
"activation(conv2d_transpose(inputs, kernel) + bias): larger images.",
"def conv2d_transpose( inputs, filters, kernel_size, strides=1, padding=\"valid\", data_format=\"channels_last\", activation=None, use_bias=True, kernel_initializer=None, bias_initializer=zeros_initializer, kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True, name=None, reuse=None, ): _check_format(data_format) inputs = graph_of(inputs).convert(inputs) graph, padding = inputs.graph, padding.upper() with variable_scope(name, \"conv2d_transpose\", reuse=reuse): size, strides = _pair(kernel_size), _pair(strides) shape = [*size, filters, inputs.get_shape()[-1].value] kernel = _variable( \"kernel\", shape, kernel_initializer, kernel_regularizer, trainable ) batch, *pixels = inputs.get_shape().as_list()[:3] larger = [ n * stride + (max(k - stride, 0) if padding == \"VALID\" else 0) for n, stride, k in zip(pixels, strides, size) ] batch = graph.shape(inputs)[0] if batch is None else batch outputs = graph.conv2d_transpose( inputs, kernel, [batch, *larger, filters], strides, padding ) if use_bias: bias = _variable( \"bias\", [filters], bias_initializer, bias_regularizer, trainable ) outputs = nn.bias_add(outputs, bias) return _activated(outputs, activation) def _pair(given): pair = as_list(given) return tuple(pair * 2 if len(pair) == 1 else pair) def _check_format(data_format): if data_format != \"channels_last\": raise ValueError(missing(f\"tf.layers with data_format={data_format!r}\"))",
""
],
[
"tf.layers",
"tf_layers.html#max_pooling2d",
"max_pooling2d",
"The largest of each window.",
"def max_pooling2d( inputs, pool_size, strides, padding=\"valid\", data_format=\"channels_last\", name=None ): _check_format(data_format) window = _pair(pool_size), _pair(strides), padding.upper() return graph_of(inputs).max_pool(inputs, *window, name)",
""
],
[
"tf.layers",
"tf_layers.html#average_pooling2d",
"average_pooling2d",
"The mean of each window.",
"def average_pooling2d( inputs, pool_size, strides, padding=\"valid\", data_format=\"channels_last\", name=None ): _check_format(data_format) window = _pair(pool_size), _pair(strides), padding.upper() return graph_of(inputs).avg_pool(inputs, *window, name)",
""
],
[
"tf.layers",
"tf_layers.html#flatten",
"flatten",
"Each example as a row.",
"def flatten(inputs, name=None): inputs = graph_of(inputs).convert(inputs) sizes = inputs.get_shape().as_list()[1:] if None in sizes: raise ValueError(f\"flatten needs all sizes but the first of {inputs!r}\") size = 1 for n in sizes: size *= n return reshape(inputs, [-1, size], name)",
""
],
[
"tf.layers",
"tf_layers.html#while-training-and-after",
"While training, and after",
"While training, and after Dropout and batch normalization are for training only, so both ask: is this training? Say so by True, or by a placeholder, and use one graph for both.",
"def _chosen(training, then, otherwise): if isinstance(training, BaseTensor): return cond(training, then, otherwise) return then() if training else otherwise()",
""
],
[
"tf.layers",
"tf_layers.html#dropout",
"dropout",
"While training, 0 with the probability rate, and the rest larger to match.",
"def dropout(inputs, rate=0.5, noise_shape=None, seed=None, training=False, name=None): inputs = graph_of(inputs).convert(inputs) return _chosen( training, lambda: nn.dropout(inputs, rate=rate, seed=seed), lambda: inputs.graph.identity(inputs, name), )",
""
],
[
"tf.layers",
"tf_layers.html#S223",
"batch_normalization",
"Batch normalization averages means and variances while it trains, for later. Those two assignments aren't part of your step, unless you make them so: they're in the collection tf.GraphKeys.UPDATE_OPS.",
"def batch_normalization( inputs, axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True, beta_initializer=zeros_initializer, gamma_initializer=ones_initializer, moving_mean_initializer=zeros_initializer, moving_variance_initializer=ones_initializer, beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, training=False, trainable=True, name=None, reuse=None, ): inputs = graph_of(inputs).convert(inputs) if axis not in (-1, inputs.rank - 1): raise ValueError(missing(f\"tf.layers.batch_normalization with axis={axis}\")) size = [inputs.get_shape()[-1].value] with variable_scope(name, \"batch_normalization\", reuse=reuse): gamma = beta = None if scale: gamma = _variable( \"gamma\", size, gamma_initializer, gamma_regularizer, trainable ) if center: beta = _variable( \"beta\", size, beta_initializer, beta_regularizer, trainable ) moving = [ _variable(\"moving_mean\", size, moving_mean_initializer, trainable=False), _variable( \"moving_variance\", size, moving_variance_initializer, trainable=False ), ] axes = tuple(range(inputs.rank - 1)) batch = inputs.graph.moments(inputs, axes) mean, variance = _chosen(training, lambda: list(batch), lambda: list(moving)) if training is not False: if inputs.rank == 4:",
""
],
[
"tf.layers",
"tf_layers.html#batch_normalization",
"batch_normalization",
"Each channel with a mean of 0 and a variance of 1, then scaled and shifted. While training, by the batch's own mean and variance; else by moving averages.",
"def batch_normalization( inputs, axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True, beta_initializer=zeros_initializer, gamma_initializer=ones_initializer, moving_mean_initializer=zeros_initializer, moving_variance_initializer=ones_initializer, beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, training=False, trainable=True, name=None, reuse=None, ): inputs = graph_of(inputs).convert(inputs) if axis not in (-1, inputs.rank - 1): raise ValueError(missing(f\"tf.layers.batch_normalization with axis={axis}\")) size = [inputs.get_shape()[-1].value] with variable_scope(name, \"batch_normalization\", reuse=reuse): gamma = beta = None if scale: gamma = _variable( \"gamma\", size, gamma_initializer, gamma_regularizer, trainable ) if center: beta = _variable( \"beta\", size, beta_initializer, beta_regularizer, trainable ) moving = [ _variable(\"moving_mean\", size, moving_mean_initializer, trainable=False), _variable( \"moving_variance\", size, moving_variance_initializer, trainable=False ), ] axes = tuple(range(inputs.rank - 1)) batch = inputs.graph.moments(inputs, axes) mean, variance = _chosen(training, lambda: list(batch), lambda: list(moving)) if training is not False: if inputs.rank == 4:",
""
],
[
"tf.layers",
"tf_layers.html#S277",
"While training, and after",
"For images, TensorFlow divides by one less: an unbiased estimate.",
"number = inputs.graph.count(inputs, axes) variance_now = variance * (number / (number - 1)) else: variance_now = variance for average, now in zip(moving, (mean, variance_now)): update = assign(average, average * momentum + now * (1 - momentum)) add_to_collection(GraphKeys.UPDATE_OPS, update) return nn.batch_normalization(inputs, mean, variance, beta, gamma, epsilon) def __getattr__(name): raise AttributeError(missing(f\"tf.layers.{name}\"))",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#a-layer-that-remembers-recurrent-cells",
"A layer that remembers: recurrent cells",
"A layer that remembers: recurrent cells A recurrent cell reads one element of a sequence, and its own state from the element before. It returns an output, and the next state. Its weights are the same at each step: >>> import tf >>> x = tf.placeholder(tf.float32, [None, 7, 3], name=\"x\") >>> cell = tf.nn.rnn_cell.BasicLSTMCell(5) >>> outputs, state = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32) >>> outputs.shape, state.h.shape ((?, 7, 5), (?, 5)) >>> for v in tf.trainable_variables(): ... print(v.name, v.shape) rnn/basic_lstm_cell/kernel (8, 20) rnn/basic_lstm_cell/bias (20,) Part XI derives these cells, and why they forget.",
"import typing from tensor import FRAMEWORK from tensor import Tensor as BaseTensor from tf.datatypes import float32, int32 from tf.graphs import graph_of from tf.names import Listed, missing from tf.nn import bias_add, dropout, sigmoid, tanh from tf.operations import concat, matmul, reverse, split, stack, where from tf.scopes import ( constant_initializer, get_variable, variable_scope, zeros_initializer, ) from tf.values import zeros FRAMEWORK.add(__name__) __all__ = [\"BasicLSTMCell\", \"BasicRNNCell\", \"DropoutWrapper\", \"GRUCell\", \"LSTMCell\"] __all__ += [\"LSTMStateTuple\", \"MultiRNNCell\", \"RNNCell\"]",
"cell"
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#LSTMStateTuple",
"LSTMStateTuple",
"The state of an LSTM: the cell's memory c, and its output h.",
"class LSTMStateTuple(typing.NamedTuple): c: BaseTensor h: BaseTensor",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#RNNCell",
"RNNCell",
"A cell; subclasses define call, state_size and output_size. Attributes scope where its variables are made, at its first use.",
"class RNNCell(Listed): kind, name, scope = \"rnn_cell\", None, None",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#RNNCell.__call__",
"RNNCell.__call__",
"The output and the next state, from an input (batch, features).",
"def __call__(self, inputs, state, scope=None): if self.scope is None: with variable_scope(self.name, self.kind) as self.scope: return self.call(inputs, state) with variable_scope(self.scope, reuse=True): return self.call(inputs, state)",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#RNNCell.zero_state",
"RNNCell.zero_state",
"A state of zeros.",
"def zero_state(self, batch_size, dtype=float32): return _zeros(self.state_size, batch_size, dtype)",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#RNNCell.linear",
"RNNCell.linear",
"The inputs side by side, times a kernel, plus a bias.",
"def linear(self, inputs, size, bias, prefix=\"\"): inputs = concat(inputs, 1) shape = [inputs.get_shape()[1].value, size] kernel = get_variable(f\"{prefix}kernel\", shape) return bias_add( matmul(inputs, kernel), get_variable(f\"{prefix}bias\", [size], initializer=bias), ) def _zeros(size, batch_size, dtype): if isinstance(size, LSTMStateTuple): return LSTMStateTuple(*(_zeros(n, batch_size, dtype) for n in size)) if isinstance(size, tuple): return tuple(_zeros(n, batch_size, dtype) for n in size) return zeros([batch_size, size], dtype)",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#BasicRNNCell",
"BasicRNNCell",
"h = activation([x, h] W + b).",
"class BasicRNNCell(RNNCell): kind = \"basic_rnn_cell\" def __init__(self, num_units, activation=tanh, reuse=None, name=None): self.activation, self.name = activation, name self.state_size = self.output_size = num_units",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#BasicRNNCell.call",
"BasicRNNCell.call",
"See RNNCell.",
"def call(self, inputs, state): new = self.linear([inputs, state], self.output_size, zeros_initializer) new = self.activation(new) return new, new",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#S106",
"BasicLSTMCell",
"An LSTM keeps a memory c beside its output. Three gates, numbers from 0 to 1, decide what it lets in, what it keeps, and what it shows. To begin with, it should keep, so the forget gate gets a bias of 1.",
"class BasicLSTMCell(RNNCell): kind = \"basic_lstm_cell\" def __init__( self, num_units, forget_bias=1.0, state_is_tuple=True, activation=tanh, reuse=None, name=None, ): if not state_is_tuple: raise ValueError(missing(\"an LSTM with state_is_tuple=False\")) self.forget_bias, self.activation, self.name = forget_bias, activation, name self.state_size = LSTMStateTuple(num_units, num_units) self.output_size = num_units",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#BasicLSTMCell",
"BasicLSTMCell",
"c = sigmoid(f + 1) c + sigmoid(i) tanh(j), h = sigmoid(o) tanh(c).",
"class BasicLSTMCell(RNNCell): kind = \"basic_lstm_cell\" def __init__( self, num_units, forget_bias=1.0, state_is_tuple=True, activation=tanh, reuse=None, name=None, ): if not state_is_tuple: raise ValueError(missing(\"an LSTM with state_is_tuple=False\")) self.forget_bias, self.activation, self.name = forget_bias, activation, name self.state_size = LSTMStateTuple(num_units, num_units) self.output_size = num_units",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#BasicLSTMCell.call",
"BasicLSTMCell.call",
"See RNNCell.",
"def call(self, inputs, state): c, h = state gates = self.linear([inputs, h], 4 * self.output_size, zeros_initializer) i, j, f, o = split(gates, 4, 1) c = c * sigmoid(f + self.forget_bias) + sigmoid(i) * self.activation(j) h = self.activation(c) * sigmoid(o) return h, LSTMStateTuple(c, h)",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#LSTMCell",
"LSTMCell",
"A BasicLSTMCell under another name.",
"class LSTMCell(BasicLSTMCell): kind = \"lstm_cell\"",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#S147",
"GRUCell",
"A GRU has one state, and two gates: r decides how much of it the new candidate sees, and u how much of it stays.",
"class GRUCell(RNNCell): kind = \"gru_cell\" def __init__(self, num_units, activation=tanh, reuse=None, name=None): self.activation, self.name = activation, name self.state_size = self.output_size = num_units",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#GRUCell",
"GRUCell",
"h = u h + (1 - u) tanh([x, r h] W + b).",
"class GRUCell(RNNCell): kind = \"gru_cell\" def __init__(self, num_units, activation=tanh, reuse=None, name=None): self.activation, self.name = activation, name self.state_size = self.output_size = num_units",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#GRUCell.call",
"GRUCell.call",
"See RNNCell.",
"def call(self, inputs, state): size, one = self.output_size, constant_initializer(1.0) r, u = split( sigmoid(self.linear([inputs, state], 2 * size, one, \"gates/\")), 2, 1 ) candidate = [inputs, r * state], size, zeros_initializer, \"candidate/\" new = u * state + (1 - u) * self.activation(self.linear(*candidate)) return new, new",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#MultiRNNCell",
"MultiRNNCell",
"Cells on top of each other: each reads the output of the one below.",
"class MultiRNNCell(RNNCell): kind = \"multi_rnn_cell\" def __init__(self, cells, state_is_tuple=True): self.cells = list(cells) self.state_size = tuple(cell.state_size for cell in self.cells) self.output_size = self.cells[-1].output_size",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#MultiRNNCell.call",
"MultiRNNCell.call",
"See RNNCell.",
"def call(self, inputs, state): states = [] for i, (cell, own) in enumerate(zip(self.cells, state)): with variable_scope(f\"cell_{i}\"): inputs, new = cell(inputs, own) states.append(new) return inputs, tuple(states)",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#DropoutWrapper",
"DropoutWrapper",
"A cell with dropout before and behind it.",
"class DropoutWrapper(RNNCell): def __init__(self, cell, input_keep_prob=1.0, output_keep_prob=1.0, seed=None): self.cell, self.keep, self.seed = ( cell, (input_keep_prob, output_keep_prob), seed, ) self.state_size, self.output_size = cell.state_size, cell.output_size",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#DropoutWrapper.__call__",
"DropoutWrapper.__call__",
"See RNNCell.",
"def __call__(self, inputs, state, scope=None): before, behind = self.keep outputs, state = self.cell(dropout(inputs, before, seed=self.seed), state) return dropout(outputs, behind, seed=self.seed), state",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#unrolled",
"Unrolled",
"Unrolled static_rnn takes a list of inputs, one for each step, and calls the cell as often. dynamic_rnn takes a single tensor, and here it's unrolled as well, so it has to know how many steps there are. A sequence may end earlier than others: then the state stays as it is, and the outputs are 0.",
"def static_rnn( cell, inputs, initial_state=None, dtype=None, sequence_length=None, scope=None ): graph = graph_of(inputs) with variable_scope(scope, \"rnn\"): size = inputs[0].get_shape()[0].value size = graph.shape(inputs[0])[0] if size is None else size if initial_state is None: initial_state = cell.zero_state(size, dtype or inputs[0].dtype) state, outputs = initial_state, [] for step, x in enumerate(inputs): output, new = cell(x, state) if sequence_length is not None: lasts = graph.convert(sequence_length, int32) > step output = where(lasts, output, graph.zeros_like(output)) new = _kept(lasts, new, state) outputs.append(output) state = new return outputs, state",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#static_rnn",
"static_rnn",
"The outputs of cell for a list of inputs, and its last state.",
"def static_rnn( cell, inputs, initial_state=None, dtype=None, sequence_length=None, scope=None ): graph = graph_of(inputs) with variable_scope(scope, \"rnn\"): size = inputs[0].get_shape()[0].value size = graph.shape(inputs[0])[0] if size is None else size if initial_state is None: initial_state = cell.zero_state(size, dtype or inputs[0].dtype) state, outputs = initial_state, [] for step, x in enumerate(inputs): output, new = cell(x, state) if sequence_length is not None: lasts = graph.convert(sequence_length, int32) > step output = where(lasts, output, graph.zeros_like(output)) new = _kept(lasts, new, state) outputs.append(output) state = new return outputs, state",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#_kept",
"_kept",
"The new state where the sequence goes on, else the old one.",
"def _kept(lasts, new, old): if isinstance(new, tuple): parts = [_kept(lasts, *pair) for pair in zip(new, old)] return type(new)(*parts) if hasattr(new, \"_fields\") else tuple(parts) return where(lasts, new, old)",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#dynamic_rnn",
"dynamic_rnn",
"The outputs of cell for inputs (batch, steps, features), and its last state.",
"def dynamic_rnn( cell, inputs, sequence_length=None, initial_state=None, dtype=None, parallel_iterations=None, swap_memory=False, time_major=False, scope=None, ): inputs = graph_of(inputs).convert(inputs) axis = 0 if time_major else 1 steps = inputs.graph.unstack(inputs, axis) given = initial_state, dtype, sequence_length, scope outputs, state = static_rnn(cell, steps, *given) return stack(outputs, axis), state",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#S267",
"static_bidirectional_rnn",
"Read a sentence backwards too, and each word knows what comes after it.",
"def static_bidirectional_rnn( cell_fw, cell_bw, inputs, initial_state_fw=None, initial_state_bw=None, dtype=None, scope=None, ): with variable_scope(scope, \"bidirectional_rnn\"): ahead, state = static_rnn(cell_fw, inputs, initial_state_fw, dtype, scope=\"fw\") back, other = static_rnn( cell_bw, list(inputs)[::-1], initial_state_bw, dtype, scope=\"bw\" ) outputs = [concat(pair, 1) for pair in zip(ahead, back[::-1])] return outputs, state, other",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#static_bidirectional_rnn",
"static_bidirectional_rnn",
"The outputs of two cells, one for each direction, side by side; their states.",
"def static_bidirectional_rnn( cell_fw, cell_bw, inputs, initial_state_fw=None, initial_state_bw=None, dtype=None, scope=None, ): with variable_scope(scope, \"bidirectional_rnn\"): ahead, state = static_rnn(cell_fw, inputs, initial_state_fw, dtype, scope=\"fw\") back, other = static_rnn( cell_bw, list(inputs)[::-1], initial_state_bw, dtype, scope=\"bw\" ) outputs = [concat(pair, 1) for pair in zip(ahead, back[::-1])] return outputs, state, other",
""
],
[
"tf.nn.rnn_cell",
"tf_rnn.html#bidirectional_dynamic_rnn",
"bidirectional_dynamic_rnn",
"The outputs of two cells, one in each direction, as a pair; and their states.",
"def bidirectional_dynamic_rnn( cell_fw, cell_bw, inputs, sequence_length=None, initial_state_fw=None, initial_state_bw=None, dtype=None, parallel_iterations=None, swap_memory=False, time_major=False, scope=None, ): if sequence_length is not None: raise ValueError( missing(\"tf.nn.bidirectional_dynamic_rnn with sequence_length\") ) axis = 0 if time_major else 1 with variable_scope(scope, \"bidirectional_rnn\"): ahead, state = dynamic_rnn( cell_fw, inputs, None, initial_state_fw, dtype, time_major=time_major, scope=\"fw\", ) back, other = dynamic_rnn( *(cell_bw, reverse(inputs, [axis]), None, initial_state_bw, dtype), time_major=time_major, scope=\"bw\", ) return (ahead, reverse(back, [axis])), (state, other)",
""
],
[
"tf: flow",
"tf_flow.html#loops-that-a-graph-runs-tfcond-tfwhile_loop-tfscan",
"Loops that a graph runs: tf.cond, tf.while_loop, tf.scan",
"Loops that a graph runs: tf.cond, tf.while_loop, tf.scan An if or a loop in Python happens while you build. These happen in a run: >>> import tf >>> n = tf.placeholder(tf.int32, [], name=\"n\") >>> def doubled(i, total): ... return i + 1, total * 2.0 >>> _, total = tf.while_loop(lambda i, total: i \u003c n, doubled, [0, 1.0]) >>> size = tf.cond(total > 100.0, lambda: total / 100.0, lambda: 0.0) >>> with tf.Session() as sess: ... print(*sess.run([total, size], {n: 10})) 1024.0 10.24 Branches and Loops show how they work, and how gradients find their way back.",
"from mixins.loops import listed from tensor import FRAMEWORK from tf.datatypes import bool from tf.graphs import graph_of FRAMEWORK.add(__name__) __all__ = [\"case\", \"cond\", \"foldl\", \"map_fn\", \"scan\", \"while_loop\"]",
""
],
[
"tf: flow",
"tf_flow.html#cond",
"cond",
"What true_fn() returns if pred holds, else what false_fn() returns.",
"def cond( pred, true_fn=None, false_fn=None, strict=False, name=None, fn1=None, fn2=None ): true_fn, false_fn = true_fn or fn1, false_fn or fn2 graph = graph_of(pred) return graph.cond(graph.convert(pred, bool), true_fn, false_fn, name)",
""
],
[
"tf: flow",
"tf_flow.html#case",
"case",
"What the function of the first predicate that holds returns, else default.",
"def case(pred_fn_pairs, default=None, exclusive=False, strict=False, name=\"case\"): pairs = pred_fn_pairs.items() if hasattr(pred_fn_pairs, \"items\") else pred_fn_pairs chosen = default for predicate, function in reversed(list(pairs)): if chosen is None: chosen = function continue chosen = _either(predicate, function, chosen) return chosen() def _either(predicate, function, otherwise): return lambda: cond(predicate, function, otherwise)",
""
],
[
"tf: flow",
"tf_flow.html#while_loop",
"while_loop",
"The loop variables after rounds of body, as long as cond holds. Loop variables may be lists or tuples of tensors. shape_invariants says which sizes may change.",
"def while_loop( cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None, maximum_iterations=None, return_same_structure=False, ): graph = graph_of(loop_vars) start = flat(loop_vars) def holds(*values): return graph.convert(cond(*like(loop_vars, values)), bool) def round_(*values): return flat(listed(body(*like(loop_vars, values)))) shapes = shape_invariants if shapes is not None: shapes = [ x.get_shape() if hasattr(x, \"get_shape\") else x for x in _shapes(shapes) ] found = graph.while_loop(holds, round_, start, maximum_iterations, shapes, name) found = like(loop_vars, found) many = len(found) > 1 or return_same_structure return found if many else found[0]",
""
],
[
"tf: flow",
"tf_flow.html#flat",
"flat",
"The leaves of lists, tuples and dicts, perhaps nested, as one list.",
"def flat(structure): if isinstance(structure, dict): structure = [structure[key] for key in sorted(structure)] if isinstance(structure, (list, tuple)): return [x for part in structure for x in flat(part)] return [structure]",
""
],
[
"tf: flow",
"tf_flow.html#_shapes",
"_shapes",
"The shapes in a list; each is a tuple or a list of sizes.",
"def _shapes(shapes): found = [] for shape in shapes: nested = isinstance(shape, (list, tuple)) and any( isinstance(part, (list, tuple)) for part in shape ) found += _shapes(shape) if nested else [shape] return found",
""
],
[
"tf: flow",
"tf_flow.html#like",
"like",
"values, a flat list, in lists, tuples and dicts as in structure.",
"def like(structure, values): values = iter(values) def fill(part): if isinstance(part, dict): return {key: fill(part[key]) for key in sorted(part)} if not isinstance(part, (list, tuple)): return next(values) filled = [fill(x) for x in part] if isinstance(part, tuple): return type(part)(*filled) if hasattr(part, \"_fields\") else tuple(filled) return filled return fill(structure)",
""
],
[
"tf: flow",
"tf_flow.html#one-row-after-the-other",
"One row after the other",
"One row after the other map_fn computes the same of each row, scan hands a state on from row to row, and foldl returns the last state only. If it's known how many rows there are, we write the body that often, so that everything has a gradient, of any order.",
"def _rows(elems): graph = graph_of(elems) tensors = [graph.convert(x) for x in flat(elems)] size = tensors[0].dims[0] if tensors[0].rank else None if not isinstance(size, int): raise ValueError( f\"map_fn and scan need to know how many rows {tensors[0]!r} has; where \" \"only a run knows, use tf.while_loop\" ) return [like(elems, [x[i] for x in tensors]) for i in range(size)]",
""
],
[
"tf: flow",
"tf_flow.html#_rows",
"_rows",
"The rows of each tensor in elems: for each row number, the slices.",
"def _rows(elems): graph = graph_of(elems) tensors = [graph.convert(x) for x in flat(elems)] size = tensors[0].dims[0] if tensors[0].rank else None if not isinstance(size, int): raise ValueError( f\"map_fn and scan need to know how many rows {tensors[0]!r} has; where \" \"only a run knows, use tf.while_loop\" ) return [like(elems, [x[i] for x in tensors]) for i in range(size)]",
""
],
[
"tf: flow",
"tf_flow.html#_stacked",
"_stacked",
"A tensor for each position in results, with a row for each of them.",
"def _stacked(results): graph = graph_of(results) columns = zip(*(flat(x) for x in results)) return like(results[0], [graph.stack(column) for column in columns])",
""
],
[
"tf: flow",
"tf_flow.html#map_fn",
"map_fn",
"fn of each row of elems, stacked.",
"def map_fn(fn, elems, dtype=None, name=None, **options): return _stacked([fn(row) for row in _rows(elems)])",
""
],
[
"tf: flow",
"tf_flow.html#scan",
"scan",
"The states of fn(state, row) from row to row, stacked. Without an initializer, the first row is the first state.",
"def scan(fn, elems, initializer=None, reverse=False, name=None, **options): rows = _rows(elems) rows = rows[::-1] if reverse else rows states = [rows.pop(0)] if initializer is None else [] state = states[0] if states else initializer for row in rows: state = fn(state, row) states.append(state) return _stacked(states[::-1] if reverse else states)",
""
],
[
"tf: flow",
"tf_flow.html#foldl",
"foldl",
"The last state of fn(state, row), from the first row to the last.",
"def foldl(fn, elems, initializer=None, name=None, **options): rows = _rows(elems) state = rows.pop(0) if initializer is None else initializer for row in rows: state = fn(state, row) return state",
""
],
[
"tf.data",
"tf_data.html#a-run-that-brings-its-own-data-tfdata",
"A run that brings its own data: tf.data",
"A run that brings its own data: tf.data Feeding is simple: you slice a batch, and hand it over. A Dataset does that for you. Say once how to shuffle, batch and repeat, and each run takes the next batch by itself, until there's none left: >>> import tf >>> data = tf.data.Dataset.from_tensor_slices([1.0, 2.0, 3.0]) >>> data = data.batch(2).repeat(2) >>> batch = data.make_one_shot_iterator().get_next() >>> with tf.Session() as sess: ... try: ... while True: ... print(sess.run(batch)) ... except tf.errors.OutOfRangeError: ... print(\"that's all\") [1. 2.] [3.] [1. 2.] [3.] that's all The graph can't hold where you are in the data, and the data isn't a variable. So an iterator is outside of the graph, and one operation asks it for the next element. It isn't pure: ask twice, and you get two.",
"import itertools import numpy import ops from mixins.branches import ItemOp from mixins.shapes import as_dims from tensor import FRAMEWORK from tf import errors from tf.flow import flat, like from tf.graphs import Graph, Session, get_default_graph, graph_of from tf.names import Listed, missing FRAMEWORK.add(__name__) __all__ = [\"Dataset\", \"Iterator\"]",
"pure"
],
[
"tf.data",
"tf_data.html#Dataset",
"Dataset",
"Elements, one after the other: each a tensor, or a tuple or dict of them. Attributes sources the tensors that it's made of, if its values are those of a run. read a function of their values, which returns an iterator over elements. output_types, output_shapes: the types and shapes of an element.",
"class Dataset(Listed): def __init__(self, structure, specs, read, sources=()): self.structure, self.specs = structure, specs self.read, self.sources = read, tuple(sources)",
""
],
[
"tf.data",
"tf_data.html#Dataset.output_types",
"Dataset.output_types",
"The types of an element, in its structure.",
"@property def output_types(self): return like(self.structure, [dtype for _, dtype in self.specs])",
""
],
[
"tf.data",
"tf_data.html#Dataset.output_shapes",
"Dataset.output_shapes",
"The shapes of an element, in its structure.",
"@property def output_shapes(self): return like(self.structure, [shape for shape, _ in self.specs])",
""
],
[
"tf.data",
"tf_data.html#Dataset.from_tensor_slices",
"Dataset.from_tensor_slices",
"The rows of an array, or of each array in a tuple or a dict.",
"@classmethod def from_tensor_slices(cls, tensors): return cls._of(tensors, lambda values: zip(*values), rows=True)",
""
],
[
"tf.data",
"tf_data.html#Dataset.from_tensors",
"Dataset.from_tensors",
"A single element.",
"@classmethod def from_tensors(cls, tensors): return cls._of(tensors, lambda values: iter([tuple(values)]), rows=False) @classmethod def _of(cls, tensors, read, rows):",
""
],
[
"tf.data",
"tf_data.html#S80",
"A run that brings its own data: tf.data",
"A list is an array; only tuples and dicts have parts.",
"tensors = _arrays(tensors) graph = graph_of(flat(tensors)) parts = [graph.convert(x) for x in flat(tensors)] shapes = [x.shape and tuple(x.shape.as_list()) for x in parts] if rows: sizes = {shape[0] for shape in shapes if shape and shape[0] is not None} if not all(shapes) or len(sizes) > 1: raise ValueError( f\"from_tensor_slices takes arrays with as many rows, got {shapes}\" ) shapes = [shape[1:] for shape in shapes] specs = [(shape, x.dtype) for shape, x in zip(shapes, parts)] return cls(tensors, specs, read, parts)",
""
],
[
"tf.data",
"tf_data.html#Dataset.from_generator",
"Dataset.from_generator",
"What a Python generator yields: arrays, or tuples of them.",
"@classmethod def from_generator(cls, generator, output_types, output_shapes=None, args=()): types = flat(output_types) shapes = ( [None] * len(types) if output_shapes is None else _shapes(output_shapes) ) specs = [(s and tuple(s), numpy.dtype(t)) for s, t in zip(shapes, types)] def read(_): for element in generator(*args): parts = element if isinstance(output_types, tuple) else [element] yield tuple(numpy.asarray(x, t) for x, t in zip(parts, types)) return cls(output_types, specs, read)",
""
],
[
"tf.data",
"tf_data.html#Dataset.range",
"Dataset.range",
"The numbers of range.",
"@classmethod def range(cls, *limits): return cls.from_tensor_slices(numpy.arange(*limits))",
""
],
[
"tf.data",
"tf_data.html#Dataset.zip",
"Dataset.zip",
"Elements of several datasets side by side.",
"@classmethod def zip(cls, datasets): parts = flat(datasets) structure = like(datasets, [x.structure for x in parts]) counts = [len(x.sources) for x in parts] ends = list(itertools.accumulate(counts)) def read(values): pieces = [values[end - n : end] for n, end in zip(counts, ends)] readers = [x.read(piece) for x, piece in zip(parts, pieces)] return (sum(element, ()) for element in zip(*readers)) specs = [spec for x in parts for spec in x.specs] return cls(structure, specs, read, [y for x in parts for y in x.sources])",
""
],
[
"tf.data",
"tf_data.html#one-dataset-from-another",
"One dataset from another",
"One dataset from another Each method wraps an iterator in another one. Nothing is read until you ask.",
"def _changed(self, read, specs=None, structure=None): return Dataset( self.structure if structure is None else structure, self.specs if specs is None else specs, lambda values: read(lambda: self.read(values)), self.sources, )",
""
],
[
"tf.data",
"tf_data.html#Dataset.batch",
"Dataset.batch",
"Elements stacked, batch_size at a time; the last batch may be smaller.",
"def batch(self, batch_size, drop_remainder=False): def read(start): elements = start() while rows := list(itertools.islice(elements, batch_size)): if len(rows) == batch_size or not drop_remainder: yield tuple(numpy.stack(column) for column in zip(*rows)) size = batch_size if drop_remainder else None specs = [(s if s is None else (size, *s), t) for s, t in self.specs] return self._changed(read, specs)",
""
],
[
"tf.data",
"tf_data.html#Dataset.repeat",
"Dataset.repeat",
"All elements count times; forever, without a count.",
"def repeat(self, count=None): def read(start): forever = count is None or count \u003c 0 for _ in itertools.count() if forever else range(count): empty = True for element in start(): empty = False yield element if empty: return return self._changed(read)",
""
],
[
"tf.data",
"tf_data.html#S172",
"Dataset.shuffle",
"To shuffle a stream, keep a buffer, and each time return one of its elements, at random. With a buffer as large as the data, every order is equally likely.",
"def shuffle(self, buffer_size, seed=None, reshuffle_each_iteration=True): generator = numpy.random.default_rng(seed) def read(start): elements, buffer = start(), [] for element in elements: buffer.append(element) if len(buffer) >= buffer_size: yield buffer.pop(generator.integers(len(buffer))) while buffer: yield buffer.pop(generator.integers(len(buffer))) return self._changed(read)",
"buffer"
],
[
"tf.data",
"tf_data.html#Dataset.shuffle",
"Dataset.shuffle",
"The elements in random order, drawn from a buffer of buffer_size.",
"def shuffle(self, buffer_size, seed=None, reshuffle_each_iteration=True): generator = numpy.random.default_rng(seed) def read(start): elements, buffer = start(), [] for element in elements: buffer.append(element) if len(buffer) >= buffer_size: yield buffer.pop(generator.integers(len(buffer))) while buffer: yield buffer.pop(generator.integers(len(buffer))) return self._changed(read)",
""
],
[
"tf.data",
"tf_data.html#Dataset.take",
"Dataset.take",
"The first count elements.",
"def take(self, count): return self._changed(lambda start: itertools.islice(start(), count))",
""
],
[
"tf.data",
"tf_data.html#Dataset.skip",
"Dataset.skip",
"All but the first count elements.",
"def skip(self, count): return self._changed(lambda start: itertools.islice(start(), count, None))",
""
],
[
"tf.data",
"tf_data.html#Dataset.prefetch",
"Dataset.prefetch",
"The same elements: here, nothing is read ahead.",
"def prefetch(self, buffer_size): return self",
""
],
[
"tf.data",
"tf_data.html#S202",
"Dataset.map",
"Your function gets tensors, and returns tensors. So it builds a graph, a small one of its own, which runs once for each element.",
"def map(self, map_func, num_parallel_calls=None): graph, many = Graph(), isinstance(self.structure, tuple) with graph.as_default(): inputs = [graph.placeholder(s, t) for s, t in self.specs] given = like(self.structure, inputs) made = map_func(*given) if many else map_func(given) made = tuple(made) if isinstance(made, list) else made outputs = [graph.convert(x) for x in flat(made)] specs = [(x.shape and tuple(x.shape.as_list()), x.dtype) for x in outputs] def read(start): session = Session(graph=graph) for element in start(): yield tuple(session.run(outputs, dict(zip(inputs, element)))) return self._changed(read, specs, made)",
""
],
[
"tf.data",
"tf_data.html#Dataset.map",
"Dataset.map",
"What map_func makes of each element; it takes its parts as arguments.",
"def map(self, map_func, num_parallel_calls=None): graph, many = Graph(), isinstance(self.structure, tuple) with graph.as_default(): inputs = [graph.placeholder(s, t) for s, t in self.specs] given = like(self.structure, inputs) made = map_func(*given) if many else map_func(given) made = tuple(made) if isinstance(made, list) else made outputs = [graph.convert(x) for x in flat(made)] specs = [(x.shape and tuple(x.shape.as_list()), x.dtype) for x in outputs] def read(start): session = Session(graph=graph) for element in start(): yield tuple(session.run(outputs, dict(zip(inputs, element)))) return self._changed(read, specs, made)",
""
],
[
"tf.data",
"tf_data.html#the-next-one-please",
"The next one, please",
"The next one, please",
"def make_one_shot_iterator(self): values = [x.initial_value for x in self.sources if x.kind == \"constant\"] if len(values) \u003c len(self.sources): raise ValueError( \"a one-shot iterator needs data that is known; use \" \"make_initializable_iterator, and run its initializer\" ) iterator = Iterator(self) iterator.start(values) return iterator",
""
],
[
"tf.data",
"tf_data.html#Dataset.make_one_shot_iterator",
"Dataset.make_one_shot_iterator",
"An iterator that starts by itself, and goes through the data once.",
"def make_one_shot_iterator(self): values = [x.initial_value for x in self.sources if x.kind == \"constant\"] if len(values) \u003c len(self.sources): raise ValueError( \"a one-shot iterator needs data that is known; use \" \"make_initializable_iterator, and run its initializer\" ) iterator = Iterator(self) iterator.start(values) return iterator",
""
],
[
"tf.data",
"tf_data.html#Dataset.make_initializable_iterator",
"Dataset.make_initializable_iterator",
"An iterator that starts, or starts again, when you run its initializer.",
"def make_initializable_iterator(self): return Iterator(self)",
""
],
[
"tf.data",
"tf_data.html#Iterator",
"Iterator",
"Where you are in a dataset. Attributes initializer the operation that starts from the beginning.",
"class Iterator(Listed): def __init__(self, dataset): self.dataset, self.elements = dataset, None graph = graph_of(dataset.sources) op = StartOp(list(dataset.sources), graph, iterator=self) self.initializer = graph.group([op.output])",
""
],
[
"tf.data",
"tf_data.html#Iterator.start",
"Iterator.start",
"Begin at the first element of the dataset, made of these values.",
"def start(self, values): self.elements = iter(self.dataset.read(values))",
""
],
[
"tf.data",
"tf_data.html#Iterator.get_next",
"Iterator.get_next",
"The next element in each run: a tensor, or a tuple or dict of them. A run raises tf.errors.OutOfRangeError after the last one.",
"def get_next(self, name=None): graph, specs = get_default_graph(), self.dataset.specs flow = NextOp([], graph, iterator=self, results=len(specs)).output items = [ ItemOp([flow], graph, index=i, dims=as_dims(s), dtype=t.name).output for i, (s, t) in enumerate(specs) ] return like(self.dataset.structure, items)",
""
],
[
"tf.data",
"tf_data.html#NextOp",
"NextOp",
"The next element of an iterator, a tuple.",
"class NextOp(ops.BaseOp): pure = False def compute(self, np): elements = self.iterator.elements if elements is None: raise errors.FailedPreconditionError( \"the iterator hasn't started: run its initializer first\" ) for element in elements: return element raise errors.OutOfRangeError(\"End of sequence\") def infer_shape(self): return (self.results,) def infer_dtype(self): return numpy.dtype(object)",
""
],
[
"tf.data",
"tf_data.html#StartOp",
"StartOp",
"Starts an iterator, with the values of what its dataset is made of.",
"class StartOp(ops.BaseOp): pure = False def compute(self, np, *values): self.iterator.start(values) return np.zeros(()) def infer_shape(self, *_): return () def _arrays(value): if isinstance(value, dict): return {key: _arrays(part) for key, part in value.items()} if isinstance(value, tuple): return tuple(map(_arrays, value)) return get_default_graph().convert(value) if isinstance(value, list) else value",
""
],
[
"tf.data",
"tf_data.html#_shapes",
"_shapes",
"The shapes in a structure, as a flat list.",
"def _shapes(shapes): nested = isinstance(shapes, (list, tuple)) and any( isinstance(x, (list, tuple)) for x in shapes ) return [x for part in shapes for x in _shapes(part)] if nested else [shapes] def __getattr__(name): raise AttributeError(missing(f\"tf.data.{name}\"))",
""
],
[
"tf.summary",
"tf_summary.html#how-does-tensorboard-know-your-loss-you-write-it-into-a-file",
"How does TensorBoard know your loss? You write it into a file",
"How does TensorBoard know your loss? You write it into a file A summary is a number with a name, or the histogram of many. Your program fetches it like a loss, and a FileWriter appends it to a file of events, which TensorBoard reads while you train. >>> import tf >>> import pathlib, tempfile >>> loss = tf.placeholder(tf.float32, [], name=\"loss\") >>> tf.summary.scalar(\"loss\", loss) \u003cTensor 'summary' () object = summary(loss)> >>> merged = tf.summary.merge_all() >>> folder = tempfile.TemporaryDirectory() >>> writer = tf.summary.FileWriter(folder.name) >>> with tf.Session() as sess: ... for step in range(3): ... summary = sess.run(merged, {loss: 1 / (1 + step)}) ... writer.add_summary(summary, step) >>> writer.close() >>> (path,) = pathlib.Path(folder.name).iterdir() >>> path.stat().st_size 166 >>> folder.cleanup() No TensorFlow needed: the format fits on this page.",
"import os import socket import struct import time import numpy import ops from tensor import FRAMEWORK from tf.collections import GraphKeys, add_to_collection, get_collection from tf.graphs import graph_of from tf.names import Listed, missing FRAMEWORK.add(__name__) __all__ = [\"FileWriter\", \"Summary\", \"histogram\", \"merge\", \"merge_all\", \"scalar\"]",
"summary events"
],
[
"tf.summary",
"tf_summary.html#fields",
"Fields, one after the other",
"Fields, one after the other TensorFlow writes by protocol buffers. A message is a row of fields, each with a number and one of three kinds: a whole number, eight bytes or four, or as many bytes as a length says. Whole numbers take seven bits a byte, lowest first, and the eighth says whether more follow.",
"def varint(n): n &= (1 \u003c\u003c 64) - 1 found = bytearray() while n > 127: found.append(n & 127 | 128) n >>= 7 return bytes(found + bytearray([n]))",
"protocol buffers"
],
[
"tf.summary",
"tf_summary.html#varint",
"varint",
"A whole number, seven bits to a byte.",
"def varint(n): n &= (1 \u003c\u003c 64) - 1 found = bytearray() while n > 127: found.append(n & 127 | 128) n >>= 7 return bytes(found + bytearray([n]))",
""
],
[
"tf.summary",
"tf_summary.html#field",
"field",
"A field: bytes or text by its length, an int as it is, a float as eight bytes.",
"def field(number, value): if isinstance(value, str): value = value.encode() if isinstance(value, bytes): return varint(number \u003c\u003c 3 | 2) + varint(len(value)) + value if isinstance(value, float): return varint(number \u003c\u003c 3 | 1) + struct.pack(\"\u003cd\", value) return varint(number \u003c\u003c 3) + varint(value)",
""
],
[
"tf.summary",
"tf_summary.html#S73",
"Fields, one after the other",
"A file is a row of records. Each has its length before it, and a checksum behind the length and behind the data: so a reader knows a record that's still being written. The checksum is CRC-32C: the remainder of the data, taken as a polynomial, by a fixed one. (TensorFlow rotates it and adds a number, for data that has checksums in it.)",
"_TABLE = [] for _remainder in range(256): for _ in range(8): _remainder = _remainder >> 1 ^ 0x82F63B78 * (_remainder & 1) _TABLE.append(_remainder)",
""
],
[
"tf.summary",
"tf_summary.html#checksum",
"checksum",
"The masked CRC-32C of some bytes.",
"def checksum(data): crc = 0xFFFFFFFF for byte in data: crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 255] crc ^= 0xFFFFFFFF return ((crc >> 15 | crc \u003c\u003c 17) + 0xA282EAD8) & 0xFFFFFFFF",
""
],
[
"tf.summary",
"tf_summary.html#record",
"record",
"The bytes of a record.",
"def record(data): length = struct.pack(\"\u003cQ\", len(data)) ends = struct.pack(\"\u003cI\", checksum(length)), struct.pack(\"\u003cI\", checksum(data)) return length + ends[0] + data + ends[1]",
""
],
[
"tf.summary",
"tf_summary.html#summaries",
"A summary is a value too",
"A summary is a value too Its operation turns an array into the bytes of a message. A run hands them to you in a Summary.",
"class Summary: def __init__(self, message): self.message = message def __bytes__(self): return self.message def __repr__(self): return f\"\u003cSummary of {len(self.message)} bytes>\"",
""
],
[
"tf.summary",
"tf_summary.html#Summary",
"Summary",
"What a summary operation returns: the bytes of a message.",
"class Summary: def __init__(self, message): self.message = message def __bytes__(self): return self.message def __repr__(self): return f\"\u003cSummary of {len(self.message)} bytes>\"",
""
],
[
"tf.summary",
"tf_summary.html#SummaryOp",
"SummaryOp",
"The bytes of a summary.",
"class SummaryOp(ops.BaseOp): stops_gradient = True def infer_shape(self, *_): return () def infer_dtype(self, *_): return numpy.dtype(object)",
""
],
[
"tf.summary",
"tf_summary.html#ScalarOp",
"ScalarOp",
"A number under a name.",
"class ScalarOp(SummaryOp): kind = \"summary\" def compute(self, np, x): number = struct.pack(\"\u003cf\", float(x)) value = field(1, self.tag) + varint(2 \u003c\u003c 3 | 5) + number return Summary(field(1, value))",
""
],
[
"tf.summary",
"tf_summary.html#S143",
"limits",
"A histogram counts how many numbers fall between limits that grow by a tenth each.",
"def limits(): positive, end = [], 1e-12 while end \u003c 1e20: positive.append(end) end *= 1.1 highest = numpy.finfo(float).max return numpy.array([*(-x for x in reversed(positive)), *positive, highest])",
""
],
[
"tf.summary",
"tf_summary.html#limits",
"limits",
"The upper ends of the bins, from the lowest to the highest.",
"def limits(): positive, end = [], 1e-12 while end \u003c 1e20: positive.append(end) end *= 1.1 highest = numpy.finfo(float).max return numpy.array([*(-x for x in reversed(positive)), *positive, highest])",
""
],
[
"tf.summary",
"tf_summary.html#HistogramOp",
"HistogramOp",
"How many of many numbers fall between which limits, under a name.",
"class HistogramOp(SummaryOp): kind = \"histogram_summary\" def compute(self, np, x): values, ends = numpy.ravel(x).astype(float), limits() counts = numpy.bincount(numpy.searchsorted(ends, values), minlength=len(ends)) used = numpy.flatnonzero(counts) first, last = (max(used[0] - 1, 0), used[-1] + 1) if len(used) else (0, 1) ends, counts = ends[first:last], counts[first:last].astype(float) numbers = [values.min(initial=0), values.max(initial=0), len(values)] if len(values): numbers[:2] = values.min(), values.max() numbers += [values.sum(), numpy.square(values).sum()] message = b\"\".join(field(i, float(n)) for i, n in enumerate(numbers, 1)) message += field(6, ends.tobytes()) + field(7, counts.tobytes()) return Summary(field(1, field(1, self.tag) + field(5, message)))",
""
],
[
"tf.summary",
"tf_summary.html#MergedOp",
"MergedOp",
"Several summaries as one.",
"class MergedOp(SummaryOp): kind = \"merged_summary\" def compute(self, np, *summaries): return Summary(b\"\".join(map(bytes, summaries))) def _added(kind, name, value, collections): graph = graph_of(value)",
""
],
[
"tf.summary",
"tf_summary.html#S187",
"A summary is a value too",
"A name that's taken gets a number, as a tensor's does.",
"tag = graph.scope + name.replace(\" \", \"_\") summary = kind([value], graph, tag=tag).output for key in [GraphKeys.SUMMARIES] if collections is None else collections: add_to_collection(key, summary) return summary",
""
],
[
"tf.summary",
"tf_summary.html#scalar",
"scalar",
"A single number, to be drawn against the steps.",
"def scalar(name, tensor, collections=None, family=None): return _added(ScalarOp, name, tensor, collections)",
""
],
[
"tf.summary",
"tf_summary.html#histogram",
"histogram",
"The distribution of many numbers.",
"def histogram(name, values, collections=None, family=None): return _added(HistogramOp, name, values, collections)",
""
],
[
"tf.summary",
"tf_summary.html#merge",
"merge",
"Several summaries as one.",
"def merge(inputs, collections=None, name=None): return MergedOp(list(inputs), graph_of(list(inputs)), name).output",
""
],
[
"tf.summary",
"tf_summary.html#merge_all",
"merge_all",
"All summaries of the default graph as one; None if there are none.",
"def merge_all(key=GraphKeys.SUMMARIES, scope=None, name=None): found = get_collection(key, scope) return merge(found, name=name) if found else None",
""
],
[
"tf.summary",
"tf_summary.html#FileWriter",
"FileWriter",
"Appends events to a new file in the folder logdir. You can use it in a with, which closes it.",
"class FileWriter(Listed): def __init__(self, logdir, graph=None, **options): os.makedirs(logdir, exist_ok=True) name = f\"events.out.tfevents.{int(time.time())}.{socket.gethostname()}\" taken = sum(name in x for x in os.listdir(logdir)) self.path = os.path.join(logdir, f\"{name}.{os.getpid()}.{taken}\") self.file = open(self.path, \"xb\") # noqa: SIM115 (until `close`) self._write(field(3, \"brain.Event:2\")) if graph is not None: self.add_graph(graph) def _write(self, event, step=None): counted = b\"\" if step is None else field(2, int(step)) self.file.write(record(field(1, time.time()) + counted + event))",
""
],
[
"tf.summary",
"tf_summary.html#FileWriter.add_summary",
"FileWriter.add_summary",
"Append a fetched summary, for a step.",
"def add_summary(self, summary, global_step=None): self._write(field(5, bytes(summary)), global_step)",
""
],
[
"tf.summary",
"tf_summary.html#FileWriter.add_graph",
"FileWriter.add_graph",
"Append a graph, as nodes with their inputs.",
"def add_graph(self, graph, global_step=None): nodes = [] for tensor in graph.tensors: inputs = tensor.op.inputs if tensor.op else () node = field(1, tensor.name) + field(2, tensor.kind) node += b\"\".join(field(3, x.name) for x in inputs) nodes.append(field(1, node)) self._write(field(4, b\"\".join(nodes)), global_step)",
""
],
[
"tf.summary",
"tf_summary.html#FileWriter.flush",
"FileWriter.flush",
"Write to the disk what was added so far.",
"def flush(self): self.file.flush()",
""
],
[
"tf.summary",
"tf_summary.html#FileWriter.close",
"FileWriter.close",
"Close the file.",
"def close(self): self.file.close() def __enter__(self): return self def __exit__(self, *_): self.close() def __getattr__(name): raise AttributeError(missing(f\"tf.summary.{name}\"))",
""
],
[
"tf: collections",
"tf_collections.html#what-belongs-together-collections",
"What belongs together? Collections",
"What belongs together? Collections A function deep in your program makes a loss for its weights. How does it reach the sum at the end, without being handed through everything? It puts it into a collection: a list in the graph, under a name. >>> import tf >>> tf.add_to_collection(\"losses\", tf.constant(1.0)) >>> tf.add_to_collection(\"losses\", tf.constant(2.5)) >>> print(tf.Session().run(tf.add_n(tf.get_collection(\"losses\")))) 3.5",
"import re from tensor import FRAMEWORK from tf.graphs import get_default_graph FRAMEWORK.add(__name__) __all__ = [\"GraphKeys\", \"add_to_collection\", \"get_collection\", \"get_collection_ref\"] __all__ += [\"local_variables\", \"local_variables_initializer\"]",
"collection"
],
[
"tf: collections",
"tf_collections.html#GraphKeys",
"GraphKeys",
"The names of the collections that functions use by themselves.",
"class GraphKeys: GLOBAL_VARIABLES = \"variables\" TRAINABLE_VARIABLES = \"trainable_variables\" LOCAL_VARIABLES = \"local_variables\" REGULARIZATION_LOSSES = \"regularization_losses\" LOSSES = \"losses\" SUMMARIES = \"summaries\" UPDATE_OPS = \"update_ops\" GLOBAL_STEP = \"global_step\" TRAIN_OP = \"train_op\"",
""
],
[
"tf: collections",
"tf_collections.html#add_to_collection",
"add_to_collection",
"Add value to the collection name of the default graph.",
"def add_to_collection(name, value): get_collection_ref(name).append(value)",
""
],
[
"tf: collections",
"tf_collections.html#get_collection_ref",
"get_collection_ref",
"The collection name of the default graph itself, a list.",
"def get_collection_ref(name): return get_default_graph().collections.setdefault(name, [])",
""
],
[
"tf: collections",
"tf_collections.html#get_collection",
"get_collection",
"A copy of the collection key, or of those whose names begin like scope.",
"def get_collection(key, scope=None): graph = get_default_graph() found = list(graph.collections.get(key, ())) if key == GraphKeys.GLOBAL_VARIABLES: found = graph.variables elif key == GraphKeys.TRAINABLE_VARIABLES: found = [x for x in graph.variables if x.trainable] return [x for x in found if re.match(scope or \"\", getattr(x, \"name\", \"\"))]",
""
],
[
"tf: collections",
"tf_collections.html#local_variables",
"local_variables",
"The local variables; nothing here makes any.",
"def local_variables(scope=None): return get_collection(GraphKeys.LOCAL_VARIABLES, scope)",
""
],
[
"tf: collections",
"tf_collections.html#local_variables_initializer",
"local_variables_initializer",
"An operation that initializes the local variables, and so does nothing.",
"def local_variables_initializer(): return get_default_graph().group([])",
""
],
[
"tf: queues",
"tf_queues.html#a-line-of-data-queues",
"A line of data: queues",
"A line of data: queues Before there were datasets, one part of a program put data into a queue, and another took it out. Here's one that's in memory, and that you fill yourself: >>> import tf >>> queue = tf.FIFOQueue(10, [tf.float32], shapes=[[]]) >>> fill = queue.enqueue_many([[1.0, 2.0, 3.0]]) >>> x, rest = queue.dequeue(), queue.size() >>> with tf.Session() as sess: ... sess.run(fill) ... print(sess.run(x), sess.run(x), sess.run(rest)) 1.0 2.0 1 A TensorFlow program waits where a queue is empty, until another thread fills it. Ours would wait forever, so it raises tf.errors.OutOfRangeError.",
"import collections import numpy import ops from mixins.branches import ItemOp from mixins.shapes import as_dims from tensor import FRAMEWORK from tf import errors from tf.datatypes import as_dtype, int32 from tf.graphs import as_list, get_default_graph from tf.names import Listed FRAMEWORK.add(__name__) __all__ = [\"FIFOQueue\", \"RandomShuffleQueue\"]",
"queue"
],
[
"tf: queues",
"tf_queues.html#QueueOp",
"QueueOp",
"Calls a method of a queue, with the values of its inputs.",
"class QueueOp(ops.BaseOp): kind, pure = \"queue\", False def compute(self, np, *values): return self.call(*values) def infer_shape(self, *_): return self.dims def infer_dtype(self, *_): return numpy.dtype(self.dtype)",
""
],
[
"tf: queues",
"tf_queues.html#FIFOQueue",
"FIFOQueue",
"A queue of elements, each a tensor for each of dtypes. Args capacity how many elements it holds; one more raises an error. shapes their shapes, if you know them.",
"class FIFOQueue(Listed): def __init__(self, capacity, dtypes, shapes=None, names=None, name=\"fifo_queue\"): self.capacity, self.dtypes = capacity, [as_dtype(x) for x in as_list(dtypes)] shapes = [None] * len(self.dtypes) if shapes is None else shapes self.shapes = [None if shape is None else tuple(shape) for shape in shapes] self.elements, self.closed = collections.deque(), False def _op(self, call, inputs=(), dims=(), dtype=object): attributes = {\"call\": call, \"dims\": dims, \"dtype\": numpy.dtype(dtype).name} return QueueOp(list(inputs), get_default_graph(), **attributes).output def _inputs(self, vals): graph, vals = get_default_graph(), as_list(vals) if len(vals) != len(self.dtypes): raise ValueError( f\"an element has {len(self.dtypes)} parts here, not {len(vals)}\" ) return [graph.convert(x, t) for x, t in zip(vals, self.dtypes)] def _items(self, call, rows=()): flow = self._op(call, dims=(len(self.dtypes),)) graph, found = flow.graph, [] for i, (shape, dtype) in enumerate(zip(self.shapes, self.dtypes)): dims = as_dims(None if shape is None else (*rows, *shape)) item = {\"index\": i, \"dims\": dims, \"dtype\": dtype.name} found.append(ItemOp([flow], graph, **item).output) return found[0] if len(found) == 1 else found",
""
],
[
"tf: queues",
"tf_queues.html#FIFOQueue.enqueue",
"FIFOQueue.enqueue",
"Put an element in.",
"def enqueue(self, vals, name=None): return self._done(self._put, self._inputs(vals))",
""
],
[
"tf: queues",
"tf_queues.html#FIFOQueue.enqueue_many",
"FIFOQueue.enqueue_many",
"Put the rows of arrays in, one after the other.",
"def enqueue_many(self, vals, name=None): def put(*columns): for element in zip(*columns): self._put(*element) return self._done(put, self._inputs(vals)) def _done(self, call, inputs=()): def done(*values): call(*values) return 0 return get_default_graph().group([self._op(done, inputs, dtype=int32)]) def _put(self, *element): if self.closed: raise errors.CancelledError(\"the queue is closed\") if len(self.elements) >= self.capacity: raise errors.OutOfRangeError(f\"the queue is full: it holds {self.capacity}\") self.elements.append(tuple(map(numpy.asarray, element)))",
""
],
[
"tf: queues",
"tf_queues.html#FIFOQueue.dequeue",
"FIFOQueue.dequeue",
"Take the next element out.",
"def dequeue(self, name=None): return self._items(self._take) def _take(self): if not self.elements: raise errors.OutOfRangeError(\"the queue is empty\") return self._next() def _next(self): return self.elements.popleft()",
""
],
[
"tf: queues",
"tf_queues.html#FIFOQueue.dequeue_many",
"FIFOQueue.dequeue_many",
"Take the next n elements out, stacked.",
"def dequeue_many(self, n, name=None): def take(): if len(self.elements) \u003c n: raise errors.OutOfRangeError( f\"the queue has {len(self.elements)} elements, fewer than {n}\" ) return tuple(map(numpy.stack, zip(*(self._next() for _ in range(n))))) return self._items(take, (n,))",
""
],
[
"tf: queues",
"tf_queues.html#FIFOQueue.size",
"FIFOQueue.size",
"How many elements there are.",
"def size(self, name=None): return self._op(lambda: numpy.int32(len(self.elements)), dtype=int32)",
""
],
[
"tf: queues",
"tf_queues.html#FIFOQueue.close",
"FIFOQueue.close",
"Take no more elements in.",
"def close(self, cancel_pending_enqueues=False, name=None): def close(): self.closed = True return self._done(close)",
""
],
[
"tf: queues",
"tf_queues.html#RandomShuffleQueue",
"RandomShuffleQueue",
"A queue from which you take elements in random order. min_after_dequeue says for how many elements TensorFlow waits, that they may be mixed well. We don't wait, so we don't need it.",
"class RandomShuffleQueue(FIFOQueue): def __init__( self, capacity, min_after_dequeue, dtypes, shapes=None, names=None, seed=None, name=\"random_shuffle_queue\", ): super().__init__(capacity, dtypes, shapes) self.generator = numpy.random.default_rng(seed) def _next(self): self.elements.rotate(-int(self.generator.integers(len(self.elements)))) return self.elements.popleft()",
""
],
[
"tf: settings",
"tf_settings.html#settings-of-a-program-flags-sessions-devices",
"Settings of a program: flags, sessions, devices",
"Settings of a program: flags, sessions, devices Many programs begin with flags, and end with tf.app.run(). That reads the command line, and calls your main: >>> import tf >>> flags = tf.app.flags >>> flags.DEFINE_float(\"rate\", 0.1, \"The learning rate.\") >>> flags.DEFINE_boolean(\"test\", False, \"Whether to test only.\") >>> def main(arguments): ... print(flags.FLAGS.rate, flags.FLAGS.test, arguments[1:]) >>> tf.app.run(main, argv=[\"program\", \"--rate=0.5\", \"--test\", \"more\"]) Traceback (most recent call last): ... SystemExit >>> flags.FLAGS.rate 0.5",
"import argparse import contextlib import logging as _logging import sys import types from tensor import FRAMEWORK from tf.graphs import get_default_graph FRAMEWORK.add(__name__) __all__ = [\"ConfigProto\", \"GPUOptions\", \"app\", \"device\", \"flags\", \"logging\"]",
""
],
[
"tf: settings",
"tf_settings.html#_Flags",
"_Flags",
"The flags of a program, as attributes; the command line is read at first use.",
"class _Flags: def __init__(self): parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False) vars(self).update(_parser=parser, _values=None, _rest=None)",
""
],
[
"tf: settings",
"tf_settings.html#_Flags.__call__",
"_Flags.__call__",
"Read the command line, and return what isn't a flag.",
"def __call__(self, argv): values, rest = self._parser.parse_known_args(argv[1:]) vars(self).update(_values=values, _rest=rest) return [argv[0], *rest] def __getattr__(self, name): if self._values is None: self(sys.argv) try: return getattr(self._values, name) except AttributeError: raise AttributeError(f\"there's no flag {name!r}; define it first\") from None def __setattr__(self, name, value): if self._values is None: self(sys.argv) setattr(self._values, name, value)",
""
],
[
"tf: settings",
"tf_settings.html#_Flags.define",
"_Flags.define",
"Add a flag.",
"def define(self, name, default, kind, help): self._parser.add_argument(f\"--{name}\", default=default, type=kind, help=help) vars(self)[\"_values\"] = None FLAGS = _Flags() def _define(kind): def define(name, default, help=\"\", **options): FLAGS.define(name, default, kind, help) define.__doc__ = f\"A flag of type {kind.__name__.strip('_')}: --name=value.\" return define",
""
],
[
"tf: settings",
"tf_settings.html#_define_boolean",
"_define_boolean",
"A flag that is true or false: --name, --noname, or --name=false.",
"def _define_boolean(name, default, help=\"\"): parser = FLAGS._parser parser.add_argument( f\"--{name}\", nargs=\"?\", const=True, default=default, type=_truth, help=help ) parser.add_argument(f\"--no{name}\", dest=name, action=\"store_false\") vars(FLAGS)[\"_values\"] = None def _truth(text): return text.lower() in (\"1\", \"t\", \"true\", \"yes\")",
""
],
[
"tf: settings",
"tf_settings.html#_define_list",
"_define_list",
"A flag of several words, with commas between them.",
"def _define_list(name, default, help=\"\"): FLAGS.define(name, default, lambda text: text.split(\",\"), help)",
""
],
[
"tf: settings",
"tf_settings.html#run",
"run",
"Read the flags, call main with what's left, and leave Python.",
"def run(main=None, argv=None): main = main or sys.modules[\"__main__\"].main sys.exit(main(FLAGS(sys.argv if argv is None else argv))) flags = types.SimpleNamespace( FLAGS=FLAGS, DEFINE_string=_define(str), DEFINE_integer=_define(int), DEFINE_float=_define(float), DEFINE_bool=_define_boolean, DEFINE_boolean=_define_boolean, DEFINE_list=_define_list, ) app = types.SimpleNamespace(run=run, flags=flags)",
""
],
[
"tf: settings",
"tf_settings.html#what-a-session-may-be-told",
"What a session may be told",
"What a session may be told Which device, how many threads, how much memory: TensorFlow lets you choose. We accept your choice, and run on one processor.",
"class ConfigProto: def __init__(self, **settings): self.gpu_options = GPUOptions() vars(self).update(settings)",
""
],
[
"tf: settings",
"tf_settings.html#ConfigProto",
"ConfigProto",
"Settings of a session, which are accepted and ignored.",
"class ConfigProto: def __init__(self, **settings): self.gpu_options = GPUOptions() vars(self).update(settings)",
""
],
[
"tf: settings",
"tf_settings.html#GPUOptions",
"GPUOptions",
"Settings of a GPU, which are accepted and ignored.",
"class GPUOptions: def __init__(self, **settings): vars(self).update(settings)",
""
],
[
"tf: settings",
"tf_settings.html#device",
"device",
"A with that does nothing, since everything runs on one processor.",
"def device(device_name_or_function): return contextlib.nullcontext(get_default_graph()) _log = _logging.getLogger(\"tf\") logging = types.SimpleNamespace( DEBUG=10, INFO=20, WARN=30, ERROR=40, FATAL=50, debug=_log.debug, info=_log.info, warn=_log.warning, warning=_log.warning, error=_log.error, fatal=_log.critical, set_verbosity=_log.setLevel, )",
""
],
[
"tf.contrib",
"tf_contrib.html#tfcontrib-as-far-as-programs-use-it",
"tf.contrib, as far as programs use it",
"tf.contrib, as far as programs use it What people added to TensorFlow 1 was in tf.contrib, and went with it. Here are the layers and cells that most programs take from it, as other names of ours. >>> import tf >>> x = tf.placeholder(tf.float32, [None, 3], name=\"x\") >>> tf.contrib.layers.fully_connected(x, 4).shape (?, 4) >>> tf.contrib.rnn.BasicLSTMCell is tf.nn.rnn_cell.BasicLSTMCell True",
"import types from tensor import FRAMEWORK from tf import layers as _layers from tf import nn from tf import rnn as _cells from tf.names import missing from tf.operations import abs, multiply, reduce_sum, square from tf.scopes import glorot_uniform_initializer FRAMEWORK.add(__name__) __all__ = [\"layers\", \"rnn\"]",
""
],
[
"tf.contrib",
"tf_contrib.html#fully_connected",
"fully_connected",
"tf.layers.dense, with a ReLU unless you say otherwise.",
"def fully_connected( inputs, num_outputs, activation_fn=nn.relu, weights_initializer=None, biases_initializer=None, weights_regularizer=None, reuse=None, trainable=True, scope=None, ): options = {\"bias_initializer\": biases_initializer} if biases_initializer else {} return _layers.dense( inputs, num_outputs, activation_fn, kernel_initializer=weights_initializer, kernel_regularizer=weights_regularizer, trainable=trainable, name=scope or \"fully_connected\", reuse=reuse, **options, )",
""
],
[
"tf.contrib",
"tf_contrib.html#conv2d",
"conv2d",
"tf.layers.conv2d, with a ReLU unless you say otherwise.",
"def conv2d( inputs, num_outputs, kernel_size, stride=1, padding=\"SAME\", activation_fn=nn.relu, weights_initializer=None, weights_regularizer=None, reuse=None, scope=None, ): return _layers.conv2d( inputs, num_outputs, kernel_size, stride, padding, activation=activation_fn, kernel_initializer=weights_initializer, kernel_regularizer=weights_regularizer, name=scope or \"Conv\", reuse=reuse, )",
""
],
[
"tf.contrib",
"tf_contrib.html#max_pool2d",
"max_pool2d",
"tf.layers.max_pooling2d.",
"def max_pool2d(inputs, kernel_size, stride=2, padding=\"VALID\", scope=None): return _layers.max_pooling2d(inputs, kernel_size, stride, padding, name=scope)",
""
],
[
"tf.contrib",
"tf_contrib.html#xavier_initializer",
"xavier_initializer",
"tf.glorot_uniform_initializer.",
"def xavier_initializer(uniform=True, seed=None): if not uniform: raise ValueError(missing(\"tf.contrib.layers.xavier_initializer(uniform=False)\")) return glorot_uniform_initializer(seed)",
""
],
[
"tf.contrib",
"tf_contrib.html#l2_regularizer",
"l2_regularizer",
"A function of weights: scale times half the sum of their squares.",
"def l2_regularizer(scale, scope=None): return lambda weights: multiply(reduce_sum(square(weights)), scale / 2)",
""
],
[
"tf.contrib",
"tf_contrib.html#l1_regularizer",
"l1_regularizer",
"A function of weights: scale times the sum of their absolute values.",
"def l1_regularizer(scale, scope=None): return lambda weights: multiply(reduce_sum(abs(weights)), scale) layers = types.SimpleNamespace( fully_connected=fully_connected, conv2d=conv2d, max_pool2d=max_pool2d, flatten=_layers.flatten, dropout=nn.dropout, batch_norm=_layers.batch_normalization, xavier_initializer=xavier_initializer, xavier_initializer_conv2d=xavier_initializer, l1_regularizer=l1_regularizer, l2_regularizer=l2_regularizer, ) rnn = types.SimpleNamespace( **{name: getattr(_cells, name) for name in _cells.__all__}, static_rnn=_cells.static_rnn, static_bidirectional_rnn=_cells.static_bidirectional_rnn, ) def __getattr__(name): raise AttributeError(missing(f\"tf.contrib.{name}\"))",
""
],
[
"tf: updates",
"tf_updates.html#differentiate-then-update-in-the-right-order",
"Differentiate, then update, in the right order",
"Differentiate, then update, in the right order tf.gradients is our Graph.gradients, except that you get None, not zeros, for an x that doesn't matter: >>> import tf >>> x, y = tf.constant(3.0), tf.constant(4.0) >>> by_x, by_y = tf.gradients(x * x, [x, y]) >>> with tf.Session() as sess: ... print(sess.run(by_x), by_y) 6.0 None",
"from tensor import FRAMEWORK from tensor import Tensor as BaseTensor from tf.graphs import as_list, get_default_graph, graph_of from tf.operations import add, add_n, subtract FRAMEWORK.add(__name__) __all__ = [\"assign\", \"assign_add\", \"assign_sub\", \"control_dependencies\"] __all__ += [\"gradients\", \"group\", \"no_op\"]",
""
],
[
"tf: updates",
"tf_updates.html#differentiating",
"Several ys? We differentiate their sum",
"Several ys? We differentiate their sum",
"def gradients(ys, xs, grad_ys=None, name=None): ys, xs = as_list(ys), as_list(xs) weights = [None] * len(ys) if grad_ys is None else as_list(grad_ys) if len(weights) != len(ys): raise ValueError( f\"Length mismatch. Passed {len(weights)} grad_ys for {len(ys)} ys\" ) floating = dict.fromkeys(filter(_is_floating, xs)) for y, weight in zip(ys, weights): if _is_floating(y): found = y.graph.gradients(y, list(floating), weight, zeros=False) for x, gradient in zip(floating, found): both = [g for g in (floating[x], gradient) if g is not None] floating[x] = add_n(both) if both else None return [floating[x] if _is_floating(x) else None for x in xs] def _is_floating(value): tensor = isinstance(value, BaseTensor) and value.dtype is not None return tensor and value.dtype.kind == \"f\"",
""
],
[
"tf: updates",
"tf_updates.html#gradients",
"gradients",
"The gradients of the sum of all ys with respect to each of xs, a list. None for an x that no y depends on. grad_ys are weights, one for each y.",
"def gradients(ys, xs, grad_ys=None, name=None): ys, xs = as_list(ys), as_list(xs) weights = [None] * len(ys) if grad_ys is None else as_list(grad_ys) if len(weights) != len(ys): raise ValueError( f\"Length mismatch. Passed {len(weights)} grad_ys for {len(ys)} ys\" ) floating = dict.fromkeys(filter(_is_floating, xs)) for y, weight in zip(ys, weights): if _is_floating(y): found = y.graph.gradients(y, list(floating), weight, zeros=False) for x, gradient in zip(floating, found): both = [g for g in (floating[x], gradient) if g is not None] floating[x] = add_n(both) if both else None return [floating[x] if _is_floating(x) else None for x in xs] def _is_floating(value): tensor = isinstance(value, BaseTensor) and value.dtype is not None return tensor and value.dtype.kind == \"f\"",
""
],
[
"tf: updates",
"tf_updates.html#doing-and-in-which-order",
"Why doesn't the read see the update?",
"Why doesn't the read see the update? Because a run is a snapshot. Use a counter in the run that increments it, and you get the old count: >>> steps = tf.Variable(0, name=\"steps\") >>> count = tf.assign_add(steps, 1) >>> print(*tf.Session().run([count, 2 * steps])) 1 0 So read it within tf.control_dependencies of the update: >>> with tf.control_dependencies([count]): ... doubled = 2 * steps >>> print(*tf.Session().run([count, doubled])) 1 2 Control inputs explains how. Next, layers share their variables.",
"def assign(ref, value, *, use_locking=None, name=None): return graph_of(ref, value).assign(ref, value, name)",
""
],
[
"tf: updates",
"tf_updates.html#assign",
"assign",
"Assign value to the variable ref, and return the new value.",
"def assign(ref, value, *, use_locking=None, name=None): return graph_of(ref, value).assign(ref, value, name)",
""
],
[
"tf: updates",
"tf_updates.html#assign_add",
"assign_add",
"Add value to the variable ref, and return the new value.",
"def assign_add(ref, value, use_locking=None, name=None): return graph_of(ref, value).assign(ref, add(ref, value), name)",
""
],
[
"tf: updates",
"tf_updates.html#assign_sub",
"assign_sub",
"Subtract value from the variable ref, and return the new value.",
"def assign_sub(ref, value, use_locking=None, name=None): return graph_of(ref, value).assign(ref, subtract(ref, value), name)",
""
],
[
"tf: updates",
"tf_updates.html#group",
"group",
"An operation without a value, which runs all inputs, tensors or lists.",
"def group(*inputs, name=None): tensors = [tensor for part in inputs for tensor in as_list(part)] return graph_of(*tensors).group(tensors, name)",
""
],
[
"tf: updates",
"tf_updates.html#no_op",
"no_op",
"An operation that does nothing; give it control inputs.",
"def no_op(name=None): return group(name=name)",
""
],
[
"tf: updates",
"tf_updates.html#control_dependencies",
"control_dependencies",
"Make operations in this with run after these, and see what they assign. None lifts all control inputs. See Graph.control_dependencies.",
"def control_dependencies(control_inputs): return get_default_graph().control_dependencies(control_inputs)",
""
],
[
"tf: variables",
"tf_scopes.html#how-do-two-layers-share-their-weights-by-name",
"How do two layers share their weights? By name",
"How do two layers share their weights? By name In PyTorch, you call the same module twice. In TensorFlow 1 a layer is often a function that makes its own variables, so a second call makes different ones. tf.get_variable is the way out: it makes a variable, or returns the one that already has that name. Which of the two? tf.variable_scope decides, and puts its name before every name that you make inside: >>> import tf >>> def layer(x): ... return tf.matmul(x, tf.get_variable(\"W\", [2, 1])) >>> with tf.variable_scope(\"shared\"): ... one = layer([[1.0, 2.0]]) >>> with tf.variable_scope(\"shared\", reuse=True): ... other = layer([[3.0, 4.0]]) >>> [W] = tf.trainable_variables(\"shared\") >>> W.name, tf.gradients(one + other, W)[0].shape ('shared/W', (2, 1)) Forget reuse, and you get an error instead of a silent second layer: >>> with tf.variable_scope(\"shared\"): ... layer([[5.0, 6.0]]) Traceback (most recent call last): ... ValueError: Variable shared/W already exists, disallowed. ...",
"import contextlib import re import numpy from mixins.shapes import show_shape from tensor import FRAMEWORK from tf.datatypes import float32, type_or_none from tf.graphs import VariableScope, as_list, get_default_graph from tf.updates import group from tf.values import ( Variable, constant, ones, random_normal, random_uniform, truncated_normal, zeros, ) FRAMEWORK.add(__name__) __all__ = [\"AUTO_REUSE\", \"get_variable\", \"get_variable_scope\", \"global_variables\"] __all__ += [\"global_variables_initializer\", \"initialize_all_variables\", \"name_scope\"] __all__ += [\"trainable_variables\", \"variable_scope\", \"variables_initializer\"] __all__ += [\"constant_initializer\", \"glorot_uniform_initializer\", \"ones_initializer\"] __all__ += [\"random_normal_initializer\", \"random_uniform_initializer\"] __all__ += [\"truncated_normal_initializer\", \"zeros_initializer\"]",
""
],
[
"tf: variables",
"tf_scopes.html#global_variables",
"global_variables",
"All variables, or those whose names match the pattern scope at the start.",
"def global_variables(scope=None): variables = get_default_graph().variables return [x for x in variables if re.match(scope or \"\", x.name)]",
""
],
[
"tf: variables",
"tf_scopes.html#trainable_variables",
"trainable_variables",
"The variables that optimizers change by default.",
"def trainable_variables(scope=None): return [variable for variable in global_variables(scope) if variable.trainable]",
""
],
[
"tf: variables",
"tf_scopes.html#variables_initializer",
"variables_initializer",
"An operation that gives each of these variables its initial value.",
"def variables_initializer(var_list, name=\"init\"): return group([variable.initializer for variable in var_list], name=name)",
""
],
[
"tf: variables",
"tf_scopes.html#global_variables_initializer",
"global_variables_initializer",
"An operation that gives each existing variable its initial value.",
"def global_variables_initializer(): return variables_initializer(global_variables()) initialize_all_variables = global_variables_initializer",
""
],
[
"tf: variables",
"tf_scopes.html#scopes",
"Order among a thousand names",
"Order among a thousand names What if you only want names in order, and no sharing? Everything that you make within tf.name_scope(\"layer\") is called \"layer/...\".",
"@contextlib.contextmanager def name_scope(name, default_name=None, values=None): graph = get_default_graph() outside, name = graph.scope, default_name if name is None else name if not isinstance(name, (str, type(None))): raise TypeError(f\"the name of a scope is a string, got {name!r}\") if name and not name.endswith(\"/\"): name = graph.unique(name) + \"/\" graph.scope = name or \"\" try: yield graph.scope finally: graph.scope = outside AUTO_REUSE = \"AUTO_REUSE\"",
""
],
[
"tf: variables",
"tf_scopes.html#name_scope",
"name_scope",
"Put name and a slash before names made in this with, except shared ones. If that scope exists, the new one gets a number. A name that ends in a slash enters the existing scope; an empty name leaves all scopes.",
"@contextlib.contextmanager def name_scope(name, default_name=None, values=None): graph = get_default_graph() outside, name = graph.scope, default_name if name is None else name if not isinstance(name, (str, type(None))): raise TypeError(f\"the name of a scope is a string, got {name!r}\") if name and not name.endswith(\"/\"): name = graph.unique(name) + \"/\" graph.scope = name or \"\" try: yield graph.scope finally: graph.scope = outside AUTO_REUSE = \"AUTO_REUSE\"",
""
],
[
"tf: variables",
"tf_scopes.html#get_variable_scope",
"get_variable_scope",
"The current variable scope.",
"def get_variable_scope(): return get_default_graph().variable_scope",
""
],
[
"tf: variables",
"tf_scopes.html#variable_scope",
"variable_scope",
"A scope for names and for tf.get_variable, inside the current one. Give a VariableScope to enter it again, from anywhere. Without a name, the scope takes default_name, with a number if that's taken.",
"@contextlib.contextmanager def variable_scope(name_or_scope, default_name=None, *, initializer=None, reuse=None): graph = get_default_graph() outside = like = graph.variable_scope if isinstance(name_or_scope, VariableScope): like, name = name_or_scope, name_or_scope.name inner = name.rpartition(\"/\")[2] else: inner = default_name if name_or_scope is None else name_or_scope name = f\"{outside.name}/{inner}\" if outside.name else inner initializer = like.initializer if initializer is None else initializer around = graph.scope with name_scope(inner) as inside: if name_or_scope is None: name = name.removesuffix(inner) + inside.removeprefix(around)[:-1] scope = VariableScope(name, reuse or like.reuse, initializer) graph.variable_scope = scope try: yield scope finally: graph.variable_scope = outside",
""
],
[
"tf: variables",
"tf_scopes.html#get_variable",
"get_variable",
"The variable name of the current variable scope, made or shared. Args initializer a function of a shape and a type, or the initial value itself. By default the scope's; if it has none, tf.glorot_uniform_initializer, and zeros for integers. Raises ValueError the scope reuses variables, and this one doesn't exist; or the scope makes new ones, and this one exists; or it has another shape or type.",
"def get_variable(name, shape=None, dtype=None, initializer=None, *, trainable=True): graph = get_default_graph() scope = graph.variable_scope name = f\"{scope.name}/{name}\" if scope.name else name shared = graph.shared.get(name) if shared is not None: return _check_shared(shared, scope.reuse, shape, type_or_none(dtype)) if scope.reuse is True: raise ValueError( f\"Variable {name} does not exist, or was not created with \" \"tf.get_variable(). Did you mean to set reuse=tf.AUTO_REUSE in VarScope?\" )",
""
],
[
"tf: variables",
"tf_scopes.html#S169",
"Order among a thousand names",
"The variable scope alone decides the name; name scopes don't count.",
"with name_scope(\"\"): if initializer is None: initializer = scope.initializer initial = _initial_value(name, shape, dtype, initializer) variable = Variable(initial, trainable, name=name) graph.shared[name] = variable return variable def _check_shared(variable, reuse, shape, dtype): if not reuse: raise ValueError( f\"Variable {variable.name} already exists, disallowed. Did you mean to set \" \"reuse=True or reuse=tf.AUTO_REUSE in VarScope? Originally defined at: \" f\"{variable.line}\" ) if shape is not None and tuple(as_list(shape)) != variable.shape: raise ValueError( f\"Trying to share variable {variable.name}, but specified shape \" f\"{show_shape(tuple(as_list(shape)))} and found shape {variable.shape}.\" ) if dtype not in (None, variable.dtype): raise ValueError( f\"Trying to share variable {variable.name}, but specified dtype {dtype} \" f\"and found dtype {variable.dtype}.\" ) return variable def _initial_value(name, shape, dtype, initializer): dtype = type_or_none(dtype) if initializer is not None and not callable(initializer): if shape is not None: raise ValueError( f\"Variable {name}: If initializer is a constant, do not specify shape.\" ) return get_default_graph().convert(initializer, dtype) if shape is None: raise ValueError( f\"Variable {name} did not get an initializer, so its `shape` argument must \" \"be specified.\" ) dtype = dtype or float32 if initializer is None: floating = dtype.kind == \"f\" initializer = glorot_uniform_initializer if floating else zeros_initializer if initializer in _INITIALIZERS: initializer = initializer() shape = as_list(shape) if None in shape: raise ValueError( f\"Shape of a new variable ({name}) must be fully defined, but instead was \" f\"{show_shape(tuple('?' if n is None else n for n in shape))}.\" ) return initializer(shape, dtype=dtype)",
""
],
[
"tf: variables",
"tf_scopes.html#initializers",
"How do weights start?",
"How do weights start? An initializer decides. It's a function that returns a function of a shape and a type. With variables, names and first values you have a network; tf.train trains it.",
"def zeros_initializer(): return zeros",
"initializer"
],
[
"tf: variables",
"tf_scopes.html#zeros_initializer",
"zeros_initializer",
"All zeros.",
"def zeros_initializer(): return zeros",
""
],
[
"tf: variables",
"tf_scopes.html#ones_initializer",
"ones_initializer",
"All ones.",
"def ones_initializer(): return ones",
""
],
[
"tf: variables",
"tf_scopes.html#constant_initializer",
"constant_initializer",
"The number value everywhere.",
"def constant_initializer(value=0): return lambda shape, dtype: constant(value, dtype, shape)",
""
],
[
"tf: variables",
"tf_scopes.html#random_normal_initializer",
"random_normal_initializer",
"Normally distributed numbers.",
"def random_normal_initializer(mean=0.0, stddev=1.0, seed=None): return lambda shape, dtype: random_normal(shape, mean, stddev, dtype, seed)",
""
],
[
"tf: variables",
"tf_scopes.html#truncated_normal_initializer",
"truncated_normal_initializer",
"Normally distributed numbers, none more than two stddev from mean.",
"def truncated_normal_initializer(mean=0.0, stddev=1.0, seed=None): return lambda shape, dtype: truncated_normal(shape, mean, stddev, dtype, seed)",
""
],
[
"tf: variables",
"tf_scopes.html#random_uniform_initializer",
"random_uniform_initializer",
"Uniform numbers, at least minval and below maxval.",
"def random_uniform_initializer(minval=0.0, maxval=None, seed=None): return lambda shape, dtype: random_uniform(shape, minval, maxval, dtype, seed)",
""
],
[
"tf: variables",
"tf_scopes.html#glorot_uniform_initializer",
"glorot_uniform_initializer",
"Uniform numbers between -limit and limit, so that signals keep their size. limit=6inputs+outputs (Glorot and Bengio 2010.) For a vector, inputs and outputs are its size.",
"\\text{limit} = \\sqrt{\\frac{6}{\\text{inputs} + \\text{outputs}}} \\text{limit}=\\sqrt{\\frac{6}{\\text{inputs}+\\text{outputs}}} def glorot_uniform_initializer(seed=None): def initializer(shape, dtype): inputs, outputs = shape[-2:] if len(shape) > 1 else (shape or [1]) * 2 rest = numpy.prod(shape[:-2]) limit = (6 / (rest * (inputs + outputs))) ** 0.5 return random_uniform(shape, -limit, limit, dtype, seed) return initializer _INITIALIZERS = { zeros_initializer, ones_initializer, constant_initializer, random_normal_initializer, truncated_normal_initializer, random_uniform_initializer, glorot_uniform_initializer, }",
""
],
[
"tf.train",
"tf_train.html#steps-that-count-themselves-tftrain",
"Steps that count themselves: tf.train",
"Steps that count themselves: tf.train The optimizers are ours, formulas and all. They also count their steps, in a variable that you give them: >>> import tf >>> x = tf.Variable(4.0) >>> count = tf.Variable(0, trainable=False) >>> optimizer = tf.train.GradientDescentOptimizer(0.25) >>> step = optimizer.minimize(tf.square(x), global_step=count) >>> with tf.Session() as sess: ... for _ in range(3): ... sess.run(step) ... print(*sess.run([x, count])) 0.5 3",
"import contextlib import json import os import typing import train as optimizers from tensor import FRAMEWORK from tensor import Tensor as BaseTensor from tf.collections import GraphKeys, add_to_collection, get_collection from tf.datatypes import float32, int64 from tf.graphs import as_list from tf.names import Listed, missing from tf.operations import cast, floor, minimum, multiply, pow from tf.scopes import global_variables, trainable_variables from tf.updates import assign, assign_add, group from tf.values import Variable, zeros FRAMEWORK.add(__name__) __all__ = [\"AdagradOptimizer\", \"AdamOptimizer\", \"GradientDescentOptimizer\"] __all__ += [\"MomentumOptimizer\", \"RMSPropOptimizer\", \"Saver\"] __all__ += [\"Coordinator\", \"ExponentialMovingAverage\", \"exponential_decay\"] __all__ += [\"get_checkpoint_state\", \"get_global_step\", \"get_or_create_global_step\"] __all__ += [\"latest_checkpoint\", \"start_queue_runners\"]",
""
],
[
"tf.train",
"tf_train.html#optimizers",
"One more assignment",
"One more assignment To count a step, we add an assignment to the group that makes it.",
"class _Counting(Listed): def __init__(self, *args, use_locking=False, name=None, **keywords): super().__init__(*args, **keywords)",
""
],
[
"tf.train",
"tf_train.html#_Counting.minimize",
"_Counting.minimize",
"One step on loss that changes var_list, and counts in global_step.",
"def minimize(self, loss, global_step=None, var_list=None, name=None): if var_list is not None:",
""
],
[
"tf.train",
"tf_train.html#S54",
"One more assignment",
"They may be the values of a dict, too.",
"single = isinstance(var_list, BaseTensor) var_list = [var_list] if single else list(var_list) pairs = self.compute_gradients(loss, var_list) return self.apply_gradients(pairs, global_step, name)",
""
],
[
"tf.train",
"tf_train.html#_Counting.apply_gradients",
"_Counting.apply_gradients",
"One step from pairs (gradient, variable).",
"def apply_gradients(self, grads_and_vars, global_step=None, name=None): step = super().apply_gradients(grads_and_vars) count = [] if global_step is None else [assign_add(global_step, 1)] return group(step, count, name=name) def _counting(optimizer): doc = {\"__doc__\": optimizer.__doc__} return type(optimizer.__name__, (_Counting, optimizer), doc) GradientDescentOptimizer = _counting(optimizers.GradientDescentOptimizer) MomentumOptimizer = _counting(optimizers.MomentumOptimizer) AdagradOptimizer = _counting(optimizers.AdagradOptimizer) RMSPropOptimizer = _counting(optimizers.RMSPropOptimizer) AdamOptimizer = _counting(optimizers.AdamOptimizer)",
""
],
[
"tf.train",
"tf_train.html#averages",
"A rate that falls, and weights that lag behind",
"A rate that falls, and weights that lag behind Near the end you want small steps. exponential_decay multiplies the rate by decay_rate every decay_steps steps. And the last step is no better than the ones before it, so you may prefer an average: an ExponentialMovingAverage keeps one beside each variable, which moves a little of the way at each step.",
"def exponential_decay( learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None ): exponent = cast(global_step, float32) / decay_steps exponent = floor(exponent) if staircase else exponent return multiply(learning_rate, pow(decay_rate, exponent), name)",
""
],
[
"tf.train",
"tf_train.html#exponential_decay",
"exponential_decay",
"learning_rate * decay_rate ** (global_step / decay_steps).",
"def exponential_decay( learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None ): exponent = cast(global_step, float32) / decay_steps exponent = floor(exponent) if staircase else exponent return multiply(learning_rate, pow(decay_rate, exponent), name)",
""
],
[
"tf.train",
"tf_train.html#ExponentialMovingAverage",
"ExponentialMovingAverage",
"Averages of variables: decay * average + (1 - decay) * variable. With num_updates, the count of steps, the decay is at first smaller, so that an average soon forgets where it began.",
"class ExponentialMovingAverage(Listed): def __init__(self, decay, num_updates=None, name=\"ExponentialMovingAverage\"): self.decay, self.num_updates, self.name = decay, num_updates, name self.averages = {}",
""
],
[
"tf.train",
"tf_train.html#ExponentialMovingAverage.apply",
"ExponentialMovingAverage.apply",
"An operation that moves the average of each variable.",
"def apply(self, var_list=None): decay, updates = self.decay, [] if self.num_updates is not None: steps = cast(self.num_updates, float32) decay = minimum(decay, (1 + steps) / (10 + steps)) for x in trainable_variables() if var_list is None else var_list: if x not in self.averages: name = f\"{x.name}/{self.name}\" variable = x.kind == \"variable\" start = x.initial_value if variable else zeros(x.get_shape(), x.dtype) self.averages[x] = Variable(start, trainable=False, name=name) average = self.averages[x] updates.append(assign(average, decay * average + (1 - decay) * x)) return group(updates)",
""
],
[
"tf.train",
"tf_train.html#ExponentialMovingAverage.average",
"ExponentialMovingAverage.average",
"The average of a variable, or None.",
"def average(self, var): return self.averages.get(var)",
""
],
[
"tf.train",
"tf_train.html#ExponentialMovingAverage.average_name",
"ExponentialMovingAverage.average_name",
"The name of the average of a variable.",
"def average_name(self, var): return f\"{var.name}/{self.name}\"",
""
],
[
"tf.train",
"tf_train.html#get_global_step",
"get_global_step",
"The variable that counts steps, or None.",
"def get_global_step(graph=None): found = get_collection(GraphKeys.GLOBAL_STEP) return found[0] if found else None",
""
],
[
"tf.train",
"tf_train.html#get_or_create_global_step",
"get_or_create_global_step",
"The variable that counts steps, made at first use.",
"def get_or_create_global_step(graph=None): if get_global_step() is None: step = Variable(0, trainable=False, name=\"global_step\", dtype=int64) add_to_collection(GraphKeys.GLOBAL_STEP, step) return get_global_step()",
""
],
[
"tf.train",
"tf_train.html#threads-that-have-nothing-to-do",
"Threads that have nothing to do",
"Threads that have nothing to do In TensorFlow 1, threads filled queues with data, and a coordinator stopped them. Here data comes by tf.data, or you feed it. So these are for programs that call them, and do nothing else.",
"class Coordinator: def __init__(self): self._stopped = False",
""
],
[
"tf.train",
"tf_train.html#Coordinator",
"Coordinator",
"Says whether to stop: once someone has asked for it.",
"class Coordinator: def __init__(self): self._stopped = False",
""
],
[
"tf.train",
"tf_train.html#Coordinator.should_stop",
"Coordinator.should_stop",
"Whether someone has asked to stop.",
"def should_stop(self): return self._stopped",
""
],
[
"tf.train",
"tf_train.html#Coordinator.request_stop",
"Coordinator.request_stop",
"Ask to stop.",
"def request_stop(self, ex=None): self._stopped = True",
""
],
[
"tf.train",
"tf_train.html#Coordinator.join",
"Coordinator.join",
"Wait for threads; there are none.",
"def join(self, threads=None, **options):",
""
],
[
"tf.train",
"tf_train.html#start_queue_runners",
"start_queue_runners",
"Start the threads that fill queues: none, an empty list.",
"def start_queue_runners(sess=None, coord=None, **options): return []",
""
],
[
"tf.train",
"tf_train.html#checkpoints",
"Which checkpoints stay?",
"Which checkpoints stay? The last five, unless you ask for more. Your program now trains and survives a power cut. If it fails, see tf.errors.",
"class Saver: def __init__(self, var_list=None, *, max_to_keep=5): if var_list is None: var_list = global_variables() is_dict = isinstance(var_list, dict) self.variables = var_list if is_dict else as_list(var_list) if not self.variables: raise ValueError(\"No variables to save\") self.max_to_keep = max_to_keep self.last_checkpoints = []",
""
],
[
"tf.train",
"tf_train.html#Saver",
"Saver",
"Saves variables to files, and restores them. Args var_list the variables, as a list, or as a dict from their names in the file; by default all that exist. max_to_keep how many files to keep; the oldest are deleted. None keeps all. Attributes last_checkpoints the paths of the files kept, oldest first. Raises ValueError there are no variables.",
"class Saver: def __init__(self, var_list=None, *, max_to_keep=5): if var_list is None: var_list = global_variables() is_dict = isinstance(var_list, dict) self.variables = var_list if is_dict else as_list(var_list) if not self.variables: raise ValueError(\"No variables to save\") self.max_to_keep = max_to_keep self.last_checkpoints = []",
""
],
[
"tf.train",
"tf_train.html#Saver.save",
"Saver.save",
"Write a file, and return its path, which ends in global_step, if given.",
"def save(self, sess, save_path, global_step=None): if isinstance(global_step, BaseTensor): global_step = sess.run(global_step) path = save_path if global_step is None else f\"{save_path}-{int(global_step)}\" os.makedirs(os.path.dirname(path) or \".\", exist_ok=True) sess.save(path, self.variables) self.last_checkpoints = [x for x in self.last_checkpoints if x != path] + [path] while self.max_to_keep and len(self.last_checkpoints) > self.max_to_keep: with contextlib.suppress(FileNotFoundError): os.remove(self.last_checkpoints.pop(0)) self._list(os.path.dirname(path) or \".\") return path",
""
],
[
"tf.train",
"tf_train.html#Saver._list",
"Saver._list",
"Write down which checkpoints are there, the newest first.",
"def _list(self, folder): newest = os.path.abspath(self.last_checkpoints[-1]) lines = [f\"model_checkpoint_path: {json.dumps(newest)}\\n\"] for path in map(os.path.abspath, self.last_checkpoints): lines.append(f\"all_model_checkpoint_paths: {json.dumps(path)}\\n\") with open(os.path.join(folder, \"checkpoint\"), \"w\", encoding=\"utf-8\") as file: file.writelines(lines)",
""
],
[
"tf.train",
"tf_train.html#Saver.restore",
"Saver.restore",
"Read the variables from a file, which can hold others too. Raises ValueError the file isn't a checkpoint, or lacks a variable.",
"def restore(self, sess, save_path): try: sess.restore(save_path, self.variables) except FileNotFoundError: raise ValueError( f\"The passed save_path is not a valid checkpoint: {save_path}\" ) from None",
""
],
[
"tf.train",
"tf_train.html#CheckpointState",
"CheckpointState",
"What a Saver has written down about a folder.",
"class CheckpointState(typing.NamedTuple): model_checkpoint_path: str all_model_checkpoint_paths: list",
""
],
[
"tf.train",
"tf_train.html#get_checkpoint_state",
"get_checkpoint_state",
"The checkpoints of a folder, as a Saver left them; None if there are none.",
"def get_checkpoint_state(checkpoint_dir, latest_filename=\"checkpoint\"): try: path = os.path.join(checkpoint_dir, latest_filename) with open(path, encoding=\"utf-8\") as file: pairs = [line.split(\": \", 1) for line in file] except OSError: return None paths = [json.loads(value) for _, value in pairs] return CheckpointState(paths[0], paths[1:])",
""
],
[
"tf.train",
"tf_train.html#latest_checkpoint",
"latest_checkpoint",
"The path of the newest checkpoint in a folder; None if there's none.",
"def latest_checkpoint(checkpoint_dir, latest_filename=\"checkpoint\"): state = get_checkpoint_state(checkpoint_dir, latest_filename) return state and state.model_checkpoint_path def __getattr__(name): raise AttributeError(missing(f\"tf.train.{name}\"))",
""
],
[
"tf.errors",
"tf_errors.html#which-error-do-you-catch-tferrors",
"Which error do you catch? tf.errors",
"Which error do you catch? tf.errors If your program catches InvalidArgumentError, it still does. It's also a ValueError, like our own errors: >>> import tf >>> issubclass(tf.errors.InvalidArgumentError, ValueError) True Next: what's missing.",
"from tensor import FRAMEWORK from tf.names import missing FRAMEWORK.add(__name__) __all__ = [ \"CancelledError\", \"FailedPreconditionError\", \"InvalidArgumentError\", \"OpError\", ] __all__ += [\"OutOfRangeError\"]",
""
],
[
"tf.errors",
"tf_errors.html#OpError",
"OpError",
"Raised when a run fails.",
"class OpError(Exception):",
""
],
[
"tf.errors",
"tf_errors.html#InvalidArgumentError",
"InvalidArgumentError",
"Raised when a value doesn't fit.",
"class InvalidArgumentError(OpError, ValueError):",
""
],
[
"tf.errors",
"tf_errors.html#CancelledError",
"CancelledError",
"Raised when something was closed before.",
"class CancelledError(OpError):",
""
],
[
"tf.errors",
"tf_errors.html#FailedPreconditionError",
"FailedPreconditionError",
"Raised when something should have run before.",
"class FailedPreconditionError(OpError):",
""
],
[
"tf.errors",
"tf_errors.html#OutOfRangeError",
"OutOfRangeError",
"Raised when a dataset has no more elements.",
"class OutOfRangeError(OpError): def __getattr__(name): raise AttributeError(missing(f\"tf.errors.{name}\"))",
""
],
[
"tf: what is missing",
"tf_names.html#whats-missing-ask-and-the-error-tells-you",
"What's missing? Ask, and the error tells you",
"What's missing? Ask, and the error tells you Much of TensorFlow isn't here. You don't have to look it up. Just use the name, and you're told what's nearest to it: >>> import tf >>> tf.reduce_prod Traceback (most recent call last): ... AttributeError: tf.reduce_prod is not among ... tf.reduce_sum? ... For the same names in other frameworks, see this table.",
"import difflib import sys import types from tensor import FRAMEWORK FRAMEWORK.add(__name__)",
""
],
[
"tf: what is missing",
"tf_names.html#missing",
"missing",
"The message of an AttributeError for a TensorFlow name that isn't here.",
"def missing(name): nearest = difflib.get_close_matches(name, _names(), 1, 0.7) hint = f\"; do you mean {nearest[0]}?\" if nearest else \".\" return ( f\"{name} is not among the names of TensorFlow 1 that are here{hint} They are \" \"listed in tf.__all__, tf.nn.__all__ and so on; docs/tf.html shows them\" )",
""
],
[
"tf: what is missing",
"tf_names.html#_names",
"_names",
"All the names that are here, as a program writes them.",
"def _names(): package, found = sys.modules[\"tf\"], [] for name in getattr(package, \"__all__\", ()): found.append(f\"tf.{name}\") inside = vars(package).get(name) if isinstance(inside, types.ModuleType): found += [f\"tf.{name}.{part}\" for part in getattr(inside, \"__all__\", ())] return found",
""
],
[
"tf: what is missing",
"tf_names.html#Listed",
"Listed",
"A class whose missing attributes raise an error that says what's here.",
"class Listed: def __getattr__(self, name): raise AttributeError(missing(f\"{type(self).__name__}.{name}\"))",
""
],
[
"The end",
"end.html#the-end-what-you-can-do-and-what-to-read-next",
"The end: what you can do, and what to read next",
"The end: what you can do, and what to read next You began with a network that learns exclusive or. You've seen all that happened in between, and none of it was magic: a graph, a walk back over it, a sum of shares, a loop.",
"",
""
],
[
"The end",
"end.html#what-you-can-do",
"What you can do",
"What you can do Derive the gradient of any operation, and check it numerically. Write backpropagation for a graph from memory, in the right order, without recursion (Exercise 15). Say what loss.backward(), tf.gradients and jax.grad have in common, and where they differ (You know PyTorch). Read the program that a compiler makes of a training step, line by line (The program). Add an operation, a loss, an optimizer, or a whole room to this framework.",
"",
""
],
[
"The end",
"end.html#what-we-left-out",
"What we left out",
"What we left out Sparse tensors, complex numbers and 16-bit training; kernels of our own; data that doesn't fit into memory. What a large framework adds beyond that is mostly breadth: hundreds of operations, dozens of devices, and many years of corner cases. The ideas are the ones that you've read.",
"",
"large"
],
[
"The end",
"end.html#what-to-read-next",
"What to read next",
"What to read next On automatic differentiation: A. G. Baydin, B. A. Pearlmutter, A. A. Radul and J. M. Siskind, Automatic differentiation in machine learning: a survey. The JAX authors, Autodidax: JAX core from scratch: forward mode, reverse mode and jit in one file. A. Karpathy, micrograd: the same idea on single numbers, in a hundred lines. On the systems that this one is modelled after: M. Abadi and others, TensorFlow: a system for large-scale machine learning. A. Paszke and others, PyTorch: an imperative style, high-performance deep learning library. Its two ancestors: Jim Fleming, differentiation. Daniel Sabinasz, \"Deep Learning From Scratch\", and its library, TensorSlow.",
"",
""
],
[
"The end",
"end.html#something-wrong",
"Something wrong?",
"Something wrong? If a sentence made you stop, or a number doesn't come out, that's a fault of the book. Tell us: the project's CONTRIBUTING.md says how, and also how to translate a page.",
"",
""
]
];
