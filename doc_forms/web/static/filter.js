// Narrows a table to the rows that hold what is typed.
export function filterLists() {
  for (const box of document.querySelectorAll("[data-filter]")) {
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      const rows = [...document.querySelectorAll(box.dataset.filter)];
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      const none = document.getElementById("none-found");
      if (none) none.hidden = rows.some((row) => !row.hidden);
    });
  }
}
