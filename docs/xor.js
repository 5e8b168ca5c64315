// # XOR, live
//
// The program beside the picture is the one that a session wrote for this network; see
// [how it gets here](weave/live/program.js).  Each training step in the page runs it,
// with your edits if you've made some.

"use strict";

live.figure("xor", function (stage, data) {
  const { element } = live;
  const CORNERS = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]];
  const MOST = 12; // points
  const [LOW, HIGH] = [-0.5, 1.5]; // what part of the plane is shown
  const PARAMETERS = ["weights0", "bias0", "weights1", "bias1"];

  let points, units, seed, rate;
  let state, steps, history, marks; // parameters; how far they are; what the curve shows
  let source, program, edits; // the lines as derived, as they run, and what you changed
  let walk = null; // a step that's gone through line by line

  const answer = loaded(data.answer);

  // ## What runs
  //
  // The text depends on how many points there are, since a mean divides by their number.
  // An edit stays as long as its line does.

  function compile() {
    const packed = data.training[points.length];
    const before = source;
    source = packed.source.split("\n");
    for (const number of [...edits.keys()]) {
      if (before && before[number - 1] !== source[number - 1]) edits.delete(number);
    }
    const text = source.map((line, i) => edits.get(i + 1) ?? line).join("\n");
    program = loaded({ ...packed, source: text });
  }

  function feeds() {
    return [
      np.array(points.map(([a, b]) => [a, b])),
      np.array(points.map(([, , target]) => [target])),
      np.array(rate),
    ];
  }

  // What a step fetches: nothing for the update, the loss, and the four gradients.
  function fetched(parameters) {
    const [[, loss, ...gradients]] = program.run(parameters, feeds());
    return { loss: Number(loss.data[0]), gradients };
  }

  function restart() {
    loop.stop();
    walk = null;
    state = data.starts[seed][units].map(unpacked);
    [steps, history, marks] = [0, [], []];
    show();
  }

  // Trains until `n` steps are done or the frame's time is up: the page stays awake.
  function train(n) {
    if (walk) finish();
    const given = feeds();
    const end = performance.now() + 12;
    try {
      for (let i = 0; i < n; i++) {
        const [[, loss], next] = program.step(state, given);
        if (steps < 10 || steps % 10 === 0) history.push([steps, Number(loss.data[0])]);
        state = next;
        steps += 1;
        if (i % 16 === 15 && performance.now() > end) break;
      }
    } catch (error) {
      loop.stop();
      said.textContent = `A step failed: ${error.message}`;
    }
    if (history.length > 4000) history = history.filter((_, i) => i < 400 || i % 2);
    show();
  }

  // ## Line by line

  function line() {
    loop.stop();
    if (!walk) walk = program.stepper(state, feeds());
    const next = walk.next();
    if (next.done) return finish();
    for (const row of rows) row.classList.remove("current");
    const row = rows[next.value.line - 1];
    row.classList.add("current");
    listing.scrollTop += row.getBoundingClientRect().top - listing.getBoundingClientRect().top
      - listing.clientHeight / 2;
    shown(next.value.line, next.value.value);
    said.textContent = `Line ${next.value.line}: ${row.querySelector("code").textContent.trim()}`;
  }

  // The lines that are left, all at once.
  function finish() {
    walk = null;
    for (const row of rows) row.classList.remove("current");
    train(1);
  }

  // The value of a line, if the next step ran now.
  function valueOf(number) {
    try {
      for (const stop of program.stepper(state, feeds())) {
        if (stop.line === number) return stop.value;
      }
    } catch {
      // A line before it fails.
    }
    return null;
  }

  function shown(number, value) {
    const name = /^\s*(\w+)/.exec(program.source.split("\n")[number - 1])[1];
    if (!value) return;
    const largest = Math.max(...Array.from(value.data, Math.abs), 1e-300);
    valued.replaceChildren(live.table(name, value, largest));
  }

  // ## The picture: the answer to every point, where each hidden unit changes its mind,
  // and the points.

  const SIDE = 300, CELLS = 50;
  const grid = np.array(Array.from({ length: CELLS * CELLS }, function (_, i) {
    return [at((i % CELLS + 0.5) / CELLS), at(1 - (Math.floor(i / CELLS) + 0.5) / CELLS)];
  }));
  const pixels = element("canvas", { width: CELLS, height: CELLS });

  function at(share) { return LOW + share * (HIGH - LOW); }
  function place(x) { return (x - LOW) / (HIGH - LOW) * SIDE; }

  const picture = live.canvas(SIDE, SIDE, "The network's answer to every point of the plane",
    function (context) {
      const [[answers]] = answer.run(state, [grid]);
      const image = new ImageData(CELLS, CELLS);
      answers.data.forEach((y, i) => image.data.set(shade(y), 4 * i));
      pixels.getContext("2d").putImageData(image, 0, 0);
      context.drawImage(pixels, 0, 0, SIDE, SIDE);
      boundaries(context);
      for (const [a, b, target] of points) dot(context, place(a), SIDE - place(b), target);
    });

  // Red for 0, white for one half, blue for 1.
  function shade(y) {
    if (!Number.isFinite(y)) return [128, 128, 128, 255];
    const far = Math.abs(y - 0.5) * 2;
    const [r, g, b] = y < 0.5 ? [178, 24, 43] : [33, 102, 172];
    return [r, g, b].map((x) => 247 + (x - 247) * far).concat(255);
  }

  // A hidden unit is at one half where a w0 + b w1 + bias is 0: on a line.
  function boundaries(context) {
    const [weights0, bias0, weights1] = state;
    context.strokeStyle = "#1c1f24";
    for (let unit = 0; unit < units; unit++) {
      const [w, v] = [weights0.data[unit], weights0.data[units + unit]];
      const bias = bias0.data[unit];
      const steep = Math.abs(w) > Math.abs(v);
      const ends = [LOW, HIGH].map(function (x) {
        const other = -(bias + (steep ? v : w) * x) / (steep ? w : v);
        return steep ? [other, x] : [x, other];
      });
      context.lineWidth = 0.6 + Math.min(Math.abs(weights1.data[unit]) / 4, 3);
      context.setLineDash([6, 4]);
      context.beginPath();
      for (const [a, b] of ends) context.lineTo(place(a), SIDE - place(b));
      context.stroke();
    }
    context.setLineDash([]);
  }

  function dot(context, x, y, target) {
    context.fillStyle = "#fff";
    context.strokeStyle = "#1c1f24";
    context.lineWidth = 2.5;
    context.beginPath();
    if (target) context.arc(x, y, 6, 0, 2 * Math.PI);
    else context.rect(x - 5, y - 5, 10, 10);
    context.fill();
    context.stroke();
  }

  // A click on a point changes its target; a click elsewhere makes a point.
  picture.node.addEventListener("click", function (event) {
    const [x, y] = live.place(event);
    const [a, b] = [at(x), at(1 - y)];
    const near = points.findIndex(([p, q]) => Math.hypot(p - a, q - b) < 0.11);
    if (near >= 0) toggle(near);
    else if (points.length < MOST) add(Number(a.toFixed(2)), Number(b.toFixed(2)));
  });

  function toggle(i) {
    points[i][2] = 1 - points[i][2];
    changed("a target");
  }

  function add(a, b) {
    points.push([a, b, 1]);
    changed("a point");
  }

  function changed(what) {
    walk = null;
    if (steps) marks.push(steps);
    compile();
    list();
    show();
    said.textContent = steps ? `You changed ${what} at step ${steps}.` : "";
  }

  // ## The curve

  const curve = live.canvas(SIDE, 150, "The loss against the step, both logarithmic",
    function (context, width, height) {
      const [left, bottom, top] = [52, height - 22, 8];
      const decades = Math.max(2, Math.ceil(Math.log10(Math.max(steps, 1))));
      const x = (step) => left + Math.log10(Math.max(step, 1)) / decades * (width - left - 6);
      const y = (loss) => bottom - (Math.log10(Math.max(loss, 1e-5)) + 5) / 5 * (bottom - top);
      context.font = "12px system-ui, sans-serif";
      context.fillStyle = live.color("soft");
      context.strokeStyle = live.color("line");
      context.lineWidth = 1;
      context.textAlign = "right";
      for (const [loss, text] of [[1, "1"], [0.1, "0.1"], [0.01, "0.01"], [0.001, "0.001"], [1e-4, "0.0001"]]) {
        context.strokeRect(left, y(loss), width - left - 6, 0);
        context.fillText(text, left - 4, y(loss) + 4);
      }
      context.textAlign = "center";
      for (let i = 0; i <= decades; i++) {
        context.strokeRect(x(10 ** i), top, 0, bottom - top);
        context.fillText(live.grouped(10 ** i), Math.min(x(10 ** i), width - 24), height - 6);
      }
      context.strokeStyle = live.color("negative");
      for (const step of marks) context.strokeRect(x(step), top, 0, bottom - top);
      context.strokeStyle = live.color("positive");
      context.lineWidth = 2;
      context.beginPath();
      for (const [step, loss] of history) {
        if (Number.isFinite(loss)) context.lineTo(x(step), y(loss));
      }
      context.stroke();
    });

  // ## Is the gradient right?
  //
  // Nudge each number up and down, and see how the loss moves.

  const NUDGE = 1e-5;

  function numerical() {
    return state.map(function (parameter, i) {
      const slopes = Array.from(parameter.data, function (_, j) {
        const [up, down] = [NUDGE, -NUDGE].map(function (nudge) {
          const nudged = parameter.copy();
          nudged.data[j] += nudge;
          return fetched(state.map((other, k) => (k === i ? nudged : other))).loss;
        });
        return (up - down) / (2 * NUDGE);
      });
      return new NDArray(slopes, parameter.shape);
    });
  }

  let checked = 0;

  function check(again) {
    // Ten times a second are enough to read.
    if (loop.running && !again && performance.now() - checked < 100) return;
    checked = performance.now();
    let derived, slopes;
    try {
      derived = fetched(state).gradients;
      slopes = numerical();
    } catch {
      return verdict.replaceChildren();
    }
    verdict.replaceChildren(
      element("tr", {}, ...["by", "derived", "nudged", ""].map((text) =>
        element("th", { scope: "col" }, text))),
      ...PARAMETERS.map(function (name, i) {
        const [mine, right] = [broadcastTo(derived[i], slopes[i].shape), slopes[i]];
        const off = right.data.map((x, j) => Math.abs(x - mine.data[j]));
        const worst = off.indexOf(Math.max(...off));
        const largest = Math.max(...right.data.map(Math.abs));
        const fine = off[worst] <= 1e-4 * largest + 1e-9;
        return element("tr", { className: fine ? "" : "wrong" },
          element("th", { scope: "row" }, element("code", {}, name)),
          ...[mine, right].map((x) => element("td", {}, live.number(x.data[worst], 6))),
          element("td", {}, fine ? "✓" : "✗ wrong"));
      }));
  }

  // A gradient that was forgotten to be summed has a row for each point: show the first.
  function broadcastTo(gradient, shape) {
    return count(gradient.shape) === count(shape)
      ? gradient : new NDArray(gradient.data.slice(0, count(shape)), shape);
  }

  // ## Controls

  const said = live.said();
  const counter = element("p", { className: "counter" });
  const verdict = element("table", { className: "verdict" });
  const valued = element("div", { className: "values" });
  const listing = element("div", { className: "listing", tabIndex: 0, role: "region",
    ariaLabel: "The program" });
  const places = element("div", { className: "controls points" });
  let rows = [];
  const SPEEDS = { slow: 1, watch: 25, full: 1000 }; // steps a frame
  let speed = SPEEDS.watch;

  const loop = live.loop(() => train(speed), function (running) {
    button.textContent = running ? "Pause" : "Train";
    if (!running) show();
  });
  const button = live.button("Train", () => loop.toggle());

  const sliders = [
    live.slider("learning rate", { min: -2, max: 1.5, step: 0.1, value: 0,
      show: (x) => String(Number((10 ** x).toPrecision(2))) }, function (x) {
      rate = Number((10 ** x).toPrecision(2));
      check(true);
    }),
    live.slider("hidden units", { min: 1, max: 8, value: 4 }, function (x) {
      units = x;
      restart();
    }),
    live.slider("seed", { min: 0, max: data.starts.length - 1, value: 0 }, function (x) {
      seed = x;
      restart();
    }),
  ];

  const MISTAKES = {
    none: ["nothing", "The gradient is as it was derived."],
    rows: ["forget the sum over the rows", "The bias was added to every row, so each row " +
      "sends a share. This line keeps the first one only. See how far you get."],
    share: ["drop a share", "error · error uses the error twice, and each use sends a share. " +
      "With one of them dropped, all gradients are half as large: it learns, at half speed, " +
      "and only the check tells you."],
    place: ["update in place", "weights1 gets its new value while the gradient still needs the " +
      "old one. With a small learning rate you'd hardly notice. Raise it."],
    layers: ["walk in layer order", "Nothing changes here: in this network each tensor is " +
      "used by one operation, so no share can come late. Where one is used twice, it can: " +
      "see Gradients."],
  };
  const breaking = live.select("Break the gradient:",
    Object.fromEntries(Object.entries(MISTAKES).map(([key, [text]]) => [key, text])),
    function (key) {
      edits.clear();
      if (key in data.mistakes[points.length]) {
        const [number, text] = data.mistakes[points.length][key];
        edits.set(number, `    ${text}`);
      }
      changed("the program");
      list();
      said.textContent = MISTAKES[key][1];
      check(true);
    });

  // The program, each line with the operation that it came from.  A line can be edited.
  function list() {
    rows = source.slice(0, -1).map(function (text, i) {
      const number = i + 1;
      const [kind, href, forward] = data.operations[number] || [];
      const code = element("code", {}, edits.get(number) ?? text);
      const row = element("tr", { className: forward ? "derived" : "" },
        element("td", { className: "number" }, String(number)), element("td", {}, code));
      row.append(element("td", {}, ...(kind
        ? [element("a", { href, title: forward ? `derivative of ${forward}` : "" }, kind)] : [])));
      if (kind) {
        code.contentEditable = "true";
        code.spellcheck = false;
        for (const [name, value] of [["role", "textbox"], ["aria-label", `Line ${number}`]]) {
          code.setAttribute(name, value);
        }
        code.addEventListener("input", () => edited(number, code));
        code.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
        const look = () => loop.running || shown(number, valueOf(number));
        code.addEventListener("focus", look);
        row.addEventListener("mouseenter", look);
      }
      row.classList.toggle("edited", edits.has(number));
      return row;
    });
    const table = element("table", { className: "program" }, ...rows);
    listing.replaceChildren(table);
    places.replaceChildren(...points.map(([a, b, target], i) =>
      live.button(`${a}, ${b} → ${target}`, () => toggle(i),
        { title: "change the target" })),
      live.button("+ point", () => add(0.5, 0.5), { disabled: points.length === MOST }),
      live.button("− point", function () {
        points.pop();
        changed("the points");
      }, { disabled: points.length === 3 }));
  }

  function edited(number, code) {
    const text = code.textContent.replaceAll("\u00a0", " ");
    const before = edits.get(number);
    if (text === source[number - 1]) edits.delete(number);
    else edits.set(number, text);
    try {
      if (!text.startsWith("    ")) throw new SyntaxError("a line begins with four spaces");
      compile();
      fetched(state);
    } catch (error) {
      if (before === undefined) edits.delete(number);
      else edits.set(number, before);
      compile();
      said.textContent = `Line ${number} doesn't run yet: ${error.message}`;
      return;
    }
    walk = null;
    if (steps) marks.push(steps);
    rows[number - 1].classList.toggle("edited", edits.has(number));
    said.textContent = edits.has(number) ? `Line ${number} runs as you wrote it.` : "";
    shown(number, valueOf(number));
    show();
  }

  function show() {
    const last = history.length ? history[history.length - 1][1] : fetched(state).loss;
    counter.textContent = `step ${live.grouped(steps)}, loss ${live.number(last, 6)}`;
    picture.draw();
    curve.draw();
    check();
  }

  [points, units, seed, rate] = [CORNERS.map((point) => point.slice()), 4, 0, 1];
  edits = new Map();
  compile();
  list();
  restart();
  stage.append(
    live.controls(button,
      live.button("One step", () => { loop.stop(); train(1); }),
      live.button("Next line", line),
      live.button("Start again", restart),
      live.select("speed", { slow: "a step a frame", watch: "to watch", full: "full" },
        (name) => { speed = SPEEDS[name]; })),
    live.controls(...sliders),
    element("div", { className: "columns" },
      element("div", {}, counter, picture.node,
        element("p", { className: "hint" }, "Click on a point to change its target, or " +
          "anywhere else for another point. A dashed line is where a hidden unit is at one half."),
        places, curve.node, verdict),
      element("div", {}, live.controls(breaking), said, listing,
        element("p", { className: "hint" }, "Point at a line to see its value in the next step, " +
          "or change it: your line runs. A bar marks what the graph derived."), valued)));
  stage.querySelector("select").value = "watch";
});
