// What a person can do. Each asks once, and then says what came of it.
const Dialogs = (() => {
  let before = null;
  return {
    open(body, isWide = false) {
      const dialog = at("dialog");
      before = document.activeElement?.dataset?.focus ?? null;
      dialog.className = isWide ? "wide" : "";
      dialog.replaceChildren(body);
      if (!dialog.open) { dialog.showModal(); }
    },
    close() { at("dialog").close(); },
    returnFocus() { if (before) { document.querySelector(`[data-focus="${CSS.escape(before)}"]`)?.focus(); } },
  };
})();

const Actions = (() => {
  let after = () => {};
  let names = [];

  function ask({ title, text, button, danger, act }, then = after) {
    const outcome = h("p", { role: "status", class: "outcome" });
    const cancel = h("button", { type: "button", onclick: () => Dialogs.close() }, "Cancel");
    const go = h("button", { type: "button", class: danger ? "strong danger" : "strong" }, button);
    go.addEventListener("click", async () => {
      go.disabled = true;
      outcome.className = "outcome soft";
      outcome.textContent = "Asking the app…";
      try {
        const [tone, words] = await act();
        outcome.className = `outcome ${tone}`;
        outcome.textContent = words;
        say(words);
      } catch (failure) {
        outcome.className = "outcome bad";
        outcome.textContent = failure.message;
      }
      go.hidden = true;
      cancel.textContent = "Close";
      cancel.focus();
      then();
    });
    Dialogs.open(h("div", { class: "body" }, h("h2", { id: "dialog-title" }, title), h("p", { class: "soft" }, text), outcome, h("div", { class: "feet" }, cancel, go)));
    go.focus();
  }

  const outcomes = {
    written: ["good", "Written: it had changed, and a new version stands in the table."], unchanged: ["good", "Unchanged: the table already held it as it is."],
    closed: ["good", "Closed: the helpdesk says that it is gone."], stale: ["good", "Nothing written: the table holds a newer version."],
    refused: ["bad", "The helpdesk refused it."], parentUnknown: ["warn", "Its parent is not known."],
  };

  function run(mode, table, deep) {
    ask({
      title: mode === "full" ? "Start a full run?" : "Start an incremental run?",
      text: `${table ? `Table ${table}` : "All tables"}: ${mode === "full" ? "lists everything, compares it with the tables and mends every difference. It costs API calls in proportion to the whole helpdesk." : "reads what changed since the watermark."}${deep ? " Every listed ticket's threads and comments are read again." : ""}`,
      button: "Start it",
      act: async () => ["good", `Started: ${(await Api.run(mode, table, deep)).body.id}. Its progress stands under "Under way".`],
    });
  }

  function record(table, id, parent) {
    ask({
      title: "Bring one record up to date?", text: `${table} ${id}${parent ? `, of ${parent}` : ""}: fetched now, and written if it differs.`, button: "Fetch it",
      act: async () => {
        const { status, body } = await Api.record(table, id, parent);
        if (status === 202) { return ["warn", "It takes longer than usual and goes on. Look for it under Orchestrations."]; }
        const [tone, words] = outcomes[body.outcome] ?? ["warn", `The app says: ${body.outcome}.`];
        return [tone, body.detail ? `${words} ${body.detail}` : words];
      },
    });
  }

  const approve = (id, text) => ask({
    title: "Approve the deletions?", text, button: "Approve", danger: true,
    act: async () => { await Api.answerDeletes(id, true); return ["good", "Approved. Each missing record is asked for once more, and closed if it is gone."]; },
  });

  const refuse = (id, text) => ask({
    title: "Refuse the deletions?", text, button: "Refuse",
    act: async () => { await Api.answerDeletes(id, false); return ["good", "Refused. The run ends, and the records stay active."]; },
  });

  function runForm() {
    const table = h("select", { id: "run-table", "data-focus": "run-table" }, h("option", { value: "" }, "All tables"), names.map(one => h("option", { value: one.table }, one.table)));
    const deep = h("input", { type: "checkbox", id: "run-deep", "data-focus": "run-deep" });
    return h("form", { class: "card", onsubmit: event => event.preventDefault() }, h("div", {}, h("h3", {}, "Run now"), h("p", { class: "hint" }, "Runs start by themselves on their schedules; this starts one more.")),
      h("div", { class: "field" }, h("label", { for: "run-table" }, "Table"), table), h("label", { class: "check" }, deep, "Read all threads and comments again"),
      h("div", { class: "row" }, h("button", { type: "button", class: "strong", "data-focus": "run-incremental", onclick: () => run("incremental", table.value, deep.checked) }, "Incremental…"),
        h("button", { type: "button", "data-focus": "run-full", onclick: () => run("full", table.value, deep.checked) }, "Full…")));
  }

  function recordForm() {
    const table = h("select", { id: "record-table", "data-focus": "record-table" }, names.map(one => h("option", { value: one.table }, one.table)));
    const id = h("input", { id: "record-id", required: true, autocomplete: "off", spellcheck: "false", maxlength: "200", "data-focus": "record-id" });
    const parent = h("input", { id: "record-parent", autocomplete: "off", spellcheck: "false", maxlength: "200", "data-focus": "record-parent" });
    const label = h("label", { for: "record-parent" });
    const parentField = h("div", { class: "field" }, label, parent);
    const change = () => {
      const owner = names.find(one => one.table === table.value)?.parent;
      parentField.hidden = !owner;
      label.textContent = owner ? `Id of its ${owner}` : "";
    };
    table.addEventListener("change", change);
    change();
    return h("form", { class: "card", onsubmit: event => { event.preventDefault(); record(table.value, id.value.trim(), parentField.hidden ? "" : parent.value.trim()); } },
      h("div", {}, h("h3", {}, "One record"), h("p", { class: "hint" }, "Fetched now; says whether it was written, unchanged, closed, or why not.")),
      h("div", { class: "fields" }, h("div", { class: "field" }, h("label", { for: "record-table" }, "Table"), table), h("div", { class: "field" }, h("label", { for: "record-id" }, "Id"), id), parentField),
      h("div", { class: "row" }, h("button", { type: "submit", class: "strong", "data-focus": "record-go" }, "Fetch it…")));
  }

  return {
    ask, run, record, approve, refuse,
    show(report, again) {
      after = again;
      names = report.tables.map(table => ({ table: table.table, parent: table.parent }));
      Parts.show("actions", names, () => [h("div", { class: "head" }, h("h2", { id: "actions-title" }, "Do something")), h("div", { class: "actions" }, runForm(), recordForm())]);
    },
  };
})();

