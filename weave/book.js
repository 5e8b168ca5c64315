// What a page needs a script for: menus that close, links to lines, and the search.
(function () {
  "use strict";
  const menus = [...document.querySelectorAll(".page-header details")];
  const input = document.getElementById("page-search");
  const results = document.getElementById("page-results");

  function close(except) {
    for (const menu of menus) {
      if (menu !== except && !(wide.matches && menu === contents)) menu.open = false;
    }
  }
  document.addEventListener("click", function (event) {
    close(event.target.closest(".page-header details"));
    if (!event.target.closest(".search")) results.hidden = true;
    if (event.target.closest(".page-header li a")) close();
    // The number of a line is the space before its text.
    const line = event.target.closest(".line[id]");
    const code = line && line.closest("pre");
    if (line && event.clientX - code.getBoundingClientRect().left < 44) {
      location.hash = line.id;
    }
  });

  // A menu that the focus has left is closed.
  for (const menu of menus) {
    menu.addEventListener("focusout", function (event) {
      const inside = event.relatedTarget && menu.contains(event.relatedTarget);
      if (event.relatedTarget && !inside && !(wide.matches && menu === contents)) {
        menu.open = false;
      }
    });
  }

  // On a wide screen the contents stay open at the left, and show where one is.
  const contents = document.querySelector(".contents");
  const wide = window.matchMedia("(min-width: 93.75rem)");
  const places = contents
    ? [...contents.querySelectorAll("a")].map(function (link) {
        return [link, document.getElementById(link.hash.slice(1))];
      })
    : [];
  function aside() {
    if (contents) contents.open = wide.matches;
  }
  function follow() {
    if (!wide.matches) return;
    let current = null;
    for (const [link, place] of places) {
      if (place.getBoundingClientRect().top < 120) current = link;
    }
    for (const [link] of places) link.classList.toggle("current", link === current);
    if (current) current.scrollIntoView({ block: "nearest" });
  }
  aside();
  follow();
  wide.addEventListener("change", aside);
  document.addEventListener("scroll", follow, { passive: true });

  // A line that is folded away unfolds when it is linked to.
  function unfold() {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details.fold");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView();
    }
  }
  window.addEventListener("hashchange", unfold);
  unfold();

  // What scrolls sideways can be reached by the keyboard.
  function reachable() {
    for (const box of document.querySelectorAll("pre, figure, .formula, .picture, table")) {
      if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) {
        box.tabIndex = 0;
      } else {
        box.removeAttribute("tabindex");
      }
    }
  }
  window.addEventListener("resize", reachable);
  window.addEventListener("load", reachable);

  // A table that can be filtered shows the rows that have all words.
  for (const box of document.querySelectorAll("input.filter")) {
    const rows = [...box.parentElement.querySelectorAll("tbody tr")];
    box.hidden = false;
    box.addEventListener("input", function () {
      const words = box.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
  }

  // ## Search
  //
  // The text of the whole book comes with the first use, as a script: a page that is
  // opened from disk may load nothing else.
  let entries = null;
  function load() {
    if (entries) return;
    entries = [];
    const script = document.createElement("script");
    script.src = "search.js";
    script.onload = function () {
      entries = window.SEARCH;
      show();
    };
    document.head.append(script);
  }

  function score(entry, words) {
    const [page, , title, text, hidden, terms] = entry.map((part) => part.toLowerCase());
    let total = 0;
    for (const word of words) {
      if (title === word || title.split(".").pop() === word) total += 60;
      else if (terms.includes(word)) total += 40;
      else if (title.includes(word)) total += 25;
      else if (page.includes(word)) total += 8;
      else if (text.includes(word)) total += 10;
      else if (hidden.includes(word)) total += 2;
      else return 0;
    }
    return text.includes(words.join(" ")) ? total + 5 : total;
  }

  // ### A typing error
  //
  // If nothing has all words, each is replaced by the word of the book that is nearest:
  // the one that it takes the fewest letters changed, added, dropped or exchanged to get.
  let vocabulary = null;
  function nearest(word) {
    vocabulary =
      vocabulary ||
      new Set(
        entries.flatMap((entry) => (entry[2] + " " + entry[3]).toLowerCase().match(/[a-z_]{4,}/g) || [])
      );
    let best = word;
    let least = word.length < 8 ? 2 : 3;
    for (const other of vocabulary) {
      if (Math.abs(other.length - word.length) >= least) continue;
      const far = distance(word, other);
      if (far < least) [best, least] = [other, far];
    }
    return best;
  }

  function distance(a, b) {
    let before = null;
    let row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
      }
      [before, row] = [row, next];
    }
    return row[b.length];
  }

  function marked(text, words) {
    const at = Math.max(0, text.toLowerCase().indexOf(words[0]) - 50);
    const part = (at ? "… " : "") + text.slice(at, at + 150);
    const span = document.createElement("span");
    let rest = part;
    while (rest) {
      const places = words.map((word) => rest.toLowerCase().indexOf(word));
      const found = places.filter((place) => place >= 0);
      if (!found.length) break;
      const place = Math.min(...found);
      const word = words[places.indexOf(place)];
      const mark = document.createElement("mark");
      mark.textContent = rest.slice(place, place + word.length);
      span.append(rest.slice(0, place), mark);
      rest = rest.slice(place + word.length);
    }
    span.append(rest);
    return span;
  }

  function matching(words) {
    return entries
      .map((entry) => [score(entry, words), entry])
      .filter((pair) => pair[0])
      .sort((a, b) => b[0] - a[0])
      .slice(0, 12);
  }

  function show() {
    let words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    results.hidden = !words.length;
    results.replaceChildren();
    if (!words.length || !entries || !entries.length) return;
    let found = matching(words);
    if (!found.length) {
      words = words.map(nearest);
      found = matching(words);
    }
    for (const [, [page, href, title, text]] of found) {
      const link = document.createElement("a");
      const name = document.createElement("b");
      name.textContent = title;
      link.href = href;
      link.append(name, " · " + page);
      link.append(marked(text, words));
      results.append(link);
    }
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = found.length ? "" : "Nothing found.";
    results.append(line);
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", show);
  document.querySelector(".search").addEventListener("focusout", function (event) {
    if (event.relatedTarget && !event.relatedTarget.closest(".search")) {
      results.hidden = true;
    }
  });
  results.addEventListener("click", function () {
    results.hidden = true;
  });
  document.addEventListener("keydown", function (event) {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "/" && plain && document.activeElement !== input) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape") {
      close();
      if (at >= 0) input.focus();
      results.hidden = true;
    } else if (event.key === "Enter" && document.activeElement === input && links[0]) {
      links[0].click();
    } else if (document.activeElement === input || at >= 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !links.length) return;
      event.preventDefault();
      (links[at + step] || (step < 0 ? input : links[at])).focus();
    }
  });
})();
