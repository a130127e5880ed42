// Copies a text to paste, and prints a sheet. Without scripts the text can be selected by hand, and
// the browser's menu prints: so the buttons are hidden until this runs.
(() => {
  const show = () => document.querySelectorAll("[data-copy],[data-print]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy],[data-print]");
    if (!button) return;
    if ("print" in button.dataset) { print(); return; }
    const text = document.getElementById(button.dataset.copy);
    const say = (words) => { button.textContent = words; document.getElementById("announce").textContent = words; };
    const byHand = () => { text.focus(); text.select(); say(button.dataset.failed); };
    if (navigator.clipboard) navigator.clipboard.writeText(text.value).then(() => say(button.dataset.done), byHand);
    else byHand();
  });
  document.addEventListener("htmx:after:swap", show);
  show();
})();
