// Keeps an open page true and copies texts. Everything else works without it.
//
// Every part with data-live is fetched again while the page is looked at, and exchanged when it has changed, unless its
// reader is in the middle of something there: the keyboard is in it, a file is chosen, something is opened.
"use strict";
(() => {
  const SECONDS = 15;
  const xsrf = document.querySelector("meta[name=xsrf]").content;

  const busy = (part) => part.contains(document.activeElement) || part.querySelector("details[open]") !== null ||
    [...part.querySelectorAll("input[type=file]")].some((input) => input.files.length > 0);

  const plain = (part) => { const copy = part.cloneNode(true); copy.querySelectorAll("[name=_xsrf]").forEach((e) => e.remove()); return copy.textContent; };

  async function refresh() {
    if (document.hidden) return;
    const answer = await fetch(location.pathname, { headers: { "X-XSRFToken": xsrf }, redirect: "error" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.getElementById(part.id);
      if (now && !busy(part) && plain(now) !== plain(part)) { part.replaceWith(document.adoptNode(now)); offerCopies(); }
    }
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
  if (document.querySelector("[data-live]") && !document.querySelector(".alert")) {
    setInterval(() => refresh().catch(() => {}), SECONDS * 1000);
    document.addEventListener("visibilitychange", () => refresh().catch(() => {}));
  }
})();
