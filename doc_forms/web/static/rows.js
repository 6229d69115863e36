// Rows by keyboard: Alt+up and Alt+down move the row that has the focus; a new row is gone to at once.
const FEWEST_TO_SUM = 3;

export function keepRows() {
  document.querySelectorAll("table.grid").forEach(sumVotes);
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

// A grid of votes: what each row adds up to, as it is typed.
function sumVotes(table) {
  const rows = [...table.tBodies[0].rows];
  if (rows[0].querySelectorAll("td.count").length < FEWEST_TO_SUM) return;
  const heading = document.createElement("th");
  heading.scope = "col";
  heading.textContent = "合计";
  table.tHead.rows[0].lastElementChild.before(heading);
  for (const row of rows) {
    const cell = document.createElement("td");
    cell.className = "sum";
    row.lastElementChild.before(cell);
    const add = () => {
      const votes = [...row.querySelectorAll("td.count input")].map((input) => input.value.trim());
      const known = votes.filter(Boolean);
      cell.textContent = known.length && known.every((vote) => /^\d+$/.test(vote)) ? known.reduce((sum, vote) => sum + Number(vote), 0) : "";
    };
    row.addEventListener("input", add);
    add();
  }
}
