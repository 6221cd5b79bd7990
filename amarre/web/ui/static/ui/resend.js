// A form that must leave even where the network is poor (`data-resend` is the page to go to once it left): sent again
// until it is. Without this file the form is sent as any other, and sending it twice does no harm.
(function () {
  "use strict";

  const status = document.querySelector("[data-resend-status]");
  let waiting = null;

  const send = async () => {
    if (!waiting) return;
    const { form, body } = waiting;
    try {
      await fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
      waiting = null;
      window.location.assign(form.dataset.resend);
    } catch {
      if (status) status.textContent = status.dataset.waiting;
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.resend || event.defaultPrevented) return;
    event.preventDefault();
    const body = new FormData(form);
    const pressed = event.submitter;
    if (pressed && pressed.name) body.set(pressed.name, pressed.value);
    waiting = { form, body };
    send();
  });
  window.addEventListener("online", send);
  window.setInterval(send, 10000);
})();
