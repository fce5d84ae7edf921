// Verification, comparison and adoption: the last verdict of each, and the buttons that ask for another.
const Checks = (() => {
  const names = { verify: "Verify the history", compare: "Compare with the old connector", adopt: "Adopt the old connector's history" };
  const tones = { pass: "good", fail: "bad" };
  let after = () => {};
  let baseline = "";

  function verdict(one) {
    if (!one) { return [pill("plain", "Not asked for this week")]; }
    const tone = tones[one.outcome] ?? (one.status === "Completed" ? "good" : one.status === "Failed" || one.status === "Terminated" ? "bad" : "calm");
    const text = one.outcome ? Words.capital(one.outcome) : one.status === "Completed" ? "Done" : one.status;
    return [pill(tone, text), " ", h("span", { class: "soft" }, since(one.createdAt)),
      h("button", { type: "button", class: "small push", "data-focus": `check-${one.kind}-history`, onclick: () => Runs.history(one.id) }, "History", h("span", { class: "hidden" }, ` of ${one.id}`))];
  }

  function start(title, text, button, act, danger = false) {
    Actions.ask({ title, text, button, danger, act: async () => ["good", `Started: ${(await act()).body.id}. Its verdict stands here when it has ended.`] }, after);
  }

  const needed = act => () => {
    const input = at("check-baseline");
    baseline = input.value.trim();
    if (input.reportValidity()) { act(); }
  };

  const buttons = {
    verify: () => [button("verify", "Verify…", () => start("Verify the history?", "Every table is held to the history's rules. It reads the system columns of whole tables once, and writes nothing.", "Start it", Api.verify))],
    compare: () => [button("compare", "Compare…", needed(() => start("Compare with the old connector?", `${baseline}: records, columns and versions. Both sides are read whole, once.`, "Start it", () => Api.compare(baseline))))],
    adopt: () => [
      button("adopt", "Propose…", needed(() => start("Look at the old connector's tables?", `${baseline}: how they are written, which settings suit them, and how many versions an import would bring. Nothing is written.`, "Look", () => Api.adopt(baseline, false)))),
      button("import", "Import…", needed(() => start("Import the old history?", `${baseline}: its versions from before this history are written into the tables, under the settings of now. Set what was proposed first.`, "Import", () => Api.adopt(baseline, true), true)))],
  };

  function button(name, text, act) { return h("button", { type: "button", "data-focus": `check-${name}`, onclick: act }, text); }

  const line = (kind, one) => h("li", { class: "check-line" }, h("h3", {}, names[kind]), h("p", { class: "row" }, verdict(one)),
    one?.summary ? h("p", { class: "soft" }, one.summary) : null, h("div", { class: "row" }, buttons[kind]()));

  return {
    show(report, again) {
      after = again;
      Parts.show("checks", report.checks, () => {
        const input = h("input", { id: "check-baseline", required: true, autocomplete: "off", spellcheck: "false", placeholder: "my-project.fivetran_zoho_desk", "data-focus": "check-baseline", value: baseline });
        input.addEventListener("input", () => { baseline = input.value.trim(); });
        return [h("div", { class: "head" }, h("h2", { id: "checks-title" }, "Checks and cut-over")), h("div", { class: "card checks" },
          h("ul", { class: "check-list" }, ["verify", "compare", "adopt"].map(kind => line(kind, report.checks.find(one => one.kind === kind)))),
          h("div", { class: "field" }, h("label", { for: "check-baseline" }, "Old connector's dataset"), input))];
      });
    },
  };
})();

