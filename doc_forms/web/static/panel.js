// The panel beside the form: two tabs, and a fold. Where there is little room it lies over the form instead of beside it.
const key = document.querySelector("meta[name=key]").content;
const roomy = matchMedia("(min-width: 75rem)");

export function keepPanel() {
  const panel = document.getElementById("panel");
  if (!panel) return;
  const tabs = [...panel.querySelectorAll("[role=tab]")];
  const fold = document.getElementById("fold");
  const isFolded = () => (roomy.matches ? document.body.classList.contains("folded") : !document.body.classList.contains("over"));
  const shown = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.dataset.panel;

  function setFolded(folded) {
    if (roomy.matches) document.body.classList.toggle("folded", folded);
    else document.body.classList.toggle("over", !folded);
    tell();
  }
  function tell() {
    fold.setAttribute("aria-expanded", String(!isFolded()));
    panel.dispatchEvent(new CustomEvent("panel-shown", { detail: isFolded() ? "" : shown() }));
  }
  function keep() {
    if (!roomy.matches) return; // what lies over the form for a moment is no habit
    const body = JSON.stringify({ panel: shown(), folded: isFolded() });
    fetch("/layout", { method: "PATCH", keepalive: true, headers: { "Content-Type": "application/json", "X-Doc-Forms-Key": key }, body }).catch(() => {});
  }
  function choose(tab) {
    for (const one of tabs) {
      one.setAttribute("aria-selected", String(one === tab));
      one.tabIndex = one === tab ? 0 : -1;
      document.getElementById(one.dataset.panel).hidden = one !== tab;
    }
    setFolded(false);
    keep();
  }
  for (const tab of tabs) tab.addEventListener("click", () => choose(tab));
  panel.querySelector("[role=tablist]").addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(event.target) + by + tabs.length) % tabs.length];
    next.focus();
    choose(next);
  });
  const turn = () => {
    setFolded(!isFolded());
    keep();
  };
  fold.addEventListener("click", turn);
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyP") {
      event.preventDefault();
      turn();
    } else if (event.key === "Escape" && !roomy.matches && !isFolded() && !document.querySelector("dialog[open]")) {
      setFolded(true);
      fold.focus();
    }
  });
  roomy.addEventListener("change", tell);
  tell();
}
