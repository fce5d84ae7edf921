// The first look and the tables: is the data fresh and true, what does it cost.
const Tables = (() => {
  const tones = { warehouse: "bad", runFailed: "bad", needsApproval: "warn", stale: "warn", slow: "warn", failures: "warn", empty: "calm" };
  const titles = {
    warehouse: "BigQuery cannot be asked", runFailed: "A run did not succeed", needsApproval: "Deletions wait for your approval", stale: "Not read for too long",
    slow: "Events are slow", failures: "Records could not be had", empty: "No data yet",
  };
  const runTone = { complete: "good", needs_approval: "warn", deletes_not_approved: "warn", needs_attention: "bad" };
  const worst = notes => ["bad", "warn", "calm"].find(tone => notes.some(note => tones[note.kind] === tone)) ?? "good";

  function headline(report) {
    const tone = report.verdict === "good" ? "good" : worst(report.notes);
    if (report.verdict === "good") { return [tone, "Fresh and true", "Every table has been read in time, and nothing waits for you."]; }
    if (report.notes.some(note => note.kind === "empty")) { return [tone, "Nothing is here yet", "The tables are empty. A full run fills them."]; }
    if (report.verdict === "unknown") { return ["bad", "BigQuery cannot be asked", "How fresh the tables are is not known until it answers."]; }
    return [tone, report.notes.length === 1 ? "One thing needs attention" : `${report.notes.length} things need attention`, "What it is and what to do stands below."];
  }

  function fresh(report) {
    const busy = report.tables.filter(table => table.latency.events > 0);
    const slowest = busy.reduce((found, table) => (found?.latency.p95Seconds ?? -1) > table.latency.p95Seconds ? found : table, null);
    const ages = report.tables.map(table => table.watermarkAgeSeconds).filter(age => age !== null);
    const under = ages.length ? `Oldest watermark ${Words.duration(Math.max(...ages))}` : "No watermark yet";
    return slowest
      ? [[Words.duration(slowest.latency.p95Seconds), h("small", {}, " event to row")], `95 % of the last hour's ${Words.plural(busy.reduce((sum, table) => sum + table.latency.events, 0), "event")}. ${under}.`]
      : ["No events", `None arrived in the last hour. ${under}.`];
  }

  function right(report) {
    const runs = report.tables.map(table => table.full).filter(run => run && run.endedAt);
    const rows = report.tables.reduce((sum, table) => sum + (table.activeRows ?? 0), 0);
    if (runs.length === 0) { return [[Words.short(rows), h("small", {}, " active rows")], "No full run has checked them yet."]; }
    const mended = runs.reduce((sum, run) => sum + run.inserted + run.closed, 0);
    const last = Math.max(...runs.map(run => new Date(run.endedAt).getTime()));
    return [[Words.short(rows), h("small", {}, " active rows")], [mended === 0 ? "The last full run found no difference, " : `The last full run mended ${Words.plural(mended, "difference")}, `, since(new Date(last).toISOString()), "."]];
  }

  function busy(report) {
    const failures = report.tables.reduce((sum, table) => sum + table.failures, 0);
    const value = report.running.length === 0 ? "Idle" : [String(report.running.length), h("small", {}, report.running.length === 1 ? " run under way" : " runs under way")];
    return [value, failures === 0 ? "No record has failed." : h("span", { class: "warn" }, `${Words.plural(failures, "record")} could not be had.`)];
  }

  function cost(report) {
    const { day, creditsLeft } = report.cost;
    return [[Words.bytes(day.bytesBilled), h("small", {}, " billed in 24 h")], `${Words.plural(day.statements, "statement")}, ${Words.plural(day.apiCalls, "API call")}${creditsLeft === null ? "" : `; ${Words.short(creditsLeft)} credits left`}.`];
  }

  function verdict(report) {
    const [tone, title, text] = headline(report);
    const tile = (name, [value, under]) => h("div", { class: "card tile" }, h("dt", {}, name), h("dd", { class: "value" }, value), h("dd", { class: "under" }, under));
    return [h("div", { class: "verdict" }, lamp(tone), h("div", {}, h("h2", {}, title), h("p", {}, text))),
      h("dl", { class: "tiles" }, tile("Fresh", fresh(report)), tile("True", right(report)), tile("Running", busy(report)), tile("Cost", cost(report)))];
  }

  function note(one) {
    const tone = tones[one.kind];
    const buttons = {
      needsApproval: () => [h("button", { type: "button", class: "strong", "data-focus": `approve-${one.run}`, onclick: () => Actions.approve(one.run, one.text) }, "Approve…"),
        h("button", { type: "button", "data-focus": `refuse-${one.run}`, onclick: () => Actions.refuse(one.run, one.text) }, "Refuse…")],
      runFailed: () => one.run ? [h("button", { type: "button", "data-focus": `why-${one.run}`, onclick: () => Runs.history(one.run) }, "History")] : [],
      empty: () => [h("button", { type: "button", class: "strong", "data-focus": "first-full", onclick: () => Actions.run("full", "", false) }, "Start a full run…")],
      stale: () => [h("button", { type: "button", "data-focus": `stale-${one.table}`, onclick: () => Actions.run("incremental", one.table ?? "", false) }, "Run it now…")],
    }[one.kind]?.() ?? [];
    return h("li", { class: `note ${tone}` }, h("div", { class: "words" }, h("h3", {}, titles[one.kind], one.table ? `: ${one.table}` : ""), h("p", {}, one.text)),
      buttons.length ? h("div", { class: "buttons" }, buttons) : null);
  }

  function lastRun(run) {
    if (!run) { return h("span", { class: "soft" }, "Never"); }
    return h("span", {}, pill(runTone[run.state] ?? "plain", Words.capital(Words.spaced(run.state))), h("span", { class: "second" }, since(run.endedAt ?? run.startedAt)));
  }

  function facts(name, run) {
    if (!run) { return h("div", {}, h("h3", {}, name), h("p", { class: "soft" }, "None in the last five weeks.")); }
    const window = run.windowFrom ? `${Words.full(new Date(run.windowFrom))} – ${run.windowTo ? Words.full(new Date(run.windowTo)) : "now"}` : "Everything";
    const took = run.endedAt ? Words.duration((new Date(run.endedAt) - new Date(run.startedAt)) / 1000) : "waits";
    const pairs = [["State", run.detail ? `${Words.capital(Words.spaced(run.state))}: ${run.detail}` : Words.capital(Words.spaced(run.state))], ["Started", Words.full(new Date(run.startedAt))], ["Took", took], ["Window", window],
      ["Listed", Words.count(run.listed)], ["Fetched", Words.count(run.fetched)], ["Opened", Words.count(run.inserted)], ["Closed", Words.count(run.closed)], ["Unchanged", Words.count(run.unchanged)], ["Stale", Words.count(run.stale)],
      ["Failed", Words.count(run.failed)], ["Left alone", Words.count(run.leftForApproval)], ["API calls", Words.count(run.apiCalls)], ["Billed", `${Words.bytes(run.bytesBilled)} in ${Words.plural(run.statements, "statement")}`]];
    return h("div", {}, h("h3", {}, name), h("dl", {}, pairs.map(([term, text]) => [h("dt", {}, term), h("dd", {}, text)])));
  }

  const columns = [{ name: "Table" }, { name: "Active rows", right: true }, { name: "Event to row, last hour", right: true }, { name: "Last incremental" }, { name: "Last full" },
    { name: "Watermark age", right: true }, { name: "Failures", right: true }, { name: "Details", quiet: true, right: true }];

  function tableRows(table, again) {
    const key = `table-${table.table}`, isOpen = Parts.isOpen(key), id = `facts-${table.table}`;
    const toggle = () => { Parts.setOpen(key, !isOpen); Parts.forget("tables"); again(); };
    const latency = table.latency.events === 0 ? h("span", { class: "soft" }, "No events")
      : h("span", {}, Words.duration(table.latency.p50Seconds), h("span", { class: "soft" }, " / "), Words.duration(table.latency.p95Seconds), h("span", { class: "second" }, `p50 / p95 of ${Words.short(table.latency.events)}`));
    const cells = [table.table,
      h("span", {}, Words.count(table.activeRows), table.versions === null ? null : h("span", { class: "second" }, `${Words.short(table.versions)} versions`)),
      latency, lastRun(table.incremental), lastRun(table.full),
      table.watermarkAgeSeconds === null ? h("span", { class: "soft" }, "–") : Words.duration(table.watermarkAgeSeconds),
      table.failures === 0 ? "0" : h("span", { class: "bad" }, Words.count(table.failures)),
      h("button", { type: "button", class: "small quiet", "aria-expanded": String(isOpen), "aria-controls": id, "data-focus": key, onclick: toggle }, isOpen ? "Less" : "More", h("span", { class: "hidden" }, ` about ${table.table}`))];
    const more = h("tr", { role: "row", class: "more", id, hidden: !isOpen }, h("td", { role: "cell", colspan: columns.length },
      isOpen ? h("div", { class: "facts" }, facts("Last incremental run", table.incremental), facts("Last full run", table.full)) : null));
    return [row(columns, cells), more];
  }

  function failure(one) {
    const named = [{ name: "Record" }, { name: "Why", whole: true }, { name: "Attempts", right: true }, { name: "Last tried" }, { name: "Retry", quiet: true, right: true }];
    return row(named, [h("span", {}, one.table, h("span", { class: "second mono" }, one.id)), h("span", { class: "reason" }, one.reason), Words.count(one.attempts), since(one.lastFailedAt),
      h("button", { type: "button", class: "small", "data-focus": `retry-${one.table}-${one.id}`, onclick: () => Actions.record(one.table, one.id, one.parentId ?? "") }, "Retry…", h("span", { class: "hidden" }, ` ${one.table} ${one.id}`))]);
  }

  return {
    show(report, again) {
      Parts.show("verdict", [report.verdict, report.notes, report.tables, report.running.length, report.cost], () => verdict(report));
      Parts.show("notes", report.notes, () => report.notes.length ? h("ul", { class: "notes" }, report.notes.map(note)) : []);
      Parts.show("tables", report.tables, () => [
        h("div", { class: "head" }, h("h2", { id: "tables-title" }, "Tables"), h("span", { class: "soft" }, report.warehouseAt ? ["BigQuery said so ", since(report.warehouseAt)] : "BigQuery has not answered yet")),
        h("div", { class: "card flush" }, h("div", { class: "scroll" }, grid("Tables", columns, report.tables.map(table => tableRows(table, again)))))]);
      const failed = report.tables.reduce((sum, table) => sum + table.failures, 0);
      Parts.show("failures", [report.failures, failed], () => [
        h("div", { class: "head" }, h("h2", { id: "failures-title" }, "Failures"), h("span", { class: "soft" }, failed === 0 ? "Records that could not be had stand here." : `${Words.plural(failed, "record")}; each run tries them first${failed > report.failures.length ? `, the latest ${report.failures.length} shown` : ""}.`)),
        h("div", { class: "card flush" }, report.failures.length === 0 ? h("p", { class: "empty" }, "No record has failed.")
          : h("div", { class: "scroll" }, grid("Failures", [{ name: "Record" }, { name: "Why" }, { name: "Attempts", right: true }, { name: "Last tried" }, { name: "Retry", quiet: true, right: true }], report.failures.map(failure))))]);
    },
  };
})();

