// How figures and times are written.
const Words = (() => {
  const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
  const exactClock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" });
  const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

  const count = value => value === null || value === undefined ? "–" : whole.format(value);

  function short(value) {
    if (value < 10000) { return whole.format(value); }
    return value < 1e6 ? `${(value / 1e3).toFixed(value < 1e5 ? 1 : 0)}k` : `${(value / 1e6).toFixed(value < 1e7 ? 1 : 0)}M`;
  }

  function bytes(value) {
    const units = ["B", "kB", "MB", "GB", "TB", "PB"];
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
    return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
  }

  function duration(seconds) {
    if (seconds === null || seconds === undefined) { return "–"; }
    if (seconds < 1) { return `${Math.max(0, Math.round(seconds * 1000))} ms`; }
    if (seconds < 9.95) { return `${seconds.toFixed(1)} s`; }
    if (seconds < 100) { return `${Math.round(seconds)} s`; }
    if (seconds < 5400) { return `${Math.round(seconds / 60)} min`; }
    return seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} d`;
  }

  function ago(time, now) {
    const seconds = Math.max(0, (now - time) / 1000);
    return seconds < 2 ? "just now" : `${duration(Math.round(seconds))} ago`;
  }

  const plural = (value, one, many) => `${count(value)} ${value === 1 ? one : many ?? `${one}s`}`;
  // Durable's and _sync_runs' names as words: NeedsApproval, needs_approval -> needs approval.
  const spaced = name => name.replaceAll("_", " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

  return {
    count, short, bytes, duration, ago, plural, spaced, capital,
    clock: time => clock.format(time), exactClock: time => exactClock.format(time), day: time => day.format(time), full: time => full.format(time),
  };
})();

