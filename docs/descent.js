// # Which way down is the best?
//
// Four methods set out from one start.  Each step of theirs is
// [a program that a session wrote](weave/live/program.js): the gradient was derived in the
// graph, the optimizer's formula was added to it, and here it runs.  Move the start, or a
// learning rate, and all four walk again.

"use strict";

live.figure("descent", function (stage, data) {
  const { element } = live;
  const MOST = 1000; // steps
  const NEAR = 1e-3; // where slope and step are both shorter than this, a method has arrived
  const FAR = 1e6; // and here it has diverged

  const METHODS = {
    descent: { title: "gradient descent", color: "negative", sign: "●", corners: 16, turn: 0 },
    momentum: { title: "momentum", color: "positive", sign: "■", corners: 4, turn: 1 / 8 },
    Adam: { title: "Adam", color: "string", sign: "▼", corners: 3, turn: 1 / 4 },
    Newton: { title: "Newton’s method", color: "keyword", sign: "◆", corners: 4, turn: 0 },
  };

  // How the bands of the map lie: at a power of a half, a bowl has them at equal distances.
  const SURFACES = {
    valley: { title: "a long valley", power: 0.5, questions: [
      "Raise gradient descent’s rate, bit by bit. What does it do just below the limit, at " +
        "the limit, and above?",
      "Make the valley round, with a steepness of 1. At which rate does gradient descent " +
        "need one step only, like Newton’s method?"] },
    bend: { title: "Rosenbrock’s valley", power: 0.2, questions: [
      "Newton’s method leaves the map, and comes back. How high does it get?",
      "Gradient descent creeps along the bend. Raise its rate: what stops you?"] },
    mountain: { title: "two valleys", power: 0.5, questions: [
      "One of the four doesn’t end in a valley. Drag the start until it does.",
      "Put the start at the right edge, and momentum’s rate at 0.08. In which valley does it " +
        "end?"] },
  };

  let surface, start, steepness, rates; // what you choose
  const shown = new Set(Object.keys(METHODS));
  let programs, heights, lowest; // of this surface
  let walks, steps; // a walk for each method, and how many steps they've made
  let goal = 0, playing = false; // how many they shall make, and whether that grows

  // ## A step
  //
  // A program returns the loss and its slopes where we are, and where a step leads.  So we
  // know of each place, before we leave it, whether there's anywhere to go.

  const number = (array) => array.data[0];

  function answer(method, state) {
    const { program, feeds } = programs[method];
    const given = { rate: rates[method], steepness };
    const [fetched, next] = program.step(state, feeds.map((name) => np.array(given[name])));
    const [loss, slopeX, slopeY, ...hessian] = fetched.slice(1).map(number);
    return { loss, slope: Math.hypot(slopeX, slopeY), hessian, next };
  }

  // Behind x and y there's what a method remembers.  It begins anew.
  function at([x, y], method) {
    return [np.array(x), np.array(y), ...programs[method].state.slice(2)];
  }

  function look(method, walk) {
    const { loss, slope, next } = answer(method, walk.state);
    const [x, y, nextX, nextY] = [...walk.state.slice(0, 2), ...next.slice(0, 2)].map(number);
    walk.next = next;
    walk.path.push([x, y]);
    walk.losses.push(loss);
    if (!(Math.hypot(x, y) < FAR)) walk.end = "diverged";
    else if (slope < NEAR && Math.hypot(nextX - x, nextY - y) < NEAR) {
      walk.end = curvatures([x, y])[0] < 0 ? "saddle" : "arrived";
    }
  }

  function begin() {
    steps = 0;
    walks = {};
    for (const method of Object.keys(METHODS)) {
      walks[method] = { state: at(start, method), path: [], losses: [], end: null };
      look(method, walks[method]);
    }
  }

  function step() {
    steps += 1;
    for (const [method, walk] of Object.entries(walks)) {
      if (walk.end) continue;
      walk.state = walk.next;
      look(method, walk);
    }
  }

  function over() {
    return steps >= MOST || [...shown].every((method) => walks[method].end);
  }

  // ## How curved is the ground?
  //
  // The program of Newton's method knows the second derivatives.  They make a symmetric
  // matrix, and its eigenvalues are the smallest and the largest curvature.

  function curvatures(place) {
    const [a, b, , d] = answer("Newton", at(place, "Newton")).hessian;
    const far = Math.hypot((a - d) / 2, b);
    return [(a + d) / 2 - far, (a + d) / 2 + far];
  }

  function bottom() {
    let state = at(data[surface].near, "Newton");
    for (let i = 0; i < 30; i++) state = answer("Newton", state).next;
    return state.map(number);
  }

  // ## On and on
  //
  // A frame has a few milliseconds for steps.  Whatever you change, all walk from the start
  // again, as many steps as before.

  function goOn() {
    const end = performance.now() + 12;
    while (steps < goal && !over() && performance.now() < end) step();
  }

  const loop = live.loop(function () {
    if (playing) goal = live.still ? MOST : Math.min(steps + 1 + Math.floor(steps / 100), MOST);
    goOn();
    if (over() || (steps >= goal && !playing)) loop.stop();
    else if (!live.still) show();
  }, (running) => running || rest());

  function rest() {
    if (playing) goal = over() ? MOST : steps;
    play(false);
    show();
    said.textContent = words();
  }

  function play(on) {
    playing = on;
    run.textContent = on ? "Pause" : "Run";
  }

  const run = live.button("Run", function () {
    if (playing) return loop.stop();
    if (over()) begin();
    said.textContent = "";
    play(true);
    loop.start();
  });

  function again() {
    begin();
    goOn();
    if (playing || (steps < goal && !over())) loop.start();
    else rest();
  }

  function walkTo(n) {
    play(false);
    loop.stop();
    goal = n;
    again();
  }

  // ## What happened, in words

  function words() {
    if (!steps) {
      return `The start is at ${start.map(short).join(", ")}, at a loss of ` +
        `${short(walks.Newton.losses[0])}. Press Run.`;
    }
    const all = [...shown].map((method) => ({ ...METHODS[method], ...walks[method] }));
    const ended = (end) => all.filter((walk) => walk.end === end)
      .sort((a, b) => a.path.length - b.path.length);
    const count = (n) => `${live.grouped(n)} ${n === 1 ? "step" : "steps"}`;
    const made = (walk) => walk.path.length - 1;
    const sentences = [
      list(ended("arrived"), (walk, i) =>
        (i ? `in ${made(walk)}` : `arrived in ${count(made(walk))}`)),
      list(ended("saddle"), (walk) => `stopped on a saddle after ${count(made(walk))}`),
      list(ended("diverged"), (walk) => `diverged within ${count(made(walk))}`),
      list(ended(null), (walk) => (swings(walk) ? "swings from side to side" : "is") +
        ` at ${short(walk.losses.at(-1))}`, `after ${count(steps)} `),
    ];
    return sentences.filter(Boolean).concat(why()).join(" ");
  }

  function list(walks, tell, before = "") {
    if (!walks.length) return "";
    const text = before + walks.map((walk, i) => `${walk.title} ${tell(walk, i)}`).join(", ");
    return `${text[0].toUpperCase()}${text.slice(1)}.`;
  }

  // Most of the last ten moves turn back on the one before.
  function swings({ path }) {
    const last = path.slice(-11);
    const moves = last.slice(1).map(([x, y], i) => [x - last[i][0], y - last[i][1]]);
    return moves.filter(([x, y], i) => i && x * moves[i - 1][0] + y * moves[i - 1][1] < 0)
      .length > 6;
  }

  function why() {
    const { descent, Newton } = walks;
    if (shown.has("descent") && descent.end === "diverged") {
      for (const [place, where] of [[lowest, "the lowest point"], [start, "the start"]]) {
        const largest = curvatures(place)[1];
        if (rates.descent <= 2 / largest) continue;
        return `Its rate of ${rates.descent} is above 2 / ${short(largest)}, the limit of ` +
          `gradient descent at ${where}.`;
      }
    }
    const highest = Math.max(...Newton.losses);
    if (!shown.has("Newton") || Newton.end === "diverged") return "";
    if (Newton.end === "saddle") return "It’s flat there, and that’s all this method looks for.";
    return highest > Newton.losses[0]
      ? `On its way, Newton’s method was as high as ${short(highest)}.` : "";
  }

  function short(x) {
    const size = Math.abs(x);
    const text = size && (size < 1e-3 || size >= 1e6) ? x.toExponential(1).replace("e+", "e")
      : live.grouped(Number(x.toPrecision(size < 1000 ? 3 : 4)));
    return text.replaceAll("-", "−");
  }

  // ## The map
  //
  // The program of the loss answers for a grid of places at once, one for 2 by 2 pixels.
  // Between two bands of grey there's a contour line.

  const WIDE = Math.min(600, window.innerWidth - 76);
  const [LEFT, BELOW] = [22, 20]; // the axes
  const HIGH = Math.round((WIDE - LEFT) * 0.6) + BELOW;
  const [COLUMNS, ROWS] = [WIDE - LEFT, HIGH - BELOW].map((size) => Math.ceil(size / 2));
  const BANDS = 12;
  const relief = element("canvas", { width: COLUMNS, height: ROWS });
  let levels, painted; // of each cell, row by row; and in which color they're painted

  function pixels([x, y]) {
    const [x0, x1, y0, y1] = data[surface].box;
    return [LEFT + (x - x0) / (x1 - x0) * (WIDE - LEFT), (y1 - y) / (y1 - y0) * (HIGH - BELOW)];
  }

  function placeAt(x, y) {
    const [x0, x1, y0, y1] = data[surface].box;
    return [x0 + (x - LEFT) / (WIDE - LEFT) * (x1 - x0), y1 - y / (HIGH - BELOW) * (y1 - y0)];
  }

  function measure() {
    const [x, y] = [new Float64Array(COLUMNS * ROWS), new Float64Array(COLUMNS * ROWS)];
    for (let i = 0; i < x.length; i++) {
      [x[i], y[i]] = placeAt(LEFT + 2 * (i % COLUMNS) + 1, 2 * Math.floor(i / COLUMNS) + 1);
    }
    const grid = { x: new NDArray(x, [x.length]), y: new NDArray(y, [y.length]) };
    const given = { ...grid, steepness: np.array(steepness) };
    const [[{ data: losses }]] = heights.program.run([], heights.feeds.map((name) => given[name]));
    const low = answer("Newton", at(lowest, "Newton")).loss;
    const high = losses.reduce((a, b) => Math.max(a, b));
    const { power } = SURFACES[surface];
    levels = losses.map((loss) => BANDS * (Math.max(loss - low, 0) / (high - low)) ** power);
    painted = null;
  }

  // The line of a level is where it's less than a cell away.
  function paint() {
    painted = live.color("paper");
    const context = relief.getContext("2d");
    const [paper, soft] = ["paper", "soft"].map(function (name) {
      context.fillStyle = live.color(name);
      return [1, 3, 5].map((i) => parseInt(context.fillStyle.slice(i, i + 2), 16));
    });
    const image = context.createImageData(COLUMNS, ROWS);
    levels.forEach(function (level, i) {
      const [left, above] = [i % COLUMNS ? levels[i - 1] : level, levels[i - COLUMNS] ?? level];
      const steep = Math.hypot(level - left, level - above);
      const line = Math.max(1 - Math.abs(level - Math.max(Math.round(level), 1)) / steep, 0);
      const share = 0.25 * Math.floor(level) / BANDS + 0.2 * line;
      for (let j = 0; j < 3; j++) image.data[4 * i + j] = paper[j] + share * (soft[j] - paper[j]);
      image.data[4 * i + 3] = 255;
    });
    context.putImageData(image, 0, 0);
  }

  const map = live.canvas(WIDE, HIGH, "A map of the loss, with the path of each method",
    function (context) {
      if (painted !== live.color("paper")) paint();
      context.drawImage(relief, LEFT, 0, WIDE - LEFT, HIGH - BELOW);
      axes(context);
      context.save();
      context.beginPath();
      context.rect(LEFT, 0, WIDE - LEFT, HIGH - BELOW);
      context.clip();
      context.font = "24px system-ui, sans-serif";
      context.textAlign = "center";
      context.fillStyle = live.color("ink");
      context.fillText("×", pixels(lowest)[0], pixels(lowest)[1] + 8);
      for (const method of shown) draw(context, METHODS[method], walks[method].path.map(pixels));
      context.restore();
    });

  function axes(context) {
    const [x0, x1, y0, y1] = data[surface].box;
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = live.color("soft");
    context.textAlign = "center";
    for (let x = Math.ceil(x0 + 0.2); x < x1; x++) {
      context.fillText(live.number(x), pixels([x, 0])[0], HIGH - 5);
    }
    context.textAlign = "right";
    for (let y = Math.ceil(y0 + 0.1); y < y1; y++) {
      context.fillText(live.number(y), LEFT - 4, pixels([0, y])[1] + 4);
    }
  }

  // A line, and a mark for each step; the shorter the steps, the smaller the marks.
  function draw(context, { color, corners, turn }, places) {
    context.strokeStyle = context.fillStyle = live.color(color);
    context.lineWidth = 1.2;
    context.beginPath();
    for (const [x, y] of places) context.lineTo(x, y);
    context.stroke();
    context.beginPath();
    places.forEach(function ([x, y], i) {
      const [fromX, fromY] = places[i - 1] ?? [x + 9, y];
      const radius = Math.min(Math.max(Math.hypot(x - fromX, y - fromY) / 2, 1.2), 4);
      for (let corner = 0; corner <= corners; corner++) {
        const angle = 2 * Math.PI * (corner / corners + turn);
        const to = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
        if (corner) context.lineTo(...to);
        else context.moveTo(...to);
      }
    });
    context.fill();
  }

  // ## The start, to drag

  const ARROWS = {
    ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1],
  };

  const ring = element("div", { className: "start", tabIndex: 0, role: "application",
    onpointerdown: (event) => ring.setPointerCapture(event.pointerId),
    onpointermove: (event) => ring.hasPointerCapture(event.pointerId) && move(pointed(event)),
    onkeydown(event) {
      const by = ARROWS[event.key];
      if (!by) return;
      event.preventDefault();
      move(start.map((x, i) => x + by[i]));
    },
  });
  map.node.addEventListener("click", (event) => move(pointed(event)));

  function pointed(event) {
    const [x, y] = live.place(event, map.node);
    return placeAt(x * WIDE, y * HIGH);
  }

  function move([x, y]) {
    const [x0, x1, y0, y1] = data[surface].box;
    start = [Math.min(Math.max(x, x0), x1), Math.min(Math.max(y, y0), y1)]
      .map((v) => Number(v.toFixed(2)));
    again();
  }

  // ## Methods, rates and losses

  const said = live.said();
  const limit = element("p");
  const questions = element("ul");
  const [cells, sliders] = [{}, {}];

  const table = element("table", { className: "methods" },
    element("tr", {}, ...["method", "learning rate", "steps", "loss"].map((text) =>
      element("th", { scope: "col" }, text))),
    ...Object.entries(METHODS).map(function ([method, { title, color, sign }]) {
      const box = element("input", { type: "checkbox", checked: true, onchange() {
        if (box.checked) shown.add(method);
        else shown.delete(method);
        again();
      } });
      const mark = element("span", { ariaHidden: "true", style: `color: var(--${color})` }, sign);
      cells[method] = [element("td"), element("td")];
      return element("tr", {},
        element("th", { scope: "row" }, element("label", {}, box, mark, title)),
        element("td", {}, method === "Newton" ? "none" : rate(method, title)), ...cells[method]);
    }));

  function rate(method, title) {
    const slider = live.slider("", { min: -4, max: 0.5, step: 0.05, value: -1,
      show: (x) => String(power(x)) }, function (x) {
      rates[method] = power(x);
      again();
    });
    slider.querySelector("input").ariaLabel = `Learning rate of ${title}`;
    sliders[method] = slider;
    return slider;
  }

  function power(x) { return Number((10 ** x).toPrecision(2)); }

  function show() {
    for (const [method, [count, loss]] of Object.entries(cells)) {
      const { path, losses, end } = walks[method];
      count.textContent = live.grouped(path.length - 1);
      loss.textContent = end === "diverged" ? "diverged" : short(losses.at(-1));
    }
    const [x, y] = pixels(start);
    ring.style.left = `${x / WIDE * 100}%`;
    ring.style.top = `${y / HIGH * 100}%`;
    ring.ariaLabel = `The start, at ${start.map(short).join(", ")}. The arrow keys move it.`;
    map.draw();
  }

  // ## Surfaces

  const steep = live.slider("steepness across", { min: 1, max: 100, value: 1 }, function (x) {
    steepness = x;
    survey();
    again();
  });

  function survey() {
    lowest = bottom();
    measure();
    const largest = curvatures(lowest)[1];
    limit.textContent = `At the lowest point, ×, the largest curvature is ${short(largest)}. ` +
      `Gradient descent can settle there at rates below 2 / ${short(largest)}, or ` +
      `${short(2 / largest)}.`;
  }

  function choose(name) {
    surface = name;
    const { methods, heights: packed } = data[name];
    const ready = (given) => ({ program: loaded(given), feeds: given.feeds });
    heights = ready(packed);
    programs = {};
    for (const [method, { program, state }] of Object.entries(methods)) {
      programs[method] = { ...ready(program), state: state.map(unpacked) };
    }
    ({ start, steepness } = data[name]);
    rates = { ...data[name].rates };
    for (const [method, slider] of Object.entries(sliders)) slider.set(Math.log10(rates[method]));
    steep.set(steepness);
    steep.hidden = name !== "valley";
    questions.replaceChildren(...SURFACES[name].questions.map((text) => element("li", {}, text)));
    survey();
    walkTo(0);
  }

  choose("valley");
  stage.append(
    live.controls(run, live.button("One step", () => walkTo(Math.min(steps + 1, MOST))),
      live.button("Start again", () => walkTo(0)),
      live.select("surface", Object.fromEntries(
        Object.entries(SURFACES).map(([name, { title }]) => [name, title])), choose),
      steep),
    element("div", { className: "columns" },
      element("div", { className: "map", style: `width: ${WIDE}px` }, map.node, ring),
      element("div", {}, said, table, limit,
        element("p", {}, "All start in the ring: drag it, or move it by the arrow keys. The " +
          "greyer, the higher. After Run, try this:"), questions)));
});
