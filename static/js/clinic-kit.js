// Copies a text, prints a sheet, says what a tick did to the link. Without scripts a text is selected
// by hand and the menu prints, so the buttons are hidden until this runs.
(() => {
  const status = document.getElementById("announce");
  const trouble = document.getElementById("trouble");
  const say = (words) => { if (status) status.textContent = words; };
  const show = () => document.querySelectorAll("[data-copy],[data-print]").forEach((button) => { button.hidden = false; });
  const failed = () => { trouble.hidden = false; say(status.dataset.failed); };
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy],[data-print]");
    if (!button) return;
    if ("print" in button.dataset) { print(); return; }
    const text = document.getElementById(button.dataset.copy);
    const done = (words) => { button.textContent = words; say(words); };
    const byHand = () => { text.focus(); text.select(); done(button.dataset.failed); };
    if (navigator.clipboard) navigator.clipboard.writeText(text.value).then(() => done(button.dataset.done), byHand);
    else byHand();
  });
  // Only a part of the kit may take its place: no fault, no sign-in page of a Wi-Fi.
  addEventListener("htmx:before:swap", (event) => {
    const { response, text } = event.detail.ctx;
    if (response.status === 200 && /^\s*<(div id="rest"|section id="result")/.test(text)) return;
    event.preventDefault();
    failed();
  });
  addEventListener("htmx:after:swap", () => {
    trouble.hidden = true;
    show();
    say(document.getElementById("live-h").dataset.announce);
  });
  addEventListener("htmx:error", failed);
  show();
})();
