// The help page that answers a form is at the form's address. From here on its address is that of
// the help page: Reload and Back open it, and the browser does not ask to send the form again.
history.replaceState(null, "", document.currentScript.dataset.address);
