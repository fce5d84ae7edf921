// Charts, drawn as SVG at the width they have; each with the same figures as a table.
const Charts = (() => {
  const height = 150, left = 46, bottom = 22, top = 8;
  let back = 24;

  const kinds = [
    { key: "rows", title: "Rows written per hour", unit: "rows", format: Words.short, sum: hours => Words.plural(total(hours, hour => hour.rows), "row"), values: [["Rows", hour => hour.rows]] },
    { key: "lag", title: "Event to row", unit: "", lines: true, format: Words.duration, sum: hours => Words.plural(total(hours, hour => hour.latency.events), "event"),
      values: [["95 % within", hour => hour.latency.p95Seconds], ["Half within", hour => hour.latency.p50Seconds]] },
    { key: "calls", title: "Helpdesk API credits per hour", unit: "", format: Words.short,
      sum: hours => `${Words.plural(total(hours, hour => hour.apiCredits), "credit")}, ${Words.plural(total(hours, hour => hour.apiCalls), "call")}`,
      values: [["Credits", hour => hour.apiCredits]] },
    { key: "bytes", title: "BigQuery bytes billed per hour", unit: "", format: Words.bytes, sum: hours => Words.bytes(total(hours, hour => hour.bytesBilled)), values: [["Billed", hour => hour.bytesBilled]] },
  ];

  function total(hours, value) { return hours.reduce((sum, hour) => sum + (value(hour) ?? 0), 0); }

  // The next round number above, so that the axis has three even steps.
  function ceiling(value) {
    if (value <= 0) { return 1; }
    const size = 10 ** Math.floor(Math.log10(value));
    return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find(step => step * size >= value) * size;
  }

  const label = time => back === 24 ? Words.clock(time) : Words.day(time);
  const moment = time => back === 24 ? Words.clock(time) : `${Words.day(time)}, ${Words.clock(time)}`;

  function axes(width, max, hours, kind) {
    const y = value => top + (height - top - bottom) * (1 - value / max);
    const step = (width - left) / hours.length;
    const marks = [0, max / 2, max].map(value => [s("line", { class: "grid", x1: left, x2: width, y1: y(value), y2: y(value) }),
      s("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, value === 0 ? "0" : kind.format(value))]);
    const every = back === 24 ? (width < 420 ? 6 : 4) : 24;
    const names = hours.map((hour, index) => [new Date(hour.at), index])
      .filter(([time]) => time.getHours() % (back === 24 ? every : 24) === 0)
      .filter(([, index]) => left + index * step < width - 30)
      .map(([time, index]) => s("text", { x: left + index * step, y: height - 4 }, label(time)));
    return { y, step, nodes: [...marks.flat(), ...names] };
  }

  function bars(hours, kind, scale) {
    return hours.map((hour, index) => {
      const value = kind.values[0][1](hour) ?? 0;
      if (value <= 0) { return null; }
      const from = Math.min(scale.y(value), scale.y(0) - 2);
      return s("rect", { class: "bar", x: left + index * scale.step + scale.step * .14, y: from, width: Math.max(1, scale.step * .72), height: scale.y(0) - from, rx: Math.min(2.5, scale.step * .2) });
    });
  }

  function lines(hours, kind, scale) {
    return kind.values.map(([, value], which) => {
      const tone = which === 0 ? "" : " second";
      const x = index => left + (index + .5) * scale.step;
      let path = "", dots = [];
      hours.forEach((hour, index) => {
        const here = value(hour), before = index > 0 ? value(hours[index - 1]) : null, after = index + 1 < hours.length ? value(hours[index + 1]) : null;
        if (here === null) { return; }
        path += `${before === null ? "M" : "L"}${x(index).toFixed(1)} ${scale.y(here).toFixed(1)}`;
        if (before === null && after === null) { dots.push(s("circle", { class: `dot${tone}`, cx: x(index), cy: scale.y(here), r: 3 })); }
      });
      return [s("path", { class: `line${tone}`, d: path || "M0 0" }), dots];
    }).reverse();
  }

  // Tells the figures under the pointer; the keyboard and screen readers have the table.
  function follow(svg, readout, hours, kind, scale, rest) {
    const cross = s("line", { class: "cross", y1: top, y2: height - bottom, visibility: "hidden" });
    svg.append(cross);
    svg.addEventListener("pointermove", event => {
      const index = Math.floor((event.clientX - svg.getBoundingClientRect().left - left) / scale.step);
      const hour = hours[index];
      cross.setAttribute("visibility", hour ? "visible" : "hidden");
      if (!hour) { readout.textContent = rest; return; }
      cross.setAttribute("x1", left + (index + .5) * scale.step);
      cross.setAttribute("x2", left + (index + .5) * scale.step);
      const figures = kind.values.map(([name, value]) => `${kind.lines ? `${name} ` : ""}${value(hour) === null ? "–" : kind.format(value(hour))}`);
      readout.textContent = `${moment(new Date(hour.at))}: ${figures.join(", ")}${kind.unit ? ` ${kind.unit}` : ""}`;
    });
    svg.addEventListener("pointerleave", () => { cross.setAttribute("visibility", "hidden"); readout.textContent = rest; });
  }

  function chart(kind, hours, width) {
    const highest = Math.max(0, ...hours.flatMap(hour => kind.values.map(([, value]) => value(hour) ?? 0)));
    const rest = highest > 0 ? kind.sum(hours) : "";
    const readout = h("span", { class: "sum" }, rest);
    const scale = axes(width, ceiling(highest), hours, kind);
    const words = highest > 0 ? `${kind.title}, last ${back === 24 ? "24 hours" : "7 days"}: ${rest}, at most ${kind.format(highest)} in an hour.` : `${kind.title}: nothing yet.`;
    const svg = s("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "img", "aria-label": words }, scale.nodes,
      highest > 0 ? (kind.lines ? lines(hours, kind, scale) : bars(hours, kind, scale))
        : s("text", { class: "nothing", x: left + (width - left) / 2, y: height / 2, "text-anchor": "middle" }, "Nothing yet"));
    if (highest > 0) { follow(svg, readout, hours, kind, scale, rest); }
    const columns = [{ name: "Hour" }, ...kind.values.map(([name]) => ({ name, right: true }))];
    return h("figure", { class: "card chart" },
      h("figcaption", {}, h("h3", {}, kind.title), readout), svg,
      h("div", { class: "foot" }, details(`chart-${kind.key}`, "Show as a table", () => h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${kind.title}, figures` },
        grid(kind.title, columns, [...hours].reverse().map(hour => row(columns,
          [moment(new Date(hour.at)), ...kind.values.map(([, value]) => value(hour) === null ? "–" : kind.format(value(hour)))])), "plain"))),
      kind.lines ? h("p", { class: "legend" }, kind.values.map(([name], index) => h("span", { class: index === 0 ? null : "later" }, name))) : null));
  }

  return {
    show(report, again) {
      const hours = report.hours.slice(-back);
      const box = at("charts");
      const two = matchMedia("(min-width: 981px)").matches;
      const inner = box.clientWidth || at("main").clientWidth - 32;
      const width = Math.max(240, Math.floor((two ? (inner - 14) / 2 : inner) - (matchMedia("(max-width: 720px)").matches ? 34 : 46)));
      const choose = hoursBack => { back = hoursBack; again(); };
      Parts.show("charts", [hours, back, width], () => [
        h("div", { class: "head" }, h("h2", { id: "charts-title" }, "How it went"),
          h("div", { class: "segments push", role: "group", "aria-label": "Period" }, [[24, "24 hours"], [168, "7 days"]].map(([hoursBack, name]) =>
            h("button", { type: "button", "aria-pressed": String(back === hoursBack), "data-focus": `period-${hoursBack}`, onclick: () => choose(hoursBack) }, name)))),
        h("div", { class: "charts" }, kinds.map(kind => chart(kind, hours, width))),
      ]);
    },
  };
})();

