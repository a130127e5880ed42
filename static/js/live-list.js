// Says once what a tick did to the list, and says so when the list could not be fetched.
// The list is swapped by htmx; the form and the focus are never touched.
(() => {
  const status = document.getElementById("announce");
  const trouble = document.getElementById("trouble");
  let timer;
  const say = (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = words; }, 600);
  };
  const failed = () => { trouble.hidden = false; say(status.dataset.failed); };
  document.addEventListener("htmx:after:swap", (event) => {
    const response = event.detail.ctx && event.detail.ctx.response;
    if (response && response.status >= 400) return; // htmx 4 sends this after an error, too
    trouble.hidden = true;
    say(document.getElementById("live-h").dataset.announce);
  });
  document.addEventListener("htmx:response:error", failed);
  document.addEventListener("htmx:error", failed);
})();
