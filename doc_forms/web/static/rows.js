// Rows by keyboard: Alt+up and Alt+down move the row that has the focus; a new row is gone to at once.

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
    if (event.key === "Enter" && event.target.matches("input:not([type=radio], [type=checkbox]), textarea.cell")) {
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

// A grid of votes: what rows and columns add up to, as it is typed; a sum that a finding speaks of says so.
function sumVotes(table) {
  const rows = [...table.tBodies[0].rows];
  const columns = [...table.tHead.rows[0].cells].map((cell, place) => ({ cell, place })).filter(({ cell }) => cell.matches(".count"));
  if (!columns.length) return;
  const across = table.tBodies[0].querySelector("td.sum") ? rows.map((row) => ({ row, cell: row.querySelector("td.sum") })) : [];
  const down = table.tFoot ? columns.map(({ place }) => table.tFoot.rows[0].cells[place]) : [];
  const votes = (row) => columns.map(({ place }) => row.cells[place].querySelector("input").value.trim());
  const add = () => {
    for (const { row, cell } of across) show(cell, votes(row));
    down.forEach((cell, number) => show(cell, rows.map((row) => votes(row)[number])));
    markSums(table, rows, columns, across, down);
  };
  table.addEventListener("input", add);
  document.addEventListener("findings-shown", add);
  add();
}

function show(cell, votes) {
  const known = votes.filter(Boolean);
  cell.textContent = known.length && known.every((vote) => /^\d+$/.test(vote)) ? known.reduce((sum, vote) => sum + Number(vote), 0) : "";
  cell.classList.remove("off");
}

// What the articles say of the list's rows stands in the panel; here the sum that it is about carries its mark.
function markSums(table, rows, columns, across, down) {
  const own = `${table.dataset.list}/`;
  for (const finding of document.querySelectorAll("#findings [data-at]")) {
    if (!finding.matches(".error, .warning") || !finding.dataset.at.startsWith(own)) continue;
    const [row, title] = finding.dataset.at.slice(own.length).split("/");
    const column = columns.findIndex(({ cell }) => cell.firstChild.textContent === title);
    const sums = [across[Number(row)]?.cell, down[column]].filter((cell) => cell?.textContent);
    for (const cell of sums) {
      cell.classList.add("off");
      cell.textContent = `✕ ${cell.textContent}`;
    }
  }
}
