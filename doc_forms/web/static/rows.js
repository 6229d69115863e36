// Rows by keyboard: Alt+up and Alt+down move the row that has the focus; a new row is gone to at once.
export function keepRows() {
  const wanted = location.hash.startsWith("#r-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (wanted) {
    const first = wanted.querySelector("input:not([type=hidden]), select, textarea, a");
    first?.focus();
    wanted.scrollIntoView({ block: "nearest" });
  }
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
