// One step, by hand: shows the steps that the page brings along, one at a time.
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("step-data").textContent);
  const steps = data.steps;
  const byId = (id) => document.getElementById("step-" + id);
  const slider = byId("slider");
  const nodes = new Map();
  for (const node of document.querySelectorAll(".stepper .node")) {
    nodes.set(node.dataset.tensor, node);
  }
  let current = 0;
  let timer = null;

  function matrix(value) {
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    caption.innerHTML = value.title;
    const table = document.createElement("table");
    for (const row of value.rows) {
      const line = table.insertRow();
      for (const number of row) {
        const cell = line.insertCell();
        cell.textContent = number.toFixed(4).replace("-", "−");
        const tint = number < 0 ? "negative" : "positive";
        cell.style.setProperty("--tint", "var(--" + tint + ")");
        // One scale for all: by the root, so that small numbers show a colour too.
        cell.style.setProperty("--share", Math.sqrt(Math.abs(number) / data.largest));
      }
    }
    figure.append(caption, table);
    return figure;
  }

  function show(index) {
    current = Math.min(Math.max(index, 0), steps.length - 1);
    const step = steps[current];
    slider.value = current + 1;
    slider.setAttribute("aria-valuetext", step.label);
    byId("count").textContent = "Step " + (current + 1) + " of " + steps.length;
    byId("phase").textContent = step.phase;
    byId("formula").innerHTML = step.formula;
    byId("words").innerHTML = step.words;
    byId("inputs").replaceChildren(...step.inputs.map(matrix));
    byId("output").replaceChildren(...step.outputs.map(matrix));
    const focused = document.activeElement;
    byId("previous").disabled = current === 0;
    byId("next").disabled = current === steps.length - 1;
    // A button that is disabled loses the focus; the slider can have it.
    if (focused.disabled) slider.focus();
    const used = new Set(step.inputs.map((input) => input.tensor));
    // A number waits until it is used for the first time.
    const seen = new Set(steps.slice(0, current + 1).flatMap((s) => s.tensors.concat(s.uses)));
    const waiting = new Set([...nodes.keys()].filter((name) => !seen.has(name)));
    for (const [name, node] of nodes) {
      node.classList.toggle("current", step.tensors.includes(name));
      node.classList.toggle("input", used.has(name));
      node.classList.toggle("later", waiting.has(name));
    }
    for (const line of document.querySelectorAll(".stepper .to")) {
      line.classList.toggle("later", waiting.has(line.dataset.to));
    }
    // What is lit stands in the middle of the picture, if that is larger than its frame.
    const box = nodes.get(step.tensor).getBoundingClientRect();
    const picture = document.querySelector(".stepper .picture");
    const frame = picture.getBoundingClientRect();
    picture.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
    picture.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  }

  // The address follows, so that a step can be linked to, and is not in the way of
  // the browser's way back.
  function go(index, playing) {
    if (!playing) play(false);
    show(index);
    history.replaceState(null, "", "#step-" + (current + 1));
  }

  function fromAddress() {
    const found = /^#step-(\d+)$/.exec(location.hash);
    show(found ? Number(found[1]) - 1 : current);
  }

  function play(on) {
    clearInterval(timer);
    timer = on ? setInterval(tick, 1500) : null;
    byId("play").textContent = on ? "Pause" : "Play";
  }

  function tick() {
    go(current + 1, true);
    if (current === steps.length - 1) play(false);
  }

  document.querySelector(".controls").hidden = false;
  steps.forEach(function (step, index) {
    for (const name of step.tensors) {
      const node = nodes.get(name);
      if (!node) continue;
      node.dataset.step = index + 1;
      node.addEventListener("click", () => go(index));
    }
  });
  slider.max = steps.length;
  slider.addEventListener("input", () => go(slider.value - 1));
  byId("previous").addEventListener("click", () => go(current - 1));
  byId("next").addEventListener("click", () => go(current + 1));
  byId("play").addEventListener("click", function () {
    const on = !timer;
    if (on && current === steps.length - 1) go(0);
    play(on);
  });
  document.addEventListener("keydown", function (event) {
    const other = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (other || event.target.closest("input, .picture, .search, details")) return;
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
  fromAddress();
})();
