// # What live figures share
//
// A live figure is a place in a page, and a script that builds it there.  The script gets
// that place, and what Python computed for it when the page was made.
//
//     live.figure("broadcasting", (stage, data) => { ... });

"use strict";

const live = {
  figure(name, build) {
    const stage = document.getElementById(`live-${name}`);
    if (!stage) return;
    const data = JSON.parse(document.getElementById(`live-${name}-data`).textContent);
    stage.parentElement.querySelector(".still").hidden = true;
    build(stage, data);
  },

  // ## Elements
  //
  // A field of an element is set as a field (`className`), anything else as an attribute
  // (`aria-label`), and `onclick` and its like are listened to.

  element(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name in node && name !== "list") node[name] = value;
      else node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  },

  // Elements in a drawing have only attributes.

  drawn(tag, attributes = {}, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  },

  // Buttons, sliders and the like of a figure stand in rows.

  controls(...children) {
    return live.element("div", { className: "controls" }, ...children);
  },

  button(text, onclick, attributes = {}) {
    return live.element("button", { type: "button", onclick, ...attributes }, text);
  },

  // A label with a slider, and the value that it has.  `set` moves it from elsewhere.

  slider(name, { min, max, step = 1, value, show = String }, oninput) {
    // A label belongs to the first control in it, and an <output> would be one.
    const output = live.element("span", { className: "value" });
    const input = live.element("input", {
      type: "range", min, max, step, value,
      oninput() { told(); oninput(Number(input.value)); },
    });
    function told() {
      output.textContent = show(Number(input.value));
      input.setAttribute("aria-valuetext", output.textContent);
    }
    told();
    const node = live.element("label", { className: "slider" }, `${name} `, output, input);
    node.set = (x) => { input.value = x; told(); };
    return node;
  },

  select(name, options, onchange) {
    const select = live.element("select", { onchange: () => onchange(select.value) });
    for (const [value, text] of Object.entries(options)) {
      select.append(live.element("option", { value }, text));
    }
    return live.element("label", {}, `${name} `, select);
  },

  // What a reader types: `onchange` is called with each text.

  input(name, value, oninput, attributes = {}) {
    const input = live.element("input", {
      type: "text", value, spellcheck: false, autocomplete: "off",
      oninput: () => oninput(input.value), ...attributes,
    });
    return live.element("label", {}, `${name} `, input);
  },

  // What has changed is said to screen readers only where a reader asked for it: put
  // text into this.

  said() {
    return live.element("p", { className: "said", ariaLive: "polite" });
  },

  // ## Pictures
  //
  // A canvas of a size in CSS pixels, which `paint(context, width, height)` draws.  The
  // colors are those of the page, so it's drawn again when they change.

  canvas(width, height, label, paint) {
    const node = live.element("canvas", { role: "img", ariaLabel: label });
    node.style.aspectRatio = `${width} / ${height}`;
    node.style.width = `${width}px`;
    const context = node.getContext("2d");
    function draw() {
      // What isn't in the page yet is drawn with it, so that the page opens sooner.
      if (!node.isConnected) return requestAnimationFrame(draw);
      const scale = window.devicePixelRatio || 1;
      const size = [Math.round(width * scale), Math.round(height * scale)];
      if (node.width !== size[0] || node.height !== size[1]) [node.width, node.height] = size;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.clearRect(0, 0, width, height);
      return paint(context, width, height);
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    return { node, draw };
  },

  color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  },

  // Where an event on an element was, as shares of its width and height.

  place(event, node = event.currentTarget) {
    const box = node.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  },

  // ## Numbers

  number(x, digits = 4) {
    const text = Number.isInteger(x) ? String(x) : x.toFixed(digits);
    return text.replace("-", "−");
  },

  // 12,345.  The browser has a function for that, but loading it takes 20 ms.

  grouped(n) {
    const [whole, ...rest] = String(n).split(".");
    return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
  },

  // An array as a table with its name and shape on top.  All tables of a figure have one
  // scale of colors: at `largest` a cell is as deep as it gets.  By the root, so that
  // small numbers show a color too.

  table(name, value, largest, digits = 4) {
    const columns = value.shape.at(-1) ?? 1;
    const table = live.element("table");
    Array.from(value.data).forEach(function (x, i) {
      const row = i % columns ? table.rows[table.rows.length - 1] : table.insertRow();
      const cell = row.insertCell();
      cell.textContent = live.number(x, digits);
      live.tint(cell, x, largest);
    });
    const shape = value.shape.length ? ` (${value.shape.join(", ")})` : "";
    const caption = live.element("figcaption", {}, live.element("code", {}, name), shape);
    return live.element("figure", {}, caption, table);
  },

  tint(cell, x, largest) {
    const share = Math.sqrt(Math.min(Math.abs(x) / largest, 1));
    cell.style.setProperty("--tint", `var(--${x < 0 ? "negative" : "positive"})`);
    cell.style.setProperty("--share", Number.isFinite(share) ? share : 0);
  },

  // ## What moves
  //
  // A loop calls `tick` once for each frame that the screen shows.  It starts when a
  // reader starts it, and stops when the page is out of sight.

  loop(tick, changed = () => {}) {
    let frame = null;
    function next() {
      frame = requestAnimationFrame(next);
      tick();
    }
    const loop = {
      get running() { return frame !== null; },
      start() {
        if (frame !== null) return;
        frame = requestAnimationFrame(next);
        changed(true);
      },
      stop() {
        if (frame === null) return;
        cancelAnimationFrame(frame);
        frame = null;
        changed(false);
      },
      toggle() { loop.running ? loop.stop() : loop.start(); },
    };
    document.addEventListener("visibilitychange", () => document.hidden && loop.stop());
    return loop;
  },

  // Whether the reader has asked their system for less motion.

  get still() { return matchMedia("(prefers-reduced-motion: reduce)").matches; },
};
