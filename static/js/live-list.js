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
  const failed = (words) => {
    trouble.textContent = words || status.dataset.failed;
    trouble.hidden = false;
    say(trouble.textContent);
  };
  // What a page says is wrong with the answer, where it says so (too many ticks).
  const faultOn = (html) => {
    const line = new DOMParser().parseFromString(html, "text/html").getElementById("fault");
    return line && line.textContent;
  };
  // Only a list may take the place of the list: no page of a fault, nor a sign-in page of a Wi-Fi.
  document.addEventListener("htmx:before:swap", (event) => {
    const { response, text } = event.detail.ctx;
    if (response.status === 200 && text.trim().startsWith('<section id="live"')) return;
    event.preventDefault();
    failed(faultOn(text));
  });
  document.addEventListener("htmx:after:swap", () => {
    trouble.hidden = true;
    say(document.getElementById("live-h").dataset.announce);
  });
  document.addEventListener("htmx:error", () => failed());
})();
