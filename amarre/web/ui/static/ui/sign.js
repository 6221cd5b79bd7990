// A signature drawn with the finger or the mouse: strokes of points, put as JSON in a hidden field of the form.
// Without this script the frame is not shown, and one signs on paper or says it aloud.
(() => {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";

  class Pad {
    constructor(holder) {
      this.field = document.querySelector(`[name="${holder.dataset.sign}"]`);
      this.width = Number(holder.dataset.width);
      this.height = Number(holder.dataset.height);
      this.strokes = [];
      this.svg = document.createElementNS(NS, "svg");
      this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
      this.svg.setAttribute("role", "img");
      this.svg.setAttribute("aria-label", holder.dataset.label);
      const clear = document.createElement("button");
      clear.type = "button";
      clear.className = "btn btn-secondary";
      clear.textContent = holder.dataset.clear;
      clear.addEventListener("click", () => this.clear());
      const title = document.createElement("p");
      title.className = "label";
      title.textContent = holder.dataset.title;
      holder.append(title, this.svg, clear);
      this.svg.addEventListener("pointerdown", (event) => this.begin(event));
      this.svg.addEventListener("pointermove", (event) => this.go(event));
      for (const name of ["pointerup", "pointercancel", "pointerleave"]) this.svg.addEventListener(name, () => this.end());
      holder.hidden = false;
    }

    point(event) {
      const box = this.svg.getBoundingClientRect();
      const inside = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
      return [
        inside(((event.clientX - box.left) / box.width) * this.width, this.width),
        inside(((event.clientY - box.top) / box.height) * this.height, this.height),
      ];
    }

    begin(event) {
      event.preventDefault();
      this.stroke = [this.point(event)];
      this.strokes.push(this.stroke);
      this.path = document.createElementNS(NS, "path");
      for (const [name, value] of [["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "3"], ["stroke-linecap", "round"]]) {
        this.path.setAttribute(name, value);
      }
      this.svg.append(this.path);
      this.draw();
    }

    go(event) {
      if (!this.stroke) return;
      this.stroke.push(this.point(event));
      this.draw();
    }

    end() {
      if (!this.stroke) return;
      this.stroke = null;
      this.field.value = JSON.stringify(this.strokes);
    }

    draw() {
      this.path.setAttribute("d", "M" + this.stroke.map(([x, y]) => `${x} ${y}`).join("L"));
    }

    clear() {
      this.strokes = [];
      this.field.value = "";
      this.svg.replaceChildren();
    }
  }

  document.querySelectorAll("[data-sign]").forEach((holder) => new Pad(holder));
})();
