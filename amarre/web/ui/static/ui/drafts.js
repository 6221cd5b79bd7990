// Nothing typed is lost: each form[data-draft-url] is saved on the server while it is typed.
// The signed token of the form is all that is needed: saving goes on after the session has ended.
(function () {
  "use strict";

  const PAUSE = 1500; // after the last key
  const SPACING = 3000; // between two savings, and longest wait while typing goes on
  const PATIENCE = 4000; // for an answer
  const RETRIES = [5, 5, 10, 20, 30]; // seconds
  const SECRET = ["password", "file", "submit", "button", "reset", "image"];
  const NO_BREAK = "\u202f";
  // A page in another language carries its own words (data-words on the status line).
  const FRENCH = {
    saved: "Brouillon enregistré à %(hour)s",
    conflict: "Ce texte a aussi été modifié ailleurs. Le vôtre reste à l’écran, mais n’est plus gardé en brouillon. ",
    other: "Voir l’autre version (nouvel onglet)",
    over: `Cette page est ouverte depuis trop longtemps pour garder un brouillon. Votre texte reste à l’écran${NO_BREAK}: envoyez-le, ou copiez-le avant de fermer.`,
    failed: `Le brouillon n’a pas pu être enregistré${NO_BREAK}: votre texte reste à l’écran. Nouvel essai dans %(wait)s${NO_BREAK}s…`,
    offline: `Pas de réseau${NO_BREAK}: votre texte reste à l’écran. Nouvel essai dans %(wait)s${NO_BREAK}s…`,
  };

  class Draft {
    constructor(form) {
      this.form = form;
      this.status = form.querySelector(".draft-status") || this.makeStatus();
      this.words = { ...FRENCH, ...JSON.parse(this.status.dataset.words || "{}") };
      this.kept = this.read();
      this.lastSent = 0;
      this.firstUnsaved = 0;
      this.failures = 0;
      this.stopped = false; // refused or conflicting: said once, then silent
      this.leaving = false; // the form itself is being sent
      this.busy = false;
      form.addEventListener("input", () => this.typed());
      form.addEventListener("change", () => this.typed());
      form.addEventListener("submit", (event) => window.setTimeout(() => { if (!event.defaultPrevented) this.leave(); }));
    }

    makeStatus() {
      const line = document.createElement("p");
      line.className = "draft-status";
      line.setAttribute("role", "status");
      line.setAttribute("aria-live", "polite");
      this.form.append(line);
      return line;
    }

    read() {
      const fields = {};
      for (const field of this.form.elements) {
        if (!field.name || field.disabled || SECRET.includes(field.type) || field.name === "csrfmiddlewaretoken") continue;
        if (field.value === this.form.dataset.draftToken) continue;
        fields[field.name] = fields[field.name] || [];
        if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
        if (field.type === "select-multiple") fields[field.name].push(...[...field.selectedOptions].map((option) => option.value));
        else fields[field.name].push(field.value);
      }
      return JSON.stringify(fields);
    }

    typed() {
      if (this.stopped || this.read() === this.kept) return;
      const now = Date.now();
      this.firstUnsaved = this.firstUnsaved || now;
      if (this.failures) return; // the retry under way will carry these words too
      const due = Math.max(Math.min(now + PAUSE, this.firstUnsaved + SPACING), this.lastSent + SPACING);
      this.plan(due - now);
    }

    // The form itself goes to the server: a draft that arrived after it would be a ghost.
    leave() {
      this.leaving = true;
      window.clearTimeout(this.timer);
      if (this.giveUp) this.giveUp.abort();
    }

    plan(wait) {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), Math.max(wait, 0));
    }

    request(body) {
      return { method: "POST", credentials: "same-origin", body: new URLSearchParams({ token: this.form.dataset.draftToken, body }) };
    }

    async save() {
      const body = this.read();
      if (this.stopped || this.leaving || this.busy || body === this.kept) return;
      this.busy = true;
      this.lastSent = Date.now();
      this.firstUnsaved = 0;
      this.giveUp = new AbortController();
      const clock = window.setTimeout(() => this.giveUp.abort(), PATIENCE);
      try {
        const answer = await fetch(this.form.dataset.draftUrl, { ...this.request(body), signal: this.giveUp.signal });
        await this.answered(answer, body);
      } catch {
        this.failed();
      } finally {
        window.clearTimeout(clock);
        this.busy = false;
      }
      if (!this.failures) this.typed(); // words typed meanwhile
    }

    async answered(answer, body) {
      if (answer.ok) {
        const said = await answer.json();
        this.kept = body;
        this.failures = 0;
        this.say(this.words.saved.replace("%(hour)s", said.saved_at), "saved");
      } else if (answer.status === 409) {
        this.stopped = true;
        this.say(this.words.conflict, "trouble");
        this.offer(this.words.other, this.form.dataset.draftConflictUrl || window.location.href);
      } else if (answer.status === 403) {
        this.stopped = true;
        this.say(this.words.over, "trouble");
      } else {
        this.failed(answer.status);
      }
    }

    failed(status) {
      if (this.leaving) return;
      const wait = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
      this.failures += 1;
      this.say((status ? this.words.failed : this.words.offline).replace("%(wait)s", wait), "trouble");
      this.plan(wait * 1000);
    }

    retryNow() {
      if (this.failures && !this.busy) this.plan(0);
    }

    flush() {
      const body = this.read();
      if (this.stopped || this.leaving || body === this.kept || body === this.flushed) return;
      this.flushed = body; // not `kept`: nobody answers a beacon, so a page that stays saves again
      const { body: content } = this.request(body);
      if (!navigator.sendBeacon(this.form.dataset.draftUrl, content)) {
        fetch(this.form.dataset.draftUrl, this.request(body)).catch(() => {});
      }
    }

    say(text, state) {
      if (this.status.textContent === text) return;
      this.status.dataset.state = state;
      this.status.textContent = text;
    }

    offer(text, url) {
      const link = document.createElement("a");
      Object.assign(link, { textContent: text, href: url, target: "_blank", rel: "noopener" });
      this.status.append(link);
    }
  }

  const drafts = new Map();
  const find = () => {
    for (const form of drafts.keys()) if (!form.isConnected) drafts.delete(form);
    document.querySelectorAll("form[data-draft-url]").forEach((form) => {
      if (!drafts.has(form)) drafts.set(form, new Draft(form));
    });
  };
  const each = (act) => drafts.forEach(act);

  window.addEventListener("online", () => each((draft) => draft.retryNow()));
  window.addEventListener("pagehide", () => each((draft) => draft.flush()));
  window.addEventListener("pageshow", () => each((draft) => { draft.leaving = false; draft.typed(); }));
  document.addEventListener("visibilitychange", () => { if (document.hidden) each((draft) => draft.flush()); });
  document.addEventListener("htmx:afterSettle", find);
  find();
})();
