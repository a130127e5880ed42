// The help page that answers a form is at the form's address. From here on its own address stands
// there: Reload and Back open it, and no form is sent again.
history.replaceState(null, "", document.currentScript.dataset.address);
