// # The text that you read is the text that runs
//
// A session writes a NumPy program.  This page translates that text, line for line,
// into JavaScript, and the browser runs it.  So what you see beside a live figure is no
// picture of the program.  Change a line, and the change runs.
//
//     hidden = 1 / (1 + np.exp(-add))
//
// becomes
//
//     let $hidden = np.divide(1, np.add(1, np.exp(np.negative($add))));
//
// JavaScript has no operators for arrays, so each becomes a function of
// [our NumPy](weave/live/array.js).  The `$` keeps your tensor called `new` or `Math`
// apart from JavaScript's own words.

"use strict";

// ## Words and signs
//
// First we cut a line into its words, numbers, strings and signs.

const TOKEN =
  /\s*(?:([\p{L}_][\p{L}\p{N}\p{M}_]*)|((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|'([^']*)'|(\*\*|\/\/|==|!=|<=|>=|\.\.\.|\S))/uy;

function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim()) {
    const [, name, number, string, sign] = TOKEN.exec(text);
    if (name !== undefined) found.push({ kind: "name", text: name });
    else if (number !== undefined) found.push({ kind: "number", text: number });
    else if (string !== undefined) found.push({ kind: "string", text: string });
    else found.push({ kind: "sign", text: sign });
  }
  return found;
}

// ## What binds tighter?
//
// Then we read them.  `a + b * c` is `a + (b * c)`, since `*` binds tighter, so each
// operator has a number.  To read an expression is to read one operand, and then, as
// long as the next operator binds at least as tightly as it must, that operator and its
// right operand.

const OPERATORS = {
  "==": [1, "equal"], "!=": [1, "not_equal"],
  "<": [1, "less"], "<=": [1, "less_equal"],
  ">": [1, "greater"], ">=": [1, "greater_equal"],
  "+": [2, "add"], "-": [2, "subtract"],
  "*": [3, "multiply"], "/": [3, "divide"],
  "//": [3, "floor_divide"], "@": [3, "matmul"],
  "**": [5, "power"],
};
const SIGNED = 4; // -a ** b is -(a ** b)

const WORDS = { None: "null", True: "true", False: "false" };

class Reader {
  constructor(text) {
    this.text = text;
    this.rest = tokens(text);
  }

  is(sign) {
    const [next] = this.rest;
    return next !== undefined && next.kind === "sign" && next.text === sign;
  }

  take(sign) {
    const found = this.is(sign);
    if (found) this.rest.shift();
    return found;
  }

  expect(sign) {
    if (this.take(sign)) return;
    const found = this.rest.length ? `'${this.rest[0].text}'` : "its end";
    throw new SyntaxError(`expected '${sign}' before ${found}: ${this.text.trim()}`);
  }

  end() {
    if (this.rest.length) this.expect("the end of the line");
  }

  expression(tightness = 0) {
    let left = this.operand();
    while (this.rest.length && this.rest[0].kind === "sign") {
      const [binds, name] = OPERATORS[this.rest[0].text] || [];
      if (binds === undefined || binds < tightness) break;
      this.rest.shift();
      const right = this.expression(name === "power" ? SIGNED : binds + 1);
      left = this.applied(name, left, right);
    }
    return left;
  }

  applied(name, ...operands) {
    return `np.${name}(${operands.join(", ")})`;
  }

  operand() {
    if (this.take("-")) {
      const value = this.expression(SIGNED);
      return /^[\d.]/.test(value) ? `-${value}` : this.applied("negative", value);
    }
    if (this.take("...")) return '"..."';
    if (this.take("(")) return this.after(this.brackets());
    const token = this.rest.shift();
    if (token === undefined) throw new SyntaxError(`an operand is missing: ${this.text.trim()}`);
    if (token.kind === "number") return this.number(token.text);
    if (token.kind === "string") return JSON.stringify(token.text);
    if (token.kind === "sign") throw new SyntaxError(`'${token.text}' in ${this.text.trim()}`);
    if (token.text === "np") return this.after(this.numpy());
    if (this.is("(")) return this.after(this.call(token.text));
    return this.after(this.name(token.text));
  }

  number(text) {
    return text;
  }

  name(text) {
    return WORDS[text] ?? `$${text}`;
  }

  // An expression in brackets, or a tuple, which becomes a list.
  brackets() {
    const parts = [];
    let comma = false;
    while (!this.is(")")) {
      parts.push(this.expression());
      comma = this.take(",") || comma;
      if (!this.is(")") && !comma) this.expect(")");
    }
    this.expect(")");
    return parts.length === 1 && !comma ? parts[0] : `[${parts.join(", ")}]`;
  }

  numpy() {
    this.expect(".");
    const name = this.rest.shift().text;
    if (!(name in np)) throw new SyntaxError(`np.${name} isn't in our NumPy`);
    return `np.${name}${this.arguments()}`;
  }

  // `compute_count(np, x)` is the operation's own function.
  call(name) {
    this.expect("(");
    if (this.rest.shift().text !== "np") throw new SyntaxError(`what is ${name}?`);
    this.take(",");
    this.rest.unshift({ kind: "sign", text: "(" });
    return `calls.${name}${this.arguments()}`;
  }

