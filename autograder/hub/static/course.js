// Keeps an open page true and copies texts. Everything else works without it.
//
// Every part with data-live is fetched again while the page is looked at, and exchanged when it has changed, unless its
// reader is in the middle of something there: the keyboard is in it, a file is chosen, something is opened.
// A part with data-events shows a batch that runs, and hears from there how far it is until it ends.
"use strict";
(() => {
  const SECONDS = 15;
  const xsrf = document.querySelector("meta[name=xsrf]").content;

  const busy = (part) => part.contains(document.activeElement) || part.querySelector("details[open]") !== null ||
    [...part.querySelectorAll("input[type=file]")].some((input) => input.files.length > 0);

  const plain = (part) => { const copy = part.cloneNode(true); copy.querySelectorAll("[name=_xsrf]").forEach((e) => e.remove()); return copy.textContent; };

  async function refresh(ended = false) {
    if (document.hidden && !ended) return;
    const here = new URL(location);
    here.searchParams.delete("done");
    const answer = await fetch(here, { headers: { "X-XSRFToken": xsrf }, redirect: "error" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.getElementById(part.id);
      const held = ended ? false : busy(part) || (batch && part.dataset.events);
      if (now && !held && plain(now) !== plain(part)) { part.replaceWith(document.adoptNode(now)); offerCopies(); }
    }
    listen();
  }

  let batch = null;
  let silence = 0;

  function listen() {
    const part = document.querySelector("[data-events]");
    if (batch || !part) return;
    const within = (selector) => part.querySelector(selector);
    const leave = () => { clearTimeout(silence); batch.close(); batch = null; };
    const lost = () => { leave(); comeBack(part.dataset.health); };
    batch = new EventSource(part.dataset.events);
    batch.addEventListener("progress", (event) => {
      clearTimeout(silence);
      silence = setTimeout(lost, SECONDS * 1000);  // it says something every few seconds; proxies keep dead connections open
      const { done, of, said } = JSON.parse(event.data);
      within("#batch-pace").textContent = said;
      if (of) { within("progress").max = of; within("progress").value = done; }
    });
    batch.addEventListener("failure", (event) => {
      const { id, row } = JSON.parse(event.data);
      if (!document.getElementById(id)) within("#batch-failures").insertAdjacentHTML("beforeend", row);
      within("#batch-failed").hidden = false;
    });
    batch.addEventListener("end", () => { leave(); refresh(true).catch(() => location.reload()); });
    // A broken connection it mends by itself, but not a service that was away and knows us no more.
    batch.addEventListener("error", () => { if (batch.readyState === EventSource.CLOSED && silence) lost(); });
  }

  async function comeBack(health) {
    const answer = await fetch(health).catch(() => null);
    if (answer?.ok) location.reload(); else setTimeout(comeBack, 3000, health);
  }

  function offerCopies() {
    for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = !navigator.clipboard;
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = button.dataset.copy;
  });
  offerCopies();
  listen();
  if (document.querySelector("[data-live]") && !document.querySelector(".alert")) {
    setInterval(() => refresh().catch(() => {}), SECONDS * 1000);
    document.addEventListener("visibilitychange", () => refresh().catch(() => {}));
  }
})();
