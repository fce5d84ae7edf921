// What runs, what ran, and the history of one orchestration.
const Runs = (() => {
  const phases = { preparing: "Preparing", reading: "Reading", NeedsApproval: "Waits for approval", closing: "Closing what is gone" };
  const steps = { waiting: "Waiting", listing: "Listing", copying: "Copying", read: "Done", needsApproval: "Waits for approval", refused: "Cannot be read" };
  const tones = { Completed: "good", Running: "calm", Pending: "calm", Failed: "bad", Terminated: "bad", Suspended: "warn", Canceled: "bad" };
  const outcomes = { Complete: ["good", "Complete"], NeedsAttention: ["bad", "Needs attention"], DeletesNotApproved: ["warn", "Deletes not approved"], pass: ["good", "Pass"], fail: ["bad", "Fail"] };
  const kinds = { full: "Full run", incremental: "Incremental run", record: "One record", compare: "Comparison", verify: "Verification", adopt: "Adoption", other: "Other" };

  function step(one) {
    const figures = {
      waiting: "", listing: `${Words.count(one.listed)} listed`, copying: `${Words.count(one.copied)} of ${Words.count(one.changed ?? 0)} copied`,
      read: `${Words.count(one.listed)} listed, ${Words.count(one.copied)} copied`, needsApproval: `${Words.count(one.missing)} missing, limit ${Words.count(one.deletionLimit)}`, refused: one.refusal,
    }[one.phase];
    const name = `${one.table}: ${steps[one.phase]}`;
    const bar = one.phase === "listing" ? h("progress", { "aria-label": name })
      : h("progress", { "aria-label": name, max: String(one.phase === "copying" ? Math.max(1, one.changed ?? 1) : 1), value: String(one.phase === "waiting" ? 0 : one.phase === "copying" ? one.copied : 1) });
    return h("li", { class: "step" }, h("div", { class: "line" }, h("span", {}, h("strong", {}, one.table), " ", h("span", { class: "soft" }, steps[one.phase])), h("span", {}, figures)), bar);
  }

  function running(run) {
    const waits = run.phase === "NeedsApproval";
    return h("article", { class: "card run" },
      h("div", { class: "title" }, h("h3", {}, kinds[run.kind]), pill(waits ? "warn" : "calm", phases[run.phase] ?? Words.capital(Words.spaced(run.phase))),
        h("span", { class: "soft" }, "started ", since(run.startedAt)), h("button", { type: "button", class: "small push", "data-focus": `running-${run.run}`, onclick: () => history(run.run) }, "History", h("span", { class: "hidden" }, ` of ${run.run}`))),
      h("ul", { class: "steps" }, run.tables.map(step)));
  }

  const columns = [{ name: "Orchestration" }, { name: "Status" }, { name: "Started" }, { name: "Duration", right: true }, { name: "History", quiet: true, right: true }];

  function orchestration(one) {
    const [tone, text] = outcomes[one.outcome] ?? [tones[one.status] ?? "plain", one.status];
    return row(columns, [h("span", {}, kinds[one.kind], h("span", { class: "second mono id", title: one.id }, one.id)), pill(tone, text), since(one.createdAt), Words.duration(one.seconds),
      h("button", { type: "button", class: "small", "data-focus": `history-${one.id}`, onclick: () => history(one.id) }, "History", h("span", { class: "hidden" }, ` of ${one.id}`))]);
  }

  // Durable's events in words; names differ a little between the storage providers.
  function event(one) {
    const type = one.EventType, name = one.FunctionName ?? one.Name ?? "";
    const failed = /Failed|Terminated/.test(type) || ["Failed", "Terminated"].includes(one.OrchestrationStatus);
    const title = {
      ExecutionStarted: `Started ${name}`, ExecutionCompleted: `Ended: ${Words.spaced(String(one.OrchestrationStatus ?? "completed"))}`, ExecutionTerminated: "Terminated", TaskCompleted: name, TaskFailed: `${name} failed`, TaskScheduled: `${name} under way`,
      SubOrchestrationInstanceCompleted: name, SubOrchestrationInstanceFailed: `${name} failed`, SubOrchestrationInstanceCreated: `${name} under way`, TimerFired: "Waited", TimerCreated: "Waits", EventRaised: `Received ${name}`, ContinueAsNew: "Carried on anew",
    }[type] ?? Words.capital(Words.spaced(type));
    const from = one.ScheduledTime ? new Date(one.ScheduledTime) : null, to = new Date(one.Timestamp);
    const details = one.FailureDetails?.ErrorMessage ?? (failed ? one.Reason ?? one.Details : null);
    return h("li", {}, h("time", { class: "when", datetime: one.Timestamp, title: Words.full(to) }, Words.exactClock(to)),
      h("span", { class: `point ${failed ? "bad" : /Completed|Fired|Raised/.test(type) ? "good" : ""}`, "aria-hidden": "true" }),
      h("span", {}, title, details ? h("span", { class: "why" }, String(details)) : null),
      h("span", { class: "took" }, from ? Words.duration((to - from) / 1000) : ""));
  }

  async function history(id) {
    const close = h("button", { type: "button", onclick: () => Dialogs.close() }, "Close");
    const body = h("div", { class: "body" }, h("h2", { id: "dialog-title" }, "History"), h("p", { class: "mono soft" }, id), h("p", { class: "soft", role: "status" }, "Reading…"), h("div", { class: "feet" }, close));
    Dialogs.open(body, true);
    try {
      const found = await Api.history(id);
      const events = found.events.filter(one => !["OrchestratorStarted", "OrchestratorCompleted"].includes(one.EventType));
      const one = found.orchestration;
      const [tone, text] = outcomes[one.outcome] ?? [tones[one.status] ?? "plain", one.status];
      body.replaceChildren(h("h2", { id: "dialog-title" }, kinds[one.kind]), h("p", { class: "mono soft" }, id),
        h("p", { class: "row" }, pill(tone, text), h("span", { class: "soft" }, `${Words.duration(one.seconds)}, started ${Words.full(new Date(one.createdAt))}`)),
        events.length === 0 ? h("p", { class: "soft" }, "It has no history: it waits to begin, or was purged.") : h("ol", { class: "story", tabindex: "0", "aria-label": "Events, the oldest first" }, events.map(event)),
        h("div", { class: "feet" }, close));
    } catch (failure) {
      body.replaceChildren(h("h2", { id: "dialog-title" }, "History"), h("p", { class: "bad" }, failure.message), h("div", { class: "feet" }, close));
    }
    close.focus();
  }

  return {
    history,
    show(report) {
      Parts.show("running", report.running, () => report.running.length === 0 ? [] : [h("div", { class: "head" }, h("h2", { id: "running-title" }, "Under way")), report.running.map(running)]);
      Parts.show("recent", report.recent, () => [h("div", { class: "head" }, h("h2", { id: "recent-title" }, "Orchestrations"), h("span", { class: "soft" }, "Runs of the last week, single records of the last 15 minutes")),
        h("div", { class: "card flush" }, report.recent.length === 0 ? h("p", { class: "empty" }, "Nothing has run yet.") : h("div", { class: "scroll" }, grid("Orchestrations", columns, report.recent.map(orchestration))))]);
    },
  };
})();