  // Keywords come last, as the fields of an object.
  arguments() {
    this.expect("(");
    const [args, keywords] = [[], []];
    while (!this.is(")")) {
      const [name, sign] = this.rest;
      if (name.kind === "name" && sign.text === "=") {
        this.rest.splice(0, 2);
        keywords.push(`${name.text}: ${this.expression()}`);
      } else {
        args.push(this.expression());
      }
      if (!this.is(")")) this.expect(",");
    }
    this.expect(")");
    if (keywords.length) args.push(`{ ${keywords.join(", ")} }`);
    return `(${args.join(", ")})`;
  }

  // What may follow a value: `.T`, a method, an index.
  after(value) {
    for (;;) {
      if (this.take(".")) {
        const name = this.rest.shift().text;
        if (!(name in NDArray.prototype)) throw new SyntaxError(`no array has .${name}`);
        value = `${value}.${name}${this.is("(") ? this.arguments() : ""}`;
      } else if (this.take("[")) {
        value = `${value}.at(${this.index().join(", ")})`;
      } else {
        return value;
      }
    }
  }

  index() {
    const parts = [];
    if (this.take("(")) {
      this.expect(")");
      this.expect("]");
      return parts;
    }
    while (!this.is("]")) {
      const ends = [];
      let colons = 0;
      while (!this.is(",") && !this.is("]")) {
        if (this.take(":")) colons += 1;
        else ends[colons] = this.expression();
      }
      const slice = [0, 1, 2].map((i) => ends[i] || "null");
      parts.push(colons ? `[${slice.join(", ")}]` : ends[0]);
      if (!this.is("]")) this.expect(",");
    }
    this.expect("]");
    return parts;
  }
}

// ## Line for line
//
// A program has four kinds of lines: it takes its inputs apart, computes, drops, and
// returns.  Each becomes one line, at the same number.

function line(text) {
  const reader = new Reader(text);
  const [first] = reader.rest;
  if (first.text === "return") {
    reader.rest.shift();
    return `return ${tuple(reader)};`;
  }
  if (first.text === "del") {
    return `${text.trim().slice(4).split(", ").map((name) => `$${name} = `).join("")}null;`;
  }
  const names = [];
  const bracket = reader.take("(");
  do {
    if (reader.is(")") || reader.is("=")) break;
    names.push(`$${reader.rest.shift().text}`);
  } while (reader.take(","));
  if (bracket) reader.expect(")");
  reader.expect("=");
  const [{ text: source }] = reader.rest;
  if (source === "state" || source === "feeds") return `let [${names.join(", ")}] = ${source};`;
  const value = reader.expression();
  reader.end();
  return `let ${names[0]} = ${value};`;
}

function tuple(reader) {
  const parts = [];
  while (reader.rest.length) {
    parts.push(reader.expression());
    if (!reader.take(",")) break;
  }
  reader.end();
  return parts.length === 1 ? parts[0] : `[${parts.join(", ")}]`;
}

// A line that's too long goes on in brackets.  We join it, and leave the others empty.

function joined(lines) {
  const result = [];
  for (let i = 0; i < lines.length; i++) {
    let whole = lines[i];
    const start = result.push(whole) - 1;
    const open = (text) => text.split(/[([]/).length - text.split(/[)\]]/).length;
    while (open(whole) > 0 && i + 1 < lines.length) {
      whole += ` ${lines[++i].trim()}`;
      result.push("");
    }
    result[start] = whole;
  }
  return result;
}

// The lines become a function.  `stepper` makes of the same lines a generator, which
// stops after each and hands out what it has just computed.

class Program {
  constructor({ source, constants = {}, calls = {}, assigned = [] }) {
    this.source = source;
    this.assigned = assigned;
    this.constants = constants;
    this.calls = {};
    for (const [name, op] of Object.entries(calls)) {
      this.calls[name] = (...values) => computes[op.kind](op, ...values);
    }
    const lines = joined(source.split("\n"));
    this.lines = lines.map((text) => (text.startsWith("    ") ? line(text) : ""));
    this.run = this.compiled(this.lines, false);
  }

  compiled(lines, stepwise) {
    const names = Object.keys(this.constants);
    const values = names.map((name) => this.constants[name]);
    const body = stepwise ? lines.map(stopped) : lines;
    const text = `return function${stepwise ? "*" : ""} program(state, feeds) {${body.join("\n")}}`;
    return new Function("calls", ...names.map((name) => `$${name}`), text)(this.calls, ...values);
  }

  // A training step: the values that were fetched, and the next state.
  step(state, feeds) {
    const [fetched, updates] = this.run(state, feeds);
    const next = state.slice();
    for (let i = 0; i < updates.length; i++) next[this.assigned[i]] = updates[i];
    return [fetched, next];
  }

  stepper(state, feeds) {
    return this.compiled(this.lines, true)(state, feeds);
  }
}

// A name that has just been given a value: stop, and say in which line.

function stopped(text, i) {
  const [, name] = /^let (\$\w+) =/.exec(text) || [];
  return name ? `${text} yield { line: ${i + 1}, value: ${name} };` : text;
}

// ## From a page
//
// A page holds a program as JSON.  JSON has no NaN and no infinity, so they come as
// strings.

function loaded(data) {
  const constants = {};
  for (const [name, value] of Object.entries(data.constants)) constants[name] = unpacked(value);
  return new Program({ ...data, constants });
}

function unpacked({ data, shape, dtype }) {
  const elements = row(data.length);
  for (let i = 0; i < data.length; i++) elements[i] = Number(data[i]);
  return new NDArray(elements, shape, dtype);
}
