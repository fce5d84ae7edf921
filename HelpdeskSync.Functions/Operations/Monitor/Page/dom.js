// Building blocks. Text always goes in as text, so that nothing the helpdesk says can become markup.
const at = id => document.getElementById(id);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) { continue; }
    if (name.startsWith("on")) { element.addEventListener(name.slice(2), value); } else { element.setAttribute(name, value === true ? "" : value); }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes = {}, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
const pill = (tone, text) => h("span", { class: `pill ${tone}` }, text);
const paths = {
  good: "M5 12.5l4.5 4.5L19 7.5", warn: "M12 6v7.5M12 17.6v.2", bad: "M7 7l10 10M17 7L7 17", calm: "M12 17v-6.5M12 6.8v.2",
};
const lamp = tone => h("span", { class: `lamp ${tone}`, "aria-hidden": "true" }, s("svg", { viewBox: "0 0 24 24" }, s("path", { d: paths[tone] })));

// A time that keeps itself up to date: see tick() of the page.
function since(text) {
  if (!text) { return "–"; }
  const time = new Date(text);
  return h("time", { datetime: text, title: Words.full(time), "data-ago": time.getTime() }, Words.ago(time.getTime(), Date.now()));
}

// Shows a part anew only when it differs, and keeps the focus and what is unfolded where it was.
const Parts = (() => {
  const shown = new Map();
  const open = new Set();
  return {
    show(id, data, build) {
      const text = JSON.stringify(data);
      if (shown.get(id) === text) { return; }
      shown.set(id, text);
      const box = at(id);
      const focus = box.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
      box.replaceChildren(...[build()].flat(Infinity).filter(Boolean));
      if (focus) { box.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true }); }
    },
    forget: id => shown.delete(id),
    isOpen: key => open.has(key),
    setOpen(key, isOpen) { if (isOpen) { open.add(key); } else { open.delete(key); } },
  };
})();

function details(key, summary, build) {
  const box = h("details", { open: Parts.isOpen(key) }, h("summary", { "data-focus": `details-${key}` }, summary));
  const grow = () => { if (box.open && box.children.length === 1) { box.append(build()); } Parts.setOpen(key, box.open); };
  box.addEventListener("toggle", grow);
  if (box.open) { grow(); }
  return box;
}

// A table that becomes a list of cards on a phone; roles are written out because browsers drop them with the layout.
function grid(label, columns, rows, kind = "stack") {
  return h("table", { class: kind, role: "table", "aria-label": label },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map(column => h("th", { scope: "col", role: "columnheader", class: column.right ? "right" : null },
      column.quiet ? h("span", { class: "hidden" }, column.name) : column.name)))),
    h("tbody", { role: "rowgroup" }, rows));
}

const row = (columns, cells, more = null) => h("tr", { role: "row", ...more }, cells.map((cell, index) => index === 0
  ? h("th", { scope: "row", role: "rowheader" }, cell)
  : h("td", { role: "cell", class: columns[index].right ? "right" : columns[index].whole ? "whole" : null, "data-label": columns[index].quiet ? null : columns[index].name }, cell)));

function say(text) {
  const box = at("toast");
  box.replaceChildren(h("p", {}, text));
  clearTimeout(say.timer);
  say.timer = setTimeout(() => box.replaceChildren(), 9000);
}

