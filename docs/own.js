// # A line of your own
//
// What you type becomes a graph, its gradient, and its program, as fast as you type.
// [Your lines](weave/live/lines.js) are read, the
// [heart in JavaScript](weave/live/heart.js) builds and differentiates, and
// [simplifying](weave/live/simplify.js) writes the text that runs.

"use strict";

live.figure("own", function (stage, data) {
  const { element } = live;
  const reserved = new Set(data.reserved);

  // Lines to begin with, and the values of their variables.
  const EXAMPLES = {
    "one use, and another": ["y = tanh(a * b) + a", { a: "2", b: "0.5" }],
    "a value used twice": ["b = a + a\ny = b * b", { a: "3" }],
    "a power": ["y = x ** 3", { x: "2" }],
    "a choice": ["y = where(x > 0, x, 0.1 * x)", { x: "-2" }],
    "a sum over a vector": ["y = sum(square(x - t))", { x: "[1, 2, 3]", t: "[0, 2, 5]" }],
    "a layer and its loss": [
      "hidden = sigmoid(X @ W + b)\nloss = mean(square(hidden - t))",
      { X: "[[0, 1], [1, 0]]", W: "[[0.5, -1], [2, 1]]", b: "[0, 0]", t: "[[1, 0], [0, 1]]" },
    ],
  };
  const texts = { ...EXAMPLES["one use, and another"][1] }; // of the values, by name

  const lines = element("textarea", {
    rows: 2, cols: 48, spellcheck: false, autocapitalize: "off", autocomplete: "off",
    oninput: () => update(true),
  });
  const values = live.controls();
  const said = live.said();
  const picture = element("div", {
    className: "picture", tabIndex: 0, role: "region", ariaLabel: "The graph",
  });
  const listing = element("ol", { className: "listing" });
  const checks = element("table", { className: "axes" });
  const note = element("p", { className: "hint" });
  stage.append(
    live.controls(live.select("take", titles(), take)),
    element("label", { className: "lines" }, "or type your own ", lines),
    values, said,
    element("div", { className: "columns" },
      element("div", {}, picture, element("p", { className: "hint" },
        "In each box the value, and below it the gradient of the last line with respect to it.")),
      element("div", {}, note, listing, checks)));

  function titles() {
    return Object.fromEntries(Object.keys(EXAMPLES).map((title) => [title, title]));
  }

  function take(title) {
    const [text, given] = EXAMPLES[title];
    Object.assign(texts, given);
    lines.value = text;
    update(true);
  }

  // ## Values
  //
  // A field for each variable: a number, or numbers in brackets, as Python writes them.
  // A number has a slider as well.

  let shown = null; // the names that have fields

  function fields(names) {
    if (shown === names.join()) return;
    shown = names.join();
    values.replaceChildren(...names.map(function (name, i) {
      texts[name] ??= /^[A-Z]/.test(name) ? "[[1, 2], [3, 4]]" : String(1 + i / 2);
      const field = live.input(`${name} =`, texts[name], function (text) {
        texts[name] = text;
        if (number(text) !== null) slider.set(number(text));
        update(true);
      }, { size: Math.max(9, texts[name].length) });
      const slider = live.slider("", {
        min: -4, max: 4, step: 0.05, value: number(texts[name]) ?? 0, show: () => "",
      }, function (x) {
        texts[name] = String(x);
        field.querySelector("input").value = texts[name];
        update(false);
      });
      slider.querySelector("input").setAttribute("aria-label", `slide ${name}`);
      slider.hidden = number(texts[name]) === null;
      return element("span", { className: "leaf" }, field, slider);
    }));
  }

  function number(text) {
    return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
  }

  function arrayOf(name) {
    let value = null;
    try {
      value = JSON.parse(texts[name]);
    } catch { /* It stays null. */ }
    const sizes = [];
    for (let part = value; Array.isArray(part); part = part[0]) sizes.push(part.length);
    if (!even(value, sizes) || !count(sizes) || count(sizes) > 36 || sizes.length > 2) {
      throw new TypeError(`${name} is a number, or up to 36 in brackets, as in [1, 2] or ` +
        `[[1, 2], [3, 4]], and not ${texts[name] || "nothing"}`);
    }
    return array(value);
  }

  function even(part, [size, ...sizes]) {
    if (size === undefined) return Number.isFinite(part);
    return Array.isArray(part) && part.length === size && part.every((x) => even(x, sizes));
  }

  // ## From text to everything
  //
  // While a line is half typed it's wrong.  Then we say why, and keep what was there.

  function update(tell) {
    lines.rows = Math.max(2, lines.value.split("\n").length);
    try {
      const { names, build } = readLines(lines.value);
      fields(names);
      const leaves = Object.fromEntries(names.map((name) => [name, arrayOf(name)]));
      const built = build(leaves);
      const gradients = built.graph.gradients(built.y, built.variables);
      const { results, operations } = list([built.y, ...gradients], built.y);
      const moved = built.variables.map((x) => nudged(build, leaves, x.name));
      check(built, results, moved);
      draw(build(leaves));
      note.textContent = `The graph has ${operations} operations, and the program ` +
        `${listing.querySelectorAll(".value").length} lines.  The gradient's have a bar.`;
      stage.classList.remove("wrong");
      lines.ariaInvalid = "false";
      if (tell) said.textContent = sentence(built, results);
    } catch (error) {
      if (!(error instanceof Error) || error instanceof ReferenceError) throw error;
      stage.classList.add("wrong");
      lines.ariaInvalid = "true";
      said.textContent = `${error.message}.`;
    }
  }

  // Builds once more, for another value: the program of the last line alone.
  function total(build, leaves) {
    const { y } = build(leaves);
    return np.array(run(programFor([y], reserved))[0]).sum().data[0];
  }

  function run({ source, constants, state }) {
    return [new Program({ source, constants }).run(state.map((x) => x.value), [])[0]].flat();
  }

  // The gradient numerically: each element a little up, and a little down.
  function nudged(build, leaves, name) {
    const step = 1e-5;
    const value = leaves[name];
    const slopes = Array.from(value.data, function (x, i) {
      const [up, down] = [step, -step].map(function (move) {
        const other = value.copy();
        other.data[i] = x + move;
        return total(build, { ...leaves, [name]: other });
      });
      return (up - down) / (2 * step);
    });
    return new NDArray(slopes, value.shape);
  }

  function sentence({ y, variables }, [value, gradient]) {
    const start = `${y.name} is ${shortly(value)}.`;
    if (!variables.length || value.shape.length || variables[0].shape.length) return start;
    const [{ name }] = variables;
    const by = shortly(np.multiply(gradient, 0.01));
    return `${start} Nudge ${name} by 0.01, and ${y.name} moves by about ${by}.`;
  }

  // ## What is shown

  // The program, with the value of each line.
  function list(fetches, y) {
    const text = programFor(fetches, reserved);
    const program = new Program({ source: text.source, constants: text.constants });
    const state = text.state.map((x) => x.value);
    const at = new Map();
    for (const { line: n, value } of program.stepper(state, [])) at.set(n, value);
    const rows = text.source.trimEnd().split("\n");
    listing.replaceChildren(...rows.map(function (row, i) {
      const value = text.values.get(i + 1);
      const derived = value && value.tensor.derivedFrom !== null;
      const item = element("li", { className: derived ? "value derived" : value ? "value" : "" },
        element("code", {}, row || " "));
      if (value) {
        const text = shortly(at.get(i + 1));
        item.append(element("span", { title: text }, text));
      }
      return item;
    }));
    const results = [program.run(state, [])[0]].flat();
    return { results, operations: topologicalOrder(fetches).length };
  }

  function check({ y, variables }, [, ...gradients], moved) {
    const titles = ["", `gradient of ${y.name}`, "numerically"];
    checks.replaceChildren(
      element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title))),
      ...variables.map((x, i) => element("tr", {},
        element("th", { scope: "row" }, `by ${x.name}`),
        element("td", {}, shortly(gradients[i])), element("td", {}, shortly(moved[i])))));
  }

  function shortly(value) {
    if (value.shape.length) {
      const parts = Array.from({ length: value.shape[0] }, (_, i) => shortly(value.at(i)));
      return `[${parts.join(", ")}]`;
    }
    return String(Number(value.data[0].toPrecision(5))).replace("-", "−");
  }

  // ## The graph
  //
  // Each tensor stands below all of its inputs.  Where an edge passes by other rows, it
  // takes a place in each of them, so that it doesn't run through a box.

  const WIDE = 134, HIGH = 92, BOX = [118, 60];
  const SIGNS = {
    add: "+", sub: "−", mul: "·", div: "/", neg: "−", pow: "**", dot: "@",
    less: "<", less_equal: "≤", greater: ">", greater_equal: "≥",
  };

  function draw({ graph, y }) {
    const made = topologicalOrder([y]).map((op) => op.output);
    const inputs = new Set(made.flatMap((x) => x.op.inputs));
    const tensors = [...inputs, y].filter((x, i, all) => all.indexOf(x) === i);
    tensors.sort((a, b) => a.index - b.index);
    // All gradients, by way of a program of their own.
    const passed = tensors.filter((x) => !x.truth && x.kind !== "constant");
    const gradients = graph.gradients(y, passed);
    const results = run(programFor([...tensors, ...gradients], reserved));
    const value = new Map(tensors.map((x, i) => [x, results[i]]));
    const gradient = new Map(passed.map((x, i) => [x, results[tensors.length + i]]));

    const rows = inRows(tensors);
    const widest = Math.max(...rows.map((row) => row.length));
    const size = [widest * WIDE, rows.length * HIGH - HIGH + BOX[1] + 4];
    const place = new Map();
    rows.forEach((row, depth) => row.forEach(function (node, i) {
      const x = (i + (widest - row.length) / 2 + 0.5) * WIDE;
      place.set(node, [x, depth * HIGH + BOX[1] / 2 + 2]);
    }));
    const svg = live.drawn("svg", {
      width: size[0], height: size[1], viewBox: `0 0 ${size[0]} ${size[1]}`,
      class: "graph", role: "img", "aria-label": described(tensors),
    });
    for (const edge of edges(rows)) svg.append(live.drawn("path", { d: curve(edge, place) }));
    for (const x of tensors) svg.append(box(x, place.get(x), value.get(x), gradient.get(x)));
    picture.replaceChildren(svg);

    function described(tensors) {
      const parts = tensors.map((x) => `${x.name}, made by ${x.kind}, ${shortly(value.get(x))}`);
      return `The graph: ${parts.join("; ")}`;
    }
  }

  // A row for each depth.  A variable stands right above its first use.
  function inRows(tensors) {
    const depth = new Map();
    for (const x of tensors) {
      if (x.op) depth.set(x, Math.max(...x.op.inputs.map((a) => depth.get(a) ?? 0)) + 1);
    }
    for (const x of tensors) {
      const uses = tensors.filter((y) => y.op && y.op.inputs.includes(x));
      if (!x.op) depth.set(x, Math.max(0, Math.min(...uses.map((y) => depth.get(y))) - 1));
    }
    const rows = Array.from({ length: Math.max(...depth.values()) + 1 }, () => []);
    for (const x of tensors) rows[depth.get(x)].push(x);
    for (const y of tensors) {
      for (const x of new Set(y.op ? y.op.inputs : [])) {
        for (let d = depth.get(x) + 1; d < depth.get(y); d++) {
          const before = d === depth.get(x) + 1 ? x : rows[d - 1].at(-1);
          rows[d].push({ from: before, source: x, to: y });
        }
      }
    }
    sorted(rows);
    return rows;
  }

  // What a node of one row hangs on, in the row above.
  function above(node, row) {
    if (node.from) return row.filter((x) => x === node.from);
    return row.filter((x) =>
      (x.to === node) || (node.op && !x.to && node.op.inputs.includes(x)));
  }

  // Each node moves to the middle of those that it hangs on, a few times over.
  function sorted(rows) {
    for (let round = 0; round < 4; round++) {
      for (let d = 1; d < rows.length; d++) {
        arrange(rows[d], (node) => above(node, rows[d - 1]).map((x) => rows[d - 1].indexOf(x)));
      }
      for (let d = rows.length - 2; d >= 0; d--) {
        arrange(rows[d], (node) => rows[d + 1]
          .map((x, i) => (above(x, rows[d]).includes(node) ? i : -1)).filter((i) => i >= 0));
      }
    }
  }

  function arrange(row, neighbours) {
    const middle = new Map(row.map(function (node, i) {
      const places = neighbours(node);
      return [node, places.length ? places.reduce((a, b) => a + b) / places.length : i];
    }));
    row.sort((a, b) => middle.get(a) - middle.get(b));
  }

  function edges(rows) {
    return rows.slice(1).flatMap((row, d) =>
      row.flatMap((node) => above(node, rows[d]).map((x) => [x, node])));
  }

  // From below one box to above the next; a place on the way is a point.
  function curve([from, to], place) {
    const [x, y] = place.get(from);
    const [u, v] = place.get(to);
    const top = y + (from.to ? 0 : BOX[1] / 2);
    const end = v - (to.to ? 0 : BOX[1] / 2);
    const middle = (top + end) / 2;
    return `M${x},${top} C${x},${middle} ${u},${middle} ${u},${end}`;
  }

  function box(x, [left, top], value, gradient) {
    const sign = x.op ? SIGNS[x.kind] ?? x.kind : "";
    const own = x.op === null || !x.name.startsWith(x.kind) ? x.name : "";
    const both = [own, sign].filter(Boolean).join(": ");
    const title = x.kind === "constant" ? "" : both.length > 14 ? own : both;
    const shape = (a) => (a.shape.length ? tupleText(a.shape) : shortly(a));
    const rows = [
      [title, "name"], [x.truth ? String(Boolean(value.data[0])) : shape(value), "value"],
      [gradient ? shape(gradient) : "", "grad"],
    ].filter(([text]) => text);
    return live.drawn("g", { class: x.op ? "" : x.kind },
      live.drawn("rect", { x: left - BOX[0] / 2, y: top - BOX[1] / 2, width: BOX[0],
        height: BOX[1], rx: 6 }),
      ...rows.map(([text, kind], i) => live.drawn("text", {
        x: left, y: top + 5 + (i - (rows.length - 1) / 2) * 17, class: kind }, text)));
  }

  lines.value = EXAMPLES["one use, and another"][0];
  update(false);
});
