// The session ends after a silence (body[data-idle-seconds]). Said two minutes before, prolonged by any key, in every tab at once.
(function () {
  "use strict";

  const body = document.body;
  const idle = Number(body.dataset.idleSeconds) * 1000;
  const dialog = document.getElementById("veille");
  const over = document.querySelector("[data-idle-over]");
  if (!idle || !dialog || !over) return;

  const WARNING = Math.min(120000, idle / 2);
  const RENEW_EVERY = Math.min(300000, idle / 4);
  const left = dialog.querySelector("[data-idle-left]");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("amarre-veille") : null;

  let deadline = Date.now() + idle;
  let renewedAt = Date.now();
  let activeAt = 0;
  let pending = false;

  const lived = () => {
    renewedAt = Date.now();
    deadline = renewedAt + idle;
    over.hidden = true;
    if (dialog.open) dialog.close(); // the browser gives the focus back to the field
  };

  const renew = async () => {
    if (pending) return;
    pending = true;
    try {
      const answer = await fetch(body.dataset.renewUrl, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
      if (answer.status === 204) {
        lived();
        if (tabs) tabs.postMessage("here");
      } else if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) {
        ended();
      }
    } catch {
      // no network: the clock goes on, the next key tries again
    } finally {
      pending = false;
    }
  };

  const ended = () => {
    deadline = 0;
    if (dialog.open) dialog.close();
    if (!over.hidden) return;
    over.textContent = "La session est fermée. Votre texte reste à l’écran. ";
    const link = document.createElement("a");
    Object.assign(link, { textContent: "Se reconnecter (nouvel onglet)", href: body.dataset.signInUrl, target: "_blank", rel: "noopener" });
    over.append(link, ", puis revenez ici pour enregistrer.");
    over.hidden = false;
  };

  const words = (ms) => {
    if (ms > 60000) return "2 minutes";
    const seconds = Math.max(Math.ceil(ms / 10000) * 10, 10);
    return seconds === 60 ? "1 minute" : `${seconds}\u202fsecondes`;
  };

  const tick = () => {
    const remains = deadline - Date.now();
    if (deadline && remains <= 0) return ended();
    if (!deadline || remains > WARNING) return undefined;
    if (activeAt > renewedAt && !dialog.open) {
      activeAt = 0;
      return renew(); // someone is working here: nothing to warn about
    }
    if (left.textContent !== words(remains)) left.textContent = words(remains);
    if (!dialog.open) dialog.showModal();
    return undefined;
  };

  const active = () => {
    activeAt = Date.now();
    if (dialog.open) renew();
    else if (deadline && activeAt - renewedAt > RENEW_EVERY) renew();
  };

  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    renew();
  });
  dialog.querySelector("button").addEventListener("click", renew);
  ["keydown", "pointerdown", "input"].forEach((kind) => document.addEventListener(kind, active, { passive: true, capture: true }));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) renew(); });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) lived(); });
  if (tabs) {
    tabs.addEventListener("message", lived);
    tabs.postMessage("here"); // this page was just served: the session is alive, in the other tabs too
  }
  window.setInterval(tick, 1000);
})();
