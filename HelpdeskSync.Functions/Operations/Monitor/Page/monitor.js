// Asks for the status again and again, as long as somebody looks, and shows it.
const Page = (() => {
  const busyEvery = 4000, idleEvery = 12000, troubleEvery = 8000;
  let report = null, timer = 0, asking = false, hurried = 0;

  function draw() {
    if (!report) { return; }
    at("loading").hidden = true;
    at("content").hidden = false;
    at("key").hidden = true;
    at("forget").hidden = false;
    Tables.show(report, draw);
    Runs.show(report);
    Charts.show(report, draw);
    Actions.show(report, hurry);
    Checks.show(report, hurry);
    document.title = `${report.verdict === "good" ? "" : `(${report.notes.length}) `}HelpdeskSync monitor`;
    tick();
  }

  function tick() {
    const now = Date.now();
    for (const time of document.querySelectorAll("[data-ago]")) {
      const text = Words.ago(Number(time.dataset.ago), now);
      if (time.textContent !== text) { time.textContent = text; }
    }
    at("updated").hidden = !report;
    if (report) { at("updated-ago").textContent = Words.ago(new Date(report.at).getTime(), now); }
  }

  function trouble(text) {
    at("trouble").hidden = !text;
    if (at("trouble").textContent !== text) { at("trouble").textContent = text; }
  }

  function askForKey(why) {
    Key.forget();
    report = null;
    at("loading").hidden = true;
    at("content").hidden = true;
    at("forget").hidden = true;
    at("updated").hidden = true;
    at("key-why").textContent = why;
    at("key").hidden = false;
    trouble("");
    at("key-input").focus();
  }

  async function ask() {
    if (asking || document.hidden) { return; }
    asking = true;
    clearTimeout(timer);
    let next = troubleEvery;
    try {
      report = await Api.status();
      trouble(report.warehouseFault && report.warehouseAt ? `${report.warehouseFault} The figures are older than usual.` : "");
      draw();
      next = report.running.length > 0 || Date.now() < hurried ? busyEvery : idleEvery;
    } catch (failure) {
      if (failure instanceof KeyRefused) { asking = false; return askForKey(failure.message); }
      at("loading").hidden = true;
      trouble(`${failure instanceof TypeError || failure.name === "TimeoutError" ? "The app cannot be reached." : failure.message} It is asked again in a moment.`);
    }
    asking = false;
    timer = setTimeout(ask, next);
  }

  // After something was started, the page looks more often for a while.
  function hurry() {
    hurried = Date.now() + 60000;
    clearTimeout(timer);
    timer = setTimeout(ask, 1200);
  }

  at("refresh").addEventListener("click", ask);
  at("forget").addEventListener("click", () => askForKey("The key is forgotten. Enter one to go on."));
  at("dialog").addEventListener("close", () => Dialogs.returnFocus());
  at("key-form").addEventListener("submit", event => {
    event.preventDefault();
    Key.set(at("key-input").value.trim());
    at("key-input").value = "";
    at("key").hidden = true;
    at("loading").hidden = false;
    ask();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { ask(); } });
  addEventListener("resize", () => { clearTimeout(draw.timer); draw.timer = setTimeout(draw, 150); });
  setInterval(tick, 1000);
  return { ask };
})();

Page.ask();
