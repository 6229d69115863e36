// What takes a moment says so on the page that asked for it, until the next one comes.
const MILLISECONDS_BEFORE_SAYING = 300;

export function sayWorking() {
  for (const form of document.querySelectorAll("form[data-working], form:has([data-working])")) {
    const place = Object.assign(document.createElement("div"), { className: "working", hidden: true });
    const line = Object.assign(document.createElement("p"), { className: "line" });
    line.setAttribute("role", "status");
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", "正在办理");
    place.append(bar, line);
    form.after(place);
    form.addEventListener("submit", (event) => {
      const words = event.submitter?.dataset.working ?? form.dataset.working;
      if (!words || event.defaultPrevented) return;
      setTimeout(() => {
        place.hidden = false;
        line.textContent = words;
      }, MILLISECONDS_BEFORE_SAYING);
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) place.hidden = true;
    });
  }
}
