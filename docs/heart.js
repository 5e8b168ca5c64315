// # Could you write the heart in another language?
//
// Here it is once more, in JavaScript.  You type a line, and your browser builds a graph,
// differentiates it, and [simplifies](weave/live/simplify.js) it to a program.  No Python
// is near.
//
//     const graph = new Graph();
//     const x = graph.variable(array(3), "x");
//     const y = graph.square(x, "y");
//     const [y_by_x] = graph.gradients(y, [x]);
//
// How do we know that it's right?  Python and this page must find the same program, word
// by word, for thousands of random lines.  A few hundred of them, with their values and
// gradients, are in [cases.json](cases.json).  If you write a port of your own, test it
// by those.

"use strict";

// ## What a tensor knows
//
// As in [Python](tensor.py), it has no value, only a name, and the operation that makes
// it.  Here all shapes are known.

class Tensor {
  constructor(graph, name, kind, { op = null, value = null, shape, truth = false }) {
    this.graph = graph;
    this.name = name;
    this.kind = kind;
    this.op = op;
    this.value = value; // of a constant; of a variable, the first one
    this.shape = shape;
    this.truth = truth; // whether its elements are true or false
    this.index = graph.tensors.length;
    this.word = null; // what its name was built from, if you gave none
    this.derivedFrom = null; // for a gradient, the operation that was differentiated
    this.labelled = false;
  }
}

// ## What an operation knows
//
// How to compute its output, and what it hands back to its inputs.  JavaScript has no
// operators for arrays.  So `compute` gets the names of the inputs, and returns the text
// of a line of Python, which [another page](weave/live/program.js) can run.  `gradient`
// gets the incoming gradient, and returns a share for each input, or null, as in
// [Operations](ops.py).
//
// Most work elementwise.  The others say which shape comes out, and if the result may be
// a view of an input, it's not `fresh`.

