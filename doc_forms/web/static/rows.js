// Rows by keyboard: Alt+up and Alt+down move the row that has the focus; a new row is gone to at once.
export function keepRows() {
  // Only once the browser has gone to the fragment by itself, which takes the focus away again.
  if (document.readyState === "complete") goToRow();
  else addEventListener("load", () => setTimeout(goToRow));
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const row = event.target.closest("[data-row]");
    const button = row?.querySelector(event.key === "ArrowUp" ? "[data-up]" : "[data-down]");
    if (!button) return;
    event.preventDefault();
    if (!button.disabled) button.click();
  });
  // Enter in an answer goes on to the next page only from the buttons: in a form of many fields it is a slip.
  document.querySelector("form[data-case]")?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=radio], [type=checkbox])")) {
      event.preventDefault();
      const fields = [...event.target.form.elements].filter((one) => one.name.startsWith("f:") && one.type !== "hidden");
      fields[fields.indexOf(event.target) + 1]?.focus();
    }
  });
}

function goToRow() {
  const target = decodeURIComponent(location.hash.slice(1));
  const place = target ? document.getElementById(target) : null;
  const inner = "input:not([type=hidden]), select, textarea, a";
  if (place?.matches("[data-row]")) place.querySelector(inner)?.focus();
  else if (target.startsWith("f-")) (place?.matches(inner) ? place : place?.querySelector(inner))?.focus();
}
