// Says once what a tick did to the list, or that the list could not be fetched. htmx swaps the list;
// the form and the focus are never touched.
(() => {
  const status = document.getElementById("announce");
  const trouble = document.getElementById("trouble");
  let timer;
  const say = (words) => {
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = words; }, 600);
  };
  const failed = (words) => {
    trouble.textContent = words || status.dataset.failed;
    trouble.hidden = false;
    say(trouble.textContent);
  };
  // What a page says is wrong with the answer, where it says so (too many ticks).
  const faultOn = (html) =>
    new DOMParser().parseFromString(html, "text/html").getElementById("fault")?.textContent;
  // Only a list may take its place: no page of a fault, no sign-in page of a Wi-Fi.
  addEventListener("htmx:before:swap", (event) => {
    const { response, text } = event.detail.ctx;
    if (response.status === 200 && text.trim().startsWith('<section id="live"')) return;
    event.preventDefault();
    failed(faultOn(text));
  });
  addEventListener("htmx:after:swap", () => {
    trouble.hidden = true;
    say(document.getElementById("live-h").dataset.announce);
  });
  addEventListener("htmx:error", () => failed());
  // Another language opens with the ticks of now: the end of the address has them.
  addEventListener("click", ({ target }) => {
    const link = target.closest("[hreflang][href*=whats-next]");
    if (link) link.pathname = link.pathname.replace(/[^/]+\/$/, location.pathname.match(/[^/]+\/$/));
  });
})();
