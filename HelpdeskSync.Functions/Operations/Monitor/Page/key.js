// The function key: taken out of the address at once, kept for this tab, sent as a header, never as part of an address.
const Key = (() => {
  const slot = "helpdesksync.key";
  const address = new URL(location.href);
  const given = address.searchParams.get("code");
  if (given) {
    sessionStorage.setItem(slot, given);
    address.searchParams.delete("code");
    history.replaceState(null, "", address.pathname + address.search + address.hash);
  }

  return {
    get: () => sessionStorage.getItem(slot),
    set: key => sessionStorage.setItem(slot, key),
    forget: () => sessionStorage.removeItem(slot),
  };
})();

class KeyRefused extends Error {}

// Asks the app. Paths are relative to the page, so that another route prefix does no harm.
const Api = (() => {
  async function send(address, method = "GET") {
    const key = Key.get();
    if (!key) { throw new KeyRefused("This page shows nothing without a key. It is kept for this browser tab only."); }
    const limit = AbortSignal.timeout(method === "GET" ? 60000 : 200000);
    const answer = await fetch(address, { method, headers: { "x-functions-key": key }, cache: "no-store", referrerPolicy: "no-referrer", signal: limit });
    if (answer.status === 401 || answer.status === 403) { throw new KeyRefused("The app did not accept that key. Enter another."); }
    const text = await answer.text();
    let body = null;
    try { body = text ? JSON.parse(text) : null; } catch { body = null; }
    if (!answer.ok) { throw new Error(body?.error ?? `The app answered ${answer.status}. Its log says why.`); }
    return { status: answer.status, body };
  }

  const part = encodeURIComponent;
  return {
    status: async () => (await send("status")).body,
    async history(id) {
      const found = (await send(`status/${part(id)}`)).body;
      return { ...found, events: (await send(new URL(found.historyPath, location.origin))).body.historyEvents ?? [] };
    },
    run: (mode, table, deep) => send(`sync?mode=${mode}${table ? `&tables=${part(table)}` : ""}${deep ? "&deep=true" : ""}`, "POST"),
    record: (table, id, parent) => send(`sync/${part(table)}/${part(id)}${parent ? `?parent=${part(parent)}` : ""}`, "POST"),
    verify: () => send("verify", "POST"),
    compare: baseline => send(`compare?baseline=${part(baseline)}`, "POST"),
    adopt: (baseline, apply) => send(`adopt?baseline=${part(baseline)}${apply ? "&apply=true" : ""}`, "POST"),
    answerDeletes: (run, approve) => send(`sync/${part(run)}/approve-deletes?approve=${approve}`, "POST"),
  };
})();

