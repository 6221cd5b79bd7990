// Small comforts shared by every page. Nothing here is needed: each page works without it.
(function () {
  "use strict";

  const typing = (node) => node.closest("input, textarea, select, [contenteditable]") !== null;

  // "/" goes to the search field.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = document.querySelector("[data-search]");
    if (!field || !field.offsetParent || typing(event.target)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  // A form that was refused: the reader lands on the summary of what to correct.
  const focusSummary = (root) => {
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
  };

  // A link of the summary puts the cursor in the field.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    (field.closest(".field") || field).scrollIntoView({ block: "nearest" });
  });

  // Someone signed in again in another tab: the form takes the new CSRF value, and what was typed here can be sent.
  const csrf = () => (document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/) || [])[1];
  const refreshCsrf = (form) => {
    const field = form.elements.namedItem("csrfmiddlewaretoken");
    if (field && csrf()) field.value = csrf();
  };

  // One press sends once. The mark is lifted if the page comes back, or after ten seconds (a file was downloaded, the network fell).
  const sent = new Set();
  const release = (form) => {
    sent.delete(form);
    form.querySelectorAll("[aria-disabled='true']").forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const ask = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
    if (sent.has(form) || (ask && !window.confirm(ask))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (form.method === "post") refreshCsrf(form);
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    sent.add(form);
    form.querySelectorAll("button:not([type='button'])").forEach((button) => button.setAttribute("aria-disabled", "true"));
    window.setTimeout(() => release(form), 10000);
  }, true);
  window.addEventListener("pageshow", () => [...sent].forEach(release));

  // Leaving fast: the session ends where there is one (data-leave-url), without waiting for the answer; then the page
  // is replaced, so that "back" does not show it again.
  const endSession = (url) => {
    const field = document.querySelector("input[name='csrfmiddlewaretoken']");
    const body = new FormData();
    body.append("csrfmiddlewaretoken", csrf() || (field ? field.value : ""));
    if (navigator.sendBeacon && navigator.sendBeacon(url, body)) return;
    fetch(url, { method: "POST", body, keepalive: true, credentials: "same-origin", redirect: "manual" }).catch(() => {});
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-leave]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.leaveUrl) endSession(link.dataset.leaveUrl);
    window.location.replace(link.href);
  });

  // A menu that was opened closes with Escape.
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.topmenu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.target));
  focusSummary(document);
})();
