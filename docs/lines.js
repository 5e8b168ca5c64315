// # From your lines to a graph
//
// We have a [reader of Python](weave/live/program.js) already.  It hands back JavaScript.
// This one hands back functions: call one, perhaps with a name, and it makes a tensor, by
// the [heart in JavaScript](weave/live/heart.js).
//
//     const { names, build } = readLines("y = tanh(a * b) + a");
//     const { y, variables } = build({ a: array(2), b: array(0.5) });

"use strict";

const METHODS = {
  add: "add", subtract: "sub", multiply: "mul", divide: "div", power: "pow", matmul: "dot",
  negative: "neg", less: "less", less_equal: "less_equal", greater: "greater",
  greater_equal: "greater_equal",
};

// With how many inputs you call a function.

const FUNCTIONS = {
  exp: 1, log: 1, sqrt: 1, square: 1, tanh: 1, sigmoid: 1, relu: 1, maximum: 2, where: 3,
  sum: 1, mean: 1,
};

class LineReader extends Reader {
  constructor(text, lookup) {
    super(text);
    this.lookup = lookup; // a function that finds the tensor of a name
  }

  number(text) {
    return () => Number(text);
  }

  name(text) {
    checkName(text);
    return this.lookup(text);
  }

  applied(name, ...parts) {
    const method = METHODS[name];
    if (!method) throw new SyntaxError(`this page has no ${name}; it has + - * / ** @ and < >`);
    const comparison = operations[method].truth;
    return this.made(method, parts, comparison ? null : np[name]);
  }

  // What `graph.method(...)` would make.  Python computes with numbers at once.
  made(method, parts, ofNumbers = null, ...more) {
    return function (graph, name) {
      const inputs = parts.map((part) => part(graph));
      if (ofNumbers && inputs.every((x) => typeof x === "number")) {
        return ofNumbers(...inputs).data[0];
      }
      inputs.forEach(function (x, i) {
        const condition = method === "where" && i === 0;
        if (!condition && x.truth) {
          throw new TypeError("a comparison is true or false, and no number: it can only " +
            "choose, as in where(a > 0, b, c)");
        }
        if (condition && !x.truth) {
          throw new TypeError("where chooses by a comparison, as in where(a > 0, b, c)");
        }
      });
      return graph[method](...inputs, ...more, name);
    };
  }

  brackets() {
    const inner = this.expression();
    this.expect(")");
    return inner;
  }

  numpy() {
    this.expect(".");
    return this.call(this.rest.shift()?.text);
  }

  call(name) {
    const places = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : null;
    if (places === null) {
      const known = Object.keys(FUNCTIONS).join(", ");
      throw new SyntaxError(`this page has no ${name}; it has ${known}`);
    }
    this.expect("(");
    const parts = [];
    let axis = null;
    while (!this.is(")")) {
      if (this.rest[0]?.text === "axis" && this.rest[1]?.text === "=") {
        this.rest.splice(0, 2);
        axis = this.expression()();
      } else {
        parts.push(this.expression());
      }
      if (!this.is(")")) this.expect(",");
    }
    this.expect(")");
    if (parts.length !== places) {
      throw new SyntaxError(`${name} takes ${places}, got ${parts.length}`);
    }
    if (name === "sum") return this.made("sum", parts, null, axis, false);
    if (name === "mean") return this.made("mean", parts, null, axis);
    if (axis !== null) throw new SyntaxError(`${name} has no axis`);
    return this.made(name, parts);
  }

  after(value) {
    while (this.take(".")) {
      const { text } = this.rest.shift() ?? { text: "nothing" };
      if (text !== "T") throw new SyntaxError(`this page knows .T, and no .${text}`);
      value = this.made("transpose", [value]);
    }
    return value;
  }
}

const KEYWORDS = new Set(
  ("False None True and as assert async await break class continue def del elif else except " +
    "finally for from global if import in is lambda nonlocal not or pass raise return try " +
    "while with yield").split(" "));

function checkName(text) {
  if (KEYWORDS.has(text)) throw new SyntaxError(`${text} is one of Python's own words`);
}

// ## All lines
//
// What no line before has named is a variable, and you choose its value.

const STATEMENT = /^\s*(?:([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=))?(.*)$/u;

function readLines(text) {
  const names = []; // of the variables, as they come
  const given = new Set(); // the names that lines have given
  const statements = [];
  const known = new Map();
  for (const line of text.split("\n")) {
    const code = line.split("#")[0];
    if (!code.trim()) continue;
    const [, target = "y", expression] = STATEMENT.exec(code);
    const reader = new LineReader(expression, function (name) {
      if (!given.has(name) && !names.includes(name)) names.push(name);
      return () => known.get(name);
    });
    if (reader.text.includes("^")) throw new SyntaxError("Python writes a power as a ** b");
    checkName(target);
    const part = reader.expression();
    reader.end();
    given.add(target);
    statements.push([target, part]);
  }
  if (!statements.length) throw new SyntaxError("write a line, such as y = a * b");
  function build(leaves) {
    const graph = new Graph();
    const variables = Object.entries(leaves).map(([name, value]) => graph.variable(value, name));
    variables.forEach((x) => known.set(x.name, x));
    let y;
    for (const [name, part] of statements) {
      y = part(graph, name);
      if (typeof y === "number") y = graph.constant(y, name);
      else if (y.truth) throw new TypeError("a comparison has no derivative; where chooses by one");
      else if ([...known.values()].includes(y)) y = graph.identity(y, name);
      known.set(name, y);
    }
    return { graph, y, variables };
  }
  return { names, build };
}
