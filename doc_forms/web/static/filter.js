// Narrows a table to the rows that hold what is typed.
export function filterLists() {
  for (const box of document.querySelectorAll("[data-filter]")) {
    const narrow = () => {
      const wanted = box.value.trim().toLowerCase();
      const rows = [...document.querySelectorAll(box.dataset.filter)];
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      const none = document.getElementById("none-found");
      if (none) none.hidden = rows.some((row) => !row.hidden);
    };
    box.addEventListener("input", narrow);
    if (box.value) narrow(); // typed before this script was there
  }
}
