// # Whose turn is it?
//
// A gradient goes back from the result.  Each tensor hands on what has arrived.  If it has
// its turn too early, some of it hasn't.  Choose a graph and a walk, and watch the shares.

"use strict";

live.figure("order", function (stage) {
  const { element, drawn } = live;

  // ## Graphs
  //
  // An operation has its inputs, its value, and its derivative with respect to each input.
  // The first tensor is the variable, the last one the result.

  const add = (...inputs) => ({ inputs, sign: "+", value: (x, y) => x + y, slopes: () => [1, 1] });
  const mul = (...inputs) => (
    { inputs, sign: "·", value: (x, y) => x * y, slopes: (x, y) => [y, x] });
  const exp = (input) => (
    { inputs: [input], sign: "exp", value: Math.exp, slopes: (x) => [Math.exp(x)] });
  const tanh = (input) => (
    { inputs: [input], sign: "tanh", value: Math.tanh, slopes: (x) => [1 - Math.tanh(x) ** 2] });

  const GRAPHS = {
    ways: ["two ways, one longer", () => ({
      a: { value: 1 }, b: exp("a"), c: tanh("b"), d: tanh("c"), y: add("b", "d"),
    })],
    squares: ["b = a + a, c = b * b", () => ({
      a: { value: 3 }, b: add("a", "a"), c: mul("b", "b"),
    })],
    ladder: ["a ladder", function (rungs) {
      const graph = { x0: { value: 1 } };
      for (let i = 1; i <= rungs; i++) graph[`x${i}`] = add(`x${i - 1}`, `x${i - 1}`);
      return graph;
    }],
  };

  function evaluated(graph) {
    for (const tensor of Object.values(graph)) {
      if (!tensor.inputs) continue;
      const values = tensor.inputs.map((name) => graph[name].value);
      tensor.local = tensor.slopes(...values);
      tensor.value = tensor.value(...values);
    }
    return graph;
  }

  // ## Walks
  //
  // Each is a list of turns: which tensor, what it hands on, and to whom.  A share that
  // arrives after its tensor has had its turn is late.

  const WALKS = {
    layers: ["layer by layer", layers],
    paths: ["along every path", paths],
    topological: ["in topological order", topological],
  };

  function topological(graph) {
    return inOrder(graph, Object.keys(graph).reverse());
  }

  // The result, then its inputs, then theirs: each tensor once, when it's first met.
  function layers(graph) {
    const met = [Object.keys(graph).at(-1)];
    for (const name of met) {
      for (const input of graph[name].inputs || []) if (!met.includes(input)) met.push(input);
    }
    return inOrder(graph, met);
  }

  function inOrder(graph, names) {
    const arrived = Object.fromEntries(names.map((name) => [name, 0]));
    arrived[names[0]] = 1;
    const had = new Set();
    return names.map(function (name) {
      had.add(name);
      return turn(graph, name, arrived[name], function (input, share) {
        if (!had.has(input)) arrived[input] += share;
        return had.has(input);
      });
    });
  }

  // Every path by itself: a turn for each arrival.
  function paths(graph) {
    const turns = [];
    const waiting = [[Object.keys(graph).at(-1), 1]];
    while (waiting.length) {
      const [name, grad] = waiting.pop();
      turns.push(turn(graph, name, grad, function (input, share) {
        waiting.push([input, share]);
        return false;
      }));
    }
    return turns;
  }

  function turn(graph, name, grad, hand) {
    const shares = (graph[name].inputs || []).map(function (input, i) {
      const share = grad * graph[name].local[i];
      return { input, share, late: hand(input, share) };
    });
    return { name, grad, shares };
  }

  // What the variable has got: in one turn, or, path by path, in many.
  function found(turns, first) {
    return turns.filter((x) => x.name === first).reduce((sum, x) => sum + x.grad, 0);
  }

  // ## The figure

  let kind = "ways", walk = "layers", rungs = 4;
  let graph, turns, done;

  const picture = element("div", { className: "picture", tabIndex: 0, role: "region",
    ariaLabel: "The graph" });
  const said = live.said();
  const counts = element("table", { className: "counts" });
  const ladder = live.slider("rungs", { min: 2, max: 12, value: rungs }, function (n) {
    rungs = n;
    start();
  });
  const next = live.button("Next turn", () => go(done + 1));
  const back = live.button("Back", () => go(done - 1));
  stage.append(
    live.controls(
      live.select("graph", names(GRAPHS), (name) => { kind = name; start(); }), ladder,
      live.select("walk", names(WALKS), (name) => { walk = name; start(); }),
      back, next, live.button("To the end", () => go(turns.length))),
    said, element("div", { className: "columns" }, picture, counts));

  function names(choices) {
    return Object.fromEntries(Object.entries(choices).map(([key, [text]]) => [key, text]));
  }

  function start() {
    ladder.hidden = kind !== "ladder";
    graph = evaluated(GRAPHS[kind][1](rungs));
    turns = WALKS[walk][1](graph);
    compare();
    go(0);
  }

  function go(n) {
    done = Math.min(Math.max(n, 0), turns.length);
    back.disabled = done === 0;
    next.disabled = done === turns.length;
    draw();
    said.textContent = words();
  }

  function words() {
    const first = Object.keys(graph)[0];
    if (done === 0) return "The gradient of the result with respect to itself is 1. Press Next turn.";
    const { name, grad, shares } = turns[done - 1];
    const handed = shares.map(({ input, share, late }) =>
      `${live.number(share)} to ${input}${late ? ", too late" : ""}`);
    const now = handed.length
      ? `Turn ${done}: ${name} has ${live.number(grad)}, and hands on ${handed.join(", ")}.`
      : `Turn ${done}: ${name} has ${live.number(grad)}.`;
    if (done < turns.length) return now;
    const [mine, right] = [found(turns, first), found(topological(graph), first)];
    const verdict = Math.abs(mine - right) < 1e-9 * Math.abs(right)
      ? `The gradient of ${first} is ${live.number(mine)}, and that's right.`
      : `This walk finds ${live.number(mine)}. Right is ${live.number(right)}.`;
    return `${now} ${verdict}`;
  }

  // Downwards from the variable to the result; a tensor stands below all its inputs.
  function draw() {
    const order = Object.keys(graph);
    const depth = {};
    for (const name of order) {
      depth[name] = Math.max(-1, ...(graph[name].inputs || []).map((x) => depth[x])) + 1;
    }
    const [wide, high] = [330, 62];
    const size = { width: wide, height: (Math.max(...Object.values(depth)) + 1) * high };
    const svg = drawn("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}`,
      class: "graph", role: "img", "aria-label": "Each tensor with its shares" });
    const x = (name) => (kind === "ways" && "cd".includes(name) ? 90 : 160);
    const y = (name) => depth[name] * high + 22;
    const current = turns[done - 1];
    for (const name of order) {
      (graph[name].inputs || []).forEach(function (input, i) {
        const bend = (graph[name].inputs[0] === graph[name].inputs[1] ? 14 * (2 * i - 1) : 0)
          + (kind === "ways" && name === "y" && input === "b" ? 40 : 0);
        const middle = [(x(name) + x(input)) / 2 + 2 * bend, (y(name) + y(input)) / 2];
        const share = current && current.name === name && current.shares[i];
        svg.append(drawn("path", {
          d: `M${x(input)},${y(input) + 14} Q${middle} ${x(name)},${y(name) - 14}`,
          class: share ? (share.late ? "late" : "share") : "",
        }));
      });
    }
    for (const name of order) {
      const arrived = turns.slice(0, done).flatMap((t) => t.shares)
        .filter((s) => s.input === name);
      const kept = arrived.filter((s) => !s.late).reduce((sum, s) => sum + s.share, 0);
      const late = arrived.filter((s) => s.late).reduce((sum, s) => sum + s.share, 0);
      const grad = name === order.at(-1) ? 1 : kept;
      const visits = turns.slice(0, done).filter((t) => t.name === name).length;
      svg.append(
        drawn("rect", { x: x(name) - 35, y: y(name) - 14, width: 70, height: 28, rx: 6,
          class: current && current.name === name ? "current" : "" }),
        drawn("text", { x: x(name), y: y(name) + 5, class: "name" },
          graph[name].sign ? `${name}: ${graph[name].sign}` : name),
        drawn("text", { x: x(name) + 42, y: y(name) - 1, class: "grad" },
          arrived.length || name === order.at(-1) ? live.number(grad) : ""),
        drawn("text", { x: x(name) + 42, y: y(name) + 15, class: late ? "late" : "visits" },
          late ? `late: ${live.number(late)}` : visits > 1 ? `${visits} turns` : ""));
    }
    picture.replaceChildren(svg);
  }

  // What each walk finds, and how many turns it takes.
  function compare() {
    const first = Object.keys(graph)[0];
    counts.replaceChildren(
      element("tr", {}, ...["walk", "turns", `gradient of ${first}`].map((text) =>
        element("th", { scope: "col" }, text))),
      ...Object.entries(WALKS).map(function ([key, [text, turnsOf]]) {
        const all = turnsOf(graph);
        return element("tr", { className: key === walk ? "chosen" : "" },
          element("th", { scope: "row" }, text),
          element("td", {}, live.grouped(all.length)),
          element("td", {}, live.number(found(all, first))));
      }));
  }

  start();
});