const operations = {
  add: {
    compute: (a, b) => `${a} + ${b}`,
    gradient: (grad) => [grad, grad],
  },

  sub: {
    compute: (a, b) => `${a} - ${b}`,
    gradient: (grad, { graph }) => [grad, graph.neg(grad)],
  },

  mul: {
    compute: (a, b) => `${a} * ${b}`,
    gradient: (grad, { graph, inputs: [a, b] }) => [graph.mul(grad, b), graph.mul(grad, a)],
  },

  div: {
    compute: (a, b) => `${a} / ${b}`,
    gradient: (grad, { graph, inputs: [, b], output }) => [
      graph.div(grad, b),
      graph.div(graph.mul(graph.neg(grad), output), b),
    ],
  },

  neg: {
    compute: (x) => `-${x}`,
    gradient: (grad, { graph }) => [graph.neg(grad)],
  },

  pow: {
    compute: (a, b) => `${a} ** ${b}`,
    gradient(grad, { graph, inputs: [a, b], output }) {
      const atZero = graph.where(graph.equal(b, 0), 1, graph.sub(b, 1));
      const exponent = graph.where(graph.equal(a, 0), atZero, graph.sub(b, 1));
      const lower = graph.pow(a, exponent);
      const logA = graph.log(graph.where(graph.greater(a, 0), a, 1));
      const power = graph.where(graph.greater(a, 0), output, 0);
      return [
        graph.mul(graph.mul(grad, b), lower),
        graph.mul(graph.mul(grad, power), logA),
      ];
    },
  },

  square: {
    compute: (x) => `${x} * ${x}`,
    gradient: (grad, { graph, inputs: [x] }) => [graph.mul(graph.mul(grad, 2), x)],
  },

  sqrt: {
    compute: (x) => `np.sqrt(${x})`,
    gradient: (grad, { graph, output }) => [graph.div(grad, graph.mul(2, output))],
  },

  exp: {
    compute: (x) => `np.exp(${x})`,
    gradient: (grad, { graph, output }) => [graph.mul(grad, output)],
  },

  log: {
    compute: (x) => `np.log(${x})`,
    gradient: (grad, { graph, inputs: [x] }) => [graph.div(grad, x)],
  },

  sigmoid: {
    compute: (x) => `1 / (1 + np.exp(-${x}))`,
    gradient: (grad, { graph, output }) => [
      graph.mul(graph.mul(grad, output), graph.sub(1, output)),
    ],
  },

  tanh: {
    compute: (x) => `np.tanh(${x})`,
    gradient: (grad, { graph, output }) => [
      graph.mul(grad, graph.sub(1, graph.mul(output, output))),
    ],
  },

  relu: {
    compute: (x) => `np.maximum(${x}, 0)`,
    gradient: (grad, { graph, inputs: [x] }) => [
      graph.mul(grad, graph.stop_gradient(graph.greater(x, 0))),
    ],
  },

  maximum: {
    compute: (a, b) => `np.maximum(${a}, ${b})`,
    gradient: (grad, { graph, inputs: [a, b] }) => [
      graph.where(graph.greater_equal(a, b), grad, 0),
      graph.where(graph.greater_equal(a, b), 0, grad),
    ],
  },

  // A comparison has no derivative; a condition chooses where the gradient goes.
  equal: { compute: (a, b) => `${a} == ${b}`, truth: true },
  greater: { compute: (a, b) => `${a} > ${b}`, truth: true },
  greater_equal: { compute: (a, b) => `${a} >= ${b}`, truth: true },
  less: { compute: (a, b) => `${a} < ${b}`, truth: true },
  less_equal: { compute: (a, b) => `${a} <= ${b}`, truth: true },

  where: {
    compute: (condition, a, b) => `np.where(${condition}, ${a}, ${b})`,
    gradient: (grad, { graph, inputs: [condition] }) => [
      null, graph.where(condition, grad, 0), graph.where(condition, 0, grad),
    ],
    fresh: false,
  },

  identity: { compute: (x) => x, gradient: (grad) => [grad] },
  stop_gradient: { compute: (x) => x, stops: true },

  // The others see more than one element.
  sum: {
    compute: (x, { axis, keepdims }) => `${x}.sum(${summed(axis, keepdims)})`,
    gradient: (grad, { graph, axis, keepdims }) => [
      keepdims || axis === null ? grad : graph.expand_dims(grad, axis),
    ],
    shape([x], { axis, keepdims }) {
      const axes = axesOf(axis, x.shape.length);
      const sizes = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
      return keepdims ? sizes : sizes.filter((_, i) => !axes.includes(i));
    },
  },

  dot: {
    compute: (a, b) => `${a}.dot(${b})`,
    gradient(grad, { graph, inputs: [a, b] }) {
      const byB = graph.dot(graph.transpose(a), grad);
      return [graph.dot(grad, graph.transpose(b)), byB];
    },
    shape([a, b]) {
      if (a.shape.length !== 2 || b.shape.length !== 2) {
        throw new Error(`@ multiplies two matrices, got ${described(a)} and ${described(b)}`);
      }
      if (a.shape[1] !== b.shape[0]) {
        throw new Error(
          `${described(a)} @ ${described(b)}: the first has ${a.shape[1]} columns, the ` +
          `second ${b.shape[0]} rows, and they must be equal`);
      }
      return [a.shape[0], b.shape[1]];
    },
  },

  transpose: {
    compute: (x) => `${x}.T`,
    gradient: (grad, { graph }) => [graph.transpose(grad)],
    shape: ([x]) => x.shape.slice().reverse(),
    fresh: false,
  },

  // A shape is an input, too, always a constant here.
  reshape: {
    compute: (x, shape) => `${x}.reshape(${shape})`,
    gradient: (grad, { graph, inputs: [x] }) => [graph.reshape(grad, x.shape), null],
    shape: ([, shape]) => shape.value,
    fresh: false,
  },

  broadcast: {
    compute: (x, shape) => `np.broadcast_to(${x}, ${shape})`,
    gradient: (grad) => [grad, null],
    shape: ([, shape]) => shape.value,
    fresh: false,
  },

  expand_dims: {
    compute: (x, { axis, output }) => `${x}[${output.shape.map((_, i) =>
      (axesOf(axis, output.shape.length).includes(i) ? "None" : ":")).join(", ")}]`,
    gradient: (grad, { graph, inputs: [x] }) => [graph.reshape(grad, x.shape)],
    shape([x], { axis }) {
      const sizes = x.shape.slice();
      for (const i of axesOf(axis, sizes.length + [axis].flat().length)) sizes.splice(i, 0, 1);
      return sizes;
    },
    fresh: false,
  },
};

