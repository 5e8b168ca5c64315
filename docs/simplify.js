// # From a graph to a program, in the page
//
// The [heart in JavaScript](weave/live/heart.js) has made operations.  Which of them are
// worth a line?  The rules are those of the [compiler](compiler/simplify.py), and so must
// be the text that comes out.  It's a little shorter here, because all shapes are known.

"use strict";

// A value is the result of a line, a constant, or a variable's value in the state.  A
// `Repeated` value is a smaller one, which NumPy will repeat where it's used.

class Value {
  constructor(tensor, role, shape, facts = {}) {
    Object.assign(this, { tensor, role, shape, op: null, args: [], constant: null, ...facts });
    this.id = Value.made++;
  }

  equals(number) {
    return this.role === "constant" && !this.shape.length && this.constant.data[0] === number;
  }

  get finite() { return Array.from(this.constant.data).every(Number.isFinite); }
}
Value.made = 0;

class Repeated {
  constructor(tensor, value, op, args) {
    Object.assign(this, { tensor, value, op, args });
  }
}

// ## Which lines are needed?

class Simplifier {
  constructor(order) {
    this.values = new Map();
    this.lines = [];
    this.same = new Map(); // by its kind and its text, a value that we have already
    for (const op of order) this.values.set(op.output, this.visit(op));
  }

  value(tensor) {
    if (!this.values.has(tensor)) this.values.set(tensor, this.leaf(tensor));
    return this.values.get(tensor);
  }

  leaf(tensor) {
    if (tensor.kind === "variable") return new Value(tensor, "state", tensor.shape);
    const constant = Array.isArray(tensor.value)
      ? new NDArray(tensor.value, tensor.shape, "int64") : tensor.value;
    const leaf = new Value(tensor, "constant", tensor.shape, { constant });
    if (tensor.shape.length) return leaf;
    const [number] = constant.data;
    return this.known(`number ${Object.is(number, -0) ? "-0" : number}`, () => leaf);
  }

  known(key, make) {
    if (!this.same.has(key)) this.same.set(key, make());
    return this.same.get(key);
  }

  whole(value) {
    if (!(value instanceof Repeated)) return value;
    return this.line(value.op, value.args.map((arg) => this.whole(arg)), value.tensor);
  }

  visit(op) {
    const args = op.inputs.map((x) => this.value(x));
    if (op.kind === "identity" || op.kind === "stop_gradient") return args[0];
    if (op.kind === "broadcast") return this.repeat(op.output, ...args, op);
    if (op.kind === "expand_dims" && args[0] instanceof Repeated && isNumber(args[0].value)) {
      return new Repeated(op.output, args[0].value, op, args);
    }
    if (!op.shape) return this.elementwise(op, args);
    return this.line(op, args.map((arg) => this.whole(arg)), op.output);
  }

  repeat(tensor, value, shape, op) {
    const small = smaller(value);
    return new Repeated(tensor, small, op, [small, shape]);
  }

  // As small as possible, since NumPy repeats by itself.
  elementwise(op, args) {
    const tensor = op.output;
    const small = args.map(smaller);
    if (op.kind === "where" && sameNumber(small[1], small[2])) {
      return new Repeated(tensor, small[1], op, args.map((arg) => this.whole(arg)));
    }
    const shape = small.map((arg) => arg.shape).reduce(together);
    if (same(shape, tensor.shape)) return this.line(op, small, tensor);
    for (const arg of args) {
      const repeats = arg instanceof Repeated && arg.op.kind === "broadcast";
      if (repeats && same(arg.tensor.shape, tensor.shape)) {
        return this.repeat(tensor, this.line(op, small, tensor, shape), arg.args[1], arg.op);
      }
    }
    return this.line(op, args.map((arg) => this.whole(arg)), tensor);
  }

  line(op, args, tensor, shape = tensor.shape) {
    const unchanged = unchangedBy(op, args, shape);
    if (unchanged) return unchanged;
    const text = op.compute(...args.map((arg) => `_${arg.id}_`), op);
    return this.known(`${op.kind} ${text}`, () => {
      const value = new Value(tensor, "line", shape, { op, args });
      if (args.every((arg) => arg.role === "constant")) fold(value);
      if (value.role === "line") this.lines.push(value);
      return value;
    });
  }
}

function smaller(value) {
  return value instanceof Repeated ? value.value : value;
}

function isNumber(value) {
  return !value.shape.length;
}

function sameNumber(a, b) {
  const scalars = [a, b].every((x) => x.role === "constant" && isNumber(x));
  return scalars && Object.is(a.constant.data[0], b.constant.data[0]);
}

// A product with 1 changes nothing.  Nor does a sum with -0; but a sum with 0 turns -0
// into 0.  Each operation has its number, and the sides on which that may stand.

const NEUTRAL = {
  add: [-0, [0, 1]], sub: [0, [1]], mul: [1, [0, 1]], div: [1, [1]], pow: [1, [1]],
};

function unchangedBy(op, args, shape) {
  if (op.kind === "neg" || op.kind === "transpose") {
    const [{ role, op: before, args: [inner] }] = args;
    if (role === "line" && before.kind === op.kind) return inner;
  }
  if (op.kind === "reshape" && same(shape, args[0].shape)) return args[0];
  const [number, sides] = NEUTRAL[op.kind] || [0, []];
  for (const side of sides) {
    const other = args[1 - side];
    const alike = same(other.shape, shape) && other.tensor.truth === op.output.truth;
    if (alike && args[side].equals(number) && Object.is(args[side].constant.data[0], number)) {
      return other;
    }
  }
  return null;
}

// An operation on constants is one itself, unless it's no finite number.

