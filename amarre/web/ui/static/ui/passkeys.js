// Passkeys: between our form (form[data-passkey]) and the device. Without them the form stays hidden, and a code does as well.
// The form says where the options are (data-passkey-options); what the device answers goes back in its field "credential".
(function () {
  "use strict";

  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const toText = (buffer) => {
    const bytes = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const named = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

  const ceremonies = {
    create: (asked) => navigator.credentials.create({ publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: named(asked.excludeCredentials),
    } }),
    get: (asked) => navigator.credentials.get({ publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      allowCredentials: named(asked.allowCredentials),
    } }),
  };

  const written = (key) => {
    const response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((part) => {
      if (key.response[part]) response[part] = toText(key.response[part]);
    });
    return JSON.stringify({
      id: key.id,
      rawId: toText(key.rawId),
      type: key.type,
      clientExtensionResults: key.getClientExtensionResults(),
      response,
    });
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const button = form.querySelector("[data-passkey-go]");
    const failed = form.querySelector("[data-passkey-failed]");
    const credential = form.elements.namedItem("credential");
    let busy = false;

    const ask = async () => {
      const token = new URLSearchParams({ csrfmiddlewaretoken: form.elements.namedItem("csrfmiddlewaretoken").value });
      const answer = await fetch(form.dataset.passkeyOptions, { method: "POST", body: token, credentials: "same-origin", redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      const options = await answer.json();
      credential.value = written(await ceremonies[form.dataset.passkey](options.publicKey));
    };

    const go = async () => {
      if (busy) return;
      busy = true;
      failed.hidden = true;
      button.setAttribute("aria-disabled", "true");
      try {
        await ask();
        form.requestSubmit();
      } catch {
        failed.hidden = false; // refused, given up, too late, no key here: whatever it was, a code opens as well
      } finally {
        busy = false;
        button.removeAttribute("aria-disabled");
      }
    };

    button.addEventListener("click", go);
    form.addEventListener("submit", (event) => {
      if (credential.value) return; // Enter in the field for the name asks the device first
      event.preventDefault();
      go();
    });
    form.hidden = false;
  });
})();