function summed(axis, keepdims) {
  const parts = [];
  if (axis !== null) parts.push(`axis=${Array.isArray(axis) ? tupleText(axis) : axis}`);
  if (keepdims) parts.push("keepdims=True");
  return parts.join(", ");
}

function tupleText(parts) {
  return `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;
}

function axesOf(axis, rank) {
  if (axis === null) return [...Array(rank).keys()];
  const axes = [axis].flat().map((i) => (i < 0 ? i + rank : i));
  if (axes.every((i) => i >= 0 && i < rank)) return axes.sort((a, b) => a - b);
  throw new Error(`there is no axis ${axis} among ${rank}`);
}

function described(tensor) {
  return `'${tensor.name}' ${tupleText(tensor.shape)}`;
}

// ## The graph
//
// All that it knows is in one list.  A number becomes a constant.

class Graph {
  constructor() {
    this.tensors = [];
    this.names = new Map(); // the last number put behind each name
    this.differentiating = null;
  }

  variable(value, name) {
    return this.tensor("variable", { value, shape: value.shape }, name);
  }

  constant(value, name) {
    return this.tensor("constant", { value: array(value), shape: [] }, name);
  }

  convert(x) {
    return x instanceof Tensor ? x : this.constant(x);
  }

  sizes(shape) {
    return this.tensor("constant", { value: shape, shape: [shape.length] }, "shape");
  }

  tensor(kind, facts, name = null) {
    const tensor = new Tensor(this, this.unique(name ?? kind), kind, facts);
    if (name === null) tensor.word = kind;
    if (this.differentiating !== null) tensor.derivedFrom = this.differentiating.op;
    this.tensors.push(tensor);
    return tensor;
  }

  unique(name) {
    let unique = name;
    while (this.names.has(unique)) {
      this.names.set(name, this.names.get(name) + 1);
      unique = `${name}_${this.names.get(name)}`;
    }
    this.names.set(unique, 0);
    return unique;
  }

  make(kind, inputs, name, attributes = {}) {
    const rule = operations[kind];
    inputs = inputs.map((x) => this.convert(x));
    const op = { kind, ...rule, ...attributes, inputs, graph: this };
    const shape = rule.shape ? rule.shape(inputs, op) : broadcastShape(kind, inputs);
    const truth = rule.truth || (kind === "stop_gradient" && inputs[0].truth);
    op.output = this.tensor(kind, { op, shape, truth }, name);
    return op.output;
  }

  // Five methods take more than inputs.
  sum(x, axis = null, keepdims = false, name) {
    return this.make("sum", [x], name, { axis, keepdims });
  }

  mean(x, axis = null, name) {
    x = this.convert(x);
    const total = this.sum(x, axis);
    const number = count(axesOf(axis, x.shape.length).map((i) => x.shape[i]));
    return this.div(total, number, name);
  }

  expand_dims(x, axis) {
    return this.make("expand_dims", [x], undefined, { axis });
  }

  reshape(x, shape) {
    return this.make("reshape", [x, this.sizes(shape)]);
  }

  broadcast_to(x, shape) {
    return this.make("broadcast", [x, this.sizes(shape)]);
  }

  transpose(x, name) {
    x = this.convert(x);
    const result = this.make("transpose", [x], name ?? `${x.name}_T`);
    if (name === undefined) result.word = `${x.name}_T`;
    return result;
  }

  // ## Backwards
  //
  // The same walk as in [Gradients](gradients.py): each operation that lies between the
  // xs and y has one turn, the last one first.

  gradients(y, xs) {
    const reached = new Set(xs);
    const path = [];
    for (const op of topologicalOrder([y])) {
      if (!op.stops && op.inputs.some((x) => reached.has(x))) {
        reached.add(op.output);
        path.push(op);
      }
    }
    const shares = new Map();
    const gradients = new Map();
    const arrive = (x, share, consumer) => {
      share = this.fit(share, x);
      if (!shares.has(x)) shares.set(x, []);
      shares.get(x).push([share, consumer]);
    };
    const complete = (x) => {
      gradients.set(x, this.total(shares.get(x), y, x));
      shares.delete(x);
    };
    this.differentiating = y;
    if (reached.has(y)) arrive(y, this.constant(1), y);
    for (const op of path.reverse()) {
      if (!shares.has(op.output)) continue;
      this.differentiating = op.output;
      complete(op.output);
      op.gradient(gradients.get(op.output), op).forEach((share, i) => {
        if (share !== null && reached.has(op.inputs[i])) arrive(op.inputs[i], share, op.output);
      });
    }
    this.differentiating = y;
    for (const x of xs) {
      if (shares.has(x)) complete(x);
      else if (!gradients.has(x)) gradients.set(x, this.fit(this.constant(0), x));
    }
    this.differentiating = null;
    return xs.map((x) => gradients.get(x));
  }

  // Every share counts.

  total(shares, y, x) {
    if (shares.length > 1) {
      for (const [share, consumer] of shares) {
        this.label(share, `${y.name}_by_${x.name}_via_${consumer.name}`);
      }
    }
    const total = shares.map(([share]) => share).reduce((a, b) => this.add(a, b));
    this.label(total, `${y.name}_by_${x.name}`);
    return total;
  }

  // What broadcasting repeated is summed, and what a sum has summed is repeated.

  fit(share, like) {
    const [have, want] = [share.shape, like.shape];
    if (same(have, want)) return share;
    if (!have.length) return this.broadcast_to(share, want);
    if (have.length > want.length) return this.fit(this.sum(share, want.length ? 0 : null), like);
    const own = want.slice(want.length - have.length);
    const repeated = [...own.keys()].filter((i) => have[i] !== 1 && own[i] === 1);
    if (repeated.length) share = this.sum(share, repeated, true);
    return same(share.shape, want) ? share : this.broadcast_to(share, want);
  }

  // A gradient is called for what it is.  The number that it had is free again.

  label(gradient, name) {
    const own = gradient.derivedFrom !== null && gradient.word !== null;
    if (!own || gradient.labelled || name.length > 60) return;
    const number = this.names.get(gradient.word);
    if (number && gradient.name === `${gradient.word}_${number}`) {
      this.names.delete(gradient.name);
      this.names.set(gradient.word, number - 1);
    }
    gradient.name = this.unique(name);
    gradient.labelled = true;
  }
}

// All others are methods by themselves: `graph.add(a, b)`.

for (const [kind, { compute }] of Object.entries(operations)) {
  if (kind in Graph.prototype) continue;
  Graph.prototype[kind] = function (...args) {
    return this.make(kind, args.slice(0, compute.length), args[compute.length]);
  };
}

function broadcastShape(kind, inputs) {
  try {
    return inputs.map((x) => x.shape).reduce(together, []);
  } catch {
    throw new Error(
      `${kind} of ${inputs.map(described).join(", ")}: from the right, sizes must be equal ` +
      "or 1");
  }
}

// An operation can be made only when its inputs are there, so the order of making will do.

function topologicalOrder(tensors) {
  const found = new Set();
  const waiting = [...tensors];
  while (waiting.length) {
    const tensor = waiting.pop();
    if (found.has(tensor)) continue;
    found.add(tensor);
    if (tensor.op !== null) waiting.push(...tensor.op.inputs);
  }
  const made = [...found].filter((tensor) => tensor.op !== null);
  return made.sort((a, b) => a.index - b.index).map((tensor) => tensor.op);
}
