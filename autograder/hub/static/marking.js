// The sum of the rubric's lines while they are filled in, and keys for the next and the previous team. Marking works without it.
"use strict";
(() => {
  const form = document.getElementById("give");
  const lines = form ? [...form.querySelectorAll("[data-line]")] : [];
  const sum = document.getElementById("sum");

  function add() {
    const given = lines.filter((line) => line.value !== "").map((line) => Number(line.value));
    // Hundredths are added as whole numbers, so that 0.1 + 0.2 is 0.3.
    if (sum) sum.value = given.length ? String(given.reduce((all, one) => all + Math.round(100 * one), 0) / 100) : "";
  }

  // A field for points takes no letters, so that there they lead on as well.
  const typing = (target) => target.closest("input:not([type=number]), textarea, select") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[name=next]"));
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const link = { n: "a[rel=next]", p: "a[rel=prev]" }[event.key.toLowerCase()];
    const found = link && document.querySelector(link);
    if (found) found.click();
  });
  lines.forEach((line) => line.addEventListener("input", add));
  document.querySelectorAll(".keys").forEach((hint) => { hint.hidden = false; });
  add();
})();
