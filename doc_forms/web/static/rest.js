// Part of a table that takes longer than a page should: asked for once the page is there, and put in cell by cell.
export async function fillRest() {
  const table = document.querySelector("table[data-rest]");
  if (!table) return;
  const answer = await fetch(table.dataset.rest);
  if (!answer.ok) return location.assign(table.dataset.rest);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const row of table.tBodies[0].rows) {
    const found = page.getElementById(row.id)?.querySelector(".checked");
    if (found) row.querySelector(".checked").replaceWith(found);
  }
  table.removeAttribute("aria-busy");
}
