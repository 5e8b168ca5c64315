// # One step, by hand
//
// A training step, one operation after the other.  The page has a program that returns
// every tensor of the step.  It runs whenever you change a number, and you see what comes
// out.  Where a number comes from is told in `origins.js`, and `guesses.js` asks.

"use strict";

live.figure("stepper", function (stage, data) {
  const { element } = live;
  const { steps, titles } = data;

  // ## All numbers of the step
  //
  // The leaves are yours to change.  From them the program computes everything else, and
  // then, from the new parameters, the next loss.

  const program = loaded(data.program);
  let leaves, rate, values, next;

  function restore() {
    leaves = Object.fromEntries(
      Object.entries(data.leaves).map(([name, value]) => [name, unpacked(value)]));
    rate = data.rate;
  }

  function compute() {
    const rates = Object.fromEntries(data.rates.map((name) => [name, np.array(rate)]));
    const numbers = Object.fromEntries(
      Object.entries(data.numbers).map(([name, value]) => [name, unpacked(value)]));
    values = { ...numbers, ...rates, ...leaves };
    const feeds = data.program.feeds.map((name) => values[name]);
    const state = data.program.state.map((name) => values[name]);
    const [fetched, updated] = program.step(state, feeds);
    data.fetches.forEach((name, i) => { values[name] = fetched[i]; });
    next = program.run(updated, feeds)[0][data.fetches.indexOf("loss")];
  }

  restore();
  compute();
  // One scale of colors for all, and the same before and after you've changed a number.
  const largest = Math.max(...Object.keys(titles).flatMap((name) =>
    Array.from(values[name].data, Math.abs)));

  // ## The figure

  let current = 0, chosen = null, timer = null;

  const slider = element("input", { type: "range", min: 1, max: steps.length, value: 1,
    ariaLabel: "Step", oninput: () => go(slider.value - 1) });
  const back = live.button("← Back", () => go(current - 1));
  const forth = live.button("Next →", () => go(current + 1));
  const player = live.button("Play", start);
  const phases = phaseButtons();

  const rateSlider = live.slider("learning rate", { min: 0, max: 20, step: 0.5, value: rate },
    function (x) {
      rate = x;
      changed();
    });
  const guessing = live.button("Guess first", () => guess(!on), { ariaPressed: "false" });
  const score = element("span", { className: "score", ariaLive: "polite" });
  const outcome = live.said();

  const picture = element("div", { className: "picture", tabIndex: 0, role: "region",
    ariaLabel: "The graph" }, stage.parentElement.querySelector(".still svg"));
  const nodes = new Map(Array.from(picture.querySelectorAll(".node"), (node) =>
    [node.dataset.tensor, node]));

  const counter = element("strong"), phase = element("span");
  const formula = element("p", { className: "formula" });
  const listing = element("div", { className: "listing", ariaLive: "off" });
  const words = element("p");
  const question = element("p", { className: "asked", ariaLive: "polite" });
  const inputs = element("div", { className: "values inputs" });
  const output = element("div", { className: "values output" });
  const hint = element("p", { className: "hint" },
    "Point at a number of the result to see how it's made.");
  const said = live.said();
  const panel = element("div", { className: "panel" },
    element("div", { ariaLive: "polite" },
      element("p", {}, counter, " · ", phase), formula, listing, words),
    inputs, question, output, hint, said);

  stage.append(
    element("div", { className: "controls walk" }, back, forth, player,
      element("div", { className: "track" }, slider, phases)),
    element("div", { className: "controls edit" }, rateSlider,
      live.button("As it was", asItWas), guessing, score, outcome),
    picture, panel);

  // A phase is as wide as its steps are on the slider.
  function phaseButtons() {
    const bar = element("div", { className: "phases" });
    const widths = [];
    for (const name of Object.keys(data.phases)) {
      const first = steps.findIndex((step) => step.phase === name);
      const length = steps.filter((step) => step.phase === name).length;
      // The first and the last step are at the ends, so half of them isn't there.
      widths.push(length - (first === 0 || first + length === steps.length ? 0.5 : 0));
      if (name === "start") continue;
      bar.append(live.button(name[0].toUpperCase() + name.slice(1), () => go(first),
        { className: name }));
    }
    bar.style.gridTemplateColumns = widths.map((x) => `minmax(0, ${x}fr)`).join(" ");
    return bar;
  }

  // ## Matrices
  //
  // A cell knows its tensor and its place.  Where you can change a number, it's a field.

  function matrix(name) {
    const { data: numbers, shape } = values[name];
    const columns = shape.at(-1) ?? 1;
    const table = element("table");
    for (let i = 0; i < numbers.length; i++) {
      const line = i % columns ? table.rows[table.rows.length - 1] : table.insertRow();
      const cell = line.insertCell();
      Object.assign(cell.dataset, { tensor: name, place: i });
      if (name in leaves) cell.append(field(name, i));
    }
    const size = shape.length ? ` ${origins.shape(shape)}` : "";
    const caption = element("figcaption", {}, element("code", {}, titles[name]), size);
    return element("figure", {}, caption, table);
  }

  function fill() {
    for (const cell of panel.querySelectorAll("td")) {
      const { tensor, place } = cell.dataset;
      const x = values[tensor].data[place];
      live.tint(cell, x, largest);
      const input = cell.firstElementChild;
      if (!input) cell.textContent = live.number(x);
      else if (input !== document.activeElement) write(input, x);
      if (input) cell.classList.toggle("changed", x !== Number(data.leaves[tensor].data[place]));
    }
  }

  // ## A number of your own
  //
  // The arrow keys nudge it.  What isn't a number changes nothing.

  const LIMIT = 1000;

  function field(name, i) {
    const spot = origins.spot(values[name].shape, i);
    const label = spot ? `${name}, ${spot}` : name;
    const input = element("input", {
      type: "text", inputMode: "decimal", spellcheck: false, autocomplete: "off",
      ariaLabel: label,
      oninput() { take(input.value.trim().replace("−", "-")); },
      onblur: fill,
      onkeydown(event) {
        const nudge = { ArrowUp: 0.1, ArrowDown: -0.1 }[event.key];
        if (!nudge) return;
        event.preventDefault();
        take(leaves[name].data[i] + nudge);
        write(input, leaves[name].data[i]);
      },
    });
    function take(text) {
      const right = text !== "" && Math.abs(text) <= LIMIT;
      input.ariaInvalid = String(!right);
      if (right) {
        leaves[name].data[i] = Number(text);
        changed(`${label} is ${live.number(leaves[name].data[i])}, and every step follows.`);
      } else {
        said.textContent = `${label} stays ${live.number(leaves[name].data[i])}: ` +
          `“${text}” isn't a number from −${LIMIT} to ${LIMIT}.`;
      }
    }
    return input;
  }

  function write(input, x) {
    input.value = live.number(x);
    input.ariaInvalid = "false";
  }

  function asItWas() {
    restore();
    rateSlider.set(rate);
    changed("Everything is as it was.");
  }

  // What to say, unless you've pointed at a number: then it's said how that one is made.
  function changed(text = "") {
    compute();
    tell();
    list();
    if (asking()) result();
    else fill();
    if (chosen === null) said.textContent = text;
    else point(chosen);
  }

  // What the step does to the loss, and the learning rate in the boxes of the graph.
  function tell() {
    outcome.textContent = `This step takes the loss from ${live.number(values.loss.data[0])} ` +
      `to ${live.number(next.data[0])}.`;
    for (const name of data.rates) {
      nodes.get(name).querySelector("text").textContent = live.number(rate, 1);
    }
  }

  // ## Point at a number of the result

  function light(place) {
    const { kind, operands, outputs: [name] } = steps[current];
    const shapes = operands.map((operand) => values[operand].shape);
    const places = origins.places(kind, shapes, values[name].shape, place);
    dark();
    operands.forEach((operand, k) => places[k].forEach(function (i) {
      cellAt(inputs, operand, i)?.classList.add("lit");
    }));
    cellAt(output, name, place)?.classList.add("lit");
    return operands.map((operand, k) => places[k].map((i) => values[operand].data[i]));
  }

  function dark() {
    for (const cell of panel.querySelectorAll("td.lit")) cell.classList.remove("lit");
  }

  function cellAt(box, tensor, place) {
    return box.querySelector(`td[data-tensor="${tensor}"][data-place="${place}"]`);
  }

  function point(place) {
    chosen = place;
    hint.hidden = true;
    const { kind, outputs: [name] } = steps[current];
    said.textContent = origins.arithmetic(kind, light(place), values[name].data[place]);
  }

  // One cell is in the order of Tab, and the arrow keys go on from there.
  function pointable(figure) {
    const table = figure.querySelector("table");
    const cells = [...table.querySelectorAll("td")];
    const columns = table.rows[0].cells.length;
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", figure.querySelector("figcaption").textContent);
    cells.forEach((cell, i) => { cell.tabIndex = i === (chosen ?? 0) ? 0 : -1; });
    const placeOf = (event) => cells.indexOf(event.target.closest("td"));
    table.addEventListener("mouseover", function (event) {
      if (event.target.closest("td")) point(placeOf(event));
    });
    table.addEventListener("focusin", function (event) {
      for (const cell of cells) cell.tabIndex = cell === event.target ? 0 : -1;
      point(placeOf(event));
    });
    table.addEventListener("keydown", function (event) {
      const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
      if (!by) return;
      event.preventDefault();
      cells[placeOf(event) + by]?.focus();
    });
    return figure;
  }

  // ## Guess first

  let on = false, right = 0;
  const guessed = new Map(); // for a step, what became of the guess

  function guess(whether) {
    on = whether;
    right = 0;
    guessed.clear();
    guessing.ariaPressed = String(on);
    score.textContent = "";
    outcome.hidden = on;
    if (on) play(false);
    chosen = null;
    result();
    said.textContent = on && current === 0 ? "At each of the next steps, you guess first." : "";
  }

  // The result; or, in its place, a question about it.
  function result() {
    const step = steps[current];
    const asked = on && current > 0 && !guessed.has(current)
      ? guesses.question(step, values, titles) : null;
    stage.classList.toggle("asking", asked !== null);
    question.textContent = asked ? asked.text : guessed.get(current) ?? "";
    const pointed = step.operands.length > 0;
    hint.hidden = asked !== null || chosen !== null || !pointed;
    output.replaceChildren(...(asked
      ? [live.controls(...asked.choices.map((x) => live.button(x, () => answer(x, asked))))]
      : step.outputs.map((name) => (pointed ? pointable(matrix(name)) : matrix(name)))));
    fill();
    dark();
    if (asked && asked.place !== null) light(asked.place);
    if (!asked && chosen !== null) point(chosen);
  }

  function asking() {
    return stage.classList.contains("asking");
  }

  function answer(choice, asked) {
    const won = choice === asked.right;
    guessed.set(current, won ? `Right: ${asked.right}.` : `No, it's ${asked.right}.`);
    right += won;
    if (steps[current].operands.length) chosen = asked.place;
    result();
    score.textContent = `right so far: ${right} of ${guessed.size}`;
    (forth.disabled ? slider : forth).focus();
  }

  // ## One step

  function show(index) {
    current = Math.min(Math.max(index, 0), steps.length - 1);
    chosen = null;
    const step = steps[current];
    slider.value = current + 1;
    slider.setAttribute("aria-valuetext", step.label);
    counter.textContent = `Step ${current + 1} of ${steps.length}`;
    phase.textContent = data.phases[step.phase];
    for (const button of phases.children) {
      button.setAttribute("aria-current", button.className === step.phase ? "step" : "false");
    }
    formula.innerHTML = step.formula;
    words.innerHTML = step.words;
    list();
    inputs.replaceChildren(...step.inputs.map(matrix));
    result();
    said.textContent = "";
    // A button that is disabled loses the focus; the slider can have it.
    const focused = document.activeElement;
    back.disabled = current === 0;
    forth.disabled = current === steps.length - 1;
    if (focused.disabled) slider.focus();
    draw(step);
  }

  // The lines of the program.  With another learning rate, the update has more of them.
  function list() {
    const { lines, rated, rule } = steps[current];
    const other = rated !== null && rate !== data.rate;
    listing.replaceChildren(...(other ? rated : lines).map(([number, text]) =>
      element("p", {}, element("a", { href: data.listing }, `line ${number}`), " ",
        element("code", {}, text.replace("{rate}", rate)))));
    if (!other && rule) listing.append(element("p", { innerHTML: rule }));
  }

  // What is computed is lit, its inputs have a frame, and what is yet to come is pale.
  function draw(step) {
    // A number waits until it is used for the first time.
    const seen = new Set(steps.slice(0, current + 1).flatMap((s) => s.tensors.concat(s.uses)));
    for (const [name, node] of nodes) {
      node.classList.toggle("current", step.tensors.includes(name));
      node.classList.toggle("input", step.inputs.includes(name));
      node.classList.toggle("later", !seen.has(name));
    }
    for (const line of picture.querySelectorAll(".to")) {
      line.classList.toggle("later", nodes.has(line.dataset.to) && !seen.has(line.dataset.to));
    }
    // It stands in the middle of the picture, if that is larger than its frame.
    const box = nodes.get(step.tensors.at(-1)).getBoundingClientRect();
    const frame = picture.getBoundingClientRect();
    picture.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
    picture.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  }

  steps.forEach(function (step, index) {
    for (const name of step.tensors) {
      const node = nodes.get(name);
      if (!node) continue;
      node.dataset.step = index + 1;
      node.addEventListener("click", () => go(index));
    }
  });

  // ## From step to step
  //
  // The address follows, so that a step can be linked to, and stays out of the way of the
  // browser's way back.

  function go(index, playing) {
    if (!playing) play(false);
    show(index);
    history.replaceState(null, "", `#step-${current + 1}`);
  }

  function fromAddress() {
    const found = /^#step-(\d+)$/.exec(location.hash);
    show(found ? Number(found[1]) - 1 : current);
  }

  function play(whether) {
    clearInterval(timer);
    timer = whether ? setInterval(tick, 1500) : null;
    player.textContent = whether ? "Pause" : "Play";
  }

  function tick() {
    go(current + 1, true);
    if (current === steps.length - 1) play(false);
  }

  // While it plays, there's no time to guess.
  function start() {
    if (timer) return play(false);
    if (on) guess(false);
    if (current === steps.length - 1) go(0);
    play(true);
  }

  document.addEventListener("keydown", function (event) {
    const other = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (other || event.target.closest("input, .picture, .search, details, [role=grid]")) return;
    const places = {
      ArrowLeft: current - 1,
      ArrowRight: current + 1,
      Home: 0,
      End: steps.length - 1,
    };
    if (event.key in places) {
      event.preventDefault();
      go(places[event.key]);
    }
  });
  window.addEventListener("hashchange", fromAddress);
  tell();
  fromAddress();
});