function fold(value) {
  const names = value.args.map((_, i) => `arg${i}`);
  const constants = Object.fromEntries(value.args.map((arg, i) => [names[i], arg.constant]));
  const source = `def program(state, feeds):\n    return ${value.op.compute(...names, value.op)}`;
  const constant = new Program({ source, constants }).run([], []);
  const folded = { role: "constant", constant, shape: constant.shape };
  if (Array.from(constant.data).every(Number.isFinite)) Object.assign(value, folded);
}

// ## The text
//
// `programFor` returns what `Session.program` would print, and the constants that have
// a name in it.  `reserved` are the names that mean something to Python.

function programFor(fetches, reserved) {
  const simple = new Simplifier(topologicalOrder(fetches));
  const results = fetches.map((tensor) => simple.whole(simple.value(tensor)));
  const lines = needed(simple.lines, results);
  const leaves = new Set([...lines.flatMap((value) => value.args), ...results]
    .filter((value) => value.role !== "line"));
  const ordered = [...leaves].sort((a, b) => a.tensor.index - b.tensor.index);
  const taken = new Set(reserved);
  for (const value of [...ordered, ...lines]) {
    const { name } = value.tensor;
    value.name = uniqueName(reserved.has(name) ? `${name}_` : name, taken);
    taken.add(value.name);
  }
  return new Text(ordered, lines, results);
}

function needed(lines, results) {
  const found = new Set(results);
  const backwards = lines.slice().reverse();
  for (const value of backwards) {
    if (found.has(value)) value.args.forEach((arg) => found.add(arg));
  }
  return lines.filter((value) => found.has(value));
}

function uniqueName(name, taken) {
  let unique = name;
  for (let n = 1; taken.has(unique); n++) unique = `${name}_${n}`;
  return unique;
}

class Text {
  constructor(leaves, lines, results) {
    this.constants = {};
    const state = leaves.filter((leaf) => leaf.role === "state");
    this.state = state.map((leaf) => leaf.tensor);
    const written = ["def program(state, feeds):"];
    const names = listed(state.map((leaf) => leaf.name));
    if (state.length) written.push(...wrapped("", names, " = state"));
    const at = new Map(); // the value computed in each line of `written`
    for (const value of lines) {
      at.set(written.length, value);
      const operands = value.args.map((arg, i) => this.operand(value, arg, i));
      written.push(`    ${value.name} = ${value.op.compute(...operands, value.op)}`);
    }
    const given = new Set();
    const returned = results.map((value) => this.result(value, given));
    written.push(...wrapped("return ", `${tupleText(returned)}, ()`, ""));
    const bound = leaves.map((leaf) => leaf.name).filter((name) => name in this.constants);
    const header = bound.length ? filled(`# constants: ${bound.join(", ")}`, "", "# ") : [];
    this.source = [...header, ...written, ""].join("\n");
    this.values = new Map([...at].map(([i, value]) => [i + header.length + 1, value]));
  }

  operand(value, arg, position) {
    if (arg.role !== "constant") return arg.name;
    // A dot or a bracket can't follow a number.
    const followed = position === 0 && value.op.shape && value.op.kind !== "broadcast";
    const text = followed ? null : literal(arg, value, position);
    return text ?? this.bind(arg);
  }

  bind(value) {
    this.constants[value.name] = value.constant;
    return value.name;
  }

  // What you hold must never change: a copy, unless the array is new.
  result(value, given) {
    if (value.role === "line") {
      const shared = given.has(value) || value.op.fresh === false;
      given.add(value);
      const copy = `np.array(${value.name})${isNumber(value) ? "[()]" : ""}`;
      return shared ? copy : value.name;
    }
    if (value.role === "constant") this.bind(value);
    return `${value.name}.copy()`;
  }
}

function literal(arg, value, position) {
  const { op, args } = value;
  if (args.every((x) => x.role === "constant") || !arg.finite) return null;
  if (position === 1 && (op.kind === "reshape" || op.kind === "broadcast")) {
    return tupleText(Array.from(arg.constant.data));
  }
  if (op.shape || !isNumber(arg)) return null;
  const beside = op.kind === "where" ? args.slice(1) : args;
  if (arg.tensor.truth || beside.some((x) => x.tensor.truth)) return null;
  const alone = beside.every((x) => x.role === "constant");
  const text = numberText(arg.constant.data[0]);
  const short = alone || text === "-0.0" ? text : text.replace(/\.0$/, "");
  return short.startsWith("-") ? `(${short})` : short;
}

// As Python writes a float: 2.0, 0.1, 1e-05.

function numberText(x) {
  if (Object.is(x, -0)) return "-0.0";
  const [digits, exponent] = x.toExponential().split("e");
  if (x !== 0 && (exponent < -4 || exponent >= 16)) {
    const places = exponent.slice(1).padStart(2, "0");
    return `${digits}e${exponent[0]}${places}`;
  }
  return Number.isInteger(x) ? `${x}.0` : String(x);
}

// A line has up to 88 characters.

function listed(names) {
  return names.join(", ") + (names.length === 1 ? "," : "");
}

function wrapped(before, text, after) {
  const line = `    ${before}${text}${after}`;
  if (line.length <= 88) return [line];
  const indent = " ".repeat(8);
  return [`    ${before}(`, ...filled(text, indent, indent), `    )${after}`];
}

function filled(text, first, rest) {
  const lines = [];
  let line = first;
  for (const word of text.split(" ")) {
    const longer = line.trim() && line !== rest ? `${line} ${word}` : `${line}${word}`;
    if (longer.length > 88 && line.trim()) {
      lines.push(line);
      line = `${rest}${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
